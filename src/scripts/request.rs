//! A request that a script sends: made to meet the condition of a route, and what a condition says of it.

use std::fmt::Write;

use crate::profile::lookup::ClientRef;
use crate::profile::traffic::{Match, TextMatch};
use crate::scripts::answer::Answer;
use crate::source::Text;

/// What a client sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// As `GET`.
    pub method: String,
    /// Path and query, as the profile spells them.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
}

impl Request {
    /// A GET without headers.
    pub fn get(path: &str) -> Self {
        Self { method: "GET".to_owned(), path: path.to_owned(), headers: Vec::new() }
    }

    /// A request that meets a condition; a path that the condition leaves open is `path`.
    ///
    /// # Errors
    /// The part of the condition of which no example can be made.
    pub fn meeting(condition: &Match, path: &str) -> Result<Self, String> {
        let mut made = Self::get(path);
        if let Some(wanted) = &condition.path {
            made.path = spelt(example(wanted)?.ok_or("no path is absent")?, "?#")?;
        }
        if let Some(method) = condition.method.first() {
            made.method = method.to_string();
        }
        for (name, wanted) in condition.headers.iter() {
            let value = example(wanted).map_err(|it| format!("header {name}: {it}"))?;
            made.headers.extend(value.map(|it| (name.to_string(), it)));
        }
        let mut sign = '?';
        for (name, wanted) in condition.query.iter() {
            let Some(value) = example(wanted).map_err(|it| format!("query {name}: {it}"))? else { continue };
            let (name, value) = (spelt(name.to_string(), QUERY_ENDS)?, spelt(value, QUERY_ENDS)?);
            made.path.extend([&String::from(sign), &name, "=", &value].map(|it| it as &str));
            sign = '&';
        }
        Ok(made)
    }

    /// Whether a condition holds for this request of this client.
    pub fn meets(&self, condition: &Match, client: ClientRef<'_>) -> Answer {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let mut all = vec![condition.path.as_ref().map_or(Answer::Yes, |it| holds(it, Some(path)))];
        all.push(one_of(&condition.method, |it| it.value == self.method));
        all.push(one_of(&condition.caller, |it| {
            client.profile.client(it).is_some_and(|it| it.id == client.id)
        }));
        for (name, wanted) in condition.headers.iter() {
            all.push(holds(wanted, self.header(name)));
        }
        for (name, wanted) in condition.query.iter() {
            let named = |it: &&str| it.split_once('=').is_some_and(|(key, _)| key == name.as_str());
            let value = query.split('&').find(named).and_then(|it| it.split_once('='));
            all.push(holds(wanted, value.map(|(_, value)| value)));
        }
        Answer::all(all)
    }

    /// The path without the query.
    pub fn bare_path(&self) -> &str {
        self.path.split_once('?').map_or(&self.path, |(path, _)| path)
    }

    /// The path as it stands in a request line: what would end the line or the path is escaped, all else stays as it is,
    /// because the mesh compares the spelling.
    pub fn target(&self) -> String {
        escaped(&self.path, "#")
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// A text that meets a condition; `None` where it must not be there.
fn example(wanted: &TextMatch) -> Result<Option<String>, String> {
    match wanted {
        TextMatch::Exact(text) | TextMatch::Prefix(text) => Ok(Some(text.to_string())),
        TextMatch::Regex(_) => Err("a pattern, of which no example can be made".to_owned()),
        TextMatch::Present(_) => Ok(Some("1".to_owned())),
        TextMatch::Absent(_) => Ok(None),
    }
}

fn holds(wanted: &TextMatch, value: Option<&str>) -> Answer {
    match (wanted, value) {
        (TextMatch::Absent(_), value) => Answer::of(value.is_none()),
        (_, None) => Answer::No,
        (TextMatch::Exact(text), Some(value)) => Answer::of(text.as_str() == value),
        (TextMatch::Prefix(text), Some(value)) => Answer::of(value.starts_with(text.as_str())),
        (TextMatch::Present(_), Some(_)) => Answer::Yes,
        (TextMatch::Regex(_), Some(_)) => Answer::Maybe,
    }
}

fn one_of(wanted: &[Text], fits: impl Fn(&Text) -> bool) -> Answer {
    Answer::of(wanted.is_empty() || wanted.iter().any(fits))
}

/// What ends a part of a query.
const QUERY_ENDS: &str = "&=#+%?";

/// A text that stands in an address as it is: the mesh compares the spelling, and an escape is another.
fn spelt(text: String, ends: &str) -> Result<String, String> {
    if escaped(&text, ends) == text { Ok(text) } else { Err("no address can spell it".to_owned()) }
}

fn escaped(text: &str, ends: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain =
            byte.is_ascii_graphic() && !b"\"<>\\^`".contains(&byte) && !ends.as_bytes().contains(&byte);
        if plain {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::scripts::request::Request;

    #[test]
    fn a_path_keeps_its_spelling_but_for_what_would_end_it() {
        let target = |path: &str| Request::get(path).target();
        assert_eq!(target("/a'b$(c){d}?x=1&y=%20"), "/a'b$(c){d}?x=1&y=%20");
        assert_eq!(target("/a b\n\"#ü"), "/a%20b%0A%22%23%C3%BC");
    }
}
