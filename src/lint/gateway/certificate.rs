//! Whether a Secret holds what a server can show: a certificate in PEM, and a key.
//!
//! Source: `ExtractCertInfo` in `pilot/pkg/credentials/kube` and `ValidateCertificate` in `pilot/pkg/xds` of Istio. Of a
//! certificate only its build is looked at (RFC 5280, 4.1), not what it says.

use crate::mesh::Object;
use crate::source::Span;

/// Nothing, or where the Secret fails and why.
pub fn judge(secret: &Object) -> Result<(), (Span, String)> {
    for (certificate, key) in [("cert", "key"), ("tls.crt", "tls.key")] {
        let (Some(shown), Some(kept)) = (value(secret, certificate), value(secret, key)) else { continue };
        if shown.1.is_empty() || kept.1.is_empty() {
            continue;
        }
        let (span, text) = shown;
        return match pem(&text) {
            None => Err((span, format!("`{certificate}` is not PEM"))),
            Some(body) if is_certificate(&body) => Ok(()),
            Some(_) => Err((span, format!("`{certificate}` is no certificate"))),
        };
    }
    Err((secret.span(), "it has neither `tls.crt` and `tls.key` nor `cert` and `key`".to_owned()))
}

/// A value of a Secret: of `stringData` as it is, of `data` decoded.
fn value(secret: &Object, key: &str) -> Option<(Span, Vec<u8>)> {
    let plain = secret.node.get("stringData").and_then(|it| it.get(key));
    if let Some(node) = plain {
        return Some((node.span, node.text()?.as_bytes().to_vec()));
    }
    let node = secret.node.get("data")?.get(key)?;
    Some((node.span, base64(node.text()?.as_bytes()).unwrap_or_default()))
}

/// The body of the first block of a text in PEM.
fn pem(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?;
    let (_, after) = text.split_once("-----BEGIN ")?;
    let (label, rest) = after.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    // Headers, as old keys have them, end at an empty line.
    let body = if body.contains(": ") { body.split_once("\n\n")?.1 } else { body };
    base64(body.as_bytes())
}

fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0_u32);
    for byte in text.iter().filter(|it| !it.is_ascii_whitespace()) {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => continue,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).ok()?);
        }
    }
    Some(bytes)
}

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;

/// Whether bytes are certificates of X.509, one behind the other: each a body, an algorithm and a signature.
fn is_certificate(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some((SEQUENCE, inside, after)) = element(rest) else { return false };
        let (Some((SEQUENCE, body, next)), true) = (element(inside), true) else { return false };
        let Some((SEQUENCE, _, next)) = element(next) else { return false };
        let Some((BIT_STRING, _, next)) = element(next) else { return false };
        if body.is_empty() || !next.is_empty() {
            return false;
        }
        rest = after;
    }
    !bytes.is_empty()
}

/// The first element of DER: its tag, what is in it, and what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = if first & 0x80 == 0 {
        (usize::from(*first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        if !(1..=4).contains(&count) || rest.len() < count {
            return None;
        }
        let (digits, rest) = rest.split_at(count);
        (digits.iter().fold(0, |sum, it| (sum << 8) | usize::from(*it)), rest)
    };
    (rest.len() >= length).then(|| (*tag, &rest[..length], &rest[length..]))
}

#[cfg(test)]
mod tests {
    use super::{base64, element, is_certificate, pem};

    #[test]
    fn a_block_of_pem_is_found_behind_words() {
        let text = b"subject=x\n-----BEGIN A-----\nAAEC\n-----END A-----\n";
        assert_eq!(pem(text), Some(vec![0, 1, 2]));
        assert_eq!(pem(b"-----BEGIN A-----\nAAEC\n-----END B-----\n"), None);
        assert_eq!(base64(b"!"), None);
    }

    #[test]
    fn a_certificate_has_a_body_an_algorithm_and_a_signature() {
        let whole = [0x30, 9, 0x30, 1, 0, 0x30, 0, 0x03, 2, 0, 1];
        assert!(is_certificate(&whole));
        assert!(!is_certificate(&whole[..10]) && !is_certificate(&[]) && !is_certificate(&[0x30, 0]));
        assert_eq!(element(&[1, 0x81, 1, 7]), Some((1, &[7][..], &[][..])));
    }
}
