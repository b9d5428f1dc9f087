//! The requests of `expect`, as commands that a reader types, each with the answer that it must get.

use serde::Serialize;

use crate::handbook::shell::{exec, line};
use crate::handbook::words::{all_of, port};
use crate::lower::Context;
use crate::profile::Expectation;
use crate::profile::lookup::{ClientRef, ServiceRef, Who};
use crate::profile::workload::EnvValue;
use crate::source::Text;
use crate::template::code;
use crate::units::PortRef;

/// As many requests tell shares well enough.
const SAMPLE: u32 = 100;

/// One command and its answer.
#[derive(Serialize)]
pub struct Ask {
    /// The name in `expect`.
    name: String,
    /// Who asks whom for what.
    asks: String,
    /// What is typed; `None` where nothing of the bundle can ask.
    command: Option<String>,
    /// What must come back.
    answer: String,
    /// The image may have no curl.
    bare: bool,
}

/// Every request that the profile expects something of.
pub fn asks(cx: &Context<'_>) -> Vec<Ask> {
    let mut all = Vec::new();
    for (name, expectation) in cx.profile.expect.iter() {
        for from in expectation.from.iter() {
            for path in expectation.request.paths.iter() {
                all.push(Request { cx, expectation, from, path }.ask(name));
            }
        }
    }
    all
}

struct Request<'r, 's> {
    cx: &'r Context<'s>,
    expectation: &'r Expectation,
    from: &'r Text,
    path: &'r Text,
}

