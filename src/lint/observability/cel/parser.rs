//! The grammar of CEL.

use crate::lint::observability::cel::lexer::Token;
use crate::lint::observability::cel::literal;
use crate::lint::words::Verdict;

/// What an expression is, as far as macros ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A bare name.
    Name,
    /// `a.b`.
    Field,
    /// Anything else.
    Other,
}

type Parsed = Result<Shape, String>;

/// How deep cel-go follows.
const DEEPEST: usize = 250;

const RESERVED: [&str; 18] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
    "__result__",
];

struct Parser<'a, 't> {
    rest: &'a [Token<'t>],
    depth: usize,
}

/// Whether words are one expression.
pub fn parse(tokens: &[Token<'_>]) -> Verdict {
    let mut parser = Parser { rest: tokens, depth: 0 };
    parser.expression()?;
    match parser.rest.first() {
        None => Ok(()),
        Some(token) => Err(format!("{} follows an expression that is whole", shown(*token))),
    }
}

fn shown(token: Token<'_>) -> String {
    match token {
        Token::Name(it) | Token::Quoted(it) | Token::Number(it) | Token::Sign(it) => format!("`{it}`"),
        Token::Text => "a text".to_owned(),
        Token::Constant => "a constant".to_owned(),
    }
}

impl<'a, 't> Parser<'a, 't> {
    fn is(&self, sign: &str) -> bool {
        self.rest.first().is_some_and(|it| *it == Token::Sign(sign))
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn take_any(&mut self, signs: &[&str]) -> bool {
        signs.iter().any(|it| self.take(it))
    }

    fn want(&mut self, sign: &str) -> Verdict {
        if self.take(sign) { Ok(()) } else { Err(format!("a `{sign}` is missing {}", self.place())) }
    }

    fn place(&self) -> String {
        self.rest.first().map_or("at the end".to_owned(), |it| format!("before {}", shown(*it)))
    }

    fn expression(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("it nests too deeply".to_owned());
        }
        let mut shape = self.chain(0)?;
        if self.take("?") {
            self.chain(0)?;
            self.want(":")?;
            self.expression()?;
            shape = Shape::Other;
        }
        self.depth -= 1;
        Ok(shape)
    }

    /// Operands with operators of one strength, and what binds stronger, between them.
    fn chain(&mut self, strength: usize) -> Parsed {
        const OPERATORS: [&[&str]; 5] =
            [&["||"], &["&&"], &["<", "<=", ">=", ">", "==", "!=", "in"], &["+", "-"], &["*", "/", "%"]];
        let Some(operators) = OPERATORS.get(strength) else { return self.unary() };
        let mut shape = self.chain(strength + 1)?;
        while self.take_any(operators) {
            self.chain(strength + 1)?;
            shape = Shape::Other;
        }
        Ok(shape)
    }

    fn unary(&mut self) -> Parsed {
        let sign = ["!", "-"].into_iter().find(|it| self.is(it));
        let Some(sign) = sign else { return self.member(false) };
        while self.take(sign) {}
        self.member(sign == "-")?;
        Ok(Shape::Other)
    }

    fn member(&mut self, negative: bool) -> Parsed {
        let mut shape = self.primary(negative)?;
        loop {
            if self.take(".") {
                shape = self.field()?;
            } else if self.take("[") {
                self.expression()?;
                self.want("]")?;
                shape = Shape::Other;
            } else {
                return Ok(shape);
            }
        }
    }

    /// What follows a dot: a name, or a call on what stands before.
    fn field(&mut self) -> Parsed {
        if let Some((Token::Quoted(_), rest)) = self.rest.split_first() {
            self.rest = rest;
            return Ok(Shape::Field);
        }
        let Some(Token::Name(name)) = self.rest.first().copied() else {
            return Err(format!("a name is missing {}", self.place()));
        };
        self.rest = &self.rest[1..];
        if !self.take("(") {
            return Ok(Shape::Field);
        }
        let arguments = self.arguments()?;
        let is_macro = match name {
            "all" | "exists" | "exists_one" | "existsOne" | "filter" => arguments.len() == 2,
            "map" => matches!(arguments.len(), 2 | 3),
            _ => false,
        };
        if is_macro && arguments[0] != Shape::Name {
            return Err(format!("the first argument of `{name}` is no name"));
        }
        Ok(Shape::Other)
    }

    /// The arguments of a call whose bracket is open.
    fn arguments(&mut self) -> Result<Vec<Shape>, String> {
        let mut shapes = Vec::new();
        if self.take(")") {
            return Ok(shapes);
        }
        loop {
            shapes.push(self.expression()?);
            if !self.take(",") {
                self.want(")")?;
                return Ok(shapes);
            }
        }
    }

    fn primary(&mut self, negative: bool) -> Parsed {
        let (first, rest) = self.rest.split_first().ok_or("an expression is missing at the end")?;
        match first {
            Token::Name(_) | Token::Sign(".") => return self.name(),
            Token::Number(text) if !literal::fits(text, negative) => {
                return Err(format!("`{text}` is a number beyond what CEL counts"));
            }
            Token::Number(_) | Token::Text | Token::Constant => self.rest = rest,
            Token::Sign("-") if !negative => {
                // A sign before a number is a part of it: `!-1`.
                self.rest = rest;
                let Some(Token::Number(_)) = rest.first() else {
                    return Err(format!("an expression is missing {}", self.place()));
                };
                return self.primary(true);
            }
            Token::Sign("(") => {
                self.rest = rest;
                let shape = self.expression()?;
                self.want(")")?;
                return Ok(shape);
            }
            Token::Sign("[") => {
                self.rest = rest;
                self.items("]", false)?;
            }
            Token::Sign("{") => {
                self.rest = rest;
                self.items("}", true)?;
            }
            Token::Quoted(_) | Token::Sign(_) => {
                return Err(format!("an expression is missing {}", self.place()));
            }
        }
        Ok(Shape::Other)
    }

    /// The items of a list, or the entries of a mapping, up to its end; a comma may stand before that.
    fn items(&mut self, end: &str, has_values: bool) -> Verdict {
        if self.take(",") {
            return self.want(end);
        }
        while !self.take(end) {
            self.expression()?;
            if has_values {
                self.want(":")?;
                self.expression()?;
            }
            if !self.take(",") {
                return self.want(end);
            }
        }
        Ok(())
    }

    /// A name, a call of one, or a message.
    fn name(&mut self) -> Parsed {
        self.take(".");
        let Some(Token::Name(name)) = self.rest.first().copied() else {
            return Err(format!("a name is missing {}", self.place()));
        };
        let message = self.message();
        if let Some(fields) = message {
            self.rest = fields;
            self.fields()?;
            return Ok(Shape::Other);
        }
        if RESERVED.contains(&name) {
            return Err(format!("`{name}` is reserved"));
        }
        self.rest = &self.rest[1..];
        if !self.take("(") {
            return Ok(Shape::Name);
        }
        let arguments = self.arguments()?;
        if name == "has" && arguments.len() == 1 && arguments[0] != Shape::Field {
            return Err("the argument of `has` is no field".to_owned());
        }
        Ok(Shape::Other)
    }

    /// What follows the brace, if names with dots and a brace come next.
    fn message(&self) -> Option<&'a [Token<'t>]> {
        let mut rest = self.rest;
        loop {
            let (Token::Name(_), after) = rest.split_first()? else { return None };
            match after.split_first()? {
                (Token::Sign("{"), fields) => return Some(fields),
                (Token::Sign("."), after) => rest = after,
                _ => return None,
            }
        }
    }

    /// The fields of a message, up to its end.
    fn fields(&mut self) -> Verdict {
        if self.take(",") {
            return self.want("}");
        }
        while !self.take("}") {
            let Some(Token::Name(_) | Token::Quoted(_)) = self.rest.first() else {
                return Err(format!("the name of a field is missing {}", self.place()));
            };
            self.rest = &self.rest[1..];
            self.want(":")?;
            self.expression()?;
            if !self.take(",") {
                return self.want("}");
            }
        }
        Ok(())
    }
}
