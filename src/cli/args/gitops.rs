//! What a user may type after `meshgen gitops`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::WishArgs;
use crate::profile::delivery::Tool;

/// Hand a rendered folder over to Argo CD or Flux.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen render --profile canary-10 --out out
  meshgen gitops argo-cd -p canary-10 --repo https://git.example.com/mesh --path out --out gitops
  meshgen gitops flux -p canary-10 --repo oci://registry.example.com/mesh --path . --out gitops
  meshgen gitops --profile shop --out gitops --check    # where the profile says `delivery`

The files point at PATH/<scenario>, as `render --out PATH` writes it; with --environments at
PATH/ENV/<scenario>, as `render --env ENV --out PATH/ENV` does.")]
pub struct GitopsArgs {
    /// Who applies; default: `delivery.tool` of the profile
    #[arg(value_name = "TOOL")]
    pub tool: Option<ToolArg>,
    /// Name of a profile, or a path (with a `/` or ending in `.yaml`)
    #[arg(long, short, value_name = "NAME|PATH")]
    pub profile: String,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// An ApplicationSet with an Application for each environment, each on the cluster that has its name or that
    /// `delivery.cluster` names; without a value for all environments of the profile
    #[arg(long, value_name = "ENV,...", num_args = 0..=1, require_equals = true, value_delimiter = ',')]
    #[arg(default_missing_value = "", conflicts_with = "env")]
    pub environments: Option<Vec<String>>,
    /// The repository: https://..., ssh://..., oci://...; default: `delivery.repo` of the profile
    #[arg(long, value_name = "URL")]
    pub repo: Option<String>,
    /// The folder of the repository that `render --out` writes to; default: `delivery.path` of the profile
    #[arg(long, value_name = "DIR")]
    pub path: Option<String>,
    /// Branch, tag or commit; default: `delivery.revision` of the profile, else the default branch (Flux: main)
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
    /// Where the tool lives; default: argocd or flux-system
    #[arg(long, short, value_name = "NAMESPACE")]
    pub namespace: Option<String>,
    /// Secret with the credentials of the repository, beside Flux
    #[arg(long, value_name = "NAME")]
    pub secret: Option<String>,
    /// Write to DIR/<scenario>/
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write nothing; exit 1 and name each file if DIR is not what would be written
    #[arg(long)]
    pub check: bool,
}

/// Who applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ToolArg {
    /// AppProject and Application, or ApplicationSet
    ArgoCd,
    /// GitRepository or OCIRepository, and Kustomizations
    Flux,
}

impl From<ToolArg> for Tool {
    fn from(tool: ToolArg) -> Self {
        match tool {
            ToolArg::ArgoCd => Self::ArgoCd,
            ToolArg::Flux => Self::Flux,
        }
    }
}
