//! The hosts of a VirtualService, judged one by one.

use crate::lint::virtual_service::walk::{is_for_gateways, matches};
use crate::lint::words::{Verdict, address, host};
use crate::mesh::Object;
use crate::yaml::Node;

/// Each host, and what Istio thinks of it. Gateways that look at names of TLS know those between networks, too.
pub fn judged_hosts(object: &Object) -> impl Iterator<Item = (&Node, Verdict)> {
    let sni = is_for_gateways(object) && matches(object).any(|it| !it.list("sniHosts").is_empty());
    object.spec().list("hosts").iter().filter_map(move |it| Some((it, judge(it.text()?, sni))))
}

fn judge(text: &str, sni: bool) -> Verdict {
    let verdict = if sni { host::sni_host(text) } else { host::wildcard_host(text) };
    verdict.or_else(|reason| address::ip(text).map_err(|_| reason))
}
