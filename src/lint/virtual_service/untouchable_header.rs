//! Not every header can be set, added or taken away.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::virtual_service::walk::operations;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::mesh::Object;

pub static RULE: Rule = Rule {
    code: "MG3029",
    name: "untouchable-header",
    severity: Severity::Error,
    equivalents: &["VAL-VS-16", "IST0106"],
    why: "Headers that begin with `:` are no headers but the request line, and `Host` is one of them: only a request's authority may be set. Istio refuses the rest.",
    bad: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - destination: { host: reviews }
      headers: { response: { set: { ":status": "200" } } } #~
"#,
    good: r#"
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
  - route:
    - destination: { host: reviews }
      headers: { request: { set: { ":authority": reviews.example.com } } }
"#,
    run: Run::Each(&[Sort::VirtualService], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    operations(object, &mut |it| {
        let (name, span) = it.name;
        let is_host = name.eq_ignore_ascii_case("host");
        let may_set_authority = it.of_request && !it.removes;
        let authority = is_host || name.eq_ignore_ascii_case(":authority");
        let message = if name.is_empty() {
            "the name of this header is empty".to_owned()
        } else if (is_host || name.starts_with(':')) && !(may_set_authority && authority) {
            let side = if it.of_request { "request" } else { "response" };
            let verb = if it.removes { "taken from" } else { "set in" };
            format!("`{name}` cannot be {verb} a {side}")
        } else {
            return;
        };
        findings.push(
            findings.at(span, message).help("name an ordinary header; `:authority` can be set in requests"),
        );
    });
}
