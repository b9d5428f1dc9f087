//! The shares of a split total 100.

use crate::check::walk::{RouteRef, routes};
use crate::diag::{Diagnostic, Severity};
use crate::profile::Profile;
use crate::rule::{Findings, Rule};
use crate::source::{Span, Spanned, Text};
use crate::units::Weight;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2001",
    name: "split-total",
    severity: Severity::Error,
    equivalents: &["MG-20", "KIA1104"],
    why: "Istio takes weights of any total and scales them, so `v1: 90, v2: 20` silently means 82 and 18 percent. \
          That weights must total 100 is our rule, so that a profile says what it means.",
    bad: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 90, v2: 20 } } } #~
",
    good: "
services:
  hello:
    versions: { v1: {}, v2: {} }
    routes: { default: { split: { v1: 90, v2: 10 } } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for it in routes(profile).filter(|it| !it.route.split.is_empty()) {
        let total = it.route.split.values().map(|share| u64::from(share.value.0)).sum();
        // A share of a version that is not there is a mistake of its own.
        let known = it.route.split.names().all(|version| it.owner.service.versions.get(version).is_some());
        if total != 100 && known {
            findings.push(finding(it, total, findings));
        }
    }
}

fn finding(it: RouteRef<'_>, total: u64, findings: &Findings<'_>) -> Diagnostic {
    let shares: Vec<_> = it.route.split.iter().collect();
    let (last, share) = shares[shares.len() - 1];
    let span = place(&shares);
    let others = total - u64::from(share.value.0);
    let finding = findings.at(span, format!("shares of {it} add up to {total}, not 100"));
    if others > 100 || shares.len() == 1 && total > 100 {
        return finding.help("weights of a split are percents of the whole");
    }
    let way = if total > 100 { "lower" } else { "raise" };
    finding.help(format!("{way} `{last}` from {} to {}", share.value, 100 - others))
}

/// The last share, unless the shares stand apart: then some are inherited, and the place is in the profile that was
/// read first, which is the user's.
fn place(shares: &[(&Text, &Spanned<Weight>)]) -> Span {
    let spans = || shares.iter().map(|(_, share)| share.span);
    let (first, last) = (spans().min().unwrap_or_default(), spans().max().unwrap_or_default());
    if last.lo - first.lo < NEAR { last } else { first }
}

/// Bytes within which a mapping of shares is written.
const NEAR: u32 = 300;

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::proof::messages;

    #[test]
    fn the_help_says_which_share_to_change() {
        let help = |split: &str| {
            let text = format!(
                "services: {{ a: {{ versions: {{ v1: {{}}, v2: {{}}, v3: {{}} }}, routes: {{ r: {{ split: {split} }} }} }} }}"
            );
            let said = messages(&[&RULE], &text);
            said.first()
                .and_then(|it| it.rsplit_once('('))
                .map(|(_, help)| help.trim_end_matches(')').to_owned())
        };
        assert_eq!(help("{ v1: 90, v2: 20 }").as_deref(), Some("lower `v2` from 20 to 10"));
        assert_eq!(help("{ v1: 90, v2: 0, v3: 5 }").as_deref(), Some("raise `v3` from 5 to 10"));
        assert_eq!(
            help("{ v1: 101, v2: 0 }").as_deref(),
            Some("weights of a split are percents of the whole")
        );
        assert_eq!(
            help("{ v1: 1000000, v2: 1000000 }").as_deref(),
            Some("weights of a split are percents of the whole")
        );
        assert_eq!(help("{ v1: 50 }").as_deref(), Some("raise `v1` from 50 to 100"));
        assert_eq!(help("{ v1: 50, v2: 50 }"), None);
    }
}
