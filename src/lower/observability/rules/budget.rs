//! What is promised over 30 days becomes a budget, and alerts on spending it too fast: each in two windows, of which the
//! long one says that it matters and the short one that it still goes on.

use crate::kube::observability::prometheus_rule::RuleGroup;
use crate::lower::observability::rules::alert::Alerts;
use crate::lower::observability::rules::record;
use crate::lower::observability::rules::watched::Watched;
use crate::metrics::alert::{self, Alert};
use crate::metrics::{decimal, recorded};
use crate::profile::observability::Slo;
use crate::units::Percent;

/// A pace at which a budget must not be spent.
struct Pace {
    /// Tenths of the pace that would spend it in exactly 30 days.
    tenths: u64,
    long: &'static str,
    short: &'static str,
}

/// At these somebody is woken up: 2 % of the budget in an hour, 5 % in six.
const FAST: [Pace; 2] =
    [Pace { tenths: 144, long: "1h", short: "5m" }, Pace { tenths: 60, long: "6h", short: "30m" }];

/// At these somebody looks in working hours: 10 % of the budget in a day, 10 % in three.
const SLOW: [Pace; 2] =
    [Pace { tenths: 30, long: "1d", short: "2h" }, Pace { tenths: 10, long: "3d", short: "6h" }];

/// The windows besides five minutes, which are recorded anyway: a group, how often, which.
const WINDOWS: [(&str, Option<&str>, &[&str]); 2] = [
    ("mesh.burn-rates", None, &["30m", "1h", "2h"]),
    // They move slowly and cost much. Prometheus forgets a series after five minutes.
    ("mesh.burn-rates-of-days", Some("2m"), &["6h", "1d", "3d"]),
];

/// What the alerts below read.
pub fn groups(watched: &Watched<'_>, slo: Option<&Slo>) -> Vec<RuleGroup> {
    let (Some(Slo { availability: _, p99 }), Some(services)) = (slo, watched.http()) else {
        return Vec::new();
    };
    let group = |(name, interval, windows): (_, _, &[&str])| {
        let mut rules = Vec::new();
        for window in windows {
            record::window(watched, &services, window, p99.is_some(), &mut rules);
        }
        RuleGroup { name, interval, rules }
    };
    WINDOWS.into_iter().map(group).collect()
}

/// Two alerts for errors; where a latency is promised, two for slow requests.
pub fn alerts(watched: &Watched<'_>, slo: Option<&Slo>, out: &mut Alerts<'_>) {
    let (Some(Slo { availability, p99 }), true) = (slo, watched.http().is_some()) else { return };
    let errors = |pace: &Pace, window: &str| {
        let series = watched.recorded(&recorded::errors(window));
        format!("{series} > {}", error_ratio(availability.value, pace.tenths))
    };
    let pairs: [(&'static Alert, [Pace; 2]); 2] = [(&alert::FAST_ERRORS, FAST), (&alert::SLOW_ERRORS, SLOW)];
    let promised = format!("{} % of the requests of 30 days do not fail", availability.value);
    for (alert, paces) in pairs {
        out.raise_promised(alert, availability.with(either(&paces, &errors).into()), &promised);
    }
    let Some(p99) = p99 else { return };
    let slow = |pace: &Pace, window: &str| {
        let series = watched.recorded(&recorded::buckets(window));
        format!("histogram_quantile({}, {series}) > {}", quantile(pace.tenths), p99.millis())
    };
    let pairs: [(&'static Alert, [Pace; 2]); 2] =
        [(&alert::FAST_LATENCY, FAST), (&alert::SLOW_LATENCY, SLOW)];
    let promised = format!("99 of 100 requests of 30 days take no more than {}", p99.value);
    for (alert, paces) in pairs {
        out.raise_promised(alert, p99.with(either(&paces, &slow).into()), &promised);
    }
}

/// At the first pace or at the second, in the long window and in the short one.
fn either(paces: &[Pace; 2], exceeds: &dyn Fn(&Pace, &str) -> String) -> String {
    let both = |it: &Pace| format!("({} and {})", exceeds(it, it.long), exceeds(it, it.short));
    format!("{} or {}", both(&paces[0]), both(&paces[1]))
}

/// The part of the requests that fails at a pace.
fn error_ratio(availability: Percent, tenths: u64) -> String {
    let budget = Percent::ALL.parts() - availability.parts();
    decimal(u64::from(budget) * tenths, 7)
}

/// One request in a hundred may be slow. At a pace of ten, ten are: then 90 % are not slow, and the quantile of 0.9 is
/// beyond what is promised. Unlike a count of slow requests it needs no bucket that ends at the promise.
fn quantile(tenths: u64) -> String {
    decimal(1000 - tenths, 3)
}

#[cfg(test)]
mod tests {
    use super::{error_ratio, quantile};
    use crate::units::Percent;
    use crate::yaml::{FromScalar, Scalar};

    #[test]
    fn budgets_are_exact() {
        let at = |promise: &str, tenths| {
            error_ratio(Percent::from_scalar(&Scalar { text: promise.into(), plain: true }).unwrap(), tenths)
        };
        assert_eq!(
            ["99.9", "99.95", "99", "99.9999"].map(|it| at(it, 144)),
            ["0.0144", "0.0072", "0.144", "0.0000144"]
        );
        assert_eq!([144, 60, 30, 10].map(|it| at("99.9", it)), ["0.0144", "0.006", "0.003", "0.001"]);
        assert_eq!([144, 60, 30, 10].map(quantile), ["0.856", "0.94", "0.97", "0.99"]);
    }
}
