//! The graph in words: for labels, for those who hear the picture read aloud, and for lists.

use crate::graph::model::{Access, Edge, Graph, Relation, Role, Security, Seen, Vertex};

/// A line in a box is no longer than this.
const WIDEST: usize = 28;
/// A box shows no more details than this.
const MOST_DETAILS: usize = 3;
/// A label is no longer than this.
const LONGEST: usize = 30;

/// A text short enough to stand beside a line.
pub fn clip(text: &str) -> String {
    clip_to(text, LONGEST)
}

/// A text of so many characters, in one line and without what no picture can show.
pub fn clip_to(text: &str, most: usize) -> String {
    let shown = |it: char| if it.is_control() || reorders(it) { ' ' } else { it };
    let mut chars = text.chars().map(shown);
    let short: String = chars.by_ref().take(most).collect();
    if chars.next().is_none() {
        return short;
    }
    let start: String = short.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

/// Whether a character turns the text after it around or stands there unseen: in a terminal it would break boxes.
fn reorders(it: char) -> bool {
    matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl Role {
    /// What readers call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Gateway => "gateway",
            Self::Client => "client",
            Self::Caller => "caller from elsewhere",
            Self::Service => "service",
            Self::Version => "version",
            Self::External => "external host",
        }
    }
}

impl Security {
    /// What readers call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "mutual TLS is required",
            Self::Permissive => "plaintext is taken as well",
            Self::Disabled => "plaintext",
            Self::Tls => "TLS",
            Self::Plain => "no TLS",
        }
    }
}

impl Seen {
    /// What readers call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Quiet => "quiet",
            Self::Undeclared => "undeclared",
        }
    }
}

impl Vertex {
    /// `namespace/name`, or the name.
    pub fn full_name(&self) -> String {
        if self.namespace.is_empty() {
            self.name.clone()
        } else {
            format!("{}/{}", self.namespace, self.name)
        }
    }

    /// All about it, in one line.
    pub fn sentence(&self) -> String {
        let details =
            if self.details.is_empty() { String::new() } else { format!(": {}", self.details.join(", ")) };
        format!("{} {}{details}", self.role.word(), self.full_name())
    }
}

impl Graph {
    /// What stands in the box of each vertex: its name first.
    pub fn lines(&self) -> Vec<Vec<String>> {
        let near = self.vertices.iter().filter(|it| it.role != Role::Caller);
        let mut spaces: Vec<&str> = near.map(|it| it.namespace.as_str()).collect();
        spaces.retain(|it| !it.is_empty());
        spaces.sort_unstable();
        spaces.dedup();
        let several = spaces.len() > 1;
        let lines = |it: &Vertex| {
            let mut lines = vec![clip_to(&it.name, WIDEST)];
            // A version stands beside its service, and a gateway says its hosts.
            let says = !matches!(it.role, Role::Version | Role::Outside) && !it.namespace.is_empty();
            if says && (several || it.role == Role::Caller) {
                lines.push(format!("in {}", clip_to(&it.namespace, WIDEST)));
            }
            let most = it.details.iter().take(MOST_DETAILS);
            lines.extend(most.filter(|line| **line != it.name).map(|it| clip_to(it, WIDEST)));
            let left = it.details.len().saturating_sub(MOST_DETAILS);
            lines.extend((left > 0).then(|| format!("and {left} more")));
            lines
        };
        self.vertices.iter().map(lines).collect()
    }

    /// How many services, versions and so on there are, in words.
    pub fn summary(&self) -> String {
        let count = |role: Role, word: &str| {
            let count = self.vertices.iter().filter(|it| it.role == role).count();
            let s = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {word}{s}"))
        };
        let words = [
            count(Role::Gateway, "gateway"),
            count(Role::Client, "client"),
            count(Role::Caller, "caller"),
            count(Role::Service, "service"),
            count(Role::Version, "version"),
            count(Role::External, "external host"),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// All about an edge, in one line.
    pub fn sentence(&self, edge: &Edge) -> String {
        let (from, to) = (self.vertices[edge.from].full_name(), self.vertices[edge.to].full_name());
        let verb = match (edge.relation, edge.access) {
            (Relation::Enters, _) => "enter through",
            (Relation::Calls, Some(Access::Denied)) => "may not call",
            (Relation::Calls, Some(_)) => "may call",
            (Relation::Calls, None) => "calls",
            (Relation::Routes, _) => "sends to",
            (Relation::Mirrors, _) => "sends copies to",
        };
        let mut facts: Vec<String> = edge.labels.clone();
        facts.extend((edge.access == Some(Access::Open)).then(|| "nothing forbids it".to_owned()));
        facts.extend(edge.security.map(|it| it.word().to_owned()));
        facts.extend(edge.observed.map(|it| it.word().to_owned()));
        facts.extend(edge.rate.as_ref().map(|it| format!("{it} requests a second")));
        let facts = if facts.is_empty() { String::new() } else { format!(": {}", facts.join("; ")) };
        format!("{from} {verb} {to}{facts}")
    }

    /// The edges that a picture shows, with their places.
    pub fn drawn(&self) -> impl Iterator<Item = (usize, &Edge)> {
        self.edges.iter().enumerate().filter(|it| it.1.drawn)
    }
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn no_name_turns_the_picture_around() {
        assert_eq!(clip("a\u{202e}b\u{200b}c\nd"), "a b c d");
        assert_eq!(clip("caf\u{e9} \u{661f}"), "caf\u{e9} \u{661f}");
    }
}
