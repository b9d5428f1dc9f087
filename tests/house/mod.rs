//! The surveyor: walks through `src/` and `tests/` and holds every file to the rules of the house.

mod plan;
mod survey;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use clap::CommandFactory;
use meshgen::check::{DATED_RULES, RULES};

use plan::{dependencies, imports, manifest_dependencies};
use survey::{File, files};

const MOST_LINES: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 50;

/// What may stop the program in `src/`: a file, the word, and why it is no way to fail.
const STOPS: &[(&str, &str, &str)] = &[
    ("src/yaml/print/mod.rs", "panic!", "a value of ours without YAML is our own mistake, never the user's"),
    ("src/yaml/to_node/mod.rs", "panic!", "a value of ours without a tree, likewise"),
];

/// Where the doors to the world are.
const PORCH: &[&str] = &["src/main.rs", "src/cli/", "src/outdir/"];

/// Fails with all complaints and the rule that they break.
fn assert_none(rule: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "the house says: {rule}\n  {}\n", complaints.join("\n  "));
}

fn complain(file: &File, line: usize, what: &str) -> String {
    format!("{}:{line}: {what}", file.path)
}

#[test]
fn a_room_imports_only_what_the_table_allows() {
    let table = imports();
    let mut wrong = Vec::new();
    for file in files("src").iter().filter(|it| it.path != "src/lib.rs" && !it.is_test) {
        let Some(allowed) = table.get(file.room()) else {
            wrong.push(format!("{}: the room `{}` is not in the table", file.path, file.room()));
            continue;
        };
        for (line, path) in file.imports() {
            let within = |it: &&String| path == **it || path.starts_with(&format!("{it}::"));
            if !path.starts_with(file.room()) && !allowed.iter().any(|it| within(&it)) {
                wrong.push(complain(file, line, &format!("`{}` may not import `{path}`", file.room())));
            }
        }
    }
    assert_none("who may import whom is a table in ARCHITECTURE.md", &wrong);
}

#[test]
fn every_room_of_the_table_is_there() {
    let rooms: BTreeSet<String> = files("src").iter().map(|it| it.room().to_owned()).collect();
    let missing: Vec<String> = imports().into_keys().filter(|it| !rooms.contains(it)).collect();
    assert_none("the table in ARCHITECTURE.md names only rooms that exist", &missing);
}

#[test]
fn every_dependency_has_a_reason_and_keeps_to_its_rooms() {
    let reasons = dependencies();
    let mut wrong = Vec::new();
    let declared = manifest_dependencies();
    wrong.extend(
        declared.iter().filter(|it| !reasons.contains_key(*it)).map(|it| format!("`{it}` has no reason")),
    );
    wrong.extend(
        reasons.keys().filter(|it| !declared.contains(*it)).map(|it| format!("`{it}` is no dependency")),
    );
    for (name, rooms) in &reasons {
        let krate = format!("{}::", name.replace('-', "_"));
        for file in files("src").iter().filter(|it| !it.is_test) {
            let used = file.code().find(|(_, line)| is_path_of(line, &krate));
            if let Some((number, _)) = used.filter(|_| !rooms.iter().any(|it| it == file.room())) {
                wrong.push(complain(
                    file,
                    number,
                    &format!("`{name}` is not for the room `{}`", file.room()),
                ));
            }
        }
    }
    assert_none("each dependency, its rooms and its reason are a table in ARCHITECTURE.md", &wrong);
}

/// Whether a line names the crate: `serde::`, but not `ignored_serde::` nor `crate::serde::`.
fn is_path_of(line: &str, krate: &str) -> bool {
    line.match_indices(krate).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == ':')
    })
}

