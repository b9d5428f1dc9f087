//! What runs: one deployable edition of a service, or a client that only calls.

use std::sync::Arc;

use schemars::{JsonSchema, Schema};

use crate::profile::capacity::Autoscaling;
use crate::source::{Spanned, Text};
use crate::units::PortRef;
use crate::units::quantity::Quantity;
use crate::yaml::{Kind, Named, Node, Read, Reader, record};

/// One deployable edition of a service: a Deployment.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Version {
    /// The container image, as `registry/name:tag` or by digest.
    pub image: Text,
    /// How many pods.
    pub replicas: Spanned<u32>,
    /// How many more there may be under load; absent: never more than `replicas`.
    pub autoscaling: Option<Autoscaling>,
    /// Environment variables.
    pub env: Named<EnvValue>,
    /// In place of the image's entry point.
    pub command: Vec<Text>,
    /// Arguments of the command.
    pub args: Vec<Text>,
    /// Files for the container by absolute path, as a ConfigMap; their folder is mounted read-only.
    pub files: Named<Text>,
    /// What a container asks for and may use.
    pub resources: Arc<Resources>,
    /// How the kubelet sees that the container is well.
    pub probes: Arc<Probes>,
    /// More labels for the pods.
    pub labels: Named<Text>,
    /// More annotations for the pods.
    pub annotations: Named<Text>,
    /// The user and what it may do.
    pub security_context: Arc<SecurityContext>,
    /// How a pod says good-bye.
    pub termination: Arc<Termination>,
}

record!(Version "a version" {
    image, replicas, autoscaling, env, command, args, files, resources, probes, labels, annotations, security_context, termination,
});

/// A workload that only calls: a Deployment without a Service.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Client {
    /// Its name. Default: the key.
    pub name: Option<Text>,
    /// Its namespace. Default: the profile's.
    pub namespace: Option<Text>,
    /// Its service account, which is its identity. Default: its name.
    pub service_account: Option<Text>,
    /// What runs; its fields stand beside `name`.
    #[serde(flatten)]
    pub version: Version,
}

/// The fields of a version stand beside those of the client.
impl Read for Client {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        const NAMES: &[&str] = &[
            "name",
            "namespace",
            "service_account",
            "image",
            "replicas",
            "autoscaling",
            "env",
            "command",
            "args",
            "files",
            "resources",
            "probes",
            "labels",
            "annotations",
            "security_context",
            "termination",
        ];
        cx.record("a client", NAMES, node, |fields| {
            let (name, namespace) = (fields.take("name"), fields.take("namespace"));
            let service_account = fields.take("service_account");
            let (image, replicas, env) = (fields.take("image"), fields.take("replicas"), fields.take("env"));
            let autoscaling = fields.take("autoscaling");
            let (command, args, files) = (fields.take("command"), fields.take("args"), fields.take("files"));
            let (resources, probes) = (fields.take("resources"), fields.take("probes"));
            let (labels, annotations) = (fields.take("labels"), fields.take("annotations"));
            let (security_context, termination) =
                (fields.take("security_context"), fields.take("termination"));
            let version = Version {
                image: image?,
                replicas: replicas?,
                autoscaling: autoscaling?,
                env: env?,
                command: command?,
                args: args?,
                files: files?,
                resources: resources?,
                probes: probes?,
                labels: labels?,
                annotations: annotations?,
                security_context: security_context?,
                termination: termination?,
            };
            Some(Self { name: name?, namespace: namespace?, service_account: service_account?, version })
        })
    }
}

/// The value of an environment variable: a text, or a reference to a Secret or ConfigMap.
#[derive(Clone, Debug)]
pub enum EnvValue {
    /// The text itself.
    Text(Text),
    /// A key of a Secret that is not ours.
    Secret(KeyRef),
    /// A key of a ConfigMap that is not ours.
    ConfigMap(KeyRef),
}

/// A key of a Secret or ConfigMap.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyRef {
    /// The object's name.
    pub name: Text,
    /// The key in it.
    pub key: Text,
}

record!(KeyRef "a reference to a key" { name, key });

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EnvRef {
    secret: Option<KeyRef>,
    config_map: Option<KeyRef>,
}

