//! The checks of a rollout as questions to a Prometheus, and the answers that are fine.

use ecow::eco_format;

use crate::metrics::{Match, query};
use crate::profile::Rollout;
use crate::profile::rollout::Checks;
use crate::source::{Spanned, Str, Text};
use crate::units::{Duration, Percent};

/// One check.
pub struct Question {
    /// What it is called.
    pub name: &'static str,
    /// In PromQL.
    pub query: Text,
    /// What the answer must be.
    pub good: Good,
}

/// What an answer must be.
#[derive(Clone, Copy)]
pub enum Good {
    /// At least so many percent.
    Least(Spanned<Percent>),
    /// At most so many milliseconds.
    Most(Spanned<u64>),
}

/// The questions about the requests that `of` chooses, over the last `window`.
pub fn questions(rollout: &Rollout, of: &[Match<'_>], window: &str) -> Vec<Question> {
    let Some(Checks { success_rate, p99 }) = &rollout.checks else { return Vec::new() };
    let success = success_rate.as_ref().map(|it| Question {
        name: "success-rate",
        query: it.with(query::success_percent(of, window).into()),
        good: Good::Least(*it),
    });
    let slow = p99.as_ref().map(|it| Question {
        name: "p99",
        query: it.with(query::latency("0.99", of, window).into()),
        good: Good::Most(it.with(it.millis())),
    });
    success.into_iter().chain(slow).collect()
}

/// A span of time as Flagger, Argo Rollouts and Prometheus all write it: whole minutes or whole seconds.
pub fn span(duration: &Spanned<Duration>) -> Text {
    let seconds = duration.millis() / 1000;
    let text: Str =
        if seconds.is_multiple_of(60) { eco_format!("{}m", seconds / 60) } else { eco_format!("{seconds}s") };
    duration.with(text)
}

/// A step in whole percent, as engines count.
pub fn weights(rollout: &Rollout) -> impl Iterator<Item = Spanned<u32>> {
    rollout.steps.iter().map(|it| it.with(it.value.0))
}
