//! The codes of what may be wrong with the text of an input. Codes are never reused.

/// A stable code, its name, and what other tools call the same mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// `MG` and four digits.
    pub id: &'static str,
    /// The mistake, in kebab case: it reads well after "allow …".
    pub name: &'static str,
    /// Codes of Istio, Kiali or the rule catalogue that say the same.
    pub equivalents: &'static [&'static str],
}

const fn code(id: &'static str, name: &'static str) -> Code {
    Code { id, name, equivalents: &[] }
}

/// What keeps a file from being read at all: nobody can have meant it, or get used to it.
pub const UNREADABLE: &[Code] = &[SYNTAX, NOT_TEXT, DUPLICATE_KEY, TOO_BIG, TEMPLATE];

/// The text is not YAML.
pub const SYNTAX: Code = code("MG1001", "yaml-syntax");
/// The file is not UTF-8 text.
pub const NOT_TEXT: Code = code("MG1002", "not-text");
/// A key stands twice in one mapping.
pub const DUPLICATE_KEY: Code = code("MG1003", "duplicate-key");
/// A key that the language does not have.
pub const UNKNOWN_KEY: Code = code("MG1004", "unknown-key");
/// A value of another type than the field's.
pub const WRONG_TYPE: Code = code("MG1005", "wrong-type");
/// A key that must be there is not.
pub const MISSING_KEY: Code = code("MG1006", "missing-key");
/// Nested too deep, or aliases that multiply beyond reason.
pub const TOO_BIG: Code = code("MG1007", "too-big");
/// The value has the right type, but not one of the values that the field takes.
pub const BAD_VALUE: Code = code("MG1008", "bad-value");
/// More than one document where one is meant.
pub const SEVERAL_DOCUMENTS: Code = code("MG1009", "several-documents");
/// A profile that `extends` or `--profile` names does not exist.
pub const UNKNOWN_PROFILE: Code = code("MG1010", "unknown-profile");
/// Profiles extend each other in a circle.
pub const EXTENDS_CYCLE: Code = code("MG1011", "extends-cycle");
/// `--env` names an environment that the profile does not have.
pub const UNKNOWN_ENVIRONMENT: Code = code("MG1012", "unknown-environment");
/// A `--set` that cannot be understood.
pub const BAD_SET: Code = code("MG1013", "bad-set");
/// A plain scalar that YAML 1.1 and YAML 1.2 readers take for different values.
pub const AMBIGUOUS_SCALAR: Code = code("MG1014", "ambiguous-scalar");
/// Two parts of a profile come to one object.
pub const OBJECT_TWICE: Code = code("MG1015", "object-twice");
/// Steps of a plan that are no whole percents, or do not go up.
pub const UNCLEAR_STEPS: Code = code("MG1030", "unclear-steps");
/// It is not clear which service or which versions a plan is about.
pub const UNCLEAR_PLAN: Code = code("MG1031", "unclear-plan");
/// A plan from a state to itself.
pub const PLAN_OF_NOTHING: Code = code("MG1032", "plan-of-nothing");
/// A plan for weights that belong to an engine.
pub const FOREIGN_WEIGHTS: Code = code("MG1033", "foreign-weights");
/// A plan for strict mutual TLS while a declared caller has no proxy.
pub const CALLER_WITHOUT_PROXY: Code = code("MG1034", "caller-without-proxy");
/// A switch to a version that has fewer pods than the one that serves.
pub const SMALLER_VERSION: Code = code("MG1035", "smaller-version");
/// A version that is to retire while requests still go to it.
pub const VERSION_IN_USE: Code = code("MG1036", "version-in-use");
/// A step of a plan that changes no object.
pub const STEP_WITHOUT_EFFECT: Code = code("MG1037", "step-without-effect");
/// A document among manifests that is no Kubernetes object.
pub const NOT_AN_OBJECT: Code = code("MG1040", "not-an-object");
/// The answer of a metrics server cannot be understood.
pub const BAD_ANSWER: Code = code("MG1041", "bad-answer");
/// Metrics show a call that no manifest speaks of.
pub const UNDECLARED_CALL: Code = code("MG1042", "undeclared-call");
/// A rule that a CRD states in CEL does not hold, or could not be asked.
pub const CRD_RULE: Code = code("MG1043", "crd-rule");
/// A template where a manifest is meant.
pub const TEMPLATE: Code = code("MG1050", "unrendered-template");
/// No object in all that was read.
pub const NOTHING_TO_JUDGE: Code = code("MG1051", "nothing-to-judge");
/// A comment that allows something and does not say what or why.
pub const UNCLEAR_ALLOWANCE: Code = code("MG1052", "unclear-allowance");
/// A comment that allows what is not found.
pub const IDLE_ALLOWANCE: Code = code("MG1053", "idle-allowance");
