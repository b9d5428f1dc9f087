//! Functions of lists and of sets.

use std::cmp::Ordering;

use crate::crds::cel::Stop;
use crate::crds::cel::call::{arithmetic, unknown, whole};
use crate::crds::cel::compare::within;
use crate::crds::cel::expr::Op;
use crate::crds::cel::val::Val;
use crate::crds::schema::ListType;

/// A made list is no longer than this.
const LONGEST: i64 = 100_000;

/// The functions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    if let ("lists.range", [Val::Int(count)]) = (name, values) {
        return Some(if *count > LONGEST {
            Err(Stop::Unable(format!("a list of {count} items is too long")))
        } else {
            Ok(Val::list((0..*count).map(Val::Int).collect()))
        });
    }
    let (list, rest) = values.split_first()?;
    let items = match list.items() {
        Ok(items) => items?,
        Err(stop) => return Some(Err(stop)),
    };
    of_list(name, list, &items, rest).transpose()
}

fn of_list<'a>(
    name: &str,
    list: &Val<'a>,
    items: &[Val<'a>],
    rest: &[Val<'a>],
) -> Result<Option<Val<'a>>, Stop> {
    let out_of_range = || Stop::Failed("index out of range".to_owned());
    Ok(Some(match (name, rest) {
        ("isSorted", []) => Val::Bool(items.windows(2).all(|it| order(&it[0], &it[1]).is_le())),
        ("sum", []) => sum(items)?,
        ("min" | "max", []) => {
            let best = if name == "min" {
                items.iter().min_by(|a, b| order(a, b))
            } else {
                items.iter().max_by(|a, b| order(a, b))
            };
            best.cloned().ok_or_else(|| Stop::Failed(format!("{name} called on empty list")))?
        }
        ("slice", [Val::Int(from), Val::Int(to)]) => {
            let from = usize::try_from(*from).map_err(|_| out_of_range())?;
            let to = usize::try_from(*to).map_err(|_| out_of_range())?;
            Val::list(items.get(from..to).ok_or_else(out_of_range)?.to_vec())
        }
        ("reverse", []) => Val::list(items.iter().rev().cloned().collect()),
        ("first", []) => Val::optional(items.first().cloned()),
        ("last", []) => Val::optional(items.last().cloned()),
        ("sort", []) => {
            let mut sorted = items.to_vec();
            sorted.sort_by(order);
            Val::list(sorted)
        }
        ("distinct", []) => {
            let mut kept: Vec<Val<'a>> = Vec::new();
            for (at, item) in items.iter().enumerate() {
                if !within(&Val::list(items[..at].to_vec()), item)? {
                    kept.push(item.clone());
                }
            }
            Val::list(kept)
        }
        ("flatten", []) => Val::list(flat(items, 1)?),
        ("flatten", [Val::Int(depth)]) => Val::list(flat(items, *depth)?),
        _ => return of_two(name, list, items, rest),
    }))
}

/// What is asked of a list and of something that may be in it.
fn of_two<'a>(
    name: &str,
    list: &Val<'a>,
    items: &[Val<'a>],
    rest: &[Val<'a>],
) -> Result<Option<Val<'a>>, Stop> {
    Ok(Some(match (name, rest) {
        ("indexOf" | "lastIndexOf", [item]) => {
            let mut found = None;
            for (at, other) in items.iter().enumerate() {
                if other.equals(item)? && (found.is_none() || name == "lastIndexOf") {
                    found = Some(at);
                }
            }
            found.map_or(Val::Int(-1), whole)
        }
        ("sets.contains", [other]) => Val::Bool(contains(list, other)?),
        ("sets.equivalent", [other]) => Val::Bool(contains(list, other)? && contains(other, list)?),
        ("sets.intersects", [other]) => {
            let mut found = false;
            for item in items {
                found |= within(other, item)?;
            }
            Val::Bool(found)
        }
        _ => return Ok(None),
    }))
}

fn order(a: &Val<'_>, b: &Val<'_>) -> Ordering {
    a.order(b).unwrap_or(Ordering::Equal)
}

fn sum<'a>(items: &[Val<'a>]) -> Result<Val<'a>, Stop> {
    let Some((first, rest)) = items.split_first() else { return Ok(Val::Int(0)) };
    if !matches!(first, Val::Int(_) | Val::Uint(_) | Val::Double(_) | Val::Duration(_)) {
        return Err(unknown("sum", items));
    }
    rest.iter().try_fold(first.clone(), |sum, it| arithmetic(Op::Add, &sum, it))
}

fn flat<'a>(items: &[Val<'a>], depth: i64) -> Result<Vec<Val<'a>>, Stop> {
    let mut all = Vec::new();
    for item in items {
        match item.items()? {
            Some(inner) if depth > 0 => all.extend(flat(&inner, depth - 1)?),
            _ => all.push(item.clone()),
        }
    }
    Ok(all)
}

fn contains(list: &Val<'_>, other: &Val<'_>) -> Result<bool, Stop> {
    for item in other.items()?.unwrap_or_default().iter() {
        if !within(list, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// One list after the other; of a list of type `set` or `map` without what is there already.
///
/// # Errors
/// See [`Val::of`].
pub fn add<'a>(left: &Val<'a>, right: &Val<'a>) -> Result<Val<'a>, Stop> {
    let mut all = left.items()?.unwrap_or_default().into_owned();
    let more = right.items()?.unwrap_or_default();
    let kind = match left {
        Val::Node(_, Some(schema)) => &schema.list,
        _ => &ListType::Atomic,
    };
    for item in more.iter() {
        let same = |it: &Val<'a>| -> Result<bool, Stop> {
            match (kind, it, item) {
                (ListType::Set, ..) => it.equals(item),
                (ListType::Map(keys), Val::Node(a, _), Val::Node(b, _)) => {
                    Ok(keys.iter().all(|key| a.get(key) == b.get(key)))
                }
                _ => Ok(false),
            }
        };
        let mut place = None;
        if !matches!(kind, ListType::Atomic) {
            for (at, it) in all.iter().enumerate() {
                if same(it)? {
                    place = Some(at);
                }
            }
        }
        match place {
            Some(at) => all[at] = item.clone(),
            None => all.push(item.clone()),
        }
    }
    Ok(Val::list(all))
}
