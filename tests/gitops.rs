//! What hands a bundle over: its paths exist, its steps part the bundle, and no text of the user's breaks it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use meshgen::bundle::Bundle;
use meshgen::gitops::{Handover, Rendered, gitops};
use meshgen::kube::Manifest;
use meshgen::profile::delivery::Tool;
use proptest::prelude::*;
use serde_yaml::Value;

use crate::cli::shell;
use crate::shipped;

const WHERE: &str = "--repo https://git.example.com/team/mesh.git --path deploy/out";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gitops").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs commands that must all end well.
fn well(commands: &str, folder: &Path) {
    let (code, words) = shell(&format!("set -e\n{commands}"), folder);
    assert_eq!(code, 0, "{commands}\n{words}");
}

/// The documents of a folder by file name, kustomize's own file not among them.
fn documents(folder: &Path) -> BTreeMap<String, Value> {
    let paths = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let yaml = paths.filter(|it| it.extension().is_some_and(|it| it == "yaml"));
    let read = |it: PathBuf| {
        let name = it.file_name().unwrap().to_str().unwrap().to_owned();
        (name, serde_yaml::from_str(&fs::read_to_string(it).unwrap()).unwrap())
    };
    yaml.map(read).filter(|(name, _)| name != "kustomization.yaml").collect()
}

fn text<'v>(value: &'v Value, pointer: &[&str]) -> &'v str {
    pointer.iter().fold(value, |value, key| &value[*key]).as_str().unwrap_or_default()
}

#[test]
fn every_path_is_a_folder_that_render_wrote() {
    for (name, layout) in [("canary-10", "layers"), ("production", "seed"), ("authz-allow", "layers")] {
        let folder = folder(&format!("paths-{name}"));
        fs::create_dir(folder.join("deploy")).unwrap();
        well(&format!("meshgen render --profile {name} --layout {layout} --out deploy/out"), &folder);
        well(&format!("meshgen gitops argo-cd --profile {name} {WHERE} --out argo"), &folder);
        well(&format!("meshgen gitops flux --profile {name} {WHERE} --out flux"), &folder);
        let argo = documents(&folder.join("argo").join(name));
        let application = text(&argo["application.yaml"], &["spec", "source", "path"]);
        let mut paths = vec![application.to_owned()];
        let flux = documents(&folder.join("flux").join(name));
        let kustomizations = flux.values().filter(|it| text(it, &["kind"]) == "Kustomization");
        paths.extend(kustomizations.map(|it| text(it, &["spec", "path"]).to_owned()));
        assert!(paths.len() > 3);
        for path in paths {
            assert!(folder.join(&path).join("kustomization.yaml").is_file(), "{name}: {path}");
        }
    }
}

#[test]
fn every_environment_has_the_folder_that_the_command_names() {
    let folder = folder("environments");
    let command = format!("meshgen gitops argo-cd --profile production {WHERE} --environments --out argo");
    let (code, words) = shell(&command, &folder);
    assert_eq!(code, 0, "{words}");
    let next: Vec<&str> = words.lines().skip(1).filter(|it| !it.contains("kubectl")).collect();
    assert_eq!(next.len(), 3, "{words}");
    well(&next.join("\n"), &folder);
    let set = &documents(&folder.join("argo/production"))["application-set.yaml"];
    let elements = set["spec"]["generators"][0]["list"]["elements"].as_sequence().unwrap().clone();
    assert_eq!(elements.len(), 3);
    for element in elements {
        let path = folder.join(text(&element, &["path"])).join("kustomization.yaml");
        assert!(path.is_file(), "{}", path.display());
        assert_eq!(text(&element, &["env"]), text(&element, &["cluster"]));
    }
}

