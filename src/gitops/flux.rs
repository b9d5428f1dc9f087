//! Flux: a source, and a Kustomization for each step of the order, which waits for the one before.

use crate::bundle::File;
use crate::gitops::ownership::{Field, Owned, owned};
use crate::gitops::{Handover, Rendered, file, folder, revision, step};
use crate::kube::gitops::git_repository::{self, GitReference, GitRepositorySpec, SecretRef};
use crate::kube::gitops::kustomization::{
    self, DependsOn, HealthCheck, KustomizationSpec, Patch, SourceRef, Target,
};
use crate::kube::gitops::oci_repository::{OciReference, OciRepositorySpec};
use crate::profile::Profile;
use crate::source::Str;
use crate::units::address::{is_range, is_version, with_scheme};

/// How long what is not rolled out step by step may take to become well.
const TIMEOUT_MINUTES: u64 = 5;

/// Kinds whose objects say in words of their own how they are.
const HEALTH: [HealthCheck; 2] = [
    HealthCheck {
        api_version: "flagger.app/v1beta1",
        kind: "Canary",
        current: "status.phase in ['Initialized', 'Succeeded']",
        in_progress: "!has(status.phase) || !(status.phase in ['Initialized', 'Succeeded', 'Failed'])",
        failed: "status.phase == 'Failed'",
    },
    HealthCheck {
        api_version: "argoproj.io/v1alpha1",
        kind: "Rollout",
        current: "status.phase == 'Healthy'",
        in_progress: "!has(status.phase) || !(status.phase in ['Healthy', 'Degraded'])",
        failed: "status.phase == 'Degraded'",
    },
];

/// The source and the Kustomizations. Flux runs in each cluster: there is one environment at a time.
pub fn files(handover: &Handover, rendered: &[Rendered<'_>]) -> Vec<File> {
    let [rendered, ..] = rendered else { return Vec::new() };
    let (source, kind) = source(handover, revision(handover, rendered));
    let mut files = vec![source];
    let owned = owned(std::slice::from_ref(rendered));
    let has = |place: &usize| rendered.mesh.manifests().iter().any(|it| step::of(&it.resource) == *place);
    let steps: Vec<usize> = (0..step::STEPS.len()).filter(has).collect();
    let mut before = None;
    for &place in &steps {
        let word = step::STEPS[place].word;
        let name = || named(handover, word);
        let spec = KustomizationSpec {
            interval: "1h",
            retry_interval: "2m",
            timeout: ecow::eco_format!("{}m", minutes(place, rendered.profile)),
            source_ref: SourceRef { kind, name: handover.scenario.clone() },
            path: ecow::eco_format!("./{}", folder(handover, rendered.environment)),
            prune: true,
            wait: true,
            depends_on: before.map(|name| DependsOn { name }).into_iter().collect(),
            health_check_exprs: health(rendered, place),
            patches: patches(place, &steps, &owned),
        };
        let document = handover.document(kustomization::API_VERSION, "Kustomization", name(), spec);
        files.push(file(&format!("kustomization-{word}.yaml"), &document));
        before = Some(name());
    }
    files
}

fn named(handover: &Handover, word: &str) -> Str {
    ecow::eco_format!("{}-{word}", handover.scenario)
}

fn source(handover: &Handover, revision: Option<Str>) -> (File, &'static str) {
    let (interval, timeout) = ("1m", "60s");
    let url: Str = with_scheme(&handover.repository).into();
    let secret_ref = handover.secret.clone().map(|name| SecretRef { name });
    let (name, api_version) = (handover.scenario.clone(), git_repository::API_VERSION);
    if url.starts_with("oci://") {
        let reference = artifact(revision.unwrap_or_else(|| "latest".into()));
        let spec = OciRepositorySpec { interval, timeout, url, reference, secret_ref };
        let document = handover.document(api_version, "OCIRepository", name, spec);
        return (file("oci-repository.yaml", &document), "OCIRepository");
    }
    let reference = commit(revision.unwrap_or_else(|| "main".into()));
    let spec = GitRepositorySpec { interval, timeout, url, reference, secret_ref };
    let document = handover.document(api_version, "GitRepository", name, spec);
    (file("git-repository.yaml", &document), "GitRepository")
}

/// What a revision of a Git repository is, by its looks.
fn commit(revision: Str) -> GitReference {
    let is_digest = revision.len() == 40 && revision.bytes().all(|it| it.is_ascii_hexdigit());
    match revision {
        it if is_digest => GitReference::Commit(it),
        it if it.starts_with("refs/") => GitReference::Name(it),
        it if is_range(&it) => GitReference::Semver(it),
        it if is_version(&it) => GitReference::Tag(it),
        it => GitReference::Branch(it),
    }
}

/// What a revision of an artifact is, by its looks.
fn artifact(revision: Str) -> OciReference {
    match revision {
        it if it.starts_with("sha256:") => OciReference::Digest(it),
        it if is_range(&it) => OciReference::Semver(it),
        it => OciReference::Tag(it),
    }
}

/// A rollout is well only when its last step is, and one that fails takes its time to do so.
fn minutes(place: usize, profile: &Profile) -> u64 {
    let Some(rollout) = profile.rollout.as_ref().filter(|_| place == step::ROLLOUT) else {
        return TIMEOUT_MINUTES;
    };
    let steps = u64::try_from(rollout.steps.len()).unwrap_or(u64::MAX).saturating_add(2);
    let rounds = steps.saturating_mul(u64::from(rollout.failures.value).saturating_add(1));
    let whole = rounds.saturating_mul(rollout.interval.value.millis()).div_ceil(60_000);
    whole.saturating_add(TIMEOUT_MINUTES).min(7 * 24 * 60)
}

fn health(rendered: &Rendered<'_>, place: usize) -> Vec<HealthCheck> {
    let is_there = |it: &HealthCheck| {
        place == step::ROLLOUT
            && rendered.mesh.manifests().iter().any(|other| other.resource.kind() == it.kind)
    };
    HEALTH.into_iter().filter(is_there).collect()
}

/// Who else writes a field is left alone with it. Only then is the folder cut down to the step.
fn patches(place: usize, steps: &[usize], owned: &[Owned]) -> Vec<Patch> {
    let in_step = |it: &&Owned| {
        let of = step::STEPS.iter().position(|step| step.kinds.contains(&it.kind.as_str()));
        of.unwrap_or(step::BASE) == place
    };
    let mut patches: Vec<Patch> = owned.iter().filter(in_step).map(left_alone).collect();
    let later: Vec<usize> = steps.iter().copied().filter(|it| *it != step::BASE).collect();
    patches.extend(step::patches(place, &later));
    patches
}

fn left_alone(owned: &Owned) -> Patch {
    // Names and namespaces are regular expressions here, in which a dot is any letter.
    let literal = |it: &Str| Str::from(it.as_str().replace('.', "\\."));
    let target = Target {
        kind: owned.kind.clone(),
        name: literal(&owned.name),
        namespace: literal(&owned.namespace),
        annotation_selector: Str::new(),
    };
    match owned.field {
        Field::Replicas => Patch {
            target,
            patch: "apiVersion: v1\nkind: Any\nmetadata:\n  name: any\nspec:\n  replicas: null\n".into(),
        },
        // A list has one owner: whoever applies one weight applies all that stands beside it.
        Field::Weights | Field::SubsetHashes => {
            step::annotate(target, "kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent")
        }
    }
}
