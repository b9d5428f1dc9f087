//! Grafana's dashboards, as small as truth allows: a page, its variables, its panels.

use serde::Serialize;

/// A dashboard.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// By which links find it.
    pub uid: String,
    /// Its name.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// By which people find it.
    pub tags: Vec<String>,
    /// Whether people may change it in place.
    pub editable: bool,
    /// 1: a moment that is pointed at is shown in all panels.
    pub graph_tooltip: u8,
    /// The edition of the format: 39 is that of Grafana 11.
    pub schema_version: u8,
    /// As `30s`.
    pub refresh: &'static str,
    /// Which time is shown.
    pub time: Range,
    /// Of the person who looks.
    pub timezone: &'static str,
    /// What can be chosen.
    pub templating: Templating,
    /// What is shown, from top to bottom.
    pub panels: Vec<Panel>,
}

/// A span of time.
#[derive(Clone, Debug, Serialize)]
pub struct Range {
    /// As `now-1h`.
    pub from: &'static str,
    /// As `now`.
    pub to: &'static str,
}

/// What can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Templating {
    /// The variables.
    pub list: Vec<Variable>,
}

/// A variable.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// `datasource`, `custom` or `query`.
    #[serde(rename = "type")]
    pub r#type: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// What it may be.
    pub query: String,
    /// Where a `query` is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datasource: Option<Datasource>,
    /// When a `query` is asked again: 2 is whenever another time is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<u8>,
    /// Whether several may be chosen.
    pub multi: bool,
    /// Whether all may be chosen at once.
    pub include_all: bool,
    /// What all of them are in a query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_value: Option<String>,
    /// What is chosen at first; `None`: Grafana's choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Choice>,
}

/// What is chosen of a variable.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What people read.
    pub text: [String; 1],
    /// What queries get.
    pub value: [String; 1],
}

/// Where queries are asked.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Datasource {
    /// `prometheus`.
    #[serde(rename = "type")]
    pub r#type: &'static str,
    /// Which one.
    pub uid: &'static str,
}

/// A panel, or the heading of a row of them.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    /// Its number on the page.
    pub id: u32,
    /// `row`, `timeseries`, `stat` or `table`.
    #[serde(rename = "type")]
    pub r#type: &'static str,
    /// Its heading.
    pub title: String,
    /// What to make of it.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub description: &'static str,
    /// Where it stands.
    pub grid_pos: GridPos,
    /// A row: once for each value of this variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<&'static str>,
    /// What only rows have.
    #[serde(flatten)]
    pub row: Option<RowParts>,
    /// What all others have.
    #[serde(flatten)]
    pub view: Option<View>,
}

/// What a row has besides.
#[derive(Clone, Debug, Serialize)]
pub struct RowParts {
    /// Whether its panels are hidden.
    pub collapsed: bool,
    /// The panels, if they are hidden; otherwise they follow the row.
    pub panels: [Nothing; 0],
}

/// What is never there.
#[derive(Clone, Debug, Serialize)]
pub struct Nothing {}

/// What a panel has that shows something.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Where it asks.
    pub datasource: Datasource,
    /// What it asks.
    pub targets: Vec<Target>,
    /// How values look.
    pub field_config: FieldConfig,
    /// How the panel looks.
    pub options: Options,
    /// What is done to the answers before they are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transformations: Vec<Transformation>,
}

/// A place on the page, which is 24 wide.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct GridPos {
    /// Height.
    pub h: u32,
    /// Width.
    pub w: u32,
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// Its letter in the panel.
    pub ref_id: char,
    /// Where it is asked.
    pub datasource: Datasource,
    /// In PromQL.
    pub expr: String,
    /// What the series are called.
    pub legend_format: String,
    /// Whether only the last value is wanted.
    pub instant: bool,
    /// Whether values over time are wanted.
    pub range: bool,
    /// `time_series` or `table`.
    pub format: &'static str,
}

/// How values look.
#[derive(Clone, Debug, Serialize)]
pub struct FieldConfig {
    /// All of them.
    pub defaults: Defaults,
    /// Exceptions.
    pub overrides: [Nothing; 0],
}

/// How all values of a panel look.
#[derive(Clone, Debug, Serialize)]
pub struct Defaults {
    /// As `reqps`.
    pub unit: &'static str,
    /// The least value that the axis shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The colour.
    pub color: Mode,
    /// From where on a value is good or bad.
    pub thresholds: Thresholds,
    /// How lines are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Lines>,
}

/// A way, by its name.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Mode {
    /// The name.
    pub mode: &'static str,
}

/// From where on a value is good or bad.
#[derive(Clone, Debug, Serialize)]
pub struct Thresholds {
    /// `absolute`.
    pub mode: &'static str,
    /// The colours, from the lowest value on.
    pub steps: Vec<Step>,
}

/// A colour and where it begins.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Step {
    /// As `green`.
    pub color: &'static str,
    /// `None`: from below.
    pub value: Option<Millionths>,
}

/// A number in millionths: what people write with decimals is kept as a whole number until it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Millionths(pub u64);

impl Serialize for Millionths {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1_000_000) {
            return serializer.serialize_u64(self.0 / 1_000_000);
        }
        let (high, low) = (self.0 / 1_000_000, self.0 % 1_000_000);
        let exact = |it: u64| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
        serializer.serialize_f64(exact(high) + exact(low) / 1e6)
    }
}

/// How lines are drawn.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lines {
    /// In percent.
    pub fill_opacity: u8,
    /// Never: a missing value is not zero.
    pub show_points: &'static str,
    /// Whether the area of one series stands on that of another.
    pub stacking: Mode,
    /// Whether thresholds are drawn.
    pub thresholds_style: Mode,
}

/// How a panel looks.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    /// The names of the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legend: Option<Legend>,
    /// What is shown of the moment that is pointed at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tooltip: Option<Tooltip>,
    /// Which value of a series a stat shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reduce_options: Option<Reduce>,
}

/// The names of the series.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Legend {
    /// `list` or `table`.
    pub display_mode: &'static str,
    /// `bottom` or `right`.
    pub placement: &'static str,
    /// Whether they are there.
    pub show_legend: bool,
}

/// What is shown of the moment that is pointed at.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Tooltip {
    /// `multi`: all series.
    pub mode: &'static str,
    /// `desc`: the highest first.
    pub sort: &'static str,
}

/// Which value of a series is shown.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reduce {
    /// `lastNotNull`.
    pub calcs: [&'static str; 1],
}

/// What is done to answers before they are shown.
#[derive(Clone, Debug, Serialize)]
pub struct Transformation {
    /// As `organize`.
    pub id: &'static str,
    /// Its options.
    pub options: Organize,
}

/// The columns of a table.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organize {
    /// Columns that are left out.
    pub exclude_by_name: std::collections::BTreeMap<&'static str, bool>,
    /// What the others are called.
    pub rename_by_name: std::collections::BTreeMap<&'static str, &'static str>,
}
