//! What a folder looks like before and after, file by file.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use crate::bundle::inventory::{FILE_NAME, SCRATCH_NAME};
use crate::bundle::{Bundle, File, Product};
use crate::outdir::{Drift, Kind, Problem, Summary, What, apply, orphans, plan, remove};

const FILES: &[(&str, &str)] = &[("apps/a.yaml", "a: 1\n"), ("b.yaml", "b: 1\n")];

pub fn bundle(files: &[(&str, &str)]) -> Bundle {
    let file = |it: &(&str, &str)| File { path: it.0.to_owned(), text: it.1.to_owned(), object: None };
    Bundle {
        product: Product::Manifests,
        scenario: "hello".to_owned(),
        files: files.iter().map(file).collect(),
    }
}

pub fn render(bundle: &Bundle, out: &Path) -> Result<Summary, Problem> {
    apply(&plan(bundle, out)?, &mut |_, _| {})
}

/// Everything below a folder: files with their texts, folders, and links with where they point.
pub fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
            let kind = fs::symlink_metadata(&path).unwrap();
            let text = if kind.is_symlink() {
                format!("-> {}", fs::read_link(&path).unwrap().display())
            } else if kind.is_dir() {
                folders.push(path.clone());
                "folder".to_owned()
            } else {
                String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()
            };
            found.insert(path.strip_prefix(root).unwrap().display().to_string(), text);
        }
    }
    found
}

/// A folder `out/hello` that holds [`FILES`].
fn rendered() -> (tempfile::TempDir, std::path::PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    render(&bundle(FILES), &out).unwrap();
    (temp, out)
}

/// The problem of rendering `files`, after proof that nothing was touched; paths are shown from `out` on.
fn refusal(temp: &Path, files: &[(&str, &str)]) -> String {
    let before = tree(temp);
    let problem = render(&bundle(files), &temp.join("out")).unwrap_err();
    assert_eq!(problem.kind, Kind::Refused, "{problem}");
    assert_eq!(tree(temp), before);
    problem.to_string().replace(&format!("{}/", temp.display()), "")
}

fn words(drift: &[Drift]) -> Vec<String> {
    drift.iter().map(|it| format!("{} {}", it.path, it.what.words())).collect()
}

#[test]
fn a_rendered_folder_is_clean_and_is_not_touched_again() {
    let (temp, out) = rendered();
    let times = || {
        let paths = ["apps/a.yaml", "b.yaml", FILE_NAME, "apps", "."];
        paths.map(|it| fs::metadata(out.join("hello").join(it)).unwrap().modified().unwrap())
    };
    let (before, content) = (times(), tree(temp.path()));
    assert!(plan(&bundle(FILES), &out).unwrap().is_clean());
    assert_eq!(render(&bundle(FILES), &out).unwrap(), Summary { unchanged: 2, ..Summary::default() });
    assert_eq!((times(), tree(temp.path())), (before, content));
}

#[test]
fn every_drift_is_named_and_planning_writes_nothing() {
    let (temp, out) = rendered();
    fs::write(out.join("hello/b.yaml"), "edited").unwrap();
    let before = tree(temp.path());
    let files = [("apps/c.yaml", "c"), ("b.yaml", "b: 1\n")];
    let wanted = bundle(&files);
    let plan = plan(&wanted, &out).unwrap();
    let expected = [
        ".meshgen-inventory.json is out of date",
        "apps/a.yaml is no longer part of the scenario",
        "apps/c.yaml is missing",
        "b.yaml was edited by hand",
    ];
    assert_eq!(words(&plan.drift()), expected);
    assert_eq!(plan.summary(), Summary { created: 1, updated: 1, deleted: 1, unchanged: 0 });
    assert_eq!(tree(temp.path()), before);
}

#[test]
fn a_file_of_ours_that_is_older_than_its_profile_is_out_of_date() {
    let (_temp, out) = rendered();
    let wanted = bundle(&[("apps/a.yaml", "a: 2\n"), ("b.yaml", "b: 1\n")]);
    let found = plan(&wanted, &out).unwrap();
    assert_eq!(found.drift()[1], Drift { path: "apps/a.yaml", what: What::OutOfDate });
}

