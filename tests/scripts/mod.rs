//! The generated shell scripts: clean by shellcheck, and run against a kubectl that answers well and badly.
#![cfg(unix)]

mod changes;
mod clean;
mod questions;
mod world;
