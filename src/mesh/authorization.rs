//! Which AuthorizationPolicies hold for a workload.
//!
//! Source: `pilot/pkg/model/authorization.go` and `policyattachment.go`.

use crate::kube::Sort;
use crate::mesh::choice::Choice;
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Entry;

/// The AuthorizationPolicies without targets, by whom they choose.
#[derive(Debug, Default)]
pub struct Authorizations(Choice);

impl Authorizations {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let all: Vec<&Object> = cluster.of(Sort::AuthorizationPolicy).filter(|it| !has_targets(it)).collect();
        Self(Choice::of(&all, chosen))
    }
}

fn chosen(policy: &Object) -> &[Entry] {
    policy.spec().get("selector").map_or(&[], |it| it.pairs("matchLabels"))
}

/// Whether a policy is attached to named objects: it then holds for no sidecar.
pub fn has_targets(policy: &Object) -> bool {
    policy.spec().has("targetRef") || !policy.spec().list("targetRefs").is_empty()
}

impl Cluster {
    /// The policies that hold for the sidecars of a workload, in the order read: those of its namespace and of the root
    /// namespace that choose it or everybody.
    pub fn authorizations(&self, workload: Workload<'_>) -> Vec<&Object> {
        let choice = &self.authorization_index().0;
        let (own, root) = (workload.object.namespace(), self.config.root_namespace());
        let mut ids: Vec<usize> = Vec::new();
        for namespace in if own == root { vec![own] } else { vec![own, root] } {
            ids.extend(choice.wide(namespace));
            ids.extend(choice.near(namespace, workload.labels()));
        }
        ids.sort_unstable();
        ids.into_iter().map(|it| self.object(it)).filter(|it| workload.carries(chosen(it))).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::mesh::{Cluster, Workload};

    #[test]
    fn policies_of_a_namespace_and_of_the_root_choose_by_labels() {
        let policy = |name: &str, namespace: &str, spec: &str| {
            format!(
                "---\n{{ apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, \
                 metadata: {{ name: {name}, namespace: {namespace} }}, spec: {{ {spec} }} }}\n"
            )
        };
        let mut text =
            "{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: shop, labels: { app: a, v: x } } }\n"
                .to_owned();
        text.push_str(&policy("all", "shop", ""));
        text.push_str(&policy("own", "shop", "selector: { matchLabels: { app: a } }"));
        text.push_str(&policy("two", "shop", "selector: { matchLabels: { v: x, app: b } }"));
        text.push_str(&policy("mesh", "istio-system", ""));
        text.push_str(&policy("chosen", "istio-system", "selector: { matchLabels: { v: x } }"));
        text.push_str(&policy("far", "other", ""));
        text.push_str(&policy("target", "shop", "targetRefs: [{ kind: Service, name: a }]"));
        let cluster = Cluster::parse(&text);
        let workload = Workload::of(&cluster.objects()[0]).unwrap();
        let names: Vec<&str> = cluster.authorizations(workload).iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["all", "own", "mesh", "chosen"]);
    }
}
