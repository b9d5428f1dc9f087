//! Input that was never meant as a profile: bombs, bytes, folders, halves of files. It ends soon, and with words.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::errors::validate;

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What is said of a file with this content; that it is an error, and only one of the input.
fn refused(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = folder(name);
    fs::write(folder.join("profile.yaml"), content).unwrap();
    let done = validate(folder.to_str().unwrap(), "profile.yaml");
    let words = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{name}: {words}");
    assert!(words.starts_with("error[MG1"), "{name}: {words}");
    assert!(words.len() < 4000, "{name}: {} bytes of words", words.len());
    words
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let mut bomb = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x, x]".to_owned()];
    for level in 1..30 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push(format!("a{level}: &a{level} [{inner}]"));
    }
    assert!(refused("bomb", bomb.join("\n")).contains("MG1007"));
}

#[test]
fn a_hundred_thousand_brackets_are_too_many() {
    for (name, open, close) in
        [("brackets", "[", "]"), ("braces", "{a: ", "}"), ("open", "[", ""), ("keys", "? ", "")]
    {
        let text = format!("namespace: shop\nraw: {}{}\n", open.repeat(100_000), close.repeat(100_000));
        refused(name, text);
    }
}

#[test]
fn deep_blocks_are_too_many() {
    let keys: Vec<String> = (0..5_000).map(|depth| format!("{}a:", " ".repeat(depth))).collect();
    refused("deep-keys", keys.join("\n"));
    refused("deep-items", format!("raw:\n  {}x\n", "- ".repeat(100_000)));
}

#[test]
fn bytes_are_no_text() {
    let words = refused("latin-1", b"namespace: caf\xe9\n");
    assert!(words.contains("is not UTF-8 text") && words.contains("profile.yaml:1:15"), "{words}");
    refused("random", (0..=255_u8).cycle().take(10_000).collect::<Vec<u8>>());
    refused("utf-16", "namespace: shop\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    refused("nul", "namespace: shop\0\n");
    refused("zip", b"PK\x03\x04\x14\0\0\0\x08\0");
}

#[test]
fn a_long_line_is_shown_in_part() {
    refused("long", format!("namespace: shop\nmtls: {}\n", "x".repeat(1_000_000)));
    refused("long-key", format!("{}: 1\n", "k".repeat(1_000_000)));
}

#[test]
fn a_folder_or_nothing_where_a_file_was_meant_is_said() {
    let folder = folder("folder");
    fs::create_dir_all(folder.join("profile.yaml")).unwrap();
    for (name, words) in
        [("profile.yaml", "it is a directory, not a file"), ("nothing.yaml", "there is no such file")]
    {
        let done = validate(folder.to_str().unwrap(), name);
        let expected = format!("error: cannot read `{name}`: {words}\n");
        assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap()), (Some(2), expected));
    }
}

/// What a run in `folder` says, and its exit code.
fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_meshgen")).args(args).current_dir(folder).output().unwrap();
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn neither_pipes_nor_links_to_nothing_are_waited_for_or_passed_over() {
    let folder = folder("odd-files");
    fs::create_dir_all(folder.join("profiles")).unwrap();
    let profiles = folder.join("profiles");
    std::os::unix::fs::symlink("nowhere", profiles.join("link.yaml")).unwrap();
    let words = "error: cannot read `profiles/link.yaml`: it is a link to a file that is not there\n";
    assert_eq!(run(&folder, &["list"]), (Some(2), words.to_owned()));
    fs::remove_file(profiles.join("link.yaml")).unwrap();
    assert!(Command::new("mkfifo").arg(profiles.join("pipe.yaml")).status().unwrap().success());
    let words = "error: cannot read `profiles/pipe.yaml`: it is a pipe or a device, not a file\n";
    assert_eq!(run(&folder, &["list"]), (Some(2), words.to_owned()));
    fs::remove_file(profiles.join("pipe.yaml")).unwrap();
    fs::write(profiles.join("own.yaml"), "extends: own\n").unwrap();
    let (code, words) = run(&folder, &["validate", "own"]);
    assert_eq!(code, Some(1));
    assert!(words.contains("it is this one, and no built-in profile has its name"), "{words}");
}

