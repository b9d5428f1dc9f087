//! A namespace has one Sidecar that is for all of it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG4506",
    name: "second-sidecar",
    severity: Severity::Error,
    equivalents: &["IST0111", "KIA0002"],
    why: "istiod takes one Sidecar without `workloadSelector` in a namespace, the oldest; what others say is lost.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: one, namespace: shop } #~
spec: { egress: [{ hosts: [\"./*\"] }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: two, namespace: shop } #~
spec: { egress: [{ hosts: [\"./*\"] }] }
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: one, namespace: shop }
spec: { egress: [{ hosts: [\"./*\"] }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: two, namespace: web }
spec: { egress: [{ hosts: [\"./*\"] }] }
",
    run: Run::All(run),
};

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    for contest in cluster.contested_namespaces(Sort::Sidecar, is_wide) {
        // Where there are no sidecars, another rule says that none of them has an effect.
        if cluster.is_ambient(contest.prize) {
            continue;
        }
        for sidecar in &contest.rivals {
            let (count, namespace) = (contest.rivals.len(), contest.prize);
            let message = format!("`{}` is one of {count} Sidecars for all of `{namespace}`", sidecar.name);
            let finding = findings.on(sidecar, sidecar.span(), message);
            let finding = finding.related(contest.other(sidecar).span(), "another");
            findings.push(finding.help("make them one, or give all but one a `workloadSelector`"));
        }
    }
}

fn is_wide(sidecar: &Object) -> bool {
    sidecar.spec().get("workloadSelector").is_none_or(|it| it.pairs("labels").is_empty())
}
