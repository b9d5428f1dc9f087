//! What we print, readers that are not ours take for what it was: thousands of texts made to be misread.

use std::collections::BTreeSet;
use std::fs;

use meshgen::yaml::print;
use proptest::prelude::*;
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

/// Words, numbers, dates and signs that some reader of YAML takes for something else than text.
const TRAPS: &str = r#"
y Y n N yes Yes YES no No NO on On ON off Off OFF true True TRUE tRuE false False FALSE null Null NULL nULL ~ nil none
None undefined nan NaN NAN inf Inf INF infinity Infinity .nan .NaN .NAN .inf .Inf .INF -.inf +.inf -.Inf +.INF -inf
-Infinity +inf - -- --- ---- . .. ... .... = == << <<: < > >- >+ | |- |+ |2 & && * ** ! !! !!str !a &a *a @ @a ` `a % %a
%YAML # ## #a a# a#b ? ?a ?? : :: :a a: a:: a:b a::b , ,a a, [ ] [] [a] a[b] { } {} {a} a{b} {{ }} {{a}} ${a} $(a) $a ' ''
'a' a'b '' " "" "a" a"b \ \\ \n \x a\ \\n / // /a /* ./a ../a ~a ~/a a~ _ __ _1 _1_0 ( ) (a) ^ a^ ; a;b
0 1 -1 +1 00 01 07 08 012 -012 +012 0o17 0O17 -0o17 0x1F 0X1f -0x1f +0x1F 0xg 0b1 0B1 0b101 0b2 -0b1 1_000 1__0 _1 1_ 0_
1,000 1.0 1. .5 -.5 +.5 1.10 1.2.3 1.2.3.4 10.0.0.1 10.0.0.0/8 ::1 ::ffff:0:0 fe80::1 1e3 1E3 1e+3 1e-3 1.e3 1.5e3 .5e3 1e 1e+
e3 E3 e+3 e-3 e0 e e. e1.0 e_1 0e0 0e 00e1 1e1000 -1e3 +1e3 1.5e 0.1e 1f 1d 1L 0f 0x 0o 0b 0xdeadbeef deadbeef 1e2e3 123abc
abc123 123e4567 1e10m 100m 1Gi 1Mi 500k 5s 1h30m 15d 1T 1t 1Z 1z 9223372036854775807 9223372036854775808 18446744073709551616
99999999999999999999999999 0.1 0.10 3.14 3_1.4 6.8523015e+5 685.230_15e+03 685_230.15 190:20:30 190:20:30.15 12:30 12:30:45
1:20 0:0 1:60 -1:30 +1:30 01:02 1:2:3:4 00:00:00 24:00 2024-01-01 2024-1-1 2001-12-14t21:59:43.10-05:00 2001-12-15T02:59:43.1Z
2024-01-01T00:00:00Z 2024-01-01t00:00:00z 20240101 2024-13-45 24-01-01 2024-01 2024- 1-2 1-1-1 -1-1 1+1 1-a --1 --a -a -1a -a:
--a: --port --port=80 --v=2 --on --no --yes -n -y -e -e1 -e+1 --e1 -Xmx512m -c -1.5 -_1 -.a -.5a +a +1a ++1 +- -+ -: -# -,
.a .1a .1. .e1 ._ .- .: -.nan +.nan -.NaN 0. 0.. 0.0.0 v1 v1.2 1.27 1.27.0 1.27-alpine nginx:1.27 a:1 1:a 1:1a 80:80 80:http
http://a http://a:80/b?c=d#e http://[::1]:80/ a@b a@1 user:pass@host key=value a=b=c =a a/b/c app.kubernetes.io/name
istio.io/rev *.example.com *.local cluster.local spiffe://a/ns/b/sa/c x-forwarded-for :authority :path regex:.* ^/api/v[0-9]+$
.*\.example\.com (a|b)+ [a-z]+ \d+ ^$ $1 %REQ(:path)% %START_TIME% "{{.a}}" {"a":1} {'a':1} [1,2] {a:1} <a> <!--a--> &amp;
"#;

