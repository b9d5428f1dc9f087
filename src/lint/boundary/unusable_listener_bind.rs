//! A listener of a Sidecar is bound to an address, or one of the egress without a port to a socket.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::address::ip;
use crate::lint::words::socket;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG3305",
    name: "unusable-listener-bind",
    severity: Severity::Error,
    equivalents: &["VAL-SC-02", "VAL-SC-03", "IST0106"],
    why: "Istio refuses any other `bind`.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ port: { number: 9080, protocol: HTTP }, bind: localhost, hosts: [./*] }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ port: { number: 9080, protocol: HTTP }, bind: 127.0.0.1, hosts: [./*] }] }
",
    run: Run::Each(&[Sort::Sidecar], run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for (key, takes_sockets) in [("ingress", false), ("egress", true)] {
        for listener in object.spec().list(key) {
            let Some(bind) = listener.said("bind") else { continue };
            let Some(port) = listener.get("port").filter(|it| !it.is_null()) else { continue };
            let is_numbered = port.whole("number").is_some_and(|it| it != 0);
            let (what, verdict) = match bind.strip_prefix(socket::UNIX) {
                Some(path) if takes_sockets && !is_numbered => ("socket", socket::unix_path(path)),
                // Port 0 without a socket is another mistake.
                None if takes_sockets && !is_numbered => continue,
                _ => ("address", ip(bind)),
            };
            if let Err(reason) = verdict {
                let finding = findings.at(listener.spot("bind"), format!("`{bind}` is no {what}: {reason}"));
                findings.push(
                    finding.help("write an IP address, or `unix://` and a path beside port 0 of the egress"),
                );
            }
        }
    }
}
