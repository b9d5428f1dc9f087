//! What the routes of the Gateway API ask for in words of their own.

use crate::diag::Diagnostics;
use crate::kube::shape::rule::{Site, get, text, word, wrong};
use crate::source::Span;
use crate::yaml::Node;

/// So many matches may all rules of a route have together.
const MOST_MATCHES: usize = 128;

fn items<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map(Node::items).unwrap_or_default()
}

/// Two references to one parent name different sections of it.
pub fn parents(site: &Site<'_>, diags: &mut Diagnostics) {
    let all = items(site.node, "parentRefs");
    let or = |node: &Node, key: &str, default: &'static str| match word(node, key) {
        "" if node.get(key).is_none() => default.to_owned(),
        it => it.to_owned(),
    };
    let parent = |it: &Node| {
        let group = or(it, "group", "gateway.networking.k8s.io");
        (group, or(it, "kind", "Gateway"), word(it, "name").to_owned(), word(it, "namespace").to_owned())
    };
    for (at, one) in all.iter().enumerate() {
        for other in
            all[..at].iter().filter(|it| word(it, "name") == word(one, "name") && parent(it) == parent(one))
        {
            let sections = [word(one, "sectionName"), word(other, "sectionName")];
            let ports = [word(one, "port"), word(other, "port")];
            let half = |it: [&str; 2]| it[0].is_empty() != it[1].is_empty();
            if half(sections) || (sections[0] == sections[1] && (half(ports) || ports[0] == ports[1])) {
                let message = format!("`{}` is a parent twice", word(one, "name"));
                let finding = wrong(one.span, message, "give each a `sectionName` of its own, or keep one");
                diags.push(finding.related(other.span, "the first"));
            }
        }
    }
}

/// All matches of a route together.
pub fn matches(site: &Site<'_>, diags: &mut Diagnostics) {
    let count: usize = items(site.node, "rules").iter().map(|it| items(it, "matches").len()).sum();
    if count > MOST_MATCHES {
        let message = format!("the rules have {count} matches together, more than {MOST_MATCHES}");
        diags.push(wrong(site.span("rules"), message, "write several routes"));
    }
}

/// Most filters stand only once in a list, and a redirect not beside a rewrite.
pub fn filters(site: &Site<'_>, diags: &mut Diagnostics) {
    const ONCE: [&str; 5] =
        ["RequestHeaderModifier", "ResponseHeaderModifier", "CORS", "RequestRedirect", "URLRewrite"];
    let all = items(site.node, "filters");
    for (at, filter) in all.iter().enumerate() {
        let kind = word(filter, "type");
        let place = filter.get("type").map_or(filter.span, |it| it.span);
        let before = |kind: &str| all[..at].iter().find(|it| word(it, "type") == kind);
        if let Some(first) = before(kind).filter(|_| ONCE.contains(&kind)) {
            let message = format!("the filter `{kind}` is there twice");
            diags.push(wrong(place, message, "put both into one").related(first.span, "the first"));
        }
        let rival = match kind {
            "RequestRedirect" => "URLRewrite",
            "URLRewrite" => "RequestRedirect",
            _ => continue,
        };
        if let Some(first) = before(rival) {
            let message = format!("the filters `{kind}` and `{rival}` exclude each other");
            diags.push(wrong(place, message, "keep one of them").related(first.span, "the other"));
        }
    }
}

/// Whoever is sent elsewhere does not reach a backend.
pub fn redirect_alone(site: &Site<'_>, diags: &mut Diagnostics) {
    let backends = site.entry("backendRefs").filter(|it| !it.value.items().is_empty());
    let redirect = items(site.node, "filters").iter().find_map(|it| get(it, "requestRedirect"));
    if let (Some(backends), Some(redirect)) = (backends, redirect) {
        let message = "a rule that redirects has no backends";
        let finding = wrong(backends.key.span, message, "leave `backendRefs` or the redirect out");
        diags.push(finding.related(redirect.span, "the redirect"));
    }
}

/// Which prefix is replaced must be clear: that of the only match.
pub fn prefix_replaced(site: &Site<'_>, diags: &mut Diagnostics) {
    if one_prefix(site) {
        return;
    }
    for kind in ["requestRedirect", "urlRewrite"] {
        let own = only(items(site.node, "filters").iter().filter_map(|it| replaced(it, kind)));
        let of_backend = |it: &Node| only(items(it, "filters").iter().filter_map(|it| replaced(it, kind)));
        let theirs = only(items(site.node, "backendRefs").iter().filter_map(of_backend));
        for span in [own, theirs].into_iter().flatten() {
            let message = "`replacePrefixMatch` needs exactly one match, and that of a prefix";
            diags.push(wrong(span, message, "write one match of the type `PathPrefix`"));
        }
    }
}

/// Without matches a rule has one, of the prefix `/`.
fn one_prefix(site: &Site<'_>) -> bool {
    match site.get("matches").map(Node::items) {
        None => true,
        Some([one]) => {
            get(one, "path").is_none_or(|it| get(it, "type").is_none_or(|it| text(it) == Some("PathPrefix")))
        }
        Some(_) => false,
    }
}

fn replaced(filter: &Node, kind: &str) -> Option<Span> {
    let path = get(get(filter, kind)?, "path")?;
    let prefix = get(path, "replacePrefixMatch")?;
    (word(path, "type") == "ReplacePrefixMatch").then_some(prefix.span)
}

/// The CRD asks only where there is exactly one.
fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
}
