//! Pictures: whole, well formed, the same every time, and unbroken by any name.

use std::path::Path;

use meshgen::diag::Diagnostics;
use meshgen::graph::{self, Access, Graph, Relation, Role, Security, Seen, Settings};
use meshgen::mesh::Mesh;
use meshgen::source::SourceMap;
use meshgen::yaml::parse_all;
use proptest::prelude::{Strategy, proptest};
use serde_json::{Value, json};

/// The graph of manifests.
fn drawn(manifests: &[Value]) -> Graph {
    let text: Vec<String> = manifests.iter().map(Value::to_string).collect();
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("all.yaml", text.join("\n---\n")).unwrap();
    let documents = parse_all(file, &files, &mut diags).unwrap();
    let mesh = Mesh::read(documents, &mut diags);
    assert_eq!(diags.errors(), 0);
    graph::graph(&mesh, &Settings::titled("test"))
}

fn service(name: &str) -> Value {
    json!({ "apiVersion": "v1", "kind": "Service", "metadata": { "name": name, "namespace": "shop" },
            "spec": { "selector": { "app": name }, "ports": [{ "name": "http", "port": 80 }] } })
}

fn deployment(name: &str, labels: &Value) -> Value {
    json!({ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": name, "namespace": "shop" },
            "spec": { "template": { "metadata": { "labels": labels },
                                    "spec": { "serviceAccountName": name, "containers": [{ "image": "a:1" }] } } } })
}

fn policy(name: &str, spec: &Value) -> Value {
    json!({ "apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy",
            "metadata": { "name": name, "namespace": "shop" }, "spec": spec })
}

/// `from -> to access` of each call.
fn calls(graph: &Graph) -> Vec<String> {
    let calls = graph.edges.iter().filter(|it| it.relation == Relation::Calls);
    let word = |access| match access {
        Some(Access::Declared) => "declared",
        Some(Access::Open) => "open",
        Some(Access::Denied) => "denied",
        None => "unknown",
    };
    let line = |it: &graph::Edge| {
        let (from, to) = (&graph.vertices[it.from].name, &graph.vertices[it.to].name);
        format!("{from} -> {to} {}", word(it.access))
    };
    calls.map(line).collect()
}

fn shop() -> Vec<Value> {
    vec![
        service("cart"),
        service("pay"),
        deployment("cart-v1", &json!({ "app": "cart", "version": "v1" })),
        deployment("cart-v2", &json!({ "app": "cart", "version": "v2" })),
        deployment("pay-v1", &json!({ "app": "pay", "version": "v1" })),
        deployment("web", &json!({ "app": "web" })),
    ]
}

#[test]
fn without_policies_a_client_may_call_every_service_and_each_service_has_its_versions() {
    let graph = drawn(&shop());
    assert_eq!(calls(&graph), ["web -> cart open", "web -> pay open"]);
    let routes = graph.edges.iter().filter(|it| it.relation == Relation::Routes).count();
    assert_eq!(routes, 3);
}

#[test]
fn a_policy_lets_in_whom_it_names_and_keeps_out_the_others() {
    let mut manifests = shop();
    let principal = |it: &str| format!("cluster.local/ns/shop/sa/{it}");
    manifests.push(policy("nothing", &json!({})));
    manifests.push(policy(
        "pay",
        &json!({ "selector": { "matchLabels": { "app": "pay" } },
                 "rules": [{ "from": [{ "source": { "principals": [principal("cart-v1"), "cluster.local/ns/batch/sa/job"] } }] }] }),
    ));
    let expected =
        ["web -> cart denied", "web -> pay denied", "job -> pay declared", "cart-v1 -> pay declared"];
    assert_eq!(calls(&drawn(&manifests)), expected);
    // Who cannot prove its name is nobody that a policy names.
    let mode = |mode: &str| {
        json!({ "apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication",
                "metadata": { "name": "default", "namespace": "shop" }, "spec": { "mtls": { "mode": mode } } })
    };
    manifests.push(mode("DISABLE"));
    assert!(calls(&drawn(&manifests)).contains(&"cart-v1 -> pay denied".to_owned()));
    manifests.pop();
    manifests[2]["spec"]["template"]["metadata"]["annotations"] =
        json!({ "sidecar.istio.io/inject": "false" });
    assert!(calls(&drawn(&manifests)).contains(&"cart-v1 -> pay denied".to_owned()));
}

