//! ServiceAccount: the identity of pods, which the mesh puts into their certificates.

use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};

/// A ServiceAccount.
#[derive(Clone, Debug)]
pub struct ServiceAccount {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// Whether pods get a token for the Kubernetes API unless they say otherwise.
    pub automount_service_account_token: bool,
}

impl Kind for ServiceAccount {
    const KIND: &'static str = "ServiceAccount";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("automountServiceAccountToken", &self.automount_service_account_token)
    }
}
