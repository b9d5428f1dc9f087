//! Who shall send requests to a new version is let in.

use std::collections::BTreeSet;

use crate::check::walk::released;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::profile::security::{Access, Source};
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2415",
    name: "refused-load-tester",
    severity: Severity::Warning,
    equivalents: &[],
    why: "To the service the load tester is one more caller. Where rules close the service it gets a 403 for every request, \
          which is no failure of the server: the release is judged by answers that say nothing, and its smoke test fails.",
    bad: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
authz: { default: deny, allow: { reads: { from: test, to: hello } } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  checks: { successRate: 99 }
  loadTester: http://flagger-loadtester.tools #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
clients: { test: {} }
callers: { load-tester: { namespace: tools, serviceAccount: flagger-loadtester } }
authz: { default: deny, allow: { reads: { from: [test, load-tester], to: hello } } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout:
  engine: flagger
  checks: { successRate: 99 }
  loadTester: http://flagger-loadtester.tools
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let tester = profile.rollout.as_ref().filter(|it| it.engine.value == Engine::Flagger);
    let Some(tester) = tester.and_then(|it| it.load_tester.as_ref()) else { return };
    let Some(namespace) = namespace(tester) else { return };
    let doors = Doors::of(profile, namespace);
    if let Some((service, _)) = released(profile).find(|(it, _)| doors.refuse(*it)) {
        let message = format!(
            "the rules of `{}` let nobody from `{namespace}` in, where the load tester is",
            service.id
        );
        let finding = findings.at(tester.span, message).related(service.id.span, "closed by `authz`");
        findings.push(finding.help(format!(
            "name it under `callers` (`load-tester: {{ namespace: {namespace}, serviceAccount: default }}`) and in `from` of an allow rule"
        )));
    }
}

/// The namespace in `http://NAME.NAMESPACE:PORT/`.
fn namespace(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split(['/', ':']).next()?;
    host.split('.').nth(1)
}

/// Which services are closed, and which let somebody from a namespace in; by their ids.
#[derive(Default)]
struct Doors<'p> {
    all_closed: bool,
    all_open: bool,
    closed: BTreeSet<&'p Text>,
    open: BTreeSet<&'p Text>,
}

impl<'p> Doors<'p> {
    /// What is only tried out neither closes nor opens.
    fn of(profile: &'p Profile, namespace: &str) -> Self {
        let authz = &profile.authz;
        if authz.dry_run.value {
            return Self::default();
        }
        let mut this = Self { all_closed: authz.default.value == Access::Deny, ..Self::default() };
        for rule in authz.allow.values().filter(|it| it.dry_run.is_none_or(|it| !it.value)) {
            let fits = rule.from.is_empty() || rule.from.iter().any(|it| may_be_from(profile, it, namespace));
            this.all_closed |= rule.to.is_empty();
            this.all_open |= rule.to.is_empty() && fits;
            for service in rule.to.iter().filter_map(|it| profile.service(it)) {
                this.closed.insert(service.id);
                if fits {
                    this.open.insert(service.id);
                }
            }
        }
        this
    }

    fn refuse(&self, service: ServiceRef<'_>) -> bool {
        let open = self.all_open || self.open.contains(service.id);
        (self.all_closed || self.closed.contains(service.id)) && !open
    }
}

/// Facts can fit whom the profile does not know.
fn may_be_from(profile: &Profile, source: &Source, namespace: &str) -> bool {
    match source {
        Source::Facts(_) => true,
        Source::Who(name) => profile.who(name).is_some_and(|it| it.identity(profile).0.as_str() == namespace),
    }
}
