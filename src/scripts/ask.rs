//! What a script asks: one request of a client to a service, and why others are not asked.

use serde::Serialize;

use crate::profile::lookup::{ClientRef, ServiceRef};
use crate::profile::service::ServicePort;
use crate::profile::traffic::Route;
use crate::scripts::access::Door;
use crate::scripts::answer::Answer;
use crate::scripts::request::Request;
use crate::source::Text;
use crate::units::PortRef;

/// One request, as the templates see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// What is asked, for people.
    pub label: String,
    /// The client.
    pub client: String,
    /// Its namespace.
    pub namespace: String,
    /// The service.
    pub service: String,
    /// Its namespace.
    pub service_namespace: String,
    /// The method.
    pub method: String,
    /// The address.
    pub url: String,
    /// Headers as curl takes them.
    pub headers: Vec<String>,
    /// Whether the request could change something, were it let in.
    pub writes: bool,
}

/// What is not asked, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skip {
    /// What would have been asked.
    pub what: String,
    /// Why it is not.
    pub why: String,
}

impl Skip {
    /// What, and why not.
    pub fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}

impl Ask {
    /// A request of a client at a door.
    pub fn new(label: String, client: ClientRef<'_>, door: Door<'_>, request: &Request) -> Self {
        Self {
            label,
            client: client.name().to_string(),
            namespace: client.namespace().to_string(),
            service: door.service.name().to_string(),
            service_namespace: door.service.namespace().to_string(),
            method: request.method.clone(),
            url: format!("http://{}:{}{}", host(door.service), door.port.number, request.target()),
            headers: request.headers.iter().map(|(name, value)| header(name, value)).collect(),
            writes: !["GET", "HEAD", "OPTIONS", "TRACE"].contains(&request.method.as_str()),
        }
    }

    /// Whether the very same request is sent.
    pub fn is_same_request(&self, other: &Self) -> bool {
        (&self.client, &self.namespace, &self.method, &self.url, &self.headers)
            == (&other.client, &other.namespace, &other.method, &other.url, &other.headers)
    }
}

/// curl takes `name;` for a header whose value is empty: `name:` would leave it out.
fn header(name: &str, value: &str) -> String {
    if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") }
}

/// The host name under which the mesh knows a service.
pub fn host(service: ServiceRef<'_>) -> String {
    format!("{}.{}.svc.{}", service.name(), service.namespace(), service.profile.mesh.cluster_domain)
}

/// The first port of a service on which the mesh sees requests.
pub fn door(service: ServiceRef<'_>) -> Option<Door<'_>> {
    doors(service).next()
}

/// The port that a reference means, if the mesh sees requests there; without one, the first.
pub fn door_of<'p>(service: ServiceRef<'p>, port: Option<&PortRef>) -> Option<Door<'p>> {
    doors(service).find(|it| match port {
        None => true,
        Some(PortRef::Number(number)) => it.port.number.0 == *number,
        Some(PortRef::Name(name)) => it.name.value == *name,
    })
}

fn doors(service: ServiceRef<'_>) -> impl Iterator<Item = Door<'_>> {
    let is_http = |(_, port): &(&Text, &ServicePort)| port.protocol.is_http();
    service.service.ports.iter().filter(is_http).map(move |(name, port)| Door { service, name, port })
}

/// The route that a request takes.
pub enum Taken<'p> {
    /// This one.
    Route(&'p Text, &'p Route),
    /// The service has no routes: its first version answers.
    Whole,
    /// No route takes it.
    None,
    /// That depends on what only the mesh knows.
    Unclear,
}

/// The first route whose condition holds.
pub fn taken<'p>(service: ServiceRef<'p>, client: ClientRef<'_>, request: &Request) -> Taken<'p> {
    if service.service.routes.is_empty() {
        return Taken::Whole;
    }
    for (name, route) in service.service.routes.iter() {
        match route.r#match.as_ref().map_or(Answer::Yes, |it| request.meets(it, client)) {
            Answer::Yes => return Taken::Route(name, route),
            Answer::No => {}
            Answer::Maybe => return Taken::Unclear,
        }
    }
    Taken::None
}

/// Why the service itself does not see a request of a route as it was sent, if it does not.
pub fn detour(route: &Route) -> Option<&'static str> {
    let abort = route.fault.as_ref().and_then(|it| it.abort.as_ref());
    let rewrite = route.rewrite.as_ref().is_some_and(|it| it.uri.is_some() || it.uri_regex.is_some());
    if route.redirect.is_some() {
        Some("its route sends the client elsewhere")
    } else if route.respond.is_some() {
        Some("its route is answered by the client's own proxy")
    } else if abort.is_some_and(|it| it.percent.is_none_or(|it| it.value.parts() > 0)) {
        Some("its route fails on purpose")
    } else if rewrite {
        Some("its route rewrites the path")
    } else {
        None
    }
}
