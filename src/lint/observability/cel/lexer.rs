//! The words of CEL.

use crate::lint::observability::cel::literal;

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'t> {
    /// A name, also one that is reserved.
    Name(&'t str),
    /// A name of a field between back-ticks.
    Quoted(&'t str),
    /// A number, with or without a sign of its own before it.
    Number(&'t str),
    /// A text or bytes.
    Text,
    /// `true`, `false`, `null`.
    Constant,
    /// An operator or a bracket.
    Sign(&'t str),
}

const SIGNS: [&str; 24] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":",
    "+", "*", "/", "%",
];

/// The words of a text.
/// # Errors
/// The reason why a part of it is none.
pub fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    const LONGEST: usize = 100_000;
    if text.chars().count() > LONGEST {
        return Err(format!("it has more than {LONGEST} characters"));
    }
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(['\t', ' ', '\r', '\n', '\u{c}']);
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |it| it.1);
            continue;
        }
        if rest.is_empty() {
            return Ok(found);
        }
        let (token, after) = token(rest)?;
        found.push(token);
        rest = after;
    }
}

fn token(text: &str) -> Result<(Token<'_>, &str), String> {
    if let Some(after) = literal::text(text)? {
        return Ok((Token::Text, after));
    }
    let end = literal::number(text);
    if end > 0 {
        let (number, after) = text.split_at(end);
        return Ok((Token::Number(number), after));
    }
    let end = text.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_')).unwrap_or(text.len());
    if end > 0 {
        let (name, after) = text.split_at(end);
        let token = match name {
            "true" | "false" | "null" => Token::Constant,
            "in" => Token::Sign(name),
            _ => Token::Name(name),
        };
        return Ok((token, after));
    }
    if let Some((name, after)) = text.strip_prefix('`').and_then(|it| it.split_once('`')) {
        let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-' | '/' | ' ');
        if !name.is_empty() && name.chars().all(fits) {
            return Ok((Token::Quoted(name), after));
        }
    }
    match SIGNS.iter().find(|it| text.starts_with(**it)) {
        Some(sign) => Ok((Token::Sign(sign), &text[sign.len()..])),
        None => {
            let sign = text.chars().next().unwrap_or_default();
            Err(format!("CEL has no `{}`", sign.escape_debug()))
        }
    }
}
