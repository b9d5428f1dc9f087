//! The ingress of a Sidecar ends TLS with files.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3309",
    name: "unsupported-ingress-tls",
    severity: Severity::Error,
    equivalents: &["VAL-SC-02", "IST0106"],
    why: "Istio refuses Secrets, lists of certificates, names to look for, redirects and the modes of gateways there.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 443, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: cert } }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 443, protocol: HTTPS }, tls: { mode: SIMPLE, serverCertificate: /etc/cert.pem, privateKey: /etc/key.pem } }] }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.ingress[].tls")], run),
};

fn run(tls: &Node, findings: &mut Findings<'_>) {
    let said = [
        ("subjectAltNames", !tls.list("subjectAltNames").is_empty()),
        ("httpsRedirect", tls.flag("httpsRedirect") == Some(true)),
        ("credentialName", tls.said("credentialName").is_some()),
        ("credentialNames", !tls.list("credentialNames").is_empty()),
        ("tlsCertificates", !tls.list("tlsCertificates").is_empty()),
    ];
    for (key, _) in said.into_iter().filter(|it| it.1) {
        let finding = findings.at(tls.spot(key), format!("a Sidecar takes no `{key}`"));
        findings.push(finding.help("use `serverCertificate` and `privateKey`, files of the proxy"));
    }
    let mode = tls.word("mode").filter(|it| *it == "ISTIO_MUTUAL" || *it == "AUTO_PASSTHROUGH");
    if let Some(mode) = mode {
        let finding = findings.at(tls.spot("mode"), format!("a Sidecar takes no `mode: {mode}`"));
        findings.push(finding.help("write `SIMPLE` or `MUTUAL`; mutual TLS of the mesh needs no `tls` here"));
    }
}
