//! Alerts on certificates that run out: of proxies, and of the mesh itself.

use crate::kube::made;
use crate::lower::observability::rules::alert::Alerts;
use crate::lower::observability::rules::watched::Watched;
use crate::metrics::{CERTIFICATE, Label, Match, ROOT_CERTIFICATE, alert};

/// Certificates last a day, and proxies renew them after half of it.
const HOURS: u32 = 2;

/// A root certificate takes planning.
const DAYS: u32 = 30;

/// The first for every namespace, the second for one namespace of the profile.
pub fn alerts(watched: &Watched<'_>, of_mesh: bool, out: &mut Alerts<'_>) {
    let own = watched.of_pods(&CERTIFICATE, &[Match::Is(Label::ResourceName, "default")]);
    let left = format!("min by ({}, {}) ({own})", Label::Namespace.word(), Label::Pod.word());
    out.raise(&alert::CERTIFICATE, made(&format!("{left} < {}", HOURS * 3600)));
    if of_mesh {
        let root = &watched.profile.mesh.root_namespace;
        let ends = ROOT_CERTIFICATE.select(&[Match::Is(Label::Namespace, root)]);
        let left = format!("min({ends}) - time()");
        out.raise(&alert::ROOT_CERTIFICATE, root.with(format!("{left} < {}", DAYS * 86400).into()));
    }
}
