//! `meshgen lint`: anybody's manifests, judged without a cluster.

use std::path::{Path, PathBuf};

use crate::cli::args::{LintArgs, LintFormat};
use crate::cli::world::{Failure, Outcome, World};
use crate::diag::{Severity, json, sarif};
use crate::lint::lint;
use crate::mesh::{Cluster, MeshConfig};
use crate::yaml::parse;

/// Judges what the arguments name.
pub fn run(args: &LintArgs, world: &mut World) -> Outcome {
    let files = if args.files.is_empty() { &[PathBuf::from(".")][..] } else { &args.files };
    let mut config = MeshConfig::default();
    if let Some(path) = &args.mesh_config {
        config = world.mesh_config(path)?;
    }
    // What is no YAML is among the findings: the rest is judged all the same.
    let cluster = world.manifests(files).map(|it| Cluster::new(&it, config, args.external.clone()));
    if let Ok(cluster) = &cluster {
        lint(cluster, &mut world.diags);
    }
    let cluster = match cluster {
        Err(Failure::World(error)) => return Err(Failure::World(error)),
        other => other.ok(),
    };
    report(args, cluster.as_ref(), world)
}

impl World {
    /// The configuration of the mesh, from a file.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no YAML.
    pub fn mesh_config(&mut self, path: &Path) -> Result<MeshConfig, Failure> {
        let file = self.text(path)?;
        let node = parse(file, &self.files, &mut self.diags).map_err(|_| Failure::Input)?;
        Ok(MeshConfig { node, ..MeshConfig::default() })
    }
}

fn report(args: &LintArgs, cluster: Option<&Cluster>, world: &mut World) -> Outcome {
    let findings = world.diags.sorted();
    let worst = findings.iter().map(|it| it.severity).max();
    let failed = worst.is_some_and(|it| it >= Severity::from(args.fail_on));
    let text = match args.output {
        LintFormat::Human => {
            let told = world.tell();
            if let (Some(cluster), Ok(())) = (cluster, &told) {
                let count = cluster.objects().len();
                let s = if count == 1 { "" } else { "s" };
                world.say(&format!("{count} object{s} judged"));
            }
            return if failed { Err(Failure::Input) } else { told };
        }
        LintFormat::Json => json::render(&findings, &world.files),
        LintFormat::Sarif => sarif::render(&findings, &world.files),
    };
    world.print(&text)?;
    if failed { Err(Failure::Input) } else { Ok(()) }
}
