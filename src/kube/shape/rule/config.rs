//! What the API server asks of configuration, storage, autoscaling and webhooks.

use crate::diag::Diagnostics;
use crate::kube::shape::rule::{Site, get, missing, text, ticked, wrong};
use crate::kube::shape::text::is_subdomain;
use crate::kube::shape::url;
use crate::yaml::Node;

/// A key of a ConfigMap is a text or bytes.
pub fn keys_apart(site: &Site<'_>, diags: &mut Diagnostics) {
    let texts = site.get("data").map(Node::entries).unwrap_or_default();
    for entry in site.get("binaryData").into_iter().flat_map(Node::entries) {
        if let Some(first) = texts.iter().find(|it| it.key.value == entry.key.value) {
            let message = format!("`{}` stands in `data` and in `binaryData`", entry.key);
            let finding = wrong(entry.key.span, message, "keep one of them");
            diags.push(finding.related(first.key.span, "the other"));
        }
    }
}

/// What a Secret of a type must have.
pub fn keys_of_secret(site: &Site<'_>, diags: &mut Diagnostics) {
    let has = |key: &str| {
        ["data", "stringData"].iter().filter_map(|it| site.get(it)).any(|it| it.get(key).is_some())
    };
    let wanted: &[&str] = match site.text("type").unwrap_or_default() {
        "kubernetes.io/tls" => &["tls.crt", "tls.key"],
        "kubernetes.io/dockerconfigjson" => &[".dockerconfigjson"],
        "kubernetes.io/dockercfg" => &[".dockercfg"],
        "kubernetes.io/ssh-auth" => &["ssh-privatekey"],
        "kubernetes.io/basic-auth" if !has("username") && !has("password") => &["username"],
        _ => return,
    };
    let lacking: Vec<&str> = wanted.iter().copied().filter(|it| !has(it)).collect();
    if !lacking.is_empty() {
        let message = format!("a Secret of this type needs {}", ticked(&lacking));
        diags.push(missing(site.span("type"), message, "write them in `data` or `stringData`"));
    }
}

/// A claim says how much it claims.
pub fn storage(site: &Site<'_>, diags: &mut Diagnostics) {
    let requests = site.get("resources").and_then(|it| get(it, "requests"));
    if requests.and_then(|it| get(it, "storage")).is_none() {
        let message = "a claim needs `requests.storage`";
        diags.push(missing(site.span("resources"), message, "say how much storage it needs, such as `1Gi`"));
    }
}

/// Not fewer at the most than at the least.
pub fn replicas(site: &Site<'_>, diags: &mut Diagnostics) {
    let number = |key: &str| site.text(key).and_then(|it| it.parse::<u32>().ok());
    let (least, most) = (number("minReplicas").unwrap_or(1), number("maxReplicas").unwrap_or(u32::MAX));
    if most < least {
        let message = format!("at most {most} replicas are less than at least {least}");
        let finding =
            wrong(site.span("maxReplicas"), message, "write a `maxReplicas` that is not below `minReplicas`");
        diags.push(finding.related(site.span("minReplicas"), "the least"));
    }
    let metrics = site.get("metrics").map(Node::items).unwrap_or_default();
    let of_outside =
        metrics.iter().any(|it| matches!(it.get("type").and_then(text), Some("Object" | "External")));
    if least == 0 && !of_outside {
        let message = "without pods there is nothing to measure that would bring them back";
        diags.push(wrong(
            site.span("minReplicas"),
            message,
            "write 1 or more, or a metric of `Object` or `External`",
        ));
    }
}

/// A webhook has a full name, can be asked, and takes reviews that the API server can write.
pub fn webhook(site: &Site<'_>, diags: &mut Diagnostics) {
    let name = site.text("name").unwrap_or_default();
    if !is_subdomain(name) || name.split('.').count() < 3 {
        let message = format!("`{name}` is not the name of a webhook");
        diags.push(wrong(
            site.span("name"),
            message,
            "write a domain of three parts or more such as `a.example.com`",
        ));
    }
    let versions = site.get("admissionReviewVersions").map(Node::items).unwrap_or_default();
    if !versions.iter().any(|it| matches!(text(it), Some("v1" | "v1beta1"))) {
        let message = "the webhook takes none of the reviews that the API server writes";
        diags.push(wrong(
            site.span("admissionReviewVersions"),
            message,
            "write `admissionReviewVersions: [v1]`",
        ));
    }
    let Some(address) = site.get("clientConfig").and_then(|it| get(it, "url")) else { return };
    let written = text(address).unwrap_or_default();
    if url::scheme(written).as_deref() != Some("https") {
        let message = format!("`{written}` is not a URL of `https://`");
        diags.push(wrong(address.span, message, "write `https://` and a host, or name a service"));
    }
}

/// A definition is named by its names, and stores one version.
pub fn definition(site: &Site<'_>, diags: &mut Diagnostics) {
    let spec = |key: &str| site.node.at(&["spec", key]).and_then(text).unwrap_or_default();
    let plural = site.node.at(&["spec", "names", "plural"]).and_then(text).unwrap_or_default();
    let wanted = format!("{plural}.{}", spec("group"));
    if let Some(node) = site.node.at(&["metadata", "name"]).filter(|it| text(it) != Some(&wanted)) {
        let message = format!("a definition of `{plural}` is named `{wanted}`");
        diags.push(wrong(node.span, message, format!("write `name: {wanted}`")));
    }
    let versions = site.node.at(&["spec", "versions"]).map(Node::items).unwrap_or_default();
    let stored = versions.iter().filter(|it| it.get("storage").and_then(text) == Some("true")).count();
    if stored != 1 {
        let span = site.node.at(&["spec", "versions"]).map_or(site.here, |it| it.span);
        let message = format!("{stored} versions are stored, not one");
        diags.push(wrong(span, message, "write `storage: true` at just one of them"));
    }
}
