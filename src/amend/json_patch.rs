//! JSON Patch (RFC 6902): single changes at single places.

use crate::amend::pointer::Pointer;
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::{Span, Text};
use crate::yaml::{Kind, Node};

/// One change.
pub struct Operation {
    path: Pointer,
    act: Act,
}

/// What an [`Operation`] does.
enum Act {
    Add(Node),
    Remove,
    Replace(Node),
    Test(Node),
    Move(Pointer),
    Copy(Pointer),
}

const OPERATIONS: [&str; 6] = ["add", "remove", "replace", "test", "move", "copy"];
const KEYS: [&str; 4] = ["op", "path", "value", "from"];

impl Operation {
    /// Reads an operation; `None` after it was reported what is wrong with it.
    pub fn read(node: &Node, diags: &mut Diagnostics) -> Option<Self> {
        if !matches!(node.kind, Kind::Map(_)) {
            let message = format!("expected an operation (a mapping), found {}", node.describe());
            diags.push(Diagnostic::error(code::WRONG_TYPE, node.span, message));
            return None;
        }
        for entry in node.entries().iter().filter(|it| !KEYS.contains(&it.key.as_str())) {
            let message = format!("an operation has no key `{}`", entry.key);
            let finding = Diagnostic::error(code::UNKNOWN_KEY, entry.key.span, message);
            diags.push(finding.suggest(&entry.key, KEYS));
        }
        let op = text(node, "op", diags);
        let path = text(node, "path", diags).and_then(|it| pointer(&it, diags));
        let op = op?;
        let act = match op.as_str() {
            "add" => value(node, &op, diags).map(Act::Add),
            "replace" => value(node, &op, diags).map(Act::Replace),
            "test" => value(node, &op, diags).map(Act::Test),
            "remove" => Some(Act::Remove),
            "move" => text(node, "from", diags).and_then(|it| pointer(&it, diags)).map(Act::Move),
            "copy" => text(node, "from", diags).and_then(|it| pointer(&it, diags)).map(Act::Copy),
            _ => {
                let message = format!("`{op}` is no operation");
                diags.push(Diagnostic::error(code::BAD_VALUE, op.span, message).suggest(&op, OPERATIONS));
                None
            }
        };
        Some(Self { path: path?, act: act? })
    }

    /// Changes the object.
    ///
    /// # Errors
    /// When the place is not there, or a test fails.
    pub fn apply(&self, object: &mut Node) -> Result<(), Box<Diagnostic>> {
        match &self.act {
            Act::Add(value) => self.path.add(object, value.clone()),
            Act::Remove => self.path.remove(object).map(|_| ()),
            Act::Replace(value) => {
                *self.path.get(object)? = value.clone();
                Ok(())
            }
            Act::Test(value) => test(&self.path, self.path.get(object)?, value),
            Act::Copy(from) => {
                let value = from.get(object)?.clone();
                self.path.add(object, value)
            }
            Act::Move(from) if from.holds(&self.path) => {
                let message = format!("`{}` cannot be moved into itself", from.text);
                Err(Box::new(Diagnostic::error(code::BAD_VALUE, self.path.span, message)))
            }
            Act::Move(from) => {
                let value = from.remove(object)?;
                self.path.add(object, value)
            }
        }
    }
}

fn pointer(written: &Text, diags: &mut Diagnostics) -> Option<Pointer> {
    Pointer::read(written).map_err(|it| diags.push(*it)).ok()
}

