//! `docs/coverage.md` names a command for everything that is covered: each is run, succeeds, and shows what it is said to
//! show.

use std::fs;
use std::path::Path;

use crate::cli::shell;

#[test]
fn every_row_shows_what_it_says() {
    let page = fs::read_to_string("docs/coverage.md").unwrap();
    let rows: Vec<(&str, &str, &str)> = page.lines().filter_map(row).collect();
    let numbers: Vec<usize> = rows.iter().map(|it| it.0.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=115).collect::<Vec<_>>(), "every row once, in order");
    let wrong: Vec<String> =
        rows.into_iter().filter_map(|(number, command, shows)| fault(number, command, shows)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Number, command and what it shows.
fn row(line: &str) -> Option<(&str, &str, &str)> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    let [number, _, command, shows] = cells.try_into().ok()?;
    number.parse::<usize>().ok()?;
    Some((number, command.trim_matches('`'), shows.trim_matches('`')))
}

fn fault(number: &str, command: &str, shows: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("coverage").join(number);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (code, found) = shell(command, &folder);
    let fault = match code {
        0 if found.contains(shows) => return None,
        0 => format!("does not show `{shows}`"),
        code => format!("ends with {code}; where it is to fail, write `! ` before it"),
    };
    let head: Vec<&str> = found.lines().take(12).collect();
    Some(format!("{number}: `{command}` {fault}:\n{}", head.join("\n")))
}
