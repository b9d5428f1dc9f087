//! Documents of Kubernetes itself, and what is found in them.

use crate::diag::{Diagnostics, Severity};
use crate::kube::shape::tests::{assert_finds, assert_found};
use crate::kube::shape::{Reading, judge};
use crate::source::SourceMap;
use crate::yaml::parse;

#[test]
fn metadata_has_the_form_that_the_api_server_wants() {
    let text = |metadata: &str| format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {metadata}\n");
    let live = "{ name: a, uid: b, resourceVersion: \"1\", generation: 1, creationTimestamp: \"2026-01-01T00:00:00Z\", \
                managedFields: [{ manager: a }], selfLink: /a, finalizers: [a/b], deletionGracePeriodSeconds: 1, \
                ownerReferences: [{ apiVersion: v1, kind: Pod, name: a, uid: b }] }";
    assert_found(&text(live), &[]);
    assert_found(&text("{ generateName: a- }"), &[]);
    assert_found(&text("{}"), &[("metadata", "`ObjectMeta` needs `name`")]);
    let wanted = [
        ("A", "`A` is not a name that Kubernetes takes"),
        ("b.c", "`b.c` is not a name that a namespace can have"),
        ("d e", "`d e` is not a key that `labels` can have"),
        ("-f", "`g` does not take `-f`"),
        ("g/h/i", "`g/h/i` is not a key that `annotations` can have"),
    ];
    let metadata = "{ name: A, namespace: b.c, labels: { d e: f, g: -f }, annotations: { g/h/i: j } }";
    assert_found(&text(metadata), &wanted);
}

#[test]
fn what_kubernetes_takes_is_not_reported() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, annotations: { x: \"1\" } }\nspec:\n  \
                selector: { matchLabels: { app: a } }\n  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 25% } }\n  \
                template:\n    metadata: { labels: { app: a } }\n    spec:\n      containers:\n      - name: a\n        \
                image: a:1\n        resources: { limits: { cpu: 1, memory: 64Mi } }\n        \
                livenessProbe: { httpGet: { port: http } }\n";
    assert_found(text, &[]);
    assert_found("apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { a: YQ== }\n", &[]);
}

#[test]
fn a_misspelt_field_of_kubernetes_is_reported_at_its_key() {
    let text = "apiVersion: v1\nkind: Service\nmetadata: { nam: a }\nspec: { ports: [{ port: 80, targetPrt: 8080 }], slector: {} }\n";
    let wanted = [
        ("nam", "`ObjectMeta` has no key `nam`"),
        ("targetPrt", "`ServicePort` has no key `targetPrt`"),
        ("slector", "`ServiceSpec` has no key `slector`"),
    ];
    assert_found(text, &wanted);
}

#[test]
fn every_wrong_type_of_kubernetes_is_reported_at_its_value() {
    let text = "apiVersion: v1\nkind: Service\nmetadata: { name: 1, labels: { a: true } }\nspec: { ports: [{ port: \"80\" }], selector: [a] }\n";
    let wanted = [
        ("1", "`name` takes a text, found `1`"),
        ("true", "`a` takes a text, found `true`"),
        ("\"80\"", "`port` takes a whole number, found the text \"80\""),
        ("[a]", "`selector` takes a mapping, found a list"),
    ];
    assert_found(text, &wanted);
}

#[test]
fn a_workload_holds_together() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  selector: { matchLabels: { app: a } }\n  \
                template:\n    metadata: { labels: { app: b } }\n    spec:\n      restartPolicy: Never\n      \
                containers: [{ name: c, image: d, volumeMounts: [{ name: v, mountPath: /v }], resources: { requests: { cpu: 2 }, limits: { cpu: 1500m } } }]\n";
    let wanted = [("2", "the request of `cpu` is 2, above the limit of 1500m")];
    assert_found(text, &wanted);
    let wanted = [
        ("app", "the selector wants `app: a`, which the template does not have"),
        ("Never", "pods of this kind are always restarted, not `Never`"),
        ("v", "the pod has no volume `v`"),
    ];
    assert_found(&text.replace("cpu: 2 }", "cpu: 1 }"), &wanted);
}

