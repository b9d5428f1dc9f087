# The recipes of the house. `just` is a convenience: each line can be typed as well.

# All that CI asks, in its order
check:
    .ci/run

# Renew all that is expected: out/, schema, transcripts, error texts, codes. Read the difference before you commit it!
bless:
    cargo run -- render --all --out out
    INSTA_UPDATE=always MESHGEN_BLESS=1 cargo test --no-fail-fast

# Start a rule over profiles: `just new-rule MG2099 unheard-of-thing traffic`
new-rule code name layer="traffic":
    #!/usr/bin/env bash
    set -euo pipefail
    module=$(tr - _ <<< "{{name}}")
    file="src/check/{{layer}}/$module.rs"
    [[ ! -e $file ]] || { echo "$file is there already"; exit 1; }
    cat > "$file" <<'RULE'
    //! One sentence that says what is right.

    use crate::diag::Severity;
    use crate::profile::Profile;
    use crate::rule::{Findings, Rule};

    pub static RULE: Rule<Profile> = Rule {
        code: "{{code}}",
        name: "{{name}}",
        severity: Severity::Error,
        equivalents: &[],
        why: "What goes wrong in a cluster that has this mistake.",
        bad: "
    namespace: the-mistake #~
    ",
        good: "
    namespace: the-same-without-it
    ",
        run,
    };

    fn run(_profile: &Profile, _findings: &mut Findings<'_>) {}
    RULE
    echo "wrote $file: now name \`$module\` in src/check/mod.rs, once as a module and once in RULES, then run: cargo test every_rule"
