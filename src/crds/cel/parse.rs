//! Words to an expression; macros are told from calls here, as in every CEL.

use std::sync::OnceLock;

use crate::crds::cel::call::KNOWN;
use crate::crds::cel::expr::{Access, Bind, Expr, Loop, Macro, Op};
use crate::crds::cel::lex::{Token, lex};
use crate::source::Str;

/// Deeper expressions are not asked: nobody writes them, and each level takes room on the stack.
const DEEPEST: usize = 120;

/// Longer ones neither.
const LONGEST: usize = 64 << 10;

/// Names before a point that belong to the name of a function: `sets.contains`.
const SPACES: [&str; 6] = ["sets", "ip", "format", "lists", "optional", "strings"];

const MACROS: [(&str, usize, Macro); 17] = [
    ("all", 2, Macro::All),
    ("all", 3, Macro::All),
    ("exists", 2, Macro::Exists),
    ("exists", 3, Macro::Exists),
    ("exists_one", 2, Macro::One),
    ("exists_one", 3, Macro::One),
    ("existsOne", 2, Macro::One),
    ("existsOne", 3, Macro::One),
    ("filter", 2, Macro::Filter),
    ("map", 2, Macro::Map),
    ("map", 3, Macro::Map),
    ("transformList", 3, Macro::Map),
    ("transformList", 4, Macro::Map),
    ("transformMap", 3, Macro::TransformMap),
    ("transformMap", 4, Macro::TransformMap),
    ("sortBy", 2, Macro::SortBy),
    ("sort_by", 2, Macro::SortBy),
];

