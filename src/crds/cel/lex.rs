//! The words of CEL: names, numbers, texts and signs.

use crate::source::Str;

/// A word of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A name, or a word that is reserved.
    Name(Str),
    /// A name in back-ticks: a field with any characters.
    Quoted(Str),
    /// A whole number; its sign, if any, is a sign of its own.
    Int(u64),
    /// A whole number with `u`.
    Uint(u64),
    /// A number with a point or an exponent.
    Double(f64),
    /// A text.
    Text(Str),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A sign: `&&`, `[?`, `.`.
    Sign(&'static str),
}

/// The longer first: `[?` is no `[` and `?`.
const SIGNS: [&str; 30] = [
    "&&", "||", "==", "!=", "<=", ">=", ".?", "[?", "{?", "(", ")", "[", "]", "{", "}", ".", ",", ":", "?",
    "+", "-", "*", "/", "%", "!", "<", ">", "=", "&", "|",
];

/// Splits an expression.
///
/// # Errors
/// What cannot be understood.
pub fn lex(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, it)| it);
        } else if let Some((token, tail)) = quoted(rest)? {
            tokens.push(token);
            rest = tail;
        } else if first.is_ascii_digit()
            || (first == '.' && rest[1..].starts_with(|it: char| it.is_ascii_digit()))
        {
            let (token, tail) = number(rest)?;
            tokens.push(token);
            rest = tail;
        } else if first.is_ascii_alphabetic() || first == '_' {
            let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(rest.len());
            tokens.push(Token::Name(rest[..end].into()));
            rest = &rest[end..];
        } else if let Some((name, tail)) = rest.strip_prefix('`').and_then(|it| it.split_once('`')) {
            tokens.push(Token::Quoted(name.into()));
            rest = tail;
        } else {
            let sign = SIGNS.iter().find(|it| rest.starts_with(**it));
            let sign = sign.ok_or_else(|| format!("`{first}` is not understood"))?;
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        }
        rest = rest.trim_start();
    }
    Ok(tokens)
}

fn number(text: &str) -> Result<(Token, &str), String> {
    let wrong = || format!("`{}` is no number", text.chars().take(20).collect::<String>());
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        let end = digits.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(digits.len());
        let value = u64::from_str_radix(&digits[..end], 16).map_err(|_| wrong())?;
        return Ok(match digits[end..].strip_prefix(['u', 'U']) {
            Some(tail) => (Token::Uint(value), tail),
            None => (Token::Int(value), &digits[end..]),
        });
    }
    let digits = |it: &str| it.find(|it: char| !it.is_ascii_digit()).unwrap_or(it.len());
    let mut end = digits(text);
    let whole = end;
    if text[end..].starts_with('.') && text[end + 1..].starts_with(|it: char| it.is_ascii_digit()) {
        end += 1 + digits(&text[end + 1..]);
    }
    if let Some(exponent) = text[end..].strip_prefix(['e', 'E']) {
        let sign = usize::from(exponent.starts_with(['-', '+']));
        let length = digits(&exponent[sign..]);
        if length > 0 {
            end += 1 + sign + length;
        }
    }
    if end > whole {
        return Ok((Token::Double(text[..end].parse().map_err(|_| wrong())?), &text[end..]));
    }
    let value = text[..end].parse().map_err(|_| wrong())?;
    Ok(match text[end..].strip_prefix(['u', 'U']) {
        Some(tail) => (Token::Uint(value), tail),
        None => (Token::Int(value), &text[end..]),
    })
}

/// A text or bytes at the start, and what follows; `None` if there is no quote.
fn quoted(text: &str) -> Result<Option<(Token, &str)>, String> {
    let (mut raw, mut bytes, mut rest) = (false, false, text);
    for _ in 0..2 {
        match rest.chars().next() {
            Some('r' | 'R') if !raw => raw = true,
            Some('b' | 'B') if !bytes => bytes = true,
            _ => break,
        }
        rest = &rest[1..];
    }
    let Some(mark) = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|it| rest.starts_with(it)) else {
        return Ok(None);
    };
    let inside = &rest[mark.len()..];
    let mut end = 0;
    loop {
        let tail = &inside[end..];
        let next = tail.chars().next().ok_or("a text has no end")?;
        if tail.starts_with(mark) {
            break;
        }
        if next == '\n' && mark.len() == 1 {
            return Err("a text has no end on its line".to_owned());
        }
        end += next.len_utf8();
        if next == '\\' && !raw {
            end += inside[end..].chars().next().map_or(0, char::len_utf8);
        }
    }
    let tail = &inside[end + mark.len()..];
    let value = if raw { inside.as_bytes()[..end].to_vec() } else { unescape(&inside[..end], bytes)? };
    let token = if bytes {
        Token::Bytes(value)
    } else {
        Token::Text(String::from_utf8(value).map_err(|_| "a text is no UTF-8")?.into())
    };
    Ok(Some((token, tail)))
}

/// What a text means; in bytes `\xff` is a byte, in a text a character.
fn unescape(text: &str, bytes: bool) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        if letter != '\\' {
            out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let letter = rest.chars().next().ok_or("a text ends with a backslash")?;
        rest = &rest[letter.len_utf8()..];
        let simple = match letter {
            'a' => 7,
            'b' => 8,
            'f' => 12,
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            'v' => 11,
            '\\' | '?' | '"' | '\'' | '`' => u8::try_from(letter).unwrap_or(b'?'),
            'x' | 'X' | 'u' | 'U' | '0'..='3' => {
                let (length, base, whole) = match letter {
                    'x' | 'X' => (2, 16, rest),
                    'u' => (4, 16, rest),
                    'U' => (8, 16, rest),
                    _ => (3, 8, &text[text.len() - rest.len() - 1..]),
                };
                let digits = whole.get(..length).ok_or("an escape is too short")?;
                let code = u32::from_str_radix(digits, base).map_err(|_| "an escape is no number")?;
                rest = &whole[length..];
                match u8::try_from(code) {
                    Ok(byte) if bytes => out.push(byte),
                    _ => {
                        let letter = char::from_u32(code).ok_or("an escape is no character")?;
                        out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                }
                continue;
            }
            other => return Err(format!("`\\{other}` is no escape")),
        };
        out.push(simple);
    }
    Ok(out)
}
