//! When objects are applied: lower waves first. ALLOW before deny, policies before the pods that they protect, a
//! DestinationRule before the VirtualService that names its subsets.

/// Namespaces.
pub const NAMESPACE: i8 = -3;
/// Identities, configuration, and what lets traffic through.
pub const FIRST: i8 = -2;
/// Services, subsets, and what keeps traffic out.
pub const BEFORE_PODS: i8 = -1;
/// Deployments.
pub const PODS: i8 = 0;
/// Routes.
pub const ROUTES: i8 = 1;
/// What watches.
pub const WATCH: i8 = 4;
