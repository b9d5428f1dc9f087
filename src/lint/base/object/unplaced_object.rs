//! Beside objects that say their namespace, an object says its own.

use crate::diag::Severity;
use crate::kube::place::is_namespaced;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;

pub static RULE: Rule = Rule {
    code: "MG5316",
    name: "unplaced-object",
    severity: Severity::Info,
    equivalents: &["MG-40"],
    why: "It goes wherever `kubectl` happens to point: short host names, policies and selectors mean something else in \
          another namespace.",
    bad: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: batch } #~
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: batch, namespace: shop }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    // Where none says it, whoever applies them does.
    if cluster.objects().iter().all(|it| it.written_namespace.is_none()) {
        return;
    }
    for object in cluster.objects().iter().filter(|it| it.written_namespace.is_none()) {
        if is_namespaced(&object.api_version, &object.kind) == Some(true) {
            let message =
                format!("{} `{}` does not say its namespace, and others do", object.kind, object.name);
            findings.push(findings.on(object, object.span(), message).help("write `metadata.namespace`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_silent;

    #[test]
    fn files_that_leave_the_namespace_to_their_reader_are_whole() {
        assert_silent(&RULE, "{ apiVersion: v1, kind: ServiceAccount, metadata: { name: web } }");
    }
}
