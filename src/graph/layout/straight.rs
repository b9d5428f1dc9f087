//! The last touch: a line that bends a little is made straight, where moving an end of it bends no others.

use std::ops::Range;

use crate::graph::layout::Metrics;
use crate::graph::layout::nets::Nets;
use crate::graph::layout::place::{Wish, apart, wishes};

/// Each move may make room for another.
const SWEEPS: usize = 6;
/// In a longer column only single items are moved.
const LONG: usize = 500;

/// Moves items, alone or with all above or below them, as long as fewer lines bend.
pub fn straighten(nets: &mut Nets, metrics: &Metrics) {
    let links = wishes(nets);
    for sweep in 0..SWEEPS {
        let count = nets.columns.len();
        for step in 0..count {
            let column = if sweep % 2 == 0 { step } else { count - 1 - step };
            for place in 0..nets.columns[column].len() {
                touch(nets, column, place, &links, metrics);
            }
        }
    }
    let top = nets.items.iter().map(|it| it.y - it.height / 2).min().unwrap_or_default();
    nets.items.iter_mut().for_each(|it| it.y -= top);
}

type Links = (Vec<Vec<Wish>>, Vec<Vec<Wish>>);

fn touch(nets: &mut Nets, column: usize, place: usize, links: &Links, metrics: &Metrics) {
    let item = nets.columns[column][place];
    let length = nets.columns[column].len();
    let near = links.0[item].iter().chain(&links.1[item]);
    let far = metrics.gap + metrics.port;
    let mut steps: Vec<i32> = near.map(|it| nets.items[it.0].y + it.1 - nets.items[item].y).collect();
    steps.retain(|it| *it != 0 && it.abs() <= far);
    steps.sort_unstable_by_key(|it| (it.abs(), *it));
    steps.dedup();
    for step in steps.into_iter().take(3) {
        let rest = if step > 0 { place..length } else { 0..place + 1 };
        let moved = [place..place + 1, rest];
        let tried = if length > LONG { 1 } else { 2 };
        for range in moved.into_iter().take(tried) {
            if fits(nets, column, &range, step, metrics) && helps(nets, column, &range, step, links) {
                nets.columns[column][range].iter().for_each(|it| nets.items[*it].y += step);
                return;
            }
        }
    }
}

/// Whether fewer lines bend afterwards.
fn helps(nets: &Nets, column: usize, range: &Range<usize>, step: i32, links: &Links) -> bool {
    let mut gain = 0;
    for item in &nets.columns[column][range.clone()] {
        for (other, shift) in links.0[*item].iter().chain(&links.1[*item]) {
            let bend = nets.items[*other].y + shift - nets.items[*item].y;
            gain += i32::from(bend == step) - i32::from(bend == 0);
        }
    }
    gain > 0
}

fn fits(nets: &Nets, column: usize, range: &Range<usize>, step: i32, metrics: &Metrics) -> bool {
    let items = &nets.columns[column];
    let clear = |upper: usize, lower: usize, step: i32| {
        let distance = nets.items[items[lower]].y - nets.items[items[upper]].y + step;
        // To stand a little closer is better than to bend.
        distance >= apart(nets, items[upper], items[lower], metrics) - metrics.gap / 4
    };
    (range.start == 0 || clear(range.start - 1, range.start, step))
        && (range.end == items.len() || clear(range.end - 1, range.end, -step))
}
