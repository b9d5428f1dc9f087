//! Findings for people: the line, a caret under the mistake, and a way out.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::diag::excerpt::{ELLIPSIS, Excerpt, Place, escaped, excerpts, is_whole};
use crate::diag::{Diagnostic, Severity};
use crate::source::SourceMap;

/// Wide enough that only we shorten lines: the renderer does not count the labels in.
const WIDTH: usize = 1000;
/// A fix of more characters than this is not shown.
const SHORT_FIX: usize = 80;
/// The escape that ends all colours.
const RESET: &str = "\u{1b}[0m";

/// The findings in the given order, an empty line between two; empty if there are none.
///
/// With `color` the text has ANSI escapes; nothing else in it can move the cursor, whatever the input holds.
#[must_use]
pub fn render(diagnostics: &[&Diagnostic], files: &SourceMap, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let texts: Vec<String> = diagnostics.iter().map(|it| finding(it, files, &renderer)).collect();
    texts.join("\n")
}

/// How many errors and warnings there were, as `2 errors and 1 warning`; empty if none.
#[must_use]
pub fn summary(errors: usize, warnings: usize) -> String {
    let count = |number: usize, noun: &str| match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    };
    let counts: Vec<String> =
        [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect();
    counts.join(" and ")
}

fn finding(diagnostic: &Diagnostic, files: &SourceMap, renderer: &Renderer) -> String {
    let primary = Place { span: diagnostic.span, label: &diagnostic.label, primary: true };
    let related = diagnostic.related.iter();
    let related = related.map(|(span, label)| Place { span: *span, label, primary: false });
    let places: Vec<Place> = std::iter::once(primary).chain(related).collect();
    let excerpts = excerpts(&places, files);

    let title = level(diagnostic.severity).primary_title(escaped(&diagnostic.message)).id(diagnostic.code.id);
    let mut first = Group::with_title(title).elements(excerpts.iter().map(snippet));
    let help = diagnostic.help.as_deref().map(lines);
    let second = match patch(diagnostic, files) {
        None if !excerpts.is_empty() => {
            first = first.elements(help.map(|it| Level::HELP.message(it)));
            None
        }
        None => help.map(|it| Group::with_title(Level::HELP.secondary_title(it))),
        patch => patch,
    };
    let text = if excerpts.is_empty() {
        // Two reports, as the renderer would put an empty gutter between two groups of one.
        let reports = [Some(first), second].into_iter().flatten();
        reports.map(|it| tidy(&renderer.render(&[it]))).collect()
    } else {
        let report: Vec<Group> = [Some(first), second].into_iter().flatten().collect();
        tidy(&renderer.render(&report))
    };
    with_true_columns(text, &excerpts)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Info => Level::INFO,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

fn snippet<'a>(excerpt: &Excerpt<'a>) -> Snippet<'a, Annotation<'a>> {
    let marks = excerpt.marks.iter().map(|(range, place)| {
        let kind = if place.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(range.clone()).label(Some(escaped(place.label)).filter(|it| !it.is_empty()))
    });
    source(excerpt).annotations(marks)
}

fn source<'a, T: Clone>(excerpt: &Excerpt<'a>) -> Snippet<'a, T> {
    Snippet::source(excerpt.text.clone()).line_start(excerpt.first_line).path(escaped(excerpt.path))
}

/// The help with the mended line below it, where that says more than the help alone.
fn patch<'a>(diagnostic: &Diagnostic, files: &'a SourceMap) -> Option<Group<'a>> {
    let fix = diagnostic.fix.as_deref()?;
    let help = diagnostic.help.as_deref().unwrap_or(if fix.is_empty() { "remove it" } else { "write this" });
    let told = !fix.is_empty() && help.contains(&format!("`{fix}`"));
    let short = fix.chars().count() <= SHORT_FIX && escaped(fix) == fix;
    if told || !short || !is_whole(diagnostic.span, files) {
        return None;
    }
    let place = Place { span: diagnostic.span, label: "", primary: true };
    let excerpt = excerpts(&[place], files).pop()?;
    let (range, _) = excerpt.marks.first()?;
    let patch = Patch::new(range.clone(), fix.to_owned());
    Some(Level::HELP.secondary_title(lines(help)).element(source(&excerpt).patch(patch)))
}

/// A help may have several lines.
fn lines(help: &str) -> String {
    help.lines().map(escaped).collect::<Vec<_>>().join("\n")
}

