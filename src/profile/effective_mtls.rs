//! Which mutual TLS mode holds where: of a port, else its service, else its namespace, else the mesh.
//!
//! The one answer for whoever asks, so that alerts, panels, plans, scripts and pages say what the PeerAuthentication
//! objects do.

use crate::profile::lookup::ServiceRef;
use crate::profile::{MtlsMode, Profile};
use crate::source::Spanned;

impl Profile {
    /// The mode of a namespace and where it is said; `None` where the profile leaves it to the mesh, which is then
    /// permissive unless somebody else says otherwise.
    pub fn mtls_of(&self, namespace: &str) -> Option<Spanned<MtlsMode>> {
        // The root namespace has no object of its own: there it would be one for the whole mesh.
        let is_root = namespace == self.mesh.root_namespace.as_str();
        let single = || self.mtls.namespaces.get(namespace).copied().or(self.mtls.namespace);
        if is_root { self.mtls.mesh } else { single().or(self.mtls.mesh) }
    }
}

impl ServiceRef<'_> {
    /// The mode of the service as a whole.
    pub fn mtls(self) -> Option<Spanned<MtlsMode>> {
        let own = self.service.mtls.as_ref().and_then(|it| it.mode);
        own.or_else(|| self.profile.mtls_of(self.namespace()))
    }

    /// The mode of one of its ports. Pods are guarded by the port that they listen on: of service ports that lead to the
    /// same one, the last that says a mode says it for all.
    pub fn port_mtls(self, port: &str) -> Option<Spanned<MtlsMode>> {
        let target = |name: &str| self.service.ports.get(name).map(|it| it.target().value);
        let own = self.service.mtls.iter().flat_map(|it| it.ports.iter());
        let same = own.filter(|(name, _)| {
            name.as_str() == port || target(name).is_some_and(|it| target(port) == Some(it))
        });
        same.last().map(|(_, mode)| *mode).or_else(|| self.mtls())
    }

    /// Whether every port takes mutual TLS only; a service without ports takes nothing.
    pub fn is_strict(self) -> bool {
        self.service.ports.names().all(|it| self.port_mtls(it).is_some_and(|it| it.value == MtlsMode::Strict))
    }
}
