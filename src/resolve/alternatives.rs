//! Some keys are alternatives: who writes one takes an inherited other away. `httpGet` over `tcpSocket` is no mistake.

use crate::yaml::{self, Kind, Node};

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
    let (Kind::Map(old), Kind::Map(_)) = (&base.kind, &top.kind) else { return None };
    let mut entries = old.clone();
    let mut changed = false;
    match path {
        [] => {
            let chosen = |key: &str| top.get(key).is_some_and(|it| !it.is_null());
            if group.iter().any(|key| chosen(key)) {
                let goes = |key: &str| group.contains(&key) && !chosen(key);
                entries.retain(|it| !goes(&it.key));
                changed = entries.len() < old.len();
            }
        }
        [name, rest @ ..] => {
            for (place, entry) in old.iter().enumerate() {
                if *name != "*" && *name != entry.key.value {
                    continue;
                }
                let below = top.get(&entry.key).and_then(|top| yielding(&entry.value, top, rest, group));
                if let Some(pruned) = below {
                    entries.make_mut()[place].value = pruned;
                    changed = true;
                }
            }
        }
    }
    changed.then(|| Node::map(entries, base.span))
}
