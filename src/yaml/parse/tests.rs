//! What the door promises, rule by rule.

use crate::diag::{Diagnostics, code};
use crate::source::{SourceMap, Span};
use crate::yaml::{Kind, Node, parse, parse_all};

fn read(text: &str) -> Node {
    one(text).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn one(text: &str) -> Result<Node, Vec<String>> {
    told(text, |file, files, diags| parse(file, files, diags).ok())
}

fn all(text: &str) -> Result<Vec<Node>, Vec<String>> {
    told(text, |file, files, diags| parse_all(file, files, diags).ok())
}

fn told<T>(
    text: &str,
    read: impl FnOnce(crate::source::FileId, &SourceMap, &mut Diagnostics) -> Option<T>,
) -> Result<T, Vec<String>> {
    let mut files = SourceMap::default();
    let file = files.add("x.yaml", text).unwrap();
    let mut diags = Diagnostics::default();
    let result = read(file, &files, &mut diags);
    let written = |span: Span| text[files.range(span).unwrap()].to_owned();
    let errors = diags.sorted().into_iter().map(|it| {
        let related = it.related.iter().map(|(span, label)| format!("; {label}: {:?}", written(*span)));
        format!("{} {:?}: {}{}", it.code.name, written(it.span), it.message, related.collect::<String>())
    });
    result.ok_or_else(|| errors.collect())
}

fn errors(text: &str) -> Vec<String> {
    one(text).unwrap_err()
}

fn written<'a>(text: &'a str, node: &Node) -> &'a str {
    &text[node.span.lo as usize - 1..node.span.hi as usize - 1]
}

fn lines(range: std::ops::Range<usize>, line: impl Fn(usize) -> String) -> String {
    range.map(line).collect::<Vec<_>>().concat()
}

fn plain(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(it) if it.plain)
}

#[test]
fn a_plain_scalar_keeps_its_spelling_and_a_quoted_one_is_text() {
    let node = read("a: 1.10\nb: '1'\nc: on\nd: 012\n");
    let texts = ["a", "b", "c", "d"]
        .map(|key| (node.at(&[key]).unwrap().text().unwrap().to_string(), plain(node.get(key).unwrap())));
    let expected = [("1.10", true), ("1", false), ("on", true), ("012", true)];
    assert_eq!(texts, expected.map(|(text, plain)| (text.to_owned(), plain)));
}

#[test]
fn null_is_nothing_or_one_of_four_spellings() {
    let node = read("a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: nULL\ng: 'null'\n");
    let nulls: Vec<bool> = node.entries().iter().map(|it| it.value.is_null()).collect();
    assert_eq!(nulls, [true, true, true, true, true, false, false]);
}

#[test]
fn spans_cover_what_is_written() {
    for text in [
        "\"k\" : 'it''s' # c\nl:\n- { a: [1, 2] }\n-  x y  \nm: |\n  one\n  two\n\nn:\n",
        "\"k\" : 'it''s' # c\nl:\n- { a: [1, 2] }\n-  &a x y  \nm: |\n  one\n  two\n\nn: !!null\n",
    ] {
        let node = read(text);
        assert_eq!(written(text, &node), text.trim_end());
        assert_eq!(written(text, node.get("k").unwrap()), "'it''s'");
        let list = node.get("l").unwrap();
        assert!(written(text, list).starts_with("- {") && written(text, list).ends_with("x y"));
        assert_eq!(written(text, &list.items()[0]), "{ a: [1, 2] }");
        assert_eq!(written(text, &list.items()[1]), "x y");
        assert_eq!(written(text, node.get("m").unwrap()), "one\n  two");
        assert_eq!(written(text, node.get("n").unwrap()), "");
        let key = node.entries()[0].key.span;
        assert_eq!(&text[key.lo as usize - 1..key.hi as usize - 1], "\"k\"");
    }
}

#[test]
fn spans_lie_in_the_space_of_all_files() {
    let mut files = SourceMap::default();
    files.add("a.yaml", "other: text").unwrap();
    let file = files.add("b.yaml", "key: value").unwrap();
    let node = parse(file, &files, &mut Diagnostics::default()).unwrap();
    assert_eq!(files.file_of(node.get("key").unwrap().span), Some(file));
    assert_eq!(files.locate(node.get("key").unwrap().span).unwrap().column, 6);
}

