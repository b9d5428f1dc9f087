//! A service becomes a Service: one name for all its versions.

use std::borrow::Cow;

use crate::kube::base::service::{ServicePort, ServiceSpec};
use crate::kube::wave;
use crate::kube::{Labels, Manifest, Service};
use crate::lower::Context;
use crate::lower::base::container::port_name;
use crate::profile::lookup::ServiceRef;

/// The selector names no version: routes decide between versions, not the Service.
pub fn service(cx: &Context<'_>, service: ServiceRef<'_>) -> Manifest {
    let name = service.name();
    let ports = service.service.ports.iter().map(|(port, it)| ServicePort {
        name: port.clone(),
        protocol: "TCP",
        app_protocol: it.protocol.word(),
        port: it.number,
        target_port: port_name(&service.service.ports, port, it).clone(),
    });
    let mut metadata = cx.metadata(name.clone(), service.namespace(), cx.labels(name));
    let seen_by: Vec<&str> = service.service.export_to.iter().map(|it| it.as_str()).collect();
    if !seen_by.is_empty() {
        metadata.annotations.set("networking.istio.io/exportTo", seen_by.join(","));
    }
    let object = Service {
        metadata,
        spec: ServiceSpec {
            r#type: "ClusterIP",
            selector: Labels::of([(Cow::Borrowed("app"), name.value.clone())]),
            ports: ports.collect(),
        },
    };
    cx.core("v1", wave::BEFORE_PODS, object)
}
