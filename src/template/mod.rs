//! Texts for people, from `templates/`: documents and scripts. Manifests never come from here.

mod span;

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use serde::Serialize;

pub use span::{code, fenced, table};

/// Every template, by its path below `templates/`.
const TEMPLATES: &[(&str, &str)] = &[
    ("handbook/README.md.j2", include_str!("../../templates/handbook/README.md.j2")),
    ("handbook/architecture.md.j2", include_str!("../../templates/handbook/architecture.md.j2")),
    ("handbook/access.md.j2", include_str!("../../templates/handbook/access.md.j2")),
    ("handbook/prerequisites.md.j2", include_str!("../../templates/handbook/prerequisites.md.j2")),
    ("handbook/quickstart.md.j2", include_str!("../../templates/handbook/quickstart.md.j2")),
    ("handbook/runbook.md.j2", include_str!("../../templates/handbook/runbook.md.j2")),
    ("handbook/tests.md.j2", include_str!("../../templates/handbook/tests.md.j2")),
    ("handbook/timeouts.md.j2", include_str!("../../templates/handbook/timeouts.md.j2")),
    ("scripts/canary-step.sh.j2", include_str!("../../templates/scripts/canary-step.sh.j2")),
    ("scripts/cleanup.sh.j2", include_str!("../../templates/scripts/cleanup.sh.j2")),
    ("scripts/deploy.sh.j2", include_str!("../../templates/scripts/deploy.sh.j2")),
    ("scripts/load.sh.j2", include_str!("../../templates/scripts/load.sh.j2")),
    ("scripts/rollback.sh.j2", include_str!("../../templates/scripts/rollback.sh.j2")),
    ("scripts/test-authz.sh.j2", include_str!("../../templates/scripts/test-authz.sh.j2")),
    ("scripts/test-mtls.sh.j2", include_str!("../../templates/scripts/test-mtls.sh.j2")),
    ("scripts/test-routing.sh.j2", include_str!("../../templates/scripts/test-routing.sh.j2")),
    ("scripts/lib/change.sh.j2", include_str!("../../templates/scripts/lib/change.sh.j2")),
    ("scripts/lib/counted.sh.j2", include_str!("../../templates/scripts/lib/counted.sh.j2")),
    ("scripts/lib/folder.sh.j2", include_str!("../../templates/scripts/lib/folder.sh.j2")),
    ("scripts/lib/kube.sh.j2", include_str!("../../templates/scripts/lib/kube.sh.j2")),
    ("scripts/lib/owned.sh.j2", include_str!("../../templates/scripts/lib/owned.sh.j2")),
    ("scripts/lib/report.sh.j2", include_str!("../../templates/scripts/lib/report.sh.j2")),
    ("scripts/lib/send.sh.j2", include_str!("../../templates/scripts/lib/send.sh.j2")),
    ("scripts/lib/settle.sh.j2", include_str!("../../templates/scripts/lib/settle.sh.j2")),
    ("scripts/lib/shift.sh.j2", include_str!("../../templates/scripts/lib/shift.sh.j2")),
    ("scripts/lib/start.sh.j2", include_str!("../../templates/scripts/lib/start.sh.j2")),
];

static ENVIRONMENT: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(environment);

/// The text that a template makes of a context.
///
/// # Errors
/// A template that is wrong, or that asks for what its context does not have: a mistake of ours.
pub fn render(name: &str, context: impl Serialize) -> Result<String, Mistake> {
    let text = match &*ENVIRONMENT {
        Ok(all) => all.get_template(name).and_then(|it| it.render(Serde(context))),
        Err(error) => return Err(Mistake(format!("{error:#}"))),
    };
    text.map_err(|error| Mistake(format!("{error:#}")))
}

/// A mistake of ours in a template.
#[derive(Debug)]
pub struct Mistake(String);

impl std::fmt::Display for Mistake {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "a template of meshgen's own is wrong, please report it: {}", self.0)
    }
}

impl std::error::Error for Mistake {}

fn environment() -> Result<Environment<'static>, Error> {
    let mut all = Environment::new();
    all.set_undefined_behavior(UndefinedBehavior::Strict);
    all.set_auto_escape_callback(|_| AutoEscape::None);
    all.set_syntax(
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?,
    );
    all.add_filter("sh", |text: &str| shell(text));
    all.add_filter("md", |text: &str| markdown(text));
    all.add_filter("code", |text: &str| code(text));
    all.add_filter("fenced", |text: &str, language: &str| fenced(text, language));
    for (name, text) in TEMPLATES {
        all.add_template(name, text)?;
    }
    Ok(all)
}

/// One word of a shell, whatever stands in it.
pub fn shell(text: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=@%+,".contains(it);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Text within a line or a table of Markdown: it makes no mark-up, no new line, no new cell.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' => out.extend(['\\', it]),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::template::{environment, markdown, shell};

    #[test]
    fn every_template_can_be_read() {
        assert!(environment().is_ok());
    }

    #[test]
    fn nothing_breaks_out_of_a_word() {
        assert_eq!(shell("hello.mesh-demo"), "hello.mesh-demo");
        assert_eq!(shell("a'; rm -rf $HOME #"), r"'a'\''; rm -rf $HOME #'");
        assert_eq!(shell(""), "''");
    }

    #[test]
    fn nothing_becomes_mark_up() {
        assert_eq!(markdown("a|b\n`c`"), r"a\|b \`c\`");
    }
}
