//! Shell scripts that deploy a scenario, put it to the test, move it on, take it back and clear it away.
//!
//! Each is one file that needs nothing beside it but bash, kubectl and the manifests. Whatever comes from a profile
//! stands in it as single words of the shell; the rest is the same in every scenario.

mod access;
mod answer;
mod ask;
mod authz;
mod gate;
mod load;
mod mtls;
mod objects;
mod pods;
mod request;
mod routing;
mod weights;

use serde::Serialize;

use crate::bundle::{File, Layout};
use crate::check::Scenario;
use crate::mesh::Mesh;
use crate::metrics::{Label, REQUESTS};
use crate::profile::Profile;
use crate::profile::settings::Injection;
use crate::template::{Mistake, render};

/// Where the manifests are, seen from the folder of the scripts.
#[derive(Clone, Copy, Debug)]
pub struct Root<'a> {
    /// As `..`.
    pub path: &'a str,
    /// How they are laid out there.
    pub layout: Layout,
}

/// The scripts of a scenario, as `deploy.sh`; whoever writes them chooses their folder.
///
/// All eight are always there: one that has nothing to do for this scenario says so.
///
/// # Errors
/// A template of ours that is wrong.
pub fn scripts(scenario: &Scenario, mesh: &Mesh, root: Root<'_>) -> Result<Vec<File>, Mistake> {
    let profile = scenario.profile();
    let objects = objects::objects(profile, mesh, &root);
    let weights = weights::weights(profile, mesh);
    let common = Common::of(scenario);
    Ok(vec![
        common.script("canary-step.sh", &weights)?,
        common.script("cleanup.sh", &objects)?,
        common.script("deploy.sh", &objects)?,
        common.script("load.sh", &load::loads(profile, mesh))?,
        common.script("rollback.sh", &weights)?,
        common.script("test-authz.sh", &authz::authz(profile))?,
        common.script("test-mtls.sh", &mtls::mtls(profile))?,
        common.script("test-routing.sh", &routing::routing(profile))?,
    ])
}

/// What every template sees.
#[derive(Clone, Copy, Serialize)]
struct Common<'s> {
    scenario: &'s str,
    /// Whether there is a client to ask from.
    clients: bool,
    /// Whether pods get a proxy.
    proxies: bool,
    /// The counter of requests, and its labels that scripts read.
    metric: Counter,
}

#[derive(Clone, Copy, Serialize)]
struct Counter {
    requests: &'static str,
    reporter: &'static str,
    service: &'static str,
    namespace: &'static str,
    version: &'static str,
    security: &'static str,
}

#[derive(Serialize)]
struct Context<'s, T> {
    #[serde(flatten)]
    common: Common<'s>,
    #[serde(flatten)]
    own: &'s T,
}

impl<'s> Common<'s> {
    fn of(scenario: &'s Scenario) -> Self {
        let profile: &Profile = scenario.profile();
        Self {
            scenario: scenario.name(),
            clients: !profile.clients.is_empty(),
            proxies: profile.mesh.injection.as_ref().is_none_or(|it| it.value != Injection::None),
            metric: Counter {
                requests: REQUESTS.name,
                reporter: Label::Reporter.word(),
                service: Label::DestinationServiceName.word(),
                namespace: Label::DestinationServiceNamespace.word(),
                version: Label::DestinationVersion.word(),
                security: Label::ConnectionSecurityPolicy.word(),
            },
        }
    }

    fn script<T: Serialize>(self, name: &str, own: &T) -> Result<File, Mistake> {
        let text = render(&format!("scripts/{name}.j2"), Context { common: self, own })?;
        Ok(File { path: name.to_owned(), text, object: None })
    }
}
