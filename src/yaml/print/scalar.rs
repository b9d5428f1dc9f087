//! Which clothes a text needs so that no reader takes it for anything but that text.

use std::fmt::Write;

/// A printable ASCII character that no number, date or duration of any YAML is made of.
const WORD: u8 = 1;
const SPACE: u8 = 2;
const NEWLINE: u8 = 4;
const TAB: u8 = 8;
/// A control character, but neither a newline nor a tab.
const CONTROL: u8 = 16;
/// Part of a character beyond ASCII.
const WIDE: u8 = 32;

static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [WIDE; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'\n' => NEWLINE,
            b'\t' => TAB,
            b' ' => SPACE,
            0..b' ' | 127 => CONTROL,
            _ => WORD,
        };
        byte += 1;
    }
    let of_numbers = b"0123456789abcdefABCDEF._:+-xXoOTtZz";
    let mut place = 0;
    while place < of_numbers.len() {
        table[of_numbers[place] as usize] = 0;
        place += 1;
    }
    table
}

/// Writes `text` as a value; the lines of a block are indented by `indent` spaces.
///
/// The caller has ended the word before it with a blank, and ends the line.
pub(super) fn write_value(text: &str, indent: usize, out: &mut String) {
    let seen = scan(text);
    if is_plain(text, seen) {
        out.push_str(text);
    } else if is_block(text, seen) {
        write_block(text, indent, out);
    } else {
        write_quoted(text, out);
    }
}

/// Writes `text` as a key: on one line, whatever it holds.
pub(super) fn write_key(text: &str, out: &mut String) {
    if is_plain(text, scan(text)) {
        out.push_str(text);
    } else {
        write_quoted(text, out);
    }
}

/// Writes `count` spaces.
pub(super) fn write_spaces(mut count: usize, out: &mut String) {
    const SPACES: &str = "                                                                ";
    while count > SPACES.len() {
        out.push_str(SPACES);
        count -= SPACES.len();
    }
    out.push_str(&SPACES[..count]);
}

/// The classes of all bytes, laid over each other.
fn scan(text: &str) -> u8 {
    text.bytes().fold(0, |seen, byte| seen | CLASS[usize::from(byte)])
}

/// Whether every reader takes the bare text for a string, as YAML 1.1 and as YAML 1.2.
///
/// Stricter than either: telling apart the numbers of all readers is not worth a pair of quotes.
fn is_plain(text: &str, seen: u8) -> bool {
    if seen & (NEWLINE | TAB | CONTROL | WIDE) != 0 {
        return false;
    }
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    let begins = match first {
        b'0'..=b'9' => seen & WORD != 0,
        b'a'..=b'z' | b'A'..=b'Z' => !is_word_of_yaml(bytes),
        b'-' => is_flag(bytes),
        b'_' | b'/' => true,
        _ => false,
    };
    begins && *last != b':' && (seen & SPACE == 0 || is_spaced_well(bytes))
}

/// A command-line flag such as `-c` or `--port=80`: no reader's numbers have a letter there.
fn is_flag(bytes: &[u8]) -> bool {
    let name = bytes.strip_prefix(b"--").or_else(|| bytes.strip_prefix(b"-")).unwrap_or(bytes);
    name.first().is_some_and(u8::is_ascii_alphabetic) && !is_word_of_yaml(name)
}

/// The constants of YAML 1.1 and 1.2 in any case, and the exponents some readers take for floats.
fn is_word_of_yaml(bytes: &[u8]) -> bool {
    const WORDS: [&[u8]; 12] =
        [b"y", b"n", b"no", b"on", b"yes", b"off", b"nan", b"inf", b"true", b"null", b"false", b"infinity"];
    if let [b'e' | b'E', rest @ ..] = bytes
        && rest.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'_'))
    {
        return true;
    }
    bytes.len() <= 8 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(bytes))
}

/// No blank begins a comment, ends a key, stands double or ends the text.
fn is_spaced_well(bytes: &[u8]) -> bool {
    let ends_well = bytes.last() != Some(&b' ');
    ends_well && bytes.windows(2).all(|pair| !matches!(pair, b": " | b" #" | b"  "))
}

/// Whether a literal block keeps every byte: readers differ on odd indentation and odd characters.
fn is_block(text: &str, seen: u8) -> bool {
    let printable = seen & CONTROL == 0 && (seen & WIDE == 0 || !text.chars().any(needs_escape));
    let begins_well = !text.starts_with(['\n', ' ', '\t']);
    seen & NEWLINE != 0 && printable && begins_well && text.split('\n').all(is_line)
}

