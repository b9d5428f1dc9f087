//! What the CRDs of Istio ask for in words of their own (`x-kubernetes-validations`).

use crate::diag::Diagnostics;
use crate::kube::shape::rule::{Check, Site, get, missing, text, ticked, word, wrong};
use crate::kube::shape::url;
use crate::yaml::Node;

/// The checks by name.
pub const CHECKS: &[(&str, Check)] = &[
    ("selector-keys", selector_keys),
    ("own-namespace", own_namespace),
    ("wasm-url", wasm_url),
    ("value-of-host", value_of_host),
    ("waypoint-context", waypoint_context),
    ("service-entry", service_entry),
    ("workload-entry", workload_entry),
    ("service-accounts-alone", service_accounts_alone),
    ("port-level-mtls", port_level_mtls),
    ("jwks-url", jwks_url),
    ("tag-override", tag_override),
];

/// Labels are compared as they are: no key is empty or a pattern.
fn selector_keys(site: &Site<'_>, diags: &mut Diagnostics) {
    for entry in site.get("matchLabels").into_iter().flat_map(Node::entries) {
        if entry.key.is_empty() || entry.key.contains('*') {
            let message = format!("`{}` is not the key of a label", entry.key);
            diags.push(wrong(entry.key.span, message, "write the whole key: a selector has no patterns"));
        }
    }
}

fn own_namespace(site: &Site<'_>, diags: &mut Diagnostics) {
    if let Some(entry) = site.entry("namespace").filter(|it| !word(site.node, &it.key).is_empty()) {
        let message = "a target in another namespace is not supported";
        diags.push(wrong(
            entry.key.span,
            message,
            "leave `namespace` out, and put the policy beside its target",
        ));
    }
}

/// A scheme that the agent can fetch from, or none at all.
fn wasm_url(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(node) = site.get("url") else { return };
    let written = text(node).unwrap_or_default();
    let fits = |scheme: &str| matches!(scheme, "" | "http" | "https" | "file" | "oci");
    let scheme = url::scheme(written).or_else(|| url::scheme(&format!("http://{written}")));
    if !scheme.is_some_and(|it| fits(&it)) {
        let message = format!("`{written}` is not a URL that a module can come from");
        diags.push(wrong(node.span, message, "write a URL of `oci://`, `https://`, `http://` or `file://`"));
    }
}

fn value_of_host(site: &Site<'_>, diags: &mut Diagnostics) {
    if let (Some("HOST"), Some(entry)) = (site.text("valueFrom"), site.entry("value")) {
        let message = "`value` is set although `valueFrom` is `HOST`";
        diags.push(wrong(entry.key.span, message, "leave `value` out, or write `valueFrom: INLINE`"));
    }
}

fn waypoint_context(site: &Site<'_>, diags: &mut Diagnostics) {
    let of_a_waypoint = site.text("context") == Some("WAYPOINT");
    match site.entry("waypoint") {
        Some(entry) if !of_a_waypoint => {
            let message = "`waypoint` matches only in the context `WAYPOINT`";
            diags.push(wrong(entry.key.span, message, "write `context: WAYPOINT`"));
        }
        None if of_a_waypoint => {
            let message = "the context `WAYPOINT` needs `waypoint`";
            diags.push(missing(site.span("context"), message, "say what to match of the waypoint"));
        }
        _ => {}
    }
}

fn service_entry(site: &Site<'_>, diags: &mut Diagnostics) {
    for host in site.get("hosts").into_iter().flat_map(Node::items) {
        if text(host) == Some("*") {
            let message = "a service entry for the host `*` would be one for every host";
            diags.push(wrong(host.span, message, "name a domain such as `*.example.com`"));
        }
    }
    let resolution = site.text("resolution").unwrap_or("NONE");
    let addresses = site.get("addresses").map(Node::items).unwrap_or_default();
    if !matches!(resolution, "NONE" | "STATIC") {
        for address in addresses.iter().filter(|it| text(it).is_some_and(|it| it.contains('/'))) {
            let message = format!("a range of addresses does not go with the resolution `{resolution}`");
            diags.push(wrong(
                address.span,
                message,
                "write single addresses, or a resolution of `NONE` or `STATIC`",
            ));
        }
    }
    endpoints(site, resolution, diags);
    numbers(site.get("ports").map(Node::items).unwrap_or_default(), diags);
}

fn endpoints(site: &Site<'_>, resolution: &str, diags: &mut Diagnostics) {
    let Some(entry) = site.entry("endpoints") else { return };
    if resolution == "NONE" {
        let message = "`endpoints` are set although the resolution is `NONE`";
        diags.push(wrong(
            entry.key.span,
            message,
            "write `resolution: STATIC` for addresses, `DNS` for names",
        ));
    }
    if resolution == "DNS_ROUND_ROBIN" && entry.value.items().len() > 1 {
        let message = "the resolution `DNS_ROUND_ROBIN` takes at most one endpoint";
        diags.push(wrong(entry.key.span, message, "keep one endpoint, or write `resolution: DNS`"));
    }
}

