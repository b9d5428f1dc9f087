//! Laws of the two readers: where the fast one gives a tree, the complete one gives the same; neither ever panics.
#![expect(clippy::disallowed_methods, reason = "a test that reads files")]

use crate::diag::Diagnostics;
use crate::source::SourceMap;
use crate::yaml::parse::{fast, parse, parse_all, printable, referee};
use crate::yaml::{Kind, Node};

#[test]
fn the_fast_reader_gives_the_tree_of_the_complete_one_or_none() {
    let taken = hunt(1, CASES);
    assert!(taken > CASES / 3, "only {taken} of {CASES} texts were fit for the fast reader");
}

/// Compares the readers on so many texts, and three slips of each; how many of the texts the fast one took.
fn hunt(seed: u64, cases: usize) -> usize {
    let mut dice = Dice(seed);
    let mut taken = 0;
    for _ in 0..cases {
        let text = document(&mut dice);
        taken += usize::from(agree(&text));
        for _ in 0..3 {
            agree(&mutate(&text, &mut dice));
        }
    }
    taken
}

#[test]
fn no_text_makes_a_reader_panic_or_fail_in_silence() {
    let mut dice = Dice(2);
    for _ in 0..CASES {
        let mut text = document(&mut dice);
        for _ in 0..dice.below(6) {
            text = mutate(&text, &mut dice);
        }
        let mut files = SourceMap::default();
        let mut diags = Diagnostics::default();
        let Some(file) = files.add("x.yaml", text.clone()) else {
            continue;
        };
        let result =
            parse(file, &files, &mut diags).map(drop).and(parse_all(file, &files, &mut diags).map(drop));
        assert_eq!(result.is_err(), diags.errors() > 0, "{text:?}");
        for it in diags.sorted() {
            assert!(files.range(it.span).is_some_and(|range| text.get(range).is_some()), "{text:?}");
        }
    }
}

#[test]
fn the_two_readers_agree_on_manifests_of_the_field() {
    let Ok(entries) = std::fs::read_dir("../shared/corpus/realworld") else {
        println!("skipped: ../shared is not there");
        return;
    };
    let texts = entries.flatten().filter_map(|it| std::fs::read_to_string(it.path().join("input.yaml")).ok());
    for text in texts.take(60) {
        agree(&text);
    }
}

const CASES: usize = 1000;

/// Panics if the readers differ; `true` if the fast one gave a tree.
fn agree(text: &str) -> bool {
    let mut diags = Diagnostics::default();
    if printable::only_text(text, 1, &mut diags).is_err() {
        return false;
    }
    let Some(fast) = fast::read(text, 1) else {
        return false;
    };
    let slow = referee::read(text, 1, &mut diags);
    let slow = slow.unwrap_or_else(|_| panic!("the fast reader takes {text:?}: {fast:#?}\n{diags:#?}"));
    assert_eq!(all(&fast), all(&slow), "{text:?}");
    true
}

fn all(nodes: &[Node]) -> Vec<String> {
    nodes.iter().map(show).collect()
}

fn show(node: &Node) -> String {
    let shown = match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Scalar(it) => format!("{:?}{}", it.text, if it.plain { "" } else { "!" }),
        Kind::List(items) => format!("{:?}", items.iter().map(show).collect::<Vec<_>>()),
        Kind::Map(entries) => {
            let shown =
                entries.iter().map(|it| format!("{}{:?}: {}", it.key.value, it.key.span, show(&it.value)));
            format!("{{{}}}", shown.collect::<Vec<_>>().join(", "))
        }
    };
    format!("{shown}{:?}", node.span)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "key",
    "x-1",
    "-1",
    "~",
    "null",
    "true",
    "1.10",
    "a b",
    "http://x/y",
    "a#b",
    "a:b",
    "é",
    "--x",
    ":p",
    "\"q\"",
    "'s'",
    "\"a\\nb\\u00e9\"",
    "'it''s'",
    "\"\"",
    "''",
    "a, b",
    "[x",
    "x]",
    "{}",
    "[]",
    "<<",
    "\"<<\"",
    "a\"b",
    "a'b",
    "\u{feff}",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "x\u{7f}",
    "!t",
    "&a",
    "*a",
    "? x",
    "- -",
    "---",
    "...",
    "%x",
    "@x",
    "`x`",
    "|",
    ">-",
    "NULL",
    "日本",
    "(x)",
    "=",
    "a\\b",
    "$x",
    "-",
    "?",
    ":",
    "#",
];

fn document(dice: &mut Dice) -> String {
    let mut out = String::new();
    for nth in 0..=dice.below(5) / 4 {
        if nth > 0 || dice.below(6) == 0 {
            out.push_str(dice.one(&["---\n", "--- # c\n", "---\n# c\n\n", "---\n---\n"]));
        }
        let indent = dice.below(7) / 6 * 2;
        block(dice, &mut out, indent, 0);
    }
    if dice.below(8) == 0 {
        out.pop();
    }
    out
}

