//! The program `promtool`, and the files that it reads.

use std::fs;
use std::path::Path;
use std::process::Command;

use meshgen::yaml::print;
use serde_json::Value;

/// The program.
pub struct Promtool;

impl Promtool {
    /// The program, if this machine has it.
    pub fn found() -> Option<Self> {
        let found = Command::new("promtool").arg("--version").output().is_ok_and(|it| it.status.success());
        if !found {
            println!("skipped: promtool is not there");
        }
        found.then_some(Self)
    }

    /// Fails unless the rules of a file are without mistake.
    pub fn check(&self, file: &str) {
        run(&["check", "rules", file]);
    }

    /// Fails unless the tests of a file pass.
    pub fn test(&self, file: &str) {
        run(&["test", "rules", file]);
    }
}

fn run(args: &[&str]) {
    let done = Command::new("promtool").args(args).output().unwrap();
    let words = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "promtool {}\n{words}", args.join(" "));
}

/// Writes a file for promtool; its path.
pub fn written(name: &str, value: &Value) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("promtool");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.yaml"));
    fs::write(&path, print(value)).unwrap();
    path.to_str().unwrap().to_owned()
}
