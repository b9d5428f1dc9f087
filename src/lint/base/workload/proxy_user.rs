//! Nothing but the proxy runs as the proxy's user.

use crate::diag::Severity;
use crate::kube::sort::WORKLOADS;
use crate::lint::base::is_of_the_system;
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object, Workload};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG5101",
    name: "proxy-user",
    severity: Severity::Warning,
    equivalents: &["IST0144"],
    why: "The rules that lead traffic into the sidecar let all of user 1337 past it: an application that runs as this \
          user calls in plain text, unseen and unhindered by any policy.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: web:1
        securityContext: { runAsUser: 1337 } #~
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers:
      - { name: fetch, image: 'fetch:1', securityContext: { runAsUser: 1337 } }
      containers:
      - { name: web, image: 'web:1', securityContext: { runAsUser: 1000 } }
      - { name: istio-proxy, image: auto, securityContext: { runAsUser: 1337 } }
",
    run: Run::Each(WORKLOADS, run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    let Some(workload) = Workload::of(object).filter(|_| !is_of_the_system(object)) else { return };
    let spec = workload.pod_spec();
    let is_proxy = |it: &&Node| {
        it.word("name").is_some_and(|it| ["istio-proxy", "istio-operator"].contains(&it.as_str()))
    };
    let holders = [spec].into_iter().chain(spec.list("containers").iter().filter(|it| !is_proxy(it)));
    let user = |it: &'_ Node| -> Option<crate::source::Span> {
        let user = it.get("securityContext")?.get("runAsUser")?;
        (user.as_whole() == Some(1337)).then_some(user.span)
    };
    let mut places = holders.filter_map(user);
    // One mistake of one template, wherever it shows.
    let Some(first) = places.next() else { return };
    let mut finding = findings.at(first, format!("`{}` runs as user 1337, the proxy's", object.name));
    for place in places {
        finding = finding.related(place, "here, too");
    }
    findings.push(finding.help("choose another user; only the proxy is 1337"));
}
