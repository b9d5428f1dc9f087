//! Whether a text is an expression of CEL: its grammar, without types and without names.
//!
//! Source: the language definition of CEL, and `parser/gen/CEL.g4` and `parser/parser.go` of `github.com/google/cel-go`,
//! which Istio's validator asks without any option.

mod lexer;
mod literal;
mod parser;

use crate::lint::words::Verdict;

/// Nothing, or where and why the text is no expression.
pub fn expression(text: &str) -> Verdict {
    parser::parse(&lexer::tokens(text)?)
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn what_cel_reads_is_an_expression() {
        for text in [
            "response.code >= 400 && !has(request.headers['x-a'].b)",
            "a ? b : c ? d : e",
            "[1, 2,].exists(x, x > 1) || {'a': 1}.a in [b]",
            "google.protobuf.Value{number_value: 1.5e3}",
            "-1 + - a - -2u.size()",
            "r\"\\d\" + b'\\xff' + '''a'b'''",
            "a.if + .b // all of it",
            "a.map(x, y, z) + a.map(1)",
            "a.`b-c`",
        ] {
            assert_eq!(expression(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_cel_does_not_read_has_a_reason() {
        for text in [
            "",
            "a &&",
            "(a",
            "a)",
            "a, b",
            "f(a,)",
            "a = b",
            "a & b",
            "if",
            "has(a)",
            "a.all(1, b)",
            "'a",
            "'\\q'",
            "9223372036854775808",
            "a.?b",
            "[?a]",
            "-!a",
            "a..b",
            "{a}",
            "1.",
            "0x",
            "b'\\u00e9'",
        ] {
            assert!(expression(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_nested_too_deeply_is_refused_and_not_followed() {
        assert!(expression(&"(".repeat(100_000)).is_err());
        assert!(expression(&format!("{}a{}", "(".repeat(20), ")".repeat(20))).is_ok());
    }
}
