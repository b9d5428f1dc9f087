//! Argo CD: an AppProject that allows what there is and nothing else, and an Application, or a set with one for each
//! environment.

use std::collections::BTreeSet;

use crate::bundle::File;
use crate::gitops::contents::{home, kinds, namespaces};
use crate::gitops::ownership::{Field, Owned, owned};
use crate::gitops::{Handover, Rendered, file, folder, labels, revision};
use crate::kube::gitops::app_project::AppProjectSpec;
use crate::kube::gitops::application::{
    API_VERSION, ApplicationSource, ApplicationSpec, Automated, Backoff, CASCADE, Destination,
    IgnoreDifferences, Retry, SyncPolicy,
};
use crate::kube::gitops::application_set::{ApplicationSetSpec, Element, Generator, List, Template};
use crate::kube::gitops::document::Head;
use crate::source::Str;

/// The cluster that Argo CD runs in.
const ITS_OWN: &str = "https://kubernetes.default.svc";

/// The project, and the Application or the set of them: never both, for they would own the same objects.
pub fn files(handover: &Handover, rendered: &[Rendered<'_>]) -> Vec<File> {
    let name = || handover.scenario.clone();
    let project = handover.document(API_VERSION, "AppProject", name(), project(handover, rendered));
    let mut files = vec![file("app-project.yaml", &project)];
    let owned = owned(rendered);
    match rendered {
        [only] if only.environment.is_none() => {
            let target = destination(only, home(only, &namespaces(only)));
            let source = source(handover, folder(handover, None).into(), newest(handover, only));
            let spec = application(handover, &owned, source, target);
            let mut document = handover.document(API_VERSION, "Application", name(), spec);
            document.metadata.finalizers.push(CASCADE);
            files.push(file("application.yaml", &document));
        }
        several => {
            let spec = set(handover, several, &owned);
            let document = handover.document(API_VERSION, "ApplicationSet", name(), spec);
            files.push(file("application-set.yaml", &document));
        }
    }
    files
}

fn project(handover: &Handover, rendered: &[Rendered<'_>]) -> AppProjectSpec {
    let kinds = kinds(rendered);
    let mut destinations = BTreeSet::new();
    for it in rendered {
        destinations.extend(namespaces(it).into_iter().map(|namespace| destination(it, namespace)));
    }
    AppProjectSpec {
        description: ecow::eco_format!("What the scenario {} needs, and nothing else", handover.scenario),
        source_repos: vec![handover.repository.clone()],
        destinations: destinations.into_iter().collect(),
        cluster_resource_whitelist: kinds.of_the_cluster.into_iter().collect(),
        namespace_resource_whitelist: kinds.namespaced.into_iter().collect(),
    }
}

/// A namespace of the cluster that a bundle is for.
fn destination(rendered: &Rendered<'_>, namespace: Str) -> Destination {
    let name = cluster(rendered);
    let server = name.is_none().then(|| ITS_OWN.into());
    Destination { server, name, namespace }
}

/// The cluster's name, where the profile or the environment gives it one.
pub fn cluster(rendered: &Rendered<'_>) -> Option<Str> {
    let said = rendered.profile.delivery.cluster.as_ref().map(|it| it.value.clone());
    said.or_else(|| rendered.environment.map(Str::from))
}

/// Every value of an environment is an element, so that nothing of the user's is read as a template.
fn set(handover: &Handover, rendered: &[Rendered<'_>], owned: &[Owned]) -> ApplicationSetSpec {
    let element = |it: &Rendered<'_>| Element {
        env: it.environment.unwrap_or_default().into(),
        cluster: cluster(it).unwrap_or_default(),
        namespace: home(it, &namespaces(it)),
        revision: newest(handover, it),
        path: folder(handover, it.environment).into(),
    };
    let target =
        Destination { server: None, name: Some("{{.cluster}}".into()), namespace: "{{.namespace}}".into() };
    let metadata = Head {
        name: ecow::eco_format!("{}-{{{{.env}}}}", handover.scenario),
        namespace: None,
        labels: labels(),
        finalizers: vec![CASCADE],
    };
    let source = source(handover, "{{.path}}".into(), "{{.revision}}".into());
    let spec = application(handover, owned, source, target);
    ApplicationSetSpec {
        go_template: true,
        go_template_options: vec!["missingkey=error"],
        generators: vec![Generator { list: List { elements: rendered.iter().map(element).collect() } }],
        template: Template { metadata, spec },
    }
}

fn source(handover: &Handover, path: Str, target_revision: Str) -> ApplicationSource {
    ApplicationSource { repo_url: handover.repository.clone(), target_revision, path }
}

/// The revision; where nobody says, what is newest.
fn newest(handover: &Handover, rendered: &Rendered<'_>) -> Str {
    let is_artifact = handover.repository.starts_with("oci://");
    revision(handover, rendered).unwrap_or_else(|| if is_artifact { "latest" } else { "HEAD" }.into())
}

fn application(
    handover: &Handover,
    owned: &[Owned],
    source: ApplicationSource,
    destination: Destination,
) -> ApplicationSpec {
    let mut sync_options = vec!["ServerSideApply=true", "PruneLast=true", "FailOnSharedResource=true"];
    if !owned.is_empty() {
        sync_options.extend(["ApplyOutOfSyncOnly=true", "RespectIgnoreDifferences=true"]);
    }
    ApplicationSpec {
        project: handover.scenario.clone(),
        source,
        destination,
        sync_policy: SyncPolicy {
            automated: Automated { prune: true, self_heal: true },
            sync_options,
            retry: Retry { limit: 5, backoff: Backoff { duration: "5s", factor: 2, max_duration: "3m" } },
        },
        ignore_differences: owned.iter().map(ignored).collect(),
    }
}

/// A `?` where a route may have no destinations: what fails on one object is ignored on none.
fn ignored(owned: &Owned) -> IgnoreDifferences {
    let (json_pointers, jq_path_expressions) = match owned.field {
        Field::Replicas => (vec!["/spec/replicas"], Vec::new()),
        Field::Weights => (Vec::new(), vec![".spec.http[]?.route[]?.weight"]),
        Field::SubsetHashes => (Vec::new(), vec![".spec.subsets[]?.labels.\"rollouts-pod-template-hash\""]),
    };
    IgnoreDifferences {
        group: owned.group.clone(),
        kind: owned.kind.clone(),
        name: owned.name.clone(),
        namespace: owned.namespace.clone(),
        json_pointers,
        jq_path_expressions,
    }
}
