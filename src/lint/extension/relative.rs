//! Patches whose effect depends on those before them.
//!
//! Source: `pkg/config/analysis/analyzers/envoyfilter`.

use std::collections::BTreeSet;

use crate::lint::extension::patch::{self, Patch};
use crate::mesh::Object;
use crate::source::Str;

/// A patch that acts on what is there, of a filter without priority.
#[derive(Clone, Copy, Debug)]
pub struct Relative<'n> {
    /// The patch.
    pub patch: Patch<'n>,
    /// Whether a patch before it, for one version of proxies, is about the same filter.
    pub follows_versioned: bool,
}

/// What a patch is about: the name that it puts there, or the one that it looks for.
pub type Subject<'n> = (bool, &'n str);

/// Those of a filter; `seen` holds what patches for one version of proxies were about so far.
pub fn patches<'n>(filter: &'n Object, seen: &mut BTreeSet<Subject<'n>>) -> Vec<Relative<'n>> {
    let has_priority = filter.spec().whole("priority").is_some_and(|it| it != 0);
    let mut found = Vec::new();
    // What follows a patch that is none istioctl does not look at.
    for patch in patch::patches(filter).take_while(|it| it.change.is_some()) {
        let subject = subject(patch);
        if is_relative(patch) && !has_priority {
            found.push(Relative { patch, follows_versioned: seen.contains(&subject) });
        }
        let version = patch.matches.and_then(|it| it.at(&["proxy", "proxyVersion"]));
        if version.and_then(|it| it.text()).is_some_and(|it| !it.is_empty()) {
            seen.insert(subject);
        }
    }
    found
}

/// Whether it acts on what is there; where the operation does nothing, another rule speaks.
fn is_relative(patch: Patch<'_>) -> bool {
    match patch.operation() {
        "INSERT_BEFORE" | "INSERT_AFTER" => true,
        "REMOVE" => !["ROUTE_CONFIGURATION", "HTTP_ROUTE"].contains(&patch.apply_to),
        "REPLACE" => ["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"].contains(&patch.apply_to),
        _ => false,
    }
}

fn subject(patch: Patch<'_>) -> Subject<'_> {
    let Some(value) = patch.value().filter(|it| !it.entries().is_empty()) else { return (false, "") };
    if let Some(name) = value.get("name") {
        return (true, name.text().map_or("", Str::as_str));
    }
    (false, patch.filter().and_then(|it| it.word("name")).map_or("", Str::as_str))
}
