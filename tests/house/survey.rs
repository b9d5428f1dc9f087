//! What a surveyor sees of a source file: its room, its imports, its functions, its code without comments and tests.

use std::fs;
use std::path::Path;

/// One file of Rust.
pub struct File {
    /// From the root of the repository.
    pub path: String,
    /// All of it.
    pub text: String,
    /// It is a test as a whole.
    pub is_test: bool,
}

/// Every file of Rust below a folder, sorted by path.
pub fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(Path::new(folder), &mut found);
    found.sort();
    let read = |path: String| {
        let text = fs::read_to_string(&path).unwrap();
        File { is_test: path.starts_with("tests/") || is_test_module(&path), path, text }
    };
    found.into_iter().map(read).collect()
}

fn walk(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path.to_str().unwrap().replace('\\', "/"));
        }
    }
}

/// Whether its room says `#[cfg(test)] mod name;`, perhaps with other conditions beside.
fn is_test_module(path: &str) -> bool {
    let path = Path::new(path);
    let name = path.file_stem().unwrap().to_str().unwrap();
    let room = fs::read_to_string(path.with_file_name("mod.rs")).unwrap_or_default();
    let lines: Vec<&str> = room.lines().collect();
    let declared = lines.iter().position(|it| it.trim_start_matches("pub ") == format!("mod {name};"));
    let before = &lines[..declared.unwrap_or_default()];
    before.iter().rev().take_while(|it| it.starts_with("#[")).any(|it| it.contains("(test"))
}

impl File {
    /// The name of the folder or file directly below `src/`.
    pub fn room(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let room = below.split('/').next().unwrap_or(below);
        room.strip_suffix(".rs").unwrap_or(room)
    }

    /// Lines with their numbers, without comments, and without the tests at the foot.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = ["#[cfg(test)]\nmod tests {", "#[cfg(test)]\npub mod tests {"];
        let end = tests.iter().find_map(|it| self.text.find(it)).unwrap_or(self.text.len());
        let lines = self.text[..end].lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Every path behind `crate::` (in `main.rs` behind `meshgen::`), with its line, braces spelt out.
    pub fn imports(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let root = if self.path == "src/main.rs" { "meshgen::" } else { "crate::" };
        for (number, line) in self.code() {
            for (at, _) in line.match_indices(root) {
                let path = &line[at + root.len()..];
                let end = path.find(|it: char| !it.is_alphanumeric() && it != '_' && it != ':');
                let stem = path[..end.unwrap_or(path.len())].trim_end_matches("::").to_owned();
                match path[end.unwrap_or(path.len())..].strip_prefix('{') {
                    // A list that goes on in the next line is judged by what it is a list of.
                    Some(list) if list.contains('}') => {
                        let list = list.split('}').next().unwrap_or_default();
                        found.extend(list.split(',').map(|it| (number, join(&stem, it.trim()))));
                    }
                    _ => found.push((number, stem)),
                }
            }
        }
        found
    }

    /// Line, name and length of every function: from a formatted `fn` line to the brace that closes it.
    pub fn functions(&self) -> Vec<(usize, String, usize)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut found = Vec::new();
        for (start, line) in lines.iter().enumerate() {
            let Some(name) = function(line) else { continue };
            let indent = &line[..line.len() - line.trim_start().len()];
            let closes = |it: &&str| it.strip_prefix(indent) == Some("}");
            let declares = |it: &&str| {
                it.starts_with(indent) && it.ends_with(';') && !it.starts_with(&format!("{indent} "))
            };
            let Some(length) = lines[start..].iter().position(|it| closes(it) || declares(it)) else {
                continue;
            };
            if !line.ends_with('}') {
                found.push((start + 1, name.to_owned(), length + 1));
            }
        }
        found
    }
}

fn join(stem: &str, item: &str) -> String {
    if item == "self" || stem.is_empty() {
        format!("{stem}{}", item.trim_start_matches("self"))
    } else {
        format!("{stem}::{item}")
    }
}

/// The name of the function that a line begins.
fn function(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let words = ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe", "extern"];
    let fits = before.split_whitespace().all(|it| words.contains(&it));
    let name = after.split(|it: char| !it.is_alphanumeric() && it != '_').next()?;
    (fits && !name.is_empty()).then_some(name)
}
