//! What a step changes: the files in which two bundles differ, and the fields in which the files do.

use std::cmp::Ordering;

use serde::Serialize;

use crate::bundle::{Bundle, File};
use crate::plan::fields::differences;
use crate::plan::words::span;

/// So many fields of a file are told; the file itself shows the rest.
const MOST: usize = 8;

/// A file that two neighbouring bundles do not share.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Its path within the bundle.
    pub path: String,
    /// `changed`, `new` or `gone`.
    pub what: &'static str,
    /// The object, as Markdown; absent: it holds none.
    pub object: Option<String>,
    /// The fields, as Markdown.
    pub fields: Vec<String>,
    /// So many more.
    pub more: usize,
}

/// Every file that differs, by path.
pub fn between(old: &Bundle, new: &Bundle) -> Vec<Change> {
    let (mut left, mut right) = (old.files.iter().peekable(), new.files.iter().peekable());
    let mut found = Vec::new();
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return found,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.path.cmp(&b.path),
        };
        match order {
            Ordering::Less => found.extend(left.next().map(|it| whole(it, "gone"))),
            Ordering::Greater => found.extend(right.next().map(|it| whole(it, "new"))),
            Ordering::Equal => {
                if let (Some(a), Some(b)) = (left.next(), right.next())
                    && a.text != b.text
                {
                    found.push(changed(a, b));
                }
            }
        }
    }
}

fn whole(file: &File, what: &'static str) -> Change {
    Change { path: file.path.clone(), what, object: object(file), fields: Vec::new(), more: 0 }
}

fn object(file: &File) -> Option<String> {
    let it = file.object.as_ref()?;
    let place =
        if it.namespace.is_empty() { it.name.clone() } else { format!("{}/{}", it.namespace, it.name) };
    Some(format!("{} {}", it.kind, span(&place)))
}

fn changed(old: &File, new: &File) -> Change {
    let mut change = whole(new, "changed");
    // The kustomization is a list of files: which ones are new or gone is told beside it.
    let Some(all) = differences(&old.text, &new.text).filter(|_| change.object.is_some()) else {
        return change;
    };
    let told = all.iter().take(MOST).map(|(path, old, new)| match (old, new) {
        (Some(old), Some(new)) => format!("{}: {} → {}", span(path), span(old), span(new)),
        (None, Some(new)) => format!("{}: {} is new", span(path), span(new)),
        (Some(old), None) => format!("{}: {} is gone", span(path), span(old)),
        (None, None) => span(path),
    });
    change.fields = told.collect();
    change.more = all.len().saturating_sub(MOST);
    change
}
