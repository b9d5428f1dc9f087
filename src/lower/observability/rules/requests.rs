//! Alerts on requests as they are now: too many fail, or they take longer than was promised.

use crate::kube::made;
use crate::lower::observability::rules::alert::Alerts;
use crate::lower::observability::rules::watched::Watched;
use crate::metrics::{alert, recorded};
use crate::profile::observability::Slo;

/// More than this part of the requests must not fail, whatever is promised.
const TOO_MANY: &str = "0.05";

/// Those of a namespace that has services with requests.
pub fn alerts(watched: &Watched<'_>, slo: Option<&Slo>, out: &mut Alerts<'_>) {
    if watched.http().is_none() {
        return;
    }
    let errors = watched.recorded(&recorded::errors("5m"));
    out.raise(&alert::ERROR_RATIO, made(&format!("{errors} > {TOO_MANY}")));
    if let Some(promised) = slo.and_then(|it| it.p99.as_ref()) {
        let p99 = watched.recorded(&recorded::percentile(99));
        let expr = format!("{p99} > {}", promised.millis());
        let words = format!("99 of 100 requests take no more than {}", promised.value);
        out.raise_promised(&alert::LATENCY, promised.with(expr.into()), &words);
    }
}
