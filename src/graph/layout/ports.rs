//! Where on the side of a box each line starts or ends: in the order of what is at its other end.

use std::collections::BTreeMap;

use crate::graph::layout::nets::{End, Nets};

/// The place of the other ends, the net, and the end itself.
type Tied = (i32, usize, End);

/// Gives each end its place on its box, counted in ports; [`super::place`] turns them into lengths.
pub fn ports(nets: &mut Nets) {
    let mut places = vec![0; nets.items.len()];
    for column in &nets.columns {
        for (place, item) in column.iter().enumerate() {
            places[*item] = i32::try_from(place).unwrap_or(i32::MAX);
        }
    }
    // By item and side: what ends there, with the places of its other ends.
    let mut sides: BTreeMap<(usize, bool), Vec<Tied>> = BTreeMap::new();
    for hop in nets.hops.iter().flatten() {
        let place = |end: &End| places[nets.item(hop.net, *end)];
        let middle = |ends: &[End]| {
            let sum: i32 = ends.iter().map(|it| place(it) * 1000).sum();
            sum / i32::try_from(ends.len()).unwrap_or(1).max(1)
        };
        // A line that turns round in this gap has its other end on the same side.
        let (to_right, to_left) = if hop.left.is_empty() || hop.right.is_empty() {
            (middle(&hop.left), middle(&hop.right))
        } else {
            (middle(&hop.right), middle(&hop.left))
        };
        for end in hop.left.iter().filter(|it| matches!(it, End::Source(_))) {
            let key = (nets.item(hop.net, *end), true);
            sides.entry(key).or_default().push((to_right, hop.net, *end));
        }
        for end in hop.right.iter().filter(|it| matches!(it, End::Stub(_))) {
            let key = (nets.item(hop.net, *end), false);
            sides.entry(key).or_default().push((to_left, hop.net, *end));
        }
    }
    for (_, mut ends) in sides {
        ends.sort();
        let count = i32::try_from(ends.len()).unwrap_or(i32::MAX);
        for (place, (_, net, end)) in (0..count).zip(ends) {
            // In halves of a port, so that an even number stands evenly.
            nets.offsets.insert((net, end), 2 * place - (count - 1));
        }
    }
}
