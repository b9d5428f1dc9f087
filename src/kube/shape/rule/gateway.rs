//! What the CRDs of the Gateway API ask for in words of their own (`x-kubernetes-validations`), standard and
//! experimental: what either takes passes.

use crate::diag::Diagnostics;
use crate::kube::shape::pattern::is_path;
use crate::kube::shape::rule::route::{filters, matches, parents, prefix_replaced, redirect_alone};
use crate::kube::shape::rule::{Check, Site, get, missing, text, ticked, word, wrong};
use crate::kube::shape::scalar::nanoseconds;
use crate::kube::shape::text::{is_hostname, is_qualified};
use crate::yaml::Node;

/// The checks by name.
pub const CHECKS: &[(&str, Check)] = &[
    ("addresses", addresses),
    ("certificates", certificates),
    ("certificates-from", certificates_from),
    ("client-certificate", client_certificate),
    ("external-name", external_name),
    ("filters", filters),
    ("fraction", fraction),
    ("grpc-method", grpc_method),
    ("host-address", host_address),
    ("infrastructure-keys", infrastructure_keys),
    ("intervals", intervals),
    ("listeners", listeners),
    ("matches", matches),
    ("parents", parents),
    ("path-match", path_match),
    ("prefix-replaced", prefix_replaced),
    ("redirect-alone", redirect_alone),
    ("service-port", service_port),
    ("session", session),
    ("sni-hosts", sni_hosts),
    ("star-alone", star_alone),
    ("targets", targets),
    ("try-within-request", try_within_request),
];

fn items<'n>(site: &Site<'n>, key: &str) -> &'n [Node] {
    site.get(key).map(Node::items).unwrap_or_default()
}

/// A backend without a group and a kind is a Service.
fn service_port(site: &Site<'_>, diags: &mut Diagnostics) {
    let group = site.text("group").unwrap_or_default();
    if group.is_empty() && site.text("kind").unwrap_or("Service") == "Service" && site.get("port").is_none() {
        let message = format!("`{}` needs `port`", site.label);
        diags.push(missing(site.span("name"), message, "write the port of the Service"));
    }
}

fn fraction(site: &Site<'_>, diags: &mut Diagnostics) {
    let number = |key: &str| site.text(key).and_then(|it| it.parse::<i64>().ok());
    let (Some(part), whole) = (number("numerator"), number("denominator").unwrap_or(100)) else { return };
    if part > whole {
        let message = format!("{part} of {whole} is more than all");
        diags.push(wrong(
            site.span("numerator"),
            message,
            "write a numerator that is not above the denominator",
        ));
    }
}

fn grpc_method(site: &Site<'_>, diags: &mut Diagnostics) {
    if site.text("type").is_some_and(|it| it != "Exact") {
        return;
    }
    let part = |it: &str| {
        it.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
    };
    let service = |it: &str| it.strip_prefix('.').unwrap_or(it).split('.').all(part);
    for (key, fits) in [
        ("service", site.text("service").is_none_or(service)),
        ("method", site.text("method").is_none_or(part)),
    ] {
        if !fits {
            let message = format!("`{}` is not the name of a gRPC {key}", site.text(key).unwrap_or_default());
            let span = site.get(key).map_or(site.here, |it| it.span);
            diags.push(wrong(span, message, "write letters, digits and `_`, or `type: RegularExpression`"));
        }
    }
}

/// Without a type it is a prefix.
fn path_match(site: &Site<'_>, diags: &mut Diagnostics) {
    let kind = site.text("type").unwrap_or("PathPrefix");
    let (Some(node), true) = (site.get("value"), kind != "RegularExpression") else { return };
    let path = text(node).unwrap_or_default();
    let parts = ["//", "/./", "/../", "%2f", "%2F", "#"];
    let message = if !path.starts_with('/') {
        format!("`{path}` does not begin with `/`")
    } else if let Some(part) = parts.iter().find(|it| path.contains(**it)) {
        format!("`{path}` has a `{part}`, which no normalized path has")
    } else if path.ends_with("/..") || path.ends_with("/.") {
        format!("`{path}` ends in dots, which no normalized path does")
    } else if is_path(path) {
        return;
    } else {
        format!("`{path}` has characters that the path of a URL cannot have")
    };
    diags.push(wrong(node.span, message, format!("write an absolute path for the type `{kind}`")));
}

