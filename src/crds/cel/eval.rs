//! The value of an expression.

use std::borrow::Cow;
use std::rc::Rc;

use crate::crds::cel::Stop;
use crate::crds::cel::call;
use crate::crds::cel::compare::within;
use crate::crds::cel::expr::{Access, Bind, Expr, Loop, Macro, Op};
use crate::crds::cel::val::Val;
use crate::source::Str;

/// Evaluates an expression about `self`, in no more steps than are left.
///
/// # Errors
/// Why there is no value.
pub fn run<'a>(expr: &'a Expr, this: Val<'a>, left: &mut u64) -> Result<Val<'a>, Stop> {
    let old = Val::Optional(None);
    let mut run = Run { names: vec![("self", this), ("oldSelf", old)], left };
    run.eval(expr)
}

/// An evaluation under way.
pub struct Run<'a, 'l> {
    names: Vec<(&'a str, Val<'a>)>,
    left: &'l mut u64,
}

type Outcome<'a> = Result<Val<'a>, Stop>;

impl<'a> Run<'a, '_> {
    /// Takes steps from those that are left.
    ///
    /// # Errors
    /// When none is left.
    pub fn cost(&mut self, steps: usize) -> Result<(), Stop> {
        let left = self.left.checked_sub(steps as u64);
        *self.left = left.unwrap_or(0);
        left.map(|_| ()).ok_or_else(|| Stop::Unable("it takes too many steps".to_owned()))
    }

    fn eval(&mut self, expr: &'a Expr) -> Outcome<'a> {
        self.cost(1)?;
        Ok(match expr {
            Expr::Null => Val::Null,
            Expr::Bool(it) => Val::Bool(*it),
            Expr::Int(it) => Val::Int(*it),
            Expr::Uint(it) => Val::Uint(*it),
            Expr::Double(it) => Val::Double(*it),
            Expr::Text(it, _) => Val::Text(Cow::Borrowed(it)),
            Expr::Bytes(it) => Val::Bytes(it.as_slice().into()),
            Expr::Name(name) => self.name(name)?,
            Expr::Select(of, field, access) => {
                let of = self.eval(of)?;
                select(&of, &Val::Text(Cow::Borrowed(field)), *access)?
            }
            Expr::Index(of, key, access) => {
                let (of, key) = (self.eval(of)?, self.eval(key)?);
                select(&of, &key, *access)?
            }
            Expr::List(items) => self.list(items)?,
            Expr::Map(entries) => self.map(entries)?,
            Expr::And(parts) => self.join(parts, false)?,
            Expr::Or(parts) => self.join(parts, true)?,
            Expr::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                if self.truth(condition)? { self.eval(yes)? } else { self.eval(no)? }
            }
            Expr::Not(it) => Val::Bool(!self.truth(it)?),
            Expr::Minus(it) => call::negate(&self.eval(it)?)?,
            Expr::Binary(op, sides) => {
                let [left, right] = sides.as_ref();
                let (left, right) = (self.eval(left)?, self.eval(right)?);
                self.binary(*op, &left, &right)?
            }
            Expr::Call(name, method, arguments) => self.call(name, *method, arguments)?,
            Expr::Loop(it) => self.looped(it)?,
            Expr::Bind(bind, name, parts) => self.bind(*bind, name, parts)?,
        })
    }

    fn name(&self, name: &str) -> Outcome<'a> {
        const TYPES: [&str; 12] = [
            "bool",
            "int",
            "uint",
            "double",
            "string",
            "bytes",
            "list",
            "map",
            "type",
            "null_type",
            "optional_type",
            "dyn",
        ];
        if let Some((_, value)) = self.names.iter().rev().find(|(it, _)| *it == name) {
            return Ok(value.clone());
        }
        match TYPES.iter().find(|it| **it == name) {
            Some(name) => Ok(Val::Type(name)),
            None => Err(Stop::Unable(format!("nothing is called `{name}`"))),
        }
    }

    fn truth(&mut self, expr: &'a Expr) -> Result<bool, Stop> {
        match self.eval(expr)? {
            Val::Bool(it) => Ok(it),
            other => Err(Stop::Failed(format!("no such overload: a {} is no bool", other.type_name()))),
        }
    }

    /// `&&` and `||`: one part that decides does so, whatever became of the others.
    fn join(&mut self, parts: &'a [Expr], decides: bool) -> Outcome<'a> {
        let mut stop = None;
        for part in parts {
            match self.truth(part) {
                Ok(it) if it == decides => return Ok(Val::Bool(decides)),
                Ok(_) => {}
                Err(why) => stop = stop.or(Some(why)),
            }
        }
        stop.map_or(Ok(Val::Bool(!decides)), Err)
    }

    fn list(&mut self, items: &'a [(bool, Expr)]) -> Outcome<'a> {
        let mut all = Vec::with_capacity(items.len());
        for (optional, item) in items {
            match (optional, self.eval(item)?) {
                (false, it) => all.push(it),
                (true, Val::Optional(it)) => all.extend(it.map(|it| it.as_ref().clone())),
                (true, _) => return Err(Stop::Failed("no such overload: `?` takes an optional".to_owned())),
            }
        }
        Ok(Val::list(all))
    }

    fn map(&mut self, entries: &'a [(bool, Expr, Expr)]) -> Outcome<'a> {
        let mut all = Vec::with_capacity(entries.len());
        for (optional, key, value) in entries {
            let key = self.eval(key)?;
            match (optional, self.eval(value)?) {
                (false, it) => all.push((key, it)),
                (true, Val::Optional(it)) => all.extend(it.map(|it| (key, it.as_ref().clone()))),
                (true, _) => return Err(Stop::Failed("no such overload: `?` takes an optional".to_owned())),
            }
        }
        Ok(Val::Map(Rc::new(all)))
    }

    fn binary(&mut self, op: Op, left: &Val<'a>, right: &Val<'a>) -> Outcome<'a> {
        let size = |it: &Val<'_>| match it {
            Val::Text(it) => it.len() / 10,
            Val::Node(it, _) => it.weight(),
            other => other.count().unwrap_or(0),
        };
        self.cost(size(left).min(size(right)))?;
        let ordered = |holds: fn(std::cmp::Ordering) -> bool| {
            if !left.comparable(right) {
                return Err(call::no_overload("comparison", &[left, right]));
            }
            Ok(Val::Bool(left.order(right).is_some_and(holds)))
        };
        match op {
            Op::Eq => Ok(Val::Bool(left.equals(right)?)),
            Op::Ne => Ok(Val::Bool(!left.equals(right)?)),
            Op::Lt => ordered(std::cmp::Ordering::is_lt),
            Op::Le => ordered(std::cmp::Ordering::is_le),
            Op::Gt => ordered(std::cmp::Ordering::is_gt),
            Op::Ge => ordered(std::cmp::Ordering::is_ge),
            Op::In if right.type_name() == "list" => {
                self.cost(size(right))?;
                Ok(Val::Bool(within(right, left)?))
            }
            Op::In if right.type_name() == "map" => Ok(Val::Bool(has_key(right, left)?)),
            Op::In => Err(call::no_overload("in", &[left, right])),
            Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem => {
                self.cost(if op == Op::Add { size(left) + size(right) } else { 0 })?;
                call::arithmetic(op, left, right)
            }
        }
    }

    fn call(&mut self, name: &'a str, method: bool, arguments: &'a [Expr]) -> Outcome<'a> {
        let mut values = Vec::with_capacity(arguments.len());
        for (at, argument) in arguments.iter().enumerate() {
            if at == 1 && matches!(name, "or" | "orValue") && method {
                return self.otherwise(name, &values[0], argument);
            }
            values.push(self.eval(argument)?);
        }
        let pattern = match arguments.get(1) {
            Some(Expr::Text(text, kept)) if matches!(name, "matches" | "find" | "findAll") => {
                kept.get_or_init(|| crate::crds::pattern::compile(text)).as_ref()
            }
            _ => None,
        };
        call::call(name, method, &values, pattern, self)
    }

    /// `a.or(b)` and `a.orValue(b)`: what is not needed is not asked.
    fn otherwise(&mut self, name: &str, value: &Val<'a>, other: &'a Expr) -> Outcome<'a> {
        match (value, name) {
            (Val::Optional(Some(it)), "orValue") => Ok(it.as_ref().clone()),
            (Val::Optional(Some(_)), _) => Ok(value.clone()),
            (Val::Optional(None), _) => self.eval(other),
            _ => Err(call::no_overload(name, &[value])),
        }
    }

    fn bind(&mut self, bind: Bind, name: &'a Str, parts: &'a [Expr; 2]) -> Outcome<'a> {
        let [value, body] = parts;
        let value = match self.eval(value)? {
            Val::Optional(Some(it)) => it.as_ref().clone(),
            none @ Val::Optional(None) => return Ok(none),
            other => return Err(call::no_overload("optMap", &[&other])),
        };
        self.names.push((name, value));
        let result = self.eval(body);
        self.names.pop();
        let result = result?;
        Ok(if bind == Bind::OptMap { Val::optional(Some(result)) } else { result })
    }

    fn looped(&mut self, it: &'a Loop) -> Outcome<'a> {
        let range = self.eval(&it.range)?;
        let two = it.names.len() > 1;
        let pairs: Vec<(Val<'a>, Val<'a>)> = if let Some(items) = range.items()? {
            let numbered =
                |(at, it): (usize, &Val<'a>)| (Val::Int(i64::try_from(at).unwrap_or(0)), it.clone());
            items.iter().enumerate().map(numbered).collect()
        } else if let Some(entries) = range.entries()? {
            // With one name, a loop over a mapping goes over its keys.
            if two { entries } else { entries.into_iter().map(|(key, _)| (Val::Null, key)).collect() }
        } else {
            return Err(call::no_overload("a macro", &[&range]));
        };
        self.cost(pairs.len())?;
        let before = self.names.len();
        let result = self.rounds(it, pairs);
        self.names.truncate(before);
        result
    }

    fn rounds(&mut self, it: &'a Loop, pairs: Vec<(Val<'a>, Val<'a>)>) -> Outcome<'a> {
        let (mut stop, mut count, mut out) = (None, 0, Vec::new());
        let before = self.names.len();
        for (key, value) in pairs {
            self.names.truncate(before);
            match it.names.as_slice() {
                [one] => self.names.push((one, value.clone())),
                [first, second, ..] => {
                    self.names.extend([(first.as_str(), key.clone()), (second, value.clone())]);
                }
                [] => {}
            }
            if let Some(filter) = &it.filter
                && !self.truth(filter)?
            {
                continue;
            }
            match it.kind {
                Macro::All | Macro::Exists => match self.truth(&it.body) {
                    Ok(holds) if holds == (it.kind == Macro::Exists) => return Ok(Val::Bool(holds)),
                    Ok(_) => {}
                    Err(why) => stop = stop.or(Some(why)),
                },
                Macro::One => count += u32::from(self.truth(&it.body)?),
                Macro::Filter if self.truth(&it.body)? => out.push((Val::Null, value)),
                Macro::Filter => {}
                Macro::Map => out.push((Val::Null, self.eval(&it.body)?)),
                Macro::TransformMap => out.push((key, self.eval(&it.body)?)),
                Macro::SortBy => out.push((self.eval(&it.body)?, value)),
            }
        }
        match (it.kind, stop) {
            (Macro::All | Macro::Exists, Some(why)) => Err(why),
            (Macro::All | Macro::Exists, None) => Ok(Val::Bool(it.kind == Macro::All)),
            (Macro::One, _) => Ok(Val::Bool(count == 1)),
            (Macro::TransformMap, _) => Ok(Val::Map(Rc::new(out))),
            (Macro::SortBy, _) => {
                out.sort_by(|a, b| a.0.order(&b.0).unwrap_or(std::cmp::Ordering::Equal));
                Ok(Val::list(out.into_iter().map(|(_, it)| it).collect()))
            }
            _ => Ok(Val::list(out.into_iter().map(|(_, it)| it).collect())),
        }
    }
}

fn has_key(map: &Val<'_>, key: &Val<'_>) -> Result<bool, Stop> {
    Ok(map.get(key)?.is_some())
}

/// A field or an item; of an optional value, an optional one.
fn select<'a>(of: &Val<'a>, key: &Val<'a>, access: Access) -> Outcome<'a> {
    let wanted = |found: Option<Val<'a>>| match (access, found) {
        (Access::Has, found) => Ok(Val::Bool(found.is_some())),
        (Access::May, found) => Ok(Val::optional(found)),
        (Access::Must, Some(found)) => Ok(found),
        (Access::Must, None) => Err(Stop::Failed(format!("no such key: {}", call::show(key)))),
    };
    match of {
        Val::Optional(None) if access == Access::Has => Ok(Val::Bool(false)),
        Val::Optional(None) => Ok(Val::Optional(None)),
        Val::Optional(Some(inner)) => {
            let found = select(inner, key, if access == Access::Must { Access::May } else { access })?;
            Ok(found)
        }
        _ if of.type_name() == "map" => wanted(of.get(key)?),
        _ if of.type_name() == "list" => {
            let at = match key {
                Val::Int(it) => usize::try_from(*it).ok(),
                Val::Uint(it) => usize::try_from(*it).ok(),
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole")]
                Val::Double(it) if it.fract() == 0.0 && *it >= 0.0 => Some(*it as usize),
                _ => return Err(call::no_overload("[]", &[of, key])),
            };
            match at.map_or(Ok(None), |at| of.item(at))? {
                None if access == Access::Must => {
                    Err(Stop::Failed(format!("index out of bounds: {}", call::show(key))))
                }
                found => wanted(found),
            }
        }
        _ => Err(call::no_overload("select", &[of])),
    }
}
