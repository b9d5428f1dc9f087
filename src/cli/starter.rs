//! What a new repository begins with: a profile, a CI workflow, and the commands that come next.

use crate::cli::args::{Extra, ToolArg};

/// The scenario that a repository begins with.
pub const SCENARIO: &str = "canary";

/// The tag of this version of meshgen.
const TAG: &str = concat!("v", env!("CARGO_PKG_VERSION"));

const BY_HAND: &str = "\
# One request in ten reaches v2.
# yaml-language-server: $schema=profile.schema.json
extends: canary-10
namespace: mesh-demo
";

const UNDER_AN_ENGINE: &str = "\
# Each release of hello gets more and more requests, and none when it fails.
# yaml-language-server: $schema=profile.schema.json
extends: hello
namespace: mesh-demo
";

const PROMETHEUS: &str = "\
observability:
  prometheus: { namespace: monitoring, address: \"http://prometheus.monitoring:9090\" }
";

const WATCHED: &str = "  podMonitor: true
  rules: true
  dashboard: true
  slo: { availability: 99.9, p99: 500ms }
";

const CHECKS: &str = "
  checks: { successRate: 99, p99: 500ms }
";

const DELIVERY: &str = "
  repo: https://git.example.com/team/mesh.git    # write the address of this repository
  path: out
  syncWaves: true
";

/// What a repository is to have.
#[derive(Clone, Copy, Debug)]
pub struct Starter {
    /// Who applies.
    pub gitops: Option<ToolArg>,
    /// Metrics, alerts and a dashboard.
    pub observability: bool,
    /// Automatic rollout and rollback.
    pub rollout: bool,
}

impl Starter {
    /// What arguments ask for.
    pub fn new(gitops: Option<ToolArg>, with: &[Extra]) -> Self {
        Self {
            gitops,
            observability: with.contains(&Extra::Observability),
            rollout: with.contains(&Extra::Rollout),
        }
    }

    /// The profile.
    pub fn profile(self) -> String {
        // Under an engine a service has one version: the next is whatever is committed next.
        let moved = self.rollout && self.gitops.is_some();
        let mut parts = vec![if moved { UNDER_AN_ENGINE } else { BY_HAND }];
        if self.observability || self.rollout {
            parts.push(PROMETHEUS);
        }
        if self.observability {
            parts.push(WATCHED);
        }
        if self.rollout {
            parts.extend(["rollout:\n  engine: ", self.engine(), CHECKS]);
        }
        if let Some(tool) = self.gitops {
            let tool = match tool {
                ToolArg::ArgoCd => "argo-cd",
                ToolArg::Flux => "flux",
            };
            parts.extend(["delivery:\n  tool: ", tool, DELIVERY]);
        }
        parts.concat()
    }

    /// The engine that goes with who applies.
    fn engine(self) -> &'static str {
        match self.gitops {
            Some(ToolArg::ArgoCd) => "argo-rollouts",
            Some(ToolArg::Flux) => "flagger",
            None => "git",
        }
    }

    /// The CI workflow. meshgen is in no registry, so it is built from wherever its source is.
    pub fn workflow(self) -> String {
        let gitops = match self.gitops {
            Some(_) => format!("    - run: meshgen gitops --profile {SCENARIO} --out gitops --check\n"),
            None => String::new(),
        };
        format!(
            "\
name: mesh
on:
  push:
  pull_request:
  schedule:
  - cron: \"17 5 * * 1\"
permissions:
  contents: read
jobs:
  meshgen:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
    # meshgen is in no registry: the variable MESHGEN_SOURCE of this repository is the address of a Git repository
    # that has its source, MESHGEN_REVISION the tag or commit that wrote out/.
    - name: build meshgen
      env:
        SOURCE: ${{{{ vars.MESHGEN_SOURCE }}}}
        REVISION: ${{{{ vars.MESHGEN_REVISION || '{TAG}' }}}}
      run: |
        [ -n \"$SOURCE\" ] || {{ echo \"set the variable MESHGEN_SOURCE of this repository\"; exit 2; }}
        cargo install --locked --git \"$SOURCE\" --rev \"$REVISION\" meshgen
    - run: meshgen validate
    - run: meshgen render --all --out out --check
{gitops}    # Once a week: is somebody late with looking the security rules through (`policyReview`)?
    - if: github.event_name == 'schedule'
      run: meshgen validate --as-of \"$(date -u +%F)\"
"
        )
    }

    /// What to do next.
    pub fn next(self) -> String {
        let render = ("meshgen render --all --out out", "then commit profiles/ and out/");
        let show = ("meshgen show canary --origin", "everything the profile inherits, and from where");
        let gitops = ("meshgen gitops --profile canary --out gitops", "after `repo` in the profile is yours");
        let gitops = self.gitops.map(|_| gitops);
        let width = if gitops.is_some() { 46 } else { 34 };
        let lines = [render].into_iter().chain(gitops).chain([show]);
        let told: Vec<String> = lines.map(|(command, why)| format!("\n  {command:width$} # {why}")).collect();
        format!("next:{}", told.concat())
    }
}
