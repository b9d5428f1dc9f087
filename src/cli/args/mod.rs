//! What a user may type. Doc comments here are the help texts.

mod gitops;
mod graph;
mod handbook;
pub mod lint;
mod plan;
mod rules;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cli::library::DEFAULT_FOLDER;
use crate::units::date::Date;

pub use gitops::{GitopsArgs, ToolArg};
pub use graph::{GraphArgs, GraphFormat};
pub use handbook::HandbookArgs;
pub use lint::{LintArgs, LintFormat};
pub use plan::{PlanArgs, PlanFlow, PlanOf};
pub use rules::{ExplainArgs, RulesArgs, RulesFormat};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Compiles short typed profiles into validated, deterministic Kubernetes + Istio YAML
#[derive(Debug, Parser)]
#[command(name = "meshgen", version, styles = STYLES, max_term_width = 100)]
#[command(after_help = "Examples:
  meshgen render --profile canary-50 | kubectl apply -f -
  meshgen render --all --out out            # the folder that Argo CD or Flux syncs
  meshgen render --all --out out --check    # in CI: exit 1 if out/ is not what the profiles say
  meshgen show canary-50 --origin           # which line decided each value

Exit codes: 0 fine; 1 your input (an error in a profile, drift); 2 usage or the world (disk, permission).")]
pub struct Cli {
    /// Folder of your profiles; a file there wins over a built-in profile of the same name
    #[arg(long, global = true, value_name = "DIR", env = "MESHGEN_PROFILES", default_value = DEFAULT_FOLDER)]
    pub profiles: PathBuf,
    /// When to colour findings
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compile a profile: one YAML stream to stdout, or a folder of files
    Render(RenderArgs),
    /// Find everything that is wrong with profiles, without writing anything
    Validate(ValidateArgs),
    /// Judge any Kubernetes and Istio manifests, yours or ours, by the rules of Istio, Kiali and meshgen
    Lint(LintArgs),
    /// Print the catalogue of everything that meshgen may tell
    Rules(RulesArgs),
    /// Say what a code means: why, an example with the mistake, and one without
    Explain(ExplainArgs),
    /// Write an ordered folder of bundles, one commit each, and the way back
    Plan(PlanArgs),
    /// Name the scenarios and the lesson of each
    List(ListArgs),
    /// Print a profile with everything it inherits
    Show(ShowArgs),
    /// Draw a mesh: who calls whom, how traffic is split, what is encrypted and what refused
    Graph(GraphArgs),
    /// Hand a rendered folder over to Argo CD or Flux
    Gitops(GitopsArgs),
    /// Write the handbook of a scenario: architecture, access, runbook, prerequisites, tests
    Handbook(HandbookArgs),
    /// Print the JSON Schema of profiles, or of the settings of `lint`, for editors
    Schema(SchemaArgs),
    /// Start a repository: a profile, a CI workflow, what Argo CD or Flux needs
    Init(InitArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for every command
    Man(ManArgs),
}

/// Print a schema.
#[derive(Args, Debug)]
pub struct SchemaArgs {
    /// That of `.meshgen.yaml`, the settings of `lint`
    #[arg(long)]
    pub settings: bool,
}

/// Which overlays go on top of a profile.
#[derive(Args, Clone, Debug, Default)]
pub struct WishArgs {
    /// Environment of the profile to lay on top: dev, staging, prod or one of your own
    #[arg(long, value_name = "ENV")]
    pub env: Option<String>,
    /// One value to lay on top of everything; dots part keys, `\.` is a dot
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
}

/// Compile a profile.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen render --profile canary-50 > out.yaml
  meshgen render --profile ./mesh/shop.yaml --env prod --set services.shop.versions.v1.replicas=5
  meshgen render --all --out out
  meshgen render --profile production --out gitops/prod --env prod --layout seed")]
pub struct RenderArgs {
    /// Name of a profile, or a path (with a `/` or ending in `.yaml`)
    #[arg(long, short, value_name = "NAME|PATH", required_unless_present = "all")]
    pub profile: Option<String>,
    /// Every profile of the folder of profiles; without one, every built-in scenario
    #[arg(long, conflicts_with = "profile", requires = "out")]
    pub all: bool,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// Write one-document files to DIR/<scenario>/ in place of a stream
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing; exit 1 and name each file if DIR is not what would be written
    #[arg(long, requires = "out")]
    pub check: bool,
    /// How files are laid out in DIR/<scenario>/
    #[arg(long, value_name = "LAYOUT", default_value = "layers", requires = "out")]
    pub layout: LayoutArg,
    /// Format of the stream
    #[arg(long, short, value_name = "FORMAT", default_value = "yaml", conflicts_with = "out")]
    pub output: StreamFormat,
}

/// How files are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LayoutArg {
    /// One folder a layer: base, traffic, security, observability, rollout
    Layers,
    /// manifests/base, configs/traffic, configs/mtls, configs/security, configs/observability; scripts; docs
    Seed,
}

