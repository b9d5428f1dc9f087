//! Settings that Istio gave up have successors.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::destination_rule::places::{CONSISTENT_HASHES, OUTLIERS};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3113",
    name: "deprecated-setting",
    severity: Severity::Warning,
    equivalents: &["VAL-DR-06", "VAL-DR-07", "IST0133"],
    why: "Istio warns of them: `consecutiveErrors` is ignored by newer proxies, and `minimumRingSize` has moved into `ringHash`.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { outlierDetection: { consecutiveErrors: 5 } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } }
",
    run: Run::Each(&[Sort::DestinationRule], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let mut judge = |places: &[(Sort, &str)], key: &str, help: &str| {
        for (_, path) in places {
            object.node.each_at(path, &mut |block| {
                if let Some(entry) =
                    block.entry(key).filter(|it| it.value.as_whole().is_some_and(|it| it != 0))
                {
                    findings.push(findings.at(entry.key.span, format!("`{key}` is deprecated")).help(help));
                }
            });
        }
    };
    judge(OUTLIERS, "consecutiveErrors", "use `consecutive5xxErrors` or `consecutiveGatewayErrors`");
    judge(CONSISTENT_HASHES, "minimumRingSize", "use `ringHash: { minimumRingSize: … }`");
}
