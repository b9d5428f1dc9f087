//! Reads a question as Prometheus would and holds it against the table of metrics.

use std::collections::BTreeSet;

use meshgen::metrics::{METRICS, Metric};
use promql_parser::parser::{self, Expr, LabelModifier, VectorSelector};
use promql_parser::util::{ExprVisitor, walk_expr};

/// What is wrong with a question.
pub fn complaints(text: &str, recorded: &[String]) -> Vec<String> {
    let expr = match parser::parse(text) {
        Ok(expr) => expr,
        Err(error) => return vec![format!("{error}: {text}")],
    };
    let mut seen = Seen::default();
    walk_expr(&mut seen, &expr).unwrap();
    let mut wrong = Vec::new();
    let mut labels: BTreeSet<&str> = BTreeSet::new();
    for selector in &seen.selectors {
        let Some(name) = &selector.name else {
            wrong.push(format!("a series without a name: {text}"));
            continue;
        };
        let metric = METRICS.iter().find(|it| it.name == name);
        if metric.is_none() && !recorded.contains(name) {
            wrong.push(format!("`{name}` is not in the table: {text}"));
        }
        let its: BTreeSet<&str> = metric.map_or_else(every_label, |it| words(it));
        let strange = selector.matchers.matchers.iter().find(|it| !its.contains(it.name.as_str()));
        wrong.extend(strange.map(|it| format!("`{name}` has no label `{}`: {text}", it.name)));
        labels.extend(its);
    }
    labels.extend(seen.made.iter().map(String::as_str));
    let strange = seen.grouping.iter().find(|it| !labels.is_empty() && !labels.contains(it.as_str()));
    wrong.extend(strange.map(|it| format!("no series here has the label `{it}`: {text}")));
    wrong
}

/// The values that a question compares labels with.
pub fn values(text: &str) -> Vec<String> {
    let mut seen = Seen::default();
    walk_expr(&mut seen, &parser::parse(text).unwrap()).unwrap();
    seen.selectors.iter().flat_map(|it| &it.matchers.matchers).map(|it| it.value.clone()).collect()
}

fn words(metric: &Metric) -> BTreeSet<&'static str> {
    metric.labels.iter().copied().flatten().map(|it| it.word()).collect()
}

/// What a recording rule keeps is its own business, but it can only keep what there was.
fn every_label() -> BTreeSet<&'static str> {
    METRICS.iter().flat_map(|it| words(it)).collect()
}

/// What a question names.
#[derive(Default)]
struct Seen {
    selectors: Vec<VectorSelector>,
    grouping: Vec<String>,
    /// Labels that the question itself makes.
    made: Vec<String>,
}

impl ExprVisitor for Seen {
    type Error = std::convert::Infallible;

    fn pre_visit(&mut self, expr: &Expr) -> Result<bool, Self::Error> {
        match expr {
            Expr::VectorSelector(it) => self.selectors.push(it.clone()),
            Expr::MatrixSelector(it) => self.selectors.push(it.vs.clone()),
            Expr::Call(it) if it.func.name == "label_replace" => {
                if let Expr::StringLiteral(label) = &*it.args.args[1] {
                    self.made.push(label.val.clone());
                }
            }
            Expr::Aggregate(it) => self.group(it.modifier.as_ref()),
            Expr::Binary(it) => self.group(it.modifier.as_ref().and_then(|it| it.matching.as_ref())),
            _ => {}
        }
        Ok(true)
    }
}

impl Seen {
    fn group(&mut self, modifier: Option<&LabelModifier>) {
        self.grouping.extend(modifier.into_iter().flat_map(|it| it.labels().labels.clone()));
    }
}
