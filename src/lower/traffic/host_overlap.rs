//! What a host with a `*` leaves to the hosts that are more exact.

use std::collections::BTreeSet;

use crate::kube::made;
use crate::kube::traffic::http_match::{HttpMatch, StringMatch};
use crate::kube::traffic::http_route::HttpRoute;
use crate::source::Text;

/// Istio refuses two hosts of one VirtualService that overlap, and the wider one serves both.
pub fn without_covered(hosts: &[&Text]) -> Vec<Text> {
    let free = hosts.iter().filter(|host| !hosts.iter().any(|wide| covers(wide, host)));
    free.map(|it| (*it).clone()).collect()
}

/// Whether the wide host, which begins with `*`, takes in the other.
pub fn covers(wide: &str, host: &str) -> bool {
    wide != host && wide.strip_prefix('*').is_some_and(|suffix| host.ends_with(suffix))
}

/// Keeps the routes from the hosts that others answer. A gateway adds up the routes of every VirtualService of the
/// namespace that covers a host, the oldest first: with `*.example.com` for one service, a request for the
/// `api.example.com` of another would go to whichever of the two is older.
pub fn leave(others: &BTreeSet<&Text>, routes: &mut [HttpRoute]) {
    if others.is_empty() {
        return;
    }
    let pattern = made(&pattern(others));
    for route in routes {
        if route.r#match.is_empty() {
            route.r#match.push(HttpMatch::default());
        }
        for condition in &mut route.r#match {
            condition.without_headers.0.push((made(":authority"), StringMatch::Regex(pattern.clone())));
        }
    }
}

/// Hosts know no upper case, and a client may name the port.
fn pattern(hosts: &BTreeSet<&Text>) -> String {
    let one = |host: &str| host.replace('.', r"\.").replace('*', ".*");
    let all: Vec<String> = hosts.iter().map(|it| one(it)).collect();
    format!("(?i)({})(:[0-9]+)?", all.join("|"))
}

#[cfg(test)]
mod tests {
    use super::{covers, pattern};
    use crate::kube::made;
    use crate::lower::example::object;

    #[test]
    fn a_star_covers_every_longer_name_with_its_end() {
        assert!(covers("*", "a.example.com"));
        assert!(covers("*.example.com", "a.example.com"));
        assert!(covers("*.example.com", "*.a.example.com"));
        assert!(!covers("*.example.com", "example.com"));
        assert!(!covers("*.example.com", "*.example.com"));
        assert!(!covers("a.example.com", "a.example.com"));
    }

    #[test]
    fn the_port_and_the_case_of_a_host_do_not_matter() {
        let (exact, wide) = (made("a.example.com"), made("*.b.example.com"));
        assert_eq!(pattern(&[&exact, &wide].into()), r"(?i)(.*\.b\.example\.com|a\.example\.com)(:[0-9]+)?");
    }

    #[test]
    fn a_star_leaves_the_hosts_of_other_services_alone() {
        let text = "services: { a: { versions: { v1: {} } }, b: { versions: { v1: {} } }, \
                    c: { namespace: other, versions: { v1: {} } } }\n\
                    gateway: { http: 80, hosts: { '*.example.com': a, own.example.com: a, b.example.com: b, \
                    c.example.com: c, b.example.org: b } }";
        let text = object(text, "VirtualService", "a.gateway");
        let wanted = r#"  http:
  - name: default
    match:
    - withoutHeaders:
        ":authority":
          regex: "(?i)(b\\.example\\.com)(:[0-9]+)?"
    route:
"#;
        assert!(text.contains(wanted), "{text}");
    }

    #[test]
    fn where_nothing_overlaps_nothing_is_left() {
        let text = "services: { a: { versions: { v1: {} } }, b: { versions: { v1: {} } } }\n\
                    gateway: { http: 80, hosts: { '*.example.com': a, b.example.org: b } }";
        assert!(!object(text, "VirtualService", "a.gateway").contains("match"));
    }
}
