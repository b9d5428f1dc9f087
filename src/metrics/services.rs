//! The services that a question is about, by the names under which the mesh counts their requests.

use crate::metrics::{Label, Match, literal, quoted};

/// What tells one service from another.
const NAME: Label = Label::DestinationServiceName;
const NAMESPACE: Label = Label::DestinationServiceNamespace;

/// What Flagger puts behind the name of a service for the two copies that it makes of it.
const COPIES: &str = "(-primary|-canary)?";

/// A label that stands for the name while copies are counted together.
const TOGETHER: &str = "service";

/// Services of one namespace.
///
/// While Flagger rolls a service out, its requests are counted for `NAME`, `NAME-primary` and `NAME-canary`: here they
/// are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Services {
    namespace: String,
    names: Names,
    /// A regular expression for the names of those that have copies; empty where none has.
    copied: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Names {
    One(String),
    Like(String),
}

impl Services {
    /// One service, and whether Flagger makes copies of it.
    pub fn one(name: &str, namespace: &str, copied: bool) -> Self {
        Self::of([(name, copied)], namespace)
    }

    /// Several services of a namespace.
    pub fn of<'a>(services: impl IntoIterator<Item = (&'a str, bool)>, namespace: &str) -> Self {
        let (mut names, mut copied, mut only) = (Vec::new(), Vec::new(), None);
        for (name, copies) in services {
            let pattern = literal(name);
            only = (names.is_empty() && !copies).then_some(name);
            names.push(format!("{pattern}{}", if copies { COPIES } else { "" }));
            copied.extend(copies.then_some(pattern));
        }
        let names = only.map_or_else(|| Names::Like(names.join("|")), |it| Names::One(it.to_owned()));
        Self { namespace: namespace.to_owned(), names, copied: copied.join("|") }
    }

    /// What chooses the series of their requests, and of nobody else's.
    pub fn matches(&self) -> [Match<'_>; 2] {
        let name = match &self.names {
            Names::One(name) => Match::Is(NAME, name),
            Names::Like(pattern) => Match::Like(NAME, pattern),
        };
        [Match::Is(NAMESPACE, &self.namespace), name]
    }

    /// Sums a rate of their series for each service and, within it, for each value of `more`.
    pub fn sum(&self, rate: &str, more: &[Label]) -> String {
        let more: String = more.iter().flat_map(|it| [", ", it.word()]).collect();
        let (namespace, name) = (NAMESPACE.word(), NAME.word());
        if self.copied.is_empty() {
            return format!("sum by ({namespace}, {name}{more}) ({rate})");
        }
        // Two series must not become alike, hence a label of its own, and a sum before the old one is written over.
        let base = quoted(&format!("({})(?:-primary|-canary)|(.+)", self.copied));
        let with = format!("label_replace({rate}, \"{TOGETHER}\", \"$1$2\", \"{name}\", {base})");
        let sum = format!("sum by ({namespace}, {TOGETHER}{more}) ({with})");
        let named = format!("label_replace({sum}, \"{name}\", \"$1\", \"{TOGETHER}\", \"(.+)\")");
        format!("sum by ({namespace}, {name}{more}) ({named})")
    }
}

/// A regular expression for Envoy's names of a port of a service, `outbound|80|v1|hello.demo.svc.cluster.local`, in all
/// its subsets: the value of [`Label::ClusterName`] in the proxies of its callers.
pub fn cluster(port: u16, name: &str, namespace: &str, domain: &str, copied: bool) -> String {
    let behind = if copied { COPIES } else { "" };
    let rest = literal(&format!(".{namespace}.svc.{domain}"));
    format!(r"outbound\|{port}\|[^|]*\|{}{behind}{rest}", literal(name))
}

#[cfg(test)]
mod tests {
    use super::{Services, cluster};
    use crate::metrics::REQUESTS;

    #[test]
    fn one_service_is_chosen_by_its_name() {
        let one = Services::one("hello", "demo", false);
        assert_eq!(
            REQUESTS.select(&one.matches()),
            r#"istio_requests_total{destination_service_namespace="demo",destination_service_name="hello"}"#
        );
        assert_eq!(one.sum("x", &[]), "sum by (destination_service_namespace, destination_service_name) (x)");
    }

    #[test]
    fn several_services_are_chosen_by_a_pattern_that_takes_names_as_they_are() {
        let all = Services::of([("a.b", false), ("hello", true)], "demo");
        assert_eq!(
            REQUESTS.select(&all.matches()[1..]),
            r#"istio_requests_total{destination_service_name=~"a\\.b|hello(-primary|-canary)?"}"#
        );
    }

    #[test]
    fn copies_are_counted_with_what_they_are_copies_of() {
        let text = Services::one("hello", "demo", true).sum("x", &[]);
        assert!(text.contains(r#""(hello)(?:-primary|-canary)|(.+)""#), "{text}");
    }

    #[test]
    fn a_cluster_is_a_port_of_a_service_in_all_its_subsets() {
        let text = cluster(80, "hello", "demo", "cluster.local", true);
        assert_eq!(text, r"outbound\|80\|[^|]*\|hello(-primary|-canary)?\.demo\.svc\.cluster\.local");
    }
}
