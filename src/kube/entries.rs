//! A mapping whose keys are the user's, in the order written.

use serde::{Serialize, Serializer};

use crate::source::Text;
use crate::yaml::Named;

/// Values by a name that the user gave.
#[derive(Clone, Debug)]
pub struct Entries<T>(pub Vec<(Text, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&Named<Text>> for Entries<Text> {
    fn from(named: &Named<Text>) -> Self {
        Self(named.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
