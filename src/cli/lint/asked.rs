//! What a run of `lint` is asked for: the command line over `.meshgen.yaml`.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::args::LintArgs;
use crate::cli::args::lint::external;
use crate::cli::gather::Exclude;
use crate::cli::world::{Failure, World};
use crate::diag::{Diagnostic, Reported, Severity, code};
use crate::glob::Ignore;
use crate::mesh::External;
use crate::settings::{Levels, Settings};
use crate::source::Text;
use crate::units::date::Date;
use crate::yaml::parse;

/// Where settings are looked for.
const SETTINGS: &str = ".meshgen.yaml";

/// Everything that decides how manifests are judged.
pub struct Asked {
    /// Files, folders, stdin.
    pub files: Vec<PathBuf>,
    /// What is left out of folders.
    pub exclude: Exclude,
    /// Where objects are that do not say it.
    pub namespace: Option<String>,
    /// The file of the mesh's configuration.
    pub mesh_config: Option<PathBuf>,
    /// The file of its networks.
    pub mesh_networks: Option<PathBuf>,
    /// Files and folders with CRDs.
    pub crds: Vec<PathBuf>,
    /// What lives elsewhere.
    pub externals: Vec<External>,
    /// Levels of rules.
    pub levels: Levels,
    /// What day it is, if anybody says so.
    pub as_of: Option<Date>,
    /// The file of what was found before.
    pub baseline: Option<PathBuf>,
    /// From which level on the run fails.
    pub fail_on: Severity,
}

impl Asked {
    /// Reads the settings and lays the arguments over them.
    ///
    /// # Errors
    /// Settings that cannot be read, or that are wrong: which is told here.
    pub fn of(args: &LintArgs, world: &mut World) -> Result<Self, Failure> {
        let (settings, folder) = settings(args.config.as_deref(), world)?;
        let at = |it: &Text| folder.join(it.as_str());
        let over = |arg: &Option<PathBuf>, own: &Option<Text>| arg.clone().or_else(|| own.as_ref().map(at));
        let mut externals = args.external.clone();
        for text in &settings.external {
            match external(text) {
                Ok(it) => externals.push(it),
                Err(help) => {
                    let message = format!("`{text}` names nothing that could live elsewhere");
                    world.diags.push(Diagnostic::error(code::BAD_VALUE, text.span, message).help(help));
                }
            }
        }
        told(world)?;
        let mut levels = settings.levels();
        args.rules.iter().for_each(|(code, level)| levels.set(code, *level));
        let base = if folder.as_os_str().is_empty() { Path::new(".") } else { folder.as_path() };
        let own = settings.fail_on.map_or(Severity::Error, |it| it.value.0);
        Ok(Self {
            files: if args.files.is_empty() { vec![PathBuf::from(".")] } else { args.files.clone() },
            exclude: Exclude {
                base: fs::canonicalize(base).unwrap_or_default(),
                patterns: Ignore::of(settings.exclude.iter().map(|it| it.as_str())),
            },
            namespace: args
                .namespace
                .clone()
                .or_else(|| settings.namespace.as_ref().map(ToString::to_string)),
            mesh_config: over(&args.mesh_config, &settings.mesh_config),
            mesh_networks: over(&args.mesh_networks, &settings.mesh_networks),
            crds: args.crds().iter().cloned().chain(settings.crds.iter().map(at)).collect(),
            externals,
            levels,
            as_of: args.as_of,
            // Whoever writes a baseline wants to see all that is there.
            baseline: over(&args.baseline, &settings.baseline).filter(|_| args.write_baseline.is_none()),
            fail_on: args.fail_on.map_or(own, Severity::from),
        })
    }
}

impl World {
    /// The levels that the settings of this folder give to rules.
    ///
    /// # Errors
    /// When the settings are wrong, which is among the findings.
    pub fn levels(&mut self) -> Result<Levels, Reported> {
        if !Path::new(SETTINGS).is_file() {
            return Ok(Levels::default());
        }
        // What cannot be read says nothing: `meshgen lint` tells why.
        let Ok(file) = self.text(Path::new(SETTINGS)) else { return Ok(Levels::default()) };
        let node = parse(file, &self.files, &mut self.diags)?;
        let settings = Settings::read(&node, &mut self.diags);
        self.diags.found(settings).map(|it| it.levels())
    }
}

/// The settings, and the folder that their paths start from.
fn settings(named: Option<&Path>, world: &mut World) -> Result<(Settings, PathBuf), Failure> {
    let path = match named {
        Some(path) => path,
        None if Path::new(SETTINGS).is_file() => Path::new(SETTINGS),
        None => return Ok((Settings::default(), PathBuf::new())),
    };
    let file = world.text(path)?;
    let node = parse(file, &world.files, &mut world.diags);
    let settings = node.ok().and_then(|it| Settings::read(&it, &mut world.diags));
    told(world)?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    settings.map(|it| (it, folder)).ok_or(Failure::Input)
}

/// Wrong settings end the run before anything is judged by them.
fn told(world: &mut World) -> Result<(), Failure> {
    if world.diags.is_empty() { Ok(()) } else { world.tell() }
}