#[test]
fn an_inventory_that_differs_is_drift_even_if_all_files_are_right() {
    let (_temp, out) = rendered();
    fs::remove_file(out.join("hello").join(FILE_NAME)).unwrap();
    let wanted = bundle(FILES);
    assert_eq!(words(&plan(&wanted, &out).unwrap().drift()), [".meshgen-inventory.json is missing"]);
    render(&wanted, &out).unwrap();
    assert!(plan(&wanted, &out).unwrap().is_clean());
}

#[test]
fn progress_counts_every_file_to_the_end() {
    let (_temp, out) = rendered();
    let mut heard = Vec::new();
    let wanted = bundle(&[("b.yaml", "b: 2\n"), ("c.yaml", "c")]);
    apply(&plan(&wanted, &out).unwrap(), &mut |done, total| heard.push((done, total))).unwrap();
    assert_eq!(heard, [(1, 3), (2, 3), (3, 3)]);
}

#[test]
fn foreign_files_beside_ours_stay_and_those_in_the_way_are_all_named() {
    let (temp, out) = rendered();
    fs::write(out.join("hello/README.md"), "mine").unwrap();
    fs::create_dir_all(out.join("hello/c/d")).unwrap();
    fs::write(out.join("hello/e"), "mine").unwrap();
    let expected = "\
`out/hello/README.md` is in the way and not meshgen's: no inventory lists it
`out/hello/c` is a folder, and a file is to be written there
`out/hello/e` is in the way and not meshgen's: no inventory lists it
help: move it away or delete it, then run the command again";
    assert_eq!(refusal(temp.path(), &[("README.md", "ours"), ("c", "ours"), ("e/f", "ours")]), expected);
    render(&bundle(&[("z", "z")]), &out).unwrap();
    assert_eq!(fs::read_to_string(out.join("hello/README.md")).unwrap(), "mine");
}

#[test]
fn a_foreign_file_with_our_very_content_becomes_ours() {
    let (_temp, out) = rendered();
    fs::write(out.join("hello/c.yaml"), "c").unwrap();
    let with_c = [FILES, &[("c.yaml", "c")]].concat();
    assert_eq!(render(&bundle(&with_c), &out).unwrap().unchanged, 3);
    assert_eq!(render(&bundle(FILES), &out).unwrap().deleted, 1);
}

#[test]
fn a_folder_without_inventory_is_taken_over_only_if_it_holds_nothing_else() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("out/hello");
    fs::create_dir_all(root.join("apps")).unwrap();
    fs::write(root.join("apps/a.yaml"), "a: 1\n").unwrap();
    fs::write(root.join("apps/notes"), "mine").unwrap();
    let text = refusal(temp.path(), FILES);
    assert!(
        text.starts_with("`out/hello` is not a folder of meshgen's: it has no inventory, but `apps/notes`")
    );
    fs::remove_file(root.join("apps/notes")).unwrap();
    assert_eq!(render(&bundle(FILES), &temp.path().join("out")).unwrap().created, 1);
}

#[test]
fn an_edited_file_is_put_right_but_never_deleted() {
    let (temp, out) = rendered();
    fs::write(out.join("hello/b.yaml"), "b: by hand\n").unwrap();
    let text = refusal(temp.path(), &FILES[..1]);
    assert!(
        text.contains("`out/hello/b.yaml` is no longer wanted, but was edited by hand, so it is kept"),
        "{text}"
    );
    assert_eq!(remove(&out, "hello").unwrap_err().kind, Kind::Refused);
    assert_eq!(render(&bundle(FILES), &out).unwrap().updated, 1);
}

