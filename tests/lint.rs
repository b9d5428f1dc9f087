//! `meshgen lint` from the outside: what it writes for machines, what it makes of hostile input, and its documentation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use meshgen::glob::Ignore;
use meshgen::lint::{UNDECIDABLE, rules};
use meshgen::{catalogue, settings};

/// Lints in a folder, with a text on stdin.
fn lint(folder: &Path, args: &[&str], stdin: &[u8]) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_meshgen"))
        .arg("lint")
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // Who refuses to read does not wait for the rest.
    let _ = pipe.write_all(stdin);
    drop(pipe);
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn the_page_of_rules_is_what_the_rules_say() {
    for (path, text) in
        [("docs/rules.md", catalogue::markdown()), ("docs/meshgen.schema.json", settings::schema())]
    {
        if crate::blessing() {
            fs::create_dir_all("docs").unwrap();
            fs::write(path, &text).unwrap();
        }
        let written = fs::read_to_string(path).unwrap_or_default();
        assert!(written == text, "`{path}` has drifted: just bless\n{}", crate::difference(&written, &text));
    }
}

#[test]
fn the_schema_of_the_settings_takes_what_we_read() {
    let schema = serde_json::from_str(&settings::schema()).unwrap();
    let judge = jsonschema::validator_for(&schema).unwrap();
    let fits = |text: &str| judge.is_valid(&serde_yaml::from_str(text).unwrap());
    assert!(
        fits("{}")
            && fits("failOn: warning\nrules: { unknown-subset: off, MG3501: info }\nexternal: [shop/cart]")
    );
    assert!(!fits("failOn: sometimes") && !fits("exlude: []") && !fits("rules: { MG3501: fatal }"));
}

/// Published by OASIS; not ours to copy. `.ci/run` fetches it, and says by `MESHGEN_SARIF_SCHEMA` where it lies.
fn sarif_schema() -> Option<serde_json::Value> {
    let path = std::env::var_os("MESHGEN_SARIF_SCHEMA").map(PathBuf::from)?;
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

#[test]
fn sarif_is_valid_against_its_schema() {
    let Some(schema) = sarif_schema() else {
        println!("not tried: `MESHGEN_SARIF_SCHEMA` names no schema of SARIF 2.1.0");
        return;
    };
    let judge = jsonschema::validator_for(&schema).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let inputs = [
        "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { prts: [], ports: [{ port: x }] }\n",
        "a: [\n",
        "",
        "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n",
    ];
    for input in inputs
        .iter()
        .map(|it| it.as_bytes())
        .chain(rules_examples().iter().map(std::string::String::as_bytes))
    {
        let output = lint(empty.path(), &["-", "-o", "sarif"], input);
        let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let wrong: Vec<String> =
            judge.iter_errors(&log).map(|it| format!("{}: {it}", it.instance_path())).collect();
        assert!(wrong.is_empty(), "{}\n{wrong:#?}", String::from_utf8_lossy(input));
        assert_eq!(log["runs"][0]["tool"]["driver"]["name"], "meshgen");
    }
    let broken = serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": {} }] });
    assert!(!judge.is_valid(&broken), "a log without a driver must not pass");
}

/// Examples of a few rules in one text: findings of every shape.
fn rules_examples() -> Vec<String> {
    let about = |it: &&catalogue::Entry| it.about == catalogue::About::Manifests;
    let all: Vec<&catalogue::Entry> = catalogue::entries().iter().filter(about).collect();
    all.chunks(40).map(|it| it.iter().map(|it| it.bad).collect::<Vec<_>>().join("\n---\n")).collect()
}

#[test]
fn junit_and_annotations_are_well_formed_whatever_is_found() {
    let empty = tempfile::tempdir().unwrap();
    for input in rules_examples() {
        let output = lint(empty.path(), &["-", "-o", "junit"], input.as_bytes());
        let text = String::from_utf8(output.stdout).unwrap();
        roxmltree::Document::parse(&text).unwrap();
        let output = lint(empty.path(), &["-", "-o", "github"], input.as_bytes());
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let known = ["::error ", "::warning ", "::notice "].iter().any(|it| line.starts_with(it));
            assert!(known && line.contains("title=MG"), "{line}");
        }
    }
}

