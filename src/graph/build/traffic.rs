//! What comes in, how it is split, and what goes out.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::build::Builder;
use crate::graph::build::vertices::vertex;
use crate::graph::facts::route::{Named, Route, Target};
use crate::graph::facts::{Object, has_all, items, text};
use crate::graph::model::{Access, Relation, Role, Security, Share};
use crate::graph::words::clip;

impl<'a> Builder<'a> {
    /// Whoever is outside comes in through the Gateways.
    pub fn entrances(&mut self) {
        for gateway in &self.facts.gateways {
            // What leaves through a Gateway does not enter by it.
            let words = crate::graph::facts::pairs(&gateway.node, &["spec", "selector"]);
            if words.iter().any(|it| it.1.contains("egress")) {
                continue;
            }
            let outside = self.outside();
            let place = self.gateway(&gateway.namespace, &gateway.name);
            let (labels, security) = servers(gateway);
            let edge = self.edge(outside, place, Relation::Enters);
            edge.labels = labels;
            edge.security = Some(security);
            edge.by = vec![gateway.title()];
        }
    }

    fn outside(&mut self) -> usize {
        if let Some(place) = self.outside {
            return place;
        }
        let place = self.vertex(vertex(Role::Outside, "outside", "", "", "visitors"));
        self.outside = Some(place);
        place
    }

    /// The vertex of a Gateway, also of one that stands elsewhere.
    pub fn gateway(&mut self, namespace: &str, name: &str) -> usize {
        self.vertex(vertex(Role::Gateway, "gateway", "Gateway", namespace, name))
    }

    /// How each Service splits its requests among its versions.
    pub fn routes(&mut self) {
        let facts = self.facts;
        let services: BTreeMap<Named<'a>, usize> = facts
            .services
            .iter()
            .enumerate()
            .map(|(place, it)| (Named::Service(it.namespace, it.name), place))
            .collect();
        let mut routed = BTreeSet::new();
        for route in &facts.routes {
            self.route(route, &services, &mut routed);
        }
        for (place, service) in facts.services.iter().enumerate() {
            for workload in &service.workloads {
                let (from, to) = (self.of_service[place], self.of_workload[*workload]);
                let is_new = !self.edges.contains_key(&(from, to, Relation::Routes));
                let by = service.of_canary.clone();
                let edge = self.edge(from, to, Relation::Routes);
                edge.by.extend(by.clone());
                if by.is_some() {
                    let is_primary = Some(workload) == service.workloads.first();
                    edge.labels = vec![if is_primary { "100 %" } else { "canary" }.to_owned()];
                } else if is_new && routed.contains(&place) {
                    edge.labels = vec!["0 %".to_owned()];
                }
            }
        }
    }

    fn route(
        &mut self,
        route: &Route<'a>,
        services: &BTreeMap<Named<'a>, usize>,
        routed: &mut BTreeSet<usize>,
    ) {
        let named: Vec<usize> = route.hosts.iter().filter_map(|it| services.get(it).copied()).collect();
        for target in &route.targets {
            if !route.gateways.is_empty() {
                self.behind_gateways(route, target, services);
            }
            let place = services.get(&target.host).copied();
            // Of a service under Flagger the engine says what each version gets.
            let Some(place) = place.filter(|it| self.facts.services[*it].of_canary.is_none()) else {
                continue;
            };
            let others = named.iter().filter(|it| route.in_mesh && **it != place);
            for other in others.copied().collect::<Vec<_>>() {
                let (from, to) = (self.of_service[other], self.of_service[place]);
                self.share(from, to, route, target, true);
            }
            if route.condition.is_empty() && !target.subset.is_empty() {
                routed.insert(place);
            }
            for (workload, alone) in self.behind(place, target, &route.object.title()) {
                let (from, to) = (self.of_service[place], self.of_workload[workload]);
                self.share(from, to, route, target, alone);
            }
        }
        for mirror in &route.mirrors {
            let from = named.first().or_else(|| services.get(&mirror.host)).copied();
            let (Some(from), Some(place)) = (from, services.get(&mirror.host).copied()) else { continue };
            for (workload, _) in self.behind(place, mirror, &route.object.title()) {
                let (from, to) = (self.of_service[from], self.of_workload[workload]);
                let edge = self.edge(from, to, Relation::Mirrors);
                edge.labels = vec![format!("mirror {} %", mirror.percent)];
                edge.by = vec![route.object.title()];
            }
        }
    }