impl<'s> Request<'_, 's> {
    fn ask(&self, name: &str) -> Ask {
        let headers = self.expectation.headers.iter();
        let headers: Vec<String> =
            headers.map(|(name, it)| format!("{}: {}", code(name), code(it))).collect();
        let with = if headers.is_empty() { String::new() } else { format!(" with {}", all_of(&headers)) };
        let request = format!("{} {}", self.expectation.request.method, self.path);
        Ask {
            name: name.to_owned(),
            asks: format!(
                "{} asks {} for {}{with}",
                code(self.from),
                code(&self.expectation.to),
                code(&request)
            ),
            command: self.command(),
            answer: self.answer(),
            bare: matches!(self.cx.profile.who(self.from), Some(Who::Service(_)))
                || self.client().is_some_and(|it| !has_curl(it)),
        }
    }

    fn client(&self) -> Option<ClientRef<'s>> {
        self.cx.profile.client(self.from)
    }

    fn service(&self) -> Option<ServiceRef<'s>> {
        self.cx.profile.service(&self.expectation.to)
    }

    /// The versions tell their names: the image is one that sends a variable back, and each has it.
    fn tells(&self) -> bool {
        let told = !(self.expectation.outcome.split.is_empty() && self.expectation.outcome.only.is_none());
        let names = |service: ServiceRef<'_>| {
            let one = |(name, it): (&Text, &crate::profile::Version)| {
                let own =
                    it.env.get("VERSION").is_some_and(|it| matches!(it, EnvValue::Text(it) if it == name));
                own && it.image.contains("echo-server")
            };
            service.service.versions.iter().all(one)
        };
        told && self.target().is_some_and(names)
    }

    /// The service that answers in the end.
    fn target(&self) -> Option<ServiceRef<'s>> {
        let profile = self.cx.profile;
        self.service().or_else(|| {
            let gateway = profile.gateway.as_ref()?;
            profile.service(&gateway.hosts.get(host_of(&self.expectation.to).1)?.service)
        })
    }

    fn command(&self) -> Option<String> {
        let profile = self.cx.profile;
        let curl = |more: &[&str]| self.curl(more);
        if self.from.as_str() == "outside-the-mesh" {
            let run = "kubectl -n default run outside-the-mesh --rm -i --quiet --restart=Never --image=curlimages/curl:8.16.0 \
                       --labels=sidecar.istio.io/inject=false --command --";
            return Some(format!("{run} {}", curl(&[])?));
        }
        match profile.who(self.from)? {
            Who::Client(client) => {
                Some(format!("{} {}", exec(client.namespace(), client.name()), curl(&[])?))
            }
            Who::Service(service) => {
                let version = service.service.versions.names().next()?;
                let deployment = format!("{}-{version}", service.name());
                Some(format!("{} {}", exec(service.namespace(), &deployment), curl(&[])?))
            }
            Who::Ingress => {
                let (scheme, host, port) = self.outside()?;
                let mut more = Vec::new();
                if scheme == "https" {
                    more.push("-k");
                }
                // Unquoted, so that the shell puts the address in.
                Some(format!(
                    "{} --connect-to {}:{port}:\"$GATEWAY\":{port}",
                    curl(&more)?,
                    shell_safe(&host)?
                ))
            }
            Who::Caller(_) => None,
        }
    }

    /// `curl` with everything but who calls it.
    fn curl(&self, more: &[&str]) -> Option<String> {
        let request = &self.expectation.request;
        let many = self.tells()
            && !self.expectation.outcome.split.is_empty()
            && !self.path.contains(['[', ']', '{', '}']);
        let mut words: Vec<String> = ["curl", "-s", "-m", "10"].map(str::to_owned).to_vec();
        words.extend(more.iter().map(|it| (*it).to_owned()));
        if !many {
            words.push("-g".to_owned());
        }
        match request.method {
            "GET" => {}
            "HEAD" => words.push("-I".to_owned()),
            other => words.extend(["-X".to_owned(), other.to_owned()]),
        }
        for (name, value) in self.expectation.headers.iter() {
            words.extend(["-H".to_owned(), format!("{name}: {value}")]);
        }
        let mut url = self.url()?;
        if self.tells() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str("echo_env_body=VERSION");
            if many {
                url.extend(["&n=[1-", &SAMPLE.to_string(), "]"]);
            }
            words.extend(["-w", "\\n"].map(str::to_owned));
        } else if request.method == "HEAD" {
            words.extend(["-o", "/dev/null", "-w", "%{http_code}\\n"].map(str::to_owned));
        } else {
            words.extend(["-o", "/dev/null", "-w", "%{http_code} %{redirect_url}\\n"].map(str::to_owned));
        }
        words.push(url);
        Some(line(words.iter().map(String::as_str)))
    }

    fn url(&self) -> Option<String> {
        if self.from.as_str() == "ingress" {
            let (scheme, host, port) = self.outside()?;
            return Some(format!("{scheme}://{host}{}{}", suffix(scheme, port), self.path));
        }
        if let Some(service) = self.service() {
            let port = self.port(service)?;
            return Some(format!("http://{}{}{}", self.cx.host(service), suffix("http", port), self.path));
        }
        let (scheme, host) = host_of(&self.expectation.to);
        let port =
            self.expectation.port.as_ref().map_or_else(String::new, |it| format!(":{}", port(&it.value)));
        Some(format!("{}://{host}{port}{}", scheme.unwrap_or("http"), self.path))
    }

    fn port(&self, service: ServiceRef<'_>) -> Option<u16> {
        let ports = &service.service.ports;
        match self.expectation.port.as_ref().map(|it| &it.value) {
            Some(PortRef::Number(number)) => Some(*number),
            Some(PortRef::Name(name)) => ports.get(name).map(|it| it.number.0),
            None => ports.values().next().map(|it| it.number.0),
        }
    }

    /// Scheme, host and port by which the gateway is asked.
    fn outside(&self) -> Option<(&'static str, String, u16)> {
        let profile = self.cx.profile;
        let gateway = profile.gateway.as_ref()?;
        let (scheme, host) = host_of(&self.expectation.to);
        let host = match self.service() {
            None => host.to_owned(),
            Some(service) => {
                let leads = |it: &Text| profile.service(it).is_some_and(|it| it.id == service.id);
                gateway.hosts.iter().find(|(_, it)| leads(&it.service))?.0.to_string()
            }
        };
        let plain = scheme.map_or(gateway.https.is_none(), |it| it == "http");
        // A star stands for any label of a name.
        let host = host.strip_prefix("*.").map_or(host.clone(), |it| format!("any.{it}"));
        if plain { Some(("http", host, gateway.http?.0)) } else { Some(("https", host, gateway.https?.0)) }
    }

    fn answer(&self) -> String {
        let out = &self.expectation.outcome;
        let mut parts = Vec::new();
        parts.extend(out.status.map(|it| code(&it.to_string())));
        parts.extend(out.denied.map(|it| format!("{}: a rule refuses it", code(&it.to_string()))));
        parts.extend(out.refused.as_ref().map(|_| {
            "`000`: the connection is reset before anything is read, and `curl` ends with 56 or 52".to_owned()
        }));
        parts.extend(out.redirected.as_ref().map(|it| format!("sent on to {}", code(it))));
        let gone = out.unreachable.is_some_and(|it| it.value);
        parts.extend(
            gone.then(|| "`502` from the caller's own proxy, or `000`: nobody is reached".to_owned()),
        );
        parts.extend(out.only.as_ref().map(|it| self.only(it)));
        if !out.split.is_empty() {
            parts.push(self.split());
        }
        parts.extend(out.mirrored.as_ref().map(|it| format!("{} gets a copy", code(it))));
        parts.extend(out.mtls.map(|it| if it.value { "by mutual TLS" } else { "in plaintext" }.to_owned()));
        parts.extend(out.timeout.as_ref().map(|it| format!("within {it}")));
        if parts.is_empty() { "any answer".to_owned() } else { parts.join("; ") }
    }

    fn only(&self, version: &str) -> String {
        if self.tells() {
            format!("{}, which is the version that answers", code(&format!("\"{version}\"")))
        } else {
            format!("`200`, always from {}", code(version))
        }
    }

    fn split(&self) -> String {
        let parts = self.expectation.outcome.split.iter().map(|(version, it)| {
            let percent = it.value.parts() / 10_000;
            let (least, most) = range(percent);
            if self.tells() && least < most {
                format!(
                    "{} about {percent} times of {SAMPLE} ({least} to {most})",
                    code(&format!("\"{version}\""))
                )
            } else if self.tells() {
                format!("{} {percent} times of {SAMPLE}", code(&format!("\"{version}\"")))
            } else {
                format!("{} % from {}", it.value, code(version))
            }
        });
        all_of(&parts.collect::<Vec<_>>())
    }
}

/// The least and the most of a share in a sample, within three standard deviations.
fn range(percent: u32) -> (u32, u32) {
    let spread = (9 * percent * 100u32.saturating_sub(percent) * SAMPLE).isqrt().div_ceil(100);
    (percent.saturating_sub(spread), (percent + spread).min(SAMPLE))
}

fn has_curl(client: ClientRef<'_>) -> bool {
    client.client.version.image.contains("curl")
}

/// The scheme, where there is one, and the host of a URL or a host.
fn host_of(to: &str) -> (Option<&'static str>, &str) {
    if let Some(host) = to.strip_prefix("https://") {
        return (Some("https"), host);
    }
    to.strip_prefix("http://").map_or((None, to), |host| (Some("http"), host))
}

fn suffix(scheme: &str, port: u16) -> String {
    let usual = if scheme == "https" { 443 } else { 80 };
    if port == usual { String::new() } else { format!(":{port}") }
}

/// A host that may stand in a shell without quotes.
fn shell_safe(host: &str) -> Option<&str> {
    host.chars().all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '.').then_some(host)
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_share_of_a_sample_varies() {
        assert_eq!(range(90), (81, 99));
        assert_eq!(range(50), (35, 65));
        assert_eq!(range(100), (100, 100));
    }
}
