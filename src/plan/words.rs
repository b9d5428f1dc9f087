//! Words of users in Markdown and in paths of `--set`.

/// A code span that nothing can break out of.
pub fn span(text: &str) -> String {
    let tame = |it: char| if it.is_control() || it == '`' || it == '|' { ' ' } else { it };
    format!("`{}`", text.chars().map(tame).collect::<String>())
}

/// A key as `--set` takes it: its own dots are no parts of the path.
pub fn key(text: &str) -> String {
    text.replace('\\', "\\\\").replace('.', "\\.")
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::words::{key, list, span};

    #[test]
    fn nothing_breaks_out_of_a_span() {
        assert_eq!(span("a`b|c\nd"), "`a b c d`");
    }

    #[test]
    fn keys_and_lists_read_as_they_should() {
        assert_eq!(key("a.b"), "a\\.b");
        assert_eq!(list(&["a".to_owned(), "b".to_owned(), "c".to_owned()]), "a, b and c");
    }
}
