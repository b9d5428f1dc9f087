//! What every lowering needs to know: names, hosts, labels, API versions and waves, each decided in one place.

use crate::check::Scenario;
use crate::kube::labels::Key;
use crate::kube::{Labels, Manifest, Metadata, Resource};
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::settings::Injection;
use crate::source::{Str, Text};
use crate::units::Port;

/// What every lowering needs to know.
pub struct Context<'s> {
    /// The profile that is lowered.
    pub profile: &'s Profile,
    /// The scenario's name.
    pub scenario: &'s Str,
    sync_waves: bool,
    networking: &'static str,
    security: &'static str,
    telemetry: &'static str,
}

impl<'s> Context<'s> {
    /// The context of a scenario.
    pub fn new(scenario: &'s Scenario) -> Self {
        let profile = scenario.profile();
        // Istio serves `v1` of these groups since 1.22.
        let stable = (profile.mesh.istio.major, profile.mesh.istio.minor) >= (1, 22);
        let pick = |new, old| if stable { new } else { old };
        Self {
            profile,
            scenario: scenario.name(),
            sync_waves: profile.delivery.sync_waves.value,
            networking: pick("networking.istio.io/v1", "networking.istio.io/v1beta1"),
            security: pick("security.istio.io/v1", "security.istio.io/v1beta1"),
            telemetry: pick("telemetry.istio.io/v1", "telemetry.istio.io/v1alpha1"),
        }
    }

    /// How pods get their proxy: as the profile says, else by the revision that it names, else by label.
    pub fn injection(&self) -> Injection {
        let mesh = &self.profile.mesh;
        let named = if mesh.revision.is_some() { Injection::Revision } else { Injection::Label };
        mesh.injection.as_ref().map_or(named, |it| it.value)
    }

    /// Where questions about metrics are answered.
    pub fn prometheus(&self) -> Option<&'s Text> {
        self.profile.observability.as_ref()?.prometheus.as_ref()?.address.as_ref()
    }

    /// The labels of everything that belongs to a service.
    pub fn labels(&self, app: &Str) -> Labels {
        Labels::of(self.recommended(app, "service"))
    }

    /// The labels of everything that belongs to a client.
    pub fn client_labels(&self, app: &Str) -> Labels {
        Labels::of(self.recommended(app, "client"))
    }

    /// The labels of a version of a service: Istio takes the second for the revision where both are given, so both say
    /// the same.
    pub fn version_labels(&self, app: &Str, version: &Str) -> Labels {
        let [own, component, instance, managed_by, name, part_of] = self.recommended(app, "service");
        let its = ("app.kubernetes.io/version".into(), version.clone());
        Labels::of([
            own,
            component,
            instance,
            managed_by,
            name,
            part_of,
            its,
            ("version".into(), version.clone()),
        ])
    }

    /// `app`, by which the mesh knows it, and what Kubernetes recommends; in the order of the keys.
    fn recommended(&self, app: &Str, component: &'static str) -> [(Key, Str); 6] {
        let [managed_by, part_of] = self.ours();
        [
            ("app".into(), app.clone()),
            ("app.kubernetes.io/component".into(), component.into()),
            ("app.kubernetes.io/instance".into(), app.clone()),
            managed_by,
            ("app.kubernetes.io/name".into(), app.clone()),
            part_of,
        ]
    }

    /// The labels of everything.
    pub fn common(&self) -> Labels {
        Labels::of(self.ours())
    }

    /// The labels of what the Prometheus operator and Grafana pick up: the user says by which they do.
    pub fn watched_labels(&self) -> Labels {
        let mut labels = self.common();
        for (key, value) in self.profile.observability.iter().flat_map(|it| it.labels.iter()) {
            labels.set(key.to_string(), value.value.clone());
        }
        labels
    }

    fn ours(&self) -> [(Key, Str); 2] {
        [
            ("app.kubernetes.io/managed-by".into(), Str::inline("meshgen")),
            ("app.kubernetes.io/part-of".into(), self.profile.namespace.value.clone()),
        ]
    }

    /// Metadata of an object in a namespace.
    pub fn metadata(&self, name: Text, namespace: &Text, labels: Labels) -> Metadata {
        Metadata { name, namespace: Some(namespace.clone()), labels, annotations: Labels::default() }
    }

    /// The host name under which the mesh knows a service.
    pub fn host(&self, service: ServiceRef<'_>) -> Text {
        let (name, namespace) = (service.name(), service.namespace());
        let domain = &self.profile.mesh.cluster_domain;
        let mut host = Str::with_capacity(name.len() + namespace.len() + domain.len() + 6);
        for part in [name.as_str(), ".", namespace, ".svc.", domain] {
            host.push_str(part);
        }
        name.with(host)
    }

    /// The address of a path of a service; the port is left out where it is that of HTTP.
    pub fn url(&self, service: ServiceRef<'_>, port: Port, path: &str) -> Text {
        let host = self.host(service);
        let url = match port {
            Port(80) => ecow::eco_format!("http://{host}{path}"),
            Port(port) => ecow::eco_format!("http://{host}:{port}{path}"),
        };
        host.with(url)
    }

    /// The identity of a service account, as AuthorizationPolicy writes it.
    pub fn principal(&self, namespace: &str, service_account: &Text) -> Text {
        let domain = &self.profile.mesh.trust_domain;
        service_account.with(ecow::eco_format!("{domain}/ns/{namespace}/sa/{service_account}"))
    }

    /// A document of a core kind.
    pub fn core(&self, api_version: &'static str, wave: i8, object: impl Into<Resource>) -> Manifest {
        let mut resource = object.into();
        if let Some(metadata) = resource.metadata_mut().filter(|_| self.sync_waves) {
            metadata.annotations.set("argocd.argoproj.io/sync-wave", ecow::eco_format!("{wave}"));
        }
        Manifest::new(wave, api_version, resource)
    }

    /// A document of `networking.istio.io`.
    pub fn networking(&self, wave: i8, object: impl Into<Resource>) -> Manifest {
        self.core(self.networking, wave, object)
    }

    /// A document of `security.istio.io`.
    pub fn security(&self, wave: i8, object: impl Into<Resource>) -> Manifest {
        self.core(self.security, wave, object)
    }

    /// A document of `telemetry.istio.io`.
    pub fn telemetry(&self, wave: i8, object: impl Into<Resource>) -> Manifest {
        self.core(self.telemetry, wave, object)
    }
}
