//! Alerts on the watching itself: pods that are not scraped, and requests from outside that are not answered.

use crate::kube::made;
use crate::lower::observability::rules::alert::Alerts;
use crate::lower::observability::rules::watched::Watched;
use crate::lower::observability::smoke::PROBE_JOB;
use crate::metrics::{Label, Match, PROBE, UP, alert};
use crate::profile::Profile;
use crate::profile::smoke::Smoke;

/// That a service gets no requests is no alert: nobody may want anything of it.
pub fn alerts(watched: &Watched<'_>, out: &mut Alerts<'_>) {
    let pods = watched.of_pods(&UP, &[Match::Not(Label::Pod, "")]);
    out.raise(&alert::TARGET, made(&format!("{pods} == 0")));
    out.raise(&alert::TARGETS, made(&format!("absent({pods})")));
}

/// Where a prober asks the hosts of the gateway: one for the whole profile.
pub fn smoke(profile: &Profile, smoke: &Smoke, out: &mut Alerts<'_>) {
    let (Some(prober), Some(_)) = (&smoke.prober, &profile.gateway) else { return };
    let own = [Match::Is(Label::Job, PROBE_JOB), Match::Is(Label::Namespace, &profile.namespace)];
    out.raise(&alert::SMOKE, prober.with(format!("{} == 0", PROBE.select(&own)).into()));
}
