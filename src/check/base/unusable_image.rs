//! Images are references that a node can pull.

use crate::check::names::shown;
use crate::check::walk::workloads;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Span;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2112",
    name: "unusable-image",
    severity: Severity::Error,
    equivalents: &[],
    why: "A reference that no registry can have leaves the pod in `InvalidImageName` for ever, long after everything was \
          applied without complaint.",
    bad: "
services:
  hello:
    versions:
      v1: { image: '' } #~
      v2: { image: 'example/Hello:1' } #~
      v3: { image: 'example/hello:' } #~
      v4: { image: 'example/hello :1' } #~
    routes: { default: { split: { v1: 100 } } }
",
    good: "
services:
  hello:
    versions:
      v1: { image: 'registry.example.org:5000/team/hello_world:1.0-RC1' }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut last = Span::NONE;
    for it in workloads(profile) {
        let image = &it.version.image;
        // A default stands under many versions, one after the other.
        if image.span == last {
            continue;
        }
        last = image.span;
        if let Some(flaw) = flaw(image) {
            let message = format!("the image `{}` of {it} {flaw}", shown(image));
            findings.push(
                findings
                    .at(image.span, message)
                    .help("write `registry/name:tag` or `registry/name@sha256:…`"),
            );
        }
    }
}

fn flaw(image: &str) -> Option<&'static str> {
    if image.is_empty() {
        return Some("is empty");
    }
    if image.contains(char::is_whitespace) {
        return Some("has a blank in it");
    }
    let (named, digest) =
        image.split_once('@').map_or((image, None), |(named, digest)| (named, Some(digest)));
    if digest.is_some_and(|it| !is_digest(it)) {
        return Some("has a digest that is none");
    }
    let (host, path) = match named.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) || host == "localhost" => (host, path),
        _ => ("", named),
    };
    let (path, tag) = path.rsplit_once(':').map_or((path, None), |(path, tag)| (path, Some(tag)));
    let in_tag = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
    if tag.is_some_and(|it| {
        it.is_empty() || it.len() > 128 || !it.chars().all(in_tag) || it.starts_with(['.', '-'])
    }) {
        return Some("has a tag that is none");
    }
    if path.chars().any(|it| it.is_ascii_uppercase()) {
        return Some("has capitals in its name");
    }
    let in_path = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
    let part = |it: &str| {
        !it.is_empty() && it.chars().all(in_path) && it.starts_with(|it: char| it.is_ascii_alphanumeric())
    };
    let in_host = |it: char| it.is_ascii_alphanumeric() || ".-:[]".contains(it);
    (!path.split('/').all(part) || !host.chars().all(in_host)).then_some("has a name that no registry takes")
}

fn is_digest(text: &str) -> bool {
    let hex = |it: &str| it.len() >= 32 && it.bytes().all(|it| it.is_ascii_hexdigit());
    text.split_once(':').is_some_and(|(kind, it)| !kind.is_empty() && hex(it))
}

#[cfg(test)]
mod tests {
    use super::flaw;

    #[test]
    fn real_references_are_taken() {
        for image in [
            "nginx",
            "nginx:1.27",
            "curlimages/curl:8.16.0",
            "localhost/app:1",
            "localhost:5000/app",
            "ghcr.io/a/b_c--d/e:v1.2.3-rc.1",
            "a.b/c@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(flaw(image), None, "{image}");
        }
        for image in ["a//b", "/a", "a:", "a:b c", "a@sha256:12", "a/B", "a:-b", "http://a/b"] {
            assert!(flaw(image).is_some(), "{image}");
        }
    }
}
