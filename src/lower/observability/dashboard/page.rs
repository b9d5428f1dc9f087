//! Where panels stand: a page is 24 wide, and whatever does not fit into a line begins the next.

use crate::kube::observability::grafana::{GridPos, Panel, RowParts};
use crate::lower::observability::dashboard::panels::Draft;

const WIDTH: u32 = 24;

/// A page that is filled from top to bottom.
#[derive(Default)]
pub struct Page {
    panels: Vec<Panel>,
    x: u32,
    y: u32,
    /// The height of the line that is being filled.
    line: u32,
}

impl Page {
    /// Begins a row, shown once for each value of the variable if one is named.
    pub fn row(&mut self, title: &str, repeat: Option<&'static str>) {
        self.next_line();
        let grid_pos = GridPos { h: 1, w: WIDTH, x: 0, y: self.y };
        self.y += 1;
        let id = self.id();
        self.panels.push(Panel {
            id,
            r#type: "row",
            title: title.to_owned(),
            description: "",
            grid_pos,
            repeat,
            row: Some(RowParts { collapsed: false, panels: [] }),
            view: None,
        });
    }

    /// Puts a panel beside the last one, or below where it would not fit.
    pub fn put(&mut self, w: u32, h: u32, draft: Draft) {
        if self.x + w > WIDTH {
            self.next_line();
        }
        let grid_pos = GridPos { h, w, x: self.x, y: self.y };
        self.x += w;
        self.line = self.line.max(h);
        let id = self.id();
        self.panels.push(draft.place(id, grid_pos));
    }

    /// The panels, in the order of the page.
    pub fn panels(self) -> Vec<Panel> {
        self.panels
    }

    fn next_line(&mut self) {
        self.y += self.line;
        (self.x, self.line) = (0, 0);
    }

    fn id(&self) -> u32 {
        u32::try_from(self.panels.len()).unwrap_or(u32::MAX).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Page;
    use crate::lower::observability::dashboard::panels::{Unit, stat};

    #[test]
    fn what_does_not_fit_begins_the_next_line_below_the_highest() {
        let mut page = Page::default();
        page.row("one", None);
        for (w, h) in [(12, 4), (6, 8), (12, 4)] {
            page.put(w, h, stat("s", Unit::Count, String::new()));
        }
        page.row("two", Some("service"));
        let places: Vec<_> = page.panels().iter().map(|it| (it.id, it.grid_pos.x, it.grid_pos.y)).collect();
        assert_eq!(places, [(1, 0, 0), (2, 0, 1), (3, 12, 1), (4, 0, 9), (5, 0, 13)]);
    }
}
