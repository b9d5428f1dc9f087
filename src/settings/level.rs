//! How bad a finding is taken to be.

use schemars::Schema;

use crate::diag::Severity;
use crate::yaml::{FromScalar, Scalar, Wrong, choose, words};

/// The level of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not asked.
    Off,
    /// Good to know.
    Info,
    /// Probably a mistake.
    Warning,
    /// A mistake.
    Error,
}

const LEVELS: &[(&str, Level)] =
    &[("off", Level::Off), ("info", Level::Info), ("warning", Level::Warning), ("error", Level::Error)];

impl Level {
    /// The level of a word.
    pub fn parse(word: &str) -> Option<Self> {
        LEVELS.iter().find(|it| it.0 == word).map(|it| it.1)
    }
}

impl FromScalar for Level {
    const EXPECTS: &'static str = "`off`, `info`, `warning` or `error`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, LEVELS)
    }

    /// An old reader takes a bare `off` for `false`.
    fn schema() -> Schema {
        words(LEVELS)
    }
}

/// The level from which on a finding fails the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailOn(pub Severity);

const FAIL_ON: &[(&str, FailOn)] = &[
    ("error", FailOn(Severity::Error)),
    ("warning", FailOn(Severity::Warning)),
    ("info", FailOn(Severity::Info)),
];

impl FromScalar for FailOn {
    const EXPECTS: &'static str = "`error`, `warning` or `info`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, FAIL_ON)
    }

    fn schema() -> Schema {
        words(FAIL_ON)
    }
}
