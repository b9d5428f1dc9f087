//! A plan as one folder: a complete bundle a step, the way back, and the page that says how to walk.

use crate::bundle::{Bundle, File, Product};
use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::plan::{Flow, Plan, change, readme, workflow};
use crate::template::Mistake;

/// The folder of the way back.
pub const ROLLBACK: &str = "rollback";

/// A plan whose states have been compiled, one bundle a step.
#[derive(Debug)]
pub struct Compiled<'p> {
    pub(super) plan: &'p Plan,
    pub(super) scenario: &'p str,
    pub(super) bundles: Vec<Bundle>,
    /// The folder of each step.
    pub(super) folders: Vec<String>,
    /// What each step changes; the first is the start.
    pub(super) changes: Vec<Vec<change::Change>>,
    /// The folder of all of them, seen from the root of the repository.
    pub(super) home: String,
}

impl<'p> Compiled<'p> {
    /// A plan and the bundle of each of its steps.
    ///
    /// # Errors
    /// A step that changes no object: something in the profile has the last word.
    pub fn new(
        plan: &'p Plan,
        scenario: &'p str,
        bundles: Vec<Bundle>,
        diags: &mut Diagnostics,
    ) -> Result<Self, Reported> {
        let digits = (plan.steps.len().max(1) - 1).to_string().len().max(2);
        let folders = plan.steps.iter().enumerate().map(|(at, it)| format!("{at:0digits$}-{}", it.name));
        let folders: Vec<String> = folders.collect();
        let pairs = bundles.windows(2).map(|it| change::between(&it[0], &it[1]));
        let changes: Vec<_> = std::iter::once(Vec::new()).chain(pairs).collect();
        for (folder, _) in folders.iter().zip(&changes).skip(1).filter(|(_, it)| it.is_empty()) {
            let span = plan.pair.as_ref().map_or(plan.profile.namespace.span, |it| it.service.span);
            let message = format!("the step `{folder}` changes no object");
            let finding = Diagnostic::error(code::STEP_WITHOUT_EFFECT, span, message);
            let patch = plan.profile.patches.iter().next();
            let finding =
                finding.related(patch.map_or(span, |(it, _)| it.span), "this has the last word, perhaps");
            diags.push(finding.help("take away whatever else in the profile decides the same fields"));
        }
        diags.ok()?;
        Ok(Self { plan, scenario, bundles, folders, changes, home: format!("plan/{scenario}") })
    }

    /// The same in another folder of the repository than `plan/` and the scenario's name.
    #[must_use]
    pub fn at(self, home: String) -> Self {
        Self { home, ..self }
    }

    /// The folders of the steps, in order.
    pub fn folders(&self) -> &[String] {
        &self.folders
    }
}

/// All files of a plan.
///
/// # Errors
/// A template of ours that is wrong.
pub fn folder(compiled: Compiled<'_>) -> Result<Bundle, Mistake> {
    let mut files = vec![plain("README.md", readme::text(&compiled)?)];
    if matches!(compiled.plan.flow, Flow::Canary | Flow::BlueGreen) {
        files.extend(workflow::files(&compiled)?);
    }
    let Compiled { plan, scenario, bundles, folders, .. } = compiled;
    if let Some(start) = bundles.first() {
        files.extend(start.files.iter().cloned().map(|it| below(ROLLBACK, it)));
    }
    for (folder, bundle) in folders.iter().zip(bundles) {
        files.extend(bundle.files.into_iter().map(|it| below(folder, it)));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    // Two flows of one profile are two plans: neither takes the other's place.
    let product = match plan.flow {
        Flow::Canary => Product::Canary,
        Flow::BlueGreen => Product::BlueGreen,
        Flow::Mtls => Product::Mtls,
        Flow::Rollback => Product::Rollback,
    };
    Ok(Bundle { product, scenario: scenario.to_owned(), files })
}

/// The folder of the repository that the cluster follows, as far as the profile says.
pub fn followed(plan: &Plan, scenario: &str) -> String {
    let path = plan.profile.delivery.path.as_ref().map(|it| it.trim_end_matches('/'));
    let fits =
        |it: &&str| !it.is_empty() && *it != "." && !it.starts_with('-') && !it.contains(char::is_control);
    path.filter(fits).map_or_else(|| format!("out/{scenario}"), str::to_owned)
}

/// A file of text that holds no object.
pub fn plain(path: &str, text: String) -> File {
    File { path: path.to_owned(), text, object: None }
}

fn below(folder: &str, file: File) -> File {
    File { path: format!("{folder}/{}", file.path), ..file }
}
