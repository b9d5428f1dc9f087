//! `namespaceLimits` become a ResourceQuota and a LimitRange in every namespace of the profile.

use crate::kube::base::limits::{LimitRangeItem, LimitRangeSpec, ResourceQuotaSpec};
use crate::kube::pairs::Pairs;
use crate::kube::wave;
use crate::kube::{LimitRange, Manifest, ResourceQuota, made};
use crate::lower::Context;
use crate::lower::base::namespace;
use crate::profile::NamespaceLimits;
use crate::source::{Spanned, Text};
use crate::units::quantity::Quantity;
use crate::yaml::Named;

/// Before any pod, because both are asked only when a pod is made. The root namespace is the mesh's.
pub fn namespace_limits(cx: &Context<'_>, out: &mut Vec<Manifest>) {
    let Some(limits) = &cx.profile.namespace_limits else { return };
    let NamespaceLimits { quota, default_requests, default_limits } = limits;
    for space in namespace::names(cx.profile).into_iter().filter(|it| **it != cx.profile.mesh.root_namespace)
    {
        let metadata = |name: &str, space: &Text| cx.metadata(made(name), space, cx.common());
        if !quota.is_empty() {
            let spec = ResourceQuotaSpec { hard: amounts(quota) };
            out.push(cx.core("v1", wave::FIRST, ResourceQuota { metadata: metadata("mesh", space), spec }));
        }
        if !default_requests.is_empty() || !default_limits.is_empty() {
            let item = LimitRangeItem {
                r#type: "Container",
                default: amounts(default_limits),
                default_request: amounts(default_requests),
            };
            let spec = LimitRangeSpec { limits: [item] };
            out.push(cx.core("v1", wave::FIRST, LimitRange { metadata: metadata("mesh", space), spec }));
        }
    }
}

fn amounts(amounts: &Named<Spanned<Quantity>>) -> Pairs<Spanned<Quantity>> {
    Pairs(amounts.iter().map(|(name, amount)| (name.clone(), amount.clone())).collect())
}

#[cfg(test)]
mod tests {
    use crate::lower::example::{names, objects};

    const LIMITS: &str = "
namespaceLimits: { quota: { requests.cpu: 10, pods: 50 }, defaultRequests: { cpu: 50m }, defaultLimits: { memory: 256Mi } }
clients: { c: { namespace: other } }
";

    #[test]
    fn every_namespace_has_its_own() {
        assert_eq!(names(LIMITS, "ResourceQuota"), ["demo/mesh", "other/mesh"]);
        assert_eq!(
            objects("ResourceQuota", LIMITS)[0],
            "apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: mesh\n  namespace: demo\nspec:\n  hard:\n    \
             requests.cpu: \"10\"\n    pods: \"50\"\n"
        );
        assert_eq!(
            objects("LimitRange", LIMITS)[0],
            "apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: mesh\n  namespace: demo\nspec:\n  limits:\n  - type: \
             Container\n    default:\n      memory: 256Mi\n    defaultRequest:\n      cpu: 50m\n"
        );
    }

    #[test]
    fn what_is_not_said_is_not_there() {
        assert!(names("namespaceLimits: {}", "LimitRange").is_empty());
    }
}
