//! How high everything stands: as level as the order of the columns allows.

use std::collections::BTreeMap;

use crate::graph::layout::Metrics;
use crate::graph::layout::nets::Nets;

/// More sweeps change little.
const SWEEPS: usize = 12;

/// A wish of an item: to be so far below another.
pub type Wish = (usize, i32);

/// Gives every item its height and its place.
pub fn place(nets: &mut Nets, lines: &[Vec<String>], metrics: &Metrics) {
    heights(nets, lines, metrics);
    for offset in nets.offsets.values_mut() {
        *offset = (*offset * metrics.port).div_euclid(2);
    }
    for column in &nets.columns {
        let mut y = 0;
        for (above, item) in std::iter::once(None).chain(column.iter().map(Some)).zip(column) {
            y += above.map_or(0, |it| apart(nets, *it, *item, metrics));
            nets.items[*item].y = y;
        }
    }
    let (lefts, rights) = wishes(nets);
    let count = nets.columns.len();
    for sweep in 0..SWEEPS {
        for step in 0..count {
            let column = if sweep % 2 == 0 { step } else { count - 1 - step };
            // At first each side alone, to find a shape; then both, to settle.
            let near: Vec<&Vec<Vec<Wish>>> = match (sweep, sweep % 2) {
                (4.., _) => vec![&lefts, &rights],
                (_, 0) => vec![&lefts],
                _ => vec![&rights],
            };
            settle(nets, column, &near, metrics);
        }
    }
}

/// A box has room for its text, and for all lines that end at one of its sides.
fn heights(nets: &mut Nets, lines: &[Vec<String>], metrics: &Metrics) {
    let mut ports: BTreeMap<usize, i32> = BTreeMap::new();
    for (net, end) in nets.offsets.keys() {
        let (item, offset) = (nets.item(*net, *end), nets.offset(*net, *end));
        let most = ports.entry(item).or_default();
        *most = (*most).max(offset);
    }
    for (place, item) in nets.items.iter_mut().enumerate() {
        let Some(vertex) = item.vertex else { continue };
        let text = (metrics.height)(lines[vertex].len());
        // The outermost port is so many halves of a port from the middle.
        let side = ports.get(&place).map_or(0, |it| it * metrics.port + metrics.side);
        item.height = text.max(side);
    }
}

/// The least distance of the middles of two neighbours.
pub fn apart(nets: &Nets, above: usize, below: usize, metrics: &Metrics) -> i32 {
    let (above, below) = (&nets.items[above], &nets.items[below]);
    let both_pass = above.vertex.is_none() && below.vertex.is_none();
    let gap = if both_pass { metrics.port } else { metrics.gap };
    (above.height + 1) / 2 + (below.height + 1) / 2 + gap
}

/// What each item wishes because of what is connected with it on the left, and on the right.
pub fn wishes(nets: &Nets) -> (Vec<Vec<Wish>>, Vec<Vec<Wish>>) {
    let mut lefts = vec![Vec::new(); nets.items.len()];
    let mut rights = vec![Vec::new(); nets.items.len()];
    for hop in nets.hops.iter().flatten() {
        for left in &hop.left {
            for right in &hop.right {
                let shift = nets.offset(hop.net, *left) - nets.offset(hop.net, *right);
                let (left, right) = (nets.item(hop.net, *left), nets.item(hop.net, *right));
                lefts[right].push((left, shift));
                rights[left].push((right, -shift));
            }
        }
    }
    (lefts, rights)
}

/// Moves the items of a column as near to their wishes as their order allows: blocks that touch move as one.
fn settle(nets: &mut Nets, column: usize, near: &[&Vec<Vec<Wish>>], metrics: &Metrics) {
    let items = nets.columns[column].clone();
    // Of each block: the sum of its wishes, their weight, how many items it has.
    let mut blocks: Vec<(i64, i64, usize)> = Vec::new();
    let mut offsets = Vec::with_capacity(items.len());
    let mut offset = 0;
    for (place, item) in items.iter().enumerate() {
        offset += place.checked_sub(1).map_or(0, |it| i64::from(apart(nets, items[it], *item, metrics)));
        offsets.push(offset);
        let wishes: Vec<i64> = near
            .iter()
            .flat_map(|it| &it[*item])
            .map(|(other, shift)| i64::from(nets.items[*other].y + shift))
            .collect();
        // What passes through bends twice if it is moved.
        let weight = if nets.items[*item].vertex.is_none() { 4 } else { 2 };
        let wish = match i64::try_from(wishes.len()).unwrap_or(i64::MAX) {
            0 => i64::from(nets.items[*item].y),
            count => wishes.iter().sum::<i64>().div_euclid(count),
        };
        let weight = if wishes.is_empty() { 1 } else { weight };
        let mut block = ((wish - offset) * weight, weight, 1);
        while let Some(last) = blocks.pop() {
            if last.0.div_euclid(last.1) <= block.0.div_euclid(block.1) {
                blocks.push(last);
                break;
            }
            block = (last.0 + block.0, last.1 + block.1, last.2 + block.2);
        }
        blocks.push(block);
    }
    let starts = blocks.iter().flat_map(|it| std::iter::repeat_n(it.0.div_euclid(it.1), it.2));
    for ((item, start), offset) in items.iter().zip(starts).zip(offsets) {
        nets.items[*item].y = i32::try_from(start + offset).unwrap_or(i32::MAX);
    }
}
