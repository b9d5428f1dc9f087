//! What may be wrong with the text of an input, before any rule is asked.

use crate::catalogue::{About, Entry};
use crate::diag::{Code, Severity, code};

/// The documentation of one code of [`code`].
pub struct Input {
    code: Code,
    severity: Severity,
    why: &'static str,
    bad: &'static str,
    good: &'static str,
}

impl Input {
    /// The entry of it.
    pub fn entry(&self) -> Entry {
        let Self { code, severity, why, bad, good } = self;
        let Code { id, name, equivalents } = *code;
        Entry { code: id, name, severity: *severity, about: About::Input, equivalents, why, bad, good }
    }
}

const fn error(code: Code, why: &'static str, bad: &'static str, good: &'static str) -> Input {
    Input { code, severity: Severity::Error, why, bad, good }
}

const fn warning(code: Code, why: &'static str, bad: &'static str, good: &'static str) -> Input {
    Input { code, severity: Severity::Warning, why, bad, good }
}

/// By code.
pub const INPUTS: &[Input] = &[
    error(
        code::SYNTAX,
        "A text that is no YAML means nothing to anybody: neither kubectl nor meshgen can read the rest of the file.",
        "hosts: [reviews #~\n",
        "hosts: [reviews]\n",
    ),
    error(
        code::NOT_TEXT,
        "YAML is UTF-8 text. Bytes that are none come from another encoding or from a file that is no text at all.",
        "name: caf\u{fffd} #~\n",
        "name: café\n",
    ),
    error(
        code::DUPLICATE_KEY,
        "Readers of YAML disagree on which of two equal keys counts: kubectl takes the last in silence, others refuse the file.",
        "replicas: 2\nreplicas: 3 #~\n",
        "replicas: 3\n",
    ),
    error(
        code::UNKNOWN_KEY,
        "A key that the type does not have is dropped by the API server, or refused: either way it does not do what was meant.",
        "retries: { attempt: 2 } #~\n",
        "retries: { attempts: 2 }\n",
    ),
    error(
        code::WRONG_TYPE,
        "The field takes a value of another type, so that the object is refused as a whole.",
        "replicas: two #~\n",
        "replicas: 2\n",
    ),
    error(
        code::MISSING_KEY,
        "The object means nothing without this field, and is refused.",
        "destination: { subset: v1 } #~\n",
        "destination: { host: reviews, subset: v1 }\n",
    ),
    error(
        code::TOO_BIG,
        "Nesting or aliases without end would take all memory: no honest manifest comes near the limit.",
        "a: &a [*a, *a] #~\n",
        "a: [1, 2]\n",
    ),
    error(
        code::BAD_VALUE,
        "The field takes only some values, and this is none of them.",
        "mtls: strickt #~\n",
        "mtls: strict\n",
    ),
    error(
        code::SEVERAL_DOCUMENTS,
        "A profile or a file of settings is one document: of a second nobody could say how the two go together.",
        "services: {}\n---\nservices: {} #~\n",
        "services: {}\n",
    ),
    error(
        code::UNKNOWN_PROFILE,
        "What a profile leaves out comes from the profile that it extends, so that one must be there.",
        "extends: bsae #~\n",
        "extends: base\n",
    ),
    error(
        code::EXTENDS_CYCLE,
        "Of profiles that extend each other in a circle none is the first, and nothing could be inherited.",
        "# a.yaml, while b.yaml extends a\nextends: b #~\n",
        "# a.yaml\nextends: base\n",
    ),
    error(
        code::UNKNOWN_ENVIRONMENT,
        "An environment that the profile does not have would silently render the profile without its overlay.",
        "# meshgen render --env prdo #~\nenvironments: { prod: {} }\n",
        "# meshgen render --env prod\nenvironments: { prod: {} }\n",
    ),
    error(
        code::BAD_SET,
        "A value on the command line that cannot be understood would change something else than what was meant.",
        "# meshgen render --set namespace #~\n",
        "# meshgen render --set namespace=shop\n",
    ),
    error(
        code::AMBIGUOUS_SCALAR,
        "Old readers of YAML take `on`, `no` or `1e3` for a boolean or a number where new ones see a text: quotes say which.",
        "PORT_NAME: no #~\n",
        "PORT_NAME: \"no\"\n",
    ),
    error(
        code::OBJECT_TWICE,
        "Two manifests of one kind, namespace and name are one object: the one that is applied last overwrites the other.",
        "kind: Service\nmetadata: { name: a }\n---\nkind: Service\nmetadata: { name: a } #~\n",
        "kind: Service\nmetadata: { name: a }\n---\nkind: Service\nmetadata: { name: b }\n",
    ),
    error(
        code::UNCLEAR_STEPS,
        "The steps of a plan are whole percents that go up: anything else is no way from one state to another.",
        "# meshgen plan canary --steps 50,10 #~\n",
        "# meshgen plan canary --steps 10,50,100\n",
    ),
    error(
        code::UNCLEAR_PLAN,
        "A plan moves the requests of one service from one version to another: both must be clear.",
        "# meshgen plan canary, with three versions and no --to #~\n",
        "# meshgen plan canary --to v3\n",
    ),
    error(
        code::PLAN_OF_NOTHING,
        "A plan from a state to itself has no steps.",
        "# meshgen plan canary --to v1, where v1 serves all #~\n",
        "# meshgen plan canary --to v2\n",
    ),
    error(
        code::FOREIGN_WEIGHTS,
        "Flagger and Argo Rollouts write the weights of their services themselves, and would undo each step.",
        "# meshgen plan canary, for a service under `rollout` #~\n",
        "# let the engine release it: change the version's image\n",
    ),
    error(
        code::CALLER_WITHOUT_PROXY,
        "Under STRICT a caller without a proxy is refused at the connection: first give it one, or except its port.",
        "callers: { cron: { namespace: batch, proxy: false } } #~\n",
        "callers: { cron: { namespace: batch, proxy: true } }\n",
    ),
    error(
        code::SMALLER_VERSION,
        "After the switch all requests meet fewer pods than before.",
        "versions: { v1: { replicas: 4 }, v2: { replicas: 1 } } #~\n",
        "versions: { v1: { replicas: 4 }, v2: { replicas: 4 } }\n",
    ),
    error(
        code::VERSION_IN_USE,
        "A version that still gets requests cannot retire: its requests would be answered with 503.",
        "# retire v1, while a route says split: { v1: 10, v2: 90 } #~\n",
        "# retire v1 after split: { v2: 100 }\n",
    ),
    error(
        code::STEP_WITHOUT_EFFECT,
        "A step that changes no object is a commit that does nothing, and hides that the next one does twice as much.",
        "# meshgen plan canary --steps 50,50 #~\n",
        "# meshgen plan canary --steps 50,100\n",
    ),
    warning(
        code::NOT_AN_OBJECT,
        "Every Kubernetes object says its `apiVersion`, its `kind` and its `metadata.name`: kubectl refuses what does not.",
        "kind: Service #~\nmetadata: { name: reviews }\n",
        "apiVersion: v1\nkind: Service\nmetadata: { name: reviews }\n",
    ),
    error(
        code::BAD_ANSWER,
        "The answer is not what Prometheus gives to an instant query, so nothing can be learnt from it.",
        "{ \"status\": \"error\" } #~\n",
        "{ \"status\": \"success\", \"data\": { \"resultType\": \"vector\", \"result\": [] } }\n",
    ),
    warning(
        code::UNDECLARED_CALL,
        "Somebody calls a service, and no manifest says so: under deny-by-default the call will be refused.",
        "# seen: cart -> prices; declared: nothing #~\n",
        "authz: { allow: { cart-reads-prices: { from: [cart], to: prices } } }\n",
    ),
    error(
        code::CRD_RULE,
        "A CRD may say in CEL what its fields mean together. The API server refuses an object for which such a rule does not hold.",
        "spec: { minReplicas: 5, maxReplicas: 2 } #~\n",
        "spec: { minReplicas: 2, maxReplicas: 5 }\n",
    ),
    error(
        code::TEMPLATE,
        "What has actions in double braces is a template: only what Helm makes of it is a manifest.",
        "name: {{ .Release.Name }} #~\n",
        "# helm template my-release ./chart | meshgen lint -\nname: my-release\n",
    ),
    warning(
        code::NOTHING_TO_JUDGE,
        "Where no object is found nothing can be wrong: mostly the command before the pipe has failed, or the path is another one.",
        "# empty #~\n",
        "apiVersion: v1\nkind: Service\nmetadata: { name: reviews }\n",
    ),
    warning(
        code::UNCLEAR_ALLOWANCE,
        "A comment that allows something says what and why. One that does not is not heeded, for nobody could ever take it back.",
        "# meshgen: allow unknown-subset #~\n",
        "# meshgen: allow unknown-subset v9 is made by the release job\n",
    ),
    warning(
        code::IDLE_ALLOWANCE,
        "What it allows is no longer found: left standing it would hide the next mistake of this kind.",
        "replicas: 2 # meshgen: allow unknown-subset v9 is made by the release job #~\n",
        "replicas: 2\n",
    ),
];

#[cfg(test)]
mod tests {
    use super::INPUTS;

    #[test]
    fn every_code_of_an_input_is_documented() {
        let text = include_str!("../diag/code.rs");
        let codes = text.split("code(\"").skip(1).filter_map(|it| it.split('"').next());
        let codes: Vec<&str> = codes.filter(|it| it.starts_with("MG")).collect();
        assert!(codes.len() > 20);
        let documented: Vec<&str> = INPUTS.iter().map(|it| it.code.id).collect();
        assert_eq!(documented, codes, "in the order of `diag::code`");
    }
}