/// Reads an expression.
///
/// # Errors
/// What cannot be understood.
pub fn parse(text: &str) -> Result<Expr, String> {
    if text.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let mut parser = Parser { tokens: lex(text)?, at: 0, depth: 0 };
    let expr = parser.expr()?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(format!("{} is not expected", describe(token))),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

type Parsed = Result<Expr, String>;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Some(Token::Sign(it)) if *it == sign);
        self.at += usize::from(here);
        here
    }

    fn need(&mut self, sign: &str) -> Result<(), String> {
        if self.take(sign) {
            return Ok(());
        }
        Err(format!("`{sign}` is expected, not {}", self.peek().map_or("the end".to_owned(), describe)))
    }

    fn deeper(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEEPEST { Err("it is nested too deep".to_owned()) } else { Ok(()) }
    }

    /// `a ? b : c`, or less.
    fn expr(&mut self) -> Parsed {
        self.deeper()?;
        let first = self.any()?;
        let whole = if self.take("?") {
            let yes = self.any()?;
            self.need(":")?;
            let no = self.expr()?;
            Expr::If(Box::new([first, yes, no]))
        } else {
            first
        };
        self.depth -= 1;
        Ok(whole)
    }

    fn any(&mut self) -> Parsed {
        let mut parts = vec![self.all()?];
        while self.take("||") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() > 1 { Expr::Or(parts) } else { parts.remove(0) })
    }

    fn all(&mut self) -> Parsed {
        let mut parts = vec![self.binary(1)?];
        while self.take("&&") {
            parts.push(self.binary(1)?);
        }
        Ok(if parts.len() > 1 { Expr::And(parts) } else { parts.remove(0) })
    }

    /// Comparisons bind least (1), then sums (2), then products (3).
    fn binary(&mut self, least: u8) -> Parsed {
        let before = self.depth;
        let mut left = self.unary()?;
        while let Some((op, level)) = self.peek().and_then(operator).filter(|(_, it)| *it >= least) {
            self.at += 1;
            self.deeper()?;
            let right = self.binary(level + 1)?;
            left = Expr::Binary(op, Box::new([left, right]));
        }
        self.depth = before;
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        let (mut nots, mut minuses) = (0, 0);
        while self.take("!") {
            nots += 1;
        }
        while nots == 0 && self.take("-") {
            minuses += 1;
        }
        if minuses > 0
            && let Some(number) = self.negative(minuses % 2 == 1)
        {
            return self.member(number);
        }
        let mut value = self.primary()?;
        value = self.member(value)?;
        if nots > 0 {
            value = Expr::Not(Box::new(value));
            if nots % 2 == 0 {
                value = Expr::Not(Box::new(value));
            }
        }
        Ok(if minuses % 2 == 1 { Expr::Minus(Box::new(value)) } else { value })
    }

    /// A number after its sign: the least whole number has no positive one.
    fn negative(&mut self, negative: bool) -> Option<Expr> {
        let value = match (self.peek()?, negative) {
            (Token::Int(it), true) => Expr::Int(i64::try_from(-i128::from(*it)).ok()?),
            (Token::Double(it), true) => Expr::Double(-it),
            _ => return None,
        };
        self.at += 1;
        Some(value)
    }

    /// What follows a value: `.field`, `.call()`, `[index]`.
    fn member(&mut self, mut value: Expr) -> Parsed {
        let before = self.depth;
        loop {
            if self.take("[") || self.take("[?") {
                let access = match self.tokens.get(self.at - 1) {
                    Some(Token::Sign("[?")) => Access::May,
                    _ => Access::Must,
                };
                let index = self.expr()?;
                self.need("]")?;
                value = Expr::Index(Box::new(value), Box::new(index), access);
            } else if self.take(".?") {
                let name = self.name()?;
                value = Expr::Select(Box::new(value), name, Access::May);
            } else if self.take(".") {
                let name = self.name()?;
                value = if self.take("(") {
                    self.method(value, &name)?
                } else {
                    Expr::Select(Box::new(value), name, Access::Must)
                };
            } else {
                self.depth = before;
                return Ok(value);
            }
            self.deeper()?;
        }
    }

    fn name(&mut self) -> Result<Str, String> {
        let name = match self.peek() {
            Some(Token::Name(name) | Token::Quoted(name)) => name.clone(),
            other => {
                return Err(format!(
                    "a name is expected, not {}",
                    other.map_or("the end".to_owned(), describe)
                ));
            }
        };
        self.at += 1;
        Ok(name)
    }

    fn arguments(&mut self) -> Result<Vec<Expr>, String> {
        let mut all = Vec::new();
        while !self.take(")") {
            all.push(self.expr()?);
            if !self.take(",") {
                self.need(")")?;
                break;
            }
        }
        Ok(all)
    }

    fn method(&mut self, target: Expr, name: &Str) -> Parsed {
        let mut arguments = self.arguments()?;
        if let Expr::Name(space) = &target
            && SPACES.contains(&space.as_str())
            && KNOWN.contains(&format!("{space}.{name}").as_str())
        {
            return function(&format!("{space}.{name}"), false, arguments);
        }
        if let Some((.., kind)) =
            MACROS.iter().find(|(it, count, _)| *it == name.as_str() && *count == arguments.len())
        {
            return looping(*kind, name, target, arguments);
        }
        let bind = match name.as_str() {
            "optMap" => Some(Bind::OptMap),
            "optFlatMap" => Some(Bind::OptFlatMap),
            _ => None,
        };
        if let (Some(bind), 2) = (bind, arguments.len()) {
            let body = arguments.remove(1);
            let Expr::Name(variable) = arguments.remove(0) else {
                return Err(format!("`{name}` takes a name"));
            };
            return Ok(Expr::Bind(bind, variable, Box::new([target, body])));
        }
        arguments.insert(0, target);
        function(name, true, arguments)
    }

    fn primary(&mut self) -> Parsed {
        let Some(token) = self.peek().cloned() else {
            return Err("something is missing at the end".to_owned());
        };
        self.at += 1;
        Ok(match token {
            Token::Int(it) => Expr::Int(i64::try_from(it).map_err(|_| "a number is too large")?),
            Token::Uint(it) => Expr::Uint(it),
            Token::Double(it) => Expr::Double(it),
            Token::Text(it) => Expr::Text(it, OnceLock::new()),
            Token::Bytes(it) => Expr::Bytes(it),
            Token::Sign("(") => {
                let inner = self.expr()?;
                self.need(")")?;
                inner
            }
            Token::Sign("[") => self.list(false)?,
            Token::Sign("[?") => self.list(true)?,
            Token::Sign("{") => self.map(false)?,
            Token::Sign("{?") => self.map(true)?,
            // A leading point says that a name is absolute; there are no others.
            Token::Sign(".") => self.primary()?,
            Token::Name(name) => match name.as_str() {
                "true" => Expr::Bool(true),
                "false" => Expr::Bool(false),
                "null" => Expr::Null,
                _ if self.take("(") => self.function(&name)?,
                _ => Expr::Name(name),
            },
            other => return Err(format!("{} is not expected", describe(&other))),
        })
    }

    fn function(&mut self, name: &str) -> Parsed {
        let mut arguments = self.arguments()?;
        if name != "has" {
            return function(name, false, arguments);
        }
        match (arguments.pop(), arguments.is_empty()) {
            (Some(Expr::Select(of, field, Access::Must)), true) => Ok(Expr::Select(of, field, Access::Has)),
            (Some(Expr::Index(of, key, Access::Must)), true) => Ok(Expr::Index(of, key, Access::Has)),
            _ => Err("`has` takes a field".to_owned()),
        }
    }

    fn list(&mut self, mut optional: bool) -> Parsed {
        let mut items = Vec::new();
        loop {
            if self.take("]") {
                return Ok(Expr::List(items));
            }
            optional |= self.take("?");
            items.push((optional, self.expr()?));
            optional = false;
            if !self.take(",") {
                self.need("]")?;
                return Ok(Expr::List(items));
            }
        }
    }

    fn map(&mut self, mut optional: bool) -> Parsed {
        let mut entries = Vec::new();
        loop {
            if self.take("}") {
                return Ok(Expr::Map(entries));
            }
            optional |= self.take("?");
            let key = self.expr()?;
            self.need(":")?;
            entries.push((optional, key, self.expr()?));
            optional = false;
            if !self.take(",") {
                self.need("}")?;
                return Ok(Expr::Map(entries));
            }
        }
    }
}

