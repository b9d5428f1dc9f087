//! JSON pointers (RFC 6901): where in an object an operation works.

use crate::diag::{Diagnostic, code, nearest};
use crate::source::{Span, Str, Text};
use crate::yaml::{Entry, Kind, Node};

/// A place in an object.
#[derive(Clone, Debug)]
pub struct Pointer {
    /// As it was written.
    pub text: Str,
    /// Where it was written.
    pub span: Span,
    tokens: Vec<String>,
}

impl Pointer {
    /// Reads `/spec/http/0`; `~1` stands for `/`, `~0` for `~`.
    ///
    /// # Errors
    /// Why it is no pointer to a place inside of an object.
    pub fn read(written: &Text) -> Result<Self, Box<Diagnostic>> {
        let wrong = |why: &str| -> Box<Diagnostic> {
            let message = format!("`{written}` is not a path inside of an object: {why}");
            let finding = Diagnostic::error(code::BAD_VALUE, written.span, message);
            Box::new(finding.help("write it as `/spec/http/0/timeout`"))
        };
        let Some(rest) = written.strip_prefix('/') else {
            return Err(wrong("it begins with `/`"));
        };
        let tokens: Option<Vec<String>> = rest.split('/').map(unescape).collect();
        let tokens = tokens.ok_or_else(|| wrong("`~` is written `~0`"))?;
        Ok(Self { text: written.value.clone(), span: written.span, tokens })
    }

    /// Whether `other` lies inside of this place.
    pub fn holds(&self, other: &Self) -> bool {
        other.tokens.len() > self.tokens.len() && other.tokens.starts_with(&self.tokens)
    }

    /// The value.
    ///
    /// # Errors
    /// When there is none, with what is there instead.
    pub fn get<'n>(&self, root: &'n mut Node) -> Result<&'n mut Node, Box<Diagnostic>> {
        self.walk(root, &self.tokens)
    }

    /// Takes the value away.
    ///
    /// # Errors
    /// When there is none.
    pub fn remove(&self, root: &mut Node) -> Result<Node, Box<Diagnostic>> {
        let (last, parent) = self.parent(root)?;
        let place = find(parent, last).ok_or_else(|| self.absent(parent, last))?;
        match &mut parent.kind {
            Kind::Map(entries) => Ok(entries.remove(place).value),
            Kind::List(items) => Ok(items.remove(place)),
            Kind::Null | Kind::Scalar(_) => Err(self.absent(parent, last)),
        }
    }

    /// Puts a value there: into a mapping, in place of what is there; into a list, before what is there.
    ///
    /// # Errors
    /// When there is no such mapping or list, or the list is shorter.
    pub fn add(&self, root: &mut Node, value: Node) -> Result<(), Box<Diagnostic>> {
        let (last, parent) = self.parent(root)?;
        let place = find(parent, last);
        match &mut parent.kind {
            Kind::Map(entries) => match place {
                Some(place) => entries.make_mut()[place].value = value,
                None => entries.push(Entry { key: Text::new(last.into(), self.span), value }),
            },
            Kind::List(items) => {
                let end = items.len();
                let place = if last == "-" { Some(end) } else { index(last) };
                match place.filter(|it| *it <= end) {
                    Some(place) => items.insert(place, value),
                    None => return Err(self.absent(parent, last)),
                }
            }
            Kind::Null | Kind::Scalar(_) => return Err(self.absent(parent, last)),
        }
        Ok(())
    }

    fn parent<'s, 'n>(&'s self, root: &'n mut Node) -> Result<(&'s str, &'n mut Node), Box<Diagnostic>> {
        let (last, before) = self.tokens.split_last().map_or(("", &self.tokens[..]), |(it, rest)| (it, rest));
        Ok((last, self.walk(root, before)?))
    }

    fn walk<'n>(&self, node: &'n mut Node, path: &[String]) -> Result<&'n mut Node, Box<Diagnostic>> {
        let Some((token, rest)) = path.split_first() else {
            return Ok(node);
        };
        if find(node, token).is_none() {
            return Err(self.absent(node, token));
        }
        match child(node, token) {
            Some(node) => self.walk(node, rest),
            None => Err(Box::new(self.error())),
        }
    }

    fn error(&self) -> Diagnostic {
        Diagnostic::error(code::BAD_VALUE, self.span, format!("`{}` is not there", self.text))
    }

    /// Says that there is no `token` in `node`, and what there is.
    fn absent(&self, node: &Node, token: &str) -> Box<Diagnostic> {
        let finding = self.error();
        let help = match &node.kind {
            Kind::Map(entries) => {
                let keys = || entries.iter().map(|it| it.key.as_str());
                match nearest(token, keys()) {
                    Some(near) => format!("did you mean `{near}` in place of `{token}`?"),
                    None => format!("in place of `{token}` there is: {}", some(keys())),
                }
            }
            Kind::List(items) => match items.len() {
                0 => "the list is empty: `-` adds to its end".to_owned(),
                1 => "the list has one item, number 0".to_owned(),
                many => format!("the list has {many} items, numbers 0 to {}", many - 1),
            },
            Kind::Null | Kind::Scalar(_) => {
                format!("what should hold `{token}` is {}", node.describe())
            }
        };
        Box::new(finding.help(help))
    }
}

fn some<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let keys: Vec<&str> = keys.collect();
    let more = if keys.len() > 12 { ", …" } else { "" };
    if keys.is_empty() { "nothing".to_owned() } else { keys[..keys.len().min(12)].join(", ") + more }
}

/// The place of a key or of an item.
fn find(node: &Node, token: &str) -> Option<usize> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().position(|it| it.key.as_str() == token),
        Kind::List(items) => index(token).filter(|it| *it < items.len()),
        Kind::Null | Kind::Scalar(_) => None,
    }
}

fn child<'n>(node: &'n mut Node, token: &str) -> Option<&'n mut Node> {
    let place = find(node, token)?;
    match &mut node.kind {
        Kind::Map(entries) => Some(&mut entries.make_mut()[place].value),
        Kind::List(items) => items.make_mut().get_mut(place),
        Kind::Null | Kind::Scalar(_) => None,
    }
}

/// A number without leading zeros.
fn index(token: &str) -> Option<usize> {
    let digits = token.bytes().all(|it| it.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    if digits { token.parse().ok() } else { None }
}

fn unescape(token: &str) -> Option<String> {
    let mut parts = token.split('~');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.try_fold(first, |text, part| {
        let (escaped, rest) = (part.get(..1)?, part.get(1..)?);
        let character = match escaped {
            "0" => '~',
            "1" => '/',
            _ => return None,
        };
        Some(text + &character.to_string() + rest)
    })
}
