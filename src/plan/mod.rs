//! The way from one state of a mesh to another: profiles that differ by one step each, the folders they become, and
//! the way back.
//!
//! A step is a whole profile. The ordinary compiler makes its bundle, so a step's folder holds just what `render` would
//! write of that state; this room never sees a manifest. [`plan`] makes the steps, [`folder`] the folder of all of them.

mod authz;
mod callers;
mod change;
mod fields;
mod folder;
mod ladder;
mod mtls;
mod pick;
mod prose;
mod readme;
mod shares;
mod watch;
mod words;
mod workflow;

use crate::diag::{Diagnostics, Reported};
use crate::profile::Profile;
use crate::source::{Str, Text};

pub use folder::{Compiled, folder};

/// What is to be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The new version gets more and more of the requests.
    Canary,
    /// The new version gets all requests at once.
    BlueGreen,
    /// From permissive to strict, and from rules to deny by default.
    Mtls,
    /// The old version gets back what the new one has.
    Rollback,
}

/// What is asked for, every text with its place on the command line.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is to be planned.
    pub flow: Flow,
    /// The service, where several could be meant.
    pub service: Option<Text>,
    /// The old version, where several could be meant.
    pub from: Option<Text>,
    /// The new version.
    pub to: Option<Text>,
    /// The percentages of the new version, as `10,50,100`.
    pub steps: Option<Text>,
    /// Whether the old version leaves at the end.
    pub retire: bool,
}

/// An ordered row of states; the first is where the way starts.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is planned.
    pub flow: Flow,
    /// The profile as it was given.
    pub profile: Profile,
    /// The service and its two versions; absent for mutual TLS.
    pub pair: Option<Pair>,
    /// The states.
    pub steps: Vec<Step>,
}

/// A service and the two versions that a plan is about.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The service's id.
    pub service: Text,
    /// The version that served before.
    pub old: Text,
    /// The version that is to serve.
    pub new: Text,
}

/// One state, and what brings it about.
#[derive(Clone, Debug)]
pub struct Step {
    /// The folder's name without its number.
    pub name: String,
    /// What it does.
    pub act: Act,
    /// The state.
    pub profile: Profile,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Nothing: the way starts here.
    Start,
    /// The new version has this many percent of the requests.
    Share(u32),
    /// No route names the old version any more.
    Unroute,
    /// The old version's pods and subset go.
    Remove,
    /// Access rules only count what they would refuse.
    TryRules,
    /// Access rules are in force.
    Rules,
    /// What no rule allows is refused.
    DenyAll,
    /// A namespace takes mutual TLS only.
    Strict(Str),
    /// The whole mesh takes mutual TLS only.
    StrictMesh,
}

/// The steps of a plan.
///
/// # Errors
/// Steps that do not go up, a service that is not clear, a way from a state to itself, a caller that would be shut out:
/// all of it is in `diags`.
pub fn plan(request: &Request, profile: &Profile, diags: &mut Diagnostics) -> Result<Plan, Reported> {
    match request.flow {
        Flow::Mtls => mtls::plan(profile, diags),
        Flow::Canary | Flow::BlueGreen | Flow::Rollback => shares::plan(request, profile, diags),
    }
}
