//! What a user may type after `meshgen lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::catalogue;
use crate::cli::args::day;
use crate::diag::Severity;
use crate::mesh::External;
use crate::settings::Level;
use crate::units::date::Date;

/// Judge manifests.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen lint ./manifests
  kustomize build . | meshgen lint -
  helm template ./chart | meshgen lint -n shop -
  meshgen lint -o sarif ./manifests > findings.sarif
  meshgen lint --crds istio-crds.yaml --crds flagger-crds/ ./manifests
  meshgen lint --write-baseline .meshgen-baseline.yaml    # from now on only what is new fails:
  meshgen lint --baseline .meshgen-baseline.yaml
  meshgen lint --fix --dry-run | less

A finding that is meant is allowed by a comment, behind its line, on the line above or at the head of the document:
  # meshgen: allow RULE reason until 2027-01-31

Exit codes: 0 fine; 1 a finding of the level of `--fail-on` or worse; 2 usage or the world.")]
pub struct LintArgs {
    /// Files, folders with all below (save what `.gitignore` names), `-` for stdin; without any, the folder you are in
    #[arg(value_name = "FILE|DIR|-")]
    pub files: Vec<PathBuf>,
    /// The namespace of objects that do not say theirs, as for `kubectl apply -n`; without it `default`
    #[arg(long, short, value_name = "NAMESPACE")]
    pub namespace: Option<String>,
    /// The configuration of the mesh: a MeshConfig, the ConfigMap `istio`, or an IstioOperator; without it, the
    /// ConfigMap among the manifests, or Istio's defaults
    #[arg(long, value_name = "FILE")]
    pub mesh_config: Option<PathBuf>,
    /// The networks of the mesh: a MeshNetworks, or the ConfigMap `istio`
    #[arg(long, value_name = "FILE")]
    pub mesh_networks: Option<PathBuf>,
    /// CustomResourceDefinitions, of your release of Istio or of any operator: what they define is judged by them
    #[cfg(feature = "crds")]
    #[arg(long, value_name = "FILE|DIR")]
    pub crds: Vec<PathBuf>,
    /// Something that lives elsewhere: a Service (or a host) that is no mistake to name
    #[arg(long, value_name = "NS/NAME", value_parser = external)]
    pub external: Vec<External>,
    /// Settings; without it `.meshgen.yaml`, where there is one
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The level of a rule, by code or name: off, info, warning or error
    #[arg(long = "rule", value_name = "RULE=LEVEL", value_parser = level)]
    pub rules: Vec<(&'static str, Level)>,
    /// The day for which allowances that end are asked; without it nobody asks what day it is
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,
    /// Findings recorded here are known: they do not fail the run, and are not shown
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Record what is found now, in place of telling it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix"])]
    pub write_baseline: Option<PathBuf>,
    /// Mend what has exactly one safe remedy, then tell what remains; what comes by stdin goes mended to stdout
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: write nothing, and print what would change
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// The level from which on a finding fails the run; without it `error`
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<LevelArg>,
    /// Show every finding: more than ten of a rule, and what is only good to know
    #[arg(long)]
    pub all: bool,
    /// Format of the findings
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub output: LintFormat,
}

impl LintArgs {
    /// Files and folders with CRDs; none where meshgen was built without them.
    pub fn crds(&self) -> &[PathBuf] {
        #[cfg(feature = "crds")]
        return &self.crds;
        #[cfg(not(feature = "crds"))]
        return &[];
    }
}

/// Reads what lives elsewhere.
///
/// # Errors
/// How it is written.
pub fn external(text: &str) -> Result<External, String> {
    match text.split_once('/') {
        Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() && !name.contains('/') => {
            Ok(External { namespace: Some(namespace.into()), name: name.into() })
        }
        None if !text.is_empty() => Ok(External { namespace: None, name: text.into() }),
        _ => Err("what lives elsewhere is written as `NAMESPACE/NAME`, or as a host".to_owned()),
    }
}

fn level(text: &str) -> Result<(&'static str, Level), String> {
    let Some((name, word)) = text.split_once('=') else {
        return Err("a level is given as `RULE=LEVEL`, for instance `unknown-subset=warning`".to_owned());
    };
    let Some(entry) = catalogue::find(name) else {
        let hint = match catalogue::meant(name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`meshgen rules` names them all".to_owned(),
        };
        return Err(format!("there is no rule `{name}`: {hint}"));
    };
    let level = Level::parse(word).ok_or("a level is `off`, `info`, `warning` or `error`")?;
    Ok((entry.code, level))
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LevelArg {
    /// Errors alone
    Error,
    /// Warnings, too
    Warning,
    /// Everything
    Info,
}

impl From<LevelArg> for Severity {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::Error => Self::Error,
            LevelArg::Warning => Self::Warning,
            LevelArg::Info => Self::Info,
        }
    }
}

/// The format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// Words and carets, to stderr
    Human,
    /// One JSON array, to stdout
    Json,
    /// SARIF 2.1.0, to stdout
    Sarif,
    /// JUnit XML, to stdout
    Junit,
    /// Annotations of GitHub's workflows, to stdout
    Github,
}
