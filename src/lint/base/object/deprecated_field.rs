//! Fields that Istio keeps for old files only have something better in their place.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};
use crate::source::Str;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5311",
    name: "deprecated-field",
    severity: Severity::Warning,
    equivalents: &["IST0002"],
    why: "Istio ignores the one and reads the other for old files only: the next release may not.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web]
  http:
  - fault: { delay: { percent: 10, fixedDelay: 5s } } #~
    route: [{ destination: { host: web } }]
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web]
  http:
  - fault: { delay: { percentage: { value: 10 }, fixedDelay: 5s } }
    route: [{ destination: { host: web } }]
",
    run: Run::Each(&[Sort::VirtualService, Sort::Sidecar], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    if object.is(Sort::Sidecar) {
        let Some(proxy) =
            object.spec().at(&["outboundTrafficPolicy", "egressProxy"]).filter(|it| !it.is_null())
        else {
            return;
        };
        let finding = findings.at(proxy.span, "Istio ignores `egressProxy`");
        return findings.push(finding.help("route to the proxy by a VirtualService"));
    }
    // As Istio says it: once for an object, however many routes have it.
    let mut first: Option<&Node> = None;
    object.node.each_at("spec.http[].fault.delay.percent", &mut |it| {
        if first.is_none() && it.as_whole().is_some_and(|it| it > 0) {
            first = Some(it);
        }
    });
    if let Some(percent) = first {
        let finding = findings.at(percent.span, "`percent` of a delay is deprecated");
        let value = percent.text().map_or("", Str::as_str);
        findings.push(finding.help(format!("write `percentage: {{ value: {value} }}`")));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn a_sidecar_has_no_proxy_for_what_leaves() {
        let sidecar = "{ apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: a }, spec: { outboundTrafficPolicy: { egressProxy: { host: x } } } }";
        assert_says(&RULE, sidecar, &["Istio ignores `egressProxy`"]);
    }
}
