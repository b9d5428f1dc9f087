//! Small CRDs and the documents that they judge.

use crate::crds::Crds;
use crate::diag::Diagnostics;
use crate::source::SourceMap;
use crate::yaml::{Node, parse_all};

/// A CRD of the kind `Thing` whose `spec` has the schema.
fn crd(spec: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: a.example\n  \
         scope: Namespaced\n  names: {{ kind: Thing }}\n  versions:\n  - {{ name: v1, served: true, schema: {{ \
         openAPIV3Schema: {{ type: object, properties: {{ spec: {spec} }} }} }} }}\n  - {{ name: v0, served: \
         false, schema: {{ openAPIV3Schema: {{ type: object }} }} }}\n"
    )
}

fn thing(spec: &str) -> String {
    format!("apiVersion: a.example/v1\nkind: Thing\nmetadata: {{ name: x }}\nspec: {spec}\n")
}

/// The text at every finding, and its words.
fn findings(crds: &str, document: &str) -> Vec<(String, String)> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let mut read = |name: &str, text: &str| -> Vec<Node> {
        let file = files.add(name, text).unwrap();
        parse_all(file, &files, &mut diags).unwrap()
    };
    let (crds, documents) = (read("crds.yaml", crds), read("thing.yaml", document));
    let crds = Crds::read(&crds, &mut diags);
    for document in &documents {
        let text = |key: &str| document.get(key).and_then(Node::text).unwrap().clone();
        crds.judge(&text("apiVersion"), &text("kind"), document, &mut diags);
    }
    let place = |span| files.range(span).map_or("", |it| &files.text(files.file_of(span).unwrap())[it]);
    diags.sorted().into_iter().map(|it| (place(it.span).to_owned(), it.message.clone())).collect()
}

fn assert_finds(schema: &str, spec: &str, wanted: &[(&str, &str)]) {
    let found = findings(&crd(schema), &thing(spec));
    let found: Vec<(&str, &str)> = found.iter().map(|(at, it)| (at.as_str(), it.as_str())).collect();
    assert_eq!(found, wanted, "{schema}: {spec}");
}

#[test]
fn a_misspelt_key_is_told_once_and_not_missed_as_well() {
    let schema = "{ type: object, required: [host, port], properties: { host: { type: string }, port: { type: integer } } }";
    assert_finds(schema, "{ host: a, port: 80 }", &[]);
    assert_finds(schema, "{ hots: a, port: 80 }", &[("hots", "`spec` has no key `hots`")]);
    assert_finds(schema, "{ host: a }", &[("spec", "`spec` needs `port`")]);
    assert_finds(
        schema,
        "{ host: a, port: \"80\" }",
        &[("\"80\"", "`spec.port` takes a whole number, found the text \"80\"")],
    );
}

#[test]
fn what_may_have_any_fields_is_not_closed() {
    let schema = "{ type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: { type: object, \
                  properties: { b: { type: string } } } } }";
    assert_finds(schema, "{ any: 1, a: { b: x } }", &[]);
    assert_finds(schema, "{ any: 1, a: { c: x } }", &[("c", "`spec.a` has no key `c`")]);
}

#[test]
fn defaults_are_filled_in_and_nulls_taken_away_before_anything_is_asked() {
    let schema = "{ type: object, required: [port], properties: { port: { type: integer, default: 80 }, name: { type: \
                  string } }, x-kubernetes-validations: [{ rule: self.port == 80 && !has(self.name) }] }";
    assert_finds(schema, "{}", &[]);
    assert_finds(schema, "{ port: null, name: null }", &[]);
    let words = "`spec`: the rule does not hold: self.port == 80 && !has(self.name)";
    assert_finds(schema, "{ port: 81 }", &[("spec", words)]);
}

#[test]
fn scalars_are_what_kubectl_reads() {
    let schema = "{ type: object, properties: { n: { type: integer }, t: { type: string } } }";
    assert_finds(schema, "{ n: 1_000, t: '012' }", &[]);
    assert_finds(schema, "{ n: 1e3, t: 12:30 }", &[]);
    assert_finds(schema, "{ t: on }", &[("on", "`spec.t` takes a text, found `true`")]);
}

#[test]
fn fields_that_exclude_each_other_are_named() {
    let schema = "{ type: object, properties: { a: { type: string }, b: { type: string } }, oneOf: [{ not: { anyOf: [{ \
                  required: [a] }, { required: [b] }] } }, { required: [a] }, { required: [b] }] }";
    assert_finds(schema, "{}", &[]);
    assert_finds(schema, "{ a: x }", &[]);
    assert_finds(schema, "{ a: x, b: z }", &[("b", "`b` and `a` exclude each other")]);
}

#[test]
fn items_of_a_list_map_differ_in_their_keys() {
    let schema = "{ type: object, properties: { ports: { type: array, x-kubernetes-list-type: map, \
                  x-kubernetes-list-map-keys: [port, protocol], items: { type: object, properties: { port: { type: \
                  integer }, protocol: { type: string, default: TCP } } } } } }";
    assert_finds(schema, "{ ports: [{ port: 1 }, { port: 1, protocol: UDP }] }", &[]);
    let words = "`spec.ports` has two items with the same `port` and `protocol`";
    assert_finds(
        schema,
        "{ ports: [{ port: 1 }, { port: 1, protocol: TCP }] }",
        &[("{ port: 1, protocol: TCP }", words)],
    );
}