/// The text under a key that must be there.
fn text(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<Text> {
    let Some(found) = node.get(key) else {
        missing(node.span, key, diags);
        return None;
    };
    let text = found.text().map(|it| Text::new(it.clone(), found.span));
    if text.is_none() {
        let message = format!("`{key}` takes a text, found {}", found.describe());
        diags.push(Diagnostic::error(code::WRONG_TYPE, found.span, message));
    }
    text
}

/// The value, of an operation that needs one; it may be null.
fn value(node: &Node, op: &Text, diags: &mut Diagnostics) -> Option<Node> {
    if node.get("value").is_none() {
        missing(op.span, "value", diags);
    }
    node.get("value").cloned()
}

fn missing(span: Span, key: &str, diags: &mut Diagnostics) {
    diags.push(Diagnostic::error(code::MISSING_KEY, span, format!("the operation needs `{key}`")));
}

/// Compares what two trees mean, not how they are spelt.
fn test(path: &Pointer, found: &Node, wanted: &Node) -> Result<(), Box<Diagnostic>> {
    let same = match (serde_json::to_value(found), serde_json::to_value(wanted)) {
        (Ok(found), Ok(wanted)) => found == wanted,
        _ => false,
    };
    if same {
        return Ok(());
    }
    let message = format!("`{}` is {}, not {}", path.text, found.describe(), wanted.describe());
    Err(Box::new(Diagnostic::error(code::BAD_VALUE, path.span, message)))
}

#[cfg(test)]
mod tests {
    use crate::amend::json_patch::Operation;
    use crate::diag::Diagnostics;
    use crate::source::SourceMap;
    use crate::yaml::{Node, parse, print};

    fn node(text: &str) -> Node {
        let mut files = SourceMap::default();
        let file = files.add("a.yaml", text).unwrap();
        parse(file, &files, &mut Diagnostics::default()).unwrap()
    }

    /// The object after one operation, or the message and the help that it earns.
    fn patched(object: &str, operation: &str) -> Result<String, String> {
        let mut diags = Diagnostics::default();
        let mut object = node(object);
        let words = |it: &crate::diag::Diagnostic| {
            format!("{} ({})", it.message, it.help.as_deref().unwrap_or_default())
        };
        let Some(operation) = Operation::read(&node(operation), &mut diags) else {
            return Err(diags.sorted().into_iter().map(words).collect::<Vec<_>>().join("; "));
        };
        operation.apply(&mut object).map(|()| print(&object)).map_err(|it| words(&it))
    }

    fn assert_patches(object: &str, operation: &str, wanted: &str) {
        assert_eq!(patched(object, operation), Ok(print(&node(wanted))), "{operation}");
    }

    #[test]
    fn add_sets_a_key_and_inserts_into_a_list() {
        assert_patches("{a: 1}", "{op: add, path: /b, value: [2]}", "{a: 1, b: [2]}");
        assert_patches("{a: 1}", "{op: add, path: /a, value: 2}", "{a: 2}");
        assert_patches("{a: [1, 2]}", "{op: add, path: /a/1, value: 3}", "{a: [1, 3, 2]}");
        assert_patches("{a: [1, 2]}", "{op: add, path: /a/-, value: 3}", "{a: [1, 2, 3]}");
        assert_patches("{a/b: {c~d: 1}}", "{op: add, path: /a~1b/c~0d, value: 2}", "{a/b: {c~d: 2}}");
    }

    #[test]
    fn remove_replace_move_copy_and_test_do_what_they_say() {
        assert_patches("{a: [1, 2]}", "{op: remove, path: /a/0}", "{a: [2]}");
        assert_patches("{a: {b: 1}}", "{op: replace, path: /a, value: c}", "{a: c}");
        assert_patches("{a: {b: 1}, c: {}}", "{op: move, from: /a/b, path: /c/d}", "{a: {}, c: {d: 1}}");
        assert_patches("{a: [1]}", "{op: copy, from: /a/0, path: /b}", "{a: [1], b: 1}");
        assert_patches("{a: 0x10}", "{op: test, path: /a, value: 16}", "{a: 16}");
    }

    #[test]
    fn a_place_that_is_not_there_is_told_with_what_is() {
        let told = |object, operation| patched(object, operation).unwrap_err();
        let help = told("{spec: {http: [1, 2]}}", "{op: remove, path: /spec/http/2}");
        assert_eq!(help, "`/spec/http/2` is not there (the list has 2 items, numbers 0 to 1)");
        let help = told("{spec: {http: []}}", "{op: replace, path: /spec/htp, value: 1}");
        assert_eq!(help, "`/spec/htp` is not there (did you mean `http` in place of `htp`?)");
        let help = told("{spec: {hosts: [], http: []}}", "{op: add, path: /metadata/labels, value: 1}");
        assert_eq!(help, "`/metadata/labels` is not there (in place of `metadata` there is: spec)");
        let help = told("{a: 1}", "{op: add, path: /a/b, value: 1}");
        assert_eq!(help, "`/a/b` is not there (what should hold `b` is `1`)");
    }

    #[test]
    fn an_operation_that_cannot_be_read_says_why() {
        let told = |operation| patched("{a: 1}", operation).unwrap_err();
        assert_eq!(told("{op: ad, path: /a}"), "`ad` is no operation (did you mean `add`?)");
        assert_eq!(told("{op: add, path: /b}"), "the operation needs `value` ()");
        assert_eq!(told("{path: /b}"), "the operation needs `op` ()");
        let help = "(write it as `/spec/http/0/timeout`)";
        assert_eq!(
            told("{op: remove, path: spec}"),
            format!("`spec` is not a path inside of an object: it begins with `/` {help}")
        );
        assert_eq!(told("{op: test, path: /a, value: 2}"), "`/a` is `1`, not `2` ()");
        assert_eq!(told("{op: move, from: /a, path: /a/b}"), "`/a` cannot be moved into itself ()");
    }
}
