//! meshgen compiles short typed profiles into Kubernetes + Istio YAML.
//!
//! A tour, in the order in which a profile walks through the house:
//!
//! 1. [`yaml::parse`] makes a tree of the text; every key and value remembers its [`source::Span`].
//! 2. [`resolve`] lays base, parents, profile, environment and `--set` over one another as trees, then reads the result
//!    once into a [`profile::Profile`]. After that nothing is missing: what a profile leaves out, base says.
//! 3. [`mod@check`] asks every rule. What passes is a [`check::Scenario`]; nothing else makes one.
//! 4. [`mod@lower`] turns it into the objects of a [`mesh::Mesh`]. It cannot fail: whatever could stop it was a rule of
//!    `check`. Values are cloned with their places, so that a finding about an object points at the profile.
//! 5. [`mod@amend`] adds the user's `raw:` manifests and applies `patches:`.
//! 6. [`mod@bundle`] gives the mesh paths and texts; [`outdir`] makes a folder equal to them, losing nothing.
//!    [`mod@scripts`] adds what a person runs against the cluster.
//!
//! The right wing starts from a mesh, also one of anybody's manifests ([`mesh::Mesh::read`]): [`graph`](mod@graph) draws it.
//!
//! [`mod@plan`] makes a row of profiles of one, a step apart, and one folder of all their bundles.
//!
//! [`mod@gitops`] makes, of the same meshes, the files by which Argo CD or Flux takes such a folder over.
//!
//! [`compile`] is steps 3 to 5; [`judge`] asks the rules about manifests, of [`mod@lint`], of what came out. [`diag`] holds what we tell users, [`rule`] the shape of a rule, [`kube`] the wire types.
//! Only [`cli`] and [`outdir`], the porch, touch the world; all else is a pure function of its arguments.
//!
//! `ARCHITECTURE.md` says who may import whom, and `tests/house/` holds every file to it.

pub mod amend;
pub mod builtin;
pub mod bundle;
pub mod catalogue;
pub mod check;
pub mod cli;
#[cfg(feature = "crds")]
pub mod crds;
pub mod diag;
pub mod gitops;
pub mod glob;
pub mod graph;
pub mod handbook;
pub mod kube;
pub mod lint;
pub mod lower;
pub mod mend;
pub mod mesh;
pub mod metrics;
pub mod outdir;
pub mod plan;
pub mod profile;
pub mod resolve;
pub mod rule;
pub mod scripts;
pub mod settings;
pub mod source;
pub mod template;
pub mod units;
pub mod verdict;
pub mod yaml;

use crate::amend::amend;
use crate::check::{Scenario, check};
use crate::diag::{Diagnostic, Diagnostics, Reported, Severity};
use crate::lower::lower;
use crate::mesh::{Cluster, External, Mesh, MeshConfig};
use crate::profile::Profile;
use crate::source::Str;

/// What the rules about manifests say of a compiled mesh, each finding at the line of the profile that caused it.
///
/// What is only good to know is left to `meshgen lint`.
pub fn judge(scenario: &Scenario, mesh: &Mesh, diags: &mut Diagnostics) -> Cluster {
    let profile = scenario.profile();
    let facts = &profile.mesh;
    let config = MeshConfig::of(&facts.trust_domain, &facts.root_namespace, &facts.cluster_domain);
    let callers = profile.callers.values().map(|it| External {
        namespace: Some(it.namespace.value.clone()),
        name: it.service_account.value.clone(),
    });
    let cluster = Cluster::new(mesh, config, callers.collect());
    let mut own = Diagnostics::default();
    lint::lint(&cluster, &mut own);
    own.retain(|finding| {
        becomes(finding, &cluster);
        finding.severity > Severity::Info
    });
    diags.append(own);
    cluster
}

/// Says which object the line of the profile comes to.
fn becomes(finding: &mut Diagnostic, cluster: &Cluster) {
    let Some(title) = finding.object.as_deref().filter(|_| finding.label.is_empty()) else { return };
    let is_it = |it: &&mesh::Object| it.name.as_str() == title.name && it.title() == *title;
    let object = cluster.objects().iter().find(is_it).filter(|_| finding.span.is_some());
    let key = object.and_then(|it| it.node.key_at(finding.span));
    let part = key.map_or_else(|| "part of ".to_owned(), |it| format!("`{it}` in "));
    finding.label = format!("becomes {part}{} `{}`", title.kind, title.name);
}

/// The compiler after resolving, in full: a profile that passes every check becomes a mesh.
///
/// # Errors
/// When any finding is an error; all of them are in `diags`.
pub fn compile(name: Str, profile: Profile, diags: &mut Diagnostics) -> Result<(Scenario, Mesh), Reported> {
    let scenario = check(name, profile, diags)?;
    let mesh = amend(lower(&scenario), &scenario, diags)?;
    Ok((scenario, mesh))
}