#[test]
fn a_file_without_a_document_is_a_null_at_its_first_byte() {
    for text in ["", "# only a comment\n", "---\n", "---\n---\n# c\n", "\u{feff}"] {
        let node = read(text);
        assert!(node.is_null() && node.span == Span { lo: 1, hi: 1 }, "{text:?}");
        assert!(all(text).unwrap().is_empty());
    }
}

#[test]
fn documents_are_told_apart_and_empty_ones_left_out() {
    let nodes = all("a: 1\n---\n---\n- b\n--- # c\nd\n...\n").unwrap();
    assert_eq!(nodes.iter().map(Node::describe).collect::<Vec<_>>(), ["a mapping", "a list", "`d`"]);
    assert!(all("a: 1\n---\n~\n").unwrap()[1].is_null());
}

#[test]
fn a_second_document_is_one_too_many_where_one_is_meant() {
    assert_eq!(
        errors("a: 1\n---\nb: 2\nc: 3\n"),
        ["several-documents \"b: 2\": a second document starts here; the first: \"\""]
    );
    assert_eq!(read("---\na: 1\n---\n").get("a").unwrap().describe(), "`1`");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text() {
    let node = read("\u{feff}a: b\r\nc: |\r\n  d\r\n");
    assert_eq!(node.get("a").unwrap().text().unwrap(), "b");
    assert_eq!(node.get("c").unwrap().text().unwrap(), "d\n");
}

#[test]
fn an_alias_shares_the_branch_and_has_its_own_place() {
    let text = "a: &x { b: 1 }\nc: *x\n";
    let node = read(text);
    assert_eq!(node.at(&["c", "b"]).unwrap().text().unwrap(), "1");
    assert_eq!(written(text, node.get("c").unwrap()), "*x");
    assert_eq!(written(text, node.at(&["c", "b"]).unwrap()), "1");
}

#[test]
fn merged_keys_lie_under_the_written_ones_and_earlier_sources_win() {
    let node = read("a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc:\n  z: 3\n  <<: [*a, *b]\n  w: 3\n");
    let entries = node.get("c").unwrap().entries();
    let flat: Vec<String> =
        entries.iter().map(|it| format!("{}={}", it.key.value, it.value.text().unwrap())).collect();
    assert_eq!(flat, ["x=1", "y=1", "z=3", "w=3"]);
    assert_eq!(read("'<<': 1").entries()[0].key.value, "<<");
}

#[test]
fn a_merge_takes_mappings_only() {
    assert_eq!(errors("<<: 1\n"), ["yaml-syntax \"1\": `<<` takes a mapping or a list of mappings, not `1`"]);
    let twice = "duplicate-key \"<<\": the key `<<` stands twice in this mapping; first written here: \"<<\"";
    assert_eq!(errors("<<: {}\n<<: {}\n"), [twice]);
}

#[test]
fn a_core_tag_says_what_a_scalar_is_and_any_other_is_an_error() {
    let node = read("a: !!str 1\nb: !!int '1'\nc: ! x\nd: !!null\ne: !!map {}\nf: !!str\n");
    assert!(
        !plain(node.get("a").unwrap()) && plain(node.get("b").unwrap()) && !plain(node.get("c").unwrap())
    );
    assert!(node.get("d").unwrap().is_null() && !node.get("f").unwrap().is_null());
    assert_eq!(
        errors("a: !secret x"),
        ["yaml-syntax \"!secret\": the tag `!secret` says nothing here about this value"]
    );
    assert_eq!(
        errors("a: !!set {}"),
        ["yaml-syntax \"!!set\": the tag `!!set` says nothing here about a mapping"]
    );
}

#[test]
fn every_key_that_stands_twice_is_told_with_the_first() {
    let again = |key: &str| {
        format!(
            "duplicate-key {key:?}: the key `{key}` stands twice in this mapping; first written here: {key:?}"
        )
    };
    assert_eq!(errors("a: 1\nb: { c: 1, c: 2 }\na: 2\na: 3\n"), [again("c"), again("a"), again("a")]);
}

#[test]
fn keys_that_stand_twice_are_found_among_very_many() {
    let text = lines(0..20_000, |it| format!("k{}: 1\n", it % 19_999));
    assert_eq!(errors(&text).len(), 1);
}

#[test]
fn a_key_is_a_word() {
    assert_eq!(errors("? [a]\n: b\n"), ["yaml-syntax \"[a]\": a key must be a plain word"]);
    assert_eq!(errors("a: {{ x }}\n"), ["yaml-syntax \"{ x }\": a key must be a plain word"]);
    assert_eq!(errors(": b\n"), ["yaml-syntax \":\": there is no key before this `:`"]);
    assert_eq!(read("~: 1\n2: 1\n").entries()[0].key.value, "~");
}

#[test]
fn collections_nest_to_a_depth_of_128() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(one(&nested(128)).is_ok());
    for text in
        [nested(129), "[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(100_000)]
    {
        let told = errors(&text);
        assert!(told.len() == 1 && told[0].starts_with(code::TOO_BIG.name), "{told:?}");
    }
    let lines = lines(0..200, |it| format!("{}a:\n", " ".repeat(it)));
    assert!(errors(&lines)[0].contains("more than 128 lists and mappings"));
}

#[test]
fn aliases_do_not_multiply_beyond_reason() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    text += &lines(1..12, |it| format!("a{it}: &a{it} [{}]\n", vec![format!("*a{}", it - 1); 10].join(", ")));
    let told = errors(&text);
    assert!(told.len() == 1 && told[0].contains("multiply the document beyond reason"), "{told:?}");
    let many = lines(0..5_000, |it| format!("k{it}: *a\n"));
    assert!(one(&format!("a: &a {{ b: [1, 2, 3] }}\n{many}")).is_ok());
}

