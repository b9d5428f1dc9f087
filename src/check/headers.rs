//! What HTTP, Istio and Envoy take for the name and the value of a header.

/// What keeps a text from being the name of a header, to follow the text.
pub fn name_flaw(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("is empty".to_owned());
    }
    let odd = name.chars().find(|it| !it.is_ascii_alphanumeric() && !"!#$%&'*+-.^_`|~".contains(*it));
    odd.map(|it| format!("has `{}`, which no header has", it.escape_debug()))
}

/// What keeps a text from being the value that Envoy sets: `%` begins a command such as `%REQ(x-id)%`.
pub fn value_flaw(value: &str) -> Option<String> {
    if let Some(odd) = value.chars().find(|it| it.is_control() && *it != '\t') {
        return Some(format!("has the control character `{}`", odd.escape_debug()));
    }
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('%') {
        rest = match after.strip_prefix('%') {
            Some(after) => after,
            None => match command(after) {
                Some(after) => after,
                None => return Some("has a `%` that begins no command".to_owned()),
            },
        };
    }
    None
}

/// The text behind a command such as `REQ(x-id):5%`.
fn command(text: &str) -> Option<&str> {
    let name = text.find(|it: char| !it.is_ascii_uppercase() && !it.is_ascii_digit() && it != '_')?;
    let mut rest = text[name..].trim_start();
    if name == 0 {
        return None;
    }
    if let Some(inner) = rest.strip_prefix('(') {
        rest = inner.split_once(')')?.1;
    }
    if let Some(length) = rest.strip_prefix(':') {
        rest = length.trim_start_matches(|it: char| it.is_ascii_digit());
    }
    rest.strip_prefix('%')
}

#[cfg(test)]
mod tests {
    use super::{name_flaw, value_flaw};

    #[test]
    fn a_header_name_is_a_token() {
        assert!(name_flaw("x-canary").is_none());
        assert!(name_flaw("").is_some());
        assert!(name_flaw("x canary").is_some());
        assert!(name_flaw(":path").is_some());
        assert!(name_flaw("größe").is_some());
    }

    #[test]
    fn a_percent_sign_begins_a_command_or_stands_twice() {
        for value in
            ["", "50%%", "%REQ(x-id)%", "%START_TIME(%Y)%", "a %DOWNSTREAM_REMOTE_ADDRESS% b", "%REQ(x):5%"]
        {
            assert_eq!(value_flaw(value), None, "{value}");
        }
        for value in ["50%", "%", "%req(x)%", "%REQ(x%", "a\nb"] {
            assert!(value_flaw(value).is_some(), "{value}");
        }
    }
}
