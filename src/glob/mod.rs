//! Patterns of paths, as git has them: `*`, `?`, `[a-z]`, `**` for any number of folders.

mod ignore;

pub use ignore::Ignore;

/// A pattern, taken apart at its slashes. Matching takes time in proportion to pattern times path, whatever they hold.
#[derive(Clone, Debug)]
pub struct Glob {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// `**`: any number of folders, none too.
    Folders,
    /// What one name must be.
    Name(Vec<u8>),
}

impl Glob {
    /// A pattern for whole paths; one without a slash is for a name in any folder.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        let body = pattern.strip_prefix('/').unwrap_or(pattern);
        let mut parts = Vec::new();
        if !pattern.contains('/') {
            parts.push(Part::Folders);
        }
        for name in body.split('/') {
            match name {
                "**" if parts.last() == Some(&Part::Folders) => {}
                "**" => parts.push(Part::Folders),
                name => parts.push(Part::Name(name.as_bytes().to_vec())),
            }
        }
        // What ends in `/**` is all inside of a folder, not the folder.
        if parts.last() == Some(&Part::Folders) {
            parts.push(Part::Name(b"*".to_vec()));
        }
        Self { parts }
    }

    /// Whether a path is meant; its names are parted by `/`.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').collect();
        let (mut part, mut name) = (0, 0);
        let mut last: Option<(usize, usize)> = None;
        while name < names.len() {
            match self.parts.get(part) {
                Some(Part::Folders) => {
                    last = Some((part, name));
                    part += 1;
                    continue;
                }
                Some(Part::Name(it)) if is_name(it, names[name].as_bytes()) => {
                    (part, name) = (part + 1, name + 1);
                    continue;
                }
                _ => {}
            }
            // The last `**` takes one folder more.
            let Some((stars, taken)) = &mut last else { return false };
            *taken += 1;
            (part, name) = (*stars + 1, *taken);
        }
        self.parts[part..].iter().all(|it| *it == Part::Folders)
    }
}

/// Whether one name is as a pattern without slashes says.
fn is_name(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut taken) = (0, 0);
    let mut last: Option<(usize, usize)> = None;
    while taken < name.len() {
        if pattern.get(at) == Some(&b'*') {
            last = Some((at, taken));
            at += 1;
            continue;
        }
        if let Some(next) = one(&pattern[at..], name[taken]) {
            (at, taken) = (at + next, taken + 1);
            continue;
        }
        let Some((star, from)) = &mut last else { return false };
        *from += 1;
        (at, taken) = (*star + 1, *from);
    }
    pattern[at..].iter().all(|it| *it == b'*')
}

/// How many bytes of the pattern stand for one byte of a name; `None` if it is not what they stand for.
fn one(pattern: &[u8], byte: u8) -> Option<usize> {
    match pattern {
        [b'?', ..] => Some(1),
        [b'\\', escaped, ..] => (*escaped == byte).then_some(2),
        [b'[', ..] => match class(pattern, byte) {
            Some((true, length)) => Some(length),
            Some((false, _)) => None,
            None => (byte == b'[').then_some(1),
        },
        [plain, ..] => (*plain == byte).then_some(1),
        [] => None,
    }
}

/// Whether a byte is in `[…]`, and how long that is; `None` if it does not end.
fn class(pattern: &[u8], byte: u8) -> Option<(bool, usize)> {
    let negated = matches!(pattern.get(1), Some(b'!' | b'^'));
    let first = 1 + usize::from(negated);
    let mut at = first;
    let mut found = false;
    loop {
        match pattern.get(at)? {
            b']' if at > first => return Some((found != negated, at + 1)),
            b'[' if pattern.get(at + 1) == Some(&b':') => {
                let length = pattern[at + 2..].windows(2).position(|it| it == b":]")?;
                found |= is_of_class(&pattern[at + 2..at + 2 + length], byte);
                at += length + 4;
            }
            b'\\' => {
                found |= *pattern.get(at + 1)? == byte;
                at += 2;
            }
            low if pattern.get(at + 1) == Some(&b'-')
                && pattern.get(at + 2).is_some_and(|it| *it != b']') =>
            {
                found |= (*low..=pattern[at + 2]).contains(&byte);
                at += 3;
            }
            plain => {
                found |= *plain == byte;
                at += 1;
            }
        }
    }
}

/// Whether a byte is of a class that POSIX names, as `[:alpha:]`.
fn is_of_class(name: &[u8], byte: u8) -> bool {
    match name {
        b"alnum" => byte.is_ascii_alphanumeric(),
        b"alpha" => byte.is_ascii_alphabetic(),
        b"blank" => matches!(byte, b' ' | b'\t'),
        b"cntrl" => byte.is_ascii_control(),
        b"digit" => byte.is_ascii_digit(),
        b"graph" => byte.is_ascii_graphic(),
        b"lower" => byte.is_ascii_lowercase(),
        b"print" => byte.is_ascii_graphic() || byte == b' ',
        b"punct" => byte.is_ascii_punctuation(),
        b"space" => byte.is_ascii_whitespace() || byte == 0x0b,
        b"upper" => byte.is_ascii_uppercase(),
        b"xdigit" => byte.is_ascii_hexdigit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn a_pattern_means_what_git_takes_it_for() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("*.yaml", &["a.yaml", "x/y/a.yaml"], &["a.yml", "a.yaml/b"]),
            ("/a", &["a"], &["b/a", "a/b"]),
            ("a/b", &["a/b"], &["x/a/b"]),
            ("**/a/b", &["a/b", "x/a/b", "x/y/a/b"], &["a/x/b"]),
            ("a/**", &["a/b", "a/b/c"], &["a", "b/a/c"]),
            ("a/**/b", &["a/b", "a/x/b", "a/x/y/b"], &["a/bb", "b"]),
            ("a?c", &["abc"], &["ac", "a/c"]),
            ("a[b-d]e", &["abe", "ade"], &["aee", "a-e"]),
            ("a[!b]e", &["ace"], &["abe"]),
            ("a[b", &["a[b"], &["ab"]),
            ("[[:digit:]_][![:upper:]]", &["1a", "_-"], &["a1", "1A"]),
            (r"\*a", &["*a"], &["ba"]),
            ("a*b*c", &["abc", "axbxc", "abbcc"], &["acb"]),
        ];
        for (pattern, yes, no) in cases {
            let glob = Glob::new(pattern);
            yes.iter().for_each(|it| assert!(glob.matches(it), "{pattern} {it}"));
            no.iter().for_each(|it| assert!(!glob.matches(it), "{pattern} {it}"));
        }
    }

    #[test]
    fn a_hostile_pattern_takes_no_time() {
        let glob = Glob::new(&format!("{}b", "*a".repeat(200)));
        assert!(!glob.matches(&"a".repeat(5_000)));
        let glob = Glob::new(&format!("{}b", "**/a/".repeat(200)));
        assert!(!glob.matches(&"a/".repeat(2_000)));
    }
}
