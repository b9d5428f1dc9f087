//! An issuer of tokens has a name and keys that can be found.

use crate::diag::{Diagnostics, Severity};
use crate::profile::Profile;
use crate::profile::security::JwtIssuer;
use crate::rule::{Findings, Rule};
use crate::source::{SourceMap, Text};
use crate::yaml::{self, Kind, Node};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2211",
    name: "unusable-issuer",
    severity: Severity::Error,
    equivalents: &["VAL-RA-01", "VAL-RA-W1", "CRD-RA-1"],
    why: "Istio refuses an issuer without a name, keys from two places, and a place for keys that is no URL. Without \
          either it asks the issuer itself, which must then be a URL.",
    bad: "
jwt:
  a: { issuer: '', jwksUri: 'https://example.com/keys' } #~
  b: { issuer: 'https://example.com', jwksUri: example.com/keys } #~
  c: { issuer: 'https://example.com', jwks: 'keys' } #~
  d: { issuer: users } #~
",
    good: "
jwt:
  a: { issuer: users, jwksUri: 'https://example.com/keys', audiences: web }
  b: { issuer: 'https://example.com' }
  c: { issuer: users, jwks: '{ \"keys\": [] }' }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, issuer) in profile.jwt.iter() {
        judge(name, issuer, findings);
    }
}

fn judge(name: &Text, it: &JwtIssuer, findings: &mut Findings<'_>) {
    let is_url = |text: &str| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        rest.is_some_and(|it| !it.is_empty() && !it.starts_with('/') && !it.contains(char::is_whitespace))
    };
    if it.issuer.is_empty() {
        let finding = findings.at(it.issuer.span, format!("the issuer of `{name}` is empty"));
        findings.push(finding.help("write the `iss` of its tokens, letter by letter"));
    } else if it.jwks_uri.is_none() && it.jwks.is_none() && !is_url(&it.issuer) {
        let message = format!("the keys of `{name}` cannot be found: its issuer is no URL");
        findings.push(findings.at(it.issuer.span, message).help("write `jwksUri: https://…`"));
    }
    if let Some(uri) = it.jwks_uri.as_ref().filter(|it| !is_url(it)) {
        let finding = findings.at(uri.span, format!("`{uri}` is no URL of http or https"));
        findings.push(finding.help("write `https://…`"));
    }
    if let Some(keys) = &it.jwks {
        if let Some(uri) = &it.jwks_uri {
            let finding =
                findings.at(keys.span, format!("`{name}` has keys of its own, and a place for others"));
            findings.push(finding.related(uri.span, "the place").help("keep one of `jwks` and `jwksUri`"));
        }
        inline(name, keys, findings);
    }
    for audience in it.audiences.iter().filter(|it| it.is_empty()) {
        findings.push(findings.at(audience.span, format!("an audience of `{name}` is empty")));
    }
}

fn inline(name: &Text, keys: &Text, findings: &mut Findings<'_>) {
    let set = json(keys);
    let list = set.as_ref().and_then(|it| it.get("keys")).filter(|it| matches!(it.kind, Kind::List(_)));
    let Some(list) = list else {
        let finding = findings.at(keys.span, format!("the keys of `{name}` are no JSON Web Key Set"));
        return findings.push(finding.help("write the whole set: `{ \"keys\": [ … ] }`"));
    };
    let kind = |it: &Node| it.get("kty").and_then(Node::text).is_some_and(|it| !it.is_empty());
    if !list.items().iter().all(kind) {
        let finding = findings.at(keys.span, format!("the keys of `{name}` hold one without `kty`"));
        return findings.push(finding.help("every key says what it is: `\"kty\": \"RSA\"`"));
    }
    // `d` is the private part of a key, and a symmetric one is nothing else.
    if list.items().iter().any(|it| it.get("d").is_some() || it.get("k").is_some()) {
        let mut finding = findings.at(keys.span, format!("the keys of `{name}` hold a secret"));
        finding.severity = Severity::Warning;
        findings.push(finding.help("only the public part is needed to check a token"));
    }
}

/// JSON is YAML, as far as it begins with a brace.
fn json(text: &str) -> Option<Node> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let mut files = SourceMap::default();
    let file = files.add("jwks", text)?;
    yaml::parse(file, &files, &mut Diagnostics::default()).ok()
}
