//! Who may call whom: a row for each caller and service that a rule speaks of, and what holds for all others.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::handbook::matrix::matrix;
use crate::handbook::words::{codes, port, some_codes, table_of};
use crate::kube::Resource;
use crate::lower::Context;
use crate::mesh::Mesh;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::{Access as Default, AuthzRule, Source, SourceFacts};
use crate::source::Text;
use crate::template::code;

/// Up to so many services one table is read with ease; more are parted by namespace.
const ONE_TABLE: usize = 50;

/// A rule of more pairs than these keeps them in one row.
const PAIRS: usize = 100;

const HEAD: [&str; 6] = ["Caller", "Service", "Methods", "Paths", "Ports and other conditions", "Rule"];

/// Who may call whom.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked by a sentence")]
pub struct Access {
    deny_by_default: bool,
    dry_run: bool,
    /// Some rule only counts what it would do.
    tried: bool,
    any: bool,
    allow: Vec<Part>,
    deny: Vec<Part>,
    /// Services that take requests from anybody, and those that take them from those named only.
    open: Option<String>,
    closed: Option<String>,
    matrix: Option<String>,
    tokens: Option<String>,
    network: bool,
    reviewed: Option<Review>,
}

/// A table, of a namespace where there are several.
#[derive(Serialize)]
struct Part {
    namespace: Option<String>,
    table: Option<String>,
}

#[derive(Serialize)]
struct Review {
    owner: String,
    on: String,
    every: u32,
}

impl Access {
    /// What a profile says of access, and what the mesh adds for the gateway.
    pub fn of(cx: &Context<'_>, mesh: &Mesh) -> Self {
        let profile = cx.profile;
        let authz = &profile.authz;
        let openings = openings(mesh);
        let closed = closed(profile);
        let (kept, open): (Vec<_>, Vec<_>) = profile.service_refs().partition(|it| closed.contains(it.id));
        let names = |all: Vec<ServiceRef<'_>>| {
            (!all.is_empty()).then(|| some_codes(all.iter().map(|it| it.name().as_str()), 12))
        };
        let rules = || authz.allow.values().chain(authz.deny.values());
        Self {
            deny_by_default: authz.default.value == Default::Deny,
            dry_run: authz.dry_run.value,
            tried: rules().any(|it| it.dry_run.is_some_and(|it| it.value)),
            any: rules().next().is_some(),
            allow: parts(profile, authz.allow.iter(), &openings),
            deny: parts(profile, authz.deny.iter(), &[]),
            matrix: matrix(profile, &closed, &openings),
            open: names(open),
            closed: names(kept),
            tokens: tokens(profile),
            network: profile.network_policy.value,
            reviewed: profile.policy_review.as_ref().map(|it| Review {
                owner: it.owner.to_string(),
                on: it.reviewed_on.to_string(),
                every: it.every_days.value,
            }),
        }
    }
}

/// Services that take requests only from those named, by id.
pub fn closed(profile: &Profile) -> BTreeSet<&Text> {
    let authz = &profile.authz;
    let mut closed = BTreeSet::new();
    if authz.dry_run.value {
        return closed;
    }
    let enforced = || authz.allow.values().filter(|it| it.dry_run.is_none_or(|it| !it.value));
    let all = authz.default.value == Default::Deny || enforced().any(|it| it.to.is_empty());
    if all {
        closed.extend(profile.service_refs().map(|it| it.id));
    }
    closed
        .extend(enforced().flat_map(|it| it.to.iter()).filter_map(|it| profile.service(it)).map(|it| it.id));
    closed
}

/// The services that stay open to the gateway without a rule of the profile: namespace and name of each policy.
fn openings(mesh: &Mesh) -> Vec<(&str, &str)> {
    let of = |it: &'_ Resource| matches!(it, Resource::AuthorizationPolicy(_));
    let policies = mesh.manifests().iter().map(|it| &it.resource).filter(|it| of(it));
    let named = policies.map(|it| (it.namespace().map_or("", |it| it.as_str()), it.name().as_str()));
    named.filter(|(_, it)| it.starts_with("allow-ingress.") && *it != "allow-ingress.at.gateway").collect()
}

fn parts<'p>(
    profile: &'p Profile,
    rules: impl Iterator<Item = (&'p Text, &'p AuthzRule)>,
    openings: &[(&str, &str)],
) -> Vec<Part> {
    let apart = profile.services.len() > ONE_TABLE;
    let mut all: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    for (name, rule) in rules {
        for (namespace, row) in rows(profile, name, rule) {
            all.entry(if apart { namespace } else { "" }).or_default().push(row);
        }
    }
    for (namespace, policy) in openings {
        let service = policy.trim_start_matches("allow-ingress.");
        let any = || "any".to_owned();
        let rule = format!("{} (added, because a host leads here)", code(policy));
        let row = vec![code("ingress"), code(service), any(), any(), "the exposed ports".to_owned(), rule];
        let key = profile.service_refs().map(|it| it.namespace().as_str()).find(|it| it == namespace);
        all.entry(key.filter(|_| apart).unwrap_or("")).or_default().push(row);
    }
    let part = |(namespace, mut rows): (&str, Vec<Vec<String>>)| {
        rows.sort();
        let namespace = (!namespace.is_empty()).then(|| namespace.to_owned());
        Part { namespace, table: table_of(&HEAD, &rows) }
    };
    all.into_iter().map(part).collect()
}

