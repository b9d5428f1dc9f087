//! `defaults:` lies under every entry of its collection, and routes find their place.

use ecow::EcoVec;

use crate::resolve::alternatives::overlay_at;
use crate::resolve::without;
use crate::yaml::{Entry, Kind, Node};

/// The tree with defaults under every entry, and without the keys that have done their work.
pub(super) fn lay(tree: &Node) -> Node {
    let done = without(tree, &["defaults", "environments"]);
    let none = Node::map(EcoVec::new(), tree.span);
    let defaults = Defaults {
        service: tree.at(&["defaults", "service"]).unwrap_or(&none),
        version: tree.at(&["defaults", "version"]).unwrap_or(&none),
        port: tree.at(&["defaults", "port"]).unwrap_or(&none),
        route: tree.at(&["defaults", "route"]).unwrap_or(&none),
        client: tree.at(&["defaults", "client"]).unwrap_or(&none),
        external: tree.at(&["defaults", "external"]).unwrap_or(&none),
    };
    let laid = in_entry(&done, "services", |all| each(all, |it| defaults.under_service(it)));
    let laid =
        in_entry(&laid, "clients", |all| each(all, |it| overlay_at(&["clients", "*"], defaults.client, it)));
    let laid = in_entry(&laid, "external", |all| {
        each(all, |it| overlay_at(&["external", "*"], defaults.external, it))
    });
    let laid = in_entry(&laid, "load", |all| each(all, |it| under(it, tree, &["load"])));
    let laid = in_entry(&laid, "rollout", |it| under(it, tree, &["rollout"]));
    in_entry(&laid, "observability", |it| {
        let laid = under(it, tree, &["observability"]);
        in_entry(&laid, "smoke", |it| under(it, tree, &["smoke"]))
    })
}

/// What `defaults` says of a thing that is there only when it is asked for; what is `null` stays away.
fn under(tree: &Node, whole: &Node, path: &[&str]) -> Node {
    let defaults = whole.get("defaults").and_then(|it| it.at(path));
    match defaults.filter(|_| !tree.is_null()) {
        Some(defaults) => overlay_at(path, defaults, tree),
        None => tree.clone(),
    }
}

struct Defaults<'n> {
    service: &'n Node,
    version: &'n Node,
    port: &'n Node,
    route: &'n Node,
    client: &'n Node,
    external: &'n Node,
}

impl Defaults<'_> {
    fn under_service(&self, service: &Node) -> Node {
        let service = overlay_at(&["services", "*"], self.service, service);
        let Kind::Map(entries) = &service.kind else { return service };
        let mut entries = entries.clone();
        for entry in entries.make_mut() {
            let laid = match entry.key.as_str() {
                "ports" => {
                    each(&entry.value, |it| overlay_at(&["services", "*", "ports", "*"], self.port, it))
                }
                "versions" => {
                    each(&entry.value, |it| overlay_at(&["services", "*", "versions", "*"], self.version, it))
                }
                "routes" => {
                    let laid = each(&entry.value, |it| {
                        overlay_at(&["services", "*", "routes", "*"], self.route, it)
                    });
                    in_order(&laid)
                }
                _ => continue,
            };
            entry.value = laid;
        }
        Node::map(entries, service.span)
    }
}

fn in_entry(tree: &Node, key: &str, change: impl FnOnce(&Node) -> Node) -> Node {
    let Kind::Map(entries) = &tree.kind else { return tree.clone() };
    let Some(place) = entries.iter().position(|it| it.key.value == key) else { return tree.clone() };
    let mut entries = entries.clone();
    let changed = change(&entries[place].value);
    entries.make_mut()[place].value = changed;
    Node::map(entries, tree.span)
}

/// The mapping with every entry changed; an entry that is `null` is none.
fn each(tree: &Node, change: impl Fn(&Node) -> Node) -> Node {
    let Kind::Map(entries) = &tree.kind else { return tree.clone() };
    let changed = entries.iter().map(|entry| Entry {
        key: entry.key.clone(),
        value: if entry.value.is_null() { entry.value.clone() } else { change(&entry.value) },
    });
    Node::map(changed.collect(), tree.span)
}

/// Routes without `match` go last; a route with `before` goes where it says.
fn in_order(routes: &Node) -> Node {
    let Kind::Map(written) = &routes.kind else { return routes.clone() };
    let has_match = |it: &&Entry| it.value.get("match").is_some_and(|it| !it.is_null());
    let (first, last): (Vec<&Entry>, Vec<&Entry>) = written.iter().partition(has_match);
    let mut order: Vec<&Entry> = first.into_iter().chain(last).collect();
    for entry in written {
        let Some(before) = entry.value.get("before").and_then(Node::text) else { continue };
        let place = |order: &[&Entry], name: &str| order.iter().position(|it| it.key.value == name);
        let (Some(from), Some(_)) = (place(&order, &entry.key), place(&order, before)) else { continue };
        let moved = order.remove(from);
        let to = place(&order, before).unwrap_or(from);
        order.insert(to, moved);
    }
    Node::map(order.into_iter().cloned().collect(), routes.span)
}
