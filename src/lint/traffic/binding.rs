//! What a VirtualService is bound to: the sidecars of the mesh, gateways, or both.

use crate::mesh::Object;

/// Whether it is for the sidecars of the mesh, perhaps besides gateways.
pub fn is_for_mesh(object: &Object) -> bool {
    let list = object.spec().list("gateways");
    list.is_empty() || list.iter().any(|it| it.text().is_some_and(|it| it == "mesh"))
}

/// Whether it is for gateways only.
pub fn is_for_gateways(object: &Object) -> bool {
    !is_for_mesh(object)
}
