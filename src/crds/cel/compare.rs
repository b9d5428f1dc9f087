//! Whether two values are equal, and which comes first.

use std::cmp::Ordering;

use crate::crds::cel::Stop;
use crate::crds::cel::val::Val;
use crate::crds::schema::{ListType, Schema};
use crate::crds::value::{Kind, Value};

impl Val<'_> {
    /// CEL's `==`: numbers of all types are compared by value, other types are never equal.
    ///
    /// # Errors
    /// See [`Val::of`].
    pub fn equals(&self, other: &Self) -> Result<bool, Stop> {
        Ok(match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Duration(a), Self::Duration(b)) | (Self::Time(a), Self::Time(b)) => a == b,
            (Self::Type(a), Self::Type(b)) | (Self::Format(a), Self::Format(b)) => a == b,
            (Self::Url(a), Self::Url(b)) => a.text == b.text,
            (Self::Ip(a), Self::Ip(b)) => a == b,
            (Self::Cidr(a, x), Self::Cidr(b, y)) => a == b && x == y,
            (Self::Quantity(a), Self::Quantity(b)) => a.cmp(b) == Ordering::Equal,
            (Self::Semver(a), Self::Semver(b)) => a.cmp(b) == Ordering::Equal,
            (Self::Optional(a), Self::Optional(b)) => match (a, b) {
                (Some(a), Some(b)) => a.equals(b)?,
                (a, b) => a.is_none() && b.is_none(),
            },
            _ if is_number(self) || is_number(other) => numbers(self, other) == Some(Ordering::Equal),
            _ => same_parts(self, other)?,
        })
    }

    /// Whether two values are of types that have an order.
    pub fn comparable(&self, other: &Self) -> bool {
        let same = matches!(
            (self, other),
            (Self::Bool(_), Self::Bool(_))
                | (Self::Text(_), Self::Text(_))
                | (Self::Bytes(_), Self::Bytes(_))
                | (Self::Duration(_), Self::Duration(_))
                | (Self::Time(_), Self::Time(_))
        );
        same || (is_number(self) && is_number(other))
    }

    /// The order of two values, if they have one: a NaN has none.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        Some(match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Bytes(a), Self::Bytes(b)) => a.cmp(b),
            (Self::Duration(a), Self::Duration(b)) | (Self::Time(a), Self::Time(b)) => a.cmp(b),
            _ => return numbers(self, other),
        })
    }
}

fn is_number(value: &Val<'_>) -> bool {
    matches!(value, Val::Int(_) | Val::Uint(_) | Val::Double(_))
}

fn numbers(a: &Val<'_>, b: &Val<'_>) -> Option<Ordering> {
    let whole = |it: &Val<'_>| match it {
        Val::Int(it) => Some(i128::from(*it)),
        Val::Uint(it) => Some(i128::from(*it)),
        _ => None,
    };
    #[expect(clippy::cast_precision_loss, reason = "compared as CEL compares")]
    let double = |it: &Val<'_>| match it {
        Val::Double(it) => Some(*it),
        it => whole(it).map(|it| it as f64),
    };
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => double(a)?.partial_cmp(&double(b)?),
    }
}

fn same_parts(a: &Val<'_>, b: &Val<'_>) -> Result<bool, Stop> {
    if a.count().is_none() || a.count() != b.count() || a.type_name() != b.type_name() {
        return Ok(false);
    }
    // What nobody knows the fields of is compared as it was written.
    let bare = |it: &Schema| it.properties.is_none() && it.of_others().is_none();
    if let (Val::Node(a, Some(schema)), Val::Node(b, _)) = (a, b)
        && bare(schema)
        && matches!(a.kind, Kind::Map(_))
    {
        return Ok(a == b);
    }
    if let (Val::Node(value, Some(schema)), Some(items)) = (a, b.items()?) {
        match &schema.list {
            ListType::Atomic => {}
            ListType::Set => return each(&items, |it| within(a, it)),
            ListType::Map(keys) => return each(&items, |it| keyed(value, schema, keys, it)),
        }
    }
    if let (Some(left), Some(right)) = (a.items()?, b.items()?) {
        for (left, right) in left.iter().zip(right.iter()) {
            if !left.equals(right)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    for (key, value) in a.entries()?.unwrap_or_default() {
        match b.get(&key)? {
            Some(other) if value.equals(&other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn each<'v, 'a: 'v>(
    items: &'v [Val<'a>],
    holds: impl Fn(&'v Val<'a>) -> Result<bool, Stop>,
) -> Result<bool, Stop> {
    for item in items {
        if !holds(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a list has an item.
///
/// # Errors
/// See [`Val::of`].
pub fn within(list: &Val<'_>, item: &Val<'_>) -> Result<bool, Stop> {
    for other in list.items()?.unwrap_or_default().iter() {
        if other.equals(item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a list of type `map` has an item equal to this one under the same keys.
fn keyed(list: &Value, schema: &Schema, keys: &[crate::source::Str], item: &Val<'_>) -> Result<bool, Stop> {
    let Val::Node(item, item_schema) = item else { return Ok(false) };
    let same = |it: &&Value| keys.iter().all(|key| it.get(key) == item.get(key));
    let Some(found) = list.items().iter().find(same) else { return Ok(false) };
    Val::of(found, schema.items.as_deref())?.equals(&Val::Node(item, *item_schema))
}
