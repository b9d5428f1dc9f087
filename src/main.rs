//! The command line: see `meshgen --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    meshgen::cli::run(std::env::args_os())
}
