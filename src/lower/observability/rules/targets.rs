//! Alerts on the watching itself: pods that are not scraped, and requests from outside that are not answered.

use crate::kube::made;
use crate::lower::observability::rules::alert::Alerts;
use crate::lower::observability::rules::watched::Watched;
use crate::metrics::{Label, Match, PROBE, UP, alert};
use crate::profile::smoke::Smoke;

/// That a service gets no requests is no alert: nobody may want anything of it.
pub fn alerts(watched: &Watched<'_>, smoke: Option<&Smoke>, out: &mut Alerts<'_>) {
    let pods = watched.of_pods(&UP, &[Match::Not(Label::Pod, "")]);
    out.raise(&alert::TARGET, made(&format!("{pods} == 0")));
    out.raise(&alert::TARGETS, made(&format!("absent({pods})")));
    if let Some(prober) = smoke.and_then(|it| it.prober.as_ref()) {
        let probes = watched.of_pods(&PROBE, &[]);
        out.raise(&alert::SMOKE, prober.with(format!("{probes} == 0").into()));
    }
}
