//! Which of several objects is the oldest: where only one can count, that one does.
//!
//! Source: `sortConfigByCreationTime` of `pilot/pkg/model/config.go`.

use crate::mesh::Object;

/// What comes first when sorted is older: the time of creation, then the name, then the namespace.
pub type Seniority<'o> = (bool, &'o str, &'o str, &'o str);

impl Object {
    /// What to sort objects by so that the oldest comes first. What no cluster has made yet is younger than the rest.
    pub fn seniority(&self) -> Seniority<'_> {
        let created = self.created();
        (created.is_none(), created.unwrap_or_default(), self.name.as_str(), self.namespace())
    }
}