#[test]
fn aliases_do_not_nest_beyond_the_depth_either() {
    let text = lines(1..200, |it| format!("a{it}: &a{it} [*a{}]\n", it - 1));
    assert!(errors(&format!("a0: &a0 []\n{text}"))[0].contains("more than 128"));
}

#[test]
fn an_alias_needs_an_anchor_before_it_and_outside_of_it() {
    assert_eq!(
        errors("a: &one 1\nb: *on\n"),
        ["yaml-syntax \"*on\": no anchor `&on` stands before this alias"]
    );
    assert_eq!(
        errors("a: &a [*a]\n"),
        ["yaml-syntax \"*a\": this alias stands inside of what it stands for"]
    );
}

#[test]
fn each_broken_document_of_a_stream_is_told() {
    let told = all("a: ]\n---\nb: 1\n---\nc: 'x\n---\nd: {e: 1, e: 2}\n").unwrap_err();
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn the_common_slips_are_named() {
    for (text, expected) in [
        ("a:\n\tb: c\n", "\"\\t\": a tab indents this line; YAML wants spaces"),
        ("a: b\n\tc: d\n", "\"\\t\": a tab indents this line; YAML wants spaces"),
        ("a: 'b\nc: d\n", "\"'\": this quote is never closed"),
        ("a: 'it's'\n", "\"s'\": text follows the closing quote"),
        ("a: \"\\q\"\n", "\"\\\\q\": the escape `\\q` means nothing in double quotes"),
        ("a: [b, c\n", "\"[\": this `[` is never closed"),
        ("a: {b]\n", "\"{\": this `{` is closed by a `]`"),
        ("a: ]\n", "\"]\": nothing is open that this `]` would close"),
        ("a: 1\nb:2\n", "\"b:2\": a blank is missing after the colon of `b`"),
        ("a: b: c\n", "\"b: c\": unquoted text can not have a `: ` in it"),
        ("a: 1\n  b: 2\n", "\"b: 2\": a key can not stand here: the line above has a value already"),
        ("a: - b\n", "\"-\": a list can not begin on the line of its key"),
        ("- a\n-b\n", "\"-\": a blank is missing after this dash"),
        ("a: @b\n", "\"@b\": unquoted text can not begin with `@`"),
        ("a:\n    b: 1\n  c: 2\n", "\"c: 2\": this line is indented like no line above it"),
        ("<<<<<<< HEAD\na: b\n=======\n", "\"<<<<<<<\": an unresolved merge conflict begins here"),
        ("a: \u{1}\n", "\"\\u{1}\": the control character U+0001 can not stand in YAML"),
        ("a: \0b\n", "\"\\0\": this looks like binary data: it has a zero byte"),
    ] {
        assert_eq!(errors(text), [format!("yaml-syntax {expected}")], "{text:?}");
    }
    assert!(errors("a: {b: c\nd: e\n")[0].starts_with("yaml-syntax \"{\": this `{` is never closed; "));
}
