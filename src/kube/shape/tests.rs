//! Documents of Istio and the Gateway API, and what is found in them.

use crate::diag::Diagnostics;
use crate::kube::shape::{Reading, judge};
use crate::source::SourceMap;
use crate::yaml::parse;

/// Every finding in a document: the text it underlines and the message.
fn findings(text: &str, reading: Reading) -> Vec<(String, String)> {
    let mut files = SourceMap::default();
    let file = files.add("a.yaml", text).unwrap();
    let mut diags = Diagnostics::default();
    let node = parse(file, &files, &mut diags).unwrap();
    let word = |key: &str| node.get(key).unwrap().text().unwrap().to_string();
    assert!(judge(&word("apiVersion"), &word("kind"), &node, reading, &mut diags), "an unknown kind");
    let place = |span| files.range(span).map(|it| files.text(file)[it].to_owned()).unwrap_or_default();
    diags.sorted().iter().map(|it| (place(it.span), it.message.clone())).collect()
}

/// The findings in a document, as kubectl reads it.
pub fn assert_found(text: &str, wanted: &[(&str, &str)]) {
    let found = findings(text, Reading::Go);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, it)| (at.as_str(), it.as_str())).collect();
    assert_eq!(found, wanted, "{text}");
}

/// The findings in an object with a name, whose `spec` is given.
pub fn assert_finds(api_version: &str, kind: &str, spec: &str, wanted: &[(&str, &str)]) {
    assert_found(
        &format!("apiVersion: {api_version}\nkind: {kind}\nmetadata: {{ name: a }}\nspec: {spec}\n"),
        wanted,
    );
}

fn assert_istio(kind: &str, spec: &str, wanted: &[(&str, &str)]) {
    let group = match kind {
        "Telemetry" => "telemetry",
        "PeerAuthentication" | "AuthorizationPolicy" | "RequestAuthentication" => "security",
        _ => "networking",
    };
    assert_finds(&format!("{group}.istio.io/v1"), kind, spec, wanted);
}

fn assert_gateway(kind: &str, spec: &str, wanted: &[(&str, &str)]) {
    assert_finds("gateway.networking.k8s.io/v1", kind, spec, wanted);
}

#[test]
fn what_istio_takes_is_not_reported() {
    let route = "{ route: [{ destination: { host: a, port: { number: 80 } }, weight: 100 }], timeout: 1.5s }";
    assert_istio("VirtualService", &format!("{{ hosts: [a], http: [{route}] }}"), &[]);
    assert_istio("DestinationRule", "{ host: a, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }", &[]);
    assert_istio("Telemetry", "{ tracing: [{ randomSamplingPercentage: 0.1 }] }", &[]);
    assert_istio("Telemetry", "~", &[]);
}

#[test]
fn every_unknown_field_is_reported_at_its_key() {
    let spec = "{ hosts: [a], http: [{ timout: 1s, retries: { atempts: 3 } }], htp: [] }";
    let wanted = [
        ("timout", "`HTTPRoute` has no key `timout`"),
        ("atempts", "`HTTPRetry` has no key `atempts`"),
        ("htp", "`VirtualService` has no key `htp`"),
    ];
    assert_istio("VirtualService", spec, &wanted);
}

#[test]
fn a_value_must_have_the_type_of_its_field() {
    let spec = "{ hosts: a, http: [{ retries: { attempts: \"3\" }, match: [{ uri: /x }], name: true }] }";
    let wanted = [
        ("a", "`hosts` takes a list, found `a`"),
        ("\"3\"", "`attempts` takes a whole number, found the text \"3\""),
        ("/x", "`uri` takes a mapping (`StringMatch`), found `/x`"),
        ("true", "`name` takes a text, found `true`"),
    ];
    assert_istio("VirtualService", spec, &wanted);
}

#[test]
fn an_item_that_is_null_is_no_item() {
    assert_istio("VirtualService", "{ hosts: [~] }", &[("~", "`hosts` takes a text, found nothing")]);
}

#[test]
fn numbers_words_and_durations_have_their_limits() {
    let spec = "{ host: a, trafficPolicy: { loadBalancer: { simple: LEAST_REQ }, \
                outlierDetection: { interval: 5 m, consecutive5xxErrors: -1 }, retryBudget: { percent: 101 } } }";
    let words = "UNSPECIFIED, LEAST_CONN, RANDOM, PASSTHROUGH, ROUND_ROBIN, LEAST_REQUEST";
    let wanted = [
        ("LEAST_REQ", &*format!("`simple` is none of {words}: `LEAST_REQ`")),
        ("5 m", "`interval` takes a duration such as `1.5s`, found `5 m`"),
        ("-1", "`consecutive5xxErrors` is -1, not between 0 and 4294967295"),
        ("101", "`percent` is 101, which is more than 100"),
    ];
    assert_istio("DestinationRule", spec, &wanted);
}