/// Texts with blanks and lines in all the wrong places.
const LINES: [&str; 96] = [
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\n\n\n",
    " \n",
    "\n ",
    "\t\n",
    "\n\t",
    "\r",
    "\r\n",
    "\n\r",
    "a ",
    " a",
    " a ",
    "a  b",
    "a b",
    "a   ",
    "a\t",
    "\ta",
    "a\tb",
    "a\t b",
    "a \tb",
    "a: b",
    "a : b",
    "a :b",
    "a:\tb",
    "a:\nb",
    "a #b",
    "a # b",
    "a\t#b",
    "a# b",
    "# a",
    "- a",
    "-\ta",
    "? a",
    ": a",
    "! a",
    "& a",
    "* a",
    "a - b",
    "a ? b",
    "a, b",
    "[a, b]",
    "{a: b}",
    "a: [b",
    "a: {b",
    "a\n",
    "a\n\n",
    "a\n\n\n",
    "a\nb",
    "a\nb\n",
    "a\n\nb",
    "a\n\n\nb\n",
    "a\n b",
    "a\n  b\nc",
    "a\n b\n",
    " a\nb",
    "  a\n b\n",
    "\na",
    "\n\na\n",
    "\n a",
    "a\n ",
    "a\n  \n",
    "a\n \nb",
    "a\n\t\nb",
    "a\n\tb",
    "a\n\tb\n",
    "a\tb\nc",
    "a \nb",
    "a \nb \n",
    "a\t\nb",
    "a\r\nb",
    "a\r\nb\r\n",
    "a\rb",
    "a\n#b",
    "#a\nb",
    "a\n# b\n",
    "---\na",
    "a\n---\nb\n",
    "a\n...\nb",
    "...\na\n",
    "%YAML 1.2\n---\na",
    "- a\n- b\n",
    "a: b\nc: d\n",
    "a: |\n  b\n",
    "|\na",
    "> a\nb",
    "\"a\nb\"",
    "'a\nb'",
    "a\\\nb",
    "key: value # comment\n",
    "#!/bin/sh\nset -e\n\tcd x\n",
    "#!/bin/sh\nset -e\n  cd x\n\nexit 0\n",
];

/// Characters that readers escape, refuse, swallow or take for an end of line, and some that they must not.
const CHARS: &str = "\0\u{1}\u{7}\u{8}\t\n\u{b}\u{c}\r\u{1b}\u{1f} !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u{7f}\u{80}\u{85}\u{9f}\
    \u{a0}\u{ad}é\u{300}ß\u{61c}\u{200b}\u{200d}\u{200e}\u{2028}\u{2029}\u{202e}\u{2060}\u{3000}中\u{d7ff}\u{e000}\u{fdd0}\
    \u{fdef}\u{feff}\u{fffd}\u{fffe}\u{ffff}\u{10000}🦀\u{1fffe}\u{e0001}\u{10fffd}\u{10ffff}";

/// Pieces that are dangerous next to each other.
const PIECES: [&str; 64] = [
    "a", "b", "e", "E", "f", "n", "o", "t", "x", "y", "z", "A", "T", "Z", "0", "1", "7", "8", "9", "12",
    "00", " ", "  ", "\t", "\n", "\n\n", "\r\n", ":", ": ", " :", "#", " #", "# ", "-", "- ", "--", "+", ".",
    "..", "_", "/", "\\", "\"", "'", ",", "[", "]", "{", "}", "?", "? ", "!", "&", "*", "|", ">", "%", "@",
    "`", "=", "~", "é", "\u{85}", "\u{2028}",
];

/// The same numbers on every machine and in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        let count = 1 + self.roll(most);
        (0..count).map(|_| pieces[self.roll(pieces.len())]).collect()
    }
}

/// All of them, each once, sorted.
pub fn nasty_texts() -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = TRAPS.split_whitespace().chain(LINES).map(str::to_owned).collect();
    let seeds: Vec<String> = texts.iter().cloned().collect();
    for text in &seeds {
        for (before, after) in
            [("", " "), ("", ":"), ("a ", ""), ("", " a"), ("", "\n"), ("a\n", ""), ("-", ""), ("\"", "")]
        {
            texts.insert(format!("{before}{text}{after}"));
        }
    }
    for char in CHARS.chars() {
        for (before, after) in
            [("", ""), ("a", ""), ("", "a"), ("a", "b"), ("a\n", "\nb"), ("a\n", "b\n"), ("1", "2")]
        {
            texts.insert(format!("{before}{char}{after}"));
        }
    }
    for byte in 0..=u8::MAX {
        texts.insert(char::from(byte).to_string());
    }
    let numbers: Vec<&str> = "0 1 2 7 9 60 . : - + _ e E x o b T Z t z".split(' ').collect();
    let mut dice = Dice(20_240_101);
    while texts.len() < 16_000 {
        texts.insert(dice.text(&PIECES, 8));
        texts.insert(dice.text(&numbers, 6));
    }
    texts.extend([200, 1023, 1024, 1025, 5000].map(|length| "long ".repeat(length / 5) + "x"));
    texts.extend([500, 1022, 4000].map(|length| "\"".repeat(length)));
    texts
}

/// The text wherever a text can stand.
fn places(text: &str) -> Value {
    json!({
        "value": text,
        "list": [text, [text, [text]], {"in": text, "after": [text]}],
        "key": {text: {text: [text]}},
        "items": [{text: text}, [{text: {}}], text],
        "last": text,
    })
}

