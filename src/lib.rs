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
pub mod judge;
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
use crate::diag::{Diagnostics, Reported};
use crate::lower::lower;
use crate::mesh::Mesh;
use crate::profile::Profile;
use crate::source::Str;

/// The compiler after resolving, in full: a profile that passes every check becomes a mesh.
///
/// # Errors
/// When any finding is an error; all of them are in `diags`.
pub fn compile(name: Str, profile: Profile, diags: &mut Diagnostics) -> Result<(Scenario, Mesh), Reported> {
    let scenario = check(name, profile, diags)?;
    let mesh = amend(lower(&scenario), &scenario, diags)?;
    Ok((scenario, mesh))
}
