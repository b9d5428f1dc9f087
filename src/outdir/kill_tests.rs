//! A kill, or a disk that is full, at every single operation: nothing is lost, and the next run completes the work.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::bundle::Bundle;
use crate::bundle::inventory::{FILE_NAME, Inventory, SCRATCH_NAME};
use crate::outdir::apply::apply;
use crate::outdir::disk::{Disk, RealDisk};
use crate::outdir::tests::{bundle, render, tree};
use crate::outdir::{Kind, orphans, plan, removal, remove};

/// A disk on which only so many operations succeed.
struct FailingDisk {
    left: usize,
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    /// The process is gone: nothing happens any more, and a file may be half written.
    Kill,
    /// What takes up room fails, a file may be half written, the rest works.
    Full,
}

impl FailingDisk {
    fn step(&mut self, takes_room: bool) -> io::Result<()> {
        if self.left > 0 {
            self.left -= 1;
            return Ok(());
        }
        match self.fault {
            Fault::Kill => Err(io::Error::other("killed")),
            Fault::Full if takes_room => Err(io::Error::from(ErrorKind::StorageFull)),
            Fault::Full => Ok(()),
        }
    }
}

impl Disk for FailingDisk {
    fn create_dir(&mut self, path: &Path) -> io::Result<()> {
        self.step(true)?;
        RealDisk.create_dir(path)
    }

    /// Three operations: the name, the first half, the rest.
    fn write_new(&mut self, path: &Path, text: &str) -> io::Result<()> {
        self.step(true)?;
        RealDisk.write_new(path, "")?;
        self.step(true)?;
        std::fs::write(path, &text[..text.len() / 2])?;
        self.step(true)?;
        std::fs::write(path, text)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(true)?;
        RealDisk.rename(from, to)
    }

    fn remove_file(&mut self, path: &Path) -> io::Result<()> {
        self.step(false)?;
        RealDisk.remove_file(path)
    }

    fn remove_dir(&mut self, path: &Path) -> io::Result<()> {
        self.step(false)?;
        RealDisk.remove_dir(path)
    }
}

const A: &[(&str, &str)] = &[
    ("apps/one.yaml", "one: 1\n"),
    ("apps/two.yaml", "two: 1\n"),
    ("gone/deep/three.yaml", "three: 1\n"),
    ("kustomization.yaml", "resources: [apps/one.yaml, apps/two.yaml, gone/deep/three.yaml]\n"),
    ("node", "a file\n"),
    ("tree/leaf/x.yaml", "leaf: x\n"),
    ("tree/y.yaml", "leaf: y\n"),
];

/// Creates, updates, deletes, keeps, makes `node` a folder and `tree` a file.
const B: &[(&str, &str)] = &[
    ("apps/one.yaml", "one: 2\n"),
    ("apps/two.yaml", "two: 1\n"),
    ("fresh/four.yaml", "four: 2\n"),
    ("kustomization.yaml", "resources: [apps/one.yaml]\n"),
    ("node/inner/z.yaml", "z: 2\n"),
    ("tree", "a file now\n"),
];

/// Differs from both in every file.
const C: &[(&str, &str)] =
    &[("apps/one.yaml", "one: 3\n"), ("node/inner", "3\n"), ("tree/leaf", "leaf: 3\n")];

type Files = &'static [(&'static str, &'static str)];

/// `out/hello` with a bundle, and files of somebody else's around it.
fn folder(before: Option<Files>) -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    std::fs::write(temp.path().join("README.md"), "mine").unwrap();
    if let Some(files) = before {
        render(&bundle(files), &temp.path().join("out")).unwrap();
        std::fs::write(temp.path().join("out/hello/apps/NOTES.md"), "mine").unwrap();
    }
    temp
}

fn attempt(out: &Path, bundle: &Bundle, left: usize, fault: Fault) -> Result<(), crate::outdir::Problem> {
    let plan = plan(bundle, out)?;
    apply(&mut FailingDisk { left, fault }, &plan, &mut |_, _| {}).map(drop)
}

fn expected(before: Option<Files>, after: Files) -> BTreeMap<String, String> {
    let fresh = folder(None);
    render(&bundle(after), &fresh.path().join("out")).unwrap();
    let mut tree = tree(fresh.path());
    if before.is_some() {
        tree.insert("out/hello/apps".to_owned(), "folder".to_owned());
        tree.insert("out/hello/apps/NOTES.md".to_owned(), "mine".to_owned());
    }
    tree
}

