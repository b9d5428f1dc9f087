//! An alert of the table becomes a rule: its expression, and what people are told.

use crate::kube::observability::prometheus_rule::{AlertingRule, Annotations, Rule};
use crate::kube::{Labels, made};
use crate::metrics::alert::{Alert, verbatim};
use crate::source::{Str, Text};

/// The alerts of a namespace.
pub struct Alerts<'p> {
    namespace: &'p Text,
    runbooks: Option<&'p Text>,
    rules: Vec<Rule>,
}

impl<'p> Alerts<'p> {
    /// None yet.
    pub fn new(namespace: &'p Text, runbooks: Option<&'p Text>) -> Self {
        Self { namespace, runbooks, rules: Vec::new() }
    }

    /// Raises `alert` while `expr` has a result.
    pub fn raise(&mut self, alert: &'static Alert, expr: Text) {
        self.tell(alert, expr, &alert.description());
    }

    /// The same where something was promised that is not kept.
    pub fn raise_promised(&mut self, alert: &'static Alert, expr: Text, promised: &str) {
        let description = format!("Promised: {}. {}", verbatim(promised), alert.description());
        self.tell(alert, expr, &description);
    }

    fn tell(&mut self, alert: &'static Alert, expr: Text, description: &str) {
        // Whoever is told of the alerts of a namespace is told by this label, also where a caller elsewhere saw it.
        let labels = Labels::of([
            ("namespace".into(), self.namespace.value.clone()),
            ("severity".into(), Str::inline(alert.severity.word())),
        ]);
        let runbook = |page: &Text| page.with(verbatim(&format!("{page}#{}", alert.anchor())).into());
        let annotations = Annotations {
            summary: alert.summary,
            description: made(description),
            runbook_url: self.runbooks.map(runbook),
        };
        let lasts = alert.lasts;
        self.rules.push(Rule::Alerting(AlertingRule { alert: alert.name, expr, lasts, labels, annotations }));
    }

    /// All of them.
    pub fn done(self) -> Vec<Rule> {
        self.rules
    }
}
