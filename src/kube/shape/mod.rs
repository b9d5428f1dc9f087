//! What an object may look like: every field of Istio's kinds, in a notation that reads like their API.
//!
//! The tables (`*.shape`) hold one object a block and one field a line: a name, `!` if it must be there, and a type.
//! `text`, `word` (a text that is not empty), `bool`, `number`, `duration` (at least 1 ms), `duration0`, `any`;
//! whole numbers are `int` (32 bits, signed), `uint` (unsigned), `count` (0 or more), `port` (1 to 65535) or a range
//! such as `100..599`; `A|B` is one of these words, `[T]` a list, `{T}` a mapping of names, anything else an object
//! of the table. `oneof` lists fields that exclude each other, `...` says that there are more fields, not ours to judge.

#[cfg(test)]
mod crds;
mod judge;
mod scalar;
mod table;

use std::sync::OnceLock;

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::yaml::Node;

use judge::Judge;
use table::{Object, Table, Type};

const ISTIO: &[&str] = &[
    include_str!("common.shape"),
    include_str!("virtual_service.shape"),
    include_str!("destination_rule.shape"),
    include_str!("boundary.shape"),
    include_str!("envoy_filter.shape"),
    include_str!("policy.shape"),
];

const BUILTIN: &[&str] = &[include_str!("builtin.shape"), include_str!("builtin_pods.shape")];

/// Judges a document of a kind of Istio's; `false` if there is no such kind.
///
/// Every unknown field, wrong type, unknown word, number out of range and missing field is reported at its place.
pub fn check(api_version: &str, kind: &str, document: &Node, diags: &mut Diagnostics) -> bool {
    let table = istio();
    let group = crate::kube::group(api_version);
    let known = |object: &&Object| object.served.as_ref().is_some_and(|it| it.group == group);
    let Some(object) = table.object(kind).filter(known) else {
        return false;
    };
    served(object, api_version, document, diags);
    let mut judge = Judge { table, diags };
    for entry in document.entries() {
        match entry.key.as_str() {
            "apiVersion" | "kind" | "status" => {}
            "metadata" => {
                judge.value(&entry.key, &Type::Object("ObjectMeta"), &entry.value, entry.key.span, false);
            }
            "spec" => {
                judge.value(&entry.key, &Type::Object(object.name), &entry.value, entry.key.span, false);
            }
            _ => judge.unknown(kind, &entry.key, &["apiVersion", "kind", "metadata", "spec"]),
        }
    }
    if document.get("spec").is_none() && object.fields.iter().any(|it| it.required) {
        judge.missing(kind, "spec", document.span);
    }
    true
}

/// Judges what every object has, whatever its kind: its metadata.
pub fn check_metadata(document: &Node, diags: &mut Diagnostics) {
    if let Some(entry) = document.entries().iter().find(|it| it.key.as_str() == "metadata") {
        let takes = Type::Object("ObjectMeta");
        Judge { table: istio(), diags }.value(&entry.key, &takes, &entry.value, entry.key.span, false);
    }
}

/// What the official types of built-in kinds let pass: required fields, words, ranges.
pub(super) fn check_builtin(kind: &str, document: &Node, diags: &mut Diagnostics) {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| Table::parse(BUILTIN));
    Judge { table, diags }.named(kind, document, Span::NONE);
}

/// All of Istio's kinds; read when first asked for, as most profiles need none of it.
fn istio() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::parse(ISTIO))
}

/// Reports a version that the kind is not served in.
fn served(object: &Object, api_version: &str, document: &Node, diags: &mut Diagnostics) {
    let version = api_version.rsplit('/').next().unwrap_or(api_version);
    let Some(served) = object.served.as_ref().filter(|it| !it.versions.contains(&version)) else {
        return;
    };
    let name = object.name;
    let span = document.get("apiVersion").map_or(document.span, |it| it.span);
    let known: Vec<String> = served.versions.iter().map(|it| format!("{}/{it}", served.group)).collect();
    let finding =
        Diagnostic::error(code::BAD_VALUE, span, format!("{name} is not served as `{api_version}`"));
    diags.push(finding.help(format!("known: {}", known.join(", "))));
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::kube::shape::check;
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

    fn assert_finds(kind: &str, spec: &str, wanted: &[(&str, &str)]) {
        let group = if kind == "Telemetry" { "telemetry" } else { "networking" };
        let text = format!("apiVersion: {group}.istio.io/v1\nkind: {kind}\nspec: {spec}\n");
        let found = findings(&text);
        let found: Vec<(&str, &str)> = found.iter().map(|(at, it)| (at.as_str(), it.as_str())).collect();
        assert_eq!(found, wanted, "{spec}");
    }

    #[test]
    fn what_istio_takes_is_not_reported() {
        let route =
            "{ route: [{ destination: { host: a, port: { number: 80 } }, weight: 100 }], timeout: 1.5s }";
        assert_finds("VirtualService", &format!("{{ hosts: [a], http: [{route}] }}"), &[]);
        assert_finds("DestinationRule", "{ host: a, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }", &[]);
        assert_finds("Telemetry", "{ tracing: [{ randomSamplingPercentage: 0.1 }] }", &[]);
    }

    #[test]
    fn every_unknown_field_is_reported_at_its_key() {
        let spec = "{ hosts: [a], http: [{ timout: 1s, retries: { atempts: 3 } }], htp: [] }";
        let wanted = [
            ("timout", "`HTTPRoute` has no key `timout`"),
            ("atempts", "`HTTPRetry` has no key `atempts`"),
            ("htp", "`VirtualService` has no key `htp`"),
        ];
        assert_finds("VirtualService", spec, &wanted);
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
        assert_finds("VirtualService", spec, &wanted);
    }

    #[test]
    fn numbers_words_and_durations_have_their_limits() {
        let spec = "{ host: a, trafficPolicy: { loadBalancer: { simple: LEAST_REQ }, \
                    outlierDetection: { interval: 5 m, consecutive5xxErrors: -1 }, tunnel: { targetHost: b, targetPort: 0 } } }";
        let words = "UNSPECIFIED, LEAST_CONN, RANDOM, PASSTHROUGH, ROUND_ROBIN, LEAST_REQUEST";
        let wanted = [
            ("LEAST_REQ", &*format!("`simple` is none of {words}: `LEAST_REQ`")),
            ("5 m", "`interval` takes a duration such as `1.5s`, found `5 m`"),
            ("-1", "`consecutive5xxErrors` is -1, not between 0 and 4294967295"),
            ("0", "`targetPort` is 0, not between 1 and 65535"),
        ];
        assert_finds("DestinationRule", spec, &wanted);
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
        assert_finds("DestinationRule", spec, &wanted);
    }

    #[test]
    fn a_version_that_is_not_served_is_reported() {
        let found = findings("apiVersion: security.istio.io/v1alpha1\nkind: PeerAuthentication\n");
        let message = "PeerAuthentication is not served as `security.istio.io/v1alpha1`";
        assert_eq!(found, [("security.istio.io/v1alpha1".to_owned(), message.to_owned())]);
    }
}
