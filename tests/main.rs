//! The tests: one module per boundary of the house.

mod builtin;
mod readers;
