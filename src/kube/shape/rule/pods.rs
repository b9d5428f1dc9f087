//! What the API server asks of pods, and of what makes pods.

use crate::diag::Diagnostics;
use crate::kube::shape::quantity::amount;
use crate::kube::shape::rule::workload::{job, mounts, recreate, template};
use crate::kube::shape::rule::{Check, Site, get, missing, text, wrong};
use crate::yaml::Node;

/// The checks by name.
pub const CHECKS: &[(&str, Check)] = &[
    ("container", container),
    ("job", job),
    ("mounts", mounts),
    ("pod", pod),
    ("privilege", privilege),
    ("recreate", recreate),
    ("requests-within-limits", requests_within_limits),
    ("requirement", requirement),
    ("resources", resources),
    ("template", template),
    ("toleration", toleration),
];

/// All containers of a pod, those that run first in front.
pub fn containers(pod: &Node) -> impl Iterator<Item = &Node> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    lists.into_iter().filter_map(|it| pod.get(it)).flat_map(Node::items)
}

/// Names of containers are unique in the pod, not only in their list.
fn pod(site: &Site<'_>, diags: &mut Diagnostics) {
    let mut names: Vec<(&str, &Node)> = Vec::new();
    for name in containers(site.node).filter_map(|it| get(it, "name")) {
        let written = text(name).unwrap_or_default();
        match names.iter().find(|it| it.0 == written) {
            Some((_, first)) => {
                let finding =
                    wrong(name.span, format!("two containers are `{written}`"), "give one another name");
                diags.push(finding.related(first.span, "the first"));
            }
            None => names.push((written, name)),
        }
    }
}

/// A pod that is alive is alive at once; one that is not ready may be so for a while.
fn container(site: &Site<'_>, diags: &mut Diagnostics) {
    for key in ["livenessProbe", "startupProbe"] {
        let threshold = site.get(key).and_then(|it| get(it, "successThreshold"));
        if let Some(node) = threshold.filter(|it| !matches!(text(it), Some("0" | "1"))) {
            let message = format!("the `successThreshold` of a `{key}` is 1");
            diags.push(wrong(node.span, message, "leave it out"));
        }
    }
}

fn privilege(site: &Site<'_>, diags: &mut Diagnostics) {
    let escalates = site.text("allowPrivilegeEscalation");
    if escalates == Some("false") && site.text("privileged") == Some("true") {
        let message = "a privileged container can always get more privileges";
        let finding = wrong(site.span("allowPrivilegeEscalation"), message, "leave one of them out");
        diags.push(finding.related(site.span("privileged"), "the other"));
    }
}

fn toleration(site: &Site<'_>, diags: &mut Diagnostics) {
    let operator = site.text("operator").filter(|it| !it.is_empty()).unwrap_or("Equal");
    if site.text("key").is_none_or(str::is_empty) && operator != "Exists" {
        let message = "a toleration without `key` needs the operator `Exists`";
        diags.push(missing(site.here, message, "write `operator: Exists` for all taints, or name a key"));
    }
    if let (Some(entry), "Exists") = (site.entry("value").filter(|it| text(&it.value) != Some("")), operator)
    {
        let message = "`value` is set although the operator is `Exists`";
        diags.push(wrong(entry.key.span, message, "leave `value` out, or write `operator: Equal`"));
    }
    if let Some(entry) = site.entry("tolerationSeconds").filter(|_| site.text("effect") != Some("NoExecute"))
    {
        let message = "`tolerationSeconds` is for the effect `NoExecute`";
        diags.push(wrong(entry.key.span, message, "write `effect: NoExecute`, or leave it out"));
    }
}

/// Of a selector of labels, also of those of nodes.
fn requirement(site: &Site<'_>, diags: &mut Diagnostics) {
    let values = site.get("values").map(Node::items).unwrap_or_default();
    let operator = site.text("operator").unwrap_or_default();
    let help = "compare with some values, or write `operator: Exists`";
    match operator {
        "In" | "NotIn" if values.is_empty() => {
            diags.push(missing(site.here, format!("the operator `{operator}` needs `values`"), help));
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            let message = format!("the operator `{operator}` takes no `values`");
            diags.push(wrong(site.span("values"), message, "leave `values` out, or write `operator: In`"));
        }
        "Gt" | "Lt" if values.len() != 1 => {
            let message = format!("the operator `{operator}` needs one value");
            diags.push(wrong(site.span("operator"), message, "write one number"));
        }
        _ => {}
    }
}

/// What a container may ask for by a name of its own; all else has a domain.
fn resources(site: &Site<'_>, diags: &mut Diagnostics) {
    for entry in ["limits", "requests"].iter().filter_map(|it| site.get(it)).flat_map(Node::entries) {
        let key = entry.key.as_str();
        let known = matches!(key, "cpu" | "memory" | "ephemeral-storage" | "storage")
            || key.starts_with("hugepages-");
        if !known && !key.contains('/') {
            let finding =
                wrong(entry.key.span, format!("containers have no resource `{key}`"), "known: cpu, memory");
            diags.push(finding.suggest(key, ["cpu", "memory", "ephemeral-storage"]));
        }
    }
    requests_within_limits(site, diags);
}

fn requests_within_limits(site: &Site<'_>, diags: &mut Diagnostics) {
    let all = |key: &str| site.get(key).map(Node::entries).unwrap_or_default();
    for entry in all("limits").iter().chain(all("requests")) {
        if text(&entry.value).and_then(amount).is_some_and(|it| it < 0.0) {
            let message = format!("`{}` is less than nothing", entry.key);
            diags.push(wrong(entry.value.span, message, "write an amount above zero"));
        }
    }
    for request in all("requests") {
        let Some(limit) = all("limits").iter().find(|it| it.key.value == request.key.value) else { continue };
        let (Some(asked), Some(most)) = (text(&request.value), text(&limit.value)) else { continue };
        if amount(asked) > amount(most) {
            let message = format!("the request of `{}` is {asked}, above the limit of {most}", request.key);
            let finding = wrong(request.value.span, message, "write a request that is not above the limit");
            diags.push(finding.related(limit.value.span, "the limit"));
        }
    }
}
