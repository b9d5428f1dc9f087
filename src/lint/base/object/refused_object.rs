//! What a cluster says of an object of its own is no refusal.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5315",
    name: "refused-object",
    severity: Severity::Warning,
    equivalents: &["IST0171"],
    why: "The API server has the object, and the controller that should act on it says in its status that it does not.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
status:
  conditions:
  - { type: Programmed, status: 'False', reason: AddressNotUsable, message: no address } #~
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
status:
  conditions:
  - { type: Programmed, status: 'True', reason: Programmed, message: done }
  - { type: example.com/Seen, status: 'False', reason: Unseen, message: nobody looked }
",
    run: Run::Each(
        &[
            Sort::Service,
            Sort::ServiceEntry,
            Sort::WorkloadEntry,
            Sort::AuthorizationPolicy,
            Sort::KubernetesGateway,
            Sort::HttpRoute,
            Sort::GrpcRoute,
        ],
        run,
    ),
};

/// The conditions of a kind that have to be true.
fn wanted(object: &Object) -> &'static [&'static str] {
    match object.sort {
        Some(Sort::AuthorizationPolicy) => &["ZtunnelAccepted", "WaypointAccepted"],
        Some(Sort::KubernetesGateway | Sort::HttpRoute | Sort::GrpcRoute) => {
            &["Accepted", "Programmed", "ResolvedRefs"]
        }
        _ => &["istio.io/WaypointBound"],
    }
}

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let Some(status) = object.node.get("status").filter(|_| !object.is_of_kubernetes()) else { return };
    let own = status.list("conditions").iter().filter(|_| !is_route(object));
    let of_parents =
        status.list("parents").iter().filter(|_| is_route(object)).flat_map(|it| it.list("conditions"));
    let mut told = BTreeSet::new();
    for condition in own.chain(of_parents) {
        let word = |key: &str| condition.word(key).map_or("", Str::as_str);
        let (kind, reason, message) = (word("type"), word("reason"), word("message"));
        let refused = wanted(object).contains(&kind) && word("status") == "False";
        // Said to be accepted, though a part of it is not.
        let partly = object.is(Sort::AuthorizationPolicy)
            && kind == "WaypointAccepted"
            && reason == "PartiallyInvalid";
        if (refused || partly) && told.insert((kind, reason, message)) {
            findings.push(tell(object, condition, findings));
        }
    }
}

fn is_route(object: &Object) -> bool {
    object.is(Sort::HttpRoute) || object.is(Sort::GrpcRoute)
}

fn tell(object: &Object, condition: &Node, findings: &Findings<'_>) -> crate::diag::Diagnostic {
    let word = |key: &str| condition.word(key).map_or("", Str::as_str);
    let at = condition.entry("type").map_or(condition.span, |it| it.key.span);
    let message = format!(
        "the cluster says of `{}`: `{}` is `{}`, for `{}`",
        object.name,
        word("type"),
        word("status"),
        word("reason")
    );
    findings.at(at, message).help(format!("its words: `{}`", word("message")))
}
