//! The tests: one module per boundary of the house.

mod house;
mod readers;

/// Whether `just bless` runs: then what is expected is what is found, and a person reads the difference.
fn blessing() -> bool {
    std::env::var_os("MESHGEN_BLESS").is_some()
}
