//! The handbook of a scenario: pages of Markdown for the people who run it, every sentence borne out by the profile.

mod access;
mod alert;
mod breaker;
mod canary;
mod cell;
mod gateway;
mod helm;
mod identity;
mod matrix;
mod mtls;
mod needs;
mod page;
mod proxied;
mod request;
mod routes;
mod services;
mod shell;
mod tidy;
mod timeouts;
mod tree;
mod trial;
mod watch;
mod words;

use crate::bundle::File;
use crate::check::Scenario;
use crate::mesh::Mesh;
use crate::template::{Mistake, render};

use page::Page;

/// Where the pages are, and with it what lies beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `docs/` of the tree that `render --layout seed` writes: `../manifests`, `../configs` and `../scripts` are there.
    Seed,
    /// A folder of their own; what else belongs to it stands in `scripts/`.
    Alone,
}

impl Place {
    /// The folder of the pages within the bundle, with its slash.
    pub fn pages(self) -> &'static str {
        match self {
            Self::Seed => "docs/",
            Self::Alone => "",
        }
    }

    /// The way from a page to the scripts, with its slash.
    pub fn to_scripts(self) -> &'static str {
        match self {
            Self::Seed => "../scripts/",
            Self::Alone => "scripts/",
        }
    }
}

/// A picture of the mesh.
#[derive(Clone, Debug)]
pub struct Pictures {
    /// For a block of code.
    pub ascii: String,
    /// For a file of its own.
    pub svg: String,
}

/// What a handbook tells beside what the scenario says.
#[derive(Clone, Debug)]
pub struct Book<'b> {
    /// The lesson of the profile: its first line. May be empty.
    pub lesson: &'b str,
    /// How the user names the profile to a command: `--profile`, its name, then `--env` and `--set`.
    pub asked: &'b [String],
    /// A picture, where there is one.
    pub pictures: Option<Pictures>,
    /// The files that stand in the folder of scripts, by name.
    pub scripts: &'b [String],
    /// Where the pages are.
    pub place: Place,
}

/// Every page, by its template's name.
const PAGES: &[&str] =
    &["README", "access", "architecture", "prerequisites", "quickstart", "runbook", "tests", "timeouts"];

/// The file of the picture, beside the pages.
const PICTURE: &str = "mesh.svg";

/// The pages of a scenario and its picture, sorted by path.
///
/// # Errors
/// A template that asks for what the pages do not have: a mistake of ours.
pub fn handbook(scenario: &Scenario, mesh: &Mesh, book: &Book<'_>) -> Result<Vec<File>, Mistake> {
    let page = Page::of(scenario, mesh, book);
    let file = |name: &str, text| File { path: format!("{}{name}", book.place.pages()), text, object: None };
    let mut files = Vec::new();
    for name in PAGES {
        let text = tidy::tidy(&render(&format!("handbook/{name}.md.j2"), &page)?);
        files.push(file(&format!("{name}.md"), text));
    }
    files.extend(book.pictures.as_ref().map(|it| file(PICTURE, it.svg.clone())));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
