//! Versions such as `1.2.3-rc.1`.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::crds::cel::Stop;
use crate::crds::cel::val::Val;

/// A version; what follows a `+` says nothing about its order.
#[derive(Debug, PartialEq, Eq)]
pub struct Semver {
    parts: [u64; 3],
    before: Vec<String>,
}

/// The functions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    let number = |it: u64| Val::Int(i64::try_from(it).unwrap_or(i64::MAX));
    Some(Ok(match (name, values) {
        ("isSemver" | "semver", [Val::Text(it), rest @ ..]) => {
            let lenient = matches!(rest, [Val::Bool(true)]);
            match (name, Semver::parse(it, lenient)) {
                ("isSemver", found) => Val::Bool(found.is_some()),
                (_, Some(it)) => Val::Semver(Rc::new(it)),
                (_, None) => return Some(Err(Stop::Failed(format!("`{it}` is no semantic version")))),
            }
        }
        ("major", [Val::Semver(it)]) => number(it.parts[0]),
        ("minor", [Val::Semver(it)]) => number(it.parts[1]),
        ("patch", [Val::Semver(it)]) => number(it.parts[2]),
        ("compareTo", [Val::Semver(a), Val::Semver(b)]) => Val::Int(a.cmp(b) as i64),
        ("isLessThan", [Val::Semver(a), Val::Semver(b)]) => Val::Bool(a < b),
        ("isGreaterThan", [Val::Semver(a), Val::Semver(b)]) => Val::Bool(a > b),
        _ => return None,
    }))
}

impl Semver {
    /// Reads a version; a lenient reader forgives a `v`, parts that are missing and leading zeros.
    fn parse(text: &str, lenient: bool) -> Option<Self> {
        let text = if lenient { text.strip_prefix('v').unwrap_or(text) } else { text };
        let (text, build) = text.split_once('+').map_or((text, None), |(it, build)| (it, Some(build)));
        let (numbers, before) = text.split_once('-').map_or((text, None), |(it, rest)| (it, Some(rest)));
        let word = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
        let number = |it: &str| -> Option<u64> {
            let zeros = it.len() > 1 && it.starts_with('0') && !lenient;
            it.bytes().all(|it| it.is_ascii_digit()).then(|| it.parse().ok().filter(|_| !zeros))?
        };
        let mut parts: Vec<u64> = numbers.split('.').map(number).collect::<Option<_>>()?;
        while lenient && parts.len() < 3 {
            parts.push(0);
        }
        let before: Vec<String> = before.map_or(Vec::new(), |it| it.split('.').map(str::to_owned).collect());
        let zeros =
            |it: &String| it.len() > 1 && it.starts_with('0') && it.bytes().all(|it| it.is_ascii_digit());
        let usable =
            before.iter().all(|it| word(it) && !zeros(it)) && build.is_none_or(|it| it.split('.').all(word));
        usable.then_some(Self { parts: parts.try_into().ok()?, before })
    }
}

impl Ord for Semver {
    fn cmp(&self, other: &Self) -> Ordering {
        let part = |a: &String, b: &String| match (a.parse::<u64>(), b.parse::<u64>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            (Ok(_), Err(_)) => Ordering::Less,
            (Err(_), Ok(_)) => Ordering::Greater,
            (Err(_), Err(_)) => a.cmp(b),
        };
        let parts = || {
            let each = self.before.iter().zip(&other.before).map(|(a, b)| part(a, b));
            each.fold(Ordering::Equal, Ordering::then).then(self.before.len().cmp(&other.before.len()))
        };
        self.parts.cmp(&other.parts).then_with(|| match (self.before.is_empty(), other.before.is_empty()) {
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            _ => parts(),
        })
    }
}

impl PartialOrd for Semver {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
