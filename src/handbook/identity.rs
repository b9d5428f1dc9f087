//! The identities of a scenario: what certificates say, and rules compare.

use crate::handbook::words::table_of;
use crate::lower::Context;
use crate::template::code;

/// Every identity: services, clients, callers outside the bundle and the gateway.
pub fn table(cx: &Context<'_>) -> Option<String> {
    let profile = cx.profile;
    let row = |who: String, namespace: &str, account: &crate::source::Text| {
        let spiffe = format!("spiffe://{}", cx.principal(namespace, account));
        vec![who, code(&spiffe)]
    };
    let services = profile
        .service_refs()
        .map(|it| row(format!("service {}", code(it.name())), it.namespace(), it.service_account()));
    let clients = profile
        .client_refs()
        .map(|it| row(format!("client {}", code(it.name())), it.namespace(), it.service_account()));
    let callers = profile.callers.iter().map(|(name, it)| {
        row(format!("caller {} (not of this bundle)", code(name)), &it.namespace, &it.service_account)
    });
    let gateway = &profile.mesh.gateway;
    let ingress = profile.gateway.iter().map(|_| {
        row("the ingress gateway (`ingress`)".to_owned(), &gateway.namespace, &gateway.service_account)
    });
    let rows: Vec<_> = services.chain(clients).chain(callers).chain(ingress).collect();
    table_of(&["Who", "SPIFFE identity"], &rows)
}
