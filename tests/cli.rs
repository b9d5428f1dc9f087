//! The transcripts of `tests/cli/`: what a user types and sees, run in a real shell. They are the manual, too.
//!
//! A page is Markdown. A block ` ```console ` holds commands (`$ …`), the exit code where it is not 0 (`? 1`) and what
//! is printed. A block such as ` ```yaml profiles/shop.yaml ` is a file that the commands find. A page has an empty
//! folder to itself, and no profiles but the built-in ones unless it brings its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn every_transcript_is_true() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let found = replay(&text, &sandbox(&page));
        if text == found {
            continue;
        }
        if crate::blessing() {
            fs::write(&page, found).unwrap();
        } else {
            wrong.push(format!("{}:\n{}", page.display(), crate::difference(&text, &found)));
        }
    }
    assert!(
        wrong.is_empty(),
        "a transcript is no longer true; if it should be so: just bless\n{}",
        wrong.join("\n")
    );
}

fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/cli").unwrap().map(|it| it.unwrap().path());
    let mut pages: Vec<PathBuf> = entries.filter(|it| it.extension().is_some_and(|it| it == "md")).collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

/// An empty folder, the same in every run.
fn sandbox(page: &Path) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(page.file_stem().unwrap());
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The page with what the commands print now.
fn replay(page: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        out.extend([line, "\n"]);
        let Some(info) = line.strip_prefix("```").filter(|it| !it.is_empty()) else { continue };
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|it| *it != "```") {
            block.push(line);
        }
        out.push_str(&match info.split_once(' ') {
            None if info == "console" => {
                block.iter().filter_map(|it| it.strip_prefix("$ ")).map(|it| run(it, folder)).collect()
            }
            Some((_, path)) => place(&folder.join(path), &block),
            None => lines_of(&block),
        });
        out.extend(lines.next().map(|it| format!("{it}\n")));
    }
    out
}

fn place(path: &Path, lines: &[&str]) -> String {
    let text = lines_of(lines);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, &text).unwrap();
    text
}

fn lines_of(lines: &[&str]) -> String {
    lines.iter().flat_map(|it| [it, "\n"]).collect()
}

/// A command, how it ends and what it prints.
fn run(command: &str, folder: &Path) -> String {
    let (code, mut printed) = shell(command, folder);
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    let ends_the_block = printed.lines().any(|it| it == "```");
    assert!(!ends_the_block, "`{command}` prints the end of its own block: pipe it through `sed 's/^/| /'`");
    let code = if code == 0 { String::new() } else { format!("? {code}\n") };
    format!("$ {command}\n{code}{printed}")
}

/// The exit code of a command, and all that it prints.
pub fn shell(command: &str, folder: &Path) -> (i32, String) {
    let ours = Path::new(env!("CARGO_BIN_EXE_meshgen")).parent().unwrap();
    let path = format!("{}:{}", ours.display(), std::env::var("PATH").unwrap());
    let shell = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .env("LC_ALL", "C")
        .output();
    let shell = shell.unwrap();
    (shell.status.code().unwrap(), String::from_utf8(shell.stdout).unwrap())
}