#[test]
fn what_runs_to_its_end_holds_together() {
    let spec = "{ schedule: \"5 * * *\", jobTemplate: { spec: { completionMode: Indexed, template: { spec: { containers: [{ name: c, image: d }] } } } } }";
    let wanted = [
        ("\"5 * * *\"", "`schedule` does not take `5 * * *`"),
        ("completionMode", "the completion mode `Indexed` needs `completions`"),
        ("template", "pods of a Job need `restartPolicy`"),
    ];
    assert_finds("batch/v1", "CronJob", spec, &wanted);
}

#[test]
fn a_service_holds_together() {
    let spec = "{ type: ClusterIPP, ports: [{ port: 80 }] }";
    let wanted =
        [("ClusterIPP", "`type` is none of ClusterIP, ExternalName, LoadBalancer, NodePort: `ClusterIPP`")];
    assert_finds("v1", "Service", spec, &wanted);
    let spec =
        "{ ports: [{ port: 80, name: a, nodePort: 30000 }, { port: 80 }], externalTrafficPolicy: Local }";
    let wanted = [
        ("30000", "a Service of the type `ClusterIP` has no ports of nodes"),
        ("{ port: 80 }", "one port of several needs `name`"),
        ("80", "port 80 of TCP is there twice"),
        ("externalTrafficPolicy", "a Service of the type `ClusterIP` has no traffic from outside"),
    ];
    assert_finds("v1", "Service", spec, &wanted);
    assert_finds("v1", "Service", "{ clusterIP: None }", &[]);
}

#[test]
fn roles_and_what_leads_to_pods_hold_together() {
    let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: \"a:b\" }\n\
                roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: r }\nsubjects: [{ kind: ServiceAccount, name: s }]\n";
    let wanted = [
        ("Role", "a ClusterRoleBinding binds no `Role`"),
        ("{ kind: ServiceAccount, name: s }", "a subject of the kind `ServiceAccount` needs `namespace`"),
    ];
    assert_found(text, &wanted);
    let spec = "{ rules: [{ http: { paths: [{ path: a, pathType: Prefix, backend: { service: { name: s, port: { number: 80 } } } }] } }] }";
    let wanted = [("a", "`a` does not begin with `/`")];
    assert_finds("networking.k8s.io/v1", "Ingress", spec, &wanted);
    let spec = "{ podSelector: {}, ingress: [{ ports: [{ port: http, endPort: 90 }] }] }";
    let wanted = [("90", "`endPort` needs the number of a `port` where the range begins")];
    assert_finds("networking.k8s.io/v1", "NetworkPolicy", spec, &wanted);
}

#[test]
fn configuration_has_the_keys_that_its_type_wants() {
    let text = "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ntype: kubernetes.io/tls\ndata: { tls.crt: YQ== }\n";
    assert_found(text, &[("type", "a Secret of this type needs `tls.key`")]);
    let text =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a b: c }\nbinaryData: { d: e }\n";
    let wanted = [("a b", "`a b` is not a key that `data` can have"), ("e", "`d` does not take `e`")];
    assert_found(text, &wanted);
}

#[test]
fn a_part_of_an_object_lacks_what_the_whole_has() {
    let severities = |text: &str| -> Vec<Severity> {
        let mut files = SourceMap::default();
        let file = files.add("a.yaml", text).unwrap();
        let mut diags = Diagnostics::default();
        let node = parse(file, &files, &mut diags).unwrap();
        judge("apps/v1", "Deployment", &node, Reading::Go, &mut diags);
        diags.sorted().iter().map(|it| it.severity).collect()
    };
    let head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: ";
    let part = format!("{head}{{ template: {{ spec: {{ containers: [{{ name: a }}] }} }} }}\n");
    assert_eq!(severities(&part), [Severity::Warning, Severity::Warning]);
    let whole = format!("{head}{{ template: {{ spec: {{ containers: [{{ name: a, image: b }}] }} }} }}\n");
    assert_eq!(severities(&whole), [Severity::Error]);
}
