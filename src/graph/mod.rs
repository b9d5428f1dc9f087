//! A mesh as a picture: who calls whom, by which rule, how traffic is split, and what must be encrypted.
//!
//! [`graph`] reads a [`Mesh`] and knows no profile: it serves compiled bundles and anybody's manifests alike. Each
//! format is a function from the [`Graph`] to a text.

mod ascii;
mod build;
mod dot;
mod facts;
mod json;
mod layout;
mod listing;
mod mermaid;
mod model;
mod observe;
mod observed;
mod svg;
mod words;

pub use ascii::ascii;
pub use build::graph;
pub use dot::dot;
pub use json::json;
pub use mermaid::mermaid;
pub use model::{Access, Edge, Graph, Relation, Role, Security, Seen, Settings, Share, Vertex};
pub use observe::observe;
pub use observed::{Observed, question, read_observed};
pub use svg::svg;
