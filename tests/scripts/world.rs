//! A folder with the scripts of a profile, its manifests, and a kubectl that writes down how it is called.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use meshgen::bundle::{Layout, bundle};
use meshgen::check::Scenario;
use meshgen::diag::{Diagnostics, human};
use meshgen::mesh::Mesh;
use meshgen::resolve::{Resolver, Wish};
use meshgen::scripts::{Root, scripts};
use meshgen::source::SourceMap;
use tempfile::TempDir;

use crate::shipped::Builtins;

/// A profile written in a test; what is told where the language refuses it.
pub fn compile(text: &str) -> Result<(Scenario, Mesh), String> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("profile.yaml", text).unwrap();
    let profile = Resolver::default().profile(file, &Wish::default(), &mut Builtins, &mut files, &mut diags);
    let compiled = profile.and_then(|it| meshgen::compile("example".into(), it, &mut diags));
    compiled.map_err(|_| human::render(&diags.sorted(), &files, false))
}

/// The scripts by name, as the seed layout has them.
pub fn texts(scenario: &Scenario, mesh: &Mesh) -> BTreeMap<String, String> {
    let files = scripts(scenario, mesh, Root { path: "..", layout: Layout::Seed }).unwrap();
    files.into_iter().map(|it| (it.path, it.text)).collect()
}

/// What a script did.
#[derive(Debug)]
pub struct Done {
    /// The exit code.
    pub code: i32,
    /// stdout, then stderr.
    pub said: String,
    /// How kubectl was called, without `--context lab`.
    pub calls: Vec<Vec<String>>,
}

impl Done {
    /// The calls of a verb.
    pub fn verb(&self, verb: &str) -> Vec<String> {
        self.calls.iter().filter(|it| it[0] == verb).map(|it| it.join(" ")).collect()
    }

    /// The calls that change something.
    pub fn changes(&self) -> Vec<String> {
        let all = [
            "apply", "patch", "delete", "create", "run", "argo", "annotate", "label", "scale", "set",
            "replace",
        ];
        let argo_asks = |it: &str| it == "argo rollouts version --short";
        all.iter().flat_map(|it| self.verb(it)).filter(|it| !argo_asks(it)).collect()
    }
}

/// The folder.
pub struct World {
    folder: TempDir,
}

impl World {
    /// Of a profile.
    pub fn new(text: &str) -> Self {
        let (scenario, mesh) = compile(text).unwrap();
        let this = Self { folder: tempfile::tempdir().unwrap() };
        for file in bundle(&mesh, "example", &scenario.profile().namespace, Layout::Seed).files {
            this.write(&file.path, &file.text);
        }
        for (name, text) in texts(&scenario, &mesh) {
            this.write(&format!("scripts/{name}"), &text);
        }
        this.write("bin/kubectl", include_str!("kubectl.sh"));
        let program = this.path().join("bin/kubectl");
        fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
        this
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What kubectl answers, by the names that it knows.
    pub fn answer(&self, name: &str, text: &str) -> &Self {
        self.write(&format!("bin/{name}"), text);
        self
    }

    /// Puts a file into the folder.
    pub fn write(&self, path: &str, text: &str) {
        let place = self.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// Runs a script in the context that is the current one.
    pub fn run(&self, script: &str, args: &[&str]) -> Done {
        self.bare(script, &[&["--context", "lab"], args].concat())
    }

    /// Runs a script with these arguments alone.
    pub fn bare(&self, script: &str, args: &[&str]) -> Done {
        let calls = self.path().join("bin/calls");
        let _ = fs::remove_file(&calls);
        let _ = fs::remove_file(self.path().join("bin/counted"));
        let path = format!("{}:{}", self.path().join("bin").display(), std::env::var("PATH").unwrap());
        let done = Command::new("bash")
            .arg(self.path().join("scripts").join(script))
            .args(args)
            .current_dir(self.path())
            .env_clear()
            .env("PATH", path)
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].concat();
        Done {
            code: done.status.code().unwrap(),
            said: String::from_utf8(said).unwrap(),
            calls: read(&fs::read(&calls).unwrap_or_default()),
        }
    }
}

/// A count and so many words, each ended by a zero byte, again and again.
fn read(log: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8(log.to_vec()).unwrap();
    let mut words = text.split_terminator('\0').map(str::to_owned);
    let mut calls = Vec::new();
    while let Some(count) = words.next() {
        let call: Vec<String> = words.by_ref().take(count.parse().unwrap()).collect();
        let own = if call.starts_with(&["--context".into(), "lab".into()]) { 2 } else { 0 };
        calls.push(call[own..].to_vec());
    }
    calls
}