fn try_within_request(site: &Site<'_>, diags: &mut Diagnostics) {
    let length = |key: &str| site.text(key).and_then(nanoseconds);
    let (Some(request), Some(attempt)) = (length("request"), length("backendRequest")) else { return };
    if request != 0 && attempt > request {
        let message = "one try may take longer than the whole request";
        let finding = wrong(
            site.span("backendRequest"),
            message,
            "write a `backendRequest` that is not above `request`",
        );
        diags.push(finding.related(site.span("request"), "the whole"));
    }
}

fn star_alone(site: &Site<'_>, diags: &mut Diagnostics) {
    for key in ["allowHeaders", "allowMethods", "allowOrigins"] {
        let all = items(site, key);
        if let Some(star) = all.iter().find(|it| text(it) == Some("*")).filter(|_| all.len() > 1) {
            let message = format!("`*` stands in `{key}` beside others");
            diags.push(wrong(star.span, message, "keep `*` alone, or leave it out"));
        }
    }
}

fn session(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(cookie) = site.entry("cookieConfig") else { return };
    if site.text("type").is_some_and(|it| it != "Cookie") {
        let message = "`cookieConfig` is for the type `Cookie`";
        diags.push(wrong(cookie.key.span, message, "leave `cookieConfig` out, or write `type: Cookie`"));
    }
    if word(&cookie.value, "lifetimeType") == "Permanent" && site.get("absoluteTimeout").is_none() {
        let message = "a permanent cookie needs `absoluteTimeout`";
        diags.push(missing(cookie.key.span, message, "say how long it lives"));
    }
}

fn client_certificate(site: &Site<'_>, diags: &mut Diagnostics) {
    let both = site.text("mode") == Some("ClientAndServer");
    match site.entry("clientCertificateRef") {
        Some(entry) if !both => {
            let message = "`clientCertificateRef` is for the mode `ClientAndServer`";
            diags.push(wrong(entry.key.span, message, "leave it out, or write `mode: ClientAndServer`"));
        }
        None if both => {
            let message = "the mode `ClientAndServer` needs `clientCertificateRef`";
            diags.push(missing(site.span("mode"), message, "name the Secret of the client's certificate"));
        }
        _ => {}
    }
}

fn certificates_from(site: &Site<'_>, diags: &mut Diagnostics) {
    let own = !items(site, "caCertificateRefs").is_empty();
    let known = site.text("wellKnownCACertificates").is_some_and(|it| !it.is_empty());
    let names = ticked(&["caCertificateRefs", "wellKnownCACertificates"]);
    if own && known {
        let message = format!("{names} exclude each other");
        diags.push(wrong(site.span("wellKnownCACertificates"), message, "keep one of them"));
    } else if !own && !known {
        let message = format!("`{}` needs one of {names}", site.label);
        diags.push(missing(
            site.here,
            message,
            "say whom to trust: `wellKnownCACertificates: System`, or your own",
        ));
    }
}

fn certificates(site: &Site<'_>, diags: &mut Diagnostics) {
    let options = site.get("options").map(Node::entries).unwrap_or_default();
    let ends = site.text("mode").unwrap_or("Terminate") == "Terminate";
    if ends && items(site, "certificateRefs").is_empty() && options.is_empty() {
        let message = "the mode `Terminate` needs `certificateRefs`";
        diags.push(missing(
            site.here,
            message,
            "name the Secret of the certificate, or write `mode: Passthrough`",
        ));
    }
}

/// Without a type it is an address.
fn host_address(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(node) = site.get("value") else { return };
    let written = text(node).unwrap_or_default();
    let (fits, what, help) = match site.text("type").unwrap_or("IPAddress") {
        "IPAddress" => (
            written.parse::<std::net::IpAddr>().is_ok(),
            "an address",
            "write one such as `10.0.0.1`, or `type: Hostname`",
        ),
        "Hostname" => (is_hostname(written), "a host name", "write a name such as `example.com`"),
        _ => return,
    };
    if !fits {
        diags.push(wrong(node.span, format!("`{written}` is not {what}"), help));
    }
}

fn addresses(site: &Site<'_>, diags: &mut Diagnostics) {
    let all = items(site, "addresses");
    let kind = |it: &Node| it.get("type").and_then(text).unwrap_or("IPAddress").to_owned();
    for (at, address) in all.iter().enumerate() {
        let Some(value) = get(address, "value") else { continue };
        let same = |it: &&Node| kind(it) == kind(address) && it.get("value").and_then(text) == text(value);
        if matches!(kind(address).as_str(), "IPAddress" | "Hostname") && all[..at].iter().any(|it| same(&it))
        {
            let message = format!("the address `{}` is there twice", text(value).unwrap_or_default());
            diags.push(wrong(value.span, message, "keep one of them"));
        }
    }
}

