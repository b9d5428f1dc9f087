//! What a user may type. Doc comments here are the help texts.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cli::library::DEFAULT_FOLDER;

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
    /// Name the scenarios and the lesson of each
    List(ListArgs),
    /// Print a profile with everything it inherits
    Show(ShowArgs),
    /// Draw a mesh: who calls whom, how traffic is split, what is encrypted and what refused
    Graph(GraphArgs),
    /// Write the handbook of a scenario: architecture, access, runbook, prerequisites, tests
    Handbook(HandbookArgs),
    /// Print the JSON Schema of profiles, for editors
    Schema,
    /// Start a repository: a profile, a CI workflow and a .gitignore
    Init(InitArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for every command
    Man(ManArgs),
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
    /// manifests/base, configs/traffic, configs/mtls, configs/security, configs/observability; and scripts, docs
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
  meshgen validate --all -o sarif > meshgen.sarif")]
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
    /// Format of the findings
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub output: FindingFormat,
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

/// Draw a mesh.
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("mesh").required(true).args(["profile", "files"])))]
#[command(after_help = "Examples:
  meshgen graph --profile canary-50                    # in the terminal
  meshgen graph --profile production -o svg > mesh.svg
  kubectl get svc,deploy,vs,dr,se,pa,ap,gw -A -o yaml | meshgen graph -f - -o mermaid
  meshgen graph -f manifests/ --observed answer.json   # also what was seen and is declared nowhere

The answer is that of Prometheus' /api/v1/query to this question:
  sum by (source_workload, source_workload_namespace,
          destination_service_name, destination_service_namespace)
    (rate(istio_requests_total[1h]))")]
pub struct GraphArgs {
    /// Name of a profile, or a path
    #[arg(long, short, value_name = "NAME|PATH")]
    pub profile: Option<String>,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// Manifests in place of a profile: files, folders with all below, `-` for stdin
    #[arg(long = "filename", short, value_name = "FILE|DIR|-", num_args = 1.., conflicts_with_all = ["env", "sets"])]
    pub files: Vec<PathBuf>,
    /// The answer of a Prometheus to hold against what is declared, or `-`
    #[arg(long, value_name = "FILE")]
    pub observed: Option<PathBuf>,
    /// Format of the picture
    #[arg(long, short, value_name = "FORMAT", default_value = "ascii")]
    pub output: GraphFormat,
}

/// The format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Boxes and arrows of characters
    Ascii,
    /// A flow chart that GitHub draws
    Mermaid,
    /// For Graphviz
    Dot,
    /// For slides and pages, light and dark
    Svg,
    /// Every fact
    Json,
}

/// Write a handbook.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen handbook --profile canary-10 --out docs            # docs/canary-10/README.md and the pages beside it
  meshgen handbook --profile production --env prod --out docs --check")]
pub struct HandbookArgs {
    /// Name of a profile, or a path (with a `/` or ending in `.yaml`)
    #[arg(long, short, value_name = "NAME|PATH")]
    pub profile: String,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// Write the pages to DIR/<scenario>/
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write nothing; exit 1 and name each file if DIR is not what would be written
    #[arg(long)]
    pub check: bool,
}

/// Start a repository.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Folder to start in; made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
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