#[test]
fn hostile_input_gets_an_answer_and_no_stop() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(100_000);
    let bombs = "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n".to_string();
    let inputs: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"\0\0\0\0".to_vec(),
        vec![0xff; 4096],
        b"\xef\xbb\xbf".to_vec(),
        deep.clone().into_bytes(),
        format!("{{\"a\":{deep}").into_bytes(),
        bombs.into_bytes(),
        b"kind: List\napiVersion: v1\nitems: 3\n".to_vec(),
        b"kind: [a]\napiVersion: { b: c }\nmetadata: d\n".to_vec(),
        b"apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata: { mesh: '[' }\n".to_vec(),
        b"# meshgen: allow".to_vec(),
        b"# meshgen: allow \n---\n# meshgen: allow MG1001 x until 9999-99-99".to_vec(),
        b"apiVersion: v1\nkind: A\nmetadata: { name: a, annotations: { meshgen.io/allow: [1] } }\n".to_vec(),
        "apiVersion: v1\nkind: A\nmetadata: { name: ä# meshgen: allow ü }\n".as_bytes().to_vec(),
        b"{}{}[]{\"kind\":1}".to_vec(),
    ];
    for input in &inputs {
        for format in ["human", "json", "sarif", "junit", "github"] {
            let output = lint(folder.path(), &["-", "-o", format], input);
            assert!((0..=1).contains(&code(&output)), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let output = lint(folder.path(), &["-", "--fix"], input);
        assert!((0..=2).contains(&code(&output)), "{}", String::from_utf8_lossy(&output.stderr));
        for option in ["--config", "--baseline", "--mesh-config"] {
            fs::write(folder.path().join("hostile"), input).unwrap();
            let output = lint(folder.path(), &["-", option, "hostile"], b"");
            assert!((0..=2).contains(&code(&output)), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn what_cannot_be_mended_comes_out_as_it_went_in() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["a: [\n", "", "# only a comment\n", "apiVersion: v1\nkind: Service\r\nmetadata: {name: a}"] {
        let output = lint(folder.path(), &["-", "--fix"], text.as_bytes());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), text);
    }
}

const PATTERNS: &[&str] = &[
    "*.yaml",
    "/a.yaml",
    "a",
    "a/",
    "a/b",
    "/a/b",
    "**/b",
    "a/**",
    "a/**/c.yaml",
    "**",
    "*",
    "a*",
    "?",
    "[ab]",
    "[!a]",
    "[a-b].yaml",
    "\\a",
    "a/*",
    "a/*/c.yaml",
    "*/b",
    "b/",
    "!a.yaml",
    "*.yaml\n!a.yaml",
    "a\n!a/b",
    "*\n!*/\n!c.yaml",
    "a/b/\n!a/b/c.yaml",
    "**/a/**",
    "a**",
    "**a",
    "a**b",
    "[",
    "[a",
    "a ",
    "a\\ ",
    "#a",
    "\\#a",
    "",
    "/",
    "//",
    "a//b",
    "[[:alpha:]]",
    "[]a]",
    "a/**/**/c.yaml",
    "./a",
    "a/./b",
];

#[test]
fn paths_are_ignored_as_git_ignores_them() {
    let folder = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| Command::new("git").args(args).current_dir(folder.path()).output();
    if !git(&["init", "-q"]).is_ok_and(|it| it.status.success()) {
        println!("skipped: git is not there");
        return;
    }
    let files = [
        "a.yaml",
        "b.yaml",
        "ab",
        "c.yaml",
        "a/a.yaml",
        "a/b/c.yaml",
        "a/b/b",
        "b/a/c.yaml",
        "b/b/b/c.yaml",
        "ba/x",
    ];
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let mut wrong = Vec::new();
    for pattern in PATTERNS {
        fs::write(folder.path().join(".gitignore"), pattern).unwrap();
        let output = git(&["ls-files", "--others", "--exclude-standard"]).unwrap();
        let kept = String::from_utf8(output.stdout).unwrap();
        let ignore = Ignore::parse(pattern);
        for file in files {
            let ours = !is_left_out(&ignore, file);
            if ours != kept.lines().any(|it| it == file) {
                wrong.push(format!("{pattern:?} {file}: we keep it: {ours}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file in a folder that is left out is left out.
fn is_left_out(ignore: &Ignore, file: &str) -> bool {
    let folders = file.match_indices('/').map(|(at, _)| &file[..at]);
    folders
        .map(|it| (it, true))
        .chain([(file, false)])
        .any(|(it, is_folder)| ignore.decides(it, is_folder) == Some(true))
}

/// The codes in one of the tables of the shared corpora; `None` where they are not at hand.
fn codes_of(table: &str) -> Option<BTreeSet<String>> {
    let text = fs::read_to_string(format!("../shared/corpus/{table}")).ok()?;
    let mut codes = BTreeSet::new();
    let mut open = vec![serde_json::from_str::<serde_json::Value>(&text).unwrap()];
    while let Some(value) = open.pop() {
        codes.extend(value.get("code").and_then(|it| it.as_str()).map(str::to_owned));
        open.extend(value.as_object().into_iter().flat_map(|it| it.values().cloned()));
    }
    Some(codes)
}

#[test]
fn every_code_of_istio_and_kiali_has_a_rule_or_a_reason() {
    let (Some(istio), Some(kiali)) = (codes_of("istio-messages.json"), codes_of("kiali-checks.json")) else {
        println!("skipped: the shared corpora are not at hand");
        return;
    };
    assert_eq!((istio.len(), kiali.len()), (68, 72), "the tables are whole");
    let decided: BTreeSet<&str> = rules().flat_map(|it| it.equivalents.iter().copied()).collect();
    let undecided: BTreeSet<&str> = UNDECIDABLE.iter().map(|it| it.id).collect();
    let mut wrong: Vec<String> = Vec::new();
    for code in istio.iter().chain(&kiali).map(String::as_str) {
        match (decided.contains(code), undecided.contains(code)) {
            (true, true) => wrong.push(format!("{code}: it has a rule and a reason why it can have none")),
            (false, false) => wrong.push(format!("{code}: it has neither a rule nor a reason")),
            _ => {}
        }
    }
    let known = |it: &&str| istio.contains(*it) || kiali.contains(*it);
    wrong.extend(
        undecided.iter().filter(|it| !known(it)).map(|it| format!("{it}: nobody else has this code")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