/// The renderer counts columns in what it is shown, which of a long line is only a part.
fn with_true_columns(mut text: String, excerpts: &[Excerpt]) -> String {
    let mut from = text.find('\n').unwrap_or_default();
    for excerpt in excerpts.iter().filter(|it| it.hidden > 0) {
        let column = excerpt.marks.first().map_or(0, |(it, _)| excerpt.text[..it.start].chars().count()) + 1;
        let place = |column: usize| format!("{}:{}:{column}", escaped(excerpt.path), excerpt.first_line);
        let (shown, true_place) = (place(column), place(column + excerpt.hidden - ELLIPSIS.len()));
        if let Some(at) = text[from..].find(&shown) {
            let at = from + at;
            text.replace_range(at..at + shown.len(), &true_place);
            from = at + true_place.len();
        }
    }
    text
}

/// Takes the blanks off the ends of the lines, before a closing escape too, and ends the last line.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len() + 1);
    for line in text.lines() {
        let open = line.trim_end_matches(' ').trim_end_matches(RESET);
        let end = if open.len() < line.trim_end_matches(' ').len() { RESET } else { "" };
        let bare = open.trim_end_matches(' ');
        tidy.extend([bare, if bare.ends_with(RESET) { "" } else { end }, "\n"]);
    }
    tidy
}

#[cfg(test)]
mod tests {
    use crate::diag::human::{render, summary};
    use crate::diag::{Code, Diagnostic, Severity};
    use crate::source::{SourceMap, Span};

    const CODE: Code = Code { id: "MG2003", name: "share-sum", equivalents: &[] };

    /// The texts as `a.yaml`, `b.yaml` …, and the place of `part` in the last.
    fn files(texts: &[&str], part: &str) -> (SourceMap, Span) {
        let mut files = SourceMap::default();
        let mut span = Span::NONE;
        for (text, letter) in texts.iter().zip('a'..) {
            let file = files.add(format!("{letter}.yaml"), *text).unwrap();
            let at = text.find(part).map(|it| files.start(file) + u32::try_from(it).unwrap());
            span = at.map_or(span, |lo| Span { lo, hi: lo + u32::try_from(part.len()).unwrap() });
        }
        (files, span)
    }

    fn plain(finding: &Diagnostic, files: &SourceMap) -> String {
        render(&[finding], files, false)
    }

    fn error(span: Span) -> Diagnostic {
        Diagnostic::error(CODE, span, "shares of `hello` add up to 110, not 100")
    }

    #[test]
    fn a_caret_stands_under_the_mistake() {
        let (files, span) = files(&["a: 1\r\nsplit: { v1: 90, v2: 20 }\r\n"], "20");
        let finding = error(span).label("too much").help("lower `v2` from 20 to 10");
        let expected = "\
error[MG2003]: shares of `hello` add up to 110, not 100
 --> a.yaml:2:22
  |
2 | split: { v1: 90, v2: 20 }
  |                      ^^ too much
  |
  = help: lower `v2` from 20 to 10
";
        assert_eq!(plain(&finding, &files), expected);
        assert_eq!(render(&[&finding, &finding], &files, false), format!("{expected}\n{expected}"));
    }

    #[test]
    fn related_places_of_the_same_file_and_of_others_are_shown() {
        let (mut files, span) = files(&["v2: 20\n\n\nv1: 90  \n"], "90");
        let other = files.add("b.yaml", format!("{}hello: {{}}\n", "\n".repeat(99))).unwrap();
        let hello = files.start(other) + 99;
        let finding = error(span)
            .related(Span { lo: hello, hi: hello + 5 }, "the service")
            .related(Span { lo: 5, hi: 7 }, "the other share");
        let expected = "\
error[MG2003]: shares of `hello` add up to 110, not 100
   --> a.yaml:4:5
    |
  1 | v2: 20
    |     -- the other share
...
  4 | v1: 90
    |     ^^
    |
   ::: b.yaml:100:1
    |
100 | hello: {}
    | ----- the service
";
        assert_eq!(plain(&finding, &files), expected);
    }

    #[test]
    fn a_finding_without_a_place_is_words_only() {
        let mut finding = error(Span::NONE).help("lower one\nor the other");
        finding.severity = Severity::Info;
        let expected = "\
info[MG2003]: shares of `hello` add up to 110, not 100
help: lower one
      or the other
";
        assert_eq!(plain(&finding, &SourceMap::default()), expected);
    }

    #[test]
    fn a_fix_that_the_help_does_not_quote_is_shown_as_a_patch() {
        let (files, span) = files(&["split: { v1: 90, v2: 20 }\n"], "20");
        let mut finding = error(span).help("make it 100 in all");
        finding.fix = Some("10".into());
        let expected = "\
error[MG2003]: shares of `hello` add up to 110, not 100
 --> a.yaml:1:22
  |
1 | split: { v1: 90, v2: 20 }
  |                      ^^
  |
help: make it 100 in all
  |
1 - split: { v1: 90, v2: 20 }
1 + split: { v1: 90, v2: 10 }
  |
";
        assert_eq!(plain(&finding, &files), expected);
    }

