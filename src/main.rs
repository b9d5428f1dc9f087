//! The command line: see `meshgen --help`.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::process::ExitCode;

fn main() -> ExitCode {
    meshgen::cli::run(std::env::args_os())
}
