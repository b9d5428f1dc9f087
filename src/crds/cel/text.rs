//! Functions of texts: places count characters, as the strings library of CEL does.

use std::borrow::Cow;

use regex::Regex;

use crate::crds::cel::Stop;
use crate::crds::cel::call::whole;
use crate::crds::cel::format::print;
use crate::crds::cel::val::Val;
use crate::crds::pattern::compile;

type Made<'a> = Option<Result<Val<'a>, Stop>>;

/// The functions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>], pattern: Option<&Regex>) -> Made<'a> {
    if name == "join" {
        return join(values);
    }
    let (Val::Text(text), rest) = values.split_first()? else { return None };
    if matches!(name, "matches" | "find" | "findAll") {
        return matching(name, text, rest, pattern);
    }
    Some(Ok(match (name, rest) {
        ("contains", [Val::Text(it)]) => Val::Bool(text.contains(it.as_ref())),
        ("startsWith", [Val::Text(it)]) => Val::Bool(text.starts_with(it.as_ref())),
        ("endsWith", [Val::Text(it)]) => Val::Bool(text.ends_with(it.as_ref())),
        ("lowerAscii", []) => Val::made(text.to_ascii_lowercase()),
        ("upperAscii", []) => Val::made(text.to_ascii_uppercase()),
        ("trim", []) => Val::made(text.trim()),
        ("reverse", []) => Val::made(text.chars().rev().collect::<String>()),
        ("strings.quote", []) => Val::made(format!("{:?}", text.as_ref())),
        ("charAt", [Val::Int(at)]) => return Some(char_at(text, *at)),
        ("substring", [Val::Int(from)]) => return Some(substring(text, *from, None)),
        ("substring", [Val::Int(from), Val::Int(to)]) => return Some(substring(text, *from, Some(*to))),
        ("indexOf" | "lastIndexOf", [Val::Text(part)]) => place(name, text, part, None),
        ("indexOf" | "lastIndexOf", [Val::Text(part), Val::Int(from)]) => {
            let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            if !(0..=length).contains(from) {
                return Some(Err(Stop::Failed(format!("index out of range: {from}"))));
            }
            place(name, text, part, usize::try_from(*from).ok())
        }
        ("replace", [Val::Text(old), Val::Text(new)]) => Val::made(text.replace(old.as_ref(), new)),
        ("replace", [Val::Text(old), Val::Text(new), Val::Int(most)]) => match usize::try_from(*most) {
            Ok(most) => Val::made(text.replacen(old.as_ref(), new, most)),
            Err(_) => Val::made(text.replace(old.as_ref(), new)),
        },
        ("split", [Val::Text(mark)]) => split(text, mark, -1),
        ("split", [Val::Text(mark), Val::Int(most)]) => split(text, mark, *most),
        ("format", [list]) => return Some(print(text, list)),
        _ => return None,
    }))
}

fn join<'a>(values: &[Val<'a>]) -> Made<'a> {
    let (list, mark) = match values {
        [list] => (list, ""),
        [list, Val::Text(mark)] => (list, mark.as_ref()),
        _ => return None,
    };
    let items = match list.items() {
        Ok(items) => items?,
        Err(stop) => return Some(Err(stop)),
    };
    let mut texts = Vec::with_capacity(items.len());
    for item in items.iter() {
        let Val::Text(text) = item else { return None };
        texts.push(text.as_ref());
    }
    Some(Ok(Val::made(texts.join(mark))))
}

fn matching<'a>(name: &str, text: &Cow<'a, str>, rest: &[Val<'a>], pattern: Option<&Regex>) -> Made<'a> {
    let (Val::Text(written), most) = rest.split_first()? else { return None };
    let own;
    let regex = if let Some(regex) = pattern {
        regex
    } else {
        own = compile(written);
        let Some(regex) = &own else {
            return Some(Err(Stop::Unable(format!("the pattern `{written}` is not understood"))));
        };
        regex
    };
    Some(Ok(match (name, most) {
        ("matches", []) => Val::Bool(regex.is_match(text)),
        ("find", []) => Val::made(regex.find(text).map_or("", |it| it.as_str())),
        ("findAll", []) => Val::list(regex.find_iter(text).map(|it| Val::made(it.as_str())).collect()),
        ("findAll", [Val::Int(most)]) => {
            let most = usize::try_from(*most).unwrap_or(usize::MAX);
            Val::list(regex.find_iter(text).take(most).map(|it| Val::made(it.as_str())).collect())
        }
        _ => return None,
    }))
}

fn char_at<'a>(text: &str, at: i64) -> Result<Val<'a>, Stop> {
    let index = usize::try_from(at).ok();
    match index.and_then(|it| text.chars().nth(it)) {
        Some(letter) => Ok(Val::made(letter)),
        None if index == Some(text.chars().count()) => Ok(Val::made("")),
        None => Err(Stop::Failed(format!("index out of range: {at}"))),
    }
}

fn substring<'a>(text: &str, from: i64, to: Option<i64>) -> Result<Val<'a>, Stop> {
    let length = text.chars().count();
    let failed = |it: i64| Stop::Failed(format!("index out of range: {it}"));
    let bound = |it: i64| usize::try_from(it).ok().filter(|it| *it <= length).ok_or_else(|| failed(it));
    let from_place = bound(from)?;
    let to_place = to.map_or(Ok(length), bound)?;
    if from_place > to_place {
        return Err(Stop::Failed(format!("invalid substring range. start: {from}, end: {to_place}")));
    }
    Ok(Val::made(text.chars().skip(from_place).take(to_place - from_place).collect::<String>()))
}

/// Where a part stands, counted in characters; -1 if it does not.
fn place<'a>(name: &str, text: &str, part: &str, from: Option<usize>) -> Val<'a> {
    let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(it, _)| it);
    let found = if name == "indexOf" {
        let from = byte(from.unwrap_or(0));
        text[from..].find(part).map(|it| it + from)
    } else {
        let last = from.map_or(text.len(), byte);
        let end = (last + part.len()).min(text.len());
        let end = text.ceil_char_boundary(end);
        text[..end].rfind(part).filter(|it| *it <= last)
    };
    found.map_or(Val::Int(-1), |it| whole(text[..it].chars().count()))
}

fn split<'a>(text: &str, mark: &str, most: i64) -> Val<'a> {
    // An empty mark stands between all characters.
    let parts: Vec<&str> = match (most, mark.is_empty()) {
        (0, _) => Vec::new(),
        (1, _) => vec![text],
        (_, true) => {
            let limit = usize::try_from(most).unwrap_or(usize::MAX);
            let places: Vec<usize> = text.char_indices().map(|(it, _)| it).chain([text.len()]).collect();
            let mut parts: Vec<&str> = places.windows(2).map(|it| &text[it[0]..it[1]]).collect();
            if parts.len() > limit {
                parts.truncate(limit - 1);
                let taken = parts.iter().map(|it| it.len()).sum();
                parts.push(&text[taken..]);
            }
            parts
        }
        (2.., false) => text.splitn(usize::try_from(most).unwrap_or(usize::MAX), mark).collect(),
        (_, false) => text.split(mark).collect(),
    };
    Val::list(parts.into_iter().map(Val::made).collect())
}
