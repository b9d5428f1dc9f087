//! The page of the runbook is one that a browser opens.

use crate::check::names::shown;
use crate::diag::Severity;
use crate::profile::Profile;
use crate::rule::{Findings, Rule};

pub static RULE: Rule<Profile> = Rule {
    code: "MG2307",
    name: "unusable-runbook-page",
    severity: Severity::Error,
    equivalents: &[],
    why: "Every alert carries a link to its chapter: this page, a `#` and the alert's name. Whoever is woken up at night \
          should be able to follow it.",
    bad: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  runbooks: wiki.example.com/mesh #~
",
    good: "
services: { hello: { versions: { v1: {} } } }
observability:
  rules: true
  runbooks: https://wiki.example.com/mesh/runbook.md
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    let Some(page) = profile.observability.as_ref().and_then(|it| it.runbooks.as_ref()) else { return };
    let rest = page.strip_prefix("https://").or_else(|| page.strip_prefix("http://"));
    let odd = |it: char| it.is_whitespace() || it.is_control() || "\"<>\\^`{|}".contains(it);
    let Some(rest) = rest.filter(|it| !it.is_empty() && !it.starts_with(['/', '?', '#'])) else {
        let finding = findings.at(page.span, format!("`{}` is no page of http or https", shown(page)));
        return findings.push(finding.help("write `https://…`"));
    };
    if let Some(odd) = rest.chars().find(|it| odd(*it)) {
        let message = format!("`{}` has `{}`, which no address has", shown(page), odd.escape_debug());
        findings.push(findings.at(page.span, message).help("write it as browsers do, as `%20` for a blank"));
    } else if rest.contains('#') {
        let finding = findings.at(page.span, format!("`{}` is a place in a page already", shown(page)));
        findings.push(finding.help("leave out what follows the page: every alert has a chapter of its own"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn an_address_that_leads_elsewhere_is_told() {
        for page in
            ["https://", "https:///mesh", "ftp://a", "'https://a/b c'", "https://a/#b", "'https://a/{{b}}'"]
        {
            let text = format!(
                "services: {{ hello: {{ versions: {{ v1: {{}} }} }} }}\nobservability: {{ rules: true, runbooks: {page} }}"
            );
            assert_eq!(messages(&[&RULE], &text).len(), 1, "{page}");
        }
    }
}
