//! A direct answer has a status of HTTP and a small body.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::http;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3034",
    name: "unfit-answer",
    severity: Severity::Error,
    equivalents: &["VAL-VS-20", "VAL-VS-22", "IST0106", "IST0133"],
    why: "Istio refuses a status below 200 or above 600, which clients could not read. The body is kept by every proxy of the mesh and sent to each by the control plane: above 100 kB Istio warns, more than 1 MB it refuses.",
    bad: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - directResponse: { status: 99 } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - directResponse: { status: 503 }
",
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for route in http(object) {
        let statuses = [&["directResponse", "status"][..], &["fault", "abort", "httpStatus"]];
        for value in statuses.iter().filter_map(|it| route.at(it)) {
            if let Some(status) = value.as_whole().filter(|it| !(200..=600).contains(it)) {
                let finding = findings.at(value.span, format!("`{status}` is no status of an answer"));
                findings.push(finding.help("write a status from 200 to 599"));
            }
        }
        if let Some(body) = route.at(&["directResponse", "body"]) {
            judge(body, findings);
        }
    }
}

fn judge(body: &Node, findings: &mut Findings<'_>) {
    let text = body.entry("string").and_then(|it| Some((it, it.value.text()?.len())));
    // Base64: of four characters three bytes, less what pads the end.
    let size = |it: &str| it.trim_end_matches('=').len() * 3 / 4;
    let bytes = body.entry("bytes").and_then(|it| Some((it, size(it.value.text()?))));
    let Some((entry, size)) = text.or(bytes) else { return };
    if size > 100 * 1024 {
        let mut finding = findings.at(entry.value.span, format!("the body has {} kB", size / 1024));
        if size <= 1024 * 1024 {
            finding.severity = Severity::Warning;
        }
        findings.push(finding.help("serve it from a workload"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::{assert_says, assert_silent};

    #[test]
    fn a_body_is_counted_in_bytes() {
        let text = |key: &str, length: usize| {
            let body = "x".repeat(length);
            format!(
                "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {{ name: a, namespace: b }}
spec: {{ hosts: [a], http: [{{ directResponse: {{ status: 200, body: {{ {key}: {body} }} }} }}] }}
"
            )
        };
        assert_silent(&RULE, &text("string", 102_400));
        assert_says(&RULE, &text("string", 102_401), &["the body has 100 kB"]);
        assert_silent(&RULE, &text("bytes", 136_000));
        assert_says(&RULE, &text("bytes", 1_400_000), &["the body has 1025 kB"]);
    }
}
