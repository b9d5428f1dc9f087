//! How much there may be of it: autoscaling, and limits of whole namespaces. All of it on demand.

use schemars::JsonSchema;

use crate::source::Spanned;
use crate::units::Percent;
use crate::units::quantity::Quantity;
use crate::yaml::{Named, record};

/// A HorizontalPodAutoscaler: `replicas` is then the least number of pods.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Autoscaling {
    /// The most pods.
    pub max: Spanned<u32>,
    /// The part of the requested CPU time that pods should use on average.
    pub cpu: Spanned<Percent>,
}

record!(Autoscaling "`autoscaling`" { max, cpu });

/// Limits of every namespace of the profile.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamespaceLimits {
    /// What all pods together may ask for, as `requests.cpu: 10`: a ResourceQuota.
    pub quota: Named<Spanned<Quantity>>,
    /// What a container that says nothing asks for: in a LimitRange.
    pub default_requests: Named<Spanned<Quantity>>,
    /// What a container that says nothing may use: in a LimitRange.
    pub default_limits: Named<Spanned<Quantity>>,
}

record!(NamespaceLimits "`namespaceLimits`" { quota, default_requests, default_limits });
