//! What a `.gitignore` says of a path.

use crate::glob::Glob;

/// The lines of one `.gitignore`.
#[derive(Clone, Debug, Default)]
pub struct Ignore {
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    glob: Glob,
    /// `!`: what an earlier line took away comes back.
    back: bool,
    folders_only: bool,
}

impl Ignore {
    /// The lines of a text; comments and empty ones say nothing.
    pub fn parse(text: &str) -> Self {
        Self::of(text.trim_start_matches('\u{feff}').lines())
    }

    /// These patterns, in order: of two that mean a path, the later decides.
    pub fn of<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        Self { lines: patterns.into_iter().filter_map(line).collect() }
    }

    /// Whether a path below the folder of the file is left out; `None` where no line speaks of it.
    pub fn decides(&self, path: &str, is_folder: bool) -> Option<bool> {
        let fits = |it: &&Line| (is_folder || !it.folders_only) && it.glob.matches(path);
        self.lines.iter().rev().find(fits).map(|it| !it.back)
    }
}

fn line(text: &str) -> Option<Line> {
    let text = without_blanks(text.trim_end_matches('\r'));
    if text.is_empty() || text.starts_with('#') {
        return None;
    }
    let (back, text) = text.strip_prefix('!').map_or((false, text), |it| (true, it));
    let (folders_only, text) = text.strip_suffix('/').map_or((false, text), |it| (true, it));
    (!text.is_empty()).then(|| Line { glob: Glob::new(text), back, folders_only })
}

/// Blanks at the end count only after a backslash.
fn without_blanks(text: &str) -> &str {
    let bare = text.trim_end_matches(' ');
    if bare.ends_with('\\') && bare.len() < text.len() { &text[..=bare.len()] } else { bare }
}

#[cfg(test)]
mod tests {
    use super::Ignore;

    #[test]
    fn the_last_line_that_speaks_of_a_path_decides() {
        let ignore = Ignore::parse("# ours\n*.yaml\r\n!keep.yaml\nbuild/\n\\#odd\n\\!odd\nblank\\ \n  \n");
        let of_file = |path| ignore.decides(path, false);
        assert_eq!(of_file("a/b.yaml"), Some(true));
        assert_eq!(of_file("a/keep.yaml"), Some(false));
        assert_eq!(of_file("a/b.json"), None);
        assert_eq!(of_file("build"), None);
        assert_eq!(ignore.decides("x/build", true), Some(true));
        assert_eq!(of_file("#odd"), Some(true));
        assert_eq!(of_file("!odd"), Some(true));
        assert_eq!(of_file("blank "), Some(true));
        assert_eq!(of_file("blank"), None);
    }
}
