//! Host names as Istio reads them: short ones, wildcards, and what covers what.
//!
//! Source: `pkg/config/host/name.go` and `ResolveShortnameToFQDN` of `pilot/pkg/model`.

use ecow::eco_format;

use crate::source::Str;

/// The full name of a host that an object of `namespace` names: only a name without dot is a short one.
pub fn fqdn(host: &str, namespace: &str, cluster_domain: &str) -> Str {
    if host.contains('.') || host == "*" || host.is_empty() {
        return host.into();
    }
    eco_format!("{host}.{namespace}.svc.{cluster_domain}")
}

/// Whether a name has a wildcard: as its first character, there is no other place for it.
pub fn is_wildcard(host: &str) -> bool {
    host.starts_with('*')
}

/// Whether whatever `inner` stands for, `outer` stands for, too.
pub fn covers(outer: &str, inner: &str) -> bool {
    match (outer.strip_prefix('*'), inner.strip_prefix('*')) {
        (Some(outer), Some(inner)) => inner.ends_with(outer),
        (Some(outer), None) => inner.ends_with(outer),
        (None, _) => outer == inner,
    }
}

/// Whether there is a name that both stand for.
pub fn overlap(a: &str, b: &str) -> bool {
    covers(a, b) || covers(b, a)
}

#[cfg(test)]
mod tests {
    use crate::mesh::host::{covers, fqdn, overlap};

    #[test]
    fn only_a_name_without_dot_is_short() {
        assert_eq!(fqdn("a", "shop", "cluster.local"), "a.shop.svc.cluster.local");
        assert_eq!(fqdn("a.shop", "shop", "cluster.local"), "a.shop");
        assert_eq!(fqdn("*", "shop", "cluster.local"), "*");
    }

    #[test]
    fn a_wildcard_covers_what_ends_like_it() {
        assert!(covers("*.com", "a.b.com") && covers("*.com", "*.b.com") && covers("*", "a"));
        assert!(!covers("*.b.com", "*.com") && !covers("a.com", "*.com") && !covers("*.com", "com"));
        assert!(overlap("*.b.com", "*.com") && overlap("a.com", "a.com") && !overlap("a.com", "b.com"));
    }
}
