//! A version of a service, or a client, becomes a Deployment whose pods pass the restricted Pod Security Standard.

use crate::kube::base::deployment::DeploymentSpec;
use crate::kube::base::pod::{
    PodMetadata, PodSecurityContext, PodSpec, PodTemplate, SeccompProfile, TopologySpread,
};
use crate::kube::wave;
use crate::kube::{Deployment, LabelSelector, Labels, Manifest};
use crate::lower::Context;
use crate::lower::base::workload::Workload;
use crate::lower::base::{autoscaler, container, files};
use crate::lower::observability::app_logs;

/// What Kubernetes defaults well (the strategy, the history) is left to it.
pub fn deployment(cx: &Context<'_>, workload: &Workload<'_>, proxy: &Labels) -> Manifest {
    let (selector, template) = pods(cx, workload, proxy);
    let object = Deployment {
        metadata: cx.metadata(workload.name.clone(), workload.namespace, workload.labels(cx)),
        spec: DeploymentSpec { replicas: autoscaler::replicas(workload), selector, template },
    };
    cx.core("apps/v1", wave::PODS, object)
}

/// Which pods are its own, and what they are made from.
pub fn pods(cx: &Context<'_>, workload: &Workload<'_>, proxy: &Labels) -> (LabelSelector, PodTemplate) {
    let selector = LabelSelector { match_labels: workload.selector() };
    let labels = pod_labels(workload, &workload.labels(cx));
    let metadata = PodMetadata { labels, annotations: annotations(workload, proxy) };
    let template = PodTemplate { metadata, spec: pod(workload, &selector) };
    (selector, template)
}

/// The user's labels beside ours, none of which they name: selectors and the mesh's metrics stand on those.
fn pod_labels(workload: &Workload<'_>, ours: &Labels) -> Labels {
    let mut labels = ours.clone();
    app_logs::label(workload, &mut labels);
    for (key, value) in workload.make.labels.iter() {
        labels.set(key.to_string(), value.value.clone());
    }
    labels
}

/// The user's annotations have the last word, so that one version may give its proxy more than the others'.
fn annotations(workload: &Workload<'_>, proxy: &Labels) -> Labels {
    let mut annotations = proxy.clone();
    if let Some(digest) = files::digest(&workload.make.files) {
        annotations.set("meshgen.dev/files-sha256", digest);
    }
    for (key, value) in workload.make.annotations.iter() {
        annotations.set(key.to_string(), value.value.clone());
    }
    annotations
}

/// A pod, as every workload has it.
pub fn pod(workload: &Workload<'_>, selector: &LabelSelector) -> PodSpec {
    let (volumes, mounts) = files::volumes(workload);
    PodSpec {
        restart_policy: None,
        service_account_name: workload.service_account.clone(),
        automount_service_account_token: false,
        enable_service_links: false,
        // The injector's containers say nothing about system calls, so the pod must. Users are for each container to
        // say: `istio-init` runs as root where the mesh has no CNI, and the proxy as 1337.
        security_context: PodSecurityContext { seccomp_profile: SeccompProfile { r#type: "RuntimeDefault" } },
        termination_grace_period_seconds: workload.make.termination.grace_period_seconds,
        topology_spread_constraints: spread(workload, selector),
        containers: [container::container(workload, mounts)],
        volumes,
    }
}

/// One wish for nodes and one for zones. Only wishes: a laptop's cluster has one node. By `app`, also under Flagger: in
/// its copy it adds `-primary` here too.
fn spread(workload: &Workload<'_>, selector: &LabelSelector) -> Vec<TopologySpread> {
    if workload.make.replicas.value < 2 {
        return Vec::new();
    }
    let wish = |topology_key| TopologySpread {
        max_skew: 1,
        topology_key,
        when_unsatisfiable: "ScheduleAnyway",
        label_selector: selector.clone(),
    };
    ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map(wish).into()
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    #[test]
    fn a_version_is_a_deployment_of_restricted_pods() {
        let profile = "
services:
  hello:
    ports: { http: { number: 80, target: 8080 }, alt: { number: 81, target: 8080 } }
    versions:
      v2:
        image: example/hello:2
        env: { PORT: '8080', TOKEN: { secret: { name: hello, key: token } } }
        probes: { startup: null, liveness: null, readiness: { httpGet: { path: /ready, port: alt } } }
";
        assert_eq!(object(profile, "Deployment", "hello-v2"), include_str!("../examples/deployment.yaml"));
    }

    #[test]
    fn a_client_has_no_version_and_no_ports() {
        let text = object("clients: { curl: { command: [sleep, infinity] } }", "Deployment", "curl");
        assert!(text.contains("    matchLabels:\n      app: curl\n  template:"), "{text}");
        assert!(
            !text.contains("version: v") && !text.contains("ports:") && !text.contains("Probe:"),
            "{text}"
        );
    }

    #[test]
    fn one_pod_needs_no_spread() {
        let text = object("services: { a: { versions: { v1: { replicas: 1 } } } }", "Deployment", "a-v1");
        assert!(!text.contains("topologySpread"), "{text}");
    }

    #[test]
    fn the_users_labels_stand_beside_ours() {
        let profile = "services: { a: { versions: { v1: { labels: { team: blue } } } } }";
        let text = object(profile, "Deployment", "a-v1");
        assert_eq!(text.matches("team: blue").count(), 1, "{text}");
        assert!(text.contains("app: a\n"), "{text}");
    }

    #[test]
    fn the_users_annotation_replaces_ours() {
        let profile =
            "services: { a: { versions: { v1: { annotations: { sidecar.istio.io/proxyCPU: '2' } } } } }";
        let text = object(profile, "Deployment", "a-v1");
        assert!(text.contains("sidecar.istio.io/proxyCPU: \"2\"\n"), "{text}");
    }

    #[test]
    fn without_injection_nothing_is_said_to_proxies() {
        let profile = "mesh: { injection: none }\nservices: { a: { versions: { v1: {} } } }";
        let text = object(profile, "Deployment", "a-v1");
        assert!(!text.contains("istio"), "{text}");
    }
}
