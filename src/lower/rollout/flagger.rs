//! Under Flagger a service becomes a Canary and the questions that it asks; Flagger makes the rest.
//!
//! From the Canary come the Services `NAME`, `NAME-primary` and `NAME-canary`, the VirtualService, a DestinationRule for each,
//! and copies of Deployment and autoscaler for the release that serves. None of them may be in the bundle: two writers
//! of one object undo each other.

use ecow::eco_format;

use crate::kube::base::horizontal_pod_autoscaler::ObjectReference;
use crate::kube::rollout::canary::{
    CanaryAnalysis, CanaryMetric, CanaryService, CanarySpec, TemplateRef, ThresholdRange,
};
use crate::kube::rollout::metric_template::{MetricProvider, MetricTemplateSpec};
use crate::kube::traffic::http_route::HttpRoute;
use crate::kube::{Canary, Manifest, MetricTemplate, made, wave};
use crate::lower::Context;
use crate::lower::base::container::port_name;
use crate::lower::rollout::checks::{self, Good, Question};
use crate::lower::rollout::{deadline, webhook};
use crate::lower::traffic::destination_rule::traffic_policy;
use crate::lower::traffic::exposure::Exposure;
use crate::lower::traffic::http_route::http_route;
use crate::lower::traffic::target::{Target, http_ports};
use crate::metrics::{Label, Match};
use crate::profile::Rollout;
use crate::profile::lookup::ServiceRef;
use crate::profile::service::ServicePort;
use crate::source::Text;

/// What a question is about: Flagger fills in the namespace and the Deployment that is released. The pods that serve
/// belong to another, `NAME-primary`.
const NEW_PODS: [Match<'_>; 2] = [
    Match::Is(Label::DestinationWorkloadNamespace, "{{ namespace }}"),
    Match::Is(Label::DestinationWorkload, "{{ target }}"),
];

/// The Canary of a service, and a template for each question.
pub fn canary(cx: &Context<'_>, service: ServiceRef<'_>, exposure: &Exposure<'_>, out: &mut Vec<Manifest>) {
    let (name, namespace) = (service.name(), service.namespace());
    let (Some(rollout), Some(address), Some(port), Some((_, version))) = (
        &cx.profile.rollout,
        cx.prometheus(),
        http_ports(service).next(),
        service.service.versions.iter().next(),
    ) else {
        return;
    };
    let questions = checks::questions(rollout, &NEW_PODS, "{{ interval }}");
    out.extend(questions.iter().map(|it| template(cx, service, address, it)));
    let this = |api_version, kind| ObjectReference { api_version, kind, name: name.clone() };
    let spec = CanarySpec {
        provider: "istio",
        target_ref: this("apps/v1", "Deployment"),
        autoscaler_ref: this("autoscaling/v2", "HorizontalPodAutoscaler"),
        progress_deadline_seconds: deadline::seconds(version),
        service: routed(cx, service, port, exposure),
        analysis: analysis(rollout, service, port.1, &questions),
    };
    let metadata = cx.metadata(name.clone(), namespace, cx.labels(name));
    out.push(cx.core("flagger.app/v1beta1", wave::ROUTES, Canary { metadata, spec }));
}

/// What the objects of Flagger say. Nothing is said of TLS: where a DestinationRule has no `tls`, the mesh uses mutual
/// TLS with every pod that has a proxy. Flagger's own examples write `ISTIO_MUTUAL`, for meshes without that; written, it
/// would break calls to a service whose `mtls` is `disable`.
fn routed(
    cx: &Context<'_>,
    service: ServiceRef<'_>,
    (name, port): (&Text, &ServicePort),
    exposure: &Exposure<'_>,
) -> CanaryService {
    let to = Target::new(cx, service, (name, port));
    let route = service.service.routes.iter().next();
    let route = route.map(|(name, route)| http_route(name, route, &to, None)).unwrap_or_default();
    // What is thrown away here cannot be there: the rule `beyond-flagger` asked.
    let HttpRoute {
        name: _,
        r#match,
        route: _,
        redirect: _,
        direct_response: _,
        rewrite,
        timeout,
        retries,
        fault: _,
        mirrors: _,
        headers,
        cors_policy,
    } = route;
    let hosts: Vec<Text> = exposure.hosts(service).iter().map(|it| it.host.clone()).collect();
    // The sidecars must be named as soon as a gateway is.
    let gateways = exposure.gateway.as_ref().filter(|_| !hosts.is_empty());
    CanaryService {
        port: port.number,
        port_name: name.clone(),
        app_protocol: port.protocol.word(),
        target_port: port_name(&service.service.ports, name, port).clone(),
        gateways: gateways.map(|it| vec![it.clone(), made("mesh")]).unwrap_or_default(),
        hosts,
        r#match,
        rewrite,
        timeout,
        retries,
        headers,
        cors_policy,
        // Flagger knows the older of the two words for a warm-up.
        traffic_policy: traffic_policy(service, false),
    }
}

/// Where nothing was measured Flagger counts a failed check: a release that nobody could judge goes back.
fn analysis(
    rollout: &Rollout,
    service: ServiceRef<'_>,
    port: &ServicePort,
    questions: &[Question],
) -> CanaryAnalysis {
    let interval = checks::span(&rollout.interval);
    let metric = |it: &Question| CanaryMetric {
        name: it.name,
        interval: interval.clone(),
        template_ref: TemplateRef {
            name: template_name(service, it),
            namespace: service.namespace().clone(),
        },
        threshold_range: match it.good {
            Good::Least(percent) => ThresholdRange { min: Some(percent), max: None },
            Good::Most(millis) => ThresholdRange { min: None, max: Some(millis) },
        },
    };
    let tester = rollout.load_tester.iter();
    let seconds = rollout.interval.millis() / 1000;
    CanaryAnalysis {
        metrics: questions.iter().map(metric).collect(),
        webhooks: tester.flat_map(|it| webhook::webhooks(service, port, it, seconds)).collect(),
        threshold: rollout.failures,
        step_weights: checks::weights(rollout).collect(),
        interval,
    }
}

fn template(cx: &Context<'_>, service: ServiceRef<'_>, address: &Text, question: &Question) -> Manifest {
    let labels = cx.labels(service.name());
    let object = MetricTemplate {
        metadata: cx.metadata(template_name(service, question), service.namespace(), labels),
        spec: MetricTemplateSpec {
            provider: MetricProvider { r#type: "prometheus", address: address.clone() },
            query: question.query.clone(),
        },
    };
    cx.core("flagger.app/v1beta1", wave::BEFORE_PODS, object)
}

fn template_name(service: ServiceRef<'_>, question: &Question) -> Text {
    service.name().with(eco_format!("{}-{}", service.name(), question.name))
}