    /// The workloads that a target means, and whether each has the share to itself.
    fn behind(&mut self, place: usize, target: &Target<'a>, title: &str) -> Vec<(usize, bool)> {
        let facts = self.facts;
        let service = &facts.services[place];
        if target.subset.is_empty() {
            let alone = service.workloads.len() == 1;
            return service.workloads.iter().map(|it| (*it, alone)).collect();
        }
        let subsets = facts.subsets_of(target.host).iter().filter(|it| it.name == target.subset);
        let labels: Vec<_> = subsets.map(|it| &it.labels).collect();
        let fits = |it: &usize| labels.iter().any(|wanted| has_all(&facts.workloads[*it].labels, wanted));
        let found: Vec<(usize, bool)> =
            service.workloads.iter().copied().filter(fits).map(|it| (it, true)).collect();
        if found.is_empty() && service.of_canary.is_none() {
            let (subset, name) = (target.subset, service.name);
            let note =
                format!("{title} names the subset `{subset}` of `{name}`, which no workload belongs to");
            self.notes.push(note);
        }
        found
    }

    fn share(&mut self, from: usize, to: usize, route: &Route<'_>, target: &Target<'a>, alone: bool) {
        let share = Share {
            route: route.name.to_owned(),
            condition: route.condition.clone(),
            subset: target.subset.to_owned(),
            percent: target.percent,
        };
        let title = route.object.title();
        let others = self.has_other_subset(to, target);
        let edge = self.edge(from, to, Relation::Routes);
        let label = match (share.condition.as_str(), share.percent) {
            ("", percent) => format!("{percent} %"),
            (condition, 100) => clip(condition),
            (condition, percent) => format!("{} {percent} %", clip(condition)),
        };
        // An engine's subsets are of one workload: then their names tell them apart.
        let label = if others { format!("{} {label}", target.subset) } else { label };
        if alone && !edge.labels.contains(&label) {
            edge.labels.push(label);
        }
        if !edge.shares.contains(&share) {
            edge.shares.push(share);
        }
        if !edge.by.contains(&title) {
            edge.by.push(title);
        }
    }

    /// Whether a workload belongs to another subset of the same host as well.
    fn has_other_subset(&self, vertex: usize, target: &Target<'a>) -> bool {
        let facts = self.facts;
        if target.subset.is_empty() {
            return false;
        }
        let mut others = facts.subsets_of(target.host).iter().filter(|it| it.name != target.subset);
        others.any(|subset| {
            let mut named = self.workloads_at.get(&vertex).into_iter().flatten();
            named.any(|it| has_all(&facts.workloads[*it].labels, &subset.labels))
        })
    }

    /// Whoever came in goes on to where the routes of the Gateway lead.
    fn behind_gateways(
        &mut self,
        route: &Route<'a>,
        target: &Target<'a>,
        services: &BTreeMap<Named<'a>, usize>,
    ) {
        let Some(place) = services.get(&target.host).copied() else { return };
        let known = |it: &Named<'_>| match it {
            Named::Service(..) => None,
            Named::Other(host) => Some(clip(host)),
        };
        let hosts: Vec<String> = route.hosts.iter().filter_map(known).collect();
        for (space, gateway) in &route.gateways {
            let from = self.gateway(space, gateway);
            let verdict = self.judge_gateway((space, gateway), place);
            let to = self.of_service[place];
            let title = route.object.title();
            let edge = self.edge(from, to, Relation::Calls);
            for host in &hosts {
                let seen = edge.labels.contains(host);
                edge.labels.extend((!seen).then(|| host.clone()));
            }
            verdict.mark(edge);
            if !edge.by.contains(&title) {
                edge.by.insert(0, title);
            }
        }
    }

    /// Clients may call the hosts that their namespace knows.
    pub fn ways_out(&mut self) {
        let facts = self.facts;
        let mut clients: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (workload, from) in facts.workloads.iter().zip(&self.of_workload) {
            if self.vertices[*from].role == Role::Client {
                clients.entry(workload.namespace).or_default().push(*from);
            }
        }
        for (place, host) in facts.hosts.iter().enumerate() {
            let near = clients.iter().filter(|it| host.is_known_in(it.0));
            for from in near.flat_map(|it| it.1).copied() {
                let edge = self.edge(from, self.of_host[place], Relation::Calls);
                edge.access = Some(Access::Open);
                edge.security = Some(if host.is_tls { Security::Tls } else { Security::Plain });
                edge.by = vec![host.object.title()];
            }
        }
    }
}

/// What a Gateway listens to, and whether anything gets in unencrypted.
fn servers(gateway: &Object) -> (Vec<String>, Security) {
    let servers = items(&gateway.node, &["spec", "servers"]);
    let mut plain = servers.is_empty();
    let mut labels = Vec::new();
    for server in servers {
        let port = format!("{} {}", text(server, &["port", "protocol"]), text(server, &["port", "number"]));
        let redirects = text(server, &["tls", "httpsRedirect"]) == "true";
        let encrypts = !text(server, &["tls", "mode"]).is_empty();
        plain |= !redirects && !encrypts;
        let label = if redirects { format!("{port} to HTTPS") } else { port };
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    (labels, if plain { Security::Plain } else { Security::Tls })
}
