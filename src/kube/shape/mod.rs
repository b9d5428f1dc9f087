//! What a document may look like: every field of Kubernetes, Istio and the Gateway API, in a notation that reads like
//! their references. It is the judgement of the API server, without any file of the user's.
//!
//! The tables (`*.shape`) hold one object a block and one field a line: a name, `!` if it must be there, and a type.
//!
//! * Texts: `text`, `word` (not empty), or a format of `text.rs` such as `label` or `hostname`; `text(1..63)` limits the
//!   number of characters. `A|B` is one of these words (`''` is the empty one), `301|302` one of these numbers.
//! * Numbers: `number`, `number(0..100)`; whole ones are `int` (32 bits), `long` (64 bits), `uint` (unsigned), `count`
//!   (0 or more), `port` (1 to 65535) or a range such as `100..599`. `number-or-text`, `port-or-name`, `quantity`
//!   and `bool` are what they say, a `share` is a number or percents. `duration` is at least 1 ms in Go's spelling, `duration0` any length.
//! * `[T]` is a list, `{T}` a mapping of names, `{label: T}` one of names of a format, `mapping` one of anything, `any` anything, and any other name an object
//!   of the table. `[T](1..16)` and `{T}(..8)` limit how many there are; `[T](by name port)` and `[T](unique)` say what
//!   tells items apart.
//!
//! A block of a kind says where it is served, `Name in group/version version`, then perhaps `of cluster`, `needs spec` and
//! `named` the format of its names. Names before a dot only tell blocks apart (`events.Event`). `...` says that there are more fields.
//!
//! Rules stand below the fields: `oneof` (at most one of them), `oneof!` (just one of them), `anyof!` (at least one of them),
//! `union type A=a B=b` (`a` if and only if `type` is `A`), and `check`, a function of `rule/`.

#[cfg(test)]
mod carried;
#[cfg(test)]
mod crds;
mod cron;
mod judge;
#[cfg(test)]
mod kubernetes_tests;
mod meta;
mod number;
#[cfg(test)]
mod official;
mod patch;
mod pattern;
mod quantity;
mod rule;
mod scalar;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod url;

use std::sync::OnceLock;

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::yaml::Node;

use judge::Judge;
use table::{Object, Served, Table};

pub use number::Reading;

const ISTIO: &[&str] = &[
    include_str!("common.shape"),
    include_str!("istio/virtual_service.shape"),
    include_str!("istio/destination_rule.shape"),
    include_str!("istio/boundary.shape"),
    include_str!("istio/envoy_filter.shape"),
    include_str!("istio/policy.shape"),
];

const GATEWAY: &[&str] = &[
    include_str!("common.shape"),
    include_str!("gateway/gateway.shape"),
    include_str!("gateway/routes.shape"),
    include_str!("gateway/policies.shape"),
];

const BUILTIN: &[&str] = &[
    include_str!("common.shape"),
    include_str!("kubernetes/core.shape"),
    include_str!("kubernetes/pods.shape"),
    include_str!("kubernetes/volumes.shape"),
    include_str!("kubernetes/apps.shape"),
    include_str!("kubernetes/batch.shape"),
    include_str!("kubernetes/autoscaling.shape"),
    include_str!("kubernetes/policy.shape"),
    include_str!("kubernetes/networking.shape"),
    include_str!("kubernetes/access.shape"),
    include_str!("kubernetes/admission.shape"),
    include_str!("kubernetes/extensions.shape"),
    include_str!("kubernetes/storage.shape"),
    include_str!("kubernetes/resource.shape"),
    include_str!("kubernetes/machinery.shape"),
];

/// A kind: the table that it is in, and whether its block is the whole document, not only its `spec`.
struct Known {
    table: &'static Table,
    object: &'static Object,
    served: &'static Served,
    whole: bool,
}

/// Judges a document by the shape of its kind; `false` if we know no such kind.
///
/// Every unknown field, wrong type, unknown word, limit, missing field and broken rule is reported at its place.
pub fn judge(
    api_version: &str,
    kind: &str,
    document: &Node,
    reading: Reading,
    diags: &mut Diagnostics,
) -> bool {
    let before = diags.len();
    let Some(known) = find(api_version, kind) else {
        return moved(api_version, kind, document, reading, diags);
    };
    if !known.served.versions.contains(&version(api_version)) {
        not_served(api_version, kind, document, reading, diags);
    }
    let mut judge = Judge { table: known.table, reading, diags };
    if known.whole {
        judge.object(known.object, document, Span::NONE);
    } else {
        spec(&mut judge, known.object, document);
    }
    // A review is a question: nobody keeps it, so it has no name.
    if !matches!(known.served.group, "authentication.k8s.io" | "authorization.k8s.io") {
        meta::judge(document, known.served.naming, known.served.longest, diags);
    }
    if diags.len() > before && known.whole && reading == Reading::Go {
        patch::soften(document, before, diags);
    }
    true
}