/// The format of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StreamFormat {
    /// YAML documents, parted by `---`
    Yaml,
    /// One JSON array
    Json,
}

/// Find everything that is wrong with profiles.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen validate                       # every profile, in each of its environments
  meshgen validate canary-10 -o json
  meshgen validate --all -o sarif > meshgen.sarif
  meshgen validate --as-of \"$(date -u +%F)\"   # weekly: is any review late?")]
pub struct ValidateArgs {
    /// Names or paths of profiles
    #[arg(value_name = "PROFILE")]
    pub names: Vec<String>,
    /// The same, as other commands take it
    #[arg(long = "profile", short, value_name = "NAME|PATH")]
    pub profile: Vec<String>,
    /// Every profile; the same as naming none
    #[arg(long, conflicts_with_all = ["names", "profile"])]
    pub all: bool,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// The day for which overdue reviews are reported (`policyReview`); without it nobody asks what day it is
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
    /// Format of the findings
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub output: FindingFormat,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day is written as `2026-11-23`".to_owned())
}

/// The format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// Words and carets, to stderr
    Human,
    /// One JSON array, to stdout
    Json,
    /// SARIF 2.1.0, to stdout
    Sarif,
}

/// Name the scenarios.
#[derive(Args, Debug)]
pub struct ListArgs {
    /// Format of the list
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub output: ListFormat,
}

/// The format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table
    Human,
    /// One JSON array of objects with `name` and `lesson`
    Json,
}

/// Print a profile with everything it inherits.
#[derive(Args, Debug)]
pub struct ShowArgs {
    /// Name of a profile, or a path
    #[arg(value_name = "PROFILE", required_unless_present = "profile")]
    pub name: Option<String>,
    /// The same, as other commands take it
    #[arg(long = "profile", short, value_name = "NAME|PATH", conflicts_with = "name")]
    pub profile: Option<String>,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// Say beside every value which line decided it
    #[arg(long)]
    pub origin: bool,
}

/// Start a repository.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen init
  meshgen init --gitops argo-cd --with observability,rollout
  meshgen init mesh --gitops flux")]
pub struct InitArgs {
    /// Folder to start in; made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Have it applied by a GitOps tool
    #[arg(long, value_name = "TOOL")]
    pub gitops: Option<ToolArg>,
    /// What the profile has more: dashboards and alerts; automatic rollback
    #[arg(long, value_name = "WHAT,...", value_delimiter = ',')]
    pub with: Vec<Extra>,
}

/// What a first profile may have more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Extra {
    /// Metrics, alerts and a dashboard
    Observability,
    /// Automatic rollout and rollback: by Argo Rollouts with Argo CD, by Flagger with Flux, else by commits
    Rollout,
}

/// Print completions.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Print manual pages.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// Write one page a command to this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
