//! Nothing that stands in a file stops the judge. `fuzz/` goes on where these few thousand texts end.

use std::fs;

use proptest::prelude::*;

use crate::mutations::{judge, spoil};

/// Every document of the shipped scenarios, and every example of a rule.
fn manifests() -> Vec<String> {
    let mut all: Vec<String> =
        meshgen::lint::rules().flat_map(|it| [it.bad, it.good]).map(str::to_owned).collect();
    let out = concat!(env!("CARGO_MANIFEST_DIR"), "/out/full");
    let mut folders = vec![std::path::PathBuf::from(out)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                all.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    all.sort();
    all
}

/// A row of numbers that only the seed decides.
fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    }
}

#[test]
fn a_spoilt_manifest_is_judged_too() {
    let mut choose = numbers(0x2545_F491_4F6C_DD1D);
    let mut told = 0;
    for text in manifests() {
        for times in [1, 1, 1, 2, 5] {
            told += judge(&spoil(&text, times, &mut choose));
        }
    }
    assert!(told > 200, "{told} findings: these manifests are hardly spoilt");
}

proptest! {
    #[test]
    fn no_text_stops_the_judge(text in "(apiVersion: |kind: |metadata:|\\n|  |- |[ -~]|name: a|spec:|\\PC){0,60}") {
        judge(&text);
    }

    #[test]
    fn no_bytes_stop_the_judge(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        judge(&String::from_utf8_lossy(&bytes));
    }
}
