//! The same findings for people, for scripts and for code review: three texts of one broken profile.

use std::process::Command;

/// What `meshgen validate -o FORMAT` says of a profile with seven mistakes, on whichever stream.
fn findings(format: &str) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_meshgen"))
        .args(["validate", "several-at-once.yaml", "--color", "never", "-o", format])
        .current_dir("tests/errors")
        .env_remove("MESHGEN_PROFILES")
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1));
    String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
}

#[test]
fn people_read_carets() {
    insta::assert_snapshot!(findings("human"));
}

#[test]
fn scripts_read_json() {
    insta::assert_snapshot!(findings("json"));
}

#[test]
fn code_review_reads_sarif() {
    insta::assert_snapshot!(findings("sarif"));
}

#[test]
fn all_three_say_the_same() {
    let json: serde_json::Value = serde_json::from_str(&findings("json")).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&findings("sarif")).unwrap();
    let (human, results) = (findings("human"), sarif["runs"][0]["results"].as_array().unwrap().clone());
    let list = json.as_array().unwrap();
    assert_eq!(list.len(), results.len());
    for (finding, result) in list.iter().zip(&results) {
        let [code, message] = ["code", "message"].map(|it| finding[it].as_str().unwrap());
        assert!(human.contains(&format!("error[{code}]: {message}\n")), "{message}");
        assert_eq!(result["ruleId"], code);
        assert!(result["message"]["text"].as_str().unwrap().starts_with(message), "{message}");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], finding["line"]);
        assert_eq!(region["startColumn"], finding["column"]);
    }
}
