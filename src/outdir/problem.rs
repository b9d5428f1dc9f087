//! Why a folder could not be read or written: the world is in the way, or we refuse for the user's sake.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The disk, a permission, a missing folder: exit code 2.
    World,
    /// Going on could lose something that is not ours: exit code 1.
    Refused,
}

/// One or more reasons why nothing was written, or why writing stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whose turn it is.
    pub kind: Kind,
    /// What is: one sentence a reason, sorted.
    pub lines: Vec<String>,
    /// What to do about it, each advice once.
    pub help: Vec<&'static str>,
}

impl Problem {
    /// A system call that failed: cannot `act` (as "read" or "write") `path`.
    #[must_use]
    pub fn world(act: &str, path: &Path, error: &io::Error) -> Self {
        let line = format!("cannot {act} `{}`: {}", path.display(), reason(error));
        Self { kind: Kind::World, lines: vec![line], help: Vec::new() }
    }

    /// Some other hindrance that is not about the user's files.
    #[must_use]
    pub fn hindered(line: String, help: &'static str) -> Self {
        Self { kind: Kind::World, lines: vec![line], help: vec![help] }
    }

    /// One refusal.
    #[must_use]
    pub fn refused(line: String, help: &'static str) -> Self {
        Self { kind: Kind::Refused, lines: vec![line], help: vec![help] }
    }

    /// Gives an advice as well.
    #[must_use]
    pub fn help(mut self, help: &'static str) -> Self {
        self.help.push(help);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.lines.iter().map(String::clone);
        let all: Vec<String> = lines.chain(self.help.iter().map(|it| format!("help: {it}"))).collect();
        out.write_str(&all.join("\n"))
    }
}

impl Error for Problem {}

/// Refusals that are told together, each once.
#[derive(Debug, Default)]
pub struct Refusals {
    lines: BTreeSet<String>,
    help: BTreeSet<&'static str>,
}

impl Refusals {
    /// Takes a refusal in.
    pub fn push(&mut self, line: String, help: &'static str) {
        self.lines.insert(line);
        self.help.insert(help);
    }

    /// Ends the phase if there was any.
    ///
    /// # Errors
    /// All refusals as one [`Problem`].
    pub fn ok(self) -> Result<(), Problem> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let (lines, help) = (self.lines.into_iter().collect(), self.help.into_iter().collect());
        Err(Problem { kind: Kind::Refused, lines, help })
    }
}

fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "the disk quota is used up",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        ErrorKind::InvalidFilename => "the name is too long or not allowed here",
        ErrorKind::NotFound => "it does not exist",
        ErrorKind::NotADirectory => "a part of the path is not a folder",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::AlreadyExists => "it exists already",
        ErrorKind::CrossesDevices => "its folder lies on another file system than the scenario's",
        _ => return error.to_string().to_lowercase(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::path::Path;

    use super::{Problem, Refusals};

    #[test]
    fn a_full_disk_is_said_in_words() {
        let problem = Problem::world("write", Path::new("out/a"), &Error::from(ErrorKind::StorageFull));
        assert_eq!(
            problem.help("make room").to_string(),
            "cannot write `out/a`: the disk is full\nhelp: make room"
        );
    }

    #[test]
    fn refusals_are_told_sorted_and_each_advice_once() {
        let mut refusals = Refusals::default();
        for line in ["b", "a", "b"] {
            refusals.push(line.to_owned(), "mend it");
        }
        assert_eq!(refusals.ok().unwrap_err().to_string(), "a\nb\nhelp: mend it");
    }
}
