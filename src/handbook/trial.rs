//! First requests of the clients, and whether the rules let them in.

use serde::Serialize;

use crate::handbook::access::closed;
use crate::handbook::matrix::{Verdict, verdict};
use crate::handbook::shell::{exec, line};
use crate::lower::Context;
use crate::profile::lookup::Who;

/// So many services of each client, and so many pairs in all, are tried.
const MOST: usize = 12;

/// A first request of a client.
#[derive(Serialize)]
pub struct Trial {
    client: String,
    service: String,
    command: String,
    open: bool,
}

/// A request of each client that has curl to each service that speaks HTTP, where the rules leave no doubt about it.
pub fn trials(cx: &Context<'_>) -> Vec<Trial> {
    let profile = cx.profile;
    if profile.authz.allow.is_empty() && profile.authz.deny.is_empty() {
        return Vec::new();
    }
    let closed = closed(profile);
    let clients = profile.client_refs().filter(|it| it.client.version.image.contains("curl"));
    let pairs =
        clients.flat_map(|client| profile.service_refs().take(MOST).map(move |service| (client, service)));
    let trial = |(client, service): (crate::profile::lookup::ClientRef<'_>, _)| {
        let service: crate::profile::lookup::ServiceRef<'_> = service;
        let port = service.service.ports.values().next().filter(|it| it.protocol.value.is_http())?;
        let open = match verdict(profile, Who::Client(client), service, closed.contains(service.id)) {
            Verdict::All => true,
            Verdict::None => false,
            Verdict::Some => return None,
        };
        let url = format!("http://{}:{}/", cx.host(service), port.number);
        let curl = line(["curl", "-s", "-g", "-m", "10", "-o", "/dev/null", "-w", "%{http_code}\\n", &url]);
        let command = format!("{} {curl}", exec(client.namespace(), client.name()));
        Some(Trial { client: client.name().to_string(), service: service.name().to_string(), command, open })
    };
    pairs.filter_map(trial).take(MOST).collect()
}
