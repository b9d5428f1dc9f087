//! The panels of a dashboard: one kind of look for each kind of question.

use std::collections::BTreeMap;

use crate::kube::observability::grafana::{
    Defaults, FieldConfig, GridPos, Legend, Lines, Millionths, Mode, Options, Organize, Panel, Reduce, Step,
    Target, Thresholds, Tooltip, Transformation, View,
};
use crate::lower::observability::dashboard::services::PROMETHEUS;

/// What the values of a panel are.
#[derive(Clone, Copy)]
pub enum Unit {
    /// Requests a second.
    Requests,
    /// A part, from 0 to 1.
    Part,
    /// Milliseconds.
    Millis,
    /// Seconds.
    Seconds,
    /// Bytes a second.
    Bytes,
    /// Things.
    Count,
    /// Events a second.
    Events,
}

impl Unit {
    fn word(self) -> &'static str {
        match self {
            Self::Requests => "reqps",
            Self::Part => "percentunit",
            Self::Millis => "ms",
            Self::Seconds => "s",
            Self::Bytes => "Bps",
            Self::Count => "short",
            Self::Events => "ops",
        }
    }
}

/// A panel before it has a place.
pub struct Draft {
    panel: Panel,
}

/// A question and what its answers are called.
pub type Question = (String, &'static str);

/// Lines over time.
pub fn lines(title: &str, unit: Unit, questions: Vec<Question>) -> Draft {
    let custom = Lines {
        fill_opacity: 10,
        show_points: "never",
        stacking: Mode { mode: "none" },
        thresholds_style: Mode { mode: "off" },
    };
    let options = Options {
        legend: Some(Legend { display_mode: "list", placement: "bottom", show_legend: true }),
        tooltip: Some(Tooltip { mode: "multi", sort: "desc" }),
        reduce_options: None,
    };
    draft("timeseries", title, questions, defaults(unit, "palette-classic", Some(custom)), options)
}

/// One number of now.
pub fn stat(title: &str, unit: Unit, question: String) -> Draft {
    let reduce = Reduce { calcs: ["lastNotNull"] };
    let options = Options { legend: None, tooltip: None, reduce_options: Some(reduce) };
    draft("stat", title, vec![(question, "")], defaults(unit, "thresholds", None), options)
}

/// A table of now: `columns` says what the labels are called.
pub fn table(title: &str, unit: Unit, question: String, columns: &[(&'static str, &'static str)]) -> Draft {
    let options = Options { legend: None, tooltip: None, reduce_options: None };
    let mut draft = draft("table", title, vec![(question, "")], defaults(unit, "thresholds", None), options);
    if let Some(view) = &mut draft.panel.view {
        for target in &mut view.targets {
            (target.instant, target.range, target.format) = (true, false, "table");
        }
        let columns = Organize {
            exclude_by_name: BTreeMap::from([("Time", true)]),
            rename_by_name: columns.iter().copied().collect(),
        };
        view.transformations = vec![Transformation { id: "organize", options: columns }];
    }
    draft
}

impl Draft {
    /// Says what to make of it.
    pub fn note(mut self, text: &'static str) -> Self {
        self.panel.description = text;
        self
    }

    /// Lays the series on one another.
    pub fn stacked(mut self) -> Self {
        if let Some(custom) = self.custom() {
            custom.stacking = Mode { mode: "normal" };
            custom.fill_opacity = 40;
        }
        self
    }

    /// More than this is bad.
    pub fn at_most(self, limit: Option<Millionths>) -> Self {
        self.limited(limit, "green", "red")
    }

    /// Less than this is bad.
    pub fn at_least(self, limit: Option<Millionths>) -> Self {
        self.limited(limit, "red", "green")
    }

    fn limited(mut self, limit: Option<Millionths>, below: &'static str, above: &'static str) -> Self {
        let (Some(view), Some(limit)) = (&mut self.panel.view, limit) else { return self };
        view.field_config.defaults.thresholds.steps =
            vec![Step { color: below, value: None }, Step { color: above, value: Some(limit) }];
        if let Some(custom) = self.custom() {
            custom.thresholds_style = Mode { mode: "line" };
        }
        self
    }

    fn custom(&mut self) -> Option<&mut Lines> {
        self.panel.view.as_mut()?.field_config.defaults.custom.as_mut()
    }

    /// The panel, at its place.
    pub fn place(self, id: u32, grid_pos: GridPos) -> Panel {
        Panel { id, grid_pos, ..self.panel }
    }
}

fn defaults(unit: Unit, color: &'static str, custom: Option<Lines>) -> Defaults {
    let thresholds = Thresholds { mode: "absolute", steps: vec![Step { color: "green", value: None }] };
    // What may be negative has no least value.
    let min = (!matches!(unit, Unit::Seconds)).then_some(0);
    Defaults { unit: unit.word(), min, color: Mode { mode: color }, thresholds, custom }
}

fn draft(
    kind: &'static str,
    title: &str,
    questions: Vec<Question>,
    defaults: Defaults,
    options: Options,
) -> Draft {
    let targets = ('A'..='Z').zip(questions).map(|(ref_id, (expr, legend))| Target {
        ref_id,
        datasource: PROMETHEUS,
        expr,
        legend_format: legend.to_owned(),
        instant: false,
        range: true,
        format: "time_series",
    });
    let view = View {
        datasource: PROMETHEUS,
        targets: targets.collect(),
        field_config: FieldConfig { defaults, overrides: [] },
        options,
        transformations: Vec::new(),
    };
    let panel = Panel {
        id: 0,
        r#type: kind,
        title: title.to_owned(),
        description: "",
        grid_pos: GridPos { h: 0, w: 0, x: 0, y: 0 },
        repeat: None,
        row: None,
        view: Some(view),
    };
    Draft { panel }
}
