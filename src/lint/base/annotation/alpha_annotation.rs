//! An alpha annotation is no promise.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::base::annotation::catalogue::Stage;
use crate::lint::base::annotation::{Written, written};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5305",
    name: "alpha-annotation",
    severity: Severity::Info,
    equivalents: &["IST0136"],
    why: "Istio may change or drop an alpha feature in any release: look it up before each upgrade.",
    bad: "
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
    networking.istio.io/exportTo: '.' #~
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
",
    good: "
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
",
    run: Run::Each(&[Sort::Namespace, Sort::Service, Sort::Pod, Sort::Deployment], run),
};

/// What the CNI plugin writes on pods.
const OF_CNI: &[&str] = &[
    "sidecar.istio.io/interceptionMode",
    "traffic.sidecar.istio.io/includeInboundPorts",
    "traffic.sidecar.istio.io/excludeInboundPorts",
    "traffic.sidecar.istio.io/includeOutboundIPRanges",
];

/// As Istio asks it, and no wider: what templates say comes again on their pods, and its own injector has alpha
/// annotations for the most ordinary wishes.
fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for it in written(object).filter(|it| it.known.is_some_and(|it| it.stage == Stage::Alpha)) {
        if it.kind != object.kind.as_str() {
            continue;
        }
        if !(OF_CNI.contains(&it.entry.key.as_str()) && may_be_of_cni(object, &it)) {
            let name = &it.entry.key;
            let finding = findings.at(name.span, format!("`{name}` is an alpha feature of Istio"));
            findings.push(finding.help("keep it if you watch the release notes"));
        }
    }
}

/// Only of a pod that was made, and without `istio-init`: then the plugin is in charge of its traffic.
fn may_be_of_cni(object: &Object, written: &Written<'_>) -> bool {
    let is_init = |it: &Node| it.word("name").is_some_and(|it| it == "istio-init");
    object.is(Sort::Pod)
        && written.holder.get("spec").is_none_or(|it| !it.list("initContainers").iter().any(is_init))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn what_the_cni_plugin_writes_is_nobodys_choice() {
        let pod = |containers: &str| {
            format!(
                "{{ apiVersion: v1, kind: Pod, metadata: {{ name: a, annotations: {{ sidecar.istio.io/interceptionMode: REDIRECT }} }}, spec: {{ initContainers: [{containers}] }} }}"
            )
        };
        assert_silent(&RULE, &pod("{ name: istio-validation }"));
        let said = "`sidecar.istio.io/interceptionMode` is an alpha feature of Istio";
        assert_says(&RULE, &pod("{ name: istio-init }"), &[said]);
    }
}
