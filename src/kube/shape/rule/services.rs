//! What the API server asks of Services, and of what leads to them.

use crate::diag::Diagnostics;
use crate::kube::shape::rule::access::{policy_rule, role_of_cluster, role_of_namespace, subject};
use crate::kube::shape::rule::config::{definition, keys_apart, keys_of_secret, replicas, storage, webhook};
use crate::kube::shape::rule::{Check, Site, get, missing, text, word, wrong};
use crate::yaml::Node;

/// The checks by name.
pub const CHECKS: &[(&str, Check)] = &[
    ("addresses-of-type", addresses_of_type),
    ("definition", definition),
    ("end-port", end_port),
    ("ingress-path", ingress_path),
    ("keys-apart", keys_apart),
    ("keys-of-secret", keys_of_secret),
    ("policy-rule", policy_rule),
    ("replicas", replicas),
    ("role-of-cluster", role_of_cluster),
    ("role-of-namespace", role_of_namespace),
    ("service", service),
    ("storage", storage),
    ("subject", subject),
    ("webhook", webhook),
];

fn service(site: &Site<'_>, diags: &mut Diagnostics) {
    let kind = site.text("type").filter(|it| !it.is_empty()).unwrap_or("ClusterIP");
    let items = site.get("ports").map(Node::items).unwrap_or_default();
    let headless = site.text("clusterIP") == Some("None");
    if items.is_empty() && kind != "ExternalName" && !headless {
        let message = "a Service needs `ports`";
        diags.push(missing(
            site.here,
            message,
            "write the ports, or `clusterIP: None` for a name without them",
        ));
    }
    ports(items, diags);
    address(site, kind, diags);
    let outside = matches!(kind, "NodePort" | "LoadBalancer");
    if let Some(entry) =
        site.entry("externalTrafficPolicy").filter(|_| !outside && site.get("externalIPs").is_none())
    {
        let message = format!("a Service of the type `{kind}` has no traffic from outside");
        diags.push(wrong(
            entry.key.span,
            message,
            "leave `externalTrafficPolicy` out, or write `type: LoadBalancer`",
        ));
    }
    for port in items.iter().filter(|_| !outside).filter_map(|it| get(it, "nodePort")) {
        if text(port) != Some("0") {
            let message = format!("a Service of the type `{kind}` has no ports of nodes");
            diags.push(wrong(port.span, message, "leave `nodePort` out, or write `type: NodePort`"));
        }
    }
    balancer(site, kind, diags);
}

fn balancer(site: &Site<'_>, kind: &str, diags: &mut Diagnostics) {
    for key in ["loadBalancerSourceRanges", "loadBalancerClass", "allocateLoadBalancerNodePorts"] {
        if let Some(entry) = site.entry(key).filter(|_| kind != "LoadBalancer") {
            let message = format!("`{key}` is for the type `LoadBalancer`, not `{kind}`");
            diags.push(wrong(entry.key.span, message, format!("leave `{key}` out")));
        }
    }
}

fn address(site: &Site<'_>, kind: &str, diags: &mut Diagnostics) {
    let own = site.get("clusterIP").filter(|it| !matches!(text(it), Some("")));
    if let Some(node) = own {
        let written = text(node).unwrap_or_default();
        if written != "None" && written.parse::<std::net::IpAddr>().is_err() {
            let message = format!("`{written}` is not an address");
            diags.push(wrong(
                node.span,
                message,
                "write an address of the cluster, `None`, or leave `clusterIP` out",
            ));
        } else if written == "None" && matches!(kind, "NodePort" | "LoadBalancer") {
            let message = format!("a Service of the type `{kind}` needs an address");
            diags.push(wrong(node.span, message, "leave `clusterIP` out"));
        } else if kind == "ExternalName" {
            let message = "a Service of the type `ExternalName` has no address";
            diags.push(wrong(node.span, message, "leave `clusterIP` out"));
        }
    }
    if kind == "ExternalName" && site.text("externalName").is_none_or(str::is_empty) {
        let message = "a Service of the type `ExternalName` needs `externalName`";
        diags.push(missing(site.span("type"), message, "write the name of DNS that it stands for"));
    }
}

/// Several ports have names, and none is there twice.
fn ports(items: &[Node], diags: &mut Diagnostics) {
    let protocol = |it: &Node| match word(it, "protocol") {
        "" => "TCP".to_owned(),
        it => it.to_owned(),
    };
    for (at, port) in items.iter().enumerate() {
        let name = word(port, "name");
        if items.len() > 1 && name.is_empty() {
            let message = "one port of several needs `name`";
            diags.push(missing(port.span, message, "name it by its protocol, such as `http-web`"));
        }
        let number = get(port, "port").map_or(port.span, |it| it.span);
        for first in &items[..at] {
            if !name.is_empty() && word(first, "name") == name {
                let span = get(port, "name").map_or(port.span, |it| it.span);
                let finding = wrong(span, format!("two ports are `{name}`"), "give one another name");
                diags.push(finding.related(first.span, "the first"));
            } else if word(first, "port") == word(port, "port") && protocol(first) == protocol(port) {
                let message = format!("port {} of {} is there twice", word(port, "port"), protocol(port));
                diags.push(wrong(number, message, "keep one of them").related(first.span, "the first"));
            }
        }
    }
}

fn addresses_of_type(site: &Site<'_>, diags: &mut Diagnostics) {
    let kind = site.text("addressType").unwrap_or_default();
    let endpoints = site.get("endpoints").map(Node::items).unwrap_or_default();
    for address in endpoints.iter().filter_map(|it| get(it, "addresses")).flat_map(Node::items) {
        let written = text(address).unwrap_or_default();
        let fits = match kind {
            "IPv4" => written.parse::<std::net::Ipv4Addr>().is_ok(),
            "IPv6" => written.parse::<std::net::Ipv6Addr>().is_ok(),
            _ => true,
        };
        if !fits {
            let message = format!("`{written}` is not an address of the type `{kind}`");
            diags.push(wrong(address.span, message, "write one of this type"));
        }
    }
}

/// The last port of a range, which begins with a number.
fn end_port(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(end) = site.get("endPort") else { return };
    let first = site.text("port").map(str::parse::<u32>);
    match (first, text(end).and_then(|it| it.parse::<u32>().ok())) {
        (Some(Ok(first)), Some(last)) if first <= last => {}
        (Some(Ok(first)), _) => {
            let message = format!("the range of ports ends before it begins, at {first}");
            diags.push(wrong(end.span, message, "write an `endPort` that is not below `port`"));
        }
        _ => {
            let message = "`endPort` needs the number of a `port` where the range begins";
            diags.push(wrong(end.span, message, "write `port` as a number"));
        }
    }
}

fn ingress_path(site: &Site<'_>, diags: &mut Diagnostics) {
    let kind = site.text("pathType").unwrap_or_default();
    let path = site.text("path").unwrap_or_default();
    let span = site.get("path").map_or(site.here, |it| it.span);
    let parts = ["//", "/./", "/../", "%2f", "%2F"];
    let exact = matches!(kind, "Exact" | "Prefix");
    let message = if !path.starts_with('/') && (exact || !path.is_empty()) {
        format!("`{path}` does not begin with `/`")
    } else if let Some(part) = parts.iter().find(|it| exact && path.contains(**it)) {
        format!("`{path}` has a `{part}`, which no normalized path has")
    } else if exact && (path.ends_with("/..") || path.ends_with("/.")) {
        format!("`{path}` ends in dots, which no normalized path does")
    } else {
        return;
    };
    diags.push(wrong(span, message, format!("write an absolute path for the type `{kind}`")));
}
