//! The gateway's ports, TLS and hosts fit together.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::outside::Gateway;
use crate::rule::{Findings, Rule};
use crate::source::Span;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2030",
    name: "contradictory-gateway",
    severity: Severity::Error,
    equivalents: &["VAL-GW-02", "VAL-GW-04", "MG-39"],
    why: "A gateway without ports or hosts serves nobody, HTTPS needs a certificate, and a redirect from HTTP to HTTPS \
          needs both of them.",
    bad: "
services: { hello: { versions: { v1: {} } } }
gateway:
  hosts: { hello.example.com: hello }
  https: 443 #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
gateway:
  hosts: { hello.example.com: hello }
  http: 80
  https: 443
  tls: { credentialName: hello-tls, httpsRedirect: true }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(gateway) = &profile.gateway else { return };
    let Gateway { name: _, hosts, http, https, tls } = gateway;
    let first_host = hosts.iter().next().map_or(profile.namespace.span, |(host, _)| host.span);
    let mut say =
        |span: Span, message: &str, help: &str| findings.push(findings.at(span, message).help(help));
    if hosts.is_empty() {
        let span = http.as_ref().or(https.as_ref()).map_or(profile.namespace.span, |it| it.span);
        say(
            span,
            "the gateway has no hosts",
            "name the service for each host: `hosts: { hello.example.com: hello }`",
        );
    }
    if http.is_none() && https.is_none() {
        say(first_host, "the gateway has no port", "write `http: 80`, or `https: 443` with `tls`");
    }
    match (https, tls) {
        (Some(https), None) => {
            say(https.span, "HTTPS has no certificate", "write `tls: { credentialName: SECRET }`");
        }
        (None, Some(tls)) => {
            let span = tls.credential_name.span;
            say(span, "the gateway has a certificate, and no port for HTTPS", "write `https: 443`");
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    if let Some((http, https)) = http.as_ref().zip(https.as_ref()).filter(|(a, b)| a == b) {
        let finding = findings.at(https.span, format!("HTTP and HTTPS share the port {https}"));
        findings.push(finding.related(http.span, "the other").help("usual are 80 and 443"));
    }
    let redirect = tls.as_ref().and_then(|it| it.https_redirect.as_ref()).filter(|it| it.value);
    if let Some(redirect) = redirect.filter(|_| http.is_none()) {
        let finding = findings.at(redirect.span, "there is no port for HTTP that could redirect");
        findings.push(finding.help("write `http: 80`"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn each_contradiction_is_told() {
        let count = |gateway: &str| {
            let text = format!("services: {{ a: {{ versions: {{ v1: {{}} }} }} }}\ngateway: {gateway}");
            messages(&[&RULE], &text).len()
        };
        assert_eq!(count("{ hosts: { a.example.com: a }, http: 80 }"), 0);
        assert_eq!(count("{ hosts: { a.example.com: a } }"), 1);
        assert_eq!(count("{ hosts: {}, http: 80 }"), 1);
        assert_eq!(count("{ hosts: { a.example.com: a }, http: 80, tls: { credentialName: a } }"), 1);
        assert_eq!(
            count("{ hosts: { a.example.com: a }, http: 443, https: 443, tls: { credentialName: a } }"),
            1
        );
        let alone =
            "{ hosts: { a.example.com: a }, https: 443, tls: { credentialName: a, httpsRedirect: true } }";
        assert_eq!(count(alone), 1);
    }
}
