//! The values of CEL; a list or a mapping of the document is lent, not copied.

use std::borrow::Cow;
use std::net::IpAddr;
use std::rc::Rc;

use crate::crds::cel::Stop;
use crate::crds::cel::quantity::Quantity;
use crate::crds::cel::semver::Semver;
use crate::crds::cel::time;
use crate::crds::cel::url::Url;
use crate::crds::schema::{Schema, Type};
use crate::crds::value::{Kind, Value};

/// A value.
#[derive(Clone, Debug)]
pub enum Val<'a> {
    /// `null`
    Null,
    /// `bool`
    Bool(bool),
    /// `int`
    Int(i64),
    /// `uint`
    Uint(u64),
    /// `double`
    Double(f64),
    /// `string`
    Text(Cow<'a, str>),
    /// `bytes`
    Bytes(Rc<[u8]>),
    /// `duration`, in nanoseconds
    Duration(i128),
    /// `timestamp`, in nanoseconds since 1970
    Time(i128),
    /// A type, by its name.
    Type(&'static str),
    /// A list or a mapping of the document, and what its schema is.
    Node(&'a Value, Option<&'a Schema>),
    /// A list that an expression made.
    List(Rc<Vec<Val<'a>>>),
    /// A mapping that an expression made.
    Map(Rc<Vec<(Val<'a>, Val<'a>)>>),
    /// A value that may be missing.
    Optional(Option<Rc<Val<'a>>>),
    /// `url('…')`
    Url(Rc<Url>),
    /// `ip('…')`
    Ip(IpAddr),
    /// `cidr('…')`
    Cidr(IpAddr, u8),
    /// `quantity('…')`
    Quantity(Rc<Quantity>),
    /// `semver('…')`
    Semver(Rc<Semver>),
    /// `format.dns1123Label()`, by its name.
    Format(&'static str),
}

impl<'a> Val<'a> {
    /// A text that was made.
    pub fn made(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    /// A list that was made.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(items))
    }

    /// What is there, or not.
    pub fn optional(value: Option<Self>) -> Self {
        Self::Optional(value.map(Rc::new))
    }

    /// A value of the document, of the type that its schema says.
    ///
    /// # Errors
    /// What the API server finds wrong with a value that its schema let pass.
    pub fn of(value: &'a Value, schema: Option<&'a Schema>) -> Result<Self, Stop> {
        let format = schema.and_then(|it| it.format).map_or("", |it| it.name);
        let takes = schema.filter(|it| !it.int_or_string).and_then(|it| it.takes);
        Ok(match &value.kind {
            Kind::Null => Self::Null,
            Kind::Bool(it) => Self::Bool(*it),
            #[expect(clippy::cast_precision_loss, reason = "the schema says so")]
            Kind::Int(it) if takes == Some(Type::Number) => Self::Double(*it as f64),
            Kind::Int(it) => Self::Int(*it),
            Kind::Float(_) if takes == Some(Type::Integer) => {
                return Err(Stop::Failed("the value is no whole number".to_owned()));
            }
            Kind::Float(it) => Self::Double(*it),
            Kind::Text(it) if takes == Some(Type::Text) && !format.is_empty() => formatted(it, format)?,
            Kind::Text(it) => Self::Text(Cow::Borrowed(it)),
            Kind::List(_) | Kind::Map(_) => Self::Node(value, schema),
        })
    }

    /// The name of its type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::Text(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Time(_) => "google.protobuf.Timestamp",
            Self::Type(_) => "type",
            Self::Node(value, _) if matches!(value.kind, Kind::List(_)) => "list",
            Self::List(_) => "list",
            Self::Node(..) | Self::Map(_) => "map",
            Self::Optional(_) => "optional_type",
            Self::Url(_) => "kubernetes.URL",
            Self::Ip(_) => "net.IP",
            Self::Cidr(..) => "net.CIDR",
            Self::Quantity(_) => "kubernetes.Quantity",
            Self::Semver(_) => "kubernetes.Semver",
            Self::Format(_) => "kubernetes.NamedFormat",
        }
    }

    /// The items of a list; `None` if it is none.
    ///
    /// # Errors
    /// See [`Val::of`].
    pub fn items(&self) -> Result<Option<Cow<'_, [Self]>>, Stop> {
        Ok(match self {
            Self::List(items) => Some(Cow::Borrowed(items.as_slice())),
            Self::Node(Value { kind: Kind::List(items), .. }, schema) => {
                let schema = schema.and_then(|it| it.items.as_deref());
                Some(Cow::Owned(items.iter().map(|it| Self::of(it, schema)).collect::<Result<_, _>>()?))
            }
            _ => None,
        })
    }

    /// One item of a list.
    ///
    /// # Errors
    /// See [`Val::of`].
    pub fn item(&self, at: usize) -> Result<Option<Self>, Stop> {
        match self {
            Self::List(items) => Ok(items.get(at).cloned()),
            Self::Node(value, schema) => {
                let schema = schema.and_then(|it| it.items.as_deref());
                value.items().get(at).map(|it| Self::of(it, schema)).transpose()
            }
            _ => Ok(None),
        }
    }

    /// Keys and values of a mapping; `None` if it is none.
    ///
    /// # Errors
    /// See [`Val::of`].
    pub fn entries(&self) -> Result<Option<Vec<(Self, Self)>>, Stop> {
        Ok(match self {
            Self::Map(entries) => Some(entries.to_vec()),
            Self::Node(Value { kind: Kind::Map(fields), .. }, schema) => {
                let of_object = schema.is_some_and(|it| it.properties.is_some());
                let mut all = Vec::with_capacity(fields.len());
                for field in fields.iter().filter(|it| !(of_object && it.value.is_null())) {
                    let key = Cow::Borrowed(field.key.as_str());
                    let value = Self::of(&field.value, schema.and_then(|it| it.of_field(&field.key)))?;
                    all.push((Self::Text(key), value));
                }
                Some(all)
            }
            _ => None,
        })
    }

    /// How many items or entries it has.
    pub fn count(&self) -> Option<usize> {
        match self {
            Self::List(items) => Some(items.len()),
            Self::Map(entries) => Some(entries.len()),
            Self::Node(value, _) => Some(value.items().len() + value.fields().len()),
            _ => None,
        }
    }

    /// The value under a key of a mapping, or under the name of a field in CEL's spelling.
    ///
    /// # Errors
    /// A field that the schema does not have is none that we can answer for.
    pub fn get(&self, key: &Self) -> Result<Option<Self>, Stop> {
        match (self, key) {
            (Self::Node(value, schema), Self::Text(name)) => field(value, *schema, name),
            (Self::Map(entries), _) => {
                for (known, value) in entries.iter() {
                    if known.equals(key)? {
                        return Ok(Some(value.clone()));
                    }
                }
                Ok(None)
            }
            _ => Ok(None),
        }
    }
}

fn field<'a>(value: &'a Value, schema: Option<&'a Schema>, name: &str) -> Result<Option<Val<'a>>, Stop> {
    let Some(schema) = schema else {
        return value.get(name).map(|it| Val::of(it, None)).transpose();
    };
    if schema.embedded && ["apiVersion", "kind", "metadata"].contains(&name) {
        return value.get(name).map(|it| Val::of(it, None)).transpose();
    }
    if schema.properties.is_none() {
        let inner = schema.of_others();
        return value.get(name).filter(|_| inner.is_some()).map(|it| Val::of(it, inner)).transpose();
    }
    let name = unescape(name);
    let Some(inner) = schema.of_field(&name) else {
        return Err(Stop::Unable(format!("the schema has no field `{name}`")));
    };
    value.get(&name).filter(|it| !it.is_null()).map(|it| Val::of(it, Some(inner))).transpose()
}

/// The name of a field, from its spelling in CEL: `__dash__` is a hyphen, `__in__` a reserved word.
fn unescape(name: &str) -> Cow<'_, str> {
    const MARKS: [(&str, &str); 4] =
        [("__dot__", "."), ("__dash__", "-"), ("__slash__", "/"), ("__underscores__", "__")];
    const RESERVED: [&str; 21] = [
        "true",
        "false",
        "null",
        "in",
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
    ];
    if !name.contains("__") {
        return Cow::Borrowed(name);
    }
    let word = name.strip_prefix("__").and_then(|it| it.strip_suffix("__"));
    if let Some(word) = word.filter(|it| RESERVED.contains(it)) {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        if let Some((mark, meant)) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark)) {
            out.push_str(meant);
            rest = &rest[mark.len()..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    Cow::Owned(out)
}

fn formatted<'a>(text: &'a str, format: &str) -> Result<Val<'a>, Stop> {
    let failed = || Stop::Failed(format!("`{text}` has not the format {format}"));
    Ok(match format {
        "duration" => Val::Duration(time::lenient_duration(text).ok_or_else(failed)?),
        "date" => Val::Time(time::date(text).ok_or_else(failed)?),
        "datetime" if text.is_empty() => Val::Time(0),
        "datetime" => Val::Time(time::timestamp(text).ok_or_else(failed)?),
        "byte" => Val::Bytes(crate::crds::cel::convert::base64(text).ok_or_else(failed)?.into()),
        _ => Val::Text(Cow::Borrowed(text)),
    })
}
