//! Who stands above whom: everything near the middle of what it is connected with, so that few lines cross.

use crate::graph::layout::nets::Nets;

/// More sweeps change little. The last goes to the right: versions stand as their services do.
const SWEEPS: usize = 9;

/// Sorts every column by the places of its neighbours, to and fro.
pub fn order(nets: &mut Nets) {
    let (lefts, rights) = neighbours(nets);
    let mut places = vec![0; nets.items.len()];
    for column in &nets.columns {
        remember(column, &mut places);
    }
    let count = nets.columns.len();
    for sweep in 0..SWEEPS {
        for step in 0..count {
            let (column, near) = if sweep % 2 == 0 { (step, &lefts) } else { (count - 1 - step, &rights) };
            let mut items = std::mem::take(&mut nets.columns[column]);
            items.sort_by_cached_key(|it| (nets.depth(*it), wish(*it, near, &places)));
            remember(&items, &mut places);
            nets.columns[column] = items;
        }
    }
}

/// What each item is connected with in the column to its left, and in that to its right.
pub fn neighbours(nets: &Nets) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut lefts = vec![Vec::new(); nets.items.len()];
    let mut rights = vec![Vec::new(); nets.items.len()];
    for hop in nets.hops.iter().flatten() {
        for left in &hop.left {
            for right in &hop.right {
                let (left, right) = (nets.item(hop.net, *left), nets.item(hop.net, *right));
                lefts[right].push(left);
                rights[left].push(right);
            }
        }
    }
    (lefts, rights)
}

/// In thousandths; whoever has no neighbours stays.
fn wish(item: usize, near: &[Vec<usize>], places: &[usize]) -> usize {
    let near = &near[item];
    let sum: usize = near.iter().map(|it| places[*it]).sum();
    if near.is_empty() { places[item] * 1000 } else { sum * 1000 / near.len() }
}

fn remember(column: &[usize], places: &mut [usize]) {
    for (place, item) in column.iter().enumerate() {
        places[*item] = place;
    }
}
