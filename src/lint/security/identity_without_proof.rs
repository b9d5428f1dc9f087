//! Who is known by an identity has shown it.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::policy::walk;
use crate::lint::security::mtls::{Status, Wide};
use crate::lint::security::reach;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::Cluster;
use crate::source::Span;
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG4524",
    name: "identity-without-proof",
    severity: Severity::Error,
    equivalents: &["KIA0105"],
    why: "Identities come with mutual TLS. Where it is off, nobody has one: an ALLOW lets in nobody, and a DENY \
          keeps out nobody.",
    bad: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: DISABLE } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from: [{ source: { namespaces: [web] } }] #~
",
    good: "
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  rules:
  - from: [{ source: { namespaces: [web] } }]
",
    run: Run::All(run),
};

const FIELDS: [&str; 4] = ["principals", "notPrincipals", "namespaces", "notNamespaces"];
const KEYS: [&str; 3] = ["source.namespace", "source.principal", "connection.sni"];

fn run(cluster: &Cluster, findings: &mut Findings<'_>) {
    let wide = Wide::of(cluster);
    for policy in cluster.of(Sort::AuthorizationPolicy) {
        let places: Vec<(Span, String)> = walk::rules(policy).iter().flat_map(identities).collect();
        if places.is_empty() {
            continue;
        }
        let namespace = policy.namespace();
        if wide.status_of(namespace, reach::selector(policy).unwrap_or_default()) == Status::On {
            continue;
        }
        for (span, what) in places {
            let message = format!("`{what}` asks for an identity, and mutual TLS is off in `{namespace}`");
            let finding = findings.on(policy, span, message);
            findings.push(finding.help("let the callers prove who they are with `mtls: { mode: STRICT }`"));
        }
    }
}

/// The places of a rule that speak of identities.
fn identities(rule: &Node) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for source in walk::sources(rule) {
        let fields =
            FIELDS.iter().filter_map(|it| source.entry(it)).filter(|it| !it.value.items().is_empty());
        found.extend(fields.map(|it| (it.key.span, it.key.to_string())));
    }
    for key in rule.list("when").iter().filter_map(|it| it.get("key")) {
        let Some(text) = key.text().filter(|it| KEYS.contains(&it.as_str())) else { continue };
        found.push((key.span, text.to_string()));
    }
    found
}
