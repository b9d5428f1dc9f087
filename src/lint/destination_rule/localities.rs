//! Places such as `eu/a/1`, and which lists of them Istio refuses.
//!
//! Source: `validateLocalities` in `pkg/config/validation/agent` of Istio, whose order of questions is kept: what a `*`
//! overlaps with depends on what stands before it.

use std::collections::BTreeSet;

use crate::source::Span;

/// The first place of a list that Istio refuses, and what it says of it.
pub fn refused(places: &[(&str, Span)]) -> Option<(Span, String)> {
    let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (place, span) in places {
        if place.matches('*').count() > usize::from(place.ends_with('*')) {
            return Some((*span, format!("`{place}` has a `*` that is not at its end")));
        }
        let parts: Vec<&str> = place.splitn(3, '/').collect();
        let is_covered = seen.contains(&["*"][..]) || overlaps(&seen, &parts);
        if is_covered {
            return Some((*span, format!("`{place}` overlaps with another of the places")));
        }
        if parts.iter().any(|it| it.is_empty()) {
            return Some((*span, format!("`{place}` has an empty part")));
        }
        seen.insert(parts);
    }
    None
}

/// Whether a place is one of those seen, has one of them in it, or lies in one.
fn overlaps(seen: &BTreeSet<Vec<&str>>, parts: &[&str]) -> bool {
    let (region, zone) = (parts[0], parts.get(1));
    let mut same_region = seen.iter().filter(|it| it[0] == region);
    match (zone, parts.get(2)) {
        (None, _) => same_region.next().is_some(),
        (Some(zone), None) => same_region.any(|it| it.len() == 1 || it[1] == "*" || it[1] == *zone),
        (Some(zone), Some(part)) => same_region.any(|it| {
            it.len() == 1
                || it[1] == "*"
                || (it[1] == *zone && (it.len() == 2 || it[2] == "*" || it[2] == *part))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::refused;
    use crate::source::Span;

    fn is_refused(places: &str) -> bool {
        let places: Vec<_> = places.split(' ').map(|it| (it, Span::NONE)).collect();
        refused(&places).is_some()
    }

    #[test]
    fn a_place_overlaps_with_what_it_is_in_and_with_what_is_in_it() {
        for places in ["a a", "a a/b", "a/b a", "a/b/c a/b", "a/b a/b/c", "a/* a/b", "* a", "a/b/* a/b/c"] {
            assert!(is_refused(places), "{places}");
        }
        for places in ["a b", "a/b a/c", "a/b/c a/b/d", "a/b a/*", "a *", "a/b/c a/b/*"] {
            assert!(!is_refused(places), "{places}");
        }
    }

    #[test]
    fn a_star_ends_a_place_and_no_part_is_empty() {
        assert!(is_refused("*a") && is_refused("a/*/b") && is_refused("a//b") && is_refused("a/"));
    }
}
