//! What a user may type after `meshgen lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::diag::Severity;
use crate::mesh::External;

/// Judge manifests.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen lint ./manifests
  kustomize build . | meshgen lint -
  meshgen lint -o sarif ./manifests > findings.sarif
  meshgen lint --mesh-config mesh.yaml --external shop/legacy ./manifests")]
pub struct LintArgs {
    /// Files, folders with all below, `-` for stdin; without any, the folder you are in
    #[arg(value_name = "FILE|DIR|-")]
    pub files: Vec<PathBuf>,
    /// The mesh's own configuration (`MeshConfig`): trust domain, root namespace, providers
    #[arg(long, value_name = "FILE")]
    pub mesh_config: Option<PathBuf>,
    /// Something that lives elsewhere: a Service (or a host) that is no mistake to name
    #[arg(long, value_name = "NS/NAME", value_parser = external)]
    pub external: Vec<External>,
    /// The level from which on a finding fails the run
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub fail_on: LevelArg,
    /// Format of the findings
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub output: LintFormat,
}

fn external(text: &str) -> Result<External, String> {
    match text.split_once('/') {
        Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() && !name.contains('/') => {
            Ok(External { namespace: Some(namespace.into()), name: name.into() })
        }
        None if !text.is_empty() => Ok(External { namespace: None, name: text.into() }),
        _ => Err("what lives elsewhere is written as `NAMESPACE/NAME`, or as a host".to_owned()),
    }
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
}
