//! The strict judge of built-in kinds: the official types, closed to unknown fields, and a table for what they let pass.

mod reader;

use k8s_openapi::api::{
    admissionregistration::v1 as admission, apps::v1 as apps, autoscaling::v1 as scaling_v1,
    autoscaling::v2 as scaling, batch::v1 as batch, coordination::v1 as coordination, core::v1 as core,
    discovery::v1 as discovery, networking::v1 as net, policy::v1 as policy, rbac::v1 as rbac,
    scheduling::v1 as scheduling, storage::v1 as storage,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1 as extensions;
use serde::de::DeserializeOwned;

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::kube::{group, shape};
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};

/// What a type of the official ones says to a document.
type Reading = fn(&Node) -> Vec<Diagnostic>;

/// Every built-in kind that we judge, and whether it lives in a namespace.
const KINDS: &[(&str, &str, bool, Reading)] = &[
    ("v1", "ConfigMap", true, read::<core::ConfigMap>),
    ("v1", "Endpoints", true, read::<core::Endpoints>),
    ("v1", "LimitRange", true, read::<core::LimitRange>),
    ("v1", "Namespace", false, read::<core::Namespace>),
    ("v1", "PersistentVolume", false, read::<core::PersistentVolume>),
    ("v1", "PersistentVolumeClaim", true, read::<core::PersistentVolumeClaim>),
    ("v1", "Pod", true, read::<core::Pod>),
    ("v1", "ResourceQuota", true, read::<core::ResourceQuota>),
    ("v1", "Secret", true, read::<core::Secret>),
    ("v1", "Service", true, read::<core::Service>),
    ("v1", "ServiceAccount", true, read::<core::ServiceAccount>),
    ("apps/v1", "DaemonSet", true, read::<apps::DaemonSet>),
    ("apps/v1", "Deployment", true, read::<apps::Deployment>),
    ("apps/v1", "ReplicaSet", true, read::<apps::ReplicaSet>),
    ("apps/v1", "StatefulSet", true, read::<apps::StatefulSet>),
    ("batch/v1", "CronJob", true, read::<batch::CronJob>),
    ("batch/v1", "Job", true, read::<batch::Job>),
    ("policy/v1", "PodDisruptionBudget", true, read::<policy::PodDisruptionBudget>),
    ("autoscaling/v1", "HorizontalPodAutoscaler", true, read::<scaling_v1::HorizontalPodAutoscaler>),
    ("autoscaling/v2", "HorizontalPodAutoscaler", true, read::<scaling::HorizontalPodAutoscaler>),
    ("networking.k8s.io/v1", "Ingress", true, read::<net::Ingress>),
    ("networking.k8s.io/v1", "IngressClass", false, read::<net::IngressClass>),
    ("networking.k8s.io/v1", "NetworkPolicy", true, read::<net::NetworkPolicy>),
    ("rbac.authorization.k8s.io/v1", "ClusterRole", false, read::<rbac::ClusterRole>),
    ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", false, read::<rbac::ClusterRoleBinding>),
    ("rbac.authorization.k8s.io/v1", "Role", true, read::<rbac::Role>),
    ("rbac.authorization.k8s.io/v1", "RoleBinding", true, read::<rbac::RoleBinding>),
    ("storage.k8s.io/v1", "StorageClass", false, read::<storage::StorageClass>),
    ("scheduling.k8s.io/v1", "PriorityClass", false, read::<scheduling::PriorityClass>),
    ("discovery.k8s.io/v1", "EndpointSlice", true, read::<discovery::EndpointSlice>),
    ("coordination.k8s.io/v1", "Lease", true, read::<coordination::Lease>),
    (
        "admissionregistration.k8s.io/v1",
        "ValidatingAdmissionPolicy",
        false,
        read::<admission::ValidatingAdmissionPolicy>,
    ),
    (
        "admissionregistration.k8s.io/v1",
        "ValidatingAdmissionPolicyBinding",
        false,
        read::<admission::ValidatingAdmissionPolicyBinding>,
    ),
    (
        "apiextensions.k8s.io/v1",
        "CustomResourceDefinition",
        false,
        read::<extensions::CustomResourceDefinition>,
    ),
];

/// More wrong types than this in one document are not worth reading.
const MOST_FINDINGS: usize = 32;

/// Judges a document of a built-in kind; `false` if it is none that we know.
///
/// Unknown fields and wrong types by the official types, required fields, words and ranges by our own table.
pub fn check(api_version: &str, kind: &str, document: &Node, diags: &mut Diagnostics) -> bool {
    let Some((version, _, _, read)) = KINDS.iter().find(|it| it.0 == api_version && it.1 == kind) else {
        return check_version(api_version, kind, document, diags);
    };
    for finding in read(document) {
        diags.push(finding);
    }
    if *version != "autoscaling/v1" {
        shape::check_builtin(kind, document, diags);
    }
    true
}

/// Whether objects of a kind live in a namespace; `None` for a kind that we do not know.
pub fn is_namespaced(api_version: &str, kind: &str) -> Option<bool> {
    let wanted = group(api_version);
    KINDS.iter().find(|it| group(it.0) == wanted && it.1 == kind).map(|it| it.2)
}

