//! The complete reader: the events of the parser crate, made into trees.

use granit_parser::{Event, Options, Parser, ScalarStyle, Span as Place, Tag};

use crate::diag::{Diagnostic, Diagnostics, Reported, code};
use crate::source::{Span, Str};
use crate::yaml::parse::tree::Tree;
use crate::yaml::parse::{MAX_DEPTH, explain, offset};
use crate::yaml::{Kind, Node, Scalar};

/// After so many broken documents the rest of the stream tells nothing new.
const MAX_BROKEN: usize = 20;

/// All documents of a text whose first byte has the span offset `start`; empty ones are left out.
///
/// # Errors
/// Whatever is wrong with any of them: of syntax errors one for each document, of all others all.
pub fn read(text: &str, start: u32, diags: &mut Diagnostics) -> Result<Vec<Node>, Reported> {
    let mut parser = Parser::new_from_str_with_options(text, options());
    let mut reader = Reader { text, start, tree: Tree::new(text, start, diags), nodes: Vec::new() };
    let mut broken = 0;
    loop {
        let well = match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => break,
            Some(Ok((event, place))) => reader.take(event, place),
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let error = explain::syntax(error.kind(), at, text, start);
                reader.tree.report(error);
                false
            }
        };
        if !well {
            broken += 1;
            if broken >= MAX_BROKEN || !parser.proceed_next_document().unwrap_or(false) {
                break;
            }
        }
    }
    reader.tree.verdict().map(|()| reader.nodes)
}

fn options() -> Options {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    options
}

struct Reader<'a> {
    text: &'a str,
    start: u32,
    tree: Tree<'a>,
    nodes: Vec<Node>,
}

impl Reader<'_> {
    /// Takes one event; `false` where the document is not worth reading on.
    fn take(&mut self, event: Event<'_>, place: Place) -> bool {
        let span = self.span(place);
        match event {
            Event::DocumentStart(..) => self.tree.begin(),
            Event::DocumentEnd => self.nodes.extend(self.tree.end()),
            Event::Alias(id) => self.tree.alias(id, span),
            Event::UnresolvedAlias(name) => self.tree.unknown_alias(&name, span),
            Event::Anchor(_, name) => self.tree.anchors.name(&name),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), place);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "seq", place);
                return self.tree.open_list(span, anchor);
            }
            Event::MappingStart(_, anchor, tag) => {
                self.collection_tag(tag.as_deref(), "map", place);
                return self.tree.open_map(span, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.tree.close(span),
            _ => {}
        }
        true
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, tag: Option<&Tag>, place: Place) {
        let mut span = self.span(place);
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            span = self.content(text, place);
        }
        let plain = style == ScalarStyle::Plain;
        let kind = match tag {
            None if plain && is_null(text) => Kind::Null,
            None => text_of(text, plain),
            Some(tag) => self.tagged(tag, text, plain, place),
        };
        let merge = plain && tag.is_none() && anchor == 0 && text == "<<";
        self.tree.scalar(Node { kind, span }, anchor, merge);
    }

    /// The place of a block scalar's content; of a blank one the end of its header.
    fn content(&self, text: &str, place: Place) -> Span {
        let range = place.byte_range().unwrap_or_default();
        let blank = text.trim_ascii().is_empty();
        // Where no line has content, the place may begin at the header itself.
        let header = self.written(place).starts_with(['|', '>']);
        let (from, to) = match (blank, header) {
            (true, true) => {
                (range.start, range.start + self.written(place).lines().next().unwrap_or_default().len())
            }
            (true, false) => (0, range.start),
            (false, _) => (range.start, range.end),
        };
        let hi = from + self.text.get(from..to).unwrap_or_default().trim_ascii_end().len();
        let lo = if blank { hi } else { from };
        Span { lo: self.start + offset(lo), hi: self.start + offset(hi) }
    }

    fn tagged(&mut self, tag: &Tag, text: &str, plain: bool, place: Place) -> Kind {
        match tag.core_suffix() {
            Some("str") => text_of(text, false),
            Some("null") if is_null(text) => Kind::Null,
            // The tag says that it is no text, so readers may take it for what it looks like.
            Some("int" | "float" | "bool") => text_of(text, true),
            _ if is_bare(tag) => text_of(text, false),
            _ => {
                let what = if plain { "this value" } else { "a quoted value" };
                self.unknown_tag(tag, what, place);
                text_of(text, plain)
            }
        }
    }

    fn collection_tag(&mut self, tag: Option<&Tag>, own: &str, place: Place) {
        if let Some(tag) = tag.filter(|it| !it.is_yaml_core_schema_tag(own) && !is_bare(it)) {
            self.unknown_tag(tag, if own == "seq" { "a list" } else { "a mapping" }, place);
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, what: &str, place: Place) {
        let span = place.tag_span().map_or(self.span(place), |it| self.span(it));
        let message = format!("the tag `{}` says nothing here about {what}", tag.original());
        let error = Diagnostic::error(code::SYNTAX, span, message)
            .help("remove the tag; `!!str` is the one that makes a value text, and so do quotes");
        self.tree.report(error);
    }

    fn written(&self, place: Place) -> &str {
        place.slice(self.text).unwrap_or_default()
    }

    fn span(&self, place: Place) -> Span {
        let range = place.byte_range().unwrap_or_default();
        Span { lo: self.start + offset(range.start), hi: self.start + offset(range.end) }
    }
}

/// The tag `!`: "as it stands, no number or boolean".
fn is_bare(tag: &Tag) -> bool {
    tag.handle().is_empty() && tag.suffix() == "!"
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn text_of(text: &str, plain: bool) -> Kind {
    Kind::Scalar(Scalar { text: Str::from(text), plain })
}
