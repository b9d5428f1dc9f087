//! What the text of a scalar means is the field's business: each type says what it takes.

use schemars::{Schema, json_schema};

use crate::diag::{Code, Diagnostic, code, nearest};
use crate::source::Str;
use crate::yaml::{Node, Scalar};

/// A type that is written as one scalar.
pub trait FromScalar: Sized {
    /// What an error calls it: "a number from 1 to 65535".
    const EXPECTS: &'static str;

    /// Reads the text.
    ///
    /// # Errors
    /// [`Wrong`]: why the text is not such a value.
    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong>;

    /// The JSON Schema of what [`FromScalar::from_scalar`] takes.
    fn schema() -> Schema;
}

/// Why a scalar is not what a field takes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// In place of "expected ..., found ...".
    pub message: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// The text that was meant.
    pub fix: Option<String>,
}

impl Wrong {
    /// Wrong, with a word on what to do.
    #[must_use]
    pub fn help(help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..Self::default() }
    }

    /// Wrong, in words of its own.
    #[must_use]
    pub fn message(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..Self::default() }
    }

    pub(super) fn at(self, node: &Node, expects: &str) -> Diagnostic {
        let code: Code = if self.message.is_some() { code::BAD_VALUE } else { code::WRONG_TYPE };
        let message =
            self.message.unwrap_or_else(|| format!("expected {expects}, found {}", node.describe()));
        let mut finding = Diagnostic::error(code, node.span, message);
        finding.help = self.help;
        finding.fix = self.fix;
        finding
    }
}

impl FromScalar for Str {
    const EXPECTS: &'static str = "a text";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        Ok(scalar.text.clone())
    }

    /// Editors read `8080` as a number; a field of text keeps its spelling.
    fn schema() -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

impl FromScalar for bool {
    const EXPECTS: &'static str = "`true` or `false`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        let meant = match (scalar.text.as_str(), scalar.plain) {
            ("true", true) => return Ok(true),
            ("false", true) => return Ok(false),
            (text, _) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" | "1" => "true",
                "false" | "no" | "off" | "n" | "0" => "false",
                _ => return Err(Wrong::default()),
            },
        };
        Err(Wrong { fix: Some(meant.to_owned()), ..Wrong::help(format!("write `{meant}`, without quotes")) })
    }

    fn schema() -> Schema {
        json_schema!({ "type": "boolean" })
    }
}

/// Reads a whole number from `least` to `most`.
///
/// # Errors
/// What is wrong with it, with a hint about quotes, signs and leading zeros.
pub fn whole(scalar: &Scalar, least: u64, most: u64) -> Result<u64, Wrong> {
    let text = scalar.text.as_str();
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if !scalar.plain {
        return Err(if digits { Wrong::help("take the quotes away") } else { Wrong::default() });
    }
    if digits && text.len() > 1 && text.starts_with('0') {
        let meant = text[..text.len() - 1].trim_start_matches('0').to_owned() + &text[text.len() - 1..];
        let help = format!("a leading zero means octal to some YAML readers: write `{meant}`");
        return Err(Wrong { help: Some(help), ..Wrong::message(format!("`{text}` is not a plain number")) });
    }
    if !digits {
        let numeric = text.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '+' | '-' | '.'));
        return Err(if numeric { Wrong::help("write it in digits alone") } else { Wrong::default() });
    }
    match text.parse() {
        Ok(value) if (least..=most).contains(&value) => Ok(value),
        _ => Err(Wrong::message(format!("`{text}` is not between {least} and {most}"))),
    }
}

impl FromScalar for u32 {
    const EXPECTS: &'static str = "a whole number";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        let most = u64::from(i32::MAX.unsigned_abs());
        whole(scalar, 0, most).map(|it| u32::try_from(it).unwrap_or(u32::MAX))
    }

    fn schema() -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": 2_147_483_647 })
    }
}

/// Reads one of a fixed set of words; case and `_` for `-` are forgiven, so Istio's own `STRICT` is understood.
///
/// # Errors
/// The known words, or the nearest.
pub fn choose<T: Copy>(scalar: &Scalar, words: &[(&str, T)]) -> Result<T, Wrong> {
    let written = scalar.text.as_str();
    let same = |word: &str| {
        word.len() == written.len()
            && word.bytes().zip(written.bytes()).all(|(a, b)| {
                let b = if b == b'_' { b'-' } else { b };
                a.eq_ignore_ascii_case(&b)
            })
    };
    if let Some((_, value)) = words.iter().find(|(word, _)| same(word)) {
        return Ok(*value);
    }
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let near = nearest(written, known.iter().copied());
    Err(Wrong {
        message: Some(format!("`{written}` is none of {}", known.join(", "))),
        help: near.map(|it| format!("did you mean `{it}`?")),
        fix: near.map(str::to_owned),
    })
}

/// The JSON Schema of a fixed set of words.
#[must_use]
pub fn words<T>(words: &[(&str, T)]) -> Schema {
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    json_schema!({ "type": "string", "enum": known })
}