/// Every file wholly old or wholly new, nothing foreign touched, and an inventory that knows all of ours.
fn assert_whole(temp: &Path, before: Files, after: Files) {
    let found = tree(temp);
    assert_eq!(found["README.md"], "mine");
    let look = |files: Files, path: &str| files.iter().find(|it| it.0 == path).map(|it| it.1);
    let inventory = found.get(&format!("out/hello/{FILE_NAME}")).map(|it| Inventory::parse(it).unwrap());
    if !before.is_empty() {
        assert_eq!(found["out/hello/apps/NOTES.md"], "mine");
        assert!(inventory.is_some());
    }
    for (path, text) in before.iter().chain(after) {
        let (old, new) = (look(before, path), look(after, path));
        let now = found.get(&format!("out/hello/{path}")).map(String::as_str).filter(|it| *it != "folder");
        let may_miss = old.is_none() || new.is_none();
        assert!(
            now.map_or(may_miss, |it| Some(it) == old || Some(it) == new),
            "{path}: {now:?}, once {text}"
        );
        assert!(now.is_none() || inventory.as_ref().unwrap().lists(path), "{path} is forgotten");
    }
}

/// Stops at the first operation, then the second and so on until one run gets through; `then` follows each stop.
fn at_every_operation(before: Option<Files>, after: Files, fault: Fault, then: &dyn Fn(&Path)) -> usize {
    for left in 0.. {
        let temp = folder(before);
        let result = attempt(&temp.path().join("out"), &bundle(after), left, fault);
        if let Err(problem) = &result {
            assert_eq!(problem.kind, Kind::World);
            assert!(problem.lines[0].contains(&temp.path().display().to_string()), "{problem}");
            assert!(fault == Fault::Kill || problem.lines[0].ends_with("the disk is full"), "{problem}");
        }
        assert_whole(temp.path(), before.unwrap_or(&[]), after);
        then(temp.path());
        if result.is_ok() {
            return left;
        }
    }
    unreachable!("some run gets through");
}

fn renders_to(before: Option<Files>, files: Files) -> impl Fn(&Path) {
    let expected = expected(before, files);
    move |temp| {
        render(&bundle(files), &temp.join("out")).unwrap();
        assert_eq!(tree(temp), expected);
        assert!(plan(&bundle(files), &temp.join("out")).unwrap().is_clean());
    }
}

#[test]
fn a_kill_at_any_moment_loses_nothing_and_the_next_run_repairs() {
    assert!(at_every_operation(None, A, Fault::Kill, &renders_to(None, A)) > 30);
    assert!(at_every_operation(Some(A), B, Fault::Kill, &renders_to(Some(A), B)) > 30);
    at_every_operation(Some(B), A, Fault::Kill, &renders_to(Some(B), A));
    at_every_operation(Some(A), &[], Fault::Kill, &renders_to(Some(A), &[]));
}

#[test]
fn after_a_kill_any_other_bundle_can_be_rendered() {
    at_every_operation(Some(A), B, Fault::Kill, &renders_to(Some(A), A));
    at_every_operation(Some(A), B, Fault::Kill, &renders_to(Some(A), C));
    at_every_operation(Some(B), A, Fault::Kill, &renders_to(Some(B), C));
}

#[test]
fn a_second_kill_does_no_more_harm_than_the_first() {
    let end = renders_to(Some(A), B);
    let last = at_every_operation(Some(A), B, Fault::Kill, &end);
    for first in (0..last).step_by(5) {
        for second in (0..last).step_by(4) {
            let temp = folder(Some(A));
            let out = temp.path().join("out");
            attempt(&out, &bundle(B), first, Fault::Kill).unwrap_err();
            let _ = attempt(&out, &bundle(B), second, Fault::Kill);
            assert_whole(temp.path(), A, B);
            end(temp.path());
        }
    }
}

#[test]
fn a_disk_that_is_full_at_any_moment_loses_nothing_and_leaves_nothing_half_written() {
    let check = |before, after| {
        let end = renders_to(before, after);
        at_every_operation(before, after, Fault::Full, &|temp| {
            assert!(!tree(temp).contains_key(&format!("out/hello/{SCRATCH_NAME}")));
            end(temp);
        });
    };
    check(None, A);
    check(Some(A), B);
    check(Some(B), A);
}

#[test]
fn a_removal_that_was_killed_can_be_completed() {
    for left in 0.. {
        let temp = folder(Some(A));
        let out = temp.path().join("out");
        let plan = removal::plan(&out, "hello").unwrap();
        let result = apply(&mut FailingDisk { left, fault: Fault::Kill }, &plan, &mut |_, _| {});
        if result.is_ok() {
            return;
        }
        if orphans(&out, &[]).unwrap() == ["hello"] {
            assert_whole(temp.path(), A, &[]);
            remove(&out, "hello").unwrap();
        }
        let rest = tree(temp.path());
        assert_eq!(rest.keys().filter(|it| it.starts_with("out/")).count(), 3, "{rest:?}");
    }
}
