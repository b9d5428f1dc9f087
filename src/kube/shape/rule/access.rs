//! What the API server asks of roles and of who has them.

use crate::diag::Diagnostics;
use crate::kube::shape::rule::{Site, get, missing, text, word, wrong};
use crate::kube::shape::text::is_subdomain;
use crate::yaml::Node;

/// A rule is about resources or about paths.
pub fn policy_rule(site: &Site<'_>, diags: &mut Diagnostics) {
    let some = |key: &str| site.get(key).is_some_and(|it| !it.items().is_empty());
    if some("nonResourceURLs") {
        for key in ["apiGroups", "resources", "resourceNames"].into_iter().filter(|it| some(it)) {
            let message = format!("`{key}` and `nonResourceURLs` exclude each other");
            diags.push(wrong(site.span(key), message, "write a rule for each of them"));
        }
        return;
    }
    for key in ["apiGroups", "resources"].into_iter().filter(|it| !some(it)) {
        let help = if key == "apiGroups" {
            "write `apiGroups: [\"\"]` for the core group"
        } else {
            "name what may be used"
        };
        diags.push(missing(site.here, format!("`PolicyRule` needs `{key}`"), help));
    }
}

/// Paths belong to no namespace.
pub fn role_of_namespace(site: &Site<'_>, diags: &mut Diagnostics) {
    for rule in site.get("rules").into_iter().flat_map(Node::items) {
        if let Some(paths) = get(rule, "nonResourceURLs").filter(|it| !it.items().is_empty()) {
            let message = "a Role has no `nonResourceURLs`: they belong to no namespace";
            diags.push(wrong(paths.span, message, "write a ClusterRole"));
        }
    }
}

/// A role for all namespaces is none of one.
pub fn role_of_cluster(site: &Site<'_>, diags: &mut Diagnostics) {
    let kind = site.get("roleRef").and_then(|it| get(it, "kind"));
    if let Some(node) = kind.filter(|it| !matches!(text(it), Some("ClusterRole"))) {
        let message = format!("a ClusterRoleBinding binds no `{}`", text(node).unwrap_or_default());
        diags.push(wrong(node.span, message, "write `kind: ClusterRole`, or use a RoleBinding"));
    }
    for subject in site.get("subjects").into_iter().flat_map(Node::items) {
        if word(subject, "kind") == "ServiceAccount" && word(subject, "namespace").is_empty() {
            let message = "a subject of the kind `ServiceAccount` needs `namespace`";
            diags.push(missing(subject.span, message, "say where the account lives"));
        }
    }
}

/// Only a service account lives in a namespace.
pub fn subject(site: &Site<'_>, diags: &mut Diagnostics) {
    let group = site.text("apiGroup").unwrap_or_default();
    let account = site.text("kind") == Some("ServiceAccount");
    let wanted = if account { "" } else { "rbac.authorization.k8s.io" };
    if !group.is_empty() && group != wanted {
        let message = format!("a `{}` is not of the group `{group}`", site.text("kind").unwrap_or_default());
        diags.push(wrong(site.span("apiGroup"), message, "leave `apiGroup` out"));
    }
    if account {
        let name = site.text("name").unwrap_or_default();
        if !name.is_empty() && !is_subdomain(name) {
            let message = format!("`{name}` is not a name that a service account can have");
            diags.push(wrong(site.span("name"), message, "use lower-case letters, digits, `-` and `.`"));
        }
    } else if let Some(entry) = site.entry("namespace").filter(|it| text(&it.value) != Some("")) {
        let message = "users and groups live in no namespace";
        diags.push(wrong(entry.key.span, message, "leave `namespace` out"));
    }
}
