//! A schema of a CRD, read from its text: what cannot be understood is told at its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::crds::cel::Program;
use crate::crds::format::Format;
use crate::crds::pattern::Pattern;
use crate::crds::rule::Rule;
use crate::crds::scalar::meaning;
use crate::crds::schema::{Additional, ListType, Schema, Type};
use crate::crds::value::{self, Value};
use crate::diag::{Code, Diagnostic, Diagnostics, code};
use crate::source::{Span, Str};
use crate::yaml::{Kind, Node};

/// Reads schemas; equal patterns and equal rules are kept once.
pub struct SchemaReader<'d> {
    /// Where findings go.
    pub diags: &'d mut Diagnostics,
    patterns: BTreeMap<Str, Arc<Pattern>>,
    programs: BTreeMap<Str, Arc<Program>>,
}

impl<'d> SchemaReader<'d> {
    /// A reader that knows nothing yet.
    pub fn new(diags: &'d mut Diagnostics) -> Self {
        Self { diags, patterns: BTreeMap::new(), programs: BTreeMap::new() }
    }

    /// The schema of a whole object.
    pub fn root(&mut self, node: &Node) -> Schema {
        let mut schema = self.schema(node);
        schema.embedded = true;
        schema
    }

    fn schema(&mut self, node: &Node) -> Schema {
        let mut schema = Schema::default();
        let Kind::Map(entries) = &node.kind else {
            self.wrong(code::WRONG_TYPE, node.span, "a schema is a mapping");
            return schema;
        };
        let (mut keys, mut list_type) = (Vec::new(), None);
        for entry in entries {
            let value = &entry.value;
            match entry.key.as_str() {
                "type" => schema.takes = self.type_of(value),
                "format" => schema.format = value.text().and_then(|it| Format::of(it)),
                "nullable" => schema.nullable = is_true(value),
                "x-kubernetes-int-or-string" => schema.int_or_string = is_true(value),
                "x-kubernetes-preserve-unknown-fields" => schema.preserve = is_true(value),
                "x-kubernetes-embedded-resource" => schema.embedded = is_true(value),
                "properties" => schema.properties = Some(self.properties(value)),
                "additionalProperties" => schema.additional = self.additional(value),
                "items" => schema.items = Some(Box::new(self.schema(value))),
                "required" => schema.required = self.names(value),
                "default" if !value.is_null() => schema.default = Some(Value::of(value).made()),
                "x-kubernetes-list-type" => list_type = value.text().cloned(),
                "x-kubernetes-list-map-keys" => keys = self.names(value),
                "x-kubernetes-validations" => schema.rules = self.rules(value),
                "$ref" => {
                    let finding = Diagnostic::error(code::BAD_VALUE, entry.key.span, "a CRD has no `$ref`");
                    self.diags.push(finding.help("write the schema out where it is referred to"));
                }
                key => {
                    if !self.choice(key, value, &mut schema) {
                        self.limit(key, value, &mut schema);
                    }
                }
            }
        }
        schema.small = match schema.takes {
            Some(Type::Integer) => node.get("format").and_then(Node::text).is_some_and(|it| it == "int32"),
            Some(Type::Number) => node.get("format").and_then(Node::text).is_some_and(|it| it == "float"),
            _ => false,
        };
        schema.list = match list_type.as_deref() {
            Some("set") => ListType::Set,
            Some("map") => ListType::Map(keys),
            _ => ListType::Atomic,
        };
        schema.has_rules = !schema.rules.is_empty() || children(&schema).any(|it| it.has_rules);
        schema
    }

    fn choice(&mut self, key: &str, value: &Node, schema: &mut Schema) -> bool {
        if !matches!(key, "allOf" | "anyOf" | "oneOf" | "not") {
            return false;
        }
        let branches: Vec<Schema> = match key {
            "not" => vec![self.schema(value)],
            _ => value.items().iter().map(|it| self.schema(it)).collect(),
        };
        let choices = schema.choices.get_or_insert_with(Box::default);
        match key {
            "allOf" => choices.all = branches,
            "anyOf" => choices.any = branches,
            "oneOf" => choices.one = branches,
            _ => choices.not = branches.into_iter().next().map(Box::new),
        }
        true
    }

