//! Images say which edition they are.

use crate::check::walk::workloads;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Span;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2113",
    name: "unpinned-image",
    severity: Severity::Warning,
    equivalents: &[],
    why: "Without a tag, or with `latest`, the same bundle runs different programs on different days, and going back \
          does not go back.",
    bad: "
services:
  hello:
    versions: { v1: { image: 'example/hello:latest' } } #~
clients:
  test: { image: 'registry.example.org:5000/client' } #~
",
    good: "
services:
  hello:
    versions: { v1: { image: 'example/hello:1.2.3' } }
clients:
  test: { image: 'registry.example.org:5000/client@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut last = Span::NONE;
    for it in workloads(profile) {
        let image = &it.version.image;
        if image.contains('@') || image.is_empty() || image.span == last {
            continue;
        }
        last = image.span;
        let name = image.rsplit_once('/').map_or(image.as_str(), |(_, name)| name);
        let says = match name.split_once(':') {
            None => "has no tag",
            Some((_, "latest")) => "is whatever is latest",
            Some(_) => continue,
        };
        let finding = findings.at(image.span, format!("the image `{image}` of {it} {says}"));
        findings.push(finding.help("give it a tag or a digest that stays what it is"));
    }
}