/// The rows of a rule, each with the namespace that it belongs to.
fn rows<'p>(profile: &'p Profile, name: &Text, rule: &'p AuthzRule) -> Vec<(&'p str, Vec<String>)> {
    let mut callers: Vec<String> = rule.from.iter().map(source).collect();
    if callers.is_empty() {
        callers.push("anybody".to_owned());
    }
    let home = profile.namespace.as_str();
    let mut targets: Vec<(&str, String)> = rule
        .to
        .iter()
        .filter_map(|it| profile.service(it))
        .map(|it| (it.namespace().as_str(), code(it.name())))
        .collect();
    if targets.is_empty() {
        targets.push((home, "every workload".to_owned()));
    }
    if callers.len() * targets.len() > PAIRS {
        let mut names = targets.into_iter().map(|it| it.1).collect::<Vec<_>>();
        names.dedup();
        (callers, targets) = (vec![callers.join(", ")], vec![(home, names.join(", "))]);
    }
    let [methods, paths, more] = operation(rule);
    let tried = profile.authz.dry_run.value || rule.dry_run.is_some_and(|it| it.value);
    let rule = format!("{}{}", code(name), if tried { " (dry run)" } else { "" });
    let mut out = Vec::new();
    for caller in &callers {
        for (namespace, target) in &targets {
            let row = [caller, target, &methods, &paths, &more, &rule].map(Clone::clone).to_vec();
            out.push((*namespace, row));
        }
    }
    out
}

/// Who a source of a rule is.
pub fn source(source: &Source) -> String {
    match source {
        Source::Who(name) => code(name),
        Source::Facts(facts) => facts_of(facts),
    }
}

fn facts_of(facts: &SourceFacts) -> String {
    let kinds: [(&str, &[Text]); 11] = [
        ("account", &facts.service_accounts),
        ("identity", &facts.principals),
        ("any identity but", &facts.not_principals),
        ("namespace", &facts.namespaces),
        ("any namespace but", &facts.not_namespaces),
        ("address", &facts.ip_blocks),
        ("any address but", &facts.not_ip_blocks),
        ("client address", &facts.remote_ip_blocks),
        ("any client address but", &facts.not_remote_ip_blocks),
        ("token of", &facts.request_principals),
        ("any token but of", &facts.not_request_principals),
    ];
    let told = kinds.iter().filter(|(_, it)| !it.is_empty());
    told.map(|(word, it)| format!("{word} {}", names(it))).collect::<Vec<_>>().join(" with ")
}

/// Methods, paths, and everything else that a rule asks of a request.
fn operation(rule: &AuthzRule) -> [String; 3] {
    let of = |is: &[Text], not: &[Text]| {
        let not = (!not.is_empty()).then(|| format!("any but {}", names(not)));
        let all: Vec<String> = (!is.is_empty()).then(|| names(is)).into_iter().chain(not).collect();
        if all.is_empty() { "any".to_owned() } else { all.join("; ") }
    };
    let mut more = Vec::new();
    if !rule.ports.is_empty() {
        let ports: Vec<String> = rule.ports.iter().map(|it| port(&it.value)).collect();
        more.push(format!("port {}", codes(ports.iter().map(String::as_str))));
    }
    if !(rule.hosts.is_empty() && rule.not_hosts.is_empty()) {
        more.push(format!("host {}", of(&rule.hosts, &rule.not_hosts)));
    }
    more.extend(
        rule.when.iter().map(|(key, it)| format!("{} is {}", code(key), of(&it.values, &it.not_values))),
    );
    let more = if more.is_empty() { "any".to_owned() } else { more.join("; ") };
    [of(&rule.methods, &rule.not_methods), of(&rule.paths, &rule.not_paths), more]
}

fn names(all: &[Text]) -> String {
    codes(all.iter().map(|it| it.as_str()))
}

fn tokens(profile: &Profile) -> Option<String> {
    let rows = profile.jwt.iter().map(|(name, it)| {
        let to = if it.to.is_empty() { "every workload".to_owned() } else { names(&it.to) };
        let audiences = if it.audiences.is_empty() { "any".to_owned() } else { names(&it.audiences) };
        vec![code(name), code(&it.issuer), audiences, to]
    });
    table_of(&["Issuer", "`iss`", "`aud`", "Checked by"], &rows.collect::<Vec<_>>())
}
