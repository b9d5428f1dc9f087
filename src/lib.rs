//! meshgen compiles short typed profiles into Kubernetes + Istio YAML.

pub mod bundle;
pub mod diag;
pub mod outdir;
pub mod source;
pub mod yaml;
