//! Namespace: the room that objects live in; its labels say who injects proxies and which pods are let in.

use serde::ser::SerializeStruct;

use crate::kube::{Kind, Metadata};

/// A Namespace. Everything about it is a label or an annotation.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// Name, labels, annotations.
    pub metadata: Metadata,
}

impl Kind for Namespace {
    const KIND: &'static str = "Namespace";
    const FIELDS: usize = 0;

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, _out: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}
