//! `defaults` and `environments` do their work before a profile is read into types, so they are judged here.

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::yaml::{Kind, Node};

/// What `defaults` may lie under.
const DEFAULTS: [&str; 10] = [
    "service",
    "version",
    "port",
    "route",
    "client",
    "external",
    "load",
    "observability",
    "smoke",
    "rollout",
];

/// Tells what could not do its work: a word that is no mapping, or that no collection goes by. A single environment is
/// judged when it is asked for.
pub(super) fn judge(tree: &Node, diags: &mut Diagnostics) {
    if let Some(environments) = tree.get("environments") {
        is_mapping("environments", "a mapping of names", environments, diags);
    }
    let Some(defaults) = tree.get("defaults") else { return };
    is_mapping("defaults", "a mapping", defaults, diags);
    for entry in defaults.entries() {
        if DEFAULTS.contains(&entry.key.as_str()) {
            is_mapping(&entry.key, "a mapping", &entry.value, diags);
        } else {
            let message = format!("`defaults` has no key `{}`", entry.key);
            let finding = Diagnostic::error(code::UNKNOWN_KEY, entry.key.span, message);
            diags.push(finding.suggest(&entry.key, DEFAULTS));
        }
    }
}

fn is_mapping(key: &str, expected: &str, node: &Node, diags: &mut Diagnostics) {
    match node.kind {
        Kind::Map(_) | Kind::Null => {}
        Kind::Scalar(_) | Kind::List(_) => {
            let message = format!("`{key}`: expected {expected}, found {}", node.describe());
            diags.push(Diagnostic::error(code::WRONG_TYPE, node.span, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::resolve::shape::judge;
    use crate::source::SourceMap;
    use crate::yaml;

    fn said(text: &str) -> Vec<String> {
        let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
        let file = files.add("a.yaml", text).unwrap();
        let tree = yaml::parse(file, &files, &mut diags).unwrap();
        judge(&tree, &mut diags);
        diags.sorted().iter().map(|it| it.message.clone()).collect()
    }

    #[test]
    fn what_could_not_do_its_work_is_told() {
        assert_eq!(said("environments: x"), ["`environments`: expected a mapping of names, found `x`"]);
        assert_eq!(said("defaults: { versoin: {} }"), ["`defaults` has no key `versoin`"]);
        assert_eq!(said("defaults: { version: 3 }"), ["`version`: expected a mapping, found `3`"]);
    }

    #[test]
    fn nothing_is_said_of_what_works_or_is_taken_away() {
        let fine =
            "defaults: { version: {}, route: null }\nenvironments: { prod: null, dev: { mtls: strict } }";
        assert_eq!(said(fine), [""; 0]);
        assert_eq!(said("defaults: null\nenvironments: {}"), [""; 0]);
    }
}
