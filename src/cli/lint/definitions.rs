//! `--crds`: the definitions of kinds that the user brings. What they define is judged by them, and by nobody else.

use std::path::PathBuf;

use crate::cli::world::{Failure, World};
use crate::diag::Diagnostics;
use crate::mesh::Object;

/// The definitions of a run.
pub struct Definitions {
    #[cfg(feature = "crds")]
    crds: crate::crds::Crds,
}

#[cfg(feature = "crds")]
impl Definitions {
    /// Reads them; what lies beside them in a folder or a file is passed over.
    ///
    /// # Errors
    /// A file that cannot be read, or that has none.
    pub fn read(paths: &[PathBuf], world: &mut World) -> Result<Self, Failure> {
        use crate::cli::gather::{Exclude, Walk};
        use crate::yaml::{Node, parse_all};

        let is_crd = |it: &Node| it.word("kind").is_some_and(|it| it == "CustomResourceDefinition");
        let mut documents = Vec::new();
        for path in paths {
            let before = documents.len();
            for found in Walk::files(path, &Exclude::default())? {
                let file = world.text(&found.path)?;
                let Ok(nodes) = parse_all(file, &world.files, &mut world.diags) else { continue };
                let items = |it: Node| if it.has("items") { it.list("items").to_vec() } else { vec![it] };
                documents.extend(nodes.into_iter().flat_map(items).filter(is_crd));
            }
            if documents.len() == before && world.diags.is_empty() {
                let path = path.display();
                Err(anyhow::anyhow!("`{path}` holds no CustomResourceDefinition"))?;
            }
        }
        Ok(Self { crds: crate::crds::Crds::read(&documents, &mut world.diags) })
    }

    /// Judges an object by the definition of its kind; `false` if there is none.
    pub fn judge(&self, object: &Object, diags: &mut Diagnostics) -> bool {
        !self.crds.is_empty() && self.crds.judge(&object.api_version, &object.kind, &object.node, diags)
    }
}

#[cfg(not(feature = "crds"))]
impl Definitions {
    /// There are none: meshgen was built without them.
    ///
    /// # Errors
    /// If the settings name some.
    pub fn read(paths: &[PathBuf], _: &mut World) -> Result<Self, Failure> {
        match paths {
            [] => Ok(Self {}),
            _ => Err(anyhow::anyhow!("this meshgen was built without `--crds`").into()),
        }
    }

    /// Judges nothing.
    pub fn judge(&self, _: &Object, _: &mut Diagnostics) -> bool {
        false
    }
}