#[test]
fn links_are_refused_wherever_they_stand_and_nothing_behind_them_is_touched() {
    let changed = [("apps/a.yaml", "a: 2\n"), ("b.yaml", "b: 2\n")];
    for place in ["apps", "apps/a.yaml", "b.yaml", "", FILE_NAME, SCRATCH_NAME] {
        let (temp, out) = rendered();
        let (here, elsewhere) = (out.join("hello").join(place), temp.path().join("elsewhere"));
        let here = here.components().collect::<std::path::PathBuf>();
        if place == SCRATCH_NAME {
            fs::write(&elsewhere, "mine").unwrap();
        } else {
            fs::rename(&here, &elsewhere).unwrap();
        }
        symlink(&elsewhere, &here).unwrap();
        for files in [&changed[..], &[("c.yaml", "c")], FILES] {
            let text = refusal(temp.path(), files);
            assert!(text.contains("is a symbolic link"), "{place}: {text}");
        }
        let before = tree(temp.path());
        assert_eq!(remove(&out, "hello").unwrap_err().kind, Kind::Refused, "{place}");
        assert_eq!(tree(temp.path()), before);
    }
}

#[test]
fn a_folder_that_becomes_a_link_after_planning_is_not_written_through() {
    let (temp, out) = rendered();
    let (apps, elsewhere) = (out.join("hello/apps"), temp.path().join("elsewhere"));
    for files in [&[("apps/a.yaml", "a: 2\n")][..], &[("b.yaml", "b: 1\n")]] {
        let wanted = bundle(files);
        let late = plan(&wanted, &out).unwrap();
        fs::rename(&apps, &elsewhere).unwrap();
        symlink(&elsewhere, &apps).unwrap();
        let problem = apply(&late, &mut |_, _| {}).unwrap_err().to_string();
        assert!(problem.contains("has become a symbolic link"), "{problem}");
        assert_eq!(tree(&elsewhere)["a.yaml"], "a: 1\n");
        fs::remove_file(&apps).unwrap();
        fs::rename(&elsewhere, &apps).unwrap();
    }
}

#[test]
fn an_out_that_is_a_link_to_a_folder_is_the_users_choice() {
    let (temp, out) = rendered();
    let alias = temp.path().join("alias");
    symlink(&out, &alias).unwrap();
    render(&bundle(&[("b.yaml", "b: 2\n")]), &alias).unwrap();
    assert_eq!(tree(&out)["hello/b.yaml"], "b: 2\n");
}

#[test]
fn a_pipe_is_not_read() {
    let (temp, out) = rendered();
    fs::remove_file(out.join("hello/b.yaml")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(out.join("hello/b.yaml")).unwrap();
    let problem = plan(&bundle(FILES), &out).unwrap_err().to_string();
    assert!(problem.contains("is neither a file nor a folder"), "{problem}");
    drop(temp);
}

#[test]
fn an_inventory_that_cannot_be_understood_stops_everything() {
    for text in ["", "{", "{\"format\": 2}", "<<<<<<< HEAD\n"] {
        let (temp, out) = rendered();
        fs::write(out.join("hello").join(FILE_NAME), text).unwrap();
        let problem = refusal(temp.path(), FILES);
        assert!(
            problem
                .starts_with("the inventory `out/hello/.meshgen-inventory.json` cannot be understood: it ")
        );
        assert!(problem.contains("help: restore the inventory from version control"), "{problem}");
    }
}

#[test]
fn an_inventory_cannot_make_us_delete_outside_its_folder() {
    let (temp, out) = rendered();
    let path = out.join("hello").join(FILE_NAME);
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("b.yaml", "../../README.md")).unwrap();
    fs::write(temp.path().join("README.md"), "b: 1\n").unwrap();
    assert!(
        refusal(temp.path(), FILES)
            .contains("the path `../../README.md` has a part that is empty, `.` or `..`")
    );
}

#[test]
fn an_out_that_can_be_no_folder_is_explained() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("file"), "mine").unwrap();
    let text = |out: &str| {
        let problem = plan(&bundle(FILES), &temp.path().join(out)).unwrap_err();
        assert_eq!(problem.kind, Kind::World);
        problem.to_string().replace(&temp.path().display().to_string(), "TEMP")
    };
    assert!(text("file").starts_with("`TEMP/file` is not a folder"));
    assert!(text("file/b").starts_with("cannot look at `TEMP/file/b`: a part of the path is not a folder"));
}