/// Judges what every object has, whatever its kind: its metadata.
pub fn judge_metadata(document: &Node, reading: Reading, diags: &mut Diagnostics) {
    let table = istio();
    if let (Some(object), Some(metadata)) = (table.object("ObjectMeta"), document.get("metadata")) {
        Judge { table, reading, diags }.object(object, metadata, Span::NONE);
    }
    if let Some(naming) = text::Format::find("subdomain") {
        meta::judge(document, naming, 253, diags);
    }
}

/// Whether objects of a kind live in a namespace; `None` for a kind that we do not know.
pub fn is_namespaced(api_version: &str, kind: &str) -> Option<bool> {
    find(api_version, kind).map(|it| it.served.namespaced)
}

/// A custom resource: its fields are those of its `spec`.
fn spec(judge: &mut Judge<'_>, object: &Object, document: &Node) {
    const KEYS: [&str; 4] = ["apiVersion", "kind", "metadata", "spec"];
    let table = judge.table;
    for entry in document.entries() {
        let takes = match entry.key.as_str() {
            "metadata" => table.object("ObjectMeta"),
            "spec" => Some(object),
            "apiVersion" | "kind" | "status" => continue,
            _ => {
                judge.unknown(object.label(), &entry.key, &KEYS);
                continue;
            }
        };
        if let Some(takes) = takes {
            judge.mapping(takes, &entry.key, &entry.value);
        }
    }
    let needed = object.served.as_ref().is_some_and(|it| it.needs_spec);
    if needed && document.get("spec").is_none_or(Node::is_null) {
        judge.missing(object.label(), "spec", head(document));
    }
}

/// The words at the head of a document that say what it is: the place of what it lacks as a whole.
fn head(document: &Node) -> Span {
    document.get("kind").map_or(document.span, |it| it.span)
}

/// All of Istio's kinds. A table is read when first asked for, as most profiles need none of it.
fn istio() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::parse(ISTIO, false))
}

fn gateway() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::parse(GATEWAY, false))
}

fn builtin() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::parse(BUILTIN, true))
}

fn version(api_version: &str) -> &str {
    api_version.rsplit('/').next().unwrap_or(api_version)
}

/// The kind of a group, in this version or else in any.
fn find(api_version: &str, kind: &str) -> Option<Known> {
    let group = crate::kube::group(api_version);
    let (table, whole) = match group {
        _ if group.ends_with(".istio.io") => (istio(), false),
        "gateway.networking.k8s.io" | "gateway.networking.x-k8s.io" => (gateway(), false),
        _ if group.contains('.') && !group.ends_with(".k8s.io") => return None,
        _ => (builtin(), true),
    };
    let mut found = None;
    // Which versions of the Gateway API a cluster has depends on its channel and release.
    let any = group.ends_with(".istio.io") || whole;
    for (object, served) in table.kinds(kind).filter(|it| it.1.group == group) {
        let fits = served.versions.contains(&version(api_version));
        if fits || (any && found.is_none()) {
            found = Some(Known { table, object, served, whole });
        }
        if fits {
            break;
        }
    }
    found
}

/// A built-in kind in a group that it is not in, such as `extensions/v1beta1`, where many began.
fn moved(api_version: &str, kind: &str, document: &Node, reading: Reading, diags: &mut Diagnostics) -> bool {
    let group = crate::kube::group(api_version);
    let foreign = group.contains('.') && !group.ends_with(".k8s.io");
    if foreign || builtin().kinds(kind).next().is_none() || !builtin().has_group(group) {
        return false;
    }
    not_served(api_version, kind, document, reading, diags);
    true
}

/// Reports a version that the kind is not served in. Somebody's old cluster may still serve what the newest does not.
fn not_served(api_version: &str, kind: &str, document: &Node, reading: Reading, diags: &mut Diagnostics) {
    let span = document.get("apiVersion").map_or(document.span, |it| it.span);
    let group = crate::kube::group(api_version);
    let tables = if group.ends_with(".istio.io") { [istio(), istio()] } else { [gateway(), builtin()] };
    let own = |it: &&Served| it.group == group;
    let all: Vec<&Served> = tables.iter().take(2).flat_map(|it| it.kinds(kind)).map(|it| it.1).collect();
    let mut known: Vec<String> = Vec::new();
    let same_group = all.iter().any(own);
    for served in all.iter().filter(|it| !same_group || own(it)) {
        let slash = if served.group.is_empty() { "" } else { "/" };
        for version in &served.versions {
            let name = format!("{}{slash}{version}", served.group);
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }
    let message = format!("{kind} is not served as `{api_version}`");
    let ours = reading == Reading::Core || group.ends_with(".istio.io");
    let severity = if ours { Diagnostic::error } else { Diagnostic::warning };
    let finding = severity(code::BAD_VALUE, span, message);
    diags.push(finding.help(format!("known: {}", known.join(", "))));
}
