//! Workloads: what their pods run as, and whether a proxy gets into them.

mod automatic_image;
mod automatic_image_of_a_pod;
mod open_key_fetch;
mod pod_without_proxy;
mod proxy_user;
mod stale_proxy;

pub use automatic_image::RULE as AUTOMATIC_IMAGE;
pub use automatic_image_of_a_pod::RULE as AUTOMATIC_IMAGE_OF_A_POD;
pub use open_key_fetch::RULE as OPEN_KEY_FETCH;
pub use pod_without_proxy::RULE as POD_WITHOUT_PROXY;
pub use proxy_user::RULE as PROXY_USER;
pub use stale_proxy::RULE as STALE_PROXY;

use crate::mesh::{Object, Workload};
use crate::yaml::Node;

/// The image of the container of a template that injection is to fill in.
fn automatic_image(workload: Workload<'_>) -> Option<&Node> {
    let containers = workload.pod_spec().list("containers").iter();
    let mut proxies = containers.filter(|it| it.word("name").is_some_and(|it| it == "istio-proxy"));
    proxies.find_map(|it| it.get("image").filter(|it| it.text().is_some_and(|it| it == "auto")))
}

/// Whether an object comes from a cluster: only there it has an identity.
fn is_live(object: &Object) -> bool {
    object.node.get("metadata").is_some_and(|it| it.has("uid"))
        || object.node.get("status").is_some_and(|it| it.has("phase"))
}
