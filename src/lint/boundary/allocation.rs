//! Whether istiod may give a ServiceEntry an address of its own.
//!
//! Source: `ShouldV2AutoAllocateIP` in `pilot/pkg/networking/serviceentry` of Istio, with its defaults.

use crate::mesh::Object;

/// Whether istiod gives the entry an address where its author gave none.
pub fn may_allocate(entry: &Object) -> bool {
    let is_resolved = entry.spec().said("resolution").is_some_and(|it| it != "NONE");
    let label = entry.label("networking.istio.io/enable-autoallocate-ip");
    is_resolved && label.is_none_or(|it| !it.eq_ignore_ascii_case("false"))
}
