//! A JSON Web Key Set as Istio's validator reads it.
//!
//! Source: RFC 7517 and 7518, and `jwk.Parse` of `github.com/lestrrat-go/jwx` 1.2, which the validator asks.

use serde_json::{Map, Value};

/// What is known of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Whether it holds what only its owner may know.
    pub is_private: bool,
}

/// The keys of a set, or of a document that is one key itself.
/// # Errors
/// The reason why nobody can read it.
pub fn keys(text: &str) -> Result<Vec<Key>, String> {
    // What follows the first value is not looked at.
    let document = serde_json::Deserializer::from_str(text).into_iter().next();
    let document = document.and_then(Result::ok).ok_or_else(|| "it is no JSON".to_owned())?;
    let Value::Object(set) = document else { return Err("it is no JSON object".to_owned()) };
    match set.get("keys") {
        None => key(&set).map(|it| vec![it]),
        Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(keys)) => keys.iter().enumerate().map(|(at, it)| nth(at, it)).collect(),
        Some(_) => Err("its `keys` are no list".to_owned()),
    }
}

fn nth(at: usize, value: &Value) -> Result<Key, String> {
    let found = value.as_object().ok_or_else(|| "it is no JSON object".to_owned()).and_then(key);
    found.map_err(|reason| format!("of its key {}, {reason}", at + 1))
}

fn key(key: &Map<String, Value>) -> Result<Key, String> {
    let kind = key.get("kty").and_then(Value::as_str).unwrap_or_default();
    let is_private = key.contains_key("d") || kind == "oct";
    let (needed, bytes): (&[&str], &[&str]) = match (kind, is_private) {
        ("RSA", false) => (&["e", "n"], &["e", "n"]),
        ("RSA", true) => (&["d", "e", "n"], &["d", "e", "n", "p", "q", "dp", "dq", "qi"]),
        ("EC", false) => (&["crv", "x", "y"], &["x", "y"]),
        ("EC", true) => (&["crv", "d", "x", "y"], &["d", "x", "y"]),
        ("OKP", false) => (&["crv", "x"], &["x"]),
        ("OKP", true) => (&["crv", "d", "x"], &["d", "x"]),
        ("oct", _) => (&["k"], &["k"]),
        _ => return Err(format!("the type `{kind}` is none of RSA, EC, OKP, oct")),
    };
    if let Some(lacking) = needed.iter().find(|it| !key.contains_key(**it)) {
        return Err(format!("`{lacking}` is missing"));
    }
    for (name, value) in key {
        field(name, value, bytes)?;
    }
    Ok(Key { is_private })
}

fn field(name: &str, value: &Value, bytes: &[&str]) -> Result<(), String> {
    const WORDS: [&str; 7] = ["alg", "kid", "use", "x5t", "x5t#S256", "x5u", "crv"];
    let is_word = value.is_string() || value.is_null();
    let text = value.as_str().unwrap_or_default();
    let fits = match name {
        "key_ops" => value.as_array().is_none_or(|it| it.iter().all(Value::is_string)),
        // Certificates: DER begins with a sequence, which is `M` in base64.
        "x5c" => value.as_array().is_none_or(|it| {
            let fits = |it: &str| it.starts_with('M') && is_base64(it);
            it.iter().all(|it| it.as_str().is_some_and(fits))
        }),
        _ if bytes.contains(&name) => is_word && is_base64(text),
        _ => !WORDS.contains(&name) || is_word,
    };
    if fits { Ok(()) } else { Err(format!("`{name}` holds what it cannot")) }
}

/// Base64 of either alphabet, with or without padding.
fn is_base64(text: &str) -> bool {
    let text: Vec<u8> = text.bytes().filter(|it| !matches!(it, b'\r' | b'\n')).collect();
    let padding = text.iter().rev().take_while(|it| **it == b'=').count();
    let body = &text[..text.len() - padding];
    let standard = body.iter().any(|it| b"+/".contains(it));
    let sign = |it: &u8| {
        it.is_ascii_alphanumeric() || if standard { b"+/".contains(it) } else { b"-_".contains(it) }
    };
    let whole = if padding == 0 { body.len() % 4 != 1 } else { padding < 3 && text.len() % 4 == 0 };
    whole && body.iter().all(sign)
}

#[cfg(test)]
mod tests {
    use super::{is_base64, keys};

    #[test]
    fn keys_stand_in_a_list_or_alone() {
        assert!(keys(r#"{"keys":[{"kty":"RSA","e":"AQAB","n":"xAE7"}]}"#).unwrap().len() == 1);
        assert!(!keys(r#"{"kty":"RSA","e":"AQAB","n":"xAE7"}"#).unwrap()[0].is_private);
        assert!(keys(r#"{"kty":"oct","k":"xAE7"}"#).unwrap()[0].is_private);
        assert!(keys(r#"{"keys":[]}"#).unwrap().is_empty());
    }

    #[test]
    fn a_key_is_complete_and_of_a_known_type() {
        for text in [
            "x",
            "[]",
            "{}",
            r#"{"keys":{}}"#,
            r#"{"keys":[{"kty":"RSA","e":"AQAB"}]}"#,
            r#"{"keys":[{"kty":"DSA"}]}"#,
            r#"{"kty":"EC","crv":1,"x":"AA","y":"AA"}"#,
            r#"{"kty":"RSA","e":"A","n":"xAE7"}"#,
        ] {
            assert!(keys(text).is_err(), "{text}");
        }
    }

    #[test]
    fn base64_comes_in_four_forms() {
        assert!(is_base64("QQ") && is_base64("QQ==") && is_base64("-_-_") && is_base64("+/+/"));
        assert!(!is_base64("Q") && !is_base64("QQ=") && !is_base64("-+AA") && !is_base64("Q Q="));
    }
}