#[test]
fn only_the_porch_opens_doors() {
    let doors = [
        "std::fs",
        "fs::",
        "std::env",
        "env::var",
        "SystemTime",
        "Instant",
        "std::process",
        "TcpStream",
        "UdpSocket",
    ];
    let voices = ["println!", "print!(", "io::stdout", "io::stderr", "io::stdin"];
    let mut wrong = Vec::new();
    for file in
        files("src").iter().filter(|it| !it.is_test && !PORCH.iter().any(|door| it.path.starts_with(door)))
    {
        for (number, line) in file.code() {
            let found = doors.iter().chain(&voices).find(|it| is_path_of(line, it));
            wrong.extend(
                found.map(|it| complain(file, number, &format!("`{it}` belongs to `cli` or `outdir`"))),
            );
        }
    }
    assert_none(
        "files, clock, environment and terminal are for the porch; all else is a pure function",
        &wrong,
    );
}

#[test]
fn nothing_stops_the_program() {
    let stops = [
        ".unwrap()",
        ".expect(",
        ".unwrap_err()",
        "panic!",
        "todo!",
        "unimplemented!",
        "unreachable!",
        "dbg!",
        " assert!(",
        " assert_eq!(",
    ];
    let mut wrong = Vec::new();
    for file in files("src").iter().filter(|it| !it.is_test) {
        for (number, line) in file.code() {
            let allowed = |word: &str| STOPS.iter().any(|it| it.0 == file.path && it.1 == word);
            let found = stops.iter().find(|word| line.contains(**word) && !allowed(word));
            wrong.extend(found.map(|it| complain(file, number, &format!("`{it}`"))));
        }
    }
    assert_none(
        "bad input is a finding and a bad world is an error; no code outside tests may panic",
        &wrong,
    );
}

#[test]
fn lowering_takes_structs_apart_whole() {
    let mut wrong = Vec::new();
    for file in files("src/lower").iter().filter(|it| !it.is_test) {
        let rests = file.code().filter(|(_, line)| line.contains(".. }"));
        wrong.extend(rests.map(|(number, line)| complain(file, number, line.trim())));
    }
    assert_none("no `..` in a pattern of src/lower: a new field of a profile must not be forgotten", &wrong);
}

#[test]
fn every_file_opens_with_a_sentence() {
    let mut all = files("src");
    all.extend(files("tests"));
    let silent = |it: &&File| {
        let first = it.text.lines().next().unwrap_or_default();
        !first.starts_with("//! ") || first.len() < 20
    };
    let wrong: Vec<String> = all.iter().filter(silent).map(|it| format!("{}:1", it.path)).collect();
    assert_none("the first line of a file is a `//!` sentence that says what it is", &wrong);
}

#[test]
fn files_and_functions_are_short() {
    let mut all = files("src");
    all.extend(files("tests"));
    let mut wrong = Vec::new();
    for file in &all {
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            wrong.push(complain(
                file,
                1,
                &format!("{lines} lines, and {MOST_LINES} are the most: one idea, one file"),
            ));
        }
        for (start, name, length) in file.functions().into_iter().filter(|it| it.2 > MOST_LINES_OF_A_FUNCTION)
        {
            wrong.push(complain(
                file,
                start,
                &format!("`{name}` has {length} lines, {MOST_LINES_OF_A_FUNCTION} are the most"),
            ));
        }
    }
    assert_none("a file fits in a head, a function on a screen", &wrong);
}

#[test]
fn nothing_is_left_for_later() {
    let mut wrong = Vec::new();
    for file in files("src") {
        for (number, line) in file.text.lines().enumerate() {
            let found = ["TODO", "FIXME", "XXX", "HACK"].iter().find(|it| line.contains(**it));
            wrong.extend(found.map(|it| complain(&file, number + 1, it)));
        }
    }
    assert_none("what is not done is an issue, not a comment", &wrong);
}

