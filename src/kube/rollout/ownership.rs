//! What an engine writes into objects that Git has too: whoever compares or applies must leave these fields alone.

/// Fields of one kind that an engine writes, as paths of `jq`.
#[derive(Debug, PartialEq, Eq)]
pub struct Owned {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// The fields.
    pub fields: &'static [&'static str],
}

/// Flagger scales the Deployment that it releases to zero while nothing is released, and its autoscaler with it. All
/// else that it writes (Services, routes, subsets, `-primary`) it has made itself: Git never has it.
pub static FLAGGER: &[Owned] = &[Owned { group: "apps", kind: "Deployment", fields: &[".spec.replicas"] }];

/// Argo Rollouts moves weights, and tells the pods of the two subsets apart by a label.
pub static ARGO_ROLLOUTS: &[Owned] = &[
    Owned {
        group: "networking.istio.io",
        kind: "VirtualService",
        fields: &[
            ".spec.http[]?.route[]?.weight",
            ".spec.tls[]?.route[]?.weight",
            ".spec.tcp[]?.route[]?.weight",
        ],
    },
    Owned {
        group: "networking.istio.io",
        kind: "DestinationRule",
        fields: &[
            ".metadata.annotations[\"argo-rollouts.argoproj.io/managed-by-rollouts\"]",
            ".spec.subsets[]?.labels[\"rollouts-pod-template-hash\"]",
        ],
    },
];
