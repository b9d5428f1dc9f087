//! Whatever runs, seen alike: a version of a service, or a client.

use crate::kube::Labels;
use crate::lower::Context;
use crate::lower::security::scope;
use crate::profile::lookup::{ClientRef, ServiceRef};
use crate::profile::observability::AppLogs;
use crate::profile::rollout::Engine;
use crate::profile::service::ServicePort;
use crate::profile::{Profile, Version};
use crate::source::{Str, Text};
use crate::yaml::Named;

/// One Deployment to be, or what an engine has in its place.
pub struct Workload<'p> {
    /// Its name: that of the service and the version, of the service that an engine releases, or of the client.
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
    /// What it is told of logging.
    pub logs: Option<&'p AppLogs>,
    /// Who replaces the old pods by new ones; `None`: whoever applies the bundle.
    pub engine: Option<Engine>,
}

impl<'p> Workload<'p> {
    /// A version of a service. Engines want one workload a service, which stays as versions come and go; Flagger makes
    /// the names of all its objects from it.
    pub fn of(service: ServiceRef<'p>, version: &'p Text, make: &'p Version, engine: Option<Engine>) -> Self {
        let name = service.name();
        Self {
            name: if engine.is_some() { name.clone() } else { version.with(joined(name, version)) },
            app: name,
            version: Some(version),
            namespace: service.namespace(),
            service_account: service.service_account(),
            ports: Some(&service.service.ports),
            make,
            engine,
            logs: logs(service.profile),
        }
    }

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
            logs: logs(client.profile),
            engine: None,
        }
    }

    /// What tells its pods from all others, as long as it lives. Flagger takes a selector of one label, to which it
    /// adds `-primary` for the pods of the release before.
    pub fn selector(&self) -> Labels {
        let app = ("app".into(), self.app.value.clone());
        match self.version.filter(|_| self.engine.is_none()) {
            Some(version) => Labels::of([app, ("version".into(), version.value.clone())]),
            None => Labels::of([app]),
        }
    }

    /// What tells all its pods from others, those of the release before among them.
    pub fn all_pods(&self) -> Labels {
        if self.engine.is_none() {
            self.selector()
        } else {
            Labels::of([scope::label(self.app, self.engine)])
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
        let engine = service.engine();
        service
            .service
            .versions
            .iter()
            .map(move |(version, make)| Workload::of(service, version, make, engine))
    });
    versions.chain(profile.client_refs().map(Workload::of_client))
}

fn logs(profile: &Profile) -> Option<&AppLogs> {
    profile.observability.as_ref()?.logs.as_ref()
}

/// As `hello-v1`.
fn joined(service: &str, version: &str) -> Str {
    let mut name = Str::with_capacity(service.len() + 1 + version.len());
    for part in [service, "-", version] {
        name.push_str(part);
    }
    name
}
