//! Nobody else has a name that an engine, or an object for it, will have.

use std::collections::BTreeMap;

use crate::check::walk::{Owner, released, workloads};
use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::lookup::ServiceRef;
use crate::profile::rollout::Engine;
use crate::rule::{Findings, Rule};
use crate::source::Text;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2408",
    name: "name-of-the-engine",
    severity: Severity::Error,
    equivalents: &["ENGINE001"],
    why: "Flagger makes objects named `hello-primary` and `hello-canary` for a service `hello`, and its Deployment is \
          called `hello`. Who has such a name already is overwritten, and then overwrites.",
    bad: "
services:
  hello: { versions: { v1: {} } }
  hello-primary: { versions: { v1: {} } } #~
clients:
  hello-canary: {} #~
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, services: hello, checks: { successRate: 99 } }
",
    good: "
services:
  hello: { versions: { v1: {} } }
  hello-primary: { namespace: other, versions: { v1: {} } }
observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }
rollout: { engine: flagger, services: hello, checks: { successRate: 99 } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let mut released = released(profile).peekable();
    if released.peek().is_none() {
        return;
    }
    let taken = taken(profile);
    for (service, engine) in released {
        for name in names(service, engine) {
            let Some((owner, at)) = taken.get(&(service.namespace().as_str(), name.clone())) else {
                continue;
            };
            if *owner == Some(service.id) {
                continue;
            }
            let message = format!("`{name}` is a name that {} needs for `{}`", engine.title(), service.id);
            let finding = findings.at(at.span, message).related(service.id.span, "released by the engine");
            findings.push(finding.help("give it another name"));
        }
    }
}

/// What the engine, or an object that only it needs, is called.
fn names(service: ServiceRef<'_>, engine: Engine) -> Vec<String> {
    let name = service.name();
    let mut names = vec![name.to_string()];
    if engine == Engine::Flagger {
        names.extend([format!("{name}-primary"), format!("{name}-canary")]);
    } else if service.profile.gateway.is_some() {
        names.push(format!("{name}-gateway"));
        names.extend(service.service.ports.names().map(|it| format!("{name}-gateway-{it}")));
    }
    names
}

type Taken<'p> = BTreeMap<(&'p str, String), (Option<&'p Text>, &'p Text)>;

/// The names of services and workloads by namespace, each with the id of its service and the place that says it.
fn taken(profile: &Profile) -> Taken<'_> {
    let mut taken = Taken::new();
    for it in workloads(profile) {
        if let Owner::Service(service) = it.owner
            && service.engine().is_none()
        {
            let name = format!("{}-{}", service.name(), it.key);
            taken.insert((service.namespace(), name), (Some(service.id), it.key));
        }
    }
    for it in profile.client_refs() {
        taken.insert((it.namespace(), it.name().to_string()), (None, it.name()));
    }
    for it in profile.service_refs() {
        taken.insert((it.namespace(), it.name().to_string()), (Some(it.id), it.name()));
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn the_deployment_of_another_version_has_not_the_name_of_a_released_service() {
        let text = "services:\n  shop-eu: { versions: { v1: {} } }\n  shop: { versions: { eu: {} } }\n\
                    rollout: { engine: argo-rollouts, services: shop-eu, checks: { p99: 1s } }";
        assert_eq!(messages(&[&RULE], text), Vec::<String>::new(), "the service itself has the name too");
        let text =
            text.replace("shop-eu: {", "b: { name: shop-eu,").replace("services: shop-eu", "services: b");
        assert_eq!(messages(&[&RULE], &text), Vec::<String>::new());
    }
}
