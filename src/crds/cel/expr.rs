//! An expression, read.

use std::sync::OnceLock;

use regex::Regex;

use crate::source::Str;

/// An expression of CEL.
#[derive(Debug)]
pub enum Expr {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number without sign.
    Uint(u64),
    /// A number.
    Double(f64),
    /// A text; if it is asked as a pattern, the pattern is kept.
    Text(Str, OnceLock<Option<Regex>>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A variable, or the name of a type.
    Name(Str),
    /// `a.b`, `a.?b` or `has(a.b)`.
    Select(Box<Expr>, Str, Access),
    /// `a[b]`, `a[?b]`.
    Index(Box<Expr>, Box<Expr>, Access),
    /// `[a, ?b]`.
    List(Vec<(bool, Expr)>),
    /// `{a: b, ?c: d}`.
    Map(Vec<(bool, Expr, Expr)>),
    /// `a && b && c`.
    And(Vec<Expr>),
    /// `a || b || c`.
    Or(Vec<Expr>),
    /// `a ? b : c`.
    If(Box<[Expr; 3]>),
    /// `!a`.
    Not(Box<Expr>),
    /// `-a`.
    Minus(Box<Expr>),
    /// `a + b`.
    Binary(Op, Box<[Expr; 2]>),
    /// `f(a)`, or `a.f(b)`: then the target is the first.
    Call(Str, bool, Vec<Expr>),
    /// A macro over a list or a map.
    Loop(Box<Loop>),
    /// `a.optMap(b, c)`: the name is `b`.
    Bind(Bind, Str, Box<[Expr; 2]>),
}

/// How a part is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It must be there.
    Must,
    /// An optional value.
    May,
    /// Whether it is there.
    Has,
}

/// What binds a name to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bind {
    /// `a.optMap(x, f(x))`.
    OptMap,
    /// `a.optFlatMap(x, f(x))`.
    OptFlatMap,
}

/// A sign between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `in`
    In,
}

/// A macro: for each element of the range, the body.
#[derive(Debug)]
pub struct Loop {
    /// Which.
    pub kind: Macro,
    /// What it goes over.
    pub range: Expr,
    /// The names of the element, or of key and element.
    pub names: Vec<Str>,
    /// A condition, and a value.
    pub filter: Option<Expr>,
    /// What is asked of each.
    pub body: Expr,
}

/// The macros over lists and maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Macro {
    /// Whether it holds for all.
    All,
    /// Whether it holds for any.
    Exists,
    /// Whether it holds for exactly one.
    One,
    /// The elements for which it holds.
    Filter,
    /// A list of what it makes of each.
    Map,
    /// A map of what it makes of each value.
    TransformMap,
    /// The elements in the order of what it makes of each.
    SortBy,
}
