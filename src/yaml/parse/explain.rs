//! Says in our words what keeps a text from being YAML, and what was probably meant.

use granit_parser::ErrorKind;

use crate::diag::{Diagnostic, code};
use crate::yaml::parse::anchors::too_deep;
use crate::yaml::parse::spot::Spot;

/// The error of the parser crate at byte `at` of a text whose first byte has the span offset `start`.
pub fn syntax(kind: &ErrorKind, at: usize, text: &str, start: u32) -> Diagnostic {
    let spot = Spot::new(text, at, start);
    conflict(&spot)
        .or_else(|| tab(kind, &spot))
        .or_else(|| quotes(kind, &spot))
        .or_else(|| brackets(kind, &spot))
        .or_else(|| lines(kind, &spot))
        .unwrap_or_else(|| others(kind, &spot))
}

fn error(spot: &Spot<'_>, from: usize, to: usize, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code::SYNTAX, spot.span(from, to), message)
}

fn conflict(spot: &Spot<'_>) -> Option<Diagnostic> {
    let from = spot.line_with("<<<<<<< ")?;
    Some(
        error(spot, from, from + 7, "an unresolved merge conflict begins here")
            .help("keep one side and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`"),
    )
}

fn tab(kind: &ErrorKind, spot: &Spot<'_>) -> Option<Diagnostic> {
    let at = match kind {
        ErrorKind::TabInPlainScalar | ErrorKind::TabAtBlockScalarStart => spot.tab_below()?,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidIndentation
        | ErrorKind::SimpleKeyExpected => spot.tab_before()?,
        _ => return None,
    };
    let tabs = spot.text[at..].bytes().take_while(|it| *it == b'\t').count();
    Some(
        error(spot, at, at + tabs, "a tab indents this line; YAML wants spaces")
            .help("replace each tab by two spaces, as the lines around it have them"),
    )
}

fn quotes(kind: &ErrorKind, spot: &Spot<'_>) -> Option<Diagnostic> {
    let at = spot.at;
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => error(spot, at, at + 1, "this quote is never closed")
            .help("close it at the end of the text it belongs to"),
        ErrorKind::DocumentIndicatorInQuotedScalar => {
            error(spot, at, at + 1, "this quote is not closed before the document ends")
                .help("close it at the end of the text it belongs to")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            let single = *kind == ErrorKind::InvalidTrailingSingleQuotedScalar;
            trailing(spot, if single { '\'' } else { '"' })
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => {
            let at = spot.bad_escape();
            let written = spot.chars(at, 2);
            error(
                spot,
                at,
                at + written.len(),
                format!("the escape `{written}` means nothing in double quotes"),
            )
            .help("write `\\\\` for a backslash, or put the text in single quotes, which have no escapes")
        }
        _ => return None,
    })
}

/// Text behind a closing quote: the quote was not meant to close, or an earlier one was.
fn trailing(spot: &Spot<'_>, quote: char) -> Diagnostic {
    if let Some(open) = spot.quote_on_an_earlier_line(quote) {
        return error(
            spot,
            open,
            open + 1,
            "this quote is closed only on a later line, and more text follows there",
        )
        .related(spot.word(), "the text that follows")
        .help("close the quote on its own line");
    }
    let help = match quote {
        '\'' => "within single quotes write a quote twice: `''`",
        _ => "within double quotes write a quote as `\\\"`",
    };
    Diagnostic::error(code::SYNTAX, spot.word(), "text follows the closing quote").help(help)
}

fn brackets(kind: &ErrorKind, spot: &Spot<'_>) -> Option<Diagnostic> {
    let at = spot.at;
    Some(match kind {
        ErrorKind::UnclosedFlowCollection { open } => {
            error(spot, at, at + 1, format!("this `{open}` is never closed"))
                .help(format!("add the `{}`", partner(*open)))
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            error(spot, at, at + 1, format!("this `{open}` is closed by a `{close}`"))
                .help(format!("close it with `{}`", partner(*open)))
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            error(spot, at, at + 1, format!("nothing is open that this `{}` would close", spot.chars(at, 1)))
                .help("remove it, or quote the text if it is part of it")
        }
        ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => inside(spot)?,
        _ => return None,
    })
}

/// Something between brackets that does not belong there: often the bracket should have been closed above.
fn inside(spot: &Spot<'_>) -> Option<Diagnostic> {
    let open = spot.open_bracket()?;
    let bracket = spot.text[open..].chars().next()?;
    if spot.is_dedented_from(open) {
        return Some(
            error(spot, open, open + 1, format!("this `{bracket}` is never closed"))
                .related(spot.line(), "this line reads like the start of something else")
                .help(format!("add the `{}`", partner(bracket))),
        );
    }
    let message = format!("a `,` or `{}` is missing before this", partner(bracket));
    Some(
        Diagnostic::error(code::SYNTAX, spot.word(), message)
            .related(spot.span(open, open + 1), "inside of this bracket")
            .help("put a comma between the entries, and quotes around text with `: `, `,` or brackets in it"),
    )
}