/// Every code of the program with the name of its mistake, in the order of the sources.
fn codes() -> Vec<(String, String)> {
    let source = fs::read_to_string("src/diag/code.rs").unwrap();
    let texts = source.lines().filter_map(|line| {
        let mut parts = line.split('"').skip(1).step_by(2);
        Some((parts.next().filter(|it| is_code(it))?.to_owned(), parts.next()?.to_owned()))
    });
    let mut rules: Vec<(&str, &str)> = RULES.iter().map(|it| (it.code, it.name)).collect();
    // They are about another subject, but codes are counted together.
    rules.extend(DATED_RULES.iter().map(|it| (it.code, it.name)));
    rules.extend(meshgen::lint::rules().map(|it| (it.code, it.name)));
    rules.sort_unstable();
    texts.chain(rules.into_iter().map(|(code, name)| (code.to_owned(), name.to_owned()))).collect()
}

fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix("MG").unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_digit())
}

#[test]
fn codes_ascend_and_name_the_mistake() {
    let codes = codes();
    let mut wrong = Vec::new();
    for pair in codes.windows(2).filter(|it| it[0].0 >= it[1].0) {
        wrong.push(format!("{} comes after {}", pair[1].0, pair[0].0));
    }
    let mut names = BTreeMap::new();
    for (code, name) in &codes {
        let kebab = name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
        let advice = ["no-", "check-", "invalid-", "bad-name"].iter().any(|it| name.starts_with(it));
        if !is_code(code) || !kebab || advice {
            wrong.push(format!("{code} {name}: kebab case, and it reads well after \"allow …\""));
        }
        if let Some(other) = names.insert(name, code) {
            wrong.push(format!("{code} and {other} are both `{name}`"));
        }
    }
    assert_none("codes are unique and ascending, each names one mistake", &wrong);
}

/// `tests/codes.txt` is the memory: it lists every code that ever was. `just bless` adds new ones and removes none.
#[test]
fn codes_are_never_reused() {
    let path = "tests/codes.txt";
    let ledger = fs::read_to_string(path).unwrap();
    let entry = |line: &str| line.split_once(' ').map(|(code, name)| (code.to_owned(), name.to_owned()));
    let mut known: BTreeMap<String, String> = ledger.lines().filter_map(entry).collect();
    let now: BTreeMap<String, String> = codes().into_iter().collect();
    let mut wrong = Vec::new();
    for (code, name) in &now {
        match known.get(code) {
            Some(old) if old == name => {}
            Some(old) => wrong.push(format!("{code} is `{name}`, and was `{old}`: take a new code")),
            None if crate::blessing() => drop(known.insert(code.clone(), name.clone())),
            None => wrong.push(format!("{code} {name} is not in {path}: `just bless` enters it")),
        }
    }
    for (code, name) in
        known.iter().filter(|(code, name)| !now.contains_key(*code) && !name.ends_with("(retired)"))
    {
        wrong.push(format!("{code} {name} is gone: write `(retired)` behind it in {path}"));
    }
    if crate::blessing() {
        let lines: Vec<String> = known.iter().map(|(code, name)| format!("{code} {name}")).collect();
        fs::write(path, lines.join("\n") + "\n").unwrap();
    }
    assert_none("a code means the same mistake for ever", &wrong);
}

#[test]
fn every_command_has_a_transcript() {
    let command = meshgen::cli::Cli::command();
    let path = |name: &str| format!("tests/cli/{name}.md");
    let names = command.get_subcommands().map(clap::Command::get_name).filter(|it| *it != "help");
    let missing: Vec<String> = names.map(path).filter(|it| !fs::exists(it).unwrap()).collect();
    assert_none("the transcript of a command is its manual and its test", &missing);
}

#[test]
fn what_needs_the_shared_references_says_when_it_is_skipped() {
    let mut wrong = Vec::new();
    let mut all = files("src");
    all.extend(files("tests"));
    for file in all.iter().filter(|it| it.text.contains("\"../shared") && it.path != "tests/house/mod.rs") {
        if !file.text.contains("skipped") {
            wrong.push(format!("{}: prints no `skipped` where `../shared` is not there", file.path));
        }
    }
    assert_none("a test that did not run does not look as if it had", &wrong);
}
