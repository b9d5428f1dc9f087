//! Whatever runs, seen alike: a version of a service, or a client.

use crate::kube::Labels;
use crate::lower::Context;
use crate::profile::lookup::ClientRef;
use crate::profile::service::ServicePort;
use crate::profile::{Profile, Version};
use crate::source::{Str, Text};
use crate::yaml::Named;

/// One Deployment to be.
pub struct Workload<'p> {
    /// Its name: that of the service and the version, or of the client.
    pub name: Text,
    /// The label `app`.
    pub app: &'p Text,
    /// The label `version`. A client has none: the mesh then says `latest`.
    pub version: Option<&'p Text>,
    /// Its namespace.
    pub namespace: &'p Text,
    /// The identity of its pods.
    pub service_account: &'p Text,
    /// The ports of its service.
    pub ports: Option<&'p Named<ServicePort>>,
    /// What runs.
    pub make: &'p Version,
}

impl<'p> Workload<'p> {
    /// A client.
    pub fn of_client(client: ClientRef<'p>) -> Self {
        Self {
            name: client.name().clone(),
            app: client.name(),
            version: None,
            namespace: client.namespace(),
            service_account: client.service_account(),
            ports: None,
            make: &client.client.version,
        }
    }

    /// What tells its pods from all others, as long as it lives.
    pub fn selector(&self) -> Labels {
        let app = ("app".into(), self.app.value.clone());
        match self.version {
            Some(version) => Labels::of([app, ("version".into(), version.value.clone())]),
            None => Labels::of([app]),
        }
    }

    /// The labels of everything that belongs to it.
    pub fn labels(&self, cx: &Context<'_>) -> Labels {
        self.version.map_or_else(|| cx.client_labels(self.app), |it| cx.version_labels(self.app, it))
    }
}

/// Every workload of a profile: the versions of its services, then its clients, in the order written.
pub fn workloads(profile: &Profile) -> impl Iterator<Item = Workload<'_>> {
    let versions = profile.service_refs().flat_map(|service| {
        service.service.versions.iter().map(move |(version, make)| Workload {
            name: version.with(joined(service.name(), version)),
            app: service.name(),
            version: Some(version),
            namespace: service.namespace(),
            service_account: service.service_account(),
            ports: Some(&service.service.ports),
            make,
        })
    });
    versions.chain(profile.client_refs().map(Workload::of_client))
}

/// As `hello-v1`.
fn joined(service: &str, version: &str) -> Str {
    let mut name = Str::with_capacity(service.len() + 1 + version.len());
    for part in [service, "-", version] {
        name.push_str(part);
    }
    name
}
