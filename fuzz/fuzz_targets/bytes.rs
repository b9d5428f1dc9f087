//! Any bytes at all: `cargo +nightly fuzz run bytes`.
#![no_main]

#[path = "../../tests/mutations.rs"]
mod mutations;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    mutations::judge(&String::from_utf8_lossy(bytes));
});
