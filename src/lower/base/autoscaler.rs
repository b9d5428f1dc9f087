//! `autoscaling` becomes a HorizontalPodAutoscaler; under Flagger every Deployment has one.

use crate::kube::base::horizontal_pod_autoscaler::{
    HorizontalPodAutoscalerSpec, MetricTarget, ObjectReference, ResourceMetric, ScaleMetric,
};
use crate::kube::wave;
use crate::kube::{HorizontalPodAutoscaler, Manifest};
use crate::lower::Context;
use crate::lower::base::workload::Workload;
use crate::profile::capacity::Autoscaling;
use crate::profile::rollout::Engine;
use crate::source::Spanned;

/// What the API server would fill in, and a comparison with Git then show.
const USUAL_CPU: u32 = 80;

/// The number of pods, where nobody else says it. Flagger scales its Deployment to zero between releases; a number in
/// Git would wake it up each time that the bundle is applied.
pub fn replicas(workload: &Workload<'_>) -> Option<Spanned<u32>> {
    let make = workload.make;
    (make.autoscaling.is_none() && workload.engine != Some(Engine::Flagger)).then_some(make.replicas)
}

/// Without `autoscaling` only Flagger needs one, from `replicas` to `replicas`: it is the one place for a number of pods
/// that Flagger reads and never writes. Without it, it starts the copy with the one pod that Kubernetes gives a
/// Deployment that says nothing, and sends requests to a new version before it has all its pods. Bounds hold without a
/// source of metrics too, because Kubernetes looks at them first; and an autoscaler leaves alone what has no pods.
pub fn autoscaler(cx: &Context<'_>, workload: &Workload<'_>) -> Option<Manifest> {
    let make = workload.make;
    let (most, cpu) = match &make.autoscaling {
        Some(Autoscaling { max, cpu }) => (*max, cpu.with(cpu.parts() / 10_000)),
        None => (make.replicas, Spanned::made(USUAL_CPU)),
    };
    let object = HorizontalPodAutoscaler {
        metadata: cx.metadata(workload.name.clone(), workload.namespace, workload.labels(cx)),
        spec: HorizontalPodAutoscalerSpec {
            scale_target_ref: target(workload),
            min_replicas: make.replicas,
            max_replicas: most,
            metrics: [ScaleMetric {
                r#type: "Resource",
                resource: ResourceMetric {
                    name: "cpu",
                    target: MetricTarget { r#type: "Utilization", average_utilization: cpu },
                },
            }],
        },
    };
    replicas(workload).is_none().then(|| cx.core("autoscaling/v2", wave::PODS, object))
}

fn target(workload: &Workload<'_>) -> ObjectReference {
    let (api_version, kind) = match workload.engine {
        Some(Engine::ArgoRollouts) => ("argoproj.io/v1alpha1", "Rollout"),
        Some(Engine::Flagger | Engine::Git) | None => ("apps/v1", "Deployment"),
    };
    ObjectReference { api_version, kind, name: workload.name.clone() }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, object};

    const SCALED: &str =
        "services: { a: { versions: { v1: { replicas: 3, autoscaling: { max: 9, cpu: 70 } } } } }";

    #[test]
    fn an_autoscaler_has_the_number_of_pods_and_the_deployment_has_none() {
        let text = object(SCALED, "HorizontalPodAutoscaler", "a-v1");
        let wanted = "spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: a-v1
  minReplicas: 3
  maxReplicas: 9
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 70
";
        assert!(text.ends_with(wanted), "{text}");
        assert!(!object(SCALED, "Deployment", "a-v1").contains("replicas:"));
    }

    #[test]
    fn who_asks_for_none_has_none() {
        assert!(names("services: { a: { versions: { v1: {} } } }", "HorizontalPodAutoscaler").is_empty());
    }
}
