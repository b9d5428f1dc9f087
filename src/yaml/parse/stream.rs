//! JSON values one after the other, as `jq -c '.items[]'` prints them. YAML has no such thing; whoever pipes has.

use std::ops::Range;

/// The ranges of the values of a text, if it is JSON values and nothing else, and more than one.
pub fn values(text: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    let mut values: Vec<Range<usize>> = Vec::new();
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    loop {
        at += bytes[at..].iter().take_while(|it| it.is_ascii_whitespace()).count();
        match bytes.get(at) {
            None => return (values.len() > 1).then_some(values),
            Some(b'{' | b'[') => {
                let end = end_of(bytes, at)?;
                values.push(at..end);
                at = end;
            }
            Some(_) => return None,
        }
    }
}

/// Where the bracket that opens at `start` is closed.
fn end_of(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut depth, mut in_string) = (0_usize, false);
    let mut at = start;
    loop {
        match (*bytes.get(at)?, in_string) {
            (b'\\', true) => at += 1,
            (b'"', _) => in_string = !in_string,
            (b'{' | b'[', false) => depth += 1,
            (b'}' | b']', false) => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn values_of_json_one_after_the_other_are_told_apart() {
        let texts = |text: &'static str| -> Option<Vec<&str>> {
            values(text).map(|it| it.into_iter().map(|it| &text[it]).collect())
        };
        assert_eq!(texts("{\"a\":\"}\\\"\"}\n [1,{}]{}\n"), Some(vec!["{\"a\":\"}\\\"\"}", "[1,{}]", "{}"]));
        for one in ["", "{}", "{} ", "{}\n---\n{}", "{\n", "{}]", "a: {}\n{}", "{} # {}"] {
            assert_eq!(texts(one), None, "{one}");
        }
    }
}