#[test]
fn a_rule_says_its_own_words_at_the_field_that_it_blames() {
    let schema = "{ type: object, properties: { a: { type: integer } }, x-kubernetes-validations: [{ rule: self.a < 3, \
                  message: too much, messageExpression: \"'%d is too much'.format([self.a])\", fieldPath: .a }] }";
    assert_finds(schema, "{ a: 2 }", &[]);
    assert_finds(schema, "{ a: 4 }", &[("a", "`spec`: 4 is too much")]);
    assert_finds(schema, "{}", &[("spec", "`spec`: too much (no such key: a)")]);
}

#[test]
fn a_rule_that_nobody_can_ask_is_told_once_and_no_alarm() {
    let rule = |rule: &str| {
        format!(
            "{{ type: object, properties: {{ a: {{ type: integer }} }}, x-kubernetes-validations: [{{ rule: '{rule}' }}] }}"
        )
    };
    let both = format!("{}---\n{}", thing("{}"), thing("{}"));
    let told = "a rule of this CRD was not asked: there is no function `unheardOf`";
    let found = findings(&crd(&rule("unheardOf(self)")), &both);
    assert_eq!(found, [("'unheardOf(self)'".to_owned(), told.to_owned())]);
    for text in ["self.zz == 1", "(", "self.a.matches(\"[\") || true || ("] {
        let found = findings(&crd(&rule(text)), &thing("{ a: 1 }"));
        assert!(
            found.iter().all(|(_, it)| it.starts_with("a rule of this CRD was not asked")),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_rule_about_the_old_object_is_not_asked_of_a_new_one() {
    let rule = |more: &str| {
        format!("{{ type: string, x-kubernetes-validations: [{{ rule: self == oldSelf{more} }}] }}")
    };
    assert_finds(&rule(""), "x", &[]);
    let optional = rule(".orValue(self + self), optionalOldSelf: true");
    assert_finds(
        &optional,
        "x",
        &[("spec", "`spec`: the rule does not hold: self == oldSelf.orValue(self + self)")],
    );
}

#[test]
fn metadata_keeps_to_the_rules_of_names() {
    let schema = crd("{ type: string }");
    let judge = |meta: &str| {
        findings(&schema, &format!("apiVersion: a.example/v1\nkind: Thing\nmetadata: {meta}\n"))
            .into_iter()
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    assert_eq!(judge("{ name: a.b, labels: { a/b: c }, creationTimestamp: null }"), [""; 0]);
    assert_eq!(judge("{ generateName: a- }"), [""; 0]);
    assert_eq!(
        judge("{ name: A_b, namespace: a.b, labels: { a b: c }, lables: {} }"),
        ["A_b", "a.b", "a b", "lables"]
    );
    assert_eq!(judge("{ labels: { a: 1 } }"), ["metadata", "1"]);
}

#[test]
fn a_version_that_is_not_served_is_told_with_those_that_are() {
    let schema = crd("{ type: string }");
    for version in ["v0", "v2"] {
        let text = format!("apiVersion: a.example/{version}\nkind: Thing\nmetadata: {{ name: x }}\n");
        let words = format!("Thing is not served as `a.example/{version}`");
        assert_eq!(findings(&schema, &text), [(format!("a.example/{version}"), words)]);
    }
}

#[test]
fn what_is_no_crd_is_told_and_what_cannot_be_understood_is_an_error() {
    let found = findings(
        "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: List\nitems: [{ kind: Service }]\n",
        "",
    );
    let wanted =
        [("Pod", "a Pod is no CRD, and passed over"), ("Service", "a Service is no CRD, and passed over")];
    assert_eq!(found, wanted.map(|(at, it)| (at.to_owned(), it.to_owned())));
    for (schema, at) in [
        ("{ $ref: '#/x' }", "$ref"),
        ("{ type: strnig }", "strnig"),
        ("{ type: string, minLength: many }", "many"),
        ("{ properties: [a] }", "[a]"),
        ("[]", "[]"),
    ] {
        let found = findings(&crd(schema), "");
        assert_eq!(found.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(), [at], "{schema}");
    }
    let twice = format!("{}---\n{}", crd("{ type: string }"), crd("{ type: integer }"));
    assert_eq!(
        findings(&twice, &thing("x"))[0].1,
        "there are two CRDs of `Thing` in `a.example`: the first is taken"
    );
}

#[test]
fn nothing_hostile_runs_long_or_stops_the_program() {
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(5000), close.repeat(5000));
    let long = vec!["1"; 20_000].join(" + ");
    let bomb = "self.all(a, self.all(b, self.all(c, self.all(d, a + b + c + d != \"x\"))))";
    let growth = "[1,2,3,4,5,6,7,8].map(a, self.map(b, self.map(c, self.join() + self.join()).join()).join()).join().size() > 0";
    for rule in
        [&*nested("(", ")"), &nested("[", "]"), &nested("-", ""), &nested("!", ""), &long, bomb, growth]
    {
        let schema = format!(
            "{{ type: array, items: {{ type: string }}, x-kubernetes-validations: [{{ rule: '{rule}' }}] }}"
        );
        let found = findings(&crd(&schema), &thing(&format!("[{}]", vec!["abcdefghij"; 200].join(", "))));
        let words =
            |it: &str| it.starts_with("a rule of this CRD was not asked") || it.contains("does not hold: !!");
        assert!(found.iter().all(|(_, it)| words(it)), "{found:?}");
    }
    let pattern = "{ type: string, pattern: '((((a{900}){900}){900}){900})$' }";
    let found = findings(&crd(pattern), &thing("a"));
    assert!(found[0].1.starts_with("a pattern of this CRD was not asked"), "{found:?}");
}
