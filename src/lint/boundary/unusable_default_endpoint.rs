//! What comes in is handed to a port or a socket of the same pod.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::kube::Sort;
use crate::lint::words::socket;
use crate::lint::words::{self, Verdict};
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3308",
    name: "unusable-default-endpoint",
    severity: Severity::Error,
    equivalents: &["VAL-SC-02", "IST0106"],
    why: "Istio refuses a `defaultEndpoint` at any other address: the proxy stands before its own pod only.",
    bad: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 80, protocol: HTTP }, defaultEndpoint: \"10.0.0.1:8080\" }] } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { ingress: [{ port: { number: 80, protocol: HTTP }, defaultEndpoint: \"127.0.0.1:8080\" }] }
",
    run: Run::Values(&[(Sort::Sidecar, "spec.ingress[].defaultEndpoint")], run),
};

fn run(endpoint: &Node, findings: &mut Findings<'_>) {
    let Some(text) = endpoint.text().filter(|it| !it.is_empty()) else { return };
    let verdict = match text.strip_prefix(socket::UNIX) {
        Some(path) => socket::unix_path(path),
        None => local(text),
    };
    if let Err(reason) = verdict {
        let finding = findings.at(endpoint.span, format!("`{text}` is no endpoint of the pod: {reason}"));
        findings.push(finding.help("write `127.0.0.1:PORT`, `0.0.0.0:PORT`, `[::1]:PORT` or `unix://PATH`"));
    }
}

/// An address and a port, split as Go does.
fn local(text: &str) -> Verdict {
    let Some((host, port)) = text.rsplit_once(':') else { return Err("it has no port".to_owned()) };
    let bare = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let splits = bare.map_or(!host.contains([':', '[', ']']), |it| !it.contains(['[', ']']));
    if !splits || !["", "127.0.0.1", "0.0.0.0", "::1", "::"].contains(&bare.unwrap_or(host)) {
        return Err(format!("`{host}` is none of 127.0.0.1, 0.0.0.0, [::1] and [::]"));
    }
    let digits = port.strip_prefix('+').unwrap_or(port);
    match digits.parse().ok().filter(|_| digits.starts_with(|it: char| it.is_ascii_digit())) {
        Some(number) => words::port(number),
        None => Err(format!("`{port}` is no number")),
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn an_endpoint_is_an_address_of_the_pod_and_a_port() {
        for text in ["127.0.0.1:80", ":80", "0.0.0.0:1", "[::1]:65535", "[::]:80"] {
            assert_eq!(local(text), Ok(()), "{text}");
        }
        for text in
            ["80", "localhost:80", "::1:80", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:0", "[::1]", ""]
        {
            assert!(local(text).is_err(), "{text}");
        }
    }
}
