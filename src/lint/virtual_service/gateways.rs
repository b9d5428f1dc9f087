//! The gateways that a VirtualService or one of its matches names, as Istio reads a list of them.

use crate::lint::words::{Verdict, host};
use crate::mesh::Object;
use crate::yaml::Node;

/// Every list of gateways: that of the VirtualService, and those of its matches.
pub fn lists(object: &Object) -> impl Iterator<Item = &[Node]> {
    let of_matches = super::walk::matches(object).map(|it| it.list("gateways"));
    [object.spec().list("gateways")].into_iter().chain(of_matches)
}

/// Those of a list that Istio judges: it stops behind the first without a `/`.
pub fn judged(list: &[Node]) -> impl Iterator<Item = (&Node, Verdict)> {
    let short = |it: &Node| it.text().is_some_and(|it| !it.contains('/'));
    let end = list.iter().position(short).map_or(list.len(), |it| it + 1);
    list[..end].iter().filter_map(|it| Some((it, judge(it.text()?))))
}

fn judge(text: &str) -> Verdict {
    let Some((namespace, name)) = text.split_once('/') else { return host::fqdn(text) };
    host::dns_label(namespace).map_err(|reason| format!("of the namespace `{namespace}`, {reason}"))?;
    host::dns_label(name).map_err(|reason| format!("of the name `{name}`, {reason}"))
}
