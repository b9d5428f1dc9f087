//! How the mesh is configured: from a file that the user names, else from the ConfigMap among the manifests.

use std::path::Path;

use crate::cli::lint::asked::Asked;
use crate::cli::world::{Failure, World};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::mesh::MeshConfig;
use crate::mesh::config::{Held, cluster_domain, held};
use crate::source::Text;
use crate::yaml::{Node, parse, parse_all};

/// The configuration by which manifests are judged.
///
/// # Errors
/// A file that the user names and that cannot be read, or that holds no such thing.
pub fn mesh_config(asked: &Asked, documents: &[Node], world: &mut World) -> Result<MeshConfig, Failure> {
    let mut config = MeshConfig::default();
    let own = in_manifests(documents);
    match &asked.mesh_config {
        Some(path) => {
            let (node, domain) = world.held_in(path, "mesh", "configuration")?;
            config.node = node;
            config.cluster_domain = domain.unwrap_or(config.cluster_domain);
        }
        None => config.node = tree(own, "mesh", world).unwrap_or(config.node),
    }
    match &asked.mesh_networks {
        Some(path) => config.networks = world.held_in(path, "meshNetworks", "networks")?.0,
        None => config.networks = tree(own, "meshNetworks", world).unwrap_or(config.networks),
    }
    Ok(config)
}

/// The ConfigMap of Istio's control plane; of several revisions that of the default one, else the first.
fn in_manifests(documents: &[Node]) -> Option<&Node> {
    let objects = documents
        .iter()
        .flat_map(|it| if it.has("items") { it.list("items") } else { std::slice::from_ref(it) });
    let is_ours = |it: &&Node| {
        let name = it.get("metadata").and_then(|it| it.word("name"));
        let namespace = it.get("metadata").and_then(|it| it.word("namespace"));
        it.word("kind").is_some_and(|it| it == "ConfigMap")
            && namespace.is_none_or(|it| it == "istio-system")
            && name.is_some_and(|it| it == "istio" || it.starts_with("istio-"))
            && it.get("data").is_some_and(|it| it.has("mesh"))
    };
    let is_default =
        |it: &&Node| it.at(&["metadata", "name"]).and_then(Node::text).is_some_and(|it| it == "istio");
    let found: Vec<&Node> = objects.filter(is_ours).collect();
    found.iter().copied().find(is_default).or_else(|| found.first().copied())
}

fn tree(document: Option<&Node>, key: &str, world: &mut World) -> Option<Node> {
    match held(document?, key)? {
        Held::Tree(node) => Some(node),
        Held::Text(text) => nested(&text, world),
    }
}

/// A document in a text of another; what is wrong with it is told where the text begins.
fn nested(text: &Text, world: &mut World) -> Option<Node> {
    let path = world.files.locate(text.span).map(|it| it.path.to_owned()).unwrap_or_default();
    let file = world.files.add(path, text.as_str())?;
    let mut own = Diagnostics::default();
    let parsed = parse(file, &world.files, &mut own);
    if let (Err(_), Some(first)) = (&parsed, own.sorted().first()) {
        let line = world.files.locate(first.span).map_or(1, |it| it.line);
        let message = format!("the text under this key is no YAML: line {line} of it: {}", first.message);
        world.diags.push(Diagnostic::error(code::SYNTAX, text.span, message));
    }
    // A place in a text of its own is no place in a file.
    parsed.ok().map(Node::without_places)
}

impl World {
    fn held_in(
        &mut self,
        path: &Path,
        key: &str,
        what: &str,
    ) -> Result<(Node, Option<crate::source::Str>), Failure> {
        let file = self.text(path)?;
        let Ok(documents) = parse_all(file, &self.files, &mut self.diags) else {
            self.tell()?;
            return Err(Failure::Input);
        };
        for document in &documents {
            if let Some(node) = tree(Some(document), key, self) {
                return Ok((node, cluster_domain(document).cloned()));
            }
        }
        let path = path.display();
        let kinds = if key == "mesh" {
            "a MeshConfig, a ConfigMap with `data.mesh` or an IstioOperator"
        } else {
            "a MeshNetworks or a ConfigMap with `data.meshNetworks`"
        };
        Err(anyhow::anyhow!("`{path}` does not hold the {what} of a mesh: that is {kinds}").into())
    }
}
