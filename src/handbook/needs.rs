//! What must be there before the bundle is applied, each with the command that tells whether it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::handbook::helm::{providers, values};
use crate::handbook::services::{namespaces, versions};
use crate::handbook::shell::line;
use crate::handbook::words::{codes, one_of};
use crate::kube::group;
use crate::mesh::Mesh;
use crate::profile::Profile;
use crate::profile::workload::EnvValue;
use crate::template::code;

/// What must be there.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by a sentence")]
pub struct Needs {
    release: String,
    revision: Option<String>,
    root: String,
    cni: bool,
    providers: Vec<Named>,
    /// Traces go wherever the mesh sends them by default.
    default_tracing: bool,
    values: Option<String>,
    crds: String,
    crd_groups: Vec<Named>,
    secrets: Vec<Named>,
    callers: Vec<Named>,
    issuers: Vec<Named>,
    external: Option<String>,
    metrics_server: bool,
    trust_domain: Option<String>,
    sleeps: bool,
    /// The objects of the namespace of the whole mesh.
    mesh_wide: Option<String>,
    prometheus: Option<Prometheus>,
    raw: usize,
    patched: usize,
}

/// Something by name, what it is for, and how to see it.
#[derive(Serialize)]
struct Named {
    name: String,
    why: String,
    check: String,
}

#[derive(Serialize)]
struct Prometheus {
    namespace: String,
    address: Option<String>,
}

impl Needs {
    /// What a profile and its mesh ask for.
    pub fn of(profile: &Profile, mesh: &Mesh) -> Self {
        let tracing = profile.telemetry.as_ref().and_then(|it| it.tracing.as_ref());
        let every =
            || versions(profile).map(|it| it.2).chain(profile.client_refs().map(|it| &it.client.version));
        let hosts = profile.external.values().flat_map(|it| it.hosts.iter()).map(|it| it.as_str());
        let external = codes(hosts);
        let domain = profile.mesh.trust_domain.as_str();
        let release = profile.mesh.istio.value;
        Self {
            release: format!("{}.{}", release.major, release.minor),
            revision: profile.mesh.revision.as_ref().map(ToString::to_string),
            root: profile.mesh.root_namespace.to_string(),
            cni: profile.mesh.cni.value,
            providers: named_providers(profile),
            default_tracing: tracing.is_some_and(|it| it.provider.is_none()),
            values: values(profile),
            crds: crds(mesh, |it| it.ends_with("istio.io"))
                .into_values()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            crd_groups: other_crds(mesh),
            secrets: secrets(profile),
            callers: callers(profile),
            issuers: issuers(profile),
            external: (!external.is_empty()).then_some(external),
            metrics_server: every().any(|it| it.autoscaling.is_some()),
            trust_domain: (domain != "cluster.local").then(|| domain.to_owned()),
            sleeps: every().any(|it| it.termination.pre_stop_sleep_seconds.is_some()),
            mesh_wide: mesh_wide(profile, mesh),
            prometheus: profile.observability.as_ref().and_then(|it| it.prometheus.as_ref()).map(|it| {
                Prometheus {
                    namespace: it.namespace.to_string(),
                    address: it.address.as_ref().map(ToString::to_string),
                }
            }),
            raw: profile.raw.len(),
            patched: profile.patches.len(),
        }
    }
}

fn named_providers(profile: &Profile) -> Vec<Named> {
    let of = |it: crate::handbook::helm::Provider<'_>| Named {
        name: it.name.to_owned(),
        why: it.used_for.to_owned(),
        check: config_check(profile, it.name),
    };
    providers(profile).into_iter().map(of).collect()
}

/// Whether the configuration of the mesh says a word.
fn config_check(profile: &Profile, word: &str) -> String {
    let map = profile.mesh.revision.as_ref().map_or_else(|| "istio".to_owned(), |it| format!("istio-{it}"));
    let root = profile.mesh.root_namespace.as_str();
    let get = line(["kubectl", "-n", root, "get", "configmap", &map, "-o", "jsonpath={.data.mesh}"]);
    format!("{get} | {}", line(["grep", "-F", "--", word]))
}

/// The definitions of kinds by group, for the groups that are asked for.
fn crds(mesh: &Mesh, of: impl Fn(&str) -> bool) -> BTreeMap<&str, BTreeSet<String>> {
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for it in mesh.manifests() {
        let group = group(it.api_version());
        if of(group) {
            found.entry(group).or_default().insert(format!("{}.{group}", plural(it.resource.kind())));
        }
    }
    found
}