fn function(name: &str, method: bool, arguments: Vec<Expr>) -> Parsed {
    if !KNOWN.contains(&name) {
        return Err(format!("there is no function `{name}`"));
    }
    Ok(Expr::Call(name.into(), method, arguments))
}

fn looping(kind: Macro, name: &str, range: Expr, mut arguments: Vec<Expr>) -> Parsed {
    let two = name.starts_with("transform") || (arguments.len() == 3 && name != "map");
    let mut names = Vec::new();
    for _ in 0..=usize::from(two) {
        let Expr::Name(it) = arguments.remove(0) else { return Err(format!("`{name}` takes a name first")) };
        names.push(it);
    }
    let body = arguments.pop().ok_or_else(|| format!("`{name}` takes an expression"))?;
    Ok(Expr::Loop(Box::new(Loop { kind, range, names, filter: arguments.pop(), body })))
}

fn operator(token: &Token) -> Option<(Op, u8)> {
    Some(match token {
        Token::Name(name) if name == "in" => (Op::In, 1),
        Token::Sign("==") => (Op::Eq, 1),
        Token::Sign("!=") => (Op::Ne, 1),
        Token::Sign("<") => (Op::Lt, 1),
        Token::Sign("<=") => (Op::Le, 1),
        Token::Sign(">") => (Op::Gt, 1),
        Token::Sign(">=") => (Op::Ge, 1),
        Token::Sign("+") => (Op::Add, 2),
        Token::Sign("-") => (Op::Sub, 2),
        Token::Sign("*") => (Op::Mul, 3),
        Token::Sign("/") => (Op::Div, 3),
        Token::Sign("%") => (Op::Rem, 3),
        _ => return None,
    })
}

fn describe(token: &Token) -> String {
    match token {
        Token::Name(it) | Token::Quoted(it) => format!("`{it}`"),
        Token::Text(it) => format!("the text \"{it}\""),
        Token::Int(it) | Token::Uint(it) => format!("`{it}`"),
        Token::Double(it) => format!("`{it}`"),
        Token::Bytes(_) => "a text of bytes".to_owned(),
        Token::Sign(it) => format!("`{it}`"),
    }
}