    fn limit(&mut self, key: &str, node: &Node, schema: &mut Schema) {
        let value = match &node.kind {
            Kind::Scalar(scalar) => value::Value { kind: meaning(scalar), span: node.span },
            _ => Value::of(node),
        };
        let number = value.number();
        let count = match value.kind {
            value::Kind::Int(it) => Some(it),
            _ => None,
        };
        let numeric = ["minimum", "maximum", "multipleOf"].contains(&key);
        let counted = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
        if (numeric && number.is_none()) || (counted.contains(&key) && count.is_none()) {
            let message = format!("`{key}` takes a number, found {}", node.describe());
            self.wrong(code::WRONG_TYPE, node.span, &message);
            return;
        }
        let known = ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems", "enum", "pattern"];
        if !numeric && !counted.contains(&key) && !known.contains(&key) {
            return;
        }
        let limits = schema.limits.get_or_insert_with(Box::default);
        match key {
            "enum" => limits.words = value.items().to_vec(),
            "minimum" => limits.minimum = number,
            "maximum" => limits.maximum = number,
            "multipleOf" => limits.multiple_of = number,
            "exclusiveMinimum" => limits.above = is_true(node),
            "exclusiveMaximum" => limits.below = is_true(node),
            "minLength" => limits.length.0 = count,
            "maxLength" => limits.length.1 = count,
            "minItems" => limits.items.0 = count,
            "maxItems" => limits.items.1 = count,
            "minProperties" => limits.fields.0 = count,
            "maxProperties" => limits.fields.1 = count,
            "uniqueItems" => limits.unique = is_true(node),
            _ => {
                limits.pattern =
                    node.text().filter(|it| !it.is_empty()).map(|it| self.pattern(it, node.span));
            }
        }
    }

    fn pattern(&mut self, text: &Str, span: Span) -> Arc<Pattern> {
        self.patterns.entry(text.clone()).or_insert_with(|| Arc::new(Pattern::new(text, span))).clone()
    }

    fn program(&mut self, text: &Str) -> Arc<Program> {
        self.programs.entry(text.clone()).or_insert_with(|| Arc::new(Program::new(text))).clone()
    }

    fn type_of(&mut self, node: &Node) -> Option<Type> {
        let text = node.text().map_or("", |it| it.as_str());
        let known = Type::NAMES.iter().find(|(name, _)| *name == text);
        if known.is_none() && !text.is_empty() {
            let finding =
                Diagnostic::error(code::BAD_VALUE, node.span, format!("a CRD has no type `{text}`"));
            self.diags.push(finding.suggest(text, Type::NAMES.iter().map(|(name, _)| *name)));
        }
        known.map(|(_, it)| *it)
    }

    fn properties(&mut self, node: &Node) -> Vec<(Str, Schema)> {
        if !matches!(node.kind, Kind::Map(_) | Kind::Null) {
            self.wrong(code::WRONG_TYPE, node.span, "`properties` takes a mapping of names and schemas");
        }
        let read = |it: &crate::yaml::Entry| (it.key.value.clone(), self.schema(&it.value));
        let mut all: Vec<(Str, Schema)> = node.entries().iter().map(read).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    fn additional(&mut self, node: &Node) -> Additional {
        match &node.kind {
            Kind::Map(_) => Additional::Like(Box::new(self.schema(node))),
            _ => Additional::Allowed(is_true(node)),
        }
    }

    fn names(&mut self, node: &Node) -> Vec<Str> {
        if !matches!(node.kind, Kind::List(_) | Kind::Null) {
            self.wrong(code::WRONG_TYPE, node.span, "a list of names is expected here");
        }
        node.items().iter().filter_map(|it| it.text().cloned()).collect()
    }

    fn rules(&mut self, node: &Node) -> Vec<Rule> {
        let mut rules = Vec::new();
        for item in node.items() {
            let Some(text) = item.get("rule").and_then(Node::text) else {
                self.wrong(code::MISSING_KEY, item.span, "a rule of `x-kubernetes-validations` needs `rule`");
                continue;
            };
            let words = |key: &str| item.get(key).and_then(Node::text).filter(|it| !it.is_empty()).cloned();
            let expression = words("messageExpression").map(|it| self.program(&it));
            rules.push(Rule {
                span: item.get("rule").map_or(item.span, |it| it.span),
                program: self.program(text),
                message: words("message"),
                message_expression: expression,
                field_path: words("fieldPath"),
                optional_old_self: item.get("optionalOldSelf").is_some_and(is_true),
                told: std::sync::atomic::AtomicBool::default(),
            });
        }
        rules
    }

    fn wrong(&mut self, code: Code, span: Span, message: &str) {
        self.diags.push(Diagnostic::error(code, span, message));
    }
}

fn children(schema: &Schema) -> impl Iterator<Item = &Schema> {
    let named = schema.properties.iter().flatten().map(|(_, it)| it);
    let all = schema.choices.iter().flat_map(|it| &it.all);
    named.chain(schema.of_others()).chain(schema.items.as_deref()).chain(all)
}

fn is_true(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(it) if it.plain && matches!(meaning(it), value::Kind::Bool(true)))
}
