//! Texts with characters that no YAML text has are told apart before any reader sees them.

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::source::Span;
use crate::yaml::parse::offset;

/// Reports characters that no YAML text has: controls, and the two that are no characters.
///
/// # Errors
/// [`Reported`], where there are any.
pub fn only_text(text: &str, start: u32, diags: &mut Diagnostics) -> Result<(), Reported> {
    // First without an early end, which is done sixteen bytes at a time. C2 and EF begin what is looked for, among others.
    let suspect =
        |it: u8| (it < b' ' && !matches!(it, b'\n' | b'\r' | b'\t')) || matches!(it, 0x7F | 0xC2 | 0xEF);
    if !text.bytes().fold(false, |found, it| found | suspect(it)) {
        return Ok(());
    }
    let is_control = |it: char| match it {
        '\n' | '\r' | '\t' | '\u{85}' => false,
        it => it.is_control() || matches!(it, '\u{FFFE}' | '\u{FFFF}'),
    };
    let mut verdict = Ok(());
    for (at, found) in text.char_indices().filter(|(_, it)| is_control(*it)).take(MAX_CONTROLS) {
        let span = Span { lo: start + offset(at), hi: start + offset(at + found.len_utf8()) };
        let number = u32::from(found);
        if number == 0 {
            let message = "this looks like binary data: it has a zero byte";
            return Err(diags.report(Diagnostic::error(code::SYNTAX, span, message).help("give a text file")));
        }
        let message = format!("the control character U+{number:04X} can not stand in YAML");
        let help = format!("remove it, or write it in double quotes as \"\\u{number:04x}\"");
        verdict = Err(diags.report(Diagnostic::error(code::SYNTAX, span, message).help(help)));
    }
    verdict
}

/// So many control characters are told one by one.
const MAX_CONTROLS: usize = 10;
