//! What every object says of itself: its name, its namespace, how much it annotates.

use crate::diag::{Diagnostic, Diagnostics, code, nearest};
use crate::kube::shape::head;
use crate::kube::shape::rule::missing;
use crate::kube::shape::text::{self, Format};
use crate::source::Str;
use crate::yaml::{Entry, Node};

/// All annotations of an object together may be so large.
const MOST_ANNOTATIONS: usize = 256 * 1024;

/// Judges the metadata of a document; `naming` is the format of its name, and how long that may be.
pub fn judge(document: &Node, naming: &Format, longest: usize, diags: &mut Diagnostics) {
    let Some(entry) = document.entries().iter().find(|it| it.key.as_str() == "metadata") else {
        return unnamed(document, document, diags);
    };
    let mut named = false;
    for Entry { key, value } in entry.value.entries() {
        named |= matches!(key.as_str(), "name" | "generateName") && !value.is_null();
        match key.as_str() {
            "name" => name(value, naming, longest, diags),
            "generateName" => generated(value, naming, diags),
            "namespace" => namespace(value, diags),
            "annotations" => annotations(value, diags),
            _ => {}
        }
    }
    if !named {
        unnamed(&entry.value, document, diags);
    }
}

/// Objects that ask a question, and those that a controller names, need no name of their own.
fn unnamed(metadata: &Node, document: &Node, diags: &mut Diagnostics) {
    let near = |it: &Entry| it.key.as_str() != "name" && nearest(&it.key, ["name"]).is_some();
    let misspelt = metadata.entries().iter().any(near);
    if misspelt {
        return;
    }
    let place = document.entries().iter().find(|it| it.key.as_str() == "metadata");
    let span = place.map_or_else(|| head(document), |it| it.key.span);
    diags.push(missing(span, "`ObjectMeta` needs `name`", "give the object a name"));
}

fn name(node: &Node, naming: &Format, longest: usize, diags: &mut Diagnostics) {
    let Some(written) = node.text() else { return };
    if written.is_empty() || written.len() > longest || !(naming.holds)(written) {
        unusable(node, written, naming, longest, diags);
    }
}

fn unusable(node: &Node, written: &str, format: &Format, most: usize, diags: &mut Diagnostics) {
    let message = format!("`{written}` is not a name that Kubernetes takes");
    let help = if written.is_empty() {
        "give the object a name".to_owned()
    } else if written.len() > most {
        format!("use at most {most} characters")
    } else {
        format!("use {}", format.says)
    };
    diags.push(Diagnostic::error(code::BAD_VALUE, node.span, message).help(help));
}

/// The API server puts letters and digits behind it, so that a `-` or `.` at its end does no harm.
fn generated(node: &Node, naming: &Format, diags: &mut Diagnostics) {
    let Some(written) = node.text() else { return };
    if !(naming.holds)(&format!("{written}a")) {
        unusable(node, written, naming, 253, diags);
    }
}

fn namespace(node: &Node, diags: &mut Diagnostics) {
    let Some(written) = node.text().filter(|it| !it.is_empty()) else { return };
    if written.len() > 63 || !text::is_label(written) {
        let message = format!("`{written}` is not a name that a namespace can have");
        let help = "use lower-case letters, digits and `-`, at most 63, a letter or digit at both ends";
        diags.push(Diagnostic::error(code::BAD_VALUE, node.span, message).help(help));
    }
}

/// How much there is of annotations.
fn annotations(node: &Node, diags: &mut Diagnostics) {
    let size: usize =
        node.entries().iter().map(|it| it.key.len() + it.value.text().map_or(0, Str::len)).sum();
    if size > MOST_ANNOTATIONS {
        let message = format!("the annotations are {size} bytes, more than {MOST_ANNOTATIONS}");
        diags.push(
            Diagnostic::error(code::BAD_VALUE, node.span, message).help("put large texts into a ConfigMap"),
        );
    }
}
