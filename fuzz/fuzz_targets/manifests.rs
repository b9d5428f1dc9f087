//! Manifests that are nearly right: `cargo +nightly fuzz run manifests`. The bytes decide which, and what is spoilt.
#![no_main]

#[path = "../../tests/mutations.rs"]
mod mutations;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut rest = bytes.iter().copied();
    let mut choose = |below: usize| {
        let number = usize::from(rest.next().unwrap_or(0)) << 8 | usize::from(rest.next().unwrap_or(0));
        number % below.max(1)
    };
    let texts: Vec<&str> = meshgen::lint::rules().flat_map(|it| [it.bad, it.good]).collect();
    let text = texts[choose(texts.len())];
    let times = 1 + choose(8);
    mutations::judge(&mutations::spoil(text, times, choose));
});
