//! Plain scalars that YAML 1.1 and YAML 1.2 readers take for different values.

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::yaml::{Kind, Node, Scalar};

/// Reports every such scalar of a tree.
pub fn report(node: &Node, diags: &mut Diagnostics) {
    match &node.kind {
        Kind::Map(entries) => entries.iter().for_each(|it| report(&it.value, diags)),
        Kind::List(items) => items.iter().for_each(|it| report(it, diags)),
        Kind::Scalar(Scalar { text, plain: true }) if is_ambiguous(text) => {
            let message = format!("`{text}` means different things to YAML 1.1 and YAML 1.2 readers");
            let finding = Diagnostic::error(code::AMBIGUOUS_SCALAR, node.span, message);
            diags.push(finding.help(remedy(text)));
        }
        Kind::Null | Kind::Scalar(_) => {}
    }
}

/// Whether readers disagree about the plain scalar.
pub fn is_ambiguous(text: &str) -> bool {
    is_switch(text).is_some() || is_number(text) || is_date(text) || text == "="
}

fn remedy(text: &str) -> String {
    match is_switch(text) {
        Some(value) => format!("write `{value}`, or `\"{text}\"` for the text"),
        None => format!("write the plain decimal number, or `\"{text}\"` for the text"),
    }
}

/// The words that only YAML 1.1 takes for `true` and `false`, in the three cases it knows.
fn is_switch(text: &str) -> Option<bool> {
    const WORDS: [(&str, bool); 6] =
        [("y", true), ("yes", true), ("on", true), ("n", false), ("no", false), ("off", false)];
    let lower = text.to_ascii_lowercase();
    let (_, value) = WORDS.iter().find(|(word, _)| *word == lower)?;
    let tail = text.get(1..).unwrap_or_default();
    let begins_large = text.starts_with(|it: char| it.is_ascii_uppercase());
    let known = tail.bytes().all(|it| it.is_ascii_lowercase())
        || (begins_large && tail.bytes().all(|it| it.is_ascii_uppercase()));
    known.then_some(*value)
}

/// Numbers with leading zeros, underscores, colons, a `0b` or `0o`, a sign before `0x`, or a bare exponent.
fn is_number(text: &str) -> bool {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let signed = bare.len() != text.len();
    if !bare.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        return false;
    }
    let clean: String = bare.chars().filter(|it| *it != '_').collect();
    let of_base = |prefix: &str, base: u32| {
        clean.strip_prefix(prefix).is_some_and(|it| !it.is_empty() && it.chars().all(|it| it.is_digit(base)))
    };
    if of_base("0b", 2) || of_base("0o", 8) {
        return true;
    }
    if of_base("0x", 16) {
        return signed || clean != bare;
    }
    if is_sexagesimal(&clean) {
        return true;
    }
    if !is_decimal(&clean) {
        return false;
    }
    let (mantissa, exponent) = clean.split_once(['e', 'E']).unwrap_or((&clean, ""));
    let padded = mantissa.len() > 1
        && mantissa.starts_with('0')
        && mantissa.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let bare_exponent =
        !exponent.is_empty() && (!mantissa.contains('.') || !exponent.starts_with(['-', '+']));
    clean != bare || padded || bare_exponent || (signed && mantissa.starts_with('.') && mantissa != ".")
}

/// `12`, `1.5`, `.5`, `1e3`.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let any = !whole.is_empty() || !part.is_empty();
    any && digits(whole) && digits(part) && !exponent.is_empty() && digits(exponent)
}

/// `12:30:45`: sixties, to YAML 1.1.
fn is_sexagesimal(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let mut places = whole.split(':');
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let first = places.next().is_some_and(digits);
    let mut rest = places.peekable();
    let several = rest.peek().is_some();
    let small = rest.all(|it| digits(it) && it.len() <= 2 && it.parse().is_ok_and(|it: u8| it < 60));
    first && several && small && part.bytes().all(|it| it.is_ascii_digit())
}

/// `2024-01-01`, alone or with a time.
fn is_date(text: &str) -> bool {
    let date = text.split(['T', 't', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits =
        |it: &str, most: usize| (1..=most).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2)
}

#[cfg(test)]
mod tests {
    use crate::amend::ambiguous::is_ambiguous;

    #[test]
    fn what_readers_take_differently_is_ambiguous() {
        let texts = "on On ON off y N yes NO 012 -012 08 1_000 0o17 0b11 -0x1F 12:30:45 1:30 1e3 1.5e3 -.5 2024-01-01 \
                     2024-01-01T10:00:00Z 0x_1f =";
        for text in texts.split_whitespace() {
            assert!(is_ambiguous(text), "{text}");
        }
    }

    #[test]
    fn what_all_readers_take_alike_is_not() {
        let texts = "true True null ~ 0 12 -12 +12 1.10 0.5 .5 1. 1.5e+3 0x1F 1.2.3 v1 oN yeS a:b 12:99:00 nginx:1.25 \
                     10.0.0.0/8 1.5s 64Mi 100m x_1 _1 0x 2024-01 a-b-c .inf . 08x";
        for text in texts.split_whitespace() {
            assert!(!is_ambiguous(text), "{text}");
        }
    }
}
