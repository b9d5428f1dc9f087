//! Everything that a page of the handbook may say, gathered once for all pages.

use serde::Serialize;

use crate::check::Scenario;
use crate::handbook::access::Access;
use crate::handbook::alert::{Chapter, chapters};
use crate::handbook::breaker::Breakers;
use crate::handbook::canary::Canaries;
use crate::handbook::gateway::WayIn;
use crate::handbook::mtls::MutualTls;
use crate::handbook::needs::Needs;
use crate::handbook::request::{Ask, asks};
use crate::handbook::routes::Routes;
use crate::handbook::services::Services;
use crate::handbook::timeouts::Timeouts;
use crate::handbook::tree::{Folder, folders};
use crate::handbook::trial::{Trial, trials};
use crate::handbook::watch::Watch;
use crate::handbook::{Book, PICTURE, Place, identity, proxied, shell};
use crate::lower::Context;
use crate::mesh::Mesh;
use crate::profile::delivery::Tool;
use crate::profile::settings::Injection;

/// Everything that a page may say.
#[derive(Serialize)]
pub struct Page<'p> {
    scenario: &'p str,
    lesson: &'p str,
    /// How the user names the profile to a command.
    asked: String,
    seed: bool,
    to_scripts: &'static str,
    scripts: &'p [String],
    picture: Option<Picture<'p>>,
    injection: &'static str,
    proxy: Option<String>,
    holds: bool,
    namespace: &'p str,
    namespaces: Vec<&'p str>,
    services: Services,
    /// What the mesh does for each service.
    proxied: Option<String>,
    routes: Routes,
    gateway: Option<WayIn>,
    mtls: MutualTls,
    access: Access,
    identities: Option<String>,
    timeouts: Timeouts,
    canaries: Canaries,
    breakers: Breakers,
    watch: Watch,
    needs: Needs,
    alerts: Vec<Chapter>,
    asks: Vec<Ask>,
    folders: Vec<Folder>,
    tool: Option<&'static str>,
    sync_waves: bool,
    objects: usize,
    /// The service, client and URL by which the quick start asks first.
    first: Option<First>,
    /// `kubectl exec` in a proxy that calls.
    watcher: Option<Watcher>,
    verdicts: Vec<Trial>,
}

#[derive(Serialize)]
struct Picture<'p> {
    file: &'static str,
    ascii: &'p str,
}

#[derive(Serialize)]
struct First {
    exec: String,
    url: String,
}

impl<'p> Page<'p> {
    /// Of a scenario and its mesh.
    pub fn of(scenario: &'p Scenario, mesh: &Mesh, book: &'p Book<'p>) -> Self {
        let cx = Context::new(scenario);
        let profile = scenario.profile();
        let injection = cx.injection();
        Self {
            scenario: scenario.name(),
            lesson: book.lesson,
            asked: shell::line(book.asked.iter().map(String::as_str)),
            seed: book.place == Place::Seed,
            to_scripts: book.place.to_scripts(),
            scripts: book.scripts,
            picture: book.pictures.as_ref().map(|it| Picture { file: PICTURE, ascii: &it.ascii }),
            injection: match injection {
                Injection::Label => "label",
                Injection::Revision => "revision",
                Injection::None => "none",
            },
            proxy: proxy(profile),
            holds: profile.mesh.proxy.hold_application_until_proxy_starts.is_some_and(|it| it.value),
            namespace: &profile.namespace,
            namespaces: crate::handbook::services::namespaces(profile).into_iter().collect(),
            services: Services::of(&cx, mesh),
            proxied: proxied::table(profile, injection != Injection::None),
            routes: Routes::of(profile),
            gateway: WayIn::of(profile),
            mtls: MutualTls::of(profile, injection),
            access: Access::of(&cx, mesh),
            identities: identity::table(&cx),
            timeouts: Timeouts::of(profile),
            canaries: Canaries::of(profile, book.asked),
            breakers: Breakers::of(profile),
            watch: Watch::of(profile),
            needs: Needs::of(profile, mesh),
            alerts: chapters(mesh),
            asks: asks(&cx),
            folders: folders(mesh),
            tool: profile.delivery.tool.map(|it| match it.value {
                Tool::ArgoCd => "Argo CD",
                Tool::Flux => "Flux",
            }),
            sync_waves: profile.delivery.sync_waves.value,
            objects: mesh.manifests().len(),
            first: first(&cx),
            watcher: watcher(profile),
            verdicts: trials(&cx),
        }
    }
}

/// Commands that ask the proxy of one caller.
#[derive(Serialize)]
struct Watcher {
    /// In front of a command in its proxy.
    stats: String,
    endpoints: String,
}

/// The proxy of the first client.
fn watcher(profile: &crate::profile::Profile) -> Option<Watcher> {
    let client = profile.client_refs().next()?;
    let deployment = format!("deploy/{}", client.name());
    let words = ["kubectl", "-n", client.namespace(), "exec", &deployment];
    let endpoints = ["istioctl", "proxy-config", "endpoints", "-n", client.namespace(), &deployment];
    Some(Watcher {
        stats: format!("{} -c istio-proxy --", shell::line(words)),
        endpoints: shell::line(endpoints),
    })
}

/// What every proxy asks for, in words.
fn proxy(profile: &crate::profile::Profile) -> Option<String> {
    let it = &profile.mesh.proxy;
    let part =
        |value: &Option<crate::source::Text>, what: &str| value.as_ref().map(|it| format!("{it} {what}"));
    let parts = [
        part(&it.cpu, "CPU requested"),
        part(&it.memory, "memory requested"),
        part(&it.cpu_limit, "CPU at the most"),
        part(&it.memory_limit, "memory at the most"),
        it.concurrency.filter(|it| it.value > 0).map(|it| format!("{it} worker threads")),
    ];
    let all: Vec<String> = parts.into_iter().flatten().map(|it| crate::template::markdown(&it)).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// The first client with curl and the first service that speaks HTTP.
fn first(cx: &Context<'_>) -> Option<First> {
    let client = cx.profile.client_refs().find(|it| it.client.version.image.contains("curl"))?;
    let speaks = |it: &crate::profile::lookup::ServiceRef<'_>| {
        it.service.ports.values().next().is_some_and(|it| it.protocol.value.is_http())
    };
    let service = cx.profile.service_refs().find(speaks)?;
    let port = service.service.ports.values().next()?.number.0;
    let port = if port == 80 { String::new() } else { format!(":{port}") };
    Some(First {
        exec: shell::exec(client.namespace(), client.name()),
        url: format!("http://{}{port}/", cx.host(service)),
    })
}
