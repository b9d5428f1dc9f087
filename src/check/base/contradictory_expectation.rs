//! An expectation says who asks and what must become of it, and can be met.

use crate::diag::{Diagnostic, Severity};
use crate::profile::Profile;
use crate::profile::expect::{Expectation, ExpectedOutcome};
use crate::rule::{Findings, Rule};
use crate::source::{Spanned, Text};
use crate::units::Percent;
use crate::yaml::Named;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2141",
    name: "contradictory-expectation",
    severity: Severity::Error,
    equivalents: &[],
    why: "An expectation that nothing could meet fails for ever, and one that says nothing proves nothing.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
expect:
  nothing: { from: test, to: hello, get: / } #~
  nobody: { to: hello, get: /, status: 200 } #~
  share: { from: test, to: hello, get: /, split: { v1: 90% } } #~
  both: { from: test, to: hello, get: /, status: 200, denied: 403 } #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
expect:
  share: { from: test, to: hello, get: /, split: { v1: 100% }, status: 200, mtls: true }
  denied: { from: test, to: hello, post: /, denied: 403 }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for (name, expectation) in profile.expect.iter() {
        let told = [nobody(name, expectation, findings), outcome(name, &expectation.outcome, findings)];
        for finding in told.into_iter().flatten() {
            findings.push(finding);
        }
    }
}

fn nobody(name: &Text, it: &Expectation, findings: &Findings<'_>) -> Option<Diagnostic> {
    if it.from.is_empty() {
        let finding = findings.at(name.span, format!("expectation `{name}` does not say who asks"));
        return Some(finding.help("write `from: CLIENT`, `from: ingress` or `from: outside-the-mesh`"));
    }
    let finding = || findings.at(name.span, format!("expectation `{name}` has no path to ask for"));
    it.request.paths.is_empty().then(|| finding().help("write `get: /`"))
}

fn outcome(name: &Text, it: &ExpectedOutcome, findings: &Findings<'_>) -> Option<Diagnostic> {
    let ExpectedOutcome {
        split,
        only,
        status,
        denied,
        refused,
        redirected,
        mtls,
        timeout,
        mirrored,
        unreachable,
    } = it;
    let answered = [
        (!split.is_empty()).then_some("split"),
        only.as_ref().map(|_| "only"),
        status.as_ref().map(|_| "status"),
        redirected.as_ref().map(|_| "redirected"),
        mirrored.as_ref().map(|_| "mirrored"),
    ];
    let stopped = [
        denied.as_ref().map(|_| "denied"),
        refused.as_ref().map(|_| "refused"),
        unreachable.as_ref().filter(|it| it.value).map(|_| "unreachable"),
    ];
    let mut stops = stopped.into_iter().flatten();
    let says_nothing = mtls.is_none() && timeout.is_none() && unreachable.is_none();
    let one = answered.into_iter().flatten().next();
    match (one, stops.next(), stops.next()) {
        (None, None, _) if says_nothing => {
            let finding =
                findings.at(name.span, format!("expectation `{name}` does not say what must happen"));
            return Some(finding.help("write `status: 200`, `split: …`, `denied: 403` or another outcome"));
        }
        (Some(answer), Some(stop), _) | (_, Some(answer), Some(stop)) => {
            let message = format!("expectation `{name}` wants `{answer}` and `{stop}` of one request");
            return Some(
                findings.at(name.span, message).help("keep one of them, or make it two expectations"),
            );
        }
        _ => {}
    }
    shares(name, split, findings)
}

fn shares(name: &Text, split: &Named<Spanned<Percent>>, findings: &Findings<'_>) -> Option<Diagnostic> {
    let total: u64 = split.values().map(|it| u64::from(it.value.parts())).sum();
    let (first, _) = split.iter().next()?;
    let whole = u64::from(Percent::ALL.parts());
    (total != whole).then(|| {
        let message =
            format!("shares that expectation `{name}` wants add up to {} %, not 100", percent(total));
        findings.at(first.span, message).help("name every version that is asked at all")
    })
}

/// Ten-thousandths of a percent as people write percents.
fn percent(parts: u64) -> String {
    let decimals = format!("{:04}", parts % 10_000);
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { (parts / 10_000).to_string() } else { format!("{}.{decimals}", parts / 10_000) }
}
