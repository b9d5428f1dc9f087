//! The graph in a terminal: boxes of box-drawing characters, and arrows with what is said of them.

use crate::graph::layout::{Layout, Look, Metrics, Rect, layout};
use crate::graph::listing::listing;
use crate::graph::model::{Graph, Role};

/// More services than this make a list: no terminal has room for their picture.
const MOST_SERVICES: usize = 25;
/// A wider drawing makes a list, too.
const WIDEST: i32 = 320;

const METRICS: Metrics = Metrics {
    width: |lines| lines.iter().map(|it| wide(it)).max().unwrap_or_default() + 4,
    height: |lines| i32::try_from(lines).unwrap_or(i32::MAX) + 2,
    label: |text| if text.is_empty() { 1 } else { wide(text) + 5 },
    port: 1,
    side: 3,
    track: 2,
    gap: 1,
    lead: 1,
    arrow: 1,
};

fn wide(text: &str) -> i32 {
    i32::try_from(text.chars().count()).unwrap_or(i32::MAX)
}

/// The picture; of many services a list.
pub fn ascii(graph: &Graph) -> String {
    let services = graph.vertices.iter().filter(|it| it.role == Role::Service).count();
    if services > MOST_SERVICES {
        return listing(graph);
    }
    let lines = graph.lines();
    let drawing = layout(graph, &lines, &METRICS);
    if drawing.width > WIDEST {
        return listing(graph);
    }
    let mut out = draw(&drawing, &lines);
    let mut looks: Vec<Look> = drawing.wires.iter().map(|it| it.look).collect();
    looks.sort_unstable();
    looks.dedup();
    let legend: Vec<String> = looks.into_iter().filter_map(meaning).collect();
    if !legend.is_empty() {
        out.extend(["\n", &legend.join("\n"), "\n"]);
    }
    out.extend(graph.notes.iter().flat_map(|it| ["note: ", it, "\n"]));
    out
}

fn meaning(look: Look) -> Option<String> {
    let words = match look {
        // Their labels say what they are.
        Look::Route | Look::Mirror | Look::Idle => return None,
        Look::Tls => "TLS that is not the mesh's",
        Look::Plain => "not encrypted",
        Look::Strict => "mutual TLS is required",
        Look::Permissive => "mutual TLS; plaintext is taken as well",
        Look::Disabled => "plaintext",
        Look::Denied => "refused",
        Look::Undeclared => "observed, and declared nowhere",
    };
    let (level, _) = strokes(look);
    let mark = if look == Look::Denied { "✗" } else { "" };
    let line: String = std::iter::repeat_n(level, 3 - mark.chars().count()).collect();
    Some(format!("{line}{mark}▶ {words}"))
}

/// Level and upright.
fn strokes(look: Look) -> (char, char) {
    match look {
        Look::Route | Look::Strict => ('─', '│'),
        Look::Tls => ('═', '║'),
        Look::Permissive => ('╌', '╎'),
        Look::Denied => ('┄', '┆'),
        Look::Undeclared => ('┅', '┇'),
        Look::Idle | Look::Mirror | Look::Disabled | Look::Plain => ('┈', '┊'),
    }
}

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// Corners and crossings, by the sides that they lead to.
const JOINTS: [char; 16] = [' ', '╵', '╷', '│', '╴', '┘', '┐', '┤', '╶', '└', '┌', '├', '─', '┴', '┬', '┼'];

/// Characters in rows; whatever lies outside is not drawn.
struct Page {
    cells: Vec<Vec<char>>,
    lines: Vec<Vec<(u8, Option<Look>)>>,
}

fn draw(drawing: &Layout, lines: &[Vec<String>]) -> String {
    let size = |it: i32| usize::try_from(it).unwrap_or_default() + 1;
    let (width, height) = (size(drawing.width), size(drawing.height));
    let mut page =
        Page { cells: vec![vec!['\0'; width]; height], lines: vec![vec![(0, None); width]; height] };
    for wire in &drawing.wires {
        for pair in wire.points.windows(2) {
            page.stroke(pair[0], pair[1], wire.look);
        }
    }
    for (rect, lines) in drawing.boxes.iter().zip(lines) {
        page.frame(*rect, lines);
    }
    for wire in &drawing.wires {
        let Some((x, y)) = wire.points.last().copied() else { continue };
        page.put(x - 1, y, "▶");
        let mark = if wire.look == Look::Denied { "✗ " } else { "" };
        let label = wire.label.as_deref().unwrap_or_default();
        let text = if label.is_empty() { String::new() } else { format!(" {mark}{label} ") };
        page.put(x - 2 - wide(&text), y, &text);
    }
    page.text()
}

impl Page {
    fn put(&mut self, x: i32, y: i32, text: &str) {
        for (x, it) in (x..).zip(text.chars()) {
            if let Some(cell) = cell(&mut self.cells, x, y) {
                *cell = it;
            }
        }
    }

    /// A line; its last cell is that before the end.
    fn stroke(&mut self, (x1, y1): (i32, i32), (x2, y2): (i32, i32), look: Look) {
        let mut join = |x: i32, y: i32, sides: u8| {
            if let Some(it) = cell(&mut self.lines, x, y) {
                *it = (it.0 | sides, Some(look));
            }
        };
        if y1 == y2 {
            let (low, high) = (x1.min(x2), x1.max(x2));
            join(low, y1, RIGHT);
            (low + 1..high).for_each(|x| join(x, y1, LEFT | RIGHT));
            join(high, y1, LEFT);
        } else {
            let (low, high) = (y1.min(y2), y1.max(y2));
            join(x1, low, DOWN);
            (low + 1..high).for_each(|y| join(x1, y, UP | DOWN));
            join(x1, high, UP);
        }
    }

    fn frame(&mut self, rect: Rect, lines: &[String]) {
        let inner = usize::try_from(rect.w - 2).unwrap_or_default();
        let level: String = std::iter::repeat_n('─', inner).collect();
        let blank: String = std::iter::repeat_n(' ', inner).collect();
        let low = rect.y + rect.h - 1;
        self.put(rect.x, rect.y, &format!("┌{level}┐"));
        (rect.y + 1..low).for_each(|y| self.put(rect.x, y, &format!("│{blank}│")));
        self.put(rect.x, low, &format!("└{level}┘"));
        let spare = rect.h - 2 - i32::try_from(lines.len()).unwrap_or_default();
        for (y, line) in (rect.y + 1 + spare / 2..low).zip(lines) {
            self.put(rect.x + 2, y, line);
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for (cells, lines) in self.cells.iter().zip(&self.lines) {
            let row = cells.iter().zip(lines).map(|(cell, line)| match (cell, line) {
                ('\0', (LEFT | RIGHT, Some(look))) => strokes(*look).0,
                ('\0', (UP | DOWN, Some(look))) => strokes(*look).1,
                ('\0', (sides, Some(look))) if *sides == LEFT | RIGHT => strokes(*look).0,
                ('\0', (sides, Some(look))) if *sides == UP | DOWN => strokes(*look).1,
                ('\0', (sides, _)) => JOINTS[usize::from(*sides & 15)],
                (cell, _) => *cell,
            });
            let row: String = row.collect();
            out.extend([row.trim_end(), "\n"]);
        }
        format!("{}\n", out.trim_end())
    }
}

fn cell<T>(rows: &mut [Vec<T>], x: i32, y: i32) -> Option<&mut T> {
    rows.get_mut(usize::try_from(y).ok()?)?.get_mut(usize::try_from(x).ok()?)
}
