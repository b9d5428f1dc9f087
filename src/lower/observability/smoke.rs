//! Smoke requests: a CronJob that makes them, a Job that Argo CD runs after a sync, a Probe that asks from outside.

use crate::kube::base::job::{CronJobSpec, JobTemplate};
use crate::kube::observability::probe::{ProbeSpec, Prober, StaticConfig, Targets};
use crate::kube::wave;
use crate::kube::{CronJob, Job, Labels, Manifest, Probe, made};
use crate::lower::Context;
use crate::lower::base::job::{self, Task};
use crate::lower::traffic::target::http_ports;
use crate::profile::Gateway;
use crate::profile::smoke::{Smoke, SmokeRequest};
use crate::source::Text;

/// Asks each address for its status; all are asked, then one that was wrong makes the Job fail.
const SCRIPT: &str = "\
failed=0
while [ $# -gt 0 ]; do
  status=$(curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}' \"$1\") || true
  echo \"$status $1\"
  [ \"$status\" = \"$2\" ] || { echo \"expected $2\"; failed=1; }
  shift 2
done
exit \"$failed\"
";

/// The label `job` of what the Probe measures.
pub const PROBE_JOB: &str = "mesh-gateway";

/// All that `observability.smoke` asks for.
pub fn smoke(cx: &Context<'_>, proxy: &Labels, out: &mut Vec<Manifest>) {
    let Some(smoke) = cx.profile.observability.as_ref().and_then(|it| it.smoke.as_ref()) else { return };
    let Smoke { client, schedule, post_sync, prober, requests: _ } = smoke;
    if let Some(prober) = prober {
        out.extend(cx.profile.gateway.as_ref().map(|it| probe(cx, prober, it)));
    }
    let Some(client) = cx.profile.client(client) else { return };
    let task = Task {
        client,
        component: "smoke",
        image: None,
        command: ["/bin/sh", "-c", SCRIPT, "smoke"].map(made).into(),
        args: arguments(cx, smoke),
        deadline_seconds: 300,
    };
    let metadata = |name: &str| cx.metadata(made(name), client.namespace(), job::labels(cx, client, "smoke"));
    if let Some(schedule) = schedule {
        let spec = CronJobSpec {
            schedule: schedule.clone(),
            suspend: false,
            concurrency_policy: "Forbid",
            successful_jobs_history_limit: 1,
            failed_jobs_history_limit: 3,
            job_template: JobTemplate { spec: job::spec(cx, &task, proxy) },
        };
        out.push(cx.core("batch/v1", wave::WATCH, CronJob { metadata: metadata("smoke"), spec }));
    }
    if post_sync.value {
        out.push(after_sync(cx, &task, proxy));
    }
}

/// A Job cannot be changed, so the one of the last sync is deleted first.
fn after_sync(cx: &Context<'_>, task: &Task<'_>, proxy: &Labels) -> Manifest {
    let labels = job::labels(cx, task.client, task.component);
    let mut metadata = cx.metadata(made("smoke-after-sync"), task.client.namespace(), labels);
    metadata.annotations.set("argocd.argoproj.io/hook", "PostSync");
    metadata.annotations.set("argocd.argoproj.io/hook-delete-policy", "BeforeHookCreation");
    cx.core("batch/v1", wave::WATCH, Job { metadata, spec: job::spec(cx, task, proxy) })
}

/// Address and status of each request, as arguments: the script holds no word of the user's.
fn arguments(cx: &Context<'_>, smoke: &Smoke) -> Vec<Text> {
    let mut out = Vec::new();
    for SmokeRequest { to, path, status } in smoke.requests.values() {
        let Some(service) = cx.profile.service(to) else { continue };
        let Some((_, port)) = http_ports(service).next() else { continue };
        out.push(cx.url(service, port.number.value, path.as_deref().map_or("/", |it| it.as_str())));
        out.push(made(&status.map_or(200, |it| it.value).to_string()));
    }
    out
}

/// A name with a star is not one that can be asked.
fn probe(cx: &Context<'_>, prober: &Text, gateway: &Gateway) -> Manifest {
    let scheme = if gateway.tls.is_some() { "https" } else { "http" };
    let hosts = gateway.hosts.iter().map(|(host, _)| host).filter(|it| !it.contains('*'));
    let addresses = hosts.map(|it| it.with(ecow::eco_format!("{scheme}://{it}/"))).collect();
    let spec = ProbeSpec {
        job_name: made(PROBE_JOB),
        interval: "30s",
        module: "http_2xx",
        prober: Prober { url: prober.clone(), path: "/probe", scheme: "http" },
        targets: Targets { static_config: StaticConfig { r#static: addresses } },
    };
    let metadata = cx.metadata(made(PROBE_JOB), &cx.profile.namespace, cx.watched_labels());
    cx.core("monitoring.coreos.com/v1", wave::WATCH, Probe { metadata, spec })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, object};

    const SMOKE: &str = "
services: { hello: { versions: { v1: {} } } }
clients: { curl: {} }
gateway: { hosts: { hello.example.com: hello, '*.example.org': hello }, http: 80 }
observability:
  smoke:
    client: curl
    schedule: '*/5 * * * *'
    postSync: true
    prober: blackbox.monitoring:9115
    requests: { home: { to: hello }, teapot: { to: hello, path: '/$(x)', status: 418 } }
";

    #[test]
    fn requests_are_arguments_and_no_part_of_the_script() {
        let text = object(SMOKE, "CronJob", "smoke");
        let asked = "            - http://hello.demo.svc.cluster.local/\n            - \"200\"\n            - \
                     http://hello.demo.svc.cluster.local/$$(x)\n            - \"418\"\n";
        assert!(text.contains(asked), "{text}");
    }

    #[test]
    fn argo_cd_runs_a_job_after_each_sync() {
        let text = object(SMOKE, "Job", "smoke-after-sync");
        assert!(text.contains("argocd.argoproj.io/hook: PostSync\n"), "{text}");
        assert!(text.contains("sidecar.istio.io/nativeSidecar: \"true\"\n"), "{text}");
    }

    #[test]
    fn hosts_are_asked_from_outside_but_those_with_a_star() {
        assert!(
            object(SMOKE, "Probe", "mesh-gateway")
                .contains("      static:\n      - http://hello.example.com/\n")
        );
    }

    #[test]
    fn all_of_it_is_off_unless_asked_for() {
        let quiet = "clients: { curl: {} }\nobservability: {}";
        for kind in ["CronJob", "Job", "Probe"] {
            assert!(names(quiet, kind).is_empty());
        }
    }
}
