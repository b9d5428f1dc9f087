//! Names and values of HTTP headers.
//!
//! Source: `pkg/config/validation/validation.go` and `header_value_validator.go`.

use crate::lint::words::Verdict;

/// The name of a header in a match or of a CORS policy: the characters of a token of RFC 7230, and a comma, which
/// Istio's expression for them lets in.
pub fn header_name(text: &str) -> Verdict {
    let fits = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+,-.^_`|~".contains(&it);
    named(text, fits, "a name of a header has no blanks and none of `()<>@;:\\\"/[]?={}`")
}

/// The name of a header in a match: a header, a pseudo-header, or a claim as `@request.auth.claims.sub`.
pub fn matched_header_name(text: &str) -> Verdict {
    let pseudo = [":method", ":scheme", ":authority", ":path", ":status"];
    if pseudo.contains(&text) || is_claim(text) { Ok(()) } else { header_name(text) }
}

/// The name of a header where Istio is strict: letters, digits, `-` and `_`.
pub fn strict_header_name(text: &str) -> Verdict {
    let fits = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
    named(text, fits, "it takes letters, digits, `-` and `_`")
}

/// The name of a header of a probe: letters, digits and `-`.
pub fn probe_header_name(text: &str) -> Verdict {
    let fits = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    named(text, fits, "it takes letters, digits and `-`")
}

fn named(text: &str, fits: impl Fn(u8) -> bool, reason: &str) -> Verdict {
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.bytes().all(fits) { Ok(()) } else { Err(reason.to_owned()) }
}

/// Whether the name of a header stands for a claim of a token: `@request.auth.claims.a.b` or `@request.auth.claims[a]`.
///
/// Source: `pkg/config/security` and `pilot/pkg/security/…/jwt`, `ToRoutingClaim`.
pub fn is_claim(text: &str) -> bool {
    const PREFIX: &str = "@request.auth.claims";
    if text.len() < PREFIX.len() || !text.is_char_boundary(PREFIX.len()) {
        return false;
    }
    let (start, rest) = text.split_at(PREFIX.len());
    if !start.eq_ignore_ascii_case(PREFIX) {
        return false;
    }
    match rest.as_bytes() {
        [b'.', _, ..] => true,
        [b'[', inner @ .., b']'] => !inner.is_empty(),
        _ => false,
    }
}

/// The value that a header is given: without control characters, and with `%` only in pairs or around a variable.
pub fn header_value(text: &str) -> Verdict {
    if text.bytes().any(|it| (it < 0x20 && it != b'\t') || it == 0x7f) {
        return Err("it has a control character".to_owned());
    }
    variables(text)
}

/// Where in `%VAR(…)%` a reader is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Literal,
    Name,
    Arguments,
    Quote,
    Text,
    Comma,
    Parenthesis,
    Percent,
}

fn variables(text: &str) -> Verdict {
    let mut state = State::Literal;
    let mut bytes = text.bytes().peekable();
    let wanted = |what: &str| Err(format!("{what} is missing after a variable's arguments"));
    while let Some(byte) = bytes.next() {
        state = match (state, byte) {
            (State::Literal, b'%') => match bytes.peek() {
                None => return Err("a `%` at its end opens a variable; `%%` is a plain one".to_owned()),
                Some(b'%') => {
                    bytes.next();
                    State::Literal
                }
                Some(_) => State::Name,
            },
            (State::Name | State::Percent, b'%') => State::Literal,
            (State::Name, b'(') => State::Arguments,
            (State::Arguments, b'[') | (State::Comma, b',') => State::Quote,
            (State::Arguments, it) if it != b' ' => State::Text,
            (State::Quote, b'"') => State::Text,
            (State::Text, b'\\') => match bytes.next() {
                None => return Err("it ends in a backslash".to_owned()),
                Some(_) => State::Text,
            },
            (State::Text | State::Parenthesis, b')') => State::Percent,
            (State::Text, b'"') => State::Comma,
            (State::Comma, b']') => State::Parenthesis,
            (State::Quote, it) if it != b' ' => {
                return Err("an argument of a variable has no `\"`".to_owned());
            }
            (State::Comma, it) if it != b' ' => return wanted("`,` or `]`"),
            (State::Parenthesis, it) if it != b' ' => return wanted("`)`"),
            (State::Percent, it) if it != b' ' => return wanted("`%`"),
            (same, _) => same,
        };
    }
    if state == State::Literal {
        Ok(())
    } else {
        Err("a `%` opens a variable that is not closed; `%%` is a plain one".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::words::header::{
        header_name, header_value, is_claim, matched_header_name, strict_header_name,
    };

    #[test]
    fn names_of_headers_are_tokens() {
        assert!(header_name("x-a_b~").is_ok() && header_name("a b").is_err() && header_name("").is_err());
        assert!(matched_header_name(":path").is_ok() && matched_header_name(":other").is_err());
        assert!(strict_header_name("x_a").is_ok() && strict_header_name("x.a").is_err());
    }

    #[test]
    fn a_claim_has_a_name() {
        for text in ["@request.auth.claims.sub", "@request.auth.claims[a.b]", "@Request.Auth.Claims.x"] {
            assert!(is_claim(text), "{text}");
        }
        for text in ["@request.auth.claims", "@request.auth.claims.", "@request.auth.claims[]", "x"] {
            assert!(!is_claim(text), "{text}");
        }
    }

    #[test]
    fn values_have_their_percent_signs_in_order() {
        for text in
            ["", "a\tb", "100%%", "a %HOST% b", "%A(b)%", "%A([\"b\", \"c\"])%", "%A( x\\)y)%", "%A(b) %"]
        {
            assert_eq!(header_value(text), Ok(()), "{text:?}");
        }
        for text in
            ["%", "a%b", "%A%%", "%A(b%", "%A([b])%", "%A([\"b\"]x)%", "%A(b)x%", "a\nb", "%A([\"b\"x])%"]
        {
            assert!(header_value(text).is_err(), "{text:?}");
        }
    }
}
