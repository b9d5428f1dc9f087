//! The Common Expression Language, as far as rules of Kubernetes go: read once, evaluated over the document itself.
//!
//! The types of a document are its schema's, so nothing is converted and nothing copied. Every step costs, and there is
//! a limit: no expression runs long. Source: the language definition of CEL, and `k8s.io/apiserver/pkg/cel`.

mod call;
mod compare;
pub mod convert;
mod eval;
mod expr;
mod format;
mod lex;
mod lists;
mod net;
mod parse;
mod quantity;
mod semver;
mod text;
pub mod time;
pub mod url;
mod val;

use std::sync::OnceLock;

use crate::crds::schema::Schema;
use crate::crds::value::Value;
use expr::Expr;
use val::Val;

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It fails, there as here: a key that is missing, a division by zero.
    Failed(String),
    /// It is not ours to say: a function or a field that we do not know, or too many steps.
    Unable(String),
}

/// An expression that is read when it is first asked.
#[derive(Debug)]
pub struct Program {
    text: String,
    read: OnceLock<Result<Expr, String>>,
}

impl Program {
    /// An expression.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), read: OnceLock::new() }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it can be understood.
    ///
    /// # Errors
    /// What cannot.
    #[cfg(test)]
    pub fn check(&self) -> Result<(), String> {
        self.read.get_or_init(|| parse::parse(&self.text)).as_ref().map(|_| ()).map_err(Clone::clone)
    }

    /// Whether it speaks of what was there before.
    pub fn uses_old_self(&self) -> bool {
        self.text.contains("oldSelf")
    }

    /// Whether it holds for a value; takes the steps from what is left.
    ///
    /// # Errors
    /// Why nobody can say.
    pub fn holds(&self, value: &Value, schema: &Schema, left: &mut u64) -> Result<bool, Stop> {
        match self.run(value, schema, left)? {
            Val::Bool(it) => Ok(it),
            other => Err(Stop::Unable(format!("it is a {}, not a bool", other.type_name()))),
        }
    }

    /// The text that it makes of a value; `None` if it makes none that fits on a line.
    pub fn says(&self, value: &Value, schema: &Schema, left: &mut u64) -> Option<String> {
        match self.run(value, schema, left).ok()? {
            Val::Text(it) => {
                let it = it.trim();
                (!it.is_empty() && !it.contains('\n')).then(|| it.to_owned())
            }
            _ => None,
        }
    }

    fn run<'a>(&'a self, value: &'a Value, schema: &'a Schema, left: &mut u64) -> Result<Val<'a>, Stop> {
        let expr = self.read.get_or_init(|| parse::parse(&self.text)).as_ref();
        let expr = expr.map_err(|it| Stop::Unable(it.clone()))?;
        eval::run(expr, Val::of(value, Some(schema))?, left)
    }
}

#[cfg(test)]
mod tests;
