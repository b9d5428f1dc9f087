//! meshgen compiles short typed profiles into Kubernetes + Istio YAML.

pub mod amend;
pub mod builtin;
pub mod bundle;
pub mod check;
pub mod cli;
pub mod diag;
pub mod kube;
pub mod lower;
pub mod mesh;
pub mod outdir;
pub mod profile;
pub mod resolve;
pub mod rule;
pub mod source;
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
