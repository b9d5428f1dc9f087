//! Rules of `x-kubernetes-validations`, asked of every value that they are about.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::crds::cel::{Program, Stop};
use crate::crds::path::Path;
use crate::crds::schema::Schema;
use crate::crds::value::{Kind, Value};
use crate::diag::{Diagnostic, Severity, code};
use crate::source::{Span, Str};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Where its CRD says so.
    pub span: Span,
    /// What must hold.
    pub program: Arc<Program>,
    /// What to say if it does not.
    pub message: Option<Str>,
    /// What makes the message.
    pub message_expression: Option<Arc<Program>>,
    /// The field to blame.
    pub field_path: Option<Str>,
    /// Whether it is asked of a new object although it speaks of the old one.
    pub optional_old_self: bool,
    /// Whether it was told that nobody asks it.
    pub told: AtomicBool,
}

/// One rule may take as many steps of one value.
const MOST_OF_A_RULE: u64 = 1_000_000;

/// All rules together may take as many steps of one document.
pub const MOST_OF_A_DOCUMENT: u64 = 10_000_000;

/// Asks every rule of a value and of what is inside of it.
///
/// `said` has the rules, `schema` the types: a rule may stand in a branch of `allOf`, which says nothing of types.
pub fn ask(value: &Value, said: &Schema, schema: &Schema, path: &Path<'_>, out: &mut Asked) {
    if !said.has_rules || value.is_null() {
        return;
    }
    for rule in &said.rules {
        rule.ask(value, schema, path, out);
    }
    for branch in said.choices.iter().flat_map(|it| &it.all) {
        ask(value, branch, schema, path, out);
    }
    match &value.kind {
        Kind::Map(fields) => {
            for field in fields {
                if let (Some(said), Some(schema)) = (said.of_field(&field.key), schema.of_field(&field.key)) {
                    ask(&field.value, said, schema, &path.key(&field.key.value, field.key.span), out);
                }
            }
        }
        Kind::List(items) => {
            let (Some(said), Some(schema)) = (said.items.as_deref(), schema.items.as_deref()) else { return };
            for (at, item) in items.iter().enumerate() {
                ask(item, said, schema, &path.index(at, item.span), out);
            }
        }
        _ => {}
    }
}

/// What the rules of a document found, and how many steps are left.
pub struct Asked {
    /// What was found.
    pub found: Vec<Diagnostic>,
    /// Steps that are left.
    pub left: u64,
}

impl Rule {
    fn ask(&self, value: &Value, schema: &Schema, path: &Path<'_>, out: &mut Asked) {
        if self.program.uses_old_self() && !self.optional_old_self {
            return;
        }
        let share = MOST_OF_A_RULE.min(out.left);
        let mut left = share;
        let verdict = self.program.holds(value, schema, &mut left);
        out.left -= share - left;
        match verdict {
            Ok(true) => {}
            Ok(false) => out.found.push(self.broken(value, schema, path, None)),
            Err(Stop::Failed(why)) => out.found.push(self.broken(value, schema, path, Some(&why))),
            Err(Stop::Unable(why)) => {
                if !self.told.swap(true, Ordering::Relaxed) {
                    let message = format!("a rule of this CRD was not asked: {why}");
                    let mut finding = Diagnostic::warning(code::CRD_RULE, self.span, message);
                    finding.severity = Severity::Info;
                    out.found.push(finding.help("the API server asks it: try the object there"));
                }
            }
        }
    }

    fn broken(&self, value: &Value, schema: &Schema, path: &Path<'_>, why: Option<&str>) -> Diagnostic {
        let mut left = MOST_OF_A_RULE;
        let made = self.message_expression.as_ref().and_then(|it| it.says(value, schema, &mut left));
        let text = self.program.text().trim();
        let words = match (made, &self.message) {
            (Some(it), _) => it,
            (None, Some(it)) => it.trim().to_owned(),
            (None, None) => format!("the rule does not hold: {text}"),
        };
        let message = match why {
            Some(why) => format!("`{path}`: {words} ({why})"),
            None => format!("`{path}`: {words}"),
        };
        let place = self.blamed(value).unwrap_or_else(|| path.here());
        Diagnostic::error(code::CRD_RULE, place, message)
            .related(self.span, "the rule")
            .help(format!("the rule is `{text}`"))
    }

    /// The place of the field that the rule blames: `.a.b`, `['a'].b`.
    fn blamed(&self, value: &Value) -> Option<Span> {
        let path = self.field_path.as_deref()?;
        let (mut value, mut place) = (value, None);
        let bare = path.replace("['", ".").replace("']", "");
        for key in bare.split('.').filter(|it| !it.is_empty()) {
            let Some(field) = value.field(key) else { break };
            place = Some(field.key.span);
            value = &field.value;
        }
        place.filter(|it| it.is_some())
    }
}
