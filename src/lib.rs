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