fn infrastructure_keys(site: &Site<'_>, diags: &mut Diagnostics) {
    for entry in ["annotations", "labels"].iter().filter_map(|it| site.get(it)).flat_map(Node::entries) {
        if !is_qualified(&entry.key) || entry.key.split('/').next().is_some_and(|it| it.len() >= 253) {
            let message = format!("`{}` is not a key that a label or an annotation can have", entry.key);
            let help =
                "use at most 63 letters, digits, `-`, `_` and `.`, perhaps behind a domain and one `/`";
            diags.push(wrong(entry.key.span, message, help));
        }
    }
}

fn external_name(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(node) = site.get("hostname") else { return };
    let host = text(node).unwrap_or_default();
    if host.parse::<std::net::IpAddr>().is_ok() || host.ends_with(".cluster.local") {
        let message = format!("`{host}` is not the name of a host outside of the cluster");
        diags.push(wrong(node.span, message, "write a name of DNS, not an address or a Service"));
    }
}

fn intervals(site: &Site<'_>, diags: &mut Diagnostics) {
    const HOUR: i128 = 3_600_000_000_000;
    for (key, least) in [("budget", 1_000_000_000), ("minRetryRate", 1)] {
        let Some(node) = site.get(key).and_then(|it| get(it, "interval")) else { continue };
        if !text(node).and_then(nanoseconds).is_some_and(|it| (least..=HOUR).contains(&it)) {
            let message = format!("`interval` is {}, not between 1s and 1h", text(node).unwrap_or_default());
            diags.push(wrong(node.span, message, "write a duration of at most an hour"));
        }
    }
}

fn sni_hosts(site: &Site<'_>, diags: &mut Diagnostics) {
    for host in items(site, "hostnames") {
        if text(host).is_some_and(|it| it.parse::<std::net::IpAddr>().is_ok()) {
            let message = format!(
                "`{}` is an address: clients send none as the server's name",
                text(host).unwrap_or_default()
            );
            diags.push(wrong(host.span, message, "write the name that clients ask for"));
        }
    }
}

fn targets(site: &Site<'_>, diags: &mut Diagnostics) {
    let all = items(site, "targetRefs");
    let section = |it: &Node| word(it, "sectionName").to_owned();
    let same = |a: &Node, b: &Node| ["group", "kind", "name"].iter().all(|it| word(a, it) == word(b, it));
    for (at, target) in all.iter().enumerate() {
        for other in all[..at].iter().filter(|it| same(it, target)) {
            if section(other).is_empty() != section(target).is_empty() || section(other) == section(target) {
                let message = format!("`{}` is a target twice", word(target, "name"));
                let finding =
                    wrong(target.span, message, "give each a `sectionName` of its own, or keep one");
                diags.push(finding.related(other.span, "the first"));
            }
        }
    }
}

fn listeners(site: &Site<'_>, diags: &mut Diagnostics) {
    let all = items(site, "listeners");
    for (at, listener) in all.iter().enumerate() {
        let protocol = word(listener, "protocol");
        let tls = get(listener, "tls");
        let place = |key: &str| listener.get(key).map_or(listener.span, |it| it.span);
        if let (Some(tls), "HTTP" | "TCP" | "UDP") = (tls, protocol) {
            let message = format!("the protocol `{protocol}` has no `tls`");
            diags.push(wrong(tls.span, message, "leave `tls` out, or write `protocol: HTTPS`"));
        }
        if protocol == "HTTPS" && tls.is_some_and(|it| !matches!(word(it, "mode"), "" | "Terminate")) {
            let message = "the protocol `HTTPS` ends TLS at the gateway";
            diags.push(wrong(place("tls"), message, "write `mode: Terminate`, or `protocol: TLS`"));
        }
        if protocol == "TLS" && tls.is_none() {
            let message = "the protocol `TLS` needs `tls`";
            diags.push(missing(place("protocol"), message, "say with `tls.mode` who ends it"));
        }
        if let (Some(host), "TCP" | "UDP") = (get(listener, "hostname"), protocol) {
            let message = format!("the protocol `{protocol}` has no `hostname`");
            diags.push(wrong(host.span, message, "leave `hostname` out"));
        }
        let keys = ["port", "protocol", "hostname"];
        let same = |it: &&Node| keys.iter().all(|key| word(it, key) == word(listener, key));
        if let Some(first) = all[..at].iter().find(same).filter(|_| get(listener, "port").is_some()) {
            let message = format!(
                "a listener of port {} and this protocol and host is there already",
                word(listener, "port")
            );
            let finding = wrong(place("port"), message, "give it another port or host");
            diags.push(finding.related(first.span, "the first"));
        }
    }
}
