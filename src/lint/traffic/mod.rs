//! Where requests go: what VirtualService, DestinationRule and Services say together (codes `MG35xx` to `MG37xx`).

mod unknown_subset;

use crate::lint::Rule;

/// The rules of this room, by code.
pub static RULES: &[&Rule] = &[&unknown_subset::RULE];