/// The steps of Flux that apply an object, by the patches of their Kustomizations.
fn steps_of(manifest: &Manifest, kustomizations: &BTreeMap<String, Value>) -> Vec<String> {
    let (kind, name) = (manifest.resource.kind(), manifest.resource.name().as_str());
    let annotation = |key: &str| manifest.resource.metadata().and_then(|it| it.annotations.get(key)).cloned();
    let is_kept = |document: &Value| {
        let mut mark = String::new();
        for patch in document["spec"]["patches"].as_sequence().into_iter().flatten() {
            let target = |key| text(patch, &["target", key]);
            let of_kind = target("kind").is_empty() || target("kind").split('|').any(|it| it == kind);
            let of_name = target("name").is_empty() || target("name") == name;
            let selector = target("annotationSelector");
            let selected = match (selector.split_once("!="), selector.split_once('=')) {
                (Some((_, word)), _) => mark != word,
                (None, Some((key, value))) => annotation(key).is_some_and(|it| it == value),
                (None, None) => true,
            };
            if of_kind && of_name && selected {
                let patch = text(patch, &["patch"]);
                if patch.starts_with("$patch: delete") {
                    return false;
                }
                let word = patch.split_once("meshgen.dev/step: ").map(|it| it.1.trim().to_owned());
                mark = word.unwrap_or(mark);
            }
        }
        true
    };
    kustomizations.iter().filter(|(_, it)| is_kept(it)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn every_object_belongs_to_one_step_and_policies_come_before_pods() {
    for name in shipped::names() {
        let bundle = bundle(Tool::Flux, name, "https://git.example.com/mesh", "out", None);
        let read = |it: &meshgen::bundle::File| (it.path.clone(), serde_yaml::from_str(&it.text).unwrap());
        let steps: BTreeMap<String, Value> =
            bundle.files.iter().filter(|it| it.path.starts_with("kustomization-")).map(read).collect();
        let (_, mesh) = shipped::compile(name);
        for manifest in mesh.manifests() {
            let (kind, its) = (manifest.resource.kind(), manifest.resource.name().as_str());
            let found = steps_of(manifest, &steps);
            assert_eq!(found.len(), 1, "{name}: {kind} {its}: {found:?}");
            let expected = match (kind, its) {
                ("PeerAuthentication", _) | ("AuthorizationPolicy", "allow-nothing") => "guard",
                ("Job", "smoke-after-sync") => "after",
                ("Deployment" | "PodDisruptionBudget" | "CronJob", _) => "pods",
                ("VirtualService" | "Gateway", _) => "routes",
                ("Namespace" | "AuthorizationPolicy" | "DestinationRule" | "Service", _) => "base",
                _ => continue,
            };
            assert_eq!(found[0], format!("kustomization-{expected}.yaml"), "{name}: {kind} {its}");
        }
        let waits: Vec<&str> = steps
            .values()
            .map(|it| text(&it["spec"]["dependsOn"][0], &["name"]))
            .filter(|it| !it.is_empty())
            .collect();
        assert_eq!(waits.len() + 1, steps.len(), "{name}: every step but the first waits for one");
        let judges = |it: &&(&String, &Value)| it.1["spec"].get("healthCheckExprs").is_some();
        let judging: Vec<(&String, &Value)> = steps.iter().collect();
        let judging: Vec<&str> = judging.iter().filter(judges).map(|it| it.0.as_str()).collect();
        let engine = ["flagger", "argo-rollouts"].contains(&name);
        assert_eq!(
            judging,
            ["kustomization-rollout.yaml"][..usize::from(engine)],
            "{name}: who is asked how it went"
        );
    }
}

fn bundle(tool: Tool, scenario: &str, repository: &str, folder: &str, revision: Option<&str>) -> Bundle {
    let (compiled, mesh) = shipped::compile(scenario);
    let handover = Handover {
        tool,
        scenario: scenario.into(),
        repository: repository.into(),
        folder: folder.into(),
        revision: revision.map(Into::into),
        namespace: None,
        secret: None,
    };
    gitops(&handover, &[Rendered { environment: None, profile: compiled.profile(), mesh: &mesh }])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Even what the command line would refuse.
    #[test]
    fn no_text_breaks_the_yaml(
        repository in "\\PC*|[ \\n\\t:#{}'\"|>&*!%@`\\[\\],?-]*",
        folder in "[a-z: #'\"{}\\n-]{1,12}",
        revision in "\\PC*",
    ) {
        for tool in [Tool::ArgoCd, Tool::Flux] {
            let made = bundle(tool, "hello", &repository, &folder, Some(&revision));
            for file in &made.files {
                let read: Value = serde_yaml::from_str(&file.text).unwrap();
                if file.path == "application.yaml" {
                    let source = &read["spec"]["source"];
                    prop_assert_eq!(text(source, &["repoURL"]), repository.as_str());
                    prop_assert_eq!(text(source, &["targetRevision"]), revision.as_str());
                    prop_assert_eq!(text(source, &["path"]), format!("{folder}/hello"));
                }
            }
        }
    }
}

#[test]
fn what_others_write_is_left_alone() {
    let autoscaled = "services: { hello: { versions: { v1: { autoscaling: { max: 5, cpu: 70 } } } } }";
    let rollout = |engine| format!("rollout: {{ engine: {engine}, checks: {{ successRate: 99 }} }}");
    for (name, lines, field) in [
        ("autoscaled", autoscaled.to_owned(), "replicas"),
        ("flagger", rollout("flagger"), "replicas"),
        ("git", rollout("git"), ""),
        ("argo-rollouts", rollout("argo-rollouts"), ""),
        ("plain", String::new(), ""),
    ] {
        let folder = folder(&format!("owned-{name}"));
        fs::create_dir_all(folder.join("profiles")).unwrap();
        let watched = "observability: { prometheus: { namespace: monitoring, address: 'http://prometheus.monitoring:9090' } }";
        fs::write(folder.join("profiles/a.yaml"), format!("extends: hello\n{watched}\n{lines}\n")).unwrap();
        well(&format!("meshgen gitops argo-cd --profile a {WHERE} --out argo"), &folder);
        well(&format!("meshgen gitops flux --profile a {WHERE} --out flux"), &folder);
        let spec = &documents(&folder.join("argo/a"))["application.yaml"]["spec"];
        let ignored = &spec["ignoreDifferences"][0]["jsonPointers"][0];
        let pods = documents(&folder.join("flux/a"))["kustomization-pods.yaml"]["spec"]["patches"].clone();
        let is_left = |it: &Value| text(it, &["patch"]).contains("replicas: null");
        if name == "argo-rollouts" {
            let list = spec["ignoreDifferences"].as_sequence().unwrap().iter();
            let kinds: Vec<&str> = list.map(|it| text(it, &["kind"])).collect();
            assert_eq!(kinds, ["DestinationRule", "VirtualService"], "hashes and weights");
            continue;
        }
        assert_eq!(
            ignored.as_str().unwrap_or_default(),
            if field.is_empty() { "" } else { "/spec/replicas" },
            "{name}"
        );
        assert_eq!(pods.as_sequence().unwrap().iter().any(is_left), !field.is_empty(), "{name}");
        let options = serde_yaml::to_string(&spec["syncPolicy"]["syncOptions"]).unwrap();
        assert_eq!(options.contains("RespectIgnoreDifferences=true"), !field.is_empty(), "{name}");
    }
}

#[test]
fn a_mistake_is_told_and_nothing_is_written() {
    let folder = folder("mistakes");
    fs::create_dir_all(folder.join("profiles")).unwrap();
    fs::write(folder.join("profiles/a_b.yaml"), "extends: hello\n").unwrap();
    fs::write(
        folder.join("profiles/shared.yaml"),
        "extends: hello\nenvironments: { dev: { delivery: { cluster: c } }, prod: { delivery: { cluster: c } } }\n",
    )
    .unwrap();
    let whole = |more: &str| format!("argo-cd --profile hello {WHERE} {more}");
    for (args, code, words) in [
        ("argo-cd --profile hello".to_owned(), 2, "no repository is named"),
        ("argo-cd --profile hello".to_owned(), 2, "no folder is named"),
        (format!("--profile hello {WHERE}"), 2, "no tool is named"),
        (format!("helm --profile hello {WHERE}"), 2, "invalid value 'helm'"),
        (format!("argo-cd --profile nobody {WHERE}"), 2, "there is no profile `nobody`"),
        (format!("argo-cd --profile a_b {WHERE}"), 2, "`a_b` cannot name an object"),
        ("flux --profile hello --repo mesh --path out".to_owned(), 2, "is no URL"),
        ("flux --profile hello --repo https://git.example.com/a --path /out".to_owned(), 2, "is absolute"),
        ("flux --profile hello --repo https://git.example.com/a --path a/../../out".to_owned(), 2, "`..`"),
        (whole("--set delivery.repo=mesh"), 1, "MG2501"),
        (whole("--revision 'a b'"), 2, "--revision"),
        (whole("--namespace A"), 2, "--namespace"),
        (whole("--secret login"), 2, "leave `--secret` out"),
        (whole("--environments"), 2, "changes anything"),
        (whole("--environments=dev,nowhere"), 1, "MG1012"),
        (whole("--environments=dev,dev"), 2, "names `dev` twice"),
        (whole("--environments --env dev"), 2, "cannot be used with"),
        (
            format!("argo-cd --profile shared {WHERE} --environments"),
            1,
            "would both own the Namespace `mesh-demo`",
        ),
        (format!("flux --profile shared {WHERE} --environments"), 2, "Flux runs in each cluster"),
    ] {
        let (found, said) = shell(&format!("meshgen gitops {args} --out made"), &folder);
        assert_eq!(found, code, "{args}\n{said}");
        assert!(said.contains(words), "{args}\n{said}");
        assert!(!folder.join("made").exists(), "{args}\n{said}");
    }
}

#[test]
fn a_folder_that_holds_something_else_is_left_alone() {
    let folder = folder("foreign");
    well(
        "meshgen render --profile hello --out made && mkdir -p other/hello && echo mine > other/hello/note",
        &folder,
    );
    for out in ["made", "other"] {
        let (code, said) =
            shell(&format!("meshgen gitops flux --profile hello {WHERE} --out {out}"), &folder);
        assert_eq!(code, 1, "{said}");
    }
    assert_eq!(fs::read_dir(folder.join("other/hello")).unwrap().count(), 1);
    well("meshgen render --profile hello --out made --check", &folder);
}

#[test]
fn a_new_repository_works_as_it_is_and_its_workflow_names_only_what_there_is() {
    let all = ["", "--gitops argo-cd", "--gitops flux"];
    for (place, args) in
        all.iter().flat_map(|it| [it.to_string(), format!("{it} --with observability,rollout")]).enumerate()
    {
        let folder = folder(&format!("init-{place}"));
        well(&format!("meshgen init {args}\nmeshgen render --all --out out"), &folder);
        if args.contains("--gitops") {
            well("meshgen gitops --profile canary --out gitops", &folder);
        }
        let workflow = fs::read_to_string(folder.join(".github/workflows/meshgen.yml")).unwrap();
        let workflow: Value = serde_yaml::from_str(&workflow).unwrap();
        let steps = workflow["jobs"]["meshgen"]["steps"].as_sequence().unwrap().clone();
        let commands: Vec<&str> =
            steps.iter().map(|it| text(it, &["run"])).filter(|it| it.starts_with("meshgen ")).collect();
        assert_eq!(commands.len(), if args.contains("--gitops") { 4 } else { 3 });
        well(&commands.join("\n"), &folder);
    }
}
