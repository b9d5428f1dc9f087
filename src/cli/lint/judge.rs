//! From files to findings: what the rules say, less what is allowed, what is switched off and what was known.

use std::path::{Path, PathBuf};

use crate::cli::gather::Found;
use crate::cli::lint::asked::Asked;
use crate::cli::lint::definitions::Definitions;
use crate::cli::lint::mesh_config::mesh_config;
use crate::cli::world::{Failure, World};
use crate::diag::{Diagnostic, code};
use crate::lint::lint_by;
use crate::mesh::{Cluster, Mesh};
use crate::source::{FileId, Span};
use crate::verdict::baseline::{Baseline, Print};
use crate::verdict::{allow, suppress};
use crate::yaml::parse;

/// What came of it, beside the findings.
pub struct Judged {
    /// The objects.
    pub cluster: Cluster,
    /// The files that were read, and how they were named.
    pub files: Vec<(FileId, PathBuf)>,
    /// How many findings are allowed by a comment or an annotation.
    pub allowed: usize,
    /// How many the baseline knows.
    pub known: usize,
    /// What the baseline knows and is no longer there.
    pub gone: Vec<Print>,
    /// Files that could not be read.
    pub unread: Vec<anyhow::Error>,
}

/// Judges files; what is found is among the findings of the world.
///
/// # Errors
/// A configuration or a baseline that cannot be read.
pub fn judge(asked: &Asked, found: &[Found], world: &mut World) -> Result<Judged, Failure> {
    // A wrong baseline is told before anything else is read.
    let baseline = asked.baseline.as_deref().map(|it| world.baseline(it)).transpose()?;
    let documents = world.documents(found);
    world.tell_of_templates(&documents);
    let config = mesh_config(asked, &documents.nodes, world)?;
    let mesh = Mesh::read_into(asked.namespace.as_deref(), documents.nodes, &mut world.diags);
    let cluster = Cluster::new(&mesh, config, asked.externals.clone());
    drop(mesh);
    let definitions = Definitions::read(&asked.crds, world)?;
    lint_by(&|object, diags| definitions.judge(object, diags), &cluster, &mut world.diags);
    let explained = !world.diags.is_empty() || !documents.unread.is_empty() || documents.templates.is_some();
    if cluster.objects().is_empty() && !explained {
        world.diags.push(nothing(found));
    }
    let texts: Vec<FileId> = documents.files.iter().map(|it| it.0).collect();
    // First what others were told, so that our own allowances know whether they are still of use.
    let suppressed = suppress::apply(&cluster, &mut world.diags);
    let allowed =
        suppressed + allow::apply(&texts, Some(&cluster), asked.as_of, &world.files, &mut world.diags);
    asked.levels.apply(&mut world.diags);
    let (known, gone) = baseline.map(|it| it.apply(&world.files, &mut world.diags)).unwrap_or_default();
    Ok(Judged { cluster, files: documents.files, allowed, known, gone, unread: documents.unread })
}

/// Mostly what should have come has not.
fn nothing(found: &[Found]) -> Diagnostic {
    let message = match found {
        [one] if one.path == Path::new("-") => "there is no Kubernetes object in `stdin`".to_owned(),
        [one] => format!("there is no Kubernetes object in `{}`", one.path.display()),
        many => format!("there is no Kubernetes object in {} files", many.len()),
    };
    let help = "look whether the command before the pipe, or the path, is the one you mean";
    Diagnostic::warning(code::NOTHING_TO_JUDGE, Span::NONE, message).help(help)
}

impl World {
    fn baseline(&mut self, path: &Path) -> Result<Baseline, Failure> {
        let file = self.text(path).map_err(|error| {
            error
                .context(format!("there is no baseline: make one with `--write-baseline {}`", path.display()))
        })?;
        let node = parse(file, &self.files, &mut self.diags);
        match node.ok().and_then(|it| Baseline::read(&it, &mut self.diags)) {
            Some(baseline) => Ok(baseline),
            None => self.tell().and(Err(Failure::Input)),
        }
    }
}
