//! Numbers, texts and bytes of CEL.

/// How long the number is that a text begins with; 0 if it begins with none.
pub fn number(text: &str) -> usize {
    let digits = |it: &str| it.bytes().take_while(u8::is_ascii_digit).count();
    let unsigned = |end: usize| end + usize::from(text[end..].starts_with(['u', 'U']));
    if let Some(hex) = text.strip_prefix("0x") {
        let count = hex.bytes().take_while(u8::is_ascii_hexdigit).count();
        if count > 0 {
            return unsigned(2 + count);
        }
    }
    let whole = digits(text);
    let mut end = whole;
    let part = text[end..].strip_prefix('.').map_or(0, digits);
    if part > 0 {
        end += 1 + part;
    }
    if end == 0 {
        return 0;
    }
    if let Some(power) = text[end..].strip_prefix(['e', 'E']) {
        let bare = power.strip_prefix(['+', '-']).unwrap_or(power);
        let count = digits(bare);
        if count > 0 {
            return end + 1 + (power.len() - bare.len()) + count;
        }
    }
    if part > 0 { end } else { unsigned(end) }
}

/// Whether a number has a value; `negative` if a `-` belongs to it.
pub fn fits(text: &str, negative: bool) -> bool {
    if let Some(bare) = text.strip_suffix(['u', 'U']) {
        return magnitude(bare).is_some();
    }
    if text.contains(['.', 'e', 'E']) && !text.starts_with("0x") {
        return text.parse::<f64>().is_ok_and(f64::is_finite);
    }
    let most = if negative { 1 << 63 } else { (1 << 63) - 1 };
    magnitude(text).is_some_and(|it| it <= most)
}

fn magnitude(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

/// What follows the text or the bytes that `text` begins with; nothing if it begins with neither.
/// # Errors
/// The reason why they are not closed, or say what they cannot.
pub fn text(text: &str) -> Result<Option<&str>, String> {
    let (is_bytes, rest) = prefix(text, ['b', 'B']);
    let (is_raw, rest) = prefix(rest, ['r', 'R']);
    for (quote, is_long) in [("\"\"\"", true), ("'''", true), ("\"", false), ("'", false)] {
        if let Some(body) = rest.strip_prefix(quote) {
            return body_of(body, quote, is_long, (is_raw, is_bytes)).map(Some);
        }
    }
    Ok(None)
}

fn prefix(text: &str, letters: [char; 2]) -> (bool, &str) {
    text.strip_prefix(letters).map_or((false, text), |it| (true, it))
}

fn body_of<'t>(
    body: &'t str,
    quote: &str,
    is_long: bool,
    (is_raw, is_bytes): (bool, bool),
) -> Result<&'t str, String> {
    let mut rest = body;
    loop {
        if let Some(after) = rest.strip_prefix(quote) {
            return Ok(after);
        }
        let Some(sign) = rest.chars().next() else {
            return Err(format!("a `{quote}` is not closed"));
        };
        rest = match sign {
            '\n' | '\r' if !is_long => return Err(format!("a `{quote}` is not closed in its line")),
            '\\' if !is_raw => escape(rest, is_bytes)?,
            _ => &rest[sign.len_utf8()..],
        };
    }
}

/// What follows a backslash and what belongs to it.
fn escape(text: &str, is_bytes: bool) -> Result<&str, String> {
    let unknown = || format!("CEL has no `{}`", text.chars().take(2).collect::<String>().escape_debug());
    let sign = text[1..].chars().next().ok_or_else(unknown)?;
    let after = &text[1 + sign.len_utf8()..];
    let digits = |count: usize, radix: u32| {
        let digits = after.get(..count).filter(|it| it.chars().all(|it| it.is_digit(radix)))?;
        Some((u32::from_str_radix(digits, radix).ok()?, &after[count..]))
    };
    let of_code_point = |found: Option<(u32, &'_ str)>| match found {
        Some((code, _)) if is_bytes || char::from_u32(code).is_none() => None,
        Some((_, rest)) => Some(rest.len()),
        None => None,
    };
    let left = match sign {
        'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '"' | '\'' | '\\' | '?' | '`' => Some(after.len()),
        'x' | 'X' => digits(2, 16).map(|it| it.1.len()),
        'u' => of_code_point(digits(4, 16)),
        'U' => of_code_point(digits(8, 16)),
        '0'..='3' => after.get(..2).filter(|it| it.chars().all(|it| it.is_digit(8))).map(|_| after.len() - 2),
        _ => None,
    };
    let left = left.ok_or_else(unknown)?;
    Ok(&text[text.len() - left..])
}