#[test]
fn the_folders_above_are_made_too_unless_a_link_leads_nowhere() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("gitops/prod");
    render(&bundle(FILES), &out).unwrap();
    assert!(plan(&bundle(FILES), &out).unwrap().is_clean());
    std::os::unix::fs::symlink("nowhere", temp.path().join("link")).unwrap();
    let problem = plan(&bundle(FILES), &temp.path().join("link/prod")).unwrap_err();
    assert!(problem.lines[0].ends_with("/link`, which is not a folder"), "{problem}");
    assert!(!temp.path().join("nowhere").exists());
}

#[test]
fn a_name_that_is_too_long_is_explained_and_what_was_there_is_whole() {
    let (temp, out) = rendered();
    let long = "x".repeat(300);
    let problem = render(&bundle(&[("b.yaml", "b: 2\n"), (&long, "x")]), &out).unwrap_err();
    assert!(problem.lines[0].ends_with("the name is too long or not allowed here"), "{problem}");
    assert_eq!(tree(temp.path())["out/hello/b.yaml"], "b: 1\n");
}

#[test]
fn a_folder_that_may_not_be_written_is_explained() {
    let (_temp, out) = rendered();
    let root = out.join("hello");
    fs::set_permissions(&root, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root_user = fs::write(root.join("probe"), "").is_ok();
    let result = render(&bundle(&[("b.yaml", "b: 2\n")]), &out);
    fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
    if !is_root_user {
        let problem = result.unwrap_err();
        assert!(problem.lines[0].ends_with("permission denied"), "{problem}");
        assert_eq!(fs::read_to_string(root.join("b.yaml")).unwrap(), "b: 1\n");
    }
}

#[test]
fn a_second_meshgen_in_the_same_folder_is_turned_away() {
    let (_temp, out) = rendered();
    let wanted = bundle(&[("b.yaml", "b: 2\n")]);
    let late = plan(&wanted, &out).unwrap();
    let lock = fs::File::open(out.join("hello")).unwrap();
    lock.lock().unwrap();
    let problem = apply(&late, &mut |_, _| {}).unwrap_err().to_string();
    assert!(problem.starts_with("another meshgen is writing to"), "{problem}");
    drop(lock);
    render(&bundle(&[]), &out).unwrap();
    let problem = apply(&late, &mut |_, _| {}).unwrap_err().to_string();
    assert!(problem.contains("has changed in the meantime"), "{problem}");
}

#[test]
fn a_bundle_that_is_wrong_in_itself_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    for files in [[("a", ""), ("a", "")], [("a", ""), ("a/b", "")], [("../a", ""), ("b", "")]] {
        refusal(temp.path(), &files);
    }
    let named = |it: &str| Bundle { product: Product::Manifests, scenario: it.to_owned(), files: Vec::new() };
    for name in ["", ".", "..", "a/b", "/a", FILE_NAME] {
        assert_eq!(plan(&named(name), temp.path()).unwrap_err().kind, Kind::Refused, "{name}");
    }
}

#[test]
fn orphans_are_folders_of_ours_without_a_profile_and_can_be_removed() {
    let (temp, out) = rendered();
    let other = Bundle { product: Product::Manifests, scenario: "old".to_owned(), ..bundle(FILES) };
    render(&other, &out).unwrap();
    fs::create_dir(out.join("foreign")).unwrap();
    symlink(out.join("old"), out.join("alias")).unwrap();
    assert_eq!(orphans(&out, &["hello"]).unwrap(), ["old"]);
    assert_eq!(orphans(&temp.path().join("missing"), &[]).unwrap(), [""; 0]);
    assert_eq!(remove(&out, "foreign").unwrap_err().kind, Kind::Refused);
    assert_eq!(remove(&out, "old").unwrap().deleted, 2);
    assert!(!out.join("old").exists());
    assert_eq!(orphans(&out, &["hello"]).unwrap(), [""; 0]);
    assert!(plan(&bundle(FILES), &out).unwrap().is_clean());
}
