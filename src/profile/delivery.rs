//! How the bundle gets to the cluster, and who looks after its rules.

use schemars::{JsonSchema, Schema};

use crate::source::{Spanned, Text};
use crate::units::date::Date;
use crate::yaml::{FromScalar, Scalar, Wrong, choose, record, words};

/// How the bundle gets to the cluster.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delivery {
    /// Whether every object carries its place in the order as an Argo CD sync wave.
    pub sync_waves: Spanned<bool>,
    /// Which tool applies.
    pub tool: Option<Spanned<Tool>>,
    /// The repository: `https://`, `ssh://` or, for artifacts in a registry, `oci://`.
    pub repo: Option<Text>,
    /// The folder in it that `render --out` writes to.
    pub path: Option<Text>,
    /// The branch, tag or commit.
    pub revision: Option<Text>,
    /// The name under which Argo CD knows the cluster; absent: its own, and in a set that of the environment.
    pub cluster: Option<Text>,
}

record!(Delivery "`delivery`" { sync_waves, tool, repo, path, revision, cluster });

/// Which tool applies the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Argo CD.
    ArgoCd,
    /// Flux.
    Flux,
}

const TOOLS: &[(&str, Tool)] = &[("argo-cd", Tool::ArgoCd), ("flux", Tool::Flux)];

impl FromScalar for Tool {
    const EXPECTS: &'static str = "`argo-cd` or `flux`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, TOOLS)
    }

    fn schema() -> Schema {
        words(TOOLS)
    }
}

/// When somebody looks the security rules through again.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyReview {
    /// Who looks.
    pub owner: Text,
    /// When somebody looked last, as `2026-11-23`.
    pub reviewed_on: Spanned<Date>,
    /// After how many days somebody must look again.
    pub every_days: Spanned<u32>,
}

record!(PolicyReview "`policyReview`" { owner, reviewed_on, every_days });
