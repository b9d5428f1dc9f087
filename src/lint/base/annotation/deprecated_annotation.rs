//! An annotation that Istio advises against has something better in its place.

use crate::diag::Severity;
use crate::lint::base::annotation::{SORTS, written};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5304",
    name: "deprecated-annotation",
    severity: Severity::Info,
    equivalents: &["IST0135"],
    why: "A later release of Istio may no longer read it.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        sidecar.istio.io/inject: 'true' #~
    spec: { containers: [{ name: web, image: 'web:1' }] }
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web, sidecar.istio.io/inject: 'true' }
    spec: { containers: [{ name: web, image: 'web:1' }] }
",
    run: Run::Each(SORTS, run),
};

const INJECT: &str = "sidecar.istio.io/inject";

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for it in written(object).filter(|it| it.known.is_some_and(|it| it.deprecated)) {
        let name = &it.entry.key;
        // Whoever writes both knows, and keeps the old one for an old injector.
        if name.as_str() == INJECT && it.has_label(INJECT) {
            continue;
        }
        let help = match name.as_str() {
            INJECT => "write it as a label of the pods",
            it if it.starts_with("sidecar.istio.io/stats") || it.ends_with("extraStatTags") => {
                "say it in `proxy.istio.io/config` or in a Telemetry"
            }
            "sidecar.istio.io/discoveryAddress" => "write `discoveryAddress` in `proxy.istio.io/config`",
            "traffic.sidecar.istio.io/kubevirtInterfaces" => "write `istio.io/reroute-virtual-interfaces`",
            _ => "take it away",
        };
        findings.push(findings.at(name.span, format!("Istio advises against `{name}`")).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_silent;

    #[test]
    fn the_annotation_beside_the_label_is_for_an_old_injector() {
        assert_silent(
            &RULE,
            "{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { sidecar.istio.io/inject: 'true' }, annotations: { sidecar.istio.io/inject: 'true' } } }",
        );
    }
}