/// As custom resources are called: `gateways`, `telemetries`.
fn plural(kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    let vowel = |it: char| "aeiou".contains(it);
    match kind.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if kind.ends_with('s') => format!("{kind}es"),
        _ => format!("{kind}s"),
    }
}

fn other_crds(mesh: &Mesh) -> Vec<Named> {
    let outside = |it: &str| it.contains('.') && !it.ends_with("istio.io") && !it.ends_with("k8s.io");
    let releases = |names: &BTreeSet<String>| {
        names.iter().all(|it| it.starts_with("rollouts.") || it.starts_with("analysistemplates."))
    };
    let owner = |group: &str, names: &BTreeSet<String>| match group {
        "monitoring.coreos.com" => "the Prometheus operator",
        "flagger.app" => "Flagger",
        "argoproj.io" if releases(names) => "Argo Rollouts",
        "argoproj.io" => "the projects of Argo",
        _ => "manifests of your own",
    };
    let named = |(group, names): (&str, BTreeSet<String>)| Named {
        name: group.to_owned(),
        why: owner(group, &names).to_owned(),
        check: line(["kubectl", "get", "crd"].into_iter().chain(names.iter().map(String::as_str))),
    };
    crds(mesh, outside).into_iter().map(named).collect()
}

/// Every Secret and ConfigMap that pods, alerts and the gateway name, and that the bundle does not bring.
fn secrets(profile: &Profile) -> Vec<Named> {
    let mut found: BTreeMap<(&str, &str, &str), BTreeSet<&str>> = BTreeMap::new();
    let services = versions(profile).map(|(service, _, it)| (service.namespace().as_str(), it));
    let clients = profile.client_refs().map(|it| (it.namespace().as_str(), &it.client.version));
    for (namespace, version) in services.chain(clients) {
        for value in version.env.values() {
            match value {
                EnvValue::Text(_) => {}
                EnvValue::Secret(it) => {
                    found.entry(("secret", namespace, &it.name)).or_default().insert(&it.key);
                }
                EnvValue::ConfigMap(it) => {
                    found.entry(("configmap", namespace, &it.name)).or_default().insert(&it.key);
                }
            }
        }
    }
    let receivers = profile.observability.iter().flat_map(|it| it.receivers.values());
    let keys = receivers.flat_map(|it| {
        [it.slack.as_ref().map(|it| &it.secret), it.pager_duty.as_ref(), it.webhook.as_ref()]
            .into_iter()
            .flatten()
    });
    let keys: Vec<_> = keys.collect();
    for namespace in namespaces(profile) {
        for it in &keys {
            found.entry(("secret", namespace, &it.name)).or_default().insert(&it.key);
        }
    }
    let named = |((kind, namespace, name), keys): ((&str, &str, &str), BTreeSet<&str>)| Named {
        name: name.to_owned(),
        why: format!(
            "{} in namespace {}",
            one_of(&keys.into_iter().map(code).collect::<Vec<_>>()),
            code(namespace)
        ),
        check: line(["kubectl", "-n", namespace, "get", kind, name]),
    };
    found.into_iter().map(named).collect()
}

fn callers(profile: &Profile) -> Vec<Named> {
    let named = |(name, it): (&crate::source::Text, &crate::profile::Caller)| Named {
        name: name.to_string(),
        why: format!("{} in namespace {}", code(&it.service_account), code(&it.namespace)),
        check: line(["kubectl", "-n", &it.namespace, "get", "serviceaccount", &it.service_account]),
    };
    profile.callers.iter().map(named).collect()
}

fn issuers(profile: &Profile) -> Vec<Named> {
    let named = |(name, it): (&crate::source::Text, &crate::profile::JwtIssuer)| {
        let uri = it.jwks_uri.as_ref()?;
        Some(Named { name: name.to_string(), why: uri.to_string(), check: line(["curl", "-sf", uri]) })
    };
    profile.jwt.iter().filter_map(named).collect()
}

fn mesh_wide(profile: &Profile, mesh: &Mesh) -> Option<String> {
    let root = profile.mesh.root_namespace.as_str();
    let at_root = mesh.manifests().iter().map(|it| &it.resource);
    let at_root = at_root.filter(|it| it.namespace().is_some_and(|it| it.as_str() == root));
    let named: Vec<String> = at_root.map(|it| code(&format!("{}/{}", it.kind(), it.name()))).collect();
    (!named.is_empty()).then(|| named.join(", "))
}
