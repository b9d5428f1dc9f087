//! What runs in a pod: the one container that the profile speaks of.

use crate::kube::base::container::{
    Capabilities, Container, ContainerPort, EnvSource, EnvVar, KeySelector, Lifecycle, PreStop, Resources,
    SecurityContext, Sleep, VolumeMount,
};
use crate::kube::base::probe::Exec;
use crate::kube::made;
use crate::kube::pairs::Pairs;
use crate::lower::base::probe;
use crate::lower::base::workload::Workload;
use crate::lower::observability::app_logs;
use crate::profile::rollout::Engine;
use crate::profile::service::ServicePort;
use crate::profile::workload::{EnvValue, KeyRef, Termination};
use crate::profile::{Version, workload};
use crate::source::{Spanned, Text};
use crate::units::quantity::Quantity;
use crate::yaml::Named;

/// The container `app`.
pub fn container(workload: &Workload<'_>, volume_mounts: Vec<VolumeMount>) -> Container {
    let Version {
        image,
        replicas: _,
        autoscaling: _,
        env,
        command,
        args,
        files: _,
        resources,
        probes,
        labels: _,
        annotations: _,
        security_context,
        termination,
    } = workload.make;
    let probe = |it: &Option<_>| it.as_ref().and_then(|it| probe::probe(it, workload.ports));
    Container {
        name: "app",
        image: image.clone(),
        command: command.clone(),
        args: args.clone(),
        ports: workload.ports.map(ports).unwrap_or_default(),
        env: told(workload, env),
        resources: Resources { requests: amounts(&resources.requests), limits: amounts(&resources.limits) },
        startup_probe: probe(&probes.startup),
        readiness_probe: probe(&probes.readiness),
        liveness_probe: probe(&probes.liveness),
        lifecycle: lifecycle(termination, workload.engine),
        volume_mounts,
        security_context: security(security_context),
    }
}

/// The name of the container's port behind a port of the service. Ports with one target share the first one's name,
/// because the API server tells container ports apart by number.
pub fn port_name<'p>(ports: &'p Named<ServicePort>, name: &'p Text, port: &ServicePort) -> &'p Text {
    let target = port.target().value;
    ports.iter().find(|(_, it)| it.target().value == target).map_or(name, |(first, _)| first)
}

fn ports(ports: &Named<ServicePort>) -> Vec<ContainerPort> {
    let first = |(name, port): &(&Text, &ServicePort)| std::ptr::eq(port_name(ports, name, port), *name);
    let port = |(name, port): (&Text, &ServicePort)| ContainerPort {
        name: name.clone(),
        container_port: *port.target(),
        protocol: "TCP",
    };
    ports.iter().filter(first).map(port).collect()
}

/// What we tell every container, then what the user tells this one.
fn told(workload: &Workload<'_>, env: &Named<EnvValue>) -> Vec<EnvVar> {
    let mut told = app_logs::variables(workload);
    told.extend(env.iter().map(|(name, value)| variable(name, value)));
    told
}

fn variable(name: &Text, value: &EnvValue) -> EnvVar {
    let selector = |it: &KeyRef| KeySelector { name: it.name.clone(), key: it.key.clone() };
    let (value, source) = match value {
        EnvValue::Text(text) => (Some(text.clone()), None),
        EnvValue::Secret(key) => (None, Some(EnvSource::SecretKeyRef(selector(key)))),
        EnvValue::ConfigMap(key) => (None, Some(EnvSource::ConfigMapKeyRef(selector(key)))),
    };
    EnvVar { name: name.clone(), value, value_from: source.map(Box::new) }
}

fn amounts(amounts: &Named<Spanned<Quantity>>) -> Pairs<Spanned<Quantity>> {
    Pairs(amounts.iter().map(|(name, amount)| (name.clone(), amount.clone())).collect())
}

/// Flagger copies pods by the API that it was built for, and one of before Kubernetes 1.29 knows no `sleep`: the copy would
/// have an empty hook, which the API server refuses. So there a program sleeps. An image without it has no rest, and a
/// pod of it ends at once; it does no more harm than that.
fn lifecycle(termination: &Termination, engine: Option<Engine>) -> Option<Lifecycle> {
    let seconds = termination.pre_stop_sleep_seconds?;
    let pre_stop = if engine == Some(Engine::Flagger) {
        let command = vec![made("sleep"), seconds.with(ecow::eco_format!("{seconds}"))];
        PreStop::Exec(Exec { command })
    } else {
        PreStop::Sleep(Sleep { seconds })
    };
    Some(Lifecycle { pre_stop })
}

fn security(context: &workload::SecurityContext) -> SecurityContext {
    SecurityContext {
        allow_privilege_escalation: false,
        capabilities: Capabilities { drop: &["ALL"] },
        read_only_root_filesystem: context.read_only_root_filesystem,
        run_as_non_root: true,
        run_as_user: context.run_as_user,
    }
}
