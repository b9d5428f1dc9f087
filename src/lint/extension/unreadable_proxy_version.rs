//! The versions of proxies are matched by an expression that Go reads.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::patches;
use crate::lint::words::regex::{LONGEST, regex};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6204",
    name: "unreadable-proxy-version",
    severity: Severity::Error,
    equivalents: &["VAL-EF", "IST0106"],
    why: "`proxyVersion` is a regular expression of RE2; Istio refuses one that it cannot compile.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    match: { proxy: { proxyVersion: '1.2(4' } } #~
    patch: { operation: MERGE, value: { connect_timeout: 1s } }
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    match: { proxy: { proxyVersion: '1\\.24.*' } }
    patch: { operation: MERGE, value: { connect_timeout: 1s } }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for patch in patches(filter).filter(|it| !it.is_for_waypoints() && it.is_complete()) {
        let version = patch.matches.and_then(|it| it.at(&["proxy", "proxyVersion"]));
        // A longer one is not compiled, and not used.
        let Some((node, text)) = version.and_then(|it| Some((it, it.text()?))) else { continue };
        if let Some(reason) = regex(text).err().filter(|_| text.len() <= LONGEST) {
            let finding = findings.at(node.span, format!("`{text}` is no regular expression: {reason}"));
            findings.push(finding.help("write an expression such as `1\\.24.*`"));
        }
    }
}
