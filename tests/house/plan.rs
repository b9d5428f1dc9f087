//! The plan of the house, read from where people read it: the tables of ARCHITECTURE.md, and Cargo.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What each room may import.
pub fn imports() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let table = text.split("```imports\n").nth(1).and_then(|it| it.split("```").next()).unwrap();
    let line = |line: &str| {
        let (room, allowed) = line.split_once(':').unwrap();
        (room.to_owned(), allowed.split_whitespace().map(str::to_owned).collect())
    };
    table.lines().map(line).collect()
}

/// The rooms of each dependency.
pub fn dependencies() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let table = text.split("| package | rooms | why |").nth(1).unwrap();
    let row = |line: &str| {
        let mut cells = line.split('|').skip(1).map(str::trim);
        let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?.to_owned();
        Some((name, cells.next()?.split_whitespace().map(str::to_owned).collect()))
    };
    table.lines().filter_map(row).collect()
}

/// The names of all dependencies, also those of tests.
pub fn manifest_dependencies() -> BTreeSet<String> {
    let text = fs::read_to_string("Cargo.toml").unwrap();
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| inside) {
            names.insert(name.to_owned());
        }
    }
    names
}
