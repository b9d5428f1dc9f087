//! `galley.istio.io/analyze-suppress`: what `istioctl analyze` is told to keep to itself about an object.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics, Object, Severity};
use crate::mesh::Cluster;

/// The annotation. Its value lists codes of Istio, or is `*` for all of them.
///
/// Source: `pkg/config/analysis/local/istiod_analyze.go`, `filterMessages`. Blanks count there, so they do here.
pub const ANNOTATION: &str = "galley.istio.io/analyze-suppress";

/// Takes out what Istio's analyzers would not tell; how many findings that were.
///
/// What its webhook or the API server refuses is refused whatever an annotation says, and stays.
pub fn apply(cluster: &Cluster, diags: &mut Diagnostics) -> usize {
    let mut codes: BTreeMap<Object, Vec<&str>> = BTreeMap::new();
    for object in cluster.objects() {
        let entry = object.annotations().iter().find(|it| it.key.value == ANNOTATION);
        let text = entry.and_then(|it| it.value.text()).map_or("", |it| it.as_str());
        if !text.is_empty() {
            codes.entry(object.title()).or_default().extend(text.split(','));
        }
    }
    if codes.is_empty() {
        return 0;
    }
    let before = diags.len();
    diags.retain(|finding| {
        let said = finding.object.as_deref().and_then(|it| codes.get(it));
        is_refused(finding) || !said.is_some_and(|it| it.iter().any(|code| names(code, finding)))
    });
    before - diags.len()
}

fn names(code: &str, finding: &Diagnostic) -> bool {
    finding.code.equivalents.iter().any(|it| *it == code || code == "*" && it.starts_with("IST"))
}

fn is_refused(finding: &Diagnostic) -> bool {
    let by_server = |it: &str| it.starts_with("VAL-") || it.starts_with("CRD-");
    finding.severity == Severity::Error && finding.code.equivalents.iter().copied().any(by_server)
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::diag::Diagnostics;
    use crate::lint::lint;
    use crate::mesh::Cluster;

    fn left(annotation: &str) -> Vec<&'static str> {
        let cluster = Cluster::parse(&format!(
            "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{ name: a, namespace: x, annotations: {{ galley.istio.io/analyze-suppress: '{annotation}' }} }}
spec:
  hosts: [a.example.org]
  gateways: [nowhere]
  http:
  - timeout: 1s
    route: [{{ destination: {{ host: nobody, port: {{ number: 0 }} }} }}]
"
        ));
        let mut diags = Diagnostics::default();
        lint(&cluster, &mut diags);
        let taken = diags.len();
        assert_eq!(apply(&cluster, &mut diags), taken - diags.len());
        diags
            .sorted()
            .iter()
            .filter(|it| it.code.equivalents.iter().any(|it| it.starts_with("IST")))
            .map(|it| it.code.name)
            .collect()
    }

    #[test]
    fn what_istio_is_told_to_keep_to_itself_is_kept() {
        let refused = "destination-port-out-of-range";
        assert_eq!(left("IST9999"), ["unknown-gateway", "host-of-no-gateway", refused]);
        assert_eq!(left("IST0101"), ["host-of-no-gateway", refused]);
        assert_eq!(left("IST0101,IST0132"), [refused]);
        assert_eq!(left("*"), [refused]);
    }
}
