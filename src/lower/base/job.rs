//! Pods that come to an end: made like those of a client, with its identity, and with another command.

use crate::kube::base::container::Container;
use crate::kube::base::job::JobSpec;
use crate::kube::base::pod::{PodMetadata, PodSpec, PodTemplate};
use crate::kube::{LabelSelector, Labels};
use crate::lower::Context;
use crate::lower::base::deployment;
use crate::lower::base::workload::Workload;
use crate::profile::lookup::ClientRef;
use crate::source::Text;

/// What a Job does in the name of a client.
pub struct Task<'p> {
    /// Whose identity, image and resources.
    pub client: ClientRef<'p>,
    /// Its part, as `smoke`: the label `app.kubernetes.io/component`.
    pub component: &'static str,
    /// Another image.
    pub image: Option<&'p Text>,
    /// The command.
    pub command: Vec<Text>,
    /// Its arguments.
    pub args: Vec<Text>,
    /// Seconds after which it is given up.
    pub deadline_seconds: u64,
}

/// A Job that is not tried again, and goes away an hour after its end.
///
/// A Job with an ordinary sidecar never ends, because the proxy does not: a native sidecar is stopped by the kubelet.
/// The annotation asks for one whatever the mesh's default is (Istio 1.24 and later).
pub fn spec(cx: &Context<'_>, task: &Task<'_>, proxy: &Labels) -> JobSpec {
    let workload = Workload::of_client(task.client);
    let mut annotations = proxy.clone();
    if !annotations.is_empty() {
        annotations.set("sidecar.istio.io/nativeSidecar", "true");
    }
    let metadata = PodMetadata { labels: labels(cx, task.client, task.component), annotations };
    let selector = LabelSelector { match_labels: workload.selector() };
    let ordinary = deployment::pod(&workload, &selector);
    let [container] = ordinary.containers;
    let container = Container {
        image: task.image.unwrap_or(&container.image).clone(),
        command: task.command.iter().map(literal).collect(),
        args: task.args.iter().map(literal).collect(),
        startup_probe: None,
        readiness_probe: None,
        liveness_probe: None,
        lifecycle: None,
        ..container
    };
    let pod = PodSpec {
        restart_policy: Some("Never"),
        topology_spread_constraints: Vec::new(),
        containers: [container],
        ..ordinary
    };
    JobSpec {
        backoff_limit: 0,
        active_deadline_seconds: task.deadline_seconds,
        ttl_seconds_after_finished: 3600,
        template: PodTemplate { metadata, spec: pod },
    }
}

/// Kubernetes reads `$(NAME)` in commands as a variable, and `$$(` as the text `$(`.
fn literal(text: &Text) -> Text {
    if text.contains("$(") { text.with(text.replace("$(", "$$(")) } else { text.clone() }
}

/// The labels of the client, so that policies of packets hold for it, but for its part.
pub fn labels(cx: &Context<'_>, client: ClientRef<'_>, component: &'static str) -> Labels {
    let mut labels = cx.client_labels(client.name());
    labels.set("app.kubernetes.io/component", component);
    labels
}
