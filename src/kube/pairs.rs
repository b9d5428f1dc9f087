//! A mapping whose keys are the user's, in the order given.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::source::Text;

/// Values by key. Keys are unique.
#[derive(Clone, Debug)]
pub struct Pairs<V>(pub Vec<(Text, V)>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Pairs<V> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V: Serialize> Serialize for Pairs<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            out.serialize_entry(key, value)?;
        }
        out.end()
    }
}