/// A built-in kind that is served, but not so.
fn check_version(api_version: &str, kind: &str, document: &Node, diags: &mut Diagnostics) -> bool {
    let own = group(api_version);
    if own.contains('.') && !own.ends_with(".k8s.io") {
        return false;
    }
    let served: Vec<&str> = KINDS.iter().filter(|it| it.1 == kind).map(|it| it.0).collect();
    if served.is_empty() {
        return false;
    }
    let span = document.get("apiVersion").map_or(document.span, |it| it.span);
    let message = format!("{kind} is not served as `{api_version}`");
    let help = format!("write `{}`", served.join("` or `"));
    diags.push(Diagnostic::error(code::BAD_VALUE, span, message).help(help));
    true
}

/// Reads a document into its type, again without each value of a wrong type, until nothing is wrong.
fn read<T: DeserializeOwned>(document: &Node) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut rest = document.clone();
    while findings.len() < MOST_FINDINGS {
        let (unknown, wrong) = reader::read::<T>(&rest);
        let Some(wrong) = wrong else {
            findings.extend(unknown);
            break;
        };
        let span = wrong.span;
        findings.push(wrong);
        if !span.is_some() || !forget(&mut rest, span) {
            findings.extend(unknown);
            break;
        }
    }
    findings
}

/// Makes the value at a place a null.
fn forget(node: &mut Node, span: Span) -> bool {
    if node.span == span {
        let forgot = !node.is_null();
        node.kind = Kind::Null;
        return forgot;
    }
    match &mut node.kind {
        Kind::Map(entries) => entries.make_mut().iter_mut().any(|Entry { value, .. }| forget(value, span)),
        Kind::List(items) => items.make_mut().iter_mut().any(|it| forget(it, span)),
        Kind::Null | Kind::Scalar(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::kube::builtin::check;
    use crate::source::SourceMap;
    use crate::yaml::parse;

    /// Every finding in a document: the text it underlines and the message.
    fn findings(text: &str) -> Vec<(String, String)> {
        let mut files = SourceMap::default();
        let file = files.add("a.yaml", text).unwrap();
        let mut diags = Diagnostics::default();
        let node = parse(file, &files, &mut diags).unwrap();
        let word = |key: &str| node.get(key).unwrap().text().unwrap().to_string();
        assert!(check(&word("apiVersion"), &word("kind"), &node, &mut diags), "an unknown kind");
        let place = |span| files.range(span).map(|it| files.text(file)[it].to_owned()).unwrap_or_default();
        diags.sorted().iter().map(|it| (place(it.span), it.message.clone())).collect()
    }

    fn assert_finds(text: &str, wanted: &[(&str, &str)]) {
        let found = findings(text);
        let found: Vec<(&str, &str)> = found.iter().map(|(at, it)| (at.as_str(), it.as_str())).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn what_kubernetes_takes_is_not_reported() {
        let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, annotations: { x: \"1\" } }\nspec:\n  \
                    selector: { matchLabels: { app: a } }\n  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 25% } }\n  \
                    template:\n    metadata: { labels: { app: a } }\n    spec:\n      containers:\n      - name: a\n        \
                    image: a:1\n        resources: { limits: { cpu: 1, memory: 64Mi } }\n        \
                    livenessProbe: { httpGet: { port: http } }\n";
        assert_finds(text, &[]);
        assert_finds("apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: YQ== }\n", &[]);
    }

    #[test]
    fn a_misspelt_field_is_reported_at_its_key() {
        let text = "apiVersion: v1\nkind: Service\nmetadata: { nam: a }\nspec: { ports: [{ port: 80, targetPrt: 8080 }], slector: {} }\n";
        let wanted = [
            ("nam", "`ObjectMeta` has no key `nam`"),
            ("targetPrt", "`ServicePort` has no key `targetPrt`"),
            ("slector", "`ServiceSpec` has no key `slector`"),
        ];
        assert_finds(text, &wanted);
    }

    #[test]
    fn every_wrong_type_is_reported_at_its_value() {
        let text = "apiVersion: v1\nkind: Service\nmetadata: { name: 1, labels: { a: true } }\nspec: { ports: [{ port: \"80\" }], selector: [a] }\n";
        let wanted = [
            ("1", "`name` takes a text, found `1`"),
            ("true", "`a` takes a text, found `true`"),
            ("\"80\"", "`port` takes a whole number, found the text \"80\""),
            ("[a]", "`selector` takes a mapping, found a list"),
        ];
        assert_finds(text, &wanted);
    }

    #[test]
    fn what_the_official_types_let_pass_is_reported_too() {
        let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  template: { spec: { containers: [{ image: a, \
                    ports: [{ containerPort: 70000, protocol: HTTP }], imagePullPolicy: always }], restartPolicy: No } }\n";
        let wanted = [
            ("spec", "`DeploymentSpec` needs `selector`"),
            ("containers", "`Container` needs `name`"),
            ("70000", "`containerPort` is 70000, not between 1 and 65535"),
            ("HTTP", "`protocol` is none of TCP, UDP, SCTP: `HTTP`"),
            ("always", "`imagePullPolicy` is none of Always, IfNotPresent, Never: `always`"),
            ("No", "`restartPolicy` is none of Always, OnFailure, Never: `No`"),
        ];
        assert_finds(text, &wanted);
    }

    #[test]
    fn a_version_that_is_not_served_is_reported() {
        let text = "apiVersion: extensions/v1beta1\nkind: Deployment\n";
        assert_finds(text, &[("extensions/v1beta1", "Deployment is not served as `extensions/v1beta1`")]);
    }
}