#[test]
fn a_deny_for_some_paths_ends_no_call_and_one_for_all_does() {
    let deny = |to: &Value| {
        let mut manifests = shop();
        let mut rule = json!({ "from": [{ "source": { "principals": ["*/sa/web"] } }] });
        if !to.is_null() {
            rule["to"] = to.clone();
        }
        manifests.push(policy("deny", &json!({ "action": "DENY", "rules": [rule] })));
        calls(&drawn(&manifests))
    };
    let admin = json!([{ "operation": { "paths": ["/admin*"] } }]);
    assert_eq!(deny(&admin), ["web -> cart open", "web -> pay open"]);
    assert_eq!(deny(&Value::Null), ["web -> cart denied", "web -> pay denied"]);
}

#[test]
fn of_the_rules_about_mutual_tls_the_nearest_counts() {
    let peer = |namespace: &str, name: &str, spec: Value| {
        json!({ "apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication",
                "metadata": { "name": name, "namespace": namespace }, "spec": spec })
    };
    let mode = |mode: &str| json!({ "mtls": { "mode": mode } });
    let own = |mut spec: Value, app: &str| {
        spec["selector"] = json!({ "matchLabels": { "app": app } });
        spec
    };
    let mut all = shop();
    let mut found = |more: Value| {
        all.push(more);
        let graph = drawn(&all);
        let to =
            |it: &&graph::Edge| graph.vertices[it.from].name == "web" && graph.vertices[it.to].name == "cart";
        graph.edges.iter().find(to).unwrap().security
    };
    assert_eq!(found(peer("elsewhere", "default", mode("STRICT"))), Some(Security::Permissive));
    assert_eq!(found(peer("istio-system", "default", mode("STRICT"))), Some(Security::Strict));
    assert_eq!(found(peer("shop", "default", mode("PERMISSIVE"))), Some(Security::Permissive));
    assert_eq!(found(peer("shop", "a-pay", own(mode("DISABLE"), "pay"))), Some(Security::Permissive));
    assert_eq!(found(peer("shop", "b-cart", own(mode("STRICT"), "cart"))), Some(Security::Strict));
    let port = json!({ "mtls": { "mode": "STRICT" }, "portLevelMtls": { "80": { "mode": "DISABLE" } } });
    assert_eq!(
        found(peer("shop", "a-cart", own(port, "cart"))),
        Some(Security::Disabled),
        "the first by name"
    );
}

#[test]
fn what_nobody_declared_keeps_its_own_name_and_namespace() {
    let series = |from: &str, namespace: &str, to: &str| {
        json!({ "metric": { "source_workload": from, "source_workload_namespace": "else",
                            "destination_service_name": to, "destination_service_namespace": namespace },
                "value": [0, "1"] })
    };
    let answer = json!({ "status": "success", "data": { "resultType": "vector", "result": [
        series("one", "shop", "cart"), series("two", "shop", "cart"), series("one", "a", "odd"),
        series("one", "b", "odd"), series("one", "b", "odd"),
    ] } });
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = files.add("answer.json", answer.to_string()).unwrap();
    let observed = graph::read_observed(file, &files, &mut diags).unwrap();
    let mut graph = drawn(&shop());
    graph::observe(&mut graph, &observed, &mut diags);
    let undeclared = graph.edges.iter().filter(|it| it.observed == Some(Seen::Undeclared));
    let full = |it: usize| format!("{}/{}", graph.vertices[it].namespace, graph.vertices[it].name);
    let mut found: Vec<String> =
        undeclared.map(|it| format!("{} -> {}", full(it.from), full(it.to))).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        ["else/one -> a/odd", "else/one -> b/odd", "else/one -> shop/cart", "else/two -> shop/cart"]
    );
}

#[test]
fn the_order_of_documents_does_not_show() {
    let (one, mut manifests) = (drawn(&shop()), shop());
    manifests.reverse();
    assert_eq!(graph::json(&one), graph::json(&drawn(&manifests)));
    assert_eq!(graph::svg(&one), graph::svg(&drawn(&manifests)));
}

#[test]
fn services_that_call_each_other_in_a_circle_are_drawn() {
    let mut manifests = shop();
    for (name, from) in [("cart", "pay-v1"), ("pay", "cart-v1")] {
        let principal = format!("cluster.local/ns/shop/sa/{from}");
        manifests.push(policy(
            name,
            &json!({ "selector": { "matchLabels": { "app": name } },
                     "rules": [{ "from": [{ "source": { "principals": [principal] } }] }] }),
        ));
    }
    let graph = drawn(&manifests);
    well_formed(&graph);
    assert_eq!(graph::ascii(&graph).matches("pay-v1").count(), 1);
}

