//! Where the parts of a traffic policy stand: in a DestinationRule, in its subsets, in their ports, and in a Sidecar.

use crate::kube::Sort::{self, DestinationRule, Sidecar};

/// Policies of a host and of its subsets.
pub const TRAFFIC_POLICIES: &[(Sort, &str)] =
    &[(DestinationRule, "spec.trafficPolicy"), (DestinationRule, "spec.subsets[].trafficPolicy")];

/// Policies of single ports.
pub const PORT_POLICIES: &[(Sort, &str)] = &[
    (DestinationRule, "spec.trafficPolicy.portLevelSettings[]"),
    (DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[]"),
];

/// Both.
pub const POLICIES: &[(Sort, &str)] =
    &[TRAFFIC_POLICIES[0], TRAFFIC_POLICIES[1], PORT_POLICIES[0], PORT_POLICIES[1]];

/// How requests spread over pods.
pub const LOAD_BALANCERS: &[(Sort, &str)] = &[
    (DestinationRule, "spec.trafficPolicy.loadBalancer"),
    (DestinationRule, "spec.subsets[].trafficPolicy.loadBalancer"),
    (DestinationRule, "spec.trafficPolicy.portLevelSettings[].loadBalancer"),
    (DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer"),
];

/// What tells callers apart.
pub const CONSISTENT_HASHES: &[(Sort, &str)] = &[
    (DestinationRule, "spec.trafficPolicy.loadBalancer.consistentHash"),
    (DestinationRule, "spec.subsets[].trafficPolicy.loadBalancer.consistentHash"),
    (DestinationRule, "spec.trafficPolicy.portLevelSettings[].loadBalancer.consistentHash"),
    (DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer.consistentHash"),
];

/// How requests spread over regions and zones.
pub const LOCALITIES: &[(Sort, &str)] = &[
    (DestinationRule, "spec.trafficPolicy.loadBalancer.localityLbSetting"),
    (DestinationRule, "spec.subsets[].trafficPolicy.loadBalancer.localityLbSetting"),
    (DestinationRule, "spec.trafficPolicy.portLevelSettings[].loadBalancer.localityLbSetting"),
    (DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer.localityLbSetting"),
];

/// When a pod is put aside.
pub const OUTLIERS: &[(Sort, &str)] = &[
    (DestinationRule, "spec.trafficPolicy.outlierDetection"),
    (DestinationRule, "spec.subsets[].trafficPolicy.outlierDetection"),
    (DestinationRule, "spec.trafficPolicy.portLevelSettings[].outlierDetection"),
    (DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].outlierDetection"),
];

/// What may be open at a time.
pub const CONNECTION_POOLS: &[(Sort, &str)] = &[
    (DestinationRule, "spec.trafficPolicy.connectionPool"),
    (DestinationRule, "spec.subsets[].trafficPolicy.connectionPool"),
    (DestinationRule, "spec.trafficPolicy.portLevelSettings[].connectionPool"),
    (DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].connectionPool"),
    (Sidecar, "spec.inboundConnectionPool"),
    (Sidecar, "spec.ingress[].connectionPool"),
];

/// How callers speak TLS.
pub const CLIENT_TLS: &[(Sort, &str)] = &[
    (DestinationRule, "spec.trafficPolicy.tls"),
    (DestinationRule, "spec.subsets[].trafficPolicy.tls"),
    (DestinationRule, "spec.trafficPolicy.portLevelSettings[].tls"),
    (DestinationRule, "spec.subsets[].trafficPolicy.portLevelSettings[].tls"),
];