#[test]
fn lists_and_texts_have_their_limits() {
    let long = "a".repeat(64);
    let spec = format!("{{ selector: {{ matchLabels: {{ a: {long}, b: \"c*\" }} }}, portLevelMtls: {{}} }}");
    let wanted = [
        (&*long, "`a` has 64 characters, more than 63"),
        ("\"c*\"", "`b` does not take `c*`"),
        ("portLevelMtls", "`portLevelMtls` must not be empty"),
    ];
    assert_istio("PeerAuthentication", &spec, &wanted);
}

#[test]
fn what_must_be_there_is_missed_and_what_excludes_each_other_is_not_both() {
    let spec = "{ subsets: [{ labels: { version: v1 } }], \
                trafficPolicy: { loadBalancer: { simple: RANDOM, consistentHash: { useSourceIp: true } } } }";
    let wanted = [
        ("spec", "`DestinationRule` needs `host`"),
        ("subsets", "`Subset` needs `name`"),
        ("consistentHash", "`consistentHash` and `simple` exclude each other"),
    ];
    assert_istio("DestinationRule", spec, &wanted);
    let text = "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: a }\n";
    assert_found(text, &[("ServiceEntry", "`ServiceEntry` needs `spec`")]);
}

#[test]
fn a_service_entry_holds_together() {
    let ports = "ports: [{ number: 80, name: a }, { number: 80, name: b }, { number: 81, name: a }]";
    let spec = format!("{{ hosts: [a], {ports} }}");
    let twice = [("a", "`ports` has `a` twice")];
    assert_istio("ServiceEntry", &spec, &twice);
    let spec = "{ hosts: [\"*\"], addresses: [10.0.0.0/8], resolution: DNS, ports: [{ number: 80, name: a }, { number: 80, name: b }] }";
    let wanted = [
        ("\"*\"", "a service entry for the host `*` would be one for every host"),
        ("10.0.0.0/8", "a range of addresses does not go with the resolution `DNS`"),
        ("80", "port 80 is there twice"),
    ];
    assert_istio("ServiceEntry", spec, &wanted);
    let spec = "{ hosts: [a], endpoints: [{ network: net }] }";
    let wanted = [("endpoints", "`endpoints` are set although the resolution is `NONE`")];
    assert_istio("ServiceEntry", spec, &wanted);
}

#[test]
fn a_workload_has_an_address() {
    assert_istio(
        "WorkloadEntry",
        "{ weight: 1 }",
        &[("spec", "`WorkloadEntry` needs one of `address`, `network`")],
    );
    let wanted = [
        ("unix://a/", "a Unix domain socket is an absolute path or abstract"),
        ("unix://a/", "a Unix domain socket is no folder"),
        ("ports", "a Unix domain socket has no ports"),
        ("a_b", "`a_b` is not a name that a port can have"),
    ];
    assert_istio("WorkloadEntry", "{ address: unix://a/, ports: { a_b: 80 } }", &wanted);
}

#[test]
fn policies_hold_together() {
    let wanted = [
        ("portLevelMtls", "`portLevelMtls` needs a selector"),
        ("http", "`http` is not the number of a port"),
    ];
    assert_istio("PeerAuthentication", "{ portLevelMtls: { http: { mode: STRICT } } }", &wanted);
    let spec = "{ rules: [{ from: [{ source: { serviceAccounts: [a], namespaces: [b] } }] }] }";
    let wanted = [("namespaces", "`namespaces` and `serviceAccounts` exclude each other")];
    assert_istio("AuthorizationPolicy", spec, &wanted);
    let spec = "{ targetRefs: [{ kind: Service, name: a, namespace: b }] }";
    let wanted = [("namespace", "a target in another namespace is not supported")];
    assert_istio("AuthorizationPolicy", spec, &wanted);
    let wanted = [("ftp://a", "`ftp://a` is not a URL of `http://`, `https://`")];
    assert_istio("RequestAuthentication", "{ jwtRules: [{ issuer: a, jwksUri: ftp://a }] }", &wanted);
    let spec = "{ metrics: [{ overrides: [{ tagOverrides: { a: { operation: REMOVE, value: b }, c: { operation: UPSERT } } }] }] }";
    let wanted = [
        ("value", "`value` is set although the operation is `REMOVE`"),
        ("operation", "the operation `UPSERT` needs `value`"),
    ];
    assert_istio("Telemetry", spec, &wanted);
}

