//! No two hosts of one VirtualService stand for the same name.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::hosts::judged_hosts;
use crate::lint::virtual_service::walk::is_for_gateways;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;
use crate::mesh::hosts::Hosts;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3006",
    name: "overlapping-hosts",
    severity: Severity::Error,
    equivalents: &["VAL-VS-05", "IST0106"],
    why: "Istio refuses a VirtualService that says twice what happens to a host, also where a wildcard says it.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts:
  - "*.example.com"
  - www.example.com #~
  http:
  - route: [{ destination: { host: reviews } }]
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: ["*.example.com"]
  http:
  - route: [{ destination: { host: reviews } }]
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let hosts: Vec<&Node> = object.spec().list("hosts").iter().filter(|it| it.text().is_some()).collect();
    let for_mesh = !is_for_gateways(object);
    let refused = |it: &&Node| for_mesh && it.text().is_some_and(|it| it == "*");
    if hosts.len() < 2 || hosts.iter().any(refused) || judged_hosts(object).any(|it| it.1.is_err()) {
        return;
    }
    let mut before = Hosts::default();
    for host in hosts {
        let Some(text) = host.text() else { continue };
        if let Some((other, span)) = before.overlapping(text).next() {
            let message = format!("`{text}` overlaps with `{other}`");
            findings.push(
                findings.at(host.span, message).related(*span, "the other").help("take one of them away"),
            );
        }
        before.insert(text, host.span);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::proof::assert_says;

    #[test]
    fn any_order_of_wildcards_is_seen() {
        let text = "
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: b }
spec: { hosts: [a.b.com, c.com, \"*.b.com\", \"*.com\", d.org, d.org], http: [{ route: [{ destination: { host: a } }] }] }
";
        assert_says(
            &RULE,
            text,
            &[
                "`*.b.com` overlaps with `a.b.com`",
                "`*.com` overlaps with `*.b.com`",
                "`d.org` overlaps with `d.org`",
            ],
        );
    }
}
