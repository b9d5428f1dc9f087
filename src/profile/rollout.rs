//! Automatic rollout and rollback: one block for three engines.

use schemars::{JsonSchema, Schema};

use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::source::{Spanned, Text};
use crate::units::{Duration, Percent, Weight};
use crate::yaml::{FromScalar, OneOrMany, Scalar, Wrong, choose, record, words};

/// Automatic rollout and rollback.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rollout {
    /// Who moves the weights.
    pub engine: Spanned<Engine>,
    /// The services concerned; absent: all whose requests the mesh sees.
    pub services: OneOrMany<Text>,
    /// The percentages of the new version, one after the other. After the last it has everything.
    pub steps: OneOrMany<Spanned<Weight>>,
    /// How long a step lasts at the least, and how often the checks are asked.
    pub interval: Spanned<Duration>,
    /// So many failed checks roll back.
    pub failures: Spanned<u32>,
    /// What must hold to go on.
    pub checks: Option<Checks>,
    /// The address of Flagger's load tester: it sends requests to a new version that nobody calls yet.
    pub load_tester: Option<Text>,
}

record!(Rollout "`rollout`" { engine, services, steps, interval, failures, checks, load_tester });

/// Who moves the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Flagger.
    Flagger,
    /// Argo Rollouts.
    ArgoRollouts,
    /// Commits.
    Git,
}

impl Engine {
    /// Its name, as people say it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Flagger => "Flagger",
            Self::ArgoRollouts => "Argo Rollouts",
            Self::Git => "Git",
        }
    }
}

const ENGINES: &[(&str, Engine)] =
    &[("flagger", Engine::Flagger), ("argo-rollouts", Engine::ArgoRollouts), ("git", Engine::Git)];

impl FromScalar for Engine {
    const EXPECTS: &'static str = "`flagger`, `argo-rollouts` or `git`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        choose(scalar, ENGINES)
    }

    fn schema() -> Schema {
        words(ENGINES)
    }
}

/// What must hold for a rollout to go on.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Checks {
    /// The least percentage of requests that do not fail.
    pub success_rate: Option<Spanned<Percent>>,
    /// What 99 of 100 requests do not exceed.
    pub p99: Option<Spanned<Duration>>,
}

record!(Checks "`checks`" { success_rate, p99 });

impl Rollout {
    /// Whether a service is under the engine: it is named, or nobody is and the mesh sees its requests.
    fn concerns(&self, service: ServiceRef<'_>) -> bool {
        if self.services.is_empty() {
            return service.service.ports.values().any(|it| it.protocol.is_http());
        }
        let means =
            |it: &Text| it.contains('/') && service.profile.service(it).is_some_and(|it| it.id == service.id);
        self.services.iter().any(|it| it.value == service.id.value || means(it))
    }
}

impl Profile {
    /// Who moves the weights of a service; `None` where it is whoever writes the profile. For [`Engine::Git`] that is
    /// still so, but by commits that a plan made.
    pub fn engine_of(&self, service: ServiceRef<'_>) -> Option<Engine> {
        let rollout = self.rollout.as_ref().filter(|it| it.concerns(service))?;
        Some(rollout.engine.value)
    }
}

impl ServiceRef<'_> {
    /// The controller that releases the service: it owns weights and replicas, and needs a workload of its own kind.
    pub fn engine(self) -> Option<Engine> {
        self.profile.engine_of(self).filter(|it| *it != Engine::Git)
    }
}
