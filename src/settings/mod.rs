//! `.meshgen.yaml`: what a repository wants of `meshgen lint`, as typed and as strict as a profile.

mod level;

use schemars::{JsonSchema, schema_for};

use crate::catalogue;
use crate::diag::{Diagnostic, Diagnostics, Severity, code};
use crate::source::{Spanned, Text};
use crate::yaml::{Named, Node, read, record};

pub use level::{FailOn, Level};

/// What may stand in `.meshgen.yaml`. Paths start from the folder of the file.
#[derive(Clone, Debug, Default, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// What lives elsewhere, and is no mistake to name: `namespace/name` or a host.
    pub external: Vec<Text>,
    /// Files and folders with CustomResourceDefinitions to judge by.
    pub crds: Vec<Text>,
    /// The configuration of the mesh: a `MeshConfig`, the ConfigMap `istio`, or an `IstioOperator`.
    pub mesh_config: Option<Text>,
    /// The networks of the mesh: a MeshNetworks.
    pub mesh_networks: Option<Text>,
    /// The namespace of objects that do not say theirs.
    pub namespace: Option<Text>,
    /// The level from which on a finding fails the run.
    pub fail_on: Option<Spanned<FailOn>>,
    /// Levels of rules, by code or by name.
    pub rules: Named<Spanned<Level>>,
    /// Findings that were there before.
    pub baseline: Option<Text>,
    /// Paths that are left out of folders, written as in a `.gitignore`.
    pub exclude: Vec<Text>,
}

record!(Settings "`.meshgen.yaml`" {
    external, crds, mesh_config, mesh_networks, namespace, fail_on, rules, baseline, exclude
});

impl Settings {
    /// Reads a file of settings; an empty one says nothing.
    ///
    /// `None` after an error has been told.
    pub fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        if node.is_null() {
            return Some(Self::default());
        }
        let settings: Self = read(node, diags)?;
        let before = diags.errors();
        for (name, _) in settings.rules.iter().filter(|(name, _)| catalogue::find(name).is_none()) {
            diags.push(unknown(name));
        }
        (diags.errors() == before).then_some(settings)
    }

    /// Levels by code.
    pub fn levels(&self) -> Levels {
        let mut levels = Levels::default();
        for (name, level) in self.rules.iter() {
            if let Some(entry) = catalogue::find(name) {
                levels.set(entry.code, level.value);
            }
        }
        levels
    }
}

fn unknown(name: &Text) -> Diagnostic {
    let finding = Diagnostic::error(code::BAD_VALUE, name.span, format!("there is no rule `{name}`"));
    match catalogue::meant(name) {
        Some(near) => finding.suggest(name, [near]),
        None => finding.help("`meshgen rules` names them all"),
    }
}

/// The levels that somebody gave to rules, by code.
#[derive(Clone, Debug, Default)]
pub struct Levels(Vec<(&'static str, Level)>);

impl Levels {
    /// Gives a rule a level, in place of an earlier one.
    pub fn set(&mut self, code: &'static str, level: Level) {
        self.0.retain(|it| it.0 != code);
        self.0.push((code, level));
    }

    /// Gives each finding the level of its rule; `Off` takes it out.
    pub fn apply(&self, diags: &mut Diagnostics) {
        if self.0.is_empty() {
            return;
        }
        diags.retain(|finding| {
            match self.0.iter().find(|it| it.0 == finding.code.id) {
                Some((_, Level::Off)) => return false,
                Some((_, Level::Info)) => finding.severity = Severity::Info,
                Some((_, Level::Warning)) => finding.severity = Severity::Warning,
                Some((_, Level::Error)) => finding.severity = Severity::Error,
                None => {}
            }
            true
        });
    }
}

/// The JSON Schema of `.meshgen.yaml`.
pub fn schema() -> String {
    let mut schema = schema_for!(Settings);
    // Lists are no `Option`s, and may be left out all the same.
    schema.remove("required");
    // A schema is a tree of JSON values, so the default never shows.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::{Level, Settings};
    use crate::diag::Diagnostics;
    use crate::source::SourceMap;
    use crate::yaml::parse;

    fn said(text: &str) -> (Option<Settings>, Vec<String>) {
        let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
        let file = files.add(".meshgen.yaml", text).unwrap();
        let node = parse(file, &files, &mut diags).unwrap();
        let settings = Settings::read(&node, &mut diags);
        let say = |it: &&crate::diag::Diagnostic| {
            format!("{} ({})", it.message, it.help.as_deref().unwrap_or_default())
        };
        (settings, diags.sorted().iter().map(say).collect())
    }

    #[test]
    fn every_setting_is_read() {
        let (settings, said) = said(
            "external: [shop/legacy, api.example.com]\ncrds: [crds]\nmeshConfig: mesh.yaml\nfailOn: warning\n\
             rules: { unknown-subset: off, MG1004: warning }\nbaseline: old.yaml\nexclude: [vendor/]\n",
        );
        assert!(said.is_empty(), "{said:?}");
        let levels = settings.unwrap().levels().0;
        assert_eq!(levels, [("MG3501", Level::Off), ("MG1004", Level::Warning)]);
    }

    #[test]
    fn what_is_misspelt_is_told_with_what_was_meant() {
        let (settings, said) =
            said("rule: {}\nrules: { unknown-subst: off, no-such: error, MG3501: loud }\n");
        assert!(settings.is_none());
        assert_eq!(
            said,
            [
                "`.meshgen.yaml` has no key `rule` (did you mean `rules`?)",
                "`MG3501`: `loud` is none of off, info, warning, error ()"
            ]
        );
        let (_, said) = super::tests::said("rules: { unknown-subst: off, zzz: error }\n");
        assert_eq!(
            said,
            [
                "there is no rule `unknown-subst` (did you mean `unknown-subset`?)",
                "there is no rule `zzz` (`meshgen rules` names them all)"
            ]
        );
    }

    #[test]
    fn an_empty_file_says_nothing() {
        assert!(said("# nothing yet\n").0.is_some());
    }
}
