//! Selectors of Kubernetes: labels that must be there, and expressions about them.
//!
//! Source: `LabelSelectorAsSelector` of `k8s.io/apimachinery/pkg/apis/meta/v1`.

use crate::mesh::{Cluster, Workload};
use crate::source::Str;
use crate::yaml::Node;

impl Cluster {
    /// The workloads of a namespace whose pods a `LabelSelector` fits.
    pub fn fitting<'m>(
        &'m self,
        namespace: &'m str,
        selector: &'m Node,
    ) -> impl Iterator<Item = Workload<'m>> {
        let found = self.selected(Some(namespace), selector.pairs("matchLabels"));
        found.filter(move |it| selects(selector, |key: &str| it.label(key).map(Str::as_str)))
    }
}

/// Whether a `LabelSelector` fits labels, which `label` looks up; an empty one fits everything, one that the API server
/// would refuse nothing.
pub fn selects<'l>(selector: &Node, label: impl Fn(&str) -> Option<&'l str> + Copy) -> bool {
    let wanted = |it: &crate::yaml::Entry| it.value.text().map(Str::as_str) == label(&it.key);
    selector.pairs("matchLabels").iter().all(|it| it.value.is_null() || wanted(it))
        && selector.list("matchExpressions").iter().all(|it| fits(it, label))
}

fn fits<'l>(expression: &Node, label: impl Fn(&str) -> Option<&'l str>) -> bool {
    let (Some(key), Some(operator)) = (expression.word("key"), expression.word("operator")) else {
        return false;
    };
    let value = label(key);
    let listed = || expression.list("values").iter().any(|it| it.text().map(Str::as_str) == value);
    match operator.as_str() {
        "In" => value.is_some() && listed(),
        "NotIn" => value.is_none() || !listed(),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::mesh::Cluster;
    use crate::mesh::selector::selects;

    #[test]
    fn a_selector_fits_if_all_of_it_does() {
        let fits = |selector: &str| {
            let text = format!("{{ apiVersion: v1, kind: S, metadata: {{ name: a }}, s: {selector} }}");
            let label = |key: &str| (key == "app").then_some("web");
            selects(Cluster::parse(&text).objects()[0].node.get("s").unwrap(), label)
        };
        assert!(fits("{}") && fits("{ matchLabels: { app: web } }"));
        assert!(!fits("{ matchLabels: { app: web, tier: x } }"));
        assert!(fits("{ matchExpressions: [{ key: app, operator: In, values: [a, web] }] }"));
        assert!(fits("{ matchExpressions: [{ key: tier, operator: NotIn, values: [a] }] }"));
        assert!(!fits("{ matchExpressions: [{ key: app, operator: DoesNotExist }] }"));
        assert!(fits("{ matchExpressions: [{ key: app, operator: Exists }] }"));
    }
}
