//! The three verbs: parse a text into a [`Node`], read a typed value from a `Node`, print a value as text.

mod node;
mod node_serialize;
mod parse;
mod print;

pub use node::{Entry, Kind, Node, Scalar, overlay};
pub use parse::{parse, parse_all};
pub use print::{print, print_to};
