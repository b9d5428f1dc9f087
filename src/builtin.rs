//! The profiles that are part of the program: base, and one scenario for each lesson.

/// A profile that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its name, as `--profile` takes it.
    pub name: &'static str,
    /// Its YAML.
    pub text: &'static str,
}

const fn builtin(name: &'static str, text: &'static str) -> Builtin {
    Builtin { name, text }
}

/// All of them, in the order of the lessons. An older base keeps its number for ever.
pub const PROFILES: &[Builtin] = &[
    builtin("base", include_str!("../profiles/base.yaml")),
    builtin("base/1", include_str!("../profiles/base.yaml")),
    builtin("hello", include_str!("../profiles/hello.yaml")),
    builtin("canary-10", include_str!("../profiles/canary-10.yaml")),
    builtin("canary-50", include_str!("../profiles/canary-50.yaml")),
    builtin("canary-100", include_str!("../profiles/canary-100.yaml")),
    builtin("blue", include_str!("../profiles/blue.yaml")),
    builtin("green", include_str!("../profiles/green.yaml")),
    builtin("header-canary", include_str!("../profiles/header-canary.yaml")),
    builtin("mirror", include_str!("../profiles/mirror.yaml")),
    builtin("fault", include_str!("../profiles/fault.yaml")),
    builtin("circuit-breaker", include_str!("../profiles/circuit-breaker.yaml")),
    builtin("mtls-permissive", include_str!("../profiles/mtls-permissive.yaml")),
    builtin("mtls-strict", include_str!("../profiles/mtls-strict.yaml")),
    builtin("authz-deny-all", include_str!("../profiles/authz-deny-all.yaml")),
    builtin("authz-allow", include_str!("../profiles/authz-allow.yaml")),
    builtin("gateway", include_str!("../profiles/gateway.yaml")),
    builtin("gateway-tls", include_str!("../profiles/gateway-tls.yaml")),
    builtin("egress", include_str!("../profiles/egress.yaml")),
    builtin("observability", include_str!("../profiles/observability.yaml")),
    builtin("flagger", include_str!("../profiles/flagger.yaml")),
    builtin("argo-rollouts", include_str!("../profiles/argo-rollouts.yaml")),
    builtin("production", include_str!("../profiles/production.yaml")),
    builtin("full", include_str!("../profiles/full.yaml")),
];

/// The profile of a name.
pub fn find(name: &str) -> Option<&'static Builtin> {
    PROFILES.iter().find(|it| it.name == name)
}

/// Whether a name is that of a scenario: base only lies under others, as does what begins with `_`.
pub fn is_scenario(name: &str) -> bool {
    name != "base" && !name.starts_with("base/") && !name.starts_with('_')
}

/// The lesson of a profile: its first line, which is a comment.
pub fn lesson(text: &str) -> &str {
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    first.strip_prefix('#').map(str::trim).unwrap_or_default()
}
