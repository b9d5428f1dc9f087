//! Files stand at absolute paths, in folders that can be mounted.

use std::collections::BTreeMap;

use crate::check::names::shown;
use crate::check::walk::{WorkloadRef, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2106",
    name: "unusable-file-path",
    severity: Severity::Error,
    equivalents: &[],
    why: "Files are a ConfigMap, mounted at their folder. A mount needs an absolute path, must not hide the whole file \
          system, and a ConfigMap holds one MiB.",
    bad: "
services:
  hello:
    versions:
      v1:
        files:
          etc/app.conf: a #~
          /app.conf: b #~
          /etc/../app.conf: c #~
          /etc/app: d #~
          /etc/app/site.conf: e
",
    good: "
services:
  hello:
    versions: { v1: { files: { /etc/app/app.conf: a, /etc/app/sites/a.conf: b } } }
",
    run,
};

/// What a ConfigMap may hold, in bytes.
const MOST: usize = 1024 * 1024;

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in workloads(profile).filter(|it| !it.version.files.is_empty()) {
        files(&it, findings);
    }
}

fn files(it: &WorkloadRef<'_>, findings: &mut Findings<'_>) {
    let known: BTreeMap<&str, &Text> =
        it.version.files.iter().map(|(path, _)| (path.as_str(), path)).collect();
    for (path, _) in it.version.files.iter() {
        if let Some(flaw) = flaw(path) {
            let finding =
                findings.at(path.span, format!("`{}` cannot be a file of {it}: it {flaw}", shown(path)));
            findings.push(finding.help("write a path such as `/etc/app/app.conf`"));
            continue;
        }
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        for file in folders.filter_map(|it| known.get(it)) {
            let finding = findings.at(file.span, format!("`{file}` of {it} is a file and a folder"));
            findings.push(finding.related(path.span, "a file in it"));
        }
    }
    let size: usize = it.version.files.values().map(|text| text.len()).sum();
    if let Some((first, _)) = it.version.files.iter().next().filter(|_| size > MOST) {
        let message = format!("the files of {it} have {size} bytes together, and a ConfigMap holds {MOST}");
        findings.push(
            findings.at(first.span, message).help("put them into the image, or into a volume of its own"),
        );
    }
}

fn flaw(path: &str) -> Option<&'static str> {
    let Some(rest) = path.strip_prefix('/') else { return Some("does not begin with `/`") };
    if rest.split('/').any(|it| it.is_empty() || it == "." || it == "..") {
        return Some("has an empty part, `.` or `..` in it");
    }
    if !rest.contains('/') {
        return Some("lies in `/`, and a mount there hides everything else");
    }
    if path.contains(':') {
        return Some("has a `:`");
    }
    // The ConfigMap's key is the path spelt otherwise, and has 253 characters at the most.
    (path.len() > 200).then_some("is longer than 200 characters")
}
