//! Every identity of the profile becomes a ServiceAccount.

use std::collections::BTreeSet;

use crate::kube::wave;
use crate::kube::{Manifest, ServiceAccount};
use crate::lower::Context;
use crate::source::Text;

/// One ServiceAccount for each account that pods of the profile run as, however many share it; so it carries no label
/// `app`. The account `default` is not ours to own: Kubernetes makes one in every namespace.
pub fn service_accounts(cx: &Context<'_>) -> impl Iterator<Item = Manifest> {
    let services = cx.profile.service_refs().map(|it| (it.namespace(), it.service_account()));
    let clients = cx.profile.client_refs().map(|it| (it.namespace(), it.service_account()));
    let accounts: BTreeSet<(&Text, &Text)> = services.chain(clients).collect();
    let labels = cx.common();
    accounts.into_iter().filter(|(_, name)| name.as_str() != "default").map(move |(namespace, name)| {
        let metadata = cx.metadata(name.clone(), namespace, labels.clone());
        // Applications of a mesh need no token for the Kubernetes API; the proxy is given one of its own.
        let object = ServiceAccount { metadata, automount_service_account_token: false };
        cx.core("v1", wave::FIRST, object)
    })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::names;

    #[test]
    fn workloads_that_share_an_account_have_it_once() {
        let profile = "
services: { a: { serviceAccount: s, versions: { v1: {}, v2: {} }, routes: { all: { split: { v1: 100 } } } }, b: { serviceAccount: s, versions: { v1: {} } } }
clients: { c: {}, d: { namespace: other, serviceAccount: s }, e: { serviceAccount: default } }
";
        assert_eq!(names(profile, "ServiceAccount"), ["demo/c", "demo/s", "other/s"]);
    }
}
