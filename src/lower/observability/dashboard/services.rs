//! What a dashboard lets people choose: a data source, and services by name.

use std::collections::BTreeSet;

use crate::kube::observability::grafana::{Choice, Datasource, Variable};
use crate::lower::Context;
use crate::lower::security::scope;
use crate::metrics::{COPIES, Label, Match, Metric, REQUESTS, TCP_OPENED};
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::service::Protocol;

/// The Prometheus that is chosen.
pub const PROMETHEUS: Datasource = Datasource { r#type: "prometheus", uid: "${datasource}" };

/// More services than this, and one is chosen at first, not all: each has a row of its own.
const FEW: usize = 20;
/// More bytes of names than this, and Prometheus is asked for them: `kubectl apply` keeps a copy of a ConfigMap in an
/// annotation, which may have 256 KiB.
const MOST_BYTES: usize = 96 * 1024;
/// More bytes of namespaces than this, and every namespace will do.
const MOST_BYTES_OF_NAMESPACES: usize = 4 * 1024;

/// Some services of the profile, to be chosen from.
pub struct Services<'p> {
    /// The variable's name.
    name: &'static str,
    label: &'static str,
    /// What knows of them if there are too many to be listed.
    metric: &'static Metric,
    all: Vec<ServiceRef<'p>>,
}

impl<'p> Services<'p> {
    /// Those with ports that speak HTTP.
    pub fn http(cx: &Context<'p>) -> Self {
        let all =
            cx.profile.service_refs().filter(|it| it.service.ports.values().any(|it| it.protocol.is_http()));
        Self { name: "service", label: "Service", metric: &REQUESTS, all: all.collect() }
    }

    /// Those with ports that carry bytes.
    pub fn tcp(cx: &Context<'p>) -> Self {
        let all =
            cx.profile.service_refs().filter(|it| it.service.ports.values().any(|it| !it.protocol.is_http()));
        Self { name: "tcp", label: "TCP service", metric: &TCP_OPENED, all: all.collect() }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether some of them speak gRPC.
    pub fn speak_grpc(&self) -> bool {
        let mut ports = self.all.iter().flat_map(|it| it.service.ports.values());
        ports.any(|it| it.protocol.value == Protocol::Grpc)
    }

    /// Whether each of them takes nothing but mutual TLS.
    pub fn all_strict(&self) -> bool {
        self.all.iter().all(|it| it.is_strict())
    }

    /// The variable: names for people, patterns of hosts for queries.
    pub fn variable(&self, cx: &Context<'_>) -> Variable {
        let entries: Vec<(String, String)> = self.all.iter().map(|it| entry(cx, *it)).collect();
        let everything = everything(cx, &self.all);
        let bytes: usize = entries.iter().map(|(name, host)| name.len() + host.len() + 5).sum();
        let current = match entries.first() {
            Some((name, host)) if entries.len() > FEW => chosen(name, host),
            _ => chosen("All", "$__all"),
        };
        if bytes > MOST_BYTES {
            return self.asked(everything);
        }
        let listed: Vec<String> =
            entries.into_iter().map(|(name, host)| format!("{name} : {host}")).collect();
        Variable {
            r#type: "custom",
            name: self.name,
            label: self.label,
            query: listed.join(", "),
            datasource: None,
            refresh: None,
            multi: true,
            include_all: true,
            all_value: Some(everything),
            current: Some(current),
        }
    }

    /// The same, filled by Prometheus with the services that it has seen.
    fn asked(&self, everything: String) -> Variable {
        let host = Label::DestinationService;
        let seen = self.metric.select(&[Match::Like(host, &everything)]);
        Variable {
            r#type: "query",
            name: self.name,
            label: self.label,
            query: format!("label_values({seen}, {})", host.word()),
            datasource: Some(PROMETHEUS),
            refresh: Some(2),
            multi: true,
            include_all: true,
            all_value: Some(everything),
            current: None,
        }
    }
}

/// The data source's own variable.
pub fn datasource() -> Variable {
    Variable {
        r#type: "datasource",
        name: "datasource",
        label: "Prometheus",
        query: "prometheus".to_owned(),
        datasource: None,
        refresh: Some(1),
        multi: false,
        include_all: false,
        all_value: None,
        current: None,
    }
}

fn chosen(text: &str, value: &str) -> Choice {
    Choice { text: [text.to_owned()], value: [value.to_owned()] }
}

/// Services of two namespaces may share a name. A dot of a pattern is any sign, yet no two hosts differ only there.
fn entry(cx: &Context<'_>, service: ServiceRef<'_>) -> (String, String) {
    let (name, namespace) = (service.name(), service.namespace());
    let shown =
        if *namespace == cx.profile.namespace { name.to_string() } else { format!("{namespace}/{name}") };
    // Flagger sends the requests to Services of its own.
    let flagger = service.engine() == Some(Engine::Flagger);
    let rest = if flagger { COPIES } else { "" };
    (shown, format!("{name}{rest}.{namespace}.svc.{}", cx.profile.mesh.cluster_domain))
}

/// Every service of the namespaces concerned.
fn everything(cx: &Context<'_>, services: &[ServiceRef<'_>]) -> String {
    let names: BTreeSet<&str> = services.iter().map(|it| it.namespace().as_str()).collect();
    let names = names.into_iter().collect::<Vec<_>>().join("|");
    let names = if names.len() > MOST_BYTES_OF_NAMESPACES { ".+".to_owned() } else { names };
    format!(".+[.]({names})[.]svc[.]{}", cx.profile.mesh.cluster_domain)
}

/// A pattern of the namespaces of everything that runs.
pub fn namespaces(cx: &Context<'_>) -> String {
    let names = scope::namespaces(cx.profile);
    let names = names.into_keys().map(|it| it.as_str()).collect::<Vec<_>>().join("|");
    if names.len() > MOST_BYTES_OF_NAMESPACES { ".+".to_owned() } else { names }
}