#[test]
fn what_runs_in_the_proxy_holds_together() {
    let spec = "{ url: ftp://a, vmConfig: { env: [{ name: A, valueFrom: HOST, value: b }] } }";
    let wanted = [("value", "`value` is set although `valueFrom` is `HOST`")];
    assert_finds("extensions.istio.io/v1alpha1", "WasmPlugin", spec, &wanted);
    let wanted = [("ftp://a", "`ftp://a` is not a URL that a module can come from")];
    assert_finds("extensions.istio.io/v1alpha1", "WasmPlugin", "{ url: ftp://a }", &wanted);
    assert_finds("extensions.istio.io/v1alpha1", "WasmPlugin", "{ url: docker.io/a/b:1 }", &[]);
    let spec = "{ configPatches: [{ match: { context: WAYPOINT } }, { match: { waypoint: {} } }] }";
    let wanted = [
        ("context", "the context `WAYPOINT` needs `waypoint`"),
        ("waypoint", "`waypoint` matches only in the context `WAYPOINT`"),
    ];
    assert_finds("networking.istio.io/v1alpha3", "EnvoyFilter", spec, &wanted);
}

#[test]
fn a_version_that_is_not_served_is_reported() {
    let text = "apiVersion: security.istio.io/v1alpha1\nkind: PeerAuthentication\nmetadata: { name: a }\n";
    let message = "PeerAuthentication is not served as `security.istio.io/v1alpha1`";
    assert_found(text, &[("security.istio.io/v1alpha1", message)]);
    let text = "apiVersion: extensions/v1beta1\nkind: Deployment\n";
    assert_found(text, &[("extensions/v1beta1", "Deployment is not served as `extensions/v1beta1`")]);
}

#[test]
fn an_address_in_a_list_of_one_line_is_a_text() {
    let spec = "{ hosts: [a], addresses: [001:db8::, fd00::], ports: [] }";
    assert_istio("ServiceEntry", spec, &[]);
}

#[test]
fn a_gateway_holds_together() {
    let spec = "{ gatewayClassName: a, listeners: [{ name: a, port: 80, protocol: HTTP, tls: { certificateRefs: [{ name: a }] } }, \
                { name: b, port: 443, protocol: TLS }, { name: c, port: 80, protocol: HTTP }] }";
    let wanted = [
        ("{ certificateRefs: [{ name: a }] }", "the protocol `HTTP` has no `tls`"),
        ("TLS", "the protocol `TLS` needs `tls`"),
        ("80", "a listener of port 80 and this protocol and host is there already"),
    ];
    assert_gateway("Gateway", spec, &wanted);
    let listener = "{ name: a, port: 80, protocol: HTTP }";
    let wanted = [("a", "`listeners` has `a` twice")];
    let again = listener.replace("80", "81");
    assert_gateway(
        "Gateway",
        &format!("{{ gatewayClassName: a, listeners: [{listener}, {again}] }}"),
        &wanted,
    );
}

#[test]
fn a_route_holds_together() {
    let rule = |it: &str| format!("{{ rules: [{{ {it} }}] }}");
    let wanted = [("name", "`HTTPBackendRef` needs `port`")];
    assert_gateway("HTTPRoute", &rule("backendRefs: [{ name: a }]"), &wanted);
    let wanted = [("filters", "`HTTPRouteFilter` of type `URLRewrite` needs `urlRewrite`")];
    assert_gateway("HTTPRoute", &rule("filters: [{ type: URLRewrite }]"), &wanted);
    let spec = rule("filters: [{ type: CORS, cors: {}, urlRewrite: {} }]");
    assert_gateway(
        "HTTPRoute",
        &spec,
        &[("urlRewrite", "`urlRewrite` is for type `URLRewrite`, not `CORS`")],
    );
    let spec = rule("matches: [{ path: { value: /a//b } }]");
    assert_gateway("HTTPRoute", &spec, &[("/a//b", "`/a//b` has a `//`, which no normalized path has")]);
    let spec = rule("timeouts: { request: 1s, backendRequest: 2s }");
    assert_gateway(
        "HTTPRoute",
        &spec,
        &[("backendRequest", "one try may take longer than the whole request")],
    );
    let spec = "{ parentRefs: [{ name: a }, { name: a, sectionName: b }] }";
    assert_gateway("HTTPRoute", spec, &[("{ name: a, sectionName: b }", "`a` is a parent twice")]);
}

#[test]
fn scalars_stand_for_what_their_reader_takes_them_for() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nimmutable: yes\ndata: { a: on }\n";
    let wanted = [("yes", "`immutable` takes `true` or `false`, found `yes`")];
    let core = findings(text, Reading::Core);
    assert_eq!(core, wanted.map(|(at, it)| (at.to_owned(), it.to_owned())));
    assert_found(text, &[("on", "`a` takes a text, found `on`")]);
}
