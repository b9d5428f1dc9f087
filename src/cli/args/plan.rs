//! What a user may type after `meshgen plan`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::WishArgs;

/// Write an ordered folder of bundles.
#[derive(Args, Debug)]
pub struct PlanArgs {
    /// What is to be planned
    #[command(subcommand)]
    pub flow: PlanFlow,
}

/// What is to be planned.
#[derive(Debug, Subcommand)]
pub enum PlanFlow {
    /// The new version gets more and more of the requests
    #[command(after_help = "Examples:
  meshgen plan canary --profile canary-10 --out plan
  meshgen plan canary --profile canary-10 --steps 5,25,50,100 --retire --out plan
  meshgen plan canary --profile canary-10 --out plan --check    # in CI: exit 1 if plan/ is not what it would be")]
    Canary {
        /// Profile, overlays and folder
        #[command(flatten)]
        of: PlanOf,
        /// Service and versions
        #[command(flatten)]
        pair: PairArgs,
        /// Percentages of the new version that go up; the last step is always 100 [default: those of the profile's
        /// `rollout`, else 10,50,100]
        #[arg(long, value_name = "PERCENT,...", allow_hyphen_values = true)]
        steps: Option<String>,
        /// End with two more steps: no route names the old version, then it is gone
        #[arg(long)]
        retire: bool,
    },
    /// The new version stands by at full size, then gets all requests at once
    #[command(after_help = "Examples:
  meshgen plan blue-green --profile blue --out plan")]
    BlueGreen {
        /// Profile, overlays and folder
        #[command(flatten)]
        of: PlanOf,
        /// Service and versions
        #[command(flatten)]
        pair: PairArgs,
        /// End with two more steps: no route names the old version, then it is gone
        #[arg(long)]
        retire: bool,
    },
    /// From permissive to strict mutual TLS, one namespace after the other; rules before deny by default
    #[command(after_help = "Examples:
  meshgen plan mtls --profile mtls-permissive --out plan
  meshgen plan mtls --profile production --set mtls=permissive --out plan")]
    Mtls {
        /// Profile, overlays and folder
        #[command(flatten)]
        of: PlanOf,
    },
    /// From the state of the profile back to the old version, by the steps of the canary
    #[command(after_help = "Examples:
  meshgen plan rollback --profile canary-50 --out plan")]
    Rollback {
        /// Profile, overlays and folder
        #[command(flatten)]
        of: PlanOf,
        /// Service and versions
        #[command(flatten)]
        pair: PairArgs,
        /// Percentages of the canary that is taken back [default: those of the profile's `rollout`, else 10,50,100]
        #[arg(long, value_name = "PERCENT,...", allow_hyphen_values = true)]
        steps: Option<String>,
    },
}

/// Profile, overlays and folder.
#[derive(Args, Debug)]
pub struct PlanOf {
    /// Name of a profile, or a path (with a `/` or ending in `.yaml`)
    #[arg(long, short, value_name = "NAME|PATH")]
    pub profile: String,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// Write DIR/<scenario>/: a README, a folder a step, and the way back
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write nothing; exit 1 and name each file if DIR is not what would be written
    #[arg(long)]
    pub check: bool,
}

/// Service and versions.
#[derive(Args, Debug)]
pub struct PairArgs {
    /// Service, by its id in the profile or as `namespace/name`; needed where several have two versions
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// The old version; of two versions the first that is written
    #[arg(long, value_name = "VERSION")]
    pub from: Option<String>,
    /// The new version; of two versions the second that is written
    #[arg(long, value_name = "VERSION")]
    pub to: Option<String>,
}