#[cfg(unix)]
#[test]
fn what_editors_leave_behind_is_no_profile() {
    let folder = folder("hidden");
    fs::create_dir_all(folder.join("profiles")).unwrap();
    fs::write(folder.join("profiles/shop.yaml"), "extends: hello\n").unwrap();
    fs::write(folder.join("profiles/._shop.yaml"), "\0").unwrap();
    std::os::unix::fs::symlink("me@desk.1", folder.join("profiles/.#shop.yaml")).unwrap();
    assert_eq!(run(&folder, &["validate"]), (Some(0), "1 profile is valid\n".to_owned()));
}

#[test]
fn a_run_in_the_wrong_place_deletes_no_scenario() {
    let folder = folder("wrong-place");
    fs::create_dir_all(folder.join("profiles")).unwrap();
    fs::create_dir_all(folder.join("elsewhere")).unwrap();
    fs::write(folder.join("profiles/shop.yaml"), "extends: hello\n").unwrap();
    assert_eq!(run(&folder, &["render", "--all", "--out", "out"]).0, Some(0));
    let (code, words) = run(&folder.join("elsewhere"), &["render", "--all", "--out", "../out"]);
    assert_eq!(code, Some(2));
    assert!(words.contains("`../out` holds `shop`, and there is no folder of profiles here"), "{words}");
    let (code, words) = run(&folder, &["--profiles", "profile", "render", "--all", "--out", "out"]);
    assert_eq!(code, Some(2));
    assert!(
        words.contains("cannot read the folder of profiles `profile`: there is no such folder"),
        "{words}"
    );
    let scenarios = fs::read_dir(folder.join("out")).unwrap().count();
    assert!(scenarios == 1 && folder.join("out/shop/kustomization.yaml").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn where_nobody_listens_the_exit_code_still_speaks() {
    let folder = folder("deaf");
    fs::write(folder.join("wrong.yaml"), "extends: hello\nprots: 1\n").unwrap();
    for (args, code) in
        [(["validate", "wrong.yaml"], 1), (["validate", "nowhere.yaml"], 2), (["validate", "hello"], 0)]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut run = Command::new(env!("CARGO_BIN_EXE_meshgen"));
        let done = run.args(args).current_dir(&folder).stderr(full).status().unwrap();
        assert_eq!(done.code(), Some(code), "{args:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_hides_no_finding() {
    let folder = folder("unread");
    fs::create_dir_all(folder.join("profiles/dir.yaml")).unwrap();
    fs::write(folder.join("profiles/wrong.yaml"), "extends: hello\nprots: 1\n").unwrap();
    let (code, words) = run(&folder, &["validate"]);
    assert_eq!(code, Some(2));
    assert!(words.contains("has no key `prots`") && words.contains("it is a directory"), "{words}");
    assert_eq!(run(&folder, &["render", "--all", "--out", "out"]).0, Some(2));
    assert!(!folder.join("out").exists());
}

#[test]
fn a_file_that_was_cut_short_is_valid_or_refused_with_words() {
    let folder = folder("cut");
    let profile = fs::read_to_string("profiles/canary-10.yaml").unwrap();
    let names: Vec<String> = (0..=profile.len()).map(|end| format!("cut-{end}.yaml")).collect();
    for (end, name) in names.iter().enumerate() {
        fs::write(folder.join(name), &profile.as_bytes()[..end]).unwrap();
        let done = validate(folder.to_str().unwrap(), name);
        let words = String::from_utf8(done.stderr).unwrap();
        match done.status.code() {
            Some(0) => assert_eq!(words, "1 profile is valid\n"),
            Some(1) => assert!(words.starts_with("error[MG"), "{end}: {words}"),
            code => panic!("{end}: {code:?} {words}"),
        }
    }
}
