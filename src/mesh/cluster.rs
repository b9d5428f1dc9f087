//! A mesh as a cluster has it: every object by kind, hosts by name, workloads by label. Whoever judges starts here.

use std::sync::OnceLock;

use crate::kube::{Manifest, Resource, Sort, group};
use crate::mesh::authentication::Authentications;
use crate::mesh::authorization::Authorizations;
use crate::mesh::backing::Backing;
use crate::mesh::injection::Namespaces;
use crate::mesh::names::Names;
use crate::mesh::pods::Pods;
use crate::mesh::registry::Registry;
use crate::mesh::workload::Workloads;
use crate::mesh::{Mesh, MeshConfig, Object};
use crate::source::Str;
use crate::yaml::to_node;

/// Something that was declared to live outside of the manifests at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Its namespace; `None` for a host that is none of a cluster.
    pub namespace: Option<Str>,
    /// Its name, or a whole host.
    pub name: Str,
}

/// The objects of a mesh, indexed. It cannot tell whether meshgen compiled them.
#[derive(Debug)]
pub struct Cluster {
    /// How the mesh is configured.
    pub config: MeshConfig,
    /// What lives elsewhere.
    pub externals: Vec<External>,
    objects: Vec<Object>,
    by_sort: Vec<Vec<usize>>,
    registry: OnceLock<Registry>,
    workloads: OnceLock<Workloads>,
    namespaces: OnceLock<Namespaces>,
    backing: OnceLock<Backing>,
    pub(super) names: Names,
    pods: OnceLock<Pods>,
    authentications: OnceLock<Authentications>,
    authorizations: OnceLock<Authorizations>,
}

impl Cluster {
    /// The objects of a mesh, in its order.
    pub fn new(mesh: &Mesh, config: MeshConfig, externals: Vec<External>) -> Self {
        let objects: Vec<Object> =
            mesh.manifests().iter().enumerate().map(|(id, it)| object(id, it)).collect();
        let mut by_sort = vec![Vec::new(); Sort::COUNT];
        for object in &objects {
            if let Some(sort) = object.sort {
                by_sort[sort as usize].push(object.id);
            }
        }
        Self {
            config,
            externals,
            objects,
            by_sort,
            registry: OnceLock::new(),
            workloads: OnceLock::new(),
            namespaces: OnceLock::new(),
            backing: OnceLock::new(),
            names: Names::default(),
            pods: OnceLock::new(),
            authentications: OnceLock::new(),
            authorizations: OnceLock::new(),
        }
    }

    /// Every object, in the order read; its place is its `id`.
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// The objects of a kind, in the order read.
    pub fn of(&self, sort: Sort) -> impl Iterator<Item = &Object> {
        self.by_sort[sort as usize].iter().map(|it| &self.objects[*it])
    }

    /// The object of an `id`.
    pub fn object(&self, id: usize) -> &Object {
        &self.objects[id]
    }

    /// Hosts by name.
    pub fn registry(&self) -> &Registry {
        self.registry.get_or_init(|| Registry::of(self))
    }

    /// Workloads by label.
    pub(super) fn workload_index(&self) -> &Workloads {
        self.workloads.get_or_init(|| Workloads::of(self))
    }

    /// Namespaces by name.
    pub(super) fn namespaces(&self) -> &Namespaces {
        self.namespaces.get_or_init(|| Namespaces::of(self))
    }

    /// Services by workload.
    pub(super) fn backing(&self) -> &Backing {
        self.backing.get_or_init(|| Backing::of(self))
    }

    /// Which workloads have their pods beside them.
    pub(super) fn pod_index(&self) -> &Pods {
        self.pods.get_or_init(|| Pods::of(self))
    }

    /// PeerAuthentications by namespace.
    pub(super) fn authentications(&self) -> &Authentications {
        self.authentications.get_or_init(|| Authentications::of(self))
    }

    /// AuthorizationPolicies by whom they choose.
    pub(super) fn authorization_index(&self) -> &Authorizations {
        self.authorizations.get_or_init(|| Authorizations::of(self))
    }
}

fn object(id: usize, manifest: &Manifest) -> Object {
    let resource = &manifest.resource;
    let (kind, api_version) = (resource.kind(), manifest.api_version());
    Object {
        id,
        sort: Sort::of(group(api_version), kind),
        api_version: api_version.into(),
        kind: kind.into(),
        name: resource.name().clone(),
        written_namespace: resource.namespace().cloned(),
        node: match resource {
            Resource::Other(it) => it.node.clone(),
            _ => to_node(manifest),
        },
    }
}
