//! `# meshgen: allow RULE reason until 2027-01-31`: a finding that somebody answers for.
//!
//! A comment behind a line allows what is found on it; one on a line of its own, what is found on the next; one at the
//! head of a document, what is found anywhere in it. Where comments are lost, the annotation `meshgen.io/allow` says
//! the same of its object.

mod comment;
mod words;

use crate::catalogue;
use crate::diag::{self, Diagnostic, Diagnostics, code};
use crate::mesh::{Cluster, Object};
use crate::source::{FileId, SourceMap, Span};
use crate::units::date::Date;

use words::Words;

/// The annotation.
pub const ANNOTATION: &str = "meshgen.io/allow";

/// One allowance.
#[derive(Debug)]
struct Allowance {
    /// Where it stands.
    span: Span,
    place: Place,
    words: Words,
    used: bool,
}

/// What an allowance is about.
#[derive(Debug)]
enum Place {
    /// Whatever begins on a line.
    Line(Span),
    /// Whatever begins in a document.
    Document(Span),
    /// An object.
    Object(diag::Object),
}

/// Takes out what is allowed, and tells of allowances that say too little or allow nothing; how many were taken out.
///
/// An allowance that ends counts as long as nobody says which day it is.
pub fn apply(
    texts: &[FileId],
    cluster: Option<&Cluster>,
    as_of: Option<Date>,
    files: &SourceMap,
    diags: &mut Diagnostics,
) -> usize {
    let mut told = Vec::new();
    let mut allowances = Vec::new();
    for file in texts {
        comment::allowances(*file, files, &mut allowances, &mut told);
    }
    for object in cluster.into_iter().flat_map(Cluster::objects) {
        of_annotation(object, &mut allowances, &mut told);
    }
    if allowances.is_empty() && told.is_empty() {
        return 0;
    }
    let before = diags.len();
    let mut by_place = Index::of(&mut allowances);
    diags.retain(|finding| !by_place.allows(finding, as_of));
    let allowed = before - diags.len();
    told.extend(allowances.iter().filter(|it| !it.used).map(idle));
    for finding in told {
        diags.push(finding);
    }
    allowed
}

fn idle(allowance: &Allowance) -> Diagnostic {
    let rule = &allowance.words.rules.join(", ");
    let message = format!("this allows `{rule}`, which is not found here");
    let help = "take it away, or write it on the line of the finding or on the one above";
    Diagnostic::warning(code::IDLE_ALLOWANCE, allowance.span, message).help(help)
}

fn of_annotation(object: &Object, allowances: &mut Vec<Allowance>, told: &mut Vec<Diagnostic>) {
    let Some(entry) = object.annotations().iter().find(|it| it.key.value == ANNOTATION) else { return };
    let span = if entry.value.span.is_some() { entry.value.span } else { object.span() };
    let text = entry.value.text().map_or("", |it| it.as_str());
    for line in text.split(['\n', ';']).map(str::trim).filter(|it| !it.is_empty()) {
        match Words::parse(line) {
            Ok(words) => {
                let place = Place::Object(object.title());
                allowances.push(Allowance { span, place, words, used: false });
            }
            Err(unclear) => told.push(unclear.at(span)),
        }
    }
}

/// Allowances by place, as there may be as many as findings.
struct Index<'a> {
    /// Those of lines, those of documents: among either, none holds another.
    bytes: [Row<'a>; 2],
    objects: Vec<&'a mut Allowance>,
}

/// Allowances by their first byte.
#[derive(Default)]
struct Row<'a> {
    list: Vec<&'a mut Allowance>,
    widest: u32,
}

impl<'a> Index<'a> {
    fn of(allowances: &'a mut [Allowance]) -> Self {
        let mut index = Self { bytes: [Row::default(), Row::default()], objects: Vec::new() };
        for it in allowances {
            let row = match &it.place {
                Place::Line(_) => &mut index.bytes[0],
                Place::Document(_) => &mut index.bytes[1],
                Place::Object(_) => {
                    index.objects.push(it);
                    continue;
                }
            };
            row.widest = row.widest.max(bytes(it).hi - bytes(it).lo);
            row.list.push(it);
        }
        index.bytes.iter_mut().for_each(|it| it.list.sort_by_key(|it| bytes(it).lo));
        index.objects.sort_by(|a, b| key(a).cmp(&key(b)));
        index
    }

    fn allows(&mut self, finding: &mut Diagnostic, as_of: Option<Date>) -> bool {
        let (at, has_place) = (finding.span.lo, finding.span.is_some());
        let mut allowed = false;
        for row in self.bytes.iter_mut().filter(|_| has_place) {
            let from = row.list.partition_point(|it| bytes(it).lo < at.saturating_sub(row.widest));
            let covering = row.list[from..].iter_mut().take_while(|it| bytes(it).lo <= at);
            for it in covering.filter(|it| at < bytes(it).hi) {
                allowed |= it.allows(finding, as_of);
            }
        }
        let Some(object) = finding.object.clone() else { return allowed };
        let wanted = (object.kind.as_str(), object.namespace.as_str(), object.name.as_str());
        let from = self.objects.partition_point(|it| key(it) < wanted);
        for it in self.objects[from..].iter_mut().take_while(|it| key(it) == wanted) {
            allowed |= it.allows(finding, as_of);
        }
        allowed
    }
}

fn bytes(allowance: &Allowance) -> Span {
    match allowance.place {
        Place::Line(span) | Place::Document(span) => span,
        Place::Object(_) => Span::NONE,
    }
}

fn key(allowance: &Allowance) -> (&str, &str, &str) {
    match &allowance.place {
        Place::Object(it) => (it.kind.as_str(), it.namespace.as_str(), it.name.as_str()),
        Place::Line(_) | Place::Document(_) => ("", "", ""),
    }
}

impl Allowance {
    /// Whether the finding is allowed; one that is no longer says so.
    fn allows(&mut self, finding: &mut Diagnostic, as_of: Option<Date>) -> bool {
        let code = finding.code.id;
        if code::UNREADABLE.contains(&finding.code) || !self.words.codes.contains(&code) {
            return false;
        }
        self.used = true;
        match (self.words.until, as_of) {
            (Some(until), Some(day)) if day > until => {
                finding.related.push((self.span, format!("allowed until {until}, which has passed")));
                false
            }
            _ => true,
        }
    }
}

/// Whether the rule of a word is one of manifests or of their text.
fn is_known(word: &str) -> Option<&'static str> {
    catalogue::find(word).map(|it| it.code)
}

#[cfg(test)]
mod tests;
