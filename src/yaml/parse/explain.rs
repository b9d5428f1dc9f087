//! Says in our words what keeps a text from being YAML.

use granit_parser::ErrorKind;

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::source::Span;
use crate::yaml::parse::offset;

/// Reports control characters, which no YAML text has.
///
/// # Errors
/// [`Reported`], where there are any.
pub fn only_text(text: &str, start: u32, diags: &mut Diagnostics) -> Result<(), Reported> {
    let is_control = |it: u8| it < b' ' && !matches!(it, b'\n' | b'\r' | b'\t');
    // Two passes, since the first one, without an early end, is done sixteen bytes at a time.
    if !text.bytes().fold(false, |found, it| found | is_control(it)) {
        return Ok(());
    }
    let at = text.bytes().position(is_control).unwrap_or_default();
    let span = Span { lo: start + offset(at), hi: start + offset(at + 1) };
    let byte = text.as_bytes()[at];
    let error = if byte == 0 {
        Diagnostic::error(code::SYNTAX, span, "this looks like binary data: it has a zero byte")
            .help("give a text file")
    } else {
        let message = format!("the control character U+{byte:04X} can not stand in YAML");
        Diagnostic::error(code::SYNTAX, span, message)
            .help(format!("remove it, or write it as \"\\x{byte:02x}\" in quotes"))
    };
    Err(diags.report(error))
}

/// The error of the parser crate at byte `at` of the text.
pub fn syntax(kind: &ErrorKind, at: usize, text: &str, start: u32) -> Diagnostic {
    let span = Span { lo: start + offset(at), hi: start + offset(at) };
    let _ = text;
    Diagnostic::error(code::SYNTAX, span, format!("this is not YAML: {kind}"))
}
