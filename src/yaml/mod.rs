//! The three verbs: parse a text into a [`Node`], read a typed value from a `Node`, print a value as text.

mod ask;
mod fields;
mod named;
mod node;
mod node_serialize;
mod parse;
mod print;
mod read;
mod scalar;
mod to_node;

pub use fields::Fields;
pub use named::{Named, OneOrMany, scalar_of};
pub use node::{Entry, Kind, Node, Places, Scalar, overlay};
pub use parse::{parse, parse_all};
pub use print::{print, print_to};
pub(crate) use read::record;
pub use read::{Read, Reader, read};
pub use scalar::{FromScalar, Wrong, choose, whole, words};
pub use to_node::to_node;