/// The numbers of ports, each once. There are at most 256.
fn numbers(ports: &[Node], diags: &mut Diagnostics) {
    for (at, port) in ports.iter().enumerate() {
        let Some(number) = get(port, "number") else { continue };
        let same = |it: &&Node| word(it, "number") == word(port, "number");
        if let Some(first) = ports[..at].iter().find(same) {
            let message = format!("port {} is there twice", word(port, "number"));
            let first = get(first, "number").map_or(first.span, |it| it.span);
            let finding = wrong(number.span, message, "keep one of them");
            diags.push(finding.related(first, "the first"));
        }
    }
}

fn workload_entry(site: &Site<'_>, diags: &mut Diagnostics) {
    if let Some(socket) = site.text("address").and_then(|it| it.strip_prefix("unix://")) {
        let span = site.get("address").map_or(site.here, |it| it.span);
        if !socket.starts_with(['/', '@']) {
            let message = "a Unix domain socket is an absolute path or abstract";
            diags.push(wrong(span, message, "write `unix:///path` or `unix://@name`"));
        }
        if socket.ends_with('/') {
            let message = "a Unix domain socket is no folder";
            diags.push(wrong(span, message, "take the `/` at the end away"));
        }
        if let Some(entry) = site.entry("ports") {
            let message = "a Unix domain socket has no ports";
            diags.push(wrong(entry.key.span, message, "leave `ports` out"));
        }
    }
    for entry in site.get("ports").into_iter().flat_map(Node::entries) {
        let key = entry.key.as_str();
        let bytes = key.as_bytes();
        let ends = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
        let inside = bytes.iter().all(|it| it.is_ascii_alphanumeric() || *it == b'-');
        if key.len() >= 63 || !inside || !ends(bytes.first()) || !ends(bytes.last()) {
            let message = format!("`{key}` is not a name that a port can have");
            let help = "use at most 62 letters, digits and `-`, a letter or digit at both ends";
            diags.push(wrong(entry.key.span, message, help));
        }
    }
}

fn service_accounts_alone(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(accounts) = site.entry("serviceAccounts").or_else(|| site.entry("notServiceAccounts")) else {
        return;
    };
    for key in ["principals", "notPrincipals", "namespaces", "notNamespaces"] {
        if let Some(other) = site.entry(key) {
            let message = format!("`{}` and `{}` exclude each other", other.key, accounts.key);
            let finding = wrong(other.key.span, message, "write one source for each of them");
            diags.push(finding.related(accounts.key.span, "the other"));
        }
    }
}

/// Ports are those of pods: without a selector it would be all pods of the namespace.
fn port_level_mtls(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(entry) = site.entry("portLevelMtls") else { return };
    let labels = site.get("selector").and_then(|it| get(it, "matchLabels")).map(Node::entries);
    if labels.unwrap_or_default().is_empty() {
        let message = "`portLevelMtls` needs a selector";
        diags.push(missing(
            entry.key.span,
            message,
            "say with `selector.matchLabels` which pods have the port",
        ));
    }
    for port in entry.value.entries() {
        if !port.key.parse::<i64>().is_ok_and(|it| (1..=65535).contains(&it)) {
            let message = format!("`{}` is not the number of a port", port.key);
            diags.push(wrong(port.key.span, message, "write a number from 1 to 65535: the port of the pods"));
        }
    }
}

fn jwks_url(site: &Site<'_>, diags: &mut Diagnostics) {
    for key in ["jwksUri", "jwks_uri"] {
        let Some(node) = site.get(key) else { continue };
        let written = text(node).unwrap_or_default();
        if !url::scheme(written).is_some_and(|it| it == "http" || it == "https") {
            let message = format!("`{written}` is not a URL of {}", ticked(&["http://", "https://"]));
            diags.push(wrong(node.span, message, "write the whole URL of the keys"));
        }
    }
}

fn tag_override(site: &Site<'_>, diags: &mut Diagnostics) {
    match (site.text("operation"), site.entry("value")) {
        (Some("UPSERT"), value) if value.is_none_or(|it| text(&it.value) == Some("")) => {
            let message = "the operation `UPSERT` needs `value`";
            diags.push(missing(site.span("operation"), message, "write the expression that the tag gets"));
        }
        (Some("REMOVE"), Some(entry)) => {
            let message = "`value` is set although the operation is `REMOVE`";
            diags.push(wrong(entry.key.span, message, "leave `value` out, or write `operation: UPSERT`"));
        }
        _ => {}
    }
}
