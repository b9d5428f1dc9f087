//! Manifests that somebody spoilt, and the judge that must have an answer to each. The fuzz targets share this file.

use meshgen::diag::{Diagnostics, human, json, sarif};
use meshgen::lint::lint;
use meshgen::mesh::{Cluster, Mesh, MeshConfig};
use meshgen::source::SourceMap;
use meshgen::yaml::parse_all;

/// Judges a text and tells the findings in every way; how many there are.
pub fn judge(text: &str) -> usize {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let Some(file) = files.add("fuzz.yaml", text) else { return 0 };
    if let Ok(documents) = parse_all(file, &files, &mut diags) {
        let mesh = Mesh::read(documents, &mut diags);
        lint(&Cluster::new(&mesh, MeshConfig::default(), Vec::new()), &mut diags);
    }
    let findings = diags.sorted();
    let told = [
        human::render(&findings, &files, false),
        json::render(&findings, &files),
        sarif::render(&findings, &files),
    ];
    assert!(told.iter().all(|it| it.is_empty() || !findings.is_empty() || it.len() < 4000));
    findings.len()
}

/// Values that somebody might put anywhere.
const VALUES: &[&str] = &[
    "",
    "~",
    "0",
    "-1",
    "65536",
    "99999999999999999999",
    "1e400",
    ".inf",
    "\"\"",
    "\"*\"",
    "'*.'",
    "a..b",
    "[]",
    "{}",
    "[~]",
    "[[]]",
    "[{}]",
    "{ a: { b: [] } }",
    "true",
    "\"%\"",
    "\"(\"",
    "\"[a-\"",
    "1h",
    "-1s",
    "0s",
    "ä",
    "\"\\0\"",
    "*",
    "&a a",
    "!!binary x",
    "|",
    "\"mesh\"",
    "'./'",
    "a/b/c",
    "::1",
    "10.0.0.0/33",
    "MUTUAL",
    "\"{*}\"",
];

/// Spoils one line after the other, as `choose` (a number below the one it is given) decides.
pub fn spoil(text: &str, times: usize, mut choose: impl FnMut(usize) -> usize) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..times {
        if lines.is_empty() {
            break;
        }
        let at = choose(lines.len());
        let other = choose(lines.len());
        match choose(8) {
            0 => {
                lines.remove(at);
            }
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            3 => lines[at].insert_str(0, "  "),
            4 => {
                let indented = lines[at].starts_with("  ");
                lines[at].drain(..if indented { 2 } else { 0 });
            }
            5 => {
                // One letter of a key or a value.
                let places: Vec<usize> = lines[at].char_indices().map(|it| it.0).collect();
                if let Some(place) = places.get(choose(places.len().max(1))) {
                    lines[at].replace_range(place..place, ["x", "-", ".", "/", "*", "\"", " "][choose(7)]);
                }
            }
            _ => {
                let end = lines[at].find(": ").map_or(lines[at].len(), |it| it + 2);
                lines[at].replace_range(end.., VALUES[choose(VALUES.len())]);
            }
        }
    }
    lines.join("\n")
}
