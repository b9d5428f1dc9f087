//! Broken profiles and the exact words that each earns: `tests/errors/NAME.yaml` and `NAME.stderr`.
//!
//! The messages are the product. After `just bless`, read them aloud.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// `meshgen validate` in a folder.
pub fn validate(folder: &str, profile: &str) -> Output {
    let meshgen = Command::new(env!("CARGO_BIN_EXE_meshgen"))
        .args(["validate", profile])
        .current_dir(folder)
        .env_remove("MESHGEN_PROFILES")
        .env_remove("NO_COLOR")
        .output();
    meshgen.unwrap()
}

#[test]
fn every_mistake_earns_its_words() {
    let entries = fs::read_dir("tests/errors").unwrap().map(|it| it.unwrap().path());
    let mut profiles: Vec<PathBuf> =
        entries.filter(|it| it.extension().is_some_and(|it| it == "yaml")).collect();
    profiles.sort();
    let mut wrong = Vec::new();
    for profile in profiles {
        let done = validate("tests/errors", profile.file_name().unwrap().to_str().unwrap());
        let found = String::from_utf8(done.stderr).unwrap();
        let code = i32::from(found != "1 profile is valid\n");
        assert_eq!(done.status.code(), Some(code), "{}: {found}", profile.display());
        assert!(done.stdout.is_empty(), "{}", profile.display());
        let words = profile.with_extension("stderr");
        let expected = fs::read_to_string(&words).unwrap_or_default();
        if expected == found {
            continue;
        }
        if crate::blessing() {
            fs::write(words, found).unwrap();
        } else {
            wrong.push(format!("{}:\n{}", words.display(), crate::difference(&expected, &found)));
        }
    }
    assert!(
        wrong.is_empty(),
        "other words than before; if they are better: just bless\n{}",
        wrong.join("\n")
    );
}

#[test]
fn six_mistakes_in_one_file_are_six_findings() {
    let words = fs::read_to_string("tests/errors/several-at-once.stderr").unwrap();
    assert!(words.matches("error[").count() >= 6, "{words}");
}