fn add(out: &mut String, parts: &[&str]) {
    out.extend(parts.iter().copied());
}

fn word<'a>(dice: &mut Dice) -> &'a str {
    // Most words are harmless, else no text would be read by the fast reader.
    let end = if dice.below(24) == 0 { WORDS.len() } else { 22 };
    WORDS[dice.below(end)]
}

fn block(dice: &mut Dice, out: &mut String, indent: usize, depth: usize) {
    let list = dice.below(3) == 0;
    for nth in 0..=dice.below(3) {
        let keyed = !list;
        out.push_str(&" ".repeat(indent));
        if keyed {
            add(
                out,
                &[dice.one(&["k", "key-", "a b", "é"]), &nth.to_string(), dice.one(&[":", ":", ":", " :"])],
            );
            value(dice, out, indent, depth, true);
        } else {
            out.push('-');
            value(dice, out, indent, depth, false);
        }
    }
}

fn value(dice: &mut Dice, out: &mut String, indent: usize, depth: usize, keyed: bool) {
    let kind = if depth > 3 { dice.below(5) } else { dice.below(10) };
    match kind {
        0..=2 => add(out, &[" ", word(dice), dice.one(&["", "", "", " # c", " ", "  #"]), "\n"]),
        3 => {
            out.push(' ');
            flow(dice, out, depth);
            out.push_str(dice.one(&["\n", "\n", " # c\n", "\n\n"]));
        }
        4 => literal(dice, out, indent),
        5 if keyed => out.push_str(dice.one(&["\n", " \n", " # c\n", "\n  # c\n"])),
        6 if !keyed => {
            let mut inner = String::new();
            block(dice, &mut inner, indent + 2, depth + 1);
            out.push(' ');
            out.push_str(inner.trim_start());
        }
        _ => {
            out.push_str(dice.one(&["\n", "\n", "\n\n", " # c\n", "\n# c\n", "  \n"]));
            let deeper = if keyed { dice.below(4) } else { 1 + dice.below(3) };
            block(dice, out, indent + deeper, depth + 1);
        }
    }
}

fn flow(dice: &mut Dice, out: &mut String, depth: usize) {
    if depth > 5 || dice.below(3) == 0 {
        out.push_str(word(dice));
        return;
    }
    let list = dice.below(2) == 0;
    out.push(if list { '[' } else { '{' });
    for nth in 0..dice.below(4) {
        if nth > 0 {
            out.push_str(dice.one(&[", ", ",", ",\n  ", " , ", ", # c\n   ", "\n  , "]));
        }
        if !list {
            let key = dice.one(&["k", "\"k\"", "a b", "'k'", "é"]);
            add(out, &[key, dice.one(&[": ", ": ", ":", " : ", ":\n "])]);
            out.truncate(out.len() - usize::from(dice.below(20) == 0));
        }
        flow(dice, out, depth + 1);
    }
    out.push_str(dice.one(&["", "", " ", "\n ", ",", " # c\n "]));
    out.push(if list { ']' } else { '}' });
}

fn literal(dice: &mut Dice, out: &mut String, indent: usize) {
    add(out, &[" ", dice.one(&["|", "|-", "|+", ">", ">-", ">+", "|2", "| # c", "|  "]), "\n"]);
    let indent = " ".repeat(indent + 1 + dice.below(3));
    for _ in 0..dice.below(5) {
        let line =
            dice.one(&["a", "a b ", "# c", "", " ", "k: v", "- x", " deeper", "\tx", "é", "  ", "---"]);
        add(out, &[&indent, line, "\n"]);
        out.push_str(dice.one(&["", "", "", "\n", "  \n"]));
    }
}

fn mutate(text: &str, dice: &mut Dice) -> String {
    let cut = |at: usize| text.floor_char_boundary(at);
    let from = cut(dice.below(text.len() + 1));
    let to = cut(text.len().min(from + dice.below(4)));
    let new = dice.one(&[
        "", "", " ", "  ", "\n", "\n\n", "\n ", ":", ": ", "-", "- ", "#", " #", "\"", "'", "[", "]", "{",
        "}", ",", "\t", "\r", "\r\n", "&a ", "*a", "!t ", "!!str ", "|", ">", "? ", "%", "@", "\\",
        "\u{feff}", "\u{0}", "\u{1}", "\u{85}", "\u{2028}", "é", "---\n", "...\n", "\n---\n", "<<: ", "~",
        "x", "key: ", "\u{fffe}", "\u{9f}",
    ]);
    format!("{}{new}{}", &text[..from], &text[to.max(from)..])
}
