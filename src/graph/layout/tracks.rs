//! Which vertical line stands left of which between two columns: so that few cross, and none lies upon another.

use std::collections::BTreeMap;

use crate::graph::layout::Metrics;
use crate::graph::layout::nets::{Hop, Nets};

/// The better order is searched for no more lines than this.
const SEARCHED: usize = 2500;

/// The space between two columns.
#[derive(Debug, Default)]
pub struct Gap {
    /// Its width.
    pub width: i32,
    tracks: BTreeMap<usize, i32>,
}

impl Gap {
    /// How far from the left the vertical line of a net stands.
    pub fn track_of(&self, net: usize, metrics: &Metrics) -> i32 {
        metrics.lead + self.tracks.get(&net).copied().unwrap_or_default() * metrics.track
    }
}

/// The space left of each column, and right of the last.
pub fn gaps(nets: &Nets, metrics: &Metrics) -> Vec<Gap> {
    let last = nets.columns.len();
    nets.hops
        .iter()
        .enumerate()
        .map(|(place, hops)| {
            let tracks = tracks(nets, hops, metrics);
            let most = tracks.values().max().map_or(0, |it| it + 1);
            // At the margin only what turns round needs room.
            if hops.is_empty() && (place == 0 || place == last) {
                return Gap::default();
            }
            let widths = hops.iter().flat_map(|hop| {
                let arrows = hop.right.iter().filter_map(|it| nets.label(hop.net, *it));
                arrows.map(|it| (metrics.label)(it))
            });
            let label = widths.max().unwrap_or_default();
            let right = if place == last { 0 } else { label + metrics.arrow };
            Gap { width: 2 * metrics.lead + most * metrics.track + right, tracks }
        })
        .collect()
}

/// A vertical line: its extent, and where lines leave it to either side.
struct Bar {
    net: usize,
    low: i32,
    high: i32,
    left: Vec<i32>,
    right: Vec<i32>,
}

fn tracks(nets: &Nets, hops: &[Hop], metrics: &Metrics) -> BTreeMap<usize, i32> {
    let mut ordered: Vec<Bar> = Vec::new();
    let search = hops.len() <= SEARCHED;
    for bar in hops.iter().filter_map(|it| bar(nets, it)) {
        let place = if search { best_place(&ordered, &bar, metrics) } else { ordered.len() };
        ordered.insert(place, bar);
    }
    let mut tracks: Vec<i32> = Vec::with_capacity(ordered.len());
    for (place, bar) in ordered.iter().enumerate() {
        let before = ordered[..place].iter().zip(&tracks);
        // Two ends at one height must not share a track either: they would look like one line.
        let meets = |it: &Bar| it.low <= bar.high + metrics.port / 2 && bar.low <= it.high + metrics.port / 2;
        let track = before.filter(|it| meets(it.0)).map(|it| it.1 + 1).max();
        tracks.push(track.unwrap_or_default());
    }
    ordered.iter().map(|it| it.net).zip(tracks).collect()
}

/// `None` for a line that goes straight through.
fn bar(nets: &Nets, hop: &Hop) -> Option<Bar> {
    let ys = |ends: &[crate::graph::layout::nets::End]| -> Vec<i32> {
        ends.iter().map(|it| nets.y(hop.net, *it)).collect()
    };
    let (left, right) = (ys(&hop.left), ys(&hop.right));
    let low = left.iter().chain(&right).min().copied()?;
    let high = left.iter().chain(&right).max().copied()?;
    (low < high).then_some(Bar { net: hop.net, low, high, left, right })
}

/// Where among the bars, from left to right, a new one crosses the fewest.
fn best_place(ordered: &[Bar], bar: &Bar, metrics: &Metrics) -> usize {
    let tight = metrics.port / 3;
    // Left of all others at first; then it moves over one after the other.
    let mut cost: i64 = 0;
    let (mut best, mut place) = (0, 0);
    for (index, other) in ordered.iter().enumerate() {
        cost += crossings(other, bar, tight) - crossings(bar, other, tight);
        if cost < best {
            (best, place) = (cost, index + 1);
        }
    }
    place
}

/// How often two lines cross if `left` stands left of `right`; to lie upon each other is far worse.
fn crossings(left: &Bar, right: &Bar, tight: i32) -> i64 {
    if left.high + tight < right.low || right.high + tight < left.low {
        return 0;
    }
    let within = |y: i32, bar: &Bar| i64::from(bar.low < y && y < bar.high);
    let mut cost: i64 = left.right.iter().map(|it| within(*it, right)).sum();
    cost += right.left.iter().map(|it| within(*it, left)).sum::<i64>();
    let upon = left.right.iter().any(|a| right.left.iter().any(|b| (a - b).abs() <= tight));
    cost + if upon { 1000 } else { 0 }
}
