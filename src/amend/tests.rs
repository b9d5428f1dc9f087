//! What raw manifests and patches do to the mesh of a small profile, and what wrong ones are told.

use crate::amend::judge::judge;
use crate::amend::{amend, title};
use crate::builtin::{PROFILES, find, is_scenario};
use crate::check::check;
use crate::diag::Diagnostics;
use crate::lower::lower;
use crate::mesh::Mesh;
use crate::resolve::{Library, Loaded, Resolver, Wish};
use crate::source::{FileId, SourceMap};
use crate::yaml::print;
use crate::yaml::to_node;

/// The profiles that are part of the program.
struct Shipped;

impl Library for Shipped {
    fn load(&mut self, name: &str, _: FileId, files: &mut SourceMap) -> Loaded {
        find(name).and_then(|it| files.add(name, it.text)).map_or(Loaded::Unknown, Loaded::Found)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The amended mesh of a profile, or every finding: what it underlines, its message and its help.
fn amended(profile: &str) -> Result<Mesh, Vec<String>> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("test.yaml", profile).unwrap();
    let wish = Wish::default();
    let read = Resolver::default().profile(file, &wish, &mut Shipped, &mut files, &mut diags);
    let scenario = read.and_then(|it| check("test".into(), it, &mut diags));
    let scenario = scenario.unwrap_or_else(|_| panic!("{diags:#?}"));
    amend(lower(&scenario), &scenario, &mut diags).map_err(|_| {
        let told = |it: &crate::diag::Diagnostic| {
            let at = files.range(it.span).map(|range| &files.text(file)[range]).unwrap_or_default();
            let help = it.help.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
            format!("{at}: {}{help}", it.message)
        };
        diags.sorted().into_iter().map(told).collect()
    })
}

const HELLO: &str = "
namespace: demo
services:
  hello: { ports: { http: { number: 80 } }, versions: { v1: { image: \"hello:1\" } } }
";

fn with(more: &str) -> Result<Mesh, Vec<String>> {
    amended(&format!("{HELLO}{more}"))
}

/// The object of a kind and a name, as YAML.
fn object(mesh: &Mesh, kind: &str, name: &str) -> String {
    let found =
        mesh.manifests().iter().find(|it| it.resource.kind() == kind && it.resource.name().as_str() == name);
    found.map(print).unwrap_or_default()
}

fn assert_told(more: &str, wanted: &[&str]) {
    assert_eq!(with(more).err().unwrap_or_default(), wanted, "{more}");
}

#[test]
fn everything_that_the_shipped_profiles_emit_has_its_shape() {
    for profile in PROFILES.iter().filter(|it| is_scenario(it.name)) {
        let mesh = amended(profile.text).unwrap();
        for manifest in mesh.manifests() {
            let mut diags = Diagnostics::default();
            let document = to_node(manifest);
            assert_eq!(print(&document), print(manifest));
            judge(manifest.api_version(), manifest.resource.kind(), &document, &mut diags);
            assert_eq!(diags.errors(), 0, "{} {}: {diags:#?}", profile.name, title(manifest));
        }
    }
}

#[test]
fn a_raw_manifest_gets_the_namespace_and_loses_its_nulls() {
    let mesh = with(
        "raw:\n  settings:\n    kind: ConfigMap\n    metadata: { name: settings, labels: null }\n    \
                     apiVersion: v1\n    data: { a: \"on\", b: null }\n",
    );
    let wanted = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: demo\ndata:\n  a: \"on\"\n";
    assert_eq!(object(&mesh.unwrap(), "ConfigMap", "settings"), wanted);
}

#[test]
fn sync_waves_are_written_unless_the_manifest_says_its_own() {
    let own = "annotations: { argocd.argoproj.io/sync-wave: \"7\" }";
    let mesh = with(&format!(
        "delivery: {{ syncWaves: true }}\nraw:\n  a: {{ apiVersion: v1, kind: Secret, metadata: {{ name: a }} }}\n  \
         b: {{ apiVersion: v1, kind: Secret, metadata: {{ name: b, {own} }} }}\n"
    ));
    let mesh = mesh.unwrap();
    assert!(object(&mesh, "Secret", "a").contains("argocd.argoproj.io/sync-wave: \"-2\"\n"));
    assert!(object(&mesh, "Secret", "b").contains("argocd.argoproj.io/sync-wave: \"7\"\n"));
    assert_eq!(mesh.manifests().last().map(|it| it.wave), Some(7));
}

#[test]
fn kinds_of_the_cluster_get_no_namespace_and_unknown_ones_are_left_alone() {
    let mesh = with(
        "raw:\n  a: { apiVersion: example.org/v1, kind: Thing, metadata: { name: a }, spec: { x: 1 } }\n  \
                     b: { apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: b }, value: 1 }\n",
    );
    let mesh = mesh.unwrap();
    assert!(!object(&mesh, "Thing", "a").contains("namespace"));
    assert!(!object(&mesh, "PriorityClass", "b").contains("namespace"));
}

#[test]
fn a_raw_manifest_is_checked_like_everything_else() {
    assert_told(
        "raw:\n  a: { apiVersion: v1, kind: Service, metadata: { name: A_b }, spec: { ports: [{ targetPrt: 1 }] } }\n",
        &[
            "A_b: `A_b` is not a name that Kubernetes takes (use lower-case letters, digits and `-`, a letter or digit at both ends)",
            "ports: `ServicePort` needs `port`",
            "targetPrt: `ServicePort` has no key `targetPrt` (did you mean `targetPort`?)",
        ],
    );
    assert_told(
        "raw:\n  a: { apiVersion: v1, kind: ConfigMap, metadata: { name: a, labels: { x: on } } }\n",
        &[
            "on: `on` means different things to YAML 1.1 and YAML 1.2 readers (write `true`, or `\"on\"` for the text)",
        ],
    );
}

#[test]
fn two_parts_of_a_profile_do_not_come_to_one_object() {
    let twice = "
namespace: demo
services:
  default: { mtls: permissive, ports: { http: { number: 80 } }, versions: { v1: { image: \"shop:1\" } } }
";
    let told = amended(twice).err().unwrap_or_default().join("\n");
    assert!(told.contains("two objects `PeerAuthentication default`"), "{told}");
}

#[test]
fn an_object_stands_once() {
    assert_told(
        "raw:\n  a: { apiVersion: v1, kind: Service, metadata: { name: hello }, spec: { clusterIP: None } }\n",
        &["hello: `Service hello` is already made from the profile (use a patch to change it)"],
    );
    assert_told(
        "raw:\n  a: { apiVersion: v1, kind: Secret, metadata: { name: s } }\n  \
         b: { apiVersion: v1, kind: Secret, metadata: { name: s, namespace: demo } }\n",
        &["s: `Secret s` stands twice under `raw` (take one of them away)"],
    );
}

#[test]
fn a_patch_changes_only_what_it_says() {
    let plain = object(&with("").unwrap(), "Service", "hello");
    let mesh = with(
        "patches:\n  a:\n    target: { kind: Service, name: hello }\n    merge:\n      metadata: { annotations: { a: b } }\n      \
                     spec: { selector: { app: null }, ports: [{ name: http, nodePort: 30080 }], type: NodePort }\n    \
                     json: [{ op: add, path: /spec/sessionAffinity, value: ClientIP }]\n",
    );
    let patched = object(&mesh.unwrap(), "Service", "hello");
    let lines: Vec<&str> = patched.lines().filter(|it| !plain.contains(it)).collect();
    let wanted = [
        "  annotations:",
        "    a: b",
        "  type: NodePort",
        "  selector: {}",
        "    nodePort: 30080",
        "  sessionAffinity: ClientIP",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn patches_apply_in_order_to_raw_manifests_too() {
    let mesh = with(
        "raw:\n  a: { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { x: a } }\npatches:\n  \
                     a: { target: { kind: ConfigMap }, json: [{ op: test, path: /data/x, value: a }, { op: replace, path: /data/x, value: b }] }\n  \
                     b: { target: { kind: ConfigMap }, merge: { data: { z: c } }, json: [{ op: test, path: /data/x, value: b }] }\n",
    );
    assert!(object(&mesh.unwrap(), "ConfigMap", "a").ends_with("data:\n  x: b\n  z: c\n"));
}

#[test]
fn a_patch_that_hits_nothing_says_what_there_is() {
    let told =
        |target: &str| with(&format!("patches: {{ a: {{ target: {target}, merge: {{}} }} }}")).unwrap_err();
    let kind = told("{ kind: Servce }");
    assert_eq!(kind, ["Servce: there is no Servce to patch (did you mean `Service`?)"]);
    let name = told("{ kind: Service, name: helo }");
    assert_eq!(name, ["helo: there is no Service named `helo` to patch (did you mean `hello`?)"]);
    let namespace = told("{ kind: Service, namespace: dmo }");
    assert_eq!(namespace, ["dmo: there is no Service in namespace `dmo` (did you mean `demo`?)"]);
}

#[test]
fn what_a_patch_makes_is_checked_and_an_object_stays_itself() {
    let patch =
        |change: &str| format!("patches: {{ a: {{ target: {{ kind: VirtualService }}, {change} }} }}");
    assert_told(
        &patch("merge: { spec: { htp: [] } }"),
        &["htp: `VirtualService` has no key `htp` (did you mean `http`?)"],
    );
    assert_told(
        &patch("json: [{ op: remove, path: /spec/http/0/route/0/destination/host }]"),
        &["a: `Destination` needs `host` in VirtualService hello"],
    );
    assert_told(
        &patch("merge: { metadata: { name: other } }"),
        &[
            "other: a patch cannot change `metadata.name` of VirtualService demo/hello (that would be another object: write it under `raw`)",
        ],
    );
    assert_told(
        &patch("json: [{ op: remove, path: /spec/htp }]"),
        &[
            "/spec/htp: `/spec/htp` is not there in VirtualService demo/hello (did you mean `http` in place of `htp`?)",
        ],
    );
}
