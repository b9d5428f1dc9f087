//! What `delivery` says can be fetched: a repository, a folder in it, a revision, a cluster.

use crate::check::names::shown;
use crate::diag::Severity;
use crate::profile::{Delivery, Profile};
use crate::rule::{Findings, Rule};
use crate::source::Text;
use crate::units::address::{folder_flaw, repository_flaw, revision_flaw};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2501",
    name: "unusable-delivery",
    severity: Severity::Error,
    equivalents: &[],
    why: "Argo CD and Flux fetch a folder from a repository. What is no address, or leads out of the repository, is \
          never applied, and a password in an address is read by everybody who reads the repository.",
    bad: "
delivery:
  repo: https://me:secret@git.example.com/mesh #~
  path: ../out #~
  revision: 'my branch' #~
  cluster: https://cluster.example.com #~
",
    good: "
delivery:
  repo: https://git.example.com/mesh
  path: out
  revision: my-branch
  cluster: prod
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Delivery { sync_waves: _, tool: _, repo, path, revision, cluster } = &profile.delivery;
    judge(repo.as_ref(), "the repository", repository_flaw, findings);
    judge(path.as_ref(), "the folder", folder_flaw, findings);
    judge(revision.as_ref(), "the revision", revision_flaw, findings);
    judge(cluster.as_ref(), "the cluster", cluster_flaw, findings);
}

fn judge(text: Option<&Text>, role: &str, flaw: fn(&str) -> Option<String>, findings: &mut Findings<'_>) {
    let Some((text, flaw)) = text.and_then(|text| Some((text, flaw(text)?))) else { return };
    findings.push(findings.at(text.span, format!("{role} `{}` {flaw}", shown(text))));
}

fn cluster_flaw(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("is empty".to_owned());
    }
    if text.contains("://") {
        return Some("is an address, and the name under which Argo CD knows the cluster is meant".to_owned());
    }
    let odd = |it: &char| it.is_control() || it.is_whitespace() || matches!(it, '{' | '}');
    let odd = text.chars().find(odd)?;
    Some(format!("has `{}`, which no name of a cluster has", odd.escape_debug()))
}
