//! Some keys are alternatives: who writes one takes an inherited other away. `httpGet` over `tcpSocket` is no mistake.

use ecow::EcoVec;

use crate::yaml::{self, Entry, Kind, Node, Places};

/// Where alternatives stand (`*` is any name), and the keys of which at most one can be meant.
const ALTERNATIVES: &[(&[&str], &[&str])] = &[
    (&["services", "*", "versions", "*", "probes", "*"], PROBE),
    (&["clients", "*", "probes", "*"], PROBE),
    (&["services", "*", "loadBalancer"], &["simple", "consistentHash"]),
    (
        &["services", "*", "loadBalancer", "consistentHash"],
        &["httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"],
    ),
    (&["services", "*", "routes", "*"], &["split", "redirect", "respond"]),
    (&["services", "*", "routes", "*", "match", "path"], MATCH),
    (&["services", "*", "routes", "*", "match", "headers", "*"], MATCH),
    (&["services", "*", "routes", "*", "match", "query", "*"], MATCH),
    (&["services", "*", "routes", "*", "fault", "abort"], &["httpStatus", "grpcStatus"]),
    (&["services", "*", "routes", "*", "mirror"], &["version", "service"]),
    (&["services", "*", "routes", "*", "rewrite"], &["uri", "uriRegex"]),
    (&["services", "*", "versions", "*", "env", "*"], &["secret", "configMap"]),
    (&["clients", "*", "env", "*"], &["secret", "configMap"]),
    (&["jwt", "*"], &["jwksUri", "jwks"]),
    (&["expect", "*"], &["get", "head", "post", "put", "patch", "delete", "options"]),
];

const PROBE: &[&str] = &["httpGet", "tcpSocket", "exec", "grpc"];
const MATCH: &[&str] = &["exact", "prefix", "regex", "present", "absent"];

/// Lays one profile over another: [`yaml::overlay`], with alternatives giving way.
pub fn overlay(base: &Node, top: &Node) -> Node {
    overlay_at(&[], base, top)
}

/// The same for trees that stand at a place of a profile.
pub(super) fn overlay_at(place: &[&str], base: &Node, top: &Node) -> Node {
    let mut base = base.clone();
    for (path, group) in ALTERNATIVES {
        let Some(rest) = path.strip_prefix(place) else { continue };
        if let Some(pruned) = yielding(&base, top, rest, group) {
            base = pruned;
        }
    }
    yaml::overlay(&base, top)
}

/// `base` without the alternatives to what `top` writes below `path`; `None` if nothing has to go.
fn yielding(base: &Node, top: &Node, path: &[&str], group: &[&str]) -> Option<Node> {
    let (Kind::Map(old), Kind::Map(new)) = (&base.kind, &top.kind) else { return None };
    let [name, rest @ ..] = path else {
        let chosen = |key: &str| new.iter().any(|it| it.key.value == key && !it.value.is_null());
        if !group.iter().any(|key| chosen(key)) {
            return None;
        }
        let stays = |it: &&Entry| !group.contains(&it.key.as_str()) || chosen(&it.key);
        let kept: EcoVec<Entry> = old.iter().filter(stays).cloned().collect();
        return (kept.len() < old.len()).then(|| Node::map(kept, base.span));
    };
    let mut pruned = None;
    let places = Places::of(old, new.len());
    for entry in new.iter().filter(|it| *name == "*" || *name == it.key.value) {
        let Some(place) = places.find(old, &entry.key) else { continue };
        if let Some(below) = yielding(&old[place].value, &entry.value, rest, group) {
            pruned.get_or_insert_with(|| old.clone()).make_mut()[place].value = below;
        }
    }
    pruned.map(|it| Node::map(it, base.span))
}
