//! A patch looks for the kind of thing that it changes.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::extension::patch::{Patch, patches};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG6202",
    name: "mismatched-patch",
    severity: Severity::Error,
    equivalents: &["VAL-EF", "IST0106"],
    why: "Listeners and their filters are found with `match.listener`, routes with `match.routeConfiguration`, clusters \
          with `match.cluster`; Istio refuses a patch that looks elsewhere.",
    bad: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    match: { listener: { portNumber: 80 } } #~
    patch: { operation: MERGE, value: { connect_timeout: 1s } }
",
    good: "
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: shop, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    match: { cluster: { portNumber: 80 } }
    patch: { operation: MERGE, value: { connect_timeout: 1s } }
",
    run: Run::Each(&[Sort::EnvoyFilter], run),
};

const PLACES: [&str; 4] = ["listener", "routeConfiguration", "cluster", "waypoint"];

fn run(filter: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for patch in patches(filter).filter(|it| !it.is_for_waypoints() && it.is_complete()) {
        judge(patch, findings);
    }
}

fn judge(patch: Patch<'_>, findings: &mut Findings<'_>) {
    let fitting = match patch.apply_to {
        "LISTENER" | "FILTER_CHAIN" | "NETWORK_FILTER" | "HTTP_FILTER" => "listener",
        "ROUTE_CONFIGURATION" | "VIRTUAL_HOST" | "HTTP_ROUTE" => "routeConfiguration",
        "CLUSTER" => "cluster",
        _ => return,
    };
    let Some(matches) = patch.matches.filter(|it| !it.has(fitting)) else { return };
    if let Some(found) = PLACES.iter().find_map(|it| matches.entry(it)) {
        let message = format!("`{}` is looked for with `{}`", patch.apply_to, found.key);
        let finding = findings.at(found.key.span, message).related(patch.span(), "what it changes");
        findings.push(finding.help(format!("write `match.{fitting}`")));
    }
}