/// Numbers and constants, and the texts that look like them.
fn lookalikes() -> Value {
    let numbers = [json!(0), json!(-1), json!(i64::MAX), json!(i64::MIN), json!(true), json!(false)];
    let floats = [0.1, 1.0, -2.5, 1e16, 1.5e-7, 123_456_789.125, 1e22].map(|it| json!(it));
    let all: Vec<Value> = numbers.into_iter().chain(floats).collect();
    let texts: Vec<String> = all.iter().map(Value::to_string).collect();
    json!({"values": all, "texts": texts, "empty": [{}, [], "", [[]], {"a": {}}]})
}

/// Every text at every place in one document, in the shape of a Kubernetes object, so that kubectl reads it.
fn all_at_once(texts: &BTreeSet<String>) -> Value {
    let names: Vec<String> = (0..texts.len()).map(|place| format!("case-{place:05}")).collect();
    let pairs = || names.iter().zip(texts);
    let values: Map<String, Value> = pairs().map(|(name, text)| (name.clone(), json!(text))).collect();
    let keys: Map<String, Value> = pairs().map(|(name, text)| (text.clone(), json!(name))).collect();
    let nested: Vec<Value> = texts.iter().map(|text| json!([[text, {text: text}], text])).collect();
    json!({
        "apiVersion": "readers.meshgen.dev/v1",
        "kind": "Nasty",
        "metadata": {"name": "nasty"},
        "spec": {"values": values, "keys": keys, "list": texts, "nested": nested, "lookalikes": lookalikes()},
    })
}

pub fn read_with_serde_yaml(text: &str) -> Result<Value, String> {
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}

pub fn read_with_saphyr(text: &str) -> Result<Value, String> {
    let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
    match &documents[..] {
        [document] => value_of(document),
        _ => Err(format!("{} documents", documents.len())),
    }
}

fn value_of(yaml: &Yaml) -> Result<Value, String> {
    match yaml {
        Yaml::Value(Scalar::Null) => Ok(Value::Null),
        Yaml::Value(Scalar::Boolean(value)) => Ok(json!(value)),
        Yaml::Value(Scalar::Integer(value)) => Ok(json!(value)),
        Yaml::Value(Scalar::FloatingPoint(value)) => Ok(json!(value.into_inner())),
        Yaml::Value(Scalar::String(value)) => Ok(json!(value)),
        Yaml::Sequence(items) => items.iter().map(value_of).collect(),
        Yaml::Mapping(entries) => {
            entries.iter().map(|(key, value)| Ok((key_of(key)?, value_of(value)?))).collect()
        }
        _ => Err(format!("neither a scalar nor a list nor a map: {yaml:?}")),
    }
}

fn key_of(yaml: &Yaml) -> Result<String, String> {
    yaml.as_str().map(str::to_owned).ok_or_else(|| format!("not a string as a key: {yaml:?}"))
}

fn assert_read_alike(value: &Value) {
    let text = print(value);
    assert_eq!(read_with_serde_yaml(&text).as_ref(), Ok(value), "serde_yaml read:\n{text}");
    assert_eq!(read_with_saphyr(&text).as_ref(), Ok(value), "saphyr read:\n{text}");
}

#[test]
fn every_nasty_text_comes_back_from_every_place() {
    for text in nasty_texts() {
        assert_read_alike(&places(&text));
        assert_read_alike(&json!(text));
    }
}

#[test]
fn numbers_and_their_lookalikes_stay_apart() {
    assert_read_alike(&lookalikes());
}

#[test]
fn the_nasty_texts_are_laid_out_for_the_readers_of_other_languages() {
    let texts = nasty_texts();
    assert!(texts.len() >= 5000);
    let truth = all_at_once(&texts);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target");
    fs::create_dir_all(folder).unwrap();
    fs::write(format!("{folder}/nasty.yaml"), print(&truth)).unwrap();
    fs::write(format!("{folder}/nasty.json"), truth.to_string()).unwrap();
    assert_read_alike(&truth);
}

proptest! {
    #[test]
    fn any_text_comes_back(text in any::<String>()) {
        assert_read_alike(&places(&text));
    }

    #[test]
    fn any_lines_come_back(text in "([ -~]|[ \t\n:#'\"a0-])*") {
        assert_read_alike(&places(&text));
    }

    #[test]
    fn any_single_line_is_a_string_of_json_or_itself(text in "[ -~éß\u{85}\u{2028}]*") {
        let printed = print(&text);
        let line = printed.trim_end_matches('\n');
        prop_assert!(line == text || serde_json::from_str::<String>(line).is_ok_and(|read| read == text));
    }
}
