//! What the API server asks of whatever has a template of pods.

use crate::diag::Diagnostics;
use crate::kube::shape::rule::pods::containers;
use crate::kube::shape::rule::{Site, get, missing, text, word, wrong};
use crate::yaml::Node;

/// A Deployment and its kin: the selector takes the pods of the template, and those run for ever.
pub fn template(site: &Site<'_>, diags: &mut Diagnostics) {
    let Some(template) = site.get("template") else { return };
    selected(site, template, diags);
    if let Some(pod) = get(template, "spec") {
        let policy = get(pod, "restartPolicy").filter(|it| !matches!(text(it), Some("Always" | "")));
        if let Some(node) = policy {
            let message =
                format!("pods of this kind are always restarted, not `{}`", text(node).unwrap_or_default());
            diags.push(wrong(node.span, message, "leave `restartPolicy` out, or use a Job"));
        }
    }
    let seconds = |key: &str| site.text(key).and_then(|it| it.parse::<i64>().ok());
    let (ready, deadline) = (seconds("minReadySeconds").unwrap_or(0), seconds("progressDeadlineSeconds"));
    if deadline.is_some_and(|it| it <= ready) {
        let message = "no pod is ready before the deadline of the progress";
        let help = "write a `progressDeadlineSeconds` above `minReadySeconds`";
        diags.push(wrong(site.span("progressDeadlineSeconds"), message, help));
    }
    mounts(site, diags);
}

fn selected(site: &Site<'_>, template: &Node, diags: &mut Diagnostics) {
    let Some(selector) = site.get("selector") else { return };
    let labels = get(template, "metadata").and_then(|it| get(it, "labels"));
    let label = |key: &str| labels.and_then(|it| get(it, key)).and_then(text);
    let of_names = get(selector, "matchLabels");
    let of_rules = get(selector, "matchExpressions").map(Node::items).unwrap_or_default();
    // A ReplicationController selects by labels alone.
    let plain = if site.label == "ReplicationControllerSpec" { Some(selector) } else { of_names };
    let pairs = plain.map(Node::entries).unwrap_or_default();
    if pairs.is_empty() && of_rules.is_empty() {
        if site.label == "ReplicationControllerSpec" {
            return;
        }
        let message = "the selector selects nothing in particular";
        diags.push(missing(site.span("selector"), message, "select the labels of the template"));
        return;
    }
    for pair in pairs {
        let wanted = text(&pair.value).unwrap_or_default();
        if label(&pair.key) != Some(wanted) {
            let message =
                format!("the selector wants `{}: {wanted}`, which the template does not have", pair.key);
            let place = labels.map_or(template.span, |it| it.span);
            let finding = wrong(pair.key.span, message, "give the pods of the template this label");
            diags.push(finding.related(place, "the labels of the template"));
        }
    }
    for rule in of_rules.iter().filter(|it| !fits(it, label(word(it, "key")))) {
        let message =
            format!("the selector has a rule about `{}` that the template does not fit", word(rule, "key"));
        diags.push(wrong(rule.span, message, "give the pods of the template a label that fits"));
    }
}

fn fits(rule: &Node, label: Option<&str>) -> bool {
    let values = rule.get("values").map(Node::items).unwrap_or_default();
    let among = label.is_some_and(|it| values.iter().any(|value| text(value) == Some(it)));
    match word(rule, "operator") {
        "In" => among,
        "NotIn" => !among,
        "Exists" => label.is_some(),
        "DoesNotExist" => label.is_none(),
        _ => true,
    }
}

/// What a container mounts is a volume of its pod, or a claim of its `StatefulSet`.
pub fn mounts(site: &Site<'_>, diags: &mut Diagnostics) {
    let template = site.get("template").unwrap_or(site.node);
    let Some(pod) = get(template, "spec") else { return };
    let claims = site.get("volumeClaimTemplates").map(Node::items).unwrap_or_default();
    let claims = claims.iter().filter_map(|it| get(it, "metadata")).map(|it| word(it, "name"));
    let volumes = pod.get("volumes").map(Node::items).unwrap_or_default().iter().map(|it| word(it, "name"));
    let known: Vec<&str> = volumes.chain(claims).collect();
    for list in ["volumeMounts", "volumeDevices"] {
        for mount in containers(pod).filter_map(|it| it.get(list)).flat_map(Node::items) {
            let Some(node) = get(mount, "name") else { continue };
            let name = text(node).unwrap_or_default();
            if !known.contains(&name) {
                let finding =
                    wrong(node.span, format!("the pod has no volume `{name}`"), "add it to `volumes`");
                diags.push(finding.suggest(name, known.iter().copied()));
            }
        }
    }
}

/// Whoever starts anew has no steps on the way.
pub fn recreate(site: &Site<'_>, diags: &mut Diagnostics) {
    if let (Some("Recreate"), Some(entry)) = (site.text("type"), site.entry("rollingUpdate")) {
        let message = "`rollingUpdate` is for the type `RollingUpdate`";
        diags.push(wrong(
            entry.key.span,
            message,
            "leave `rollingUpdate` out, or write `type: RollingUpdate`",
        ));
    }
    let zero = |key: &str| {
        let share = site.get("rollingUpdate").and_then(|it| get(it, key)).and_then(text);
        share.is_some_and(|it| it.trim_end_matches('%') == "0")
    };
    if zero("maxSurge") && zero("maxUnavailable") {
        let message = "neither one pod more nor one less is allowed: no update can go on";
        diags.push(wrong(site.span("rollingUpdate"), message, "allow one more or one less"));
    }
}

/// Pods of a Job do not start over for ever.
pub fn job(site: &Site<'_>, diags: &mut Diagnostics) {
    mounts(site, diags);
    if site.text("completionMode") == Some("Indexed") && site.get("completions").is_none() {
        let message = "the completion mode `Indexed` needs `completions`";
        diags.push(missing(site.span("completionMode"), message, "say how many pods must succeed"));
    }
    let Some(template) = site.entry("template") else { return };
    let pod = get(&template.value, "spec");
    let policy = pod.and_then(|it| get(it, "restartPolicy"));
    match policy.and_then(text).filter(|it| !it.is_empty()) {
        Some("OnFailure" | "Never") => {}
        Some(other) => {
            let message = format!("pods of a Job are not restarted `{other}`");
            let span = policy.map_or(template.key.span, |it| it.span);
            diags.push(wrong(span, message, "write `restartPolicy: OnFailure` or `Never`"));
        }
        None => {
            let message = "pods of a Job need `restartPolicy`";
            diags.push(missing(template.key.span, message, "write `restartPolicy: OnFailure` or `Never`"));
        }
    }
}