fn partner(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

fn lines(kind: &ErrorKind, spot: &Spot<'_>) -> Option<Diagnostic> {
    let word = |message: &str| Diagnostic::error(code::SYNTAX, spot.word(), message);
    Some(match kind {
        ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            return glued(spot).or_else(|| Some(value_as_key(kind, spot)));
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry
            if !spot.is_first_on_line() =>
        {
            word("this text follows a value that is complete")
                .help("remove it, or quote the whole value if it is part of it")
        }
        ErrorKind::ExpectedBlockMappingKey if spot.has_dash() => Diagnostic::error(
            code::SYNTAX,
            spot.line(),
            "an item of a list stands among the keys of a mapping",
        )
        .help("indent it below the key that it belongs to, whose line must end with the colon"),
        ErrorKind::ExpectedBlockMappingKey => {
            Diagnostic::error(code::SYNTAX, spot.line(), "this line is indented like no line above it")
                .help("align it with the keys that it belongs to")
        }
        ErrorKind::ExpectedBlockSequenceEntry => Diagnostic::error(
            code::SYNTAX,
            spot.line(),
            "this line stands in the column of a list, but has no `- `",
        )
        .help("begin it with `- `, or indent it like the keys that it belongs to"),
        ErrorKind::BlockSequenceEntryNotAllowed => word("a list can not begin on the line of its key")
            .help("put each `- ` on a line of its own, or write the list as `[a, b]`"),
        ErrorKind::CommentInterceptedScalar => word("a comment stands within a text that goes on below")
            .help("move the comment, or quote the text"),
        ErrorKind::UnexpectedCharacter { character } => {
            let message = format!("unquoted text can not begin with `{character}`");
            Diagnostic::error(code::SYNTAX, spot.word(), message).help("quote the text")
        }
        _ => return None,
    })
}

/// The blank after a colon is missing: `key:value` is one word.
fn glued(spot: &Spot<'_>) -> Option<Diagnostic> {
    let (from, colon, to) = spot.glued_key()?;
    let (key, value) = (&spot.text[from..colon], &spot.text[colon + 1..to]);
    let mut error = error(spot, from, to, format!("a blank is missing after the colon of `{key}`"))
        .help(format!("write `{key}: {value}`"));
    error.fix = Some(format!("{key}: {value}"));
    Some(error)
}

fn value_as_key(kind: &ErrorKind, spot: &Spot<'_>) -> Diagnostic {
    if *kind != ErrorKind::MappingValueNotAllowed && spot.chars(spot.at, 1) == "-" {
        return error(spot, spot.at, spot.at + 1, "a blank is missing after this dash")
            .help("write `- ` before an item of a list, or quote the text");
    }
    if *kind != ErrorKind::MappingValueNotAllowed {
        return Diagnostic::error(code::SYNTAX, spot.line(), "this line is no `key: value`")
            .help("give it a value, or quote the text above if it goes on here");
    }
    if let Some((from, to)) = spot.second_value() {
        let value = &spot.text[from..to];
        if value.starts_with(['"', '\'']) {
            return error(spot, from, to, "a second `: ` stands on this line").help("quote the whole value");
        }
        let mut error = error(spot, from, to, "unquoted text can not have a `: ` in it");
        if value.contains(['"', '\'', '\\']) {
            return error.help("quote the value");
        }
        error.fix = Some(format!("\"{value}\""));
        return error.help(format!("quote the value: `\"{value}\"`"));
    }
    Diagnostic::error(
        code::SYNTAX,
        spot.line(),
        "a key can not stand here: the line above has a value already",
    )
    .help("align the key with the keys that it belongs to, or remove the value above it")
}

fn others(kind: &ErrorKind, spot: &Spot<'_>) -> Diagnostic {
    let hint = match kind {
        ErrorKind::RecursionLimitExceeded => return too_deep(spot.span(spot.at, spot.at + 1)),
        ErrorKind::UndeclaredTagHandle => "this tag has a prefix that no `%TAG` declares",
        ErrorKind::MissingAnchorOrAliasName => {
            "an anchor or alias has no name here; text that begins with `&` or `*` needs quotes"
        }
        ErrorKind::MappingKeyNotAllowed => "a key can not stand here",
        ErrorKind::InvalidBlockScalarHeader => "after `|` or `>` the text begins on the next line",
        ErrorKind::InvalidBlockScalarIndent => {
            "a blank line above is indented deeper than the text of this block"
        }
        ErrorKind::BomInsideDocument => "a byte order mark stands in the middle of the text",
        ErrorKind::ExpectedDocumentStart => {
            "the document is complete before this; another one would begin with `---`"
        }
        ErrorKind::ExpectedNodeContent => "a value is missing here",
        _ => {
            let message = format!("this can not be read as YAML: {kind}");
            return Diagnostic::error(code::SYNTAX, spot.word(), message);
        }
    };
    Diagnostic::error(code::SYNTAX, spot.word(), hint)
}
