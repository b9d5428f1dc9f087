//! Under Argo Rollouts a version becomes a Rollout, and the checks an AnalysisTemplate that it asks at every step.

use ecow::eco_format;

use crate::kube::rollout::analysis_template::{
    AnalysisMetric, AnalysisProvider, AnalysisTemplateSpec, Argument, PrometheusQuestion,
};
use crate::kube::rollout::rollout::{
    ArgumentSource, CanaryStrategy, RollbackWindow, RolloutSpec, Step, StepAnalysis, StepArgument, Strategy,
    TemplateName, TrafficRouting,
};
use crate::kube::{self, AnalysisTemplate, Labels, Manifest, wave};
use crate::lower::Context;
use crate::lower::base::workload::Workload;
use crate::lower::base::{autoscaler, deployment};
use crate::lower::rollout::checks::{self, Good, Question};
use crate::lower::rollout::{deadline, steering};
use crate::metrics::{Label, Match, literal};
use crate::profile::Rollout;
use crate::profile::lookup::ServiceRef;
use crate::source::Text;

/// The argument that tells the new pods from the old: both belong to one workload and one version, so only the names of
/// pods differ.
const HASH: &str = "canary-hash";

/// The Rollout of a service; its routes are those that `out` has since `routed`.
///
/// It is applied with the routes, not with the pods: a Rollout whose VirtualService is not there is not well, and a tool
/// that waits for it would never get to the VirtualService.
pub fn rollout(
    cx: &Context<'_>,
    service: ServiceRef<'_>,
    proxy: &Labels,
    routed: usize,
    out: &mut Vec<Manifest>,
) {
    let (Some(rollout), Some(address), Some((version, make))) =
        (&cx.profile.rollout, cx.prometheus(), service.service.versions.iter().next())
    else {
        return;
    };
    let workload = Workload::of(service, version, make, service.engine());
    let name = service.name();
    steering::left_alone(cx, &mut out[routed - 1..]);
    let (selector, template) = deployment::pods(cx, &workload, proxy);
    let spec = RolloutSpec {
        replicas: autoscaler::replicas(&workload),
        progress_deadline_seconds: deadline::seconds(make),
        progress_deadline_abort: true,
        rollback_window: RollbackWindow { revisions: 3 },
        selector,
        template,
        strategy: Strategy {
            canary: CanaryStrategy {
                traffic_routing: TrafficRouting { istio: steering::routing(name, &out[routed..]) },
                steps: steps(rollout, service),
                abort_scale_down_delay_seconds: 30,
            },
        },
    };
    let metadata = cx.metadata(workload.name.clone(), workload.namespace, workload.labels(cx));
    out.push(questions(cx, service, rollout, address));
    out.push(cx.core("argoproj.io/v1alpha1", wave::ROUTES, kube::Rollout { metadata, spec }));
}

/// Questions stand between the weights, not beside them: what fails at 10 % never gets 50 %.
fn steps(rollout: &Rollout, service: ServiceRef<'_>) -> Vec<Step> {
    let analysis = StepAnalysis {
        templates: vec![TemplateName { template_name: template_name(service) }],
        args: vec![StepArgument {
            name: HASH,
            value_from: ArgumentSource { pod_template_hash_value: "Latest" },
        }],
    };
    let step = |weight| [Step::SetWeight(weight), Step::Analysis(analysis.clone())];
    checks::weights(rollout).flat_map(step).collect()
}

fn questions(cx: &Context<'_>, service: ServiceRef<'_>, rollout: &Rollout, address: &Text) -> Manifest {
    let interval = checks::span(&rollout.interval);
    let pods = format!("{}-{{{{args.{HASH}}}}}-.*", literal(service.name()));
    let of =
        [Match::Is(Label::DestinationWorkloadNamespace, service.namespace()), Match::Like(Label::Pod, &pods)];
    let metrics = checks::questions(rollout, &of, &interval);
    let spec = AnalysisTemplateSpec {
        args: vec![Argument { name: HASH }],
        metrics: metrics.into_iter().map(|it| metric(rollout, address, &interval, it)).collect(),
    };
    let metadata = cx.metadata(template_name(service), service.namespace(), cx.labels(service.name()));
    cx.core("argoproj.io/v1alpha1", wave::BEFORE_PODS, AnalysisTemplate { metadata, spec })
}

/// One good answer is enough to go on, and `failures` bad ones go back. No answer (nobody called, or nothing was scraped)
/// is neither: after as many the release stops and waits for a person. The first question comes after an interval, when
/// all that it looks back on was answered at this weight.
fn metric(rollout: &Rollout, address: &Text, interval: &Text, question: Question) -> AnalysisMetric {
    let failures = rollout.failures.value;
    let (good, bad, bound) = match question.good {
        Good::Least(percent) => (">=", "<", percent.with(eco_format!("{percent}"))),
        Good::Most(millis) => ("<=", ">", millis.with(eco_format!("{millis}"))),
    };
    let there = "len(result) > 0 && !isNaN(result[0]) && result[0]";
    AnalysisMetric {
        name: question.name,
        initial_delay: interval.clone(),
        interval: interval.clone(),
        // Never met: the limits end the questions before. An older Argo Rollouts, which does not know the limit of
        // good answers, ends here.
        count: failures.saturating_mul(2),
        failure_limit: failures.saturating_sub(1),
        inconclusive_limit: failures,
        consecutive_success_limit: 1,
        success_condition: bound.with(eco_format!("{there} {good} {bound}")),
        failure_condition: bound.with(eco_format!("{there} {bad} {bound}")),
        provider: AnalysisProvider {
            prometheus: PrometheusQuestion { address: address.clone(), query: question.query },
        },
    }
}

fn template_name(service: ServiceRef<'_>) -> Text {
    service.name().with(eco_format!("{}-checks", service.name()))
}
