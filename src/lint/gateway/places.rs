//! How servers speak TLS, in a Gateway and in the ingress of a Sidecar.

use crate::kube::Sort;
use crate::yaml::Node;

/// Where it stands.
pub const SERVER_TLS: &[(Sort, &str)] =
    &[(Sort::Gateway, "spec.servers[].tls"), (Sort::Sidecar, "spec.ingress[].tls")];

/// The keys of a block under which there are certificates.
pub fn certificates(tls: &Node) -> impl Iterator<Item = &'static str> {
    let words = ["credentialName", "serverCertificate", "privateKey", "caCertificates", "caCrl"];
    let lists = ["credentialNames", "tlsCertificates"];
    let words = words.into_iter().filter(|it| tls.said(it).is_some());
    words.chain(lists.into_iter().filter(|it| !tls.list(it).is_empty()))
}
