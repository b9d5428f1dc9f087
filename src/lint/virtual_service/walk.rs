//! The ways through a VirtualService that several rules take.

use crate::mesh::Object;
use crate::mesh::object::NOTHING;
use crate::source::Str;
use crate::yaml::{Entry, Node};

/// The protocols that have routes.
pub const PROTOCOLS: [&str; 3] = ["http", "tls", "tcp"];

/// Whether it is one that another may delegate to: it has no hosts of its own.
pub fn is_delegate(object: &Object) -> bool {
    object.spec().list("hosts").is_empty()
}

/// Whether it is for gateways only, and not for the sidecars of the mesh.
pub fn is_for_gateways(object: &Object) -> bool {
    let gateways = object.spec().list("gateways");
    !gateways.is_empty() && !gateways.iter().any(|it| it.text().is_some_and(|it| it == "mesh"))
}

/// The entries of `http`.
pub fn http(object: &Object) -> impl Iterator<Item = &Node> {
    object.spec().list("http").iter().filter(|it| !it.is_null())
}

/// The entries of `http`, `tls` and `tcp`.
pub fn routes(object: &Object) -> impl Iterator<Item = &Node> {
    let spec = object.spec();
    PROTOCOLS.into_iter().flat_map(move |it| spec.list(it)).filter(|it| !it.is_null())
}

/// The matches of all of them.
pub fn matches(object: &Object) -> impl Iterator<Item = &Node> {
    routes(object).flat_map(|it| it.list("match")).filter(|it| !it.is_null())
}

/// A text that is set: to Istio's messages, an empty one is none.
pub fn set<'n>(node: &'n Node, key: &str) -> Option<&'n Str> {
    node.word(key).filter(|it| !it.is_empty())
}

/// A list or a mapping under a key, or nothing.
pub fn child<'n>(node: &'n Node, key: &str) -> &'n Node {
    node.get(key).unwrap_or(&NOTHING)
}

/// What is done to headers: `request` or `response`, `add`, `set` or `remove`.
#[derive(Clone, Copy)]
pub struct Operation<'n> {
    /// Whether it is done to requests.
    pub of_request: bool,
    /// Whether the header is taken away.
    pub removes: bool,
    /// The name of the header, and where it stands.
    pub name: (&'n Str, crate::source::Span),
    /// The value that it is given.
    pub value: Option<&'n Node>,
}

/// Everything that is done to headers, by routes and by their destinations.
pub fn operations<'n>(object: &'n Object, ask: &mut impl FnMut(Operation<'n>)) {
    for route in http(object) {
        of_headers(child(route, "headers"), ask);
        for destination in route.list("route") {
            of_headers(child(destination, "headers"), ask);
        }
    }
}

fn of_headers<'n>(headers: &'n Node, ask: &mut impl FnMut(Operation<'n>)) {
    for (side, of_request) in [("request", true), ("response", false)] {
        let side = child(headers, side);
        for Entry { key, value } in side.pairs("set").iter().chain(side.pairs("add")) {
            let name = (&key.value, key.span);
            ask(Operation { of_request, removes: false, name, value: Some(value) });
        }
        for name in side.list("remove") {
            if let Some(text) = name.text() {
                ask(Operation { of_request, removes: true, name: (text, name.span), value: None });
            }
        }
    }
}
