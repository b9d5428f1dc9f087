//! What `meshgen explain` says of one code.

use std::fmt::Write;

use crate::catalogue::Entry;

/// Code, name and level; why; an example with the mistake and one without.
pub fn page(entry: &Entry) -> String {
    let Entry { code, name, severity, about, equivalents, why, bad, good } = entry;
    let mut text = format!("{code} {name}: {} about {}\n", severity.word(), about.word());
    if !equivalents.is_empty() {
        let _ = writeln!(text, "elsewhere: {}", equivalents.join(", "));
    }
    let _ = writeln!(text, "\n{}", folded(why, 100));
    let _ = writeln!(text, "\nWith the mistake:\n\n{}", indented(bad));
    let _ = write!(text, "\nWithout:\n\n{}", indented(good));
    text
}

/// A paragraph in lines of so many characters.
fn folded(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.len() - 1;
        if !lines[line].is_empty() && lines[line].chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            let blank = if lines[line].is_empty() { "" } else { " " };
            lines[line].extend([blank, word]);
        }
    }
    lines.join("\n")
}

/// An example, the lines to be reported marked by an arrow in words.
fn indented(example: &str) -> String {
    let line = |it: &str| match it.strip_suffix("#~") {
        Some(line) => format!("    {}  # <-- here\n", line.trim_end()),
        None if it.is_empty() => "\n".to_owned(),
        None => format!("    {it}\n"),
    };
    example.trim_matches('\n').lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{folded, indented, page};

    #[test]
    fn a_page_says_why_and_shows_both() {
        let text = page(crate::catalogue::find("unknown-subset").unwrap());
        assert!(
            text.starts_with("MG3501 unknown-subset: error about manifests\nelsewhere: IST0101"),
            "{text}"
        );
        assert!(text.contains("# <-- here\n") && !text.contains("#~"), "{text}");
    }

    #[test]
    fn lines_are_folded_at_words() {
        assert_eq!(folded("one two three", 7), "one two\nthree");
        assert_eq!(indented("\na: 1 #~\n\nb: 2\n"), "    a: 1  # <-- here\n\n    b: 2\n");
    }
}