/// A line that cannot be taken for indentation.
fn is_line(line: &str) -> bool {
    !line.starts_with('\t') && (line.is_empty() || !line.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
}

fn write_block(text: &str, indent: usize, out: &mut String) {
    let body = text.strip_suffix('\n');
    out.push_str(match body {
        None => "|-",
        Some(body) if body.ends_with('\n') => "|+",
        Some(_) => "|",
    });
    for line in body.unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            write_spaces(indent, out);
            out.push_str(line);
        }
    }
}

/// Every quoted text is a string of JSON as well.
fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(place) =
        rest.find(|char| matches!(char, '"' | '\\') || needs_escape(char) || char == '\n' || char == '\t')
    {
        let (before, after) = rest.split_at(place);
        out.push_str(before);
        let mut chars = after.chars();
        if let Some(char) = chars.next() {
            write_escape(char, out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn write_escape(char: char, out: &mut String) {
    match char {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        _ => {
            // Writing to a `String` cannot fail, and all that is escaped lies in the first plane.
            let _ = write!(out, "\\u{:04x}", u32::from(char));
        }
    }
}

/// Characters no reader shows as they are, some readers take for an end of line, or refuse.
fn needs_escape(char: char) -> bool {
    let below_blank = char < ' ' && !matches!(char, '\n' | '\t');
    below_blank
        || matches!(
            char,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

#[cfg(test)]
mod tests {
    use crate::yaml::print;

    fn printed(text: &str) -> String {
        print(text).trim_end_matches('\n').to_owned()
    }

    fn assert_plain(texts: &[&str]) {
        for text in texts {
            assert_eq!(printed(text), *text);
        }
    }

    fn assert_quoted(texts: &[&str]) {
        for text in texts {
            assert_eq!(printed(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn names_paths_and_quantities_need_no_quotes() {
        assert_plain(&[
            "reviews",
            "v1",
            "app.kubernetes.io/name",
            "100m",
            "1Gi",
            "5s",
            "10.0.0.0/8",
            "/healthz",
        ]);
        assert_plain(&["http://a:80/b?c=d#e", "nginx:1.27", "a b"]);
        assert_plain(&["a,b", "a[0]", "x{y}", "_x", "it's", "say \"hi\""]);
    }

    #[test]
    fn flags_need_no_quotes() {
        assert_plain(&["-c", "--port=80", "--v=2", "--log-level debug", "-Xmx512m"]);
        assert_quoted(&[
            "-1", "--1", "-", "--", "---", "-inf", "-e1", "-.inf", "- a", "-- a", "-0x1", "--flag:",
        ]);
    }

    #[test]
    fn words_of_any_yaml_are_quoted() {
        assert_quoted(&[
            "on", "Off", "YES", "no", "y", "N", "true", "False", "null", "NULL", "nan", "~", "=", "<<",
        ]);
        assert_quoted(&[".inf", ".NaN", "e0", "E+1", "e", ""]);
    }

    #[test]
    fn whatever_might_be_a_number_or_a_date_is_quoted() {
        assert_quoted(&["1", "012", "0o17", "0x1F", "1_000", "1e3", "1.10", "10.0.0.1", "+1", ".5"]);
        assert_quoted(&["12:30:45", "2024-01-01", "2024-01-01T00:00:00Z", "2001-12-14 21:59:43.10 -5"]);
    }

    #[test]
    fn signs_of_yaml_are_quoted() {
        assert_quoted(&[
            "a: b", "a #b", "a:", "a ", " a", "a  b", "*a", "&a", "!a", "%a", "@a", "`a", "? a", "#a",
        ]);
        assert_quoted(&["{a}", "[a]", "|", ">", "'a'", "é"]);
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(printed("a\tb\r\"\\"), r#""a\tb\r\"\\""#);
        assert_eq!(
            printed("\0\u{85}\u{2028}\u{feff}\u{ffff}\u{1b}"),
            r#""\u0000\u0085\u2028\ufeff\uffff\u001b""#
        );
        assert_eq!(printed("naïve 🦀"), "\"naïve 🦀\"");
    }

    #[test]
    fn a_text_that_would_blur_its_indentation_is_no_block() {
        assert_eq!(printed(" a\nb"), r#"" a\nb""#);
        assert_eq!(printed("\na"), r#""\na""#);
        assert_eq!(printed("a\n \nb"), r#""a\n \nb""#);
        assert_eq!(printed("a\n\tb"), r#""a\n\tb""#);
        assert_eq!(printed("a\r\nb"), r#""a\r\nb""#);
        assert_eq!(printed("a\u{2028}\nb"), r#""a\u2028\nb""#);
    }
}
