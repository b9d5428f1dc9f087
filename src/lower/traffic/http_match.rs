//! The condition of a route becomes Istio's: a list of alternatives, each one method and one caller.

use crate::kube::Labels;
use crate::kube::pairs::Pairs;
use crate::kube::traffic::http_match::{HttpMatch, StringMatch};
use crate::lower::security::scope;
use crate::profile::Profile;
use crate::profile::lookup::Who;
use crate::profile::traffic::{Match, TextMatch};
use crate::source::{Spanned, Text};
use crate::units::Port;
use crate::yaml::Named;

/// The alternatives of a condition, on one port if it is given; none means every request.
pub fn http_match(
    profile: &Profile,
    condition: Option<&Match>,
    port: Option<Spanned<Port>>,
) -> Vec<HttpMatch> {
    let mut all = condition.map_or_else(|| vec![HttpMatch::default()], |it| alternatives(profile, it));
    for one in &mut all {
        one.port = port;
    }
    all.retain(|it| !it.is_empty());
    all
}

fn alternatives(profile: &Profile, condition: &Match) -> Vec<HttpMatch> {
    let Match { path, method, headers, query, caller } = condition;
    let (without, with): (Vec<_>, Vec<_>) =
        headers.iter().partition(|(_, it)| matches!(it, TextMatch::Absent(_)));
    let common = HttpMatch {
        uri: path.as_ref().map(StringMatch::from),
        headers: Pairs(with.into_iter().map(entry).collect()),
        without_headers: Pairs(without.into_iter().map(entry).collect()),
        query_params: texts(query),
        ..HttpMatch::default()
    };
    let methods = each(method, |it: &Text| Some(StringMatch::Exact(it.clone())));
    let callers = each(caller, |it: &Text| Some(source(profile, it)));
    let mut all = Vec::with_capacity(callers.len() * methods.len());
    for caller in &callers {
        let (source_labels, source_namespace) = caller.clone().unwrap_or_default();
        all.extend(methods.iter().map(|method| HttpMatch {
            method: method.clone(),
            source_labels: source_labels.clone(),
            source_namespace: source_namespace.clone(),
            ..common.clone()
        }));
    }
    all
}

/// One alternative a value; of no value, the one that asks for none.
fn each<T, U>(values: &[T], alternative: impl Fn(&T) -> Option<U>) -> Vec<Option<U>> {
    if values.is_empty() { vec![None] } else { values.iter().map(alternative).collect() }
}

/// Sidecars know their own labels and namespace, so these cannot be forged by a request. At a gateway they are those
/// of the gateway's pods: there such a route never matches. Nor does it for a name that is no workload of the profile:
/// to leave the condition out would let everybody in.
fn source(profile: &Profile, caller: &Text) -> (Labels, Option<Text>) {
    let (label, namespace) = match profile.who(caller) {
        Some(Who::Client(it)) => (scope::label(it.name(), None), Some(it.namespace())),
        Some(Who::Service(it)) => (scope::label(it.name(), it.engine()), Some(it.namespace())),
        Some(Who::Caller(_) | Who::Ingress) | None => (scope::label(caller, None), None),
    };
    (Labels::of([label]), namespace.map(|it| caller.with(it.value.clone())))
}

fn texts(named: &Named<TextMatch>) -> Pairs<StringMatch> {
    Pairs(named.iter().map(entry).collect())
}

fn entry((name, condition): (&Text, &TextMatch)) -> (Text, StringMatch) {
    (name.clone(), StringMatch::from(condition))
}

impl From<&TextMatch> for StringMatch {
    fn from(condition: &TextMatch) -> Self {
        match condition {
            TextMatch::Exact(text) => Self::Exact(text.clone()),
            TextMatch::Prefix(text) => Self::Prefix(text.clone()),
            TextMatch::Regex(text) => Self::Regex(text.clone()),
            TextMatch::Present(_) | TextMatch::Absent(_) => Self::Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    fn matches(condition: &str) -> String {
        let text = format!(
            "services: {{ a: {{ versions: {{ v1: {{}} }}, routes: {{ r: {{ match: {condition}, split: {{ v1: 100 }} }} }} }} }}
clients: {{ c: {{}}, d: {{ namespace: other }} }}"
        );
        let text = object(&text, "VirtualService", "a");
        let matches = text.split_once("    match:\n").and_then(|(_, rest)| rest.split_once("    route:\n"));
        matches.map(|(it, _)| it.to_owned()).unwrap_or_default()
    }

    #[test]
    fn conditions_on_one_request_stand_in_one_match() {
        let text = matches(
            "{ path: { prefix: /api/ }, headers: { x: y, z: { regex: 'a|b' } }, query: { q: { present: true } } }",
        );
        let wanted = "    - uri:
        prefix: /api/
      headers:
        x:
          exact: \"y\"
        z:
          regex: a|b
      queryParams:
        q: {}
";
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_header_that_is_not_there_is_asked_for_by_without() {
        let text = matches("{ headers: { x: { absent: true }, z: { present: true } } }");
        assert_eq!(text, "    - headers:\n        z: {}\n      withoutHeaders:\n        x: {}\n");
    }

    #[test]
    fn every_method_meets_every_caller() {
        let text = matches("{ method: [GET, PUT], caller: [c, d] }");
        let callers: Vec<&str> = text.lines().filter_map(|it| it.trim().strip_prefix("app: ")).collect();
        let methods: Vec<&str> = text.lines().filter_map(|it| it.trim().strip_prefix("exact: ")).collect();
        assert_eq!((callers, methods), (vec!["c", "c", "d", "d"], vec!["GET", "PUT", "GET", "PUT"]));
        assert!(
            text.ends_with("      sourceLabels:\n        app: d\n      sourceNamespace: other\n"),
            "{text}"
        );
    }
}
