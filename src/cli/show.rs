//! `meshgen show`: a profile with everything it inherits, and which line decided each value.

use crate::cli::args::ShowArgs;
use crate::cli::world::{Failure, Outcome, World};
use crate::resolve::Wish;
use crate::source::{SourceMap, Span};
use crate::yaml::{self, Entry, Kind, Node};

/// Shows the tree that would be compiled; also of a profile that `validate` finds fault with, so that it can be mended.
pub fn run(args: &ShowArgs, world: &mut World) -> Outcome {
    let Some(name) = args.name.as_ref().or(args.profile.as_ref()) else { return Err(Failure::Input) };
    let (_, file) = world.open(name)?;
    let World { files, shelf, diags, resolver, .. } = world;
    let tree = resolver.tree(file, &Wish::from(&args.wish), shelf, files, diags);
    world.tell()?;
    let Ok(tree) = tree else { return Err(Failure::Input) };
    let text = if args.origin { with_origins(&tree, &world.files) } else { yaml::print(&tree) };
    world.print(&text)?;
    Ok(())
}

/// Every leaf with the place that decided it, in a column of comments.
fn with_origins(tree: &Node, files: &SourceMap) -> String {
    let mut lines = Vec::new();
    walk(tree, 0, "", &mut lines);
    let width =
        lines.iter().filter(|it| it.origin.is_some_and(Span::is_some)).map(|it| it.text.chars().count());
    let width = width.max().unwrap_or_default().min(72);
    let mut out = String::new();
    for line in lines {
        out.push_str(&line.text);
        if let Some(place) = line.origin.and_then(|it| files.locate(it)) {
            let blanks = width.saturating_sub(line.text.chars().count());
            out.extend(std::iter::repeat_n(' ', blanks));
            out.extend(["  # ", place.path, ":", &place.line.to_string()]);
        }
        out.push('\n');
    }
    out
}

struct Line {
    text: String,
    /// Of a leaf, the place that decided it.
    origin: Option<Span>,
}

/// `lead` is what stands before the value on its first line.
fn walk(node: &Node, depth: usize, lead: &str, lines: &mut Vec<Line>) {
    let indent = "  ".repeat(depth);
    match &node.kind {
        Kind::Map(entries) if !entries.is_empty() => {
            for (place, entry) in entries.iter().enumerate() {
                let start = if place == 0 && !lead.is_empty() { lead.to_owned() } else { indent.clone() };
                let key = format!("{start}{}", printed_key(entry));
                if is_leaf(&entry.value) {
                    walk(&entry.value, depth + 1, &format!("{key} "), lines);
                } else {
                    lines.push(Line { text: key, origin: None });
                    let deeper = if matches!(entry.value.kind, Kind::List(_)) { depth } else { depth + 1 };
                    walk(&entry.value, deeper, "", lines);
                }
            }
        }
        Kind::List(items) if !items.is_empty() => {
            for (place, item) in items.iter().enumerate() {
                let start = if place == 0 && !lead.is_empty() { lead } else { &indent };
                walk(item, depth + 1, &format!("{start}- "), lines);
            }
        }
        Kind::Null | Kind::Scalar(_) | Kind::Map(_) | Kind::List(_) => leaf(node, depth, lead, lines),
    }
}

/// A key with its colon, as it is printed before a value: never as a block of text.
fn printed_key(entry: &Entry) -> String {
    let value = Node { kind: Kind::Null, span: Span::NONE };
    let alone = Node::map([Entry { key: entry.key.clone(), value }].into_iter().collect(), Span::NONE);
    yaml::print(&alone).trim_end().trim_end_matches("null").trim_end().to_owned()
}

fn is_leaf(node: &Node) -> bool {
    node.entries().is_empty() && node.items().is_empty()
}

/// A scalar or an empty collection; a block of text goes on in lines of its own.
fn leaf(node: &Node, depth: usize, lead: &str, lines: &mut Vec<Line>) {
    let text = yaml::print(node);
    let mut parts = text.strip_suffix('\n').unwrap_or(&text).split('\n');
    let first = format!("{lead}{}", parts.next().unwrap_or_default());
    let more: Vec<&str> = parts.collect();
    // A comment after the head of a block is no part of its text.
    lines.push(Line { text: first, origin: Some(node.span) });
    let indent = "  ".repeat(depth.saturating_sub(1));
    lines.extend(more.into_iter().map(|it| {
        let text = if it.is_empty() { String::new() } else { format!("{indent}{it}") };
        Line { text, origin: None }
    }));
}

#[cfg(test)]
mod tests {
    use crate::cli::show::with_origins;
    use crate::diag::Diagnostics;
    use crate::source::SourceMap;
    use crate::yaml::{self, Node};

    fn parsed(text: &str) -> (Node, SourceMap) {
        let mut files = SourceMap::default();
        let file = files.add("a.yaml", text).unwrap();
        (yaml::parse(file, &files, &mut Diagnostics::default()).unwrap(), files)
    }

    #[test]
    fn origins_are_comments_only() {
        let odd = r##"
            "on": ["y", "a\nb", "a\nb\n", "a\n\n", "\na\n\n\n", " a\n\n", "# a", "a #b", "", "\u2028", null, 1.10, {}, []]
            "two\nlines": { "": 1, "a: b": "\n", "? c": "- d", "#": "|" }
            lists: [[a, [b, "c\nd\n"]], [[]], [[{ a: { b: [[1], 2] } }, "x\ny"], z], [{}, [], { c: "l\nm" }]]
        "##;
        let (tree, files) = parsed(odd);
        let shown = with_origins(&tree, &files);
        assert!(shown.contains("# a.yaml:4"), "{shown}");
        assert_eq!(yaml::print(&parsed(&shown).0), yaml::print(&tree), "{shown}");
    }
}
