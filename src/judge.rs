//! What the rules about manifests say of a mesh that we compiled: each finding at the line of the profile that caused it.

use crate::check::Scenario;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::lint::lint;
use crate::mesh::{Cluster, External, Mesh, MeshConfig, Object};
use crate::source::Text;

/// Judges a compiled mesh. What is only good to know is left to `meshgen lint`.
pub fn judge(scenario: &Scenario, mesh: &Mesh, diags: &mut Diagnostics) -> Cluster {
    let facts = &scenario.profile().mesh;
    let config = MeshConfig::of(&facts.trust_domain, &facts.root_namespace, &facts.cluster_domain);
    let cluster = Cluster::new(mesh, config, elsewhere(scenario));
    let mut own = Diagnostics::default();
    lint(&cluster, &mut own);
    own.retain(|finding| {
        becomes(finding, &cluster);
        finding.severity > Severity::Info
    });
    diags.append(own);
    cluster
}

/// What a profile names and no bundle of it ever holds: the accounts of callers, the certificate of the gateway.
fn elsewhere(scenario: &Scenario) -> Vec<External> {
    let profile = scenario.profile();
    let named = |namespace: &Text, name: &Text| External {
        namespace: Some(namespace.value.clone()),
        name: name.value.clone(),
    };
    let callers = profile.callers.values().map(|it| named(&it.namespace, &it.service_account));
    let tls = profile.gateway.iter().filter_map(|it| it.tls.as_ref());
    let secrets = tls.map(|it| named(&profile.mesh.gateway.namespace, &it.credential_name));
    callers.chain(secrets).collect()
}

/// Says which object the line of the profile comes to.
fn becomes(finding: &mut Diagnostic, cluster: &Cluster) {
    let Some(title) = finding.object.as_deref().filter(|_| finding.label.is_empty()) else { return };
    let is_it = |it: &&Object| it.name.as_str() == title.name && it.title() == *title;
    let object = cluster.objects().iter().find(is_it).filter(|_| finding.span.is_some());
    let key = object.and_then(|it| it.node.key_at(finding.span));
    let part = key.map_or_else(|| "part of ".to_owned(), |it| format!("`{it}` in "));
    finding.label = format!("becomes {part}{} `{}`", title.kind, title.name);
}
