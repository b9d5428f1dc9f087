//! What `load.sh` starts: the loads of the profile, or a plain row of requests where it has none.

use serde::Serialize;

use crate::kube::group;
use crate::mesh::Mesh;
use crate::profile::Profile;
use crate::scripts::access::admitted;
use crate::scripts::answer::Answer;
use crate::scripts::ask::{Ask, Taken, door, taken};
use crate::scripts::request::Request;

/// As the template sees it.
#[derive(Serialize)]
pub struct Loads {
    loads: Vec<Load>,
    /// Requests for a loop, where there is no load.
    asks: Vec<Ask>,
}

/// A suspended CronJob.
#[derive(Serialize)]
struct Load {
    name: String,
    cron_job: String,
    namespace: String,
    to: String,
    seconds: u64,
}

/// What can be started.
pub fn loads(profile: &Profile, mesh: &Mesh) -> Loads {
    let mut loads = Vec::new();
    for (name, load) in profile.load.iter() {
        let cron_job = format!("load-{name}");
        let there = mesh.manifests().iter().find(|it| {
            it.resource.kind() == "CronJob"
                && group(it.api_version()) == "batch"
                && it.resource.name().as_str() == cron_job
        });
        let Some(namespace) = there.and_then(|it| it.resource.namespace()) else { continue };
        loads.push(Load {
            name: name.to_string(),
            cron_job,
            namespace: namespace.to_string(),
            to: load.to.to_string(),
            seconds: load.duration.value.millis().div_ceil(1000),
        });
    }
    let asks = if loads.is_empty() { asks(profile) } else { Vec::new() };
    Loads { loads, asks }
}

/// One request a service, of the first client that is let in.
fn asks(profile: &Profile) -> Vec<Ask> {
    let mut out = Vec::new();
    for door in profile.service_refs().filter_map(door) {
        let request = Request::get("/");
        let client = profile.client_refs().find(|it| {
            admitted(*it, door, &request) == Answer::Yes
                && !matches!(taken(door.service, *it, &request), Taken::None)
        });
        let label = door.service.name().to_string();
        out.extend(client.map(|it| Ask::new(label, it, door, &request)));
    }
    out
}
