//! The hall: a set of manifests, however they came about. Left wing and right wing meet only here.

mod age;
pub mod authentication;
pub mod authorization;
pub mod backing;
pub mod choice;
mod cluster;
pub mod config;
pub mod contest;
pub mod destination;
#[cfg(test)]
mod example;
pub mod gateway;
pub mod host;
pub mod hosts;
pub mod injection;
pub mod names;
pub mod object;
pub mod places;
pub mod pods;
pub mod protocol;
mod read;
pub mod registry;
pub mod secrets;
pub mod selector;
pub mod target;
pub mod workload;

use crate::kube::Manifest;

pub use cluster::{Cluster, External};
pub use config::MeshConfig;
pub use object::Object;
pub use protocol::Protocol;
pub use read::is_bystander;
pub use workload::Workload;

/// The manifests of a mesh, in an order that can be applied top to bottom.
#[derive(Clone, Debug, Default)]
pub struct Mesh {
    manifests: Vec<Manifest>,
}

impl Mesh {
    /// Takes manifests in and sorts them by wave, kind, namespace and name.
    pub fn new(mut manifests: Vec<Manifest>) -> Self {
        manifests.sort_by(|a, b| a.order().cmp(&b.order()));
        Self { manifests }
    }

    /// The manifests, in the order of application: of files, in the order read.
    pub fn manifests(&self) -> &[Manifest] {
        &self.manifests
    }

    /// The manifests, to be changed and made a mesh again.
    pub fn into_manifests(self) -> Vec<Manifest> {
        self.manifests
    }
}
