//! The tests: one module per boundary of the house.
#![expect(clippy::disallowed_methods, reason = "tests read files and run programs")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod builtin;
mod bundles;
mod cli;
mod coverage;
mod crds;
mod errors;
mod formats;
mod fuzz;
mod gitops;
mod graph;
mod handbook;
mod hostile;
mod house;
mod laws;
mod lint;
mod mutations;
mod out;
mod panels;
mod plan;
mod plan_script;
mod promtool;
mod readers;
mod readme;
mod rollout;
mod schema;
mod scripts;
mod shipped;

/// Whether `just bless` runs: then what is expected is what is found, and a person reads the difference.
fn blessing() -> bool {
    std::env::var_os("MESHGEN_BLESS").is_some()
}

/// The lines that two texts do not share, from the first to the last that differs.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let part = |sign: &str, lines: &[&str]| -> String {
        let lines = &lines[start..lines.len() - end];
        lines.iter().take(40).flat_map(|it| ["  ", sign, " ", it, "\n"]).collect()
    };
    format!("  from line {}:\n{}{}", start + 1, part("-", &old), part("+", &new))
}
