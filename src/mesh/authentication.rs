//! Which mode of mutual TLS holds at a port of a workload.
//!
//! Source: `ComposePeerAuthentication` of `pilot/pkg/security/authn` and `pilot/pkg/model/authentication.go`.

use std::collections::BTreeMap;

use crate::kube::Sort;
use crate::mesh::choice::{Choice, are_among};
use crate::mesh::{Cluster, Object, Workload};
use crate::source::Str;
use crate::yaml::{Entry, Node};

/// What a workload takes from its callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Nothing but mutual TLS.
    Strict,
    /// Mutual TLS and anything else.
    Permissive,
    /// Nothing but plain text.
    Disable,
}

impl Mode {
    /// The mode that `mtls` says; nothing where it is unset.
    pub fn of(mtls: Option<&Node>) -> Option<Self> {
        match mtls?.word("mode")?.as_str() {
            "STRICT" => Some(Self::Strict),
            "PERMISSIVE" => Some(Self::Permissive),
            "DISABLE" => Some(Self::Disable),
            _ => None,
        }
    }
}

/// The PeerAuthentications of each namespace, the oldest first.
#[derive(Debug, Default)]
pub struct Authentications {
    by_namespace: BTreeMap<Str, Vec<usize>>,
    choice: Choice,
}

impl Authentications {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let mut all: Vec<&Object> = cluster.of(Sort::PeerAuthentication).collect();
        all.sort_by_key(|it| it.seniority());
        let mut by_namespace: BTreeMap<Str, Vec<usize>> = BTreeMap::new();
        for policy in &all {
            by_namespace.entry(policy.namespace().into()).or_default().push(policy.id);
        }
        Self { by_namespace, choice: Choice::of(&all, chosen) }
    }
}

/// A PeerAuthentication that is for all of its namespace, or of the mesh.
pub fn is_wide(policy: &Object) -> bool {
    chosen(policy).is_empty()
}

fn chosen(policy: &Object) -> &[Entry] {
    policy.spec().get("selector").map_or(&[], |it| it.pairs("matchLabels"))
}

impl Cluster {
    /// The PeerAuthentications of a namespace, the oldest first.
    pub fn peer_authentications(&self, namespace: &str) -> impl Iterator<Item = &Object> {
        let found = self.authentications().by_namespace.get(namespace);
        found.map_or(&[][..], Vec::as_slice).iter().map(|it| self.object(*it))
    }

    /// The one that is for all of a namespace: of several the oldest counts.
    pub fn wide_authentication(&self, namespace: &str) -> Option<&Object> {
        self.authentications().choice.wide(namespace).first().map(|it| self.object(*it))
    }

    /// The one that chooses a workload. In the root namespace those that choose are ignored.
    pub fn own_authentication<'m>(&'m self, workload: Workload<'m>) -> Option<&'m Object> {
        let namespace = workload.object.namespace();
        if namespace == self.config.root_namespace() {
            return None;
        }
        self.choosing(namespace, workload.labels()).min_by_key(|it| it.seniority())
    }

    /// Those of a namespace that choose whoever has some labels.
    pub fn choosing<'m>(
        &'m self,
        namespace: &'m str,
        labels: &'m [Entry],
    ) -> impl Iterator<Item = &'m Object> {
        let near = self.authentications().choice.near(namespace, labels);
        near.map(|it| self.object(it)).filter(|it| are_among(chosen(it), labels))
    }

    /// The mode of a namespace for workloads that none of its own speaks of, and who says so.
    pub fn mode_of_namespace(&self, namespace: &str) -> (Mode, Option<&Object>) {
        let of = |it: &str| {
            let policy = self.wide_authentication(it)?;
            Some((Mode::of(policy.spec().get("mtls"))?, Some(policy)))
        };
        of(namespace).or_else(|| of(self.config.root_namespace())).unwrap_or((Mode::Permissive, None))
    }

    /// The mode at a port of a workload, and who says so; without a port, at those that nobody speaks of.
    pub fn mode_at<'m>(&'m self, workload: Workload<'m>, port: Option<u16>) -> (Mode, Option<&'m Object>) {
        let wide = self.mode_of_namespace(workload.object.namespace());
        let Some(own) = self.own_authentication(workload) else { return wide };
        let of_port = || {
            let number = port?.to_string();
            Mode::of(own.spec().get("portLevelMtls")?.get(&number))
        };
        let said = of_port().or_else(|| Mode::of(own.spec().get("mtls")));
        said.map_or(wide, |it| (it, Some(own)))
    }
}

#[cfg(test)]
mod tests {
    use super::Mode;
    use crate::mesh::{Cluster, Workload};

    const POD: &str = "
{ apiVersion: v1, kind: Pod, metadata: { name: p, namespace: shop, labels: { app: a } } }
";

    fn mode(policies: &[(&str, &str, &str)], port: Option<u16>) -> Mode {
        let mut text = POD.to_owned();
        for (name, namespace, spec) in policies {
            let head = "---\n{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { ";
            for part in [head, name, ", namespace: ", namespace, " }, spec: { ", spec, " } }\n"] {
                text += part;
            }
        }
        let cluster = Cluster::parse(&text);
        cluster.mode_at(Workload::of(&cluster.objects()[0]).unwrap(), port).0
    }

    #[test]
    fn the_nearest_policy_that_says_something_counts() {
        let mesh = ("name: m", "istio-system", "mtls: { mode: STRICT }");
        let unset = ("name: n", "shop", "mtls: {}");
        let off = ("name: n", "shop", "mtls: { mode: DISABLE }");
        let own = ("name: w", "shop", "selector: { matchLabels: { app: a } }, mtls: { mode: PERMISSIVE }");
        assert_eq!(mode(&[], None), Mode::Permissive);
        assert_eq!(mode(&[mesh, unset], None), Mode::Strict);
        assert_eq!(mode(&[mesh, off], None), Mode::Disable);
        assert_eq!(mode(&[mesh, off, own], None), Mode::Permissive);
    }

    #[test]
    fn a_port_has_its_own_mode() {
        let spec = "selector: { matchLabels: { app: a } }, portLevelMtls: { 80: { mode: DISABLE }, 81: { mode: UNSET } }";
        let mesh = ("name: m", "istio-system", "mtls: { mode: STRICT }");
        assert_eq!(mode(&[mesh, ("name: w", "shop", spec)], Some(80)), Mode::Disable);
        assert_eq!(mode(&[mesh, ("name: w", "shop", spec)], Some(81)), Mode::Strict);
        assert_eq!(mode(&[mesh, ("name: w", "shop", spec)], None), Mode::Strict);
    }

    #[test]
    fn of_several_the_oldest_counts_then_the_first_by_name() {
        let b = ("name: b", "shop", "mtls: { mode: STRICT }");
        let a = ("name: a", "shop", "mtls: { mode: DISABLE }");
        assert_eq!(mode(&[b, a], None), Mode::Disable);
        let new = ("name: a, creationTimestamp: '2024-01-02T00:00:00Z'", "shop", "mtls: { mode: DISABLE }");
        let old = ("name: b, creationTimestamp: '2024-01-01T00:00:00Z'", "shop", "mtls: { mode: STRICT }");
        assert_eq!(mode(&[new, old], None), Mode::Strict);
    }

    #[test]
    fn policies_of_the_root_namespace_choose_nobody() {
        let spec = "selector: { matchLabels: { app: a } }, mtls: { mode: STRICT }";
        assert_eq!(mode(&[("name: m", "istio-system", spec)], None), Mode::Permissive);
    }
}