    #[test]
    fn a_fix_that_the_help_quotes_is_told_once() {
        let (files, span) = files(&["subset: vv\n"], "vv");
        let expected = "\
error[MG2003]: shares of `hello` add up to 110, not 100
 --> a.yaml:1:9
  |
1 | subset: vv
  |         ^^
  |
  = help: did you mean `v1`?
";
        assert_eq!(plain(&error(span).suggest("vv", ["v1"]), &files), expected);
    }

    #[test]
    fn a_place_of_several_lines_is_marked_in_its_first() {
        let (files, span) = files(&["\u{feff}ein: größer\r\nzwei: 2\r\n"], "größer\r\nzwei");
        let expected = "\
error[MG2003]: shares of `hello` add up to 110, not 100
 --> a.yaml:1:6
  |
1 | ein: größer
  |      ^^^^^^
";
        assert_eq!(plain(&error(span), &files), expected);
    }

    #[test]
    fn the_end_of_a_file_can_be_marked() {
        for (text, line) in [("", 1), ("a: [\n", 2)] {
            let (files, _) = files(&[text], "");
            let end = 1 + u32::try_from(text.len()).unwrap();
            let head = "error[MG2003]: shares of `hello` add up to 110, not 100";
            let expected = format!("{head}\n --> a.yaml:{line}:1\n  |\n{line} |\n  | ^\n");
            assert_eq!(plain(&error(Span { lo: end, hi: end }), &files), expected);
        }
    }

    #[test]
    fn of_a_long_line_only_the_part_around_the_caret_is_shown() {
        let (files, span) = files(&[&format!("{}caret{}", "ü".repeat(300), "r".repeat(300))], "caret");
        let (left, right) = ("ü".repeat(60), "r".repeat(115));
        let expected = format!(
            "\
error[MG2003]: shares of `hello` add up to 110, not 100
 --> a.yaml:1:301
  |
1 | ...{left}caret{right}...
  |    {blank}^^^^^
",
            blank = " ".repeat(60)
        );
        assert_eq!(plain(&error(span), &files), expected);
    }

    #[test]
    fn nothing_of_the_input_can_move_the_cursor() {
        let (files, span) = files(&["日: \u{1b}[2J\u{9b}2J\u{202e}\tx\r!\n"], "x");
        let finding = Diagnostic::warning(CODE, span, "no `a\u{1b}[2J\n`").label("\u{7}").help("\u{9b}\nb");
        let expected = "\
warning[MG2003]: no `a\\u{1b}[2J\\n`
 --> a.yaml:1:13
  |
1 | 日: �[2J�2J�    x�!
  |                 ^ \\u{7}
  |
  = help: \\u{9b}
          b
";
        assert_eq!(plain(&finding, &files), expected);
    }

    #[test]
    fn every_place_of_an_odd_text_can_be_shown() {
        let long = format!("\u{feff}\t{}\r\n日\n\n", "ab日\u{200d}".repeat(80));
        let texts = ["", "\n", "\r\n\r", "\u{feff}", "\u{feff}\r\na: \u{0}日\t\r\r\n \n", &long];
        let (files, _) = files(&texts, "");
        let end = 1 + texts.iter().map(|it| u32::try_from(it.len()).unwrap() + 1).sum::<u32>();
        for lo in 1..=end {
            for hi in [lo, lo + 1, lo + 4, end] {
                let mut finding = error(Span { lo, hi }).related(Span { lo: hi, hi }, "\n");
                finding.fix = Some("fix".into());
                let shown = plain(&finding, &files);
                let place = files.locate(finding.span).unwrap();
                assert!(
                    shown.contains(&format!(" --> {}:{}:{}\n", place.path, place.line, place.column)),
                    "{shown}"
                );
                assert!(
                    !shown.contains(" \n") && !shown.contains(|it: char| it != '\n' && it.is_control()),
                    "{shown}"
                );
            }
        }
    }

    #[test]
    fn colours_change_nothing_but_the_escapes() {
        let (files, span) = files(&["split: { v1: 90, v2: 20 }  \n"], "20");
        let finding = error(span).label("too much").help("lower `v2`");
        let colored = render(&[&finding], &files, true);
        let mut bare = String::new();
        for (index, part) in colored.split("\u{1b}[").enumerate() {
            bare.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        assert_eq!(bare, plain(&finding, &files));
        assert!(colored.starts_with("\u{1b}[1m\u{1b}[91merror[MG2003]\u{1b}[0m"));
    }

    #[test]
    fn the_summary_counts_in_words() {
        assert_eq!(summary(0, 0), "");
        assert_eq!(summary(1, 0), "1 error");
        assert_eq!(summary(0, 2), "2 warnings");
        assert_eq!(summary(2, 1), "2 errors and 1 warning");
    }
}