record!(EnvRef "the source of a variable" { secret, config_map });

impl Read for EnvValue {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Scalar(_) = node.kind {
            return Text::read(node, cx).map(Self::Text);
        }
        match EnvRef::read(node, cx)? {
            EnvRef { secret: Some(key), config_map: None } => Some(Self::Secret(key)),
            EnvRef { secret: None, config_map: Some(key) } => Some(Self::ConfigMap(key)),
            EnvRef { .. } => {
                cx.expected("a text, `secret: { name, key }` or `configMap: { name, key }`", node);
                None
            }
        }
    }
}

impl JsonSchema for EnvValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EnvValue".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
        let (text, reference) = (generator.subschema_for::<Text>(), generator.subschema_for::<EnvRef>());
        schemars::json_schema!({ "anyOf": [text, reference] })
    }
}

/// What a container asks for and may use.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resources {
    /// What the scheduler sets aside.
    pub requests: Named<Spanned<Quantity>>,
    /// What the container may not exceed.
    pub limits: Named<Spanned<Quantity>>,
}

record!(Resources "`resources`" { requests, limits });

/// The three probes of a container; each may be switched off with `null`.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Probes {
    /// Ready for requests?
    pub readiness: Option<Probe>,
    /// Still alive? A failure restarts the container.
    pub liveness: Option<Probe>,
    /// Up at all? Holds the other two back.
    pub startup: Option<Probe>,
}

record!(Probes "`probes`" { readiness, liveness, startup });

/// One probe, in the words of Kubernetes. Exactly one of the four ways of asking.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Probe {
    /// Ask with a GET; 200 to 399 is well.
    pub http_get: Option<HttpGet>,
    /// Ask by opening a connection.
    pub tcp_socket: Option<PortOnly>,
    /// Ask by a command in the container.
    pub exec: Option<Exec>,
    /// Ask by gRPC's health service.
    pub grpc: Option<PortOnly>,
    /// Seconds before the first question. Default: 0.
    pub initial_delay_seconds: Option<Spanned<u32>>,
    /// Seconds between questions. Default: Kubernetes' 10.
    pub period_seconds: Option<Spanned<u32>>,
    /// Seconds that an answer may take. Default: Kubernetes' 1.
    pub timeout_seconds: Option<Spanned<u32>>,
    /// Wrong answers in a row that count. Default: Kubernetes' 3.
    pub failure_threshold: Option<Spanned<u32>>,
    /// Right answers in a row that count. Default: Kubernetes' 1.
    pub success_threshold: Option<Spanned<u32>>,
}

record!(Probe "a probe" {
    http_get, tcp_socket, exec, grpc, initial_delay_seconds, period_seconds, timeout_seconds, failure_threshold,
    success_threshold,
});

/// A GET of a probe.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HttpGet {
    /// The path.
    pub path: Text,
    /// The container's port. Default: the service's first port.
    pub port: Option<Spanned<PortRef>>,
}

record!(HttpGet "`httpGet`" { path, port });

/// The port of a probe.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortOnly {
    /// The container's port. Default: the service's first port.
    pub port: Option<Spanned<PortRef>>,
}

record!(PortOnly "a probe's port" { port });

/// The command of a probe.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exec {
    /// The command and its arguments.
    pub command: Vec<Text>,
}

record!(Exec "`exec`" { command });

/// The user of a container and what it may do. Always without privileges, as the restricted standard asks.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecurityContext {
    /// The numeric user; never 0, and never 1337, which is the proxy's.
    pub run_as_user: Spanned<u32>,
    /// Whether the container's root file system cannot be written to.
    pub read_only_root_filesystem: Spanned<bool>,
}

record!(SecurityContext "`securityContext`" { run_as_user, read_only_root_filesystem });

/// How a pod says good-bye.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Termination {
    /// Seconds from the signal to the kill.
    pub grace_period_seconds: Spanned<u32>,
    /// Seconds of sleep before the signal, in which the mesh learns that the pod leaves; absent: none.
    pub pre_stop_sleep_seconds: Option<Spanned<u32>>,
}

record!(Termination "`termination`" { grace_period_seconds, pre_stop_sleep_seconds });
