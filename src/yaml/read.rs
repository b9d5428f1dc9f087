//! [`Node`] to typed value: a decoder that reports everything wrong at once, each at its place.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::{Span, Spanned, Text};
use crate::yaml::fields::Fields;
use crate::yaml::scalar::FromScalar;
use crate::yaml::{Kind, Node};

/// A type that can be read from YAML.
pub trait Read: Sized {
    /// Reads a value; `None` after at least one error has been reported.
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self>;

    /// The value of a key that is not there; `None` if it must be there.
    fn absent() -> Option<Self> {
        None
    }
}

/// What reading carries along.
pub struct Reader<'a> {
    /// Where findings go.
    pub diags: &'a mut Diagnostics,
    /// The key whose value is being read.
    pub key: Span,
    /// How many of the findings say of which key they speak.
    named: usize,
    shared: BTreeMap<(TypeId, usize), Arc<dyn Any + Send + Sync>>,
}

impl<'a> Reader<'a> {
    /// A reader that reports to `diags`.
    pub fn new(diags: &'a mut Diagnostics) -> Self {
        Self { diags, key: Span::NONE, named: 0, shared: BTreeMap::new() }
    }

    /// Reports that a value is not what the field takes.
    pub fn expected(&mut self, what: &str, node: &Node) {
        let message = format!("expected {what}, found {}", node.describe());
        let span = if node.is_null() && self.key.is_some() { self.key } else { node.span };
        self.diags.push(Diagnostic::error(code::WRONG_TYPE, span, message));
    }

    /// Reads the value of a key; what is wrong with it will name the key.
    pub fn under<T: Read>(&mut self, key: &Text, value: &Node) -> Option<T> {
        let outer = std::mem::replace(&mut self.key, key.span);
        let before = self.diags.len();
        let read = T::read(value, self);
        self.key = outer;
        if self.diags.len() > before {
            self.name(key, before.max(self.named));
        }
        read
    }

    /// The innermost key comes first, so what has a name keeps it.
    fn name(&mut self, key: &Text, start: usize) {
        let speaks_of_a_value =
            |it: &&mut Diagnostic| it.code == code::WRONG_TYPE || it.code == code::BAD_VALUE;
        for finding in self.diags.since(start).filter(speaks_of_a_value) {
            finding.message = format!("`{key}`: {}", finding.message);
        }
        self.named = self.diags.len();
    }

    /// Reads a struct: `take` fetches the fields, and what it leaves over is reported as unknown.
    pub fn record<T>(
        &mut self,
        what: &'static str,
        names: &'static [&'static str],
        node: &Node,
        take: impl FnOnce(&mut Fields<'_, '_, '_>) -> Option<T>,
    ) -> Option<T> {
        let Kind::Map(entries) = &node.kind else {
            // `what` in back-ticks is the key itself, which the finding names already.
            let what = if what.starts_with('`') { "a mapping" } else { &format!("{what} (a mapping)") };
            self.expected(what, node);
            return None;
        };
        take(&mut Fields::open(what, names, entries, self))
    }
}

/// Reads a value and says whether anything was wrong with it.
#[must_use]
pub fn read<T: Read>(node: &Node, diags: &mut Diagnostics) -> Option<T> {
    let mut cx = Reader::new(diags);
    // What the outermost mapping lacks is missed where it begins.
    if node.span.is_some() {
        cx.key = Span { lo: node.span.lo, hi: node.span.lo + 1 };
    }
    T::read(node, &mut cx)
}

/// Says how a struct is read: `record!(Retries "retries" { attempts, retry_on })`. Keys are the names in camel case.
macro_rules! record {
    ($type:ident $what:literal { $($field:ident),* $(,)? }) => {
        impl $crate::yaml::Read for $type {
            fn read(node: &$crate::yaml::Node, cx: &mut $crate::yaml::Reader<'_>) -> Option<Self> {
                cx.record($what, &[$(stringify!($field)),*], node, |fields| {
                    $(let $field = fields.take_next();)*
                    Some($type { $($field: $field?),* })
                })
            }
        }
    };
}
pub(crate) use record;

impl<T: FromScalar> Read for Spanned<T> {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        let Kind::Scalar(scalar) = &node.kind else {
            cx.expected(T::EXPECTS, node);
            return None;
        };
        match T::from_scalar(scalar) {
            Ok(value) => Some(Self::new(value, node.span)),
            Err(wrong) => {
                cx.diags.push(wrong.at(node, T::EXPECTS));
                None
            }
        }
    }
}

impl<T: Read> Read for Option<T> {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        if node.is_null() { Some(None) } else { T::read(node, cx).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        let Kind::List(items) = &node.kind else {
            cx.expected("a list", node);
            return None;
        };
        let values: Vec<T> = items.iter().filter_map(|it| T::read(it, cx)).collect();
        (values.len() == items.len()).then_some(values)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Read> Read for Box<T> {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        T::read(node, cx).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

/// Equal branches of the tree, as defaults leave them under every entry, are read once and shared.
impl<T: Read + Send + Sync + 'static> Read for Arc<T> {
    fn read(node: &Node, cx: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(entries) = &node.kind else {
            return T::read(node, cx).map(Self::new);
        };
        let key = (TypeId::of::<T>(), entries.as_slice().as_ptr().addr());
        if let Some(known) = cx.shared.get(&key) {
            return Arc::clone(known).downcast().ok();
        }
        let value = Self::new(T::read(node, cx)?);
        if !entries.is_empty() {
            cx.shared.insert(key, value.clone());
        }
        Some(value)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

impl Read for Node {
    fn read(node: &Node, _cx: &mut Reader<'_>) -> Option<Self> {
        Some(node.clone())
    }
}