#[test]
fn many_services_make_a_list_and_still_a_picture() {
    let many = (0..60).flat_map(|it| {
        let name = format!("s{it}");
        [service(&name), deployment(&name, &json!({ "app": name }))]
    });
    let mut manifests: Vec<Value> = many.collect();
    manifests.push(deployment("web", &json!({ "app": "web" })));
    let graph = drawn(&manifests);
    assert!(graph::ascii(&graph).contains("service s59"));
    assert_eq!(graph.notes, ["60 calls that no policy forbids are not drawn"]);
    well_formed(&graph);
}

#[test]
fn every_shipped_scenario_has_a_picture() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for name in
        meshgen::builtin::PROFILES.iter().map(|it| it.name).filter(|it| meshgen::builtin::is_scenario(it))
    {
        let (code, text) = crate::cli::shell(&format!("meshgen graph --profile {name} -o svg"), folder);
        assert_eq!(code, 0, "{name}: {text}");
        roxmltree::Document::parse(&text).unwrap();
    }
}

/// The SVG is XML whose boxes do not overlap, and nothing in it is fetched or run.
fn well_formed(graph: &Graph) {
    let text = graph::svg(graph);
    let page = roxmltree::Document::parse(&text).unwrap();
    let number = |it: roxmltree::Node<'_, '_>, name| it.attribute(name).unwrap().parse::<i32>().unwrap();
    let boxes = page.descendants().filter(|it| it.attribute("class") == Some("box"));
    let boxes: Vec<[i32; 4]> =
        boxes.map(|it| ["x", "y", "width", "height"].map(|name| number(it, name))).collect();
    assert_eq!(boxes.len(), graph.vertices.len());
    for (place, a) in boxes.iter().enumerate() {
        for b in &boxes[..place] {
            let apart =
                a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1];
            assert!(apart, "{a:?} {b:?}");
        }
    }
    for node in page.descendants() {
        assert!(!["script", "image", "foreignObject", "a"].contains(&node.tag_name().name()));
        assert!(node.attributes().all(|it| it.name() != "href" || it.value().starts_with('#')));
        assert!(node.attributes().all(|it| !it.name().starts_with("on")));
    }
}

/// Names of the kind that break out of quotes, tags, math and directives.
fn nasty() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "\"", "'", "`", "{", "}", "$", "$$", "<", "</text>", "&", "\\", "\n", "%%{", ";", "|", "]", "end",
        "x", " ",
    ];
    proptest::collection::vec(proptest::sample::select(PARTS), 1..8)
        .prop_map(|it| format!("n{}", it.concat()))
}

/// What is left of a line when its quoted texts are taken out; `None` if a quote does not end.
fn without_quotes(line: &str, escape: Option<char>) -> Option<String> {
    let (mut out, mut quoted, mut chars) = (String::new(), false, line.chars());
    while let Some(it) = chars.next() {
        match it {
            '"' => quoted = !quoted,
            _ if quoted && Some(it) == escape => drop(chars.next()?),
            _ if !quoted => out.push(it),
            _ => {}
        }
    }
    (!quoted).then_some(out)
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_name_breaks_a_picture(one in nasty(), two in nasty(), image in nasty(), path in nasty()) {
        let mut manifests = vec![service(&one), deployment(&two, &json!({ "app": one })), deployment("web", &json!({}))];
        manifests[1]["spec"]["template"]["spec"]["containers"][0]["image"] = json!(image);
        manifests.push(policy("p", &json!({ "rules": [{ "to": [{ "operation": { "paths": [path] } }] }] })));
        let mut graph = drawn(&manifests);
        graph.title = format!("{two}{one}");
        well_formed(&graph);
        let read: Value = serde_json::from_str(&graph::json(&graph)).unwrap();
        let service = graph.vertices.iter().position(|it| it.role == Role::Service).unwrap();
        assert_eq!(read["nodes"][service]["name"], json!(one));
        // With all names gone, nothing but our own words is left.
        let ours = |it: char| it.is_ascii_alphanumeric() || " ->.|[](){}/:,=#;_".contains(it);
        for line in graph::dot(&graph).lines() {
            assert!(without_quotes(line, Some('\\')).unwrap().chars().all(ours), "{line}");
        }
        for line in graph::mermaid(&graph).lines() {
            let rest = without_quotes(line, None).unwrap();
            assert!(rest.chars().all(ours), "{line}");
            assert!(!line.contains("%%") && !line.contains("$$") && !line.contains('`'), "{line}");
        }
    }
}
