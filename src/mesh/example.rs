//! Clusters of a few lines, for tests.

use crate::diag::Diagnostics;
use crate::mesh::{Cluster, Mesh, MeshConfig};
use crate::source::SourceMap;
use crate::yaml::parse_all;

impl Cluster {
    /// The objects of a text.
    ///
    /// # Panics
    /// If the text is no YAML: it is a mistake in a test.
    pub fn parse(text: &str) -> Self {
        let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
        let file = files.add("mesh.yaml", text).unwrap();
        let documents = parse_all(file, &files, &mut diags).unwrap();
        Self::new(&Mesh::read(documents, &mut diags), MeshConfig::default(), Vec::new())
    }
}
