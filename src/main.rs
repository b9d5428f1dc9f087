//! The command line: see `meshgen --help`.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::process::ExitCode;

/// Compiling makes millions of small values: an allocator made for that saves nearly a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    meshgen::cli::run(std::env::args_os())
}
