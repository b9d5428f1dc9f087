//! `load:` becomes a suspended CronJob for each entry: `kubectl create job --from=cronjob/load-NAME` starts it.

use crate::kube::base::job::{CronJobSpec, JobTemplate};
use crate::kube::wave;
use crate::kube::{CronJob, Labels, Manifest, made};
use crate::lower::Context;
use crate::lower::base::job::{self, Task};
use crate::lower::traffic::target::http_ports;
use crate::profile::Load;
use crate::source::Text;

/// A Job in the bundle would run once, with the first sync, and could not be changed afterwards.
pub fn loads(cx: &Context<'_>, proxy: &Labels) -> Vec<Manifest> {
    cx.profile.load.iter().filter_map(|(name, load)| cron_job(cx, name, load, proxy)).collect()
}

/// `None` where a rule has spoken: for an unknown client or service.
fn cron_job(cx: &Context<'_>, name: &Text, load: &Load, proxy: &Labels) -> Option<Manifest> {
    let Load { to, from, image, path, headers, requests_per_second, connections, duration } = load;
    let (service, client) = (cx.profile.service(to)?, cx.profile.client(from)?);
    let (_, port) = http_ports(service).next()?;
    let mut args: Vec<Text> = ["load", "-allow-initial-errors", "-qps"].map(made).into();
    args.push(made(&requests_per_second.to_string()));
    args.extend([made("-c"), made(&connections.to_string())]);
    args.extend([made("-t"), made(&duration.value.to_string())]);
    for (header, value) in headers.iter() {
        args.extend([made("-H"), value.with(ecow::eco_format!("{header}: {value}"))]);
    }
    args.push(cx.url(service, port.number.value, path.as_deref().map_or("/", |it| it.as_str())));
    // A load takes its time, and as much again for the pod to come up.
    let deadline_seconds = duration.millis() / 1000 * 2 + 120;
    let task =
        Task { client, component: "load", image: Some(image), command: Vec::new(), args, deadline_seconds };
    let spec = CronJobSpec {
        schedule: made("0 0 1 1 *"),
        suspend: true,
        concurrency_policy: "Forbid",
        successful_jobs_history_limit: 1,
        failed_jobs_history_limit: 1,
        job_template: JobTemplate { spec: job::spec(cx, &task, proxy) },
    };
    let full = name.with(ecow::eco_format!("load-{name}"));
    let metadata = cx.metadata(full, client.namespace(), job::labels(cx, client, "load"));
    Some(cx.core("batch/v1", wave::WATCH, CronJob { metadata, spec }))
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    #[test]
    fn a_load_waits_to_be_started_and_ends_although_it_has_a_proxy() {
        let profile = "
services: { hello: { versions: { v1: {} } } }
clients: { curl: {} }
load: { burst: { from: curl, to: hello, path: '/a?b=c', headers: { x-fail: '503' }, duration: 30s } }
";
        let text = object(profile, "CronJob", "load-burst");
        assert_eq!(text, include_str!("../examples/load.yaml"));
    }
}
