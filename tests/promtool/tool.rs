//! The program `promtool`, and the files that it reads.

use std::fs;
use std::path::Path;
use std::process::Command;

use meshgen::yaml::print;
use serde_json::Value;

/// The program.
pub struct Promtool {
    command: &'static str,
}

impl Promtool {
    /// The program, if this machine has it.
    #[expect(clippy::print_stdout, reason = "a test that did not run says so")]
    pub fn found() -> Option<Self> {
        let command = "promtool";
        let found = Command::new(command).arg("--version").output().is_ok_and(|it| it.status.success());
        if !found {
            println!("skipped: promtool is not there");
        }
        found.then_some(Self { command })
    }

    /// Fails unless the rules of a file are without mistake.
    pub fn check(&self, file: &str) {
        self.run(&["check", "rules", file]);
    }

    /// Fails unless the tests of a file pass.
    pub fn test(&self, file: &str) {
        self.run(&["test", "rules", file]);
    }

    fn run(&self, args: &[&str]) {
        let done = Command::new(self.command).args(args).output().unwrap();
        let words = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{} {}\n{words}", self.command, args.join(" "));
    }
}

/// Writes a file for promtool; its path.
pub fn written(name: &str, value: &Value) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("promtool");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.yaml"));
    fs::write(&path, print(value)).unwrap();
    path.to_str().unwrap().to_owned()
}
