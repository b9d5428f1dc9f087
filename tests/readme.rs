//! The README promises nothing that is not there: its profiles are valid, its tour can be walked, its error is real.

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use crate::cli::shell;

/// The blocks of the README that begin with a fence of this language.
fn blocks(language: &str) -> Vec<String> {
    let text = fs::read_to_string("README.md").unwrap();
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|it| it.split("```").next().unwrap().to_owned()).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("profiles")).unwrap();
    folder
}

#[test]
fn its_profiles_are_valid() {
    let folder = folder("profiles");
    let profiles = blocks("yaml");
    assert!(profiles.len() >= 2);
    for profile in &profiles {
        let path = profile.lines().next().unwrap().strip_prefix("# ").unwrap();
        fs::write(folder.join(path), profile).unwrap();
    }
    let (code, words) = shell("meshgen validate --all", &folder);
    assert_eq!((code, words), (0, format!("{} profiles are valid\n", profiles.len())));
}

#[test]
fn its_tour_can_be_walked() {
    let tour = blocks("console").concat().replace("$ ", "");
    let (code, words) = shell(&format!("set -e\n{tour}"), &folder("tour"));
    assert_eq!(code, 0, "{words}");
}

#[test]
fn its_error_is_a_real_one() {
    let error = blocks("text").into_iter().find(|it| it.starts_with("error[")).unwrap();
    let real = fs::read_to_string("tests/errors/several-at-once.stderr").unwrap();
    assert!(real.contains(&error), "README.md shows\n{error}");
}

#[test]
fn its_table_names_every_command_and_no_other() {
    let text = fs::read_to_string("README.md").unwrap();
    let mut named: Vec<String> =
        text.split("](tests/cli/").skip(1).map(|it| it.split(".md)").next().unwrap().to_owned()).collect();
    let command = meshgen::cli::Cli::command();
    let mut known: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    named.sort();
    known.sort();
    assert_eq!(named, known);
}

#[test]
fn its_links_lead_somewhere() {
    for page in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(page).unwrap();
        for link in text.split("](").skip(1).map(|it| it.split(')').next().unwrap()) {
            assert!(link.starts_with("https://") || fs::exists(link).unwrap(), "{page}: {link}");
        }
    }
}
