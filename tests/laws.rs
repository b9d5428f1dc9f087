//! Laws that hold for any tree and any text.

use meshgen::diag::Diagnostics;
use meshgen::source::SourceMap;
use meshgen::yaml::{Node, overlay, parse, print};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::readers::nasty_texts;

fn read(text: &str) -> Node {
    let mut files = SourceMap::default();
    let mut diags = Diagnostics::default();
    let file = files.add("law.yaml", text).unwrap();
    parse(file, &files, &mut diags).unwrap_or_else(|_| panic!("{diags:#?}\n{text}"))
}

fn value_of(node: &Node) -> Value {
    serde_json::to_value(node).unwrap()
}

/// Trees without null, as profiles are.
fn tree() -> impl Strategy<Value = Value> {
    let text = prop_oneof!["[a-z]{1,4}", "[ -~]{0,12}", any::<String>()];
    let leaf = prop_oneof![
        text.prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let key = prop_oneof!["[a-c]", "[ -~]{1,6}"];
        let map = prop::collection::btree_map(key, inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            map.prop_map(|it| Value::Object(it.into_iter().collect::<Map<String, Value>>())),
        ]
    })
}

/// What overlaying means, said once more and more simply.
fn expected(base: &Value, top: &Value) -> Value {
    let (Value::Object(old), Value::Object(new)) = (base, top) else { return top.clone() };
    let mut merged = old.clone();
    for (key, value) in new {
        let value = merged.get(key).map_or_else(|| value.clone(), |it| expected(it, value));
        merged.insert(key.clone(), value);
    }
    Value::Object(merged)
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(value in tree()) {
        prop_assert_eq!(value_of(&read(&print(&value))), value);
    }

    #[test]
    fn a_tree_laid_over_itself_is_itself(value in tree()) {
        let node = read(&print(&value));
        prop_assert_eq!(print(&overlay(&node, &node)), print(&value));
    }

    #[test]
    fn a_tree_laid_over_another_keeps_what_it_does_not_speak_of(base in tree(), top in tree()) {
        let merged = overlay(&read(&print(&base)), &read(&print(&top)));
        prop_assert_eq!(print(&merged), print(&expected(&base, &top)));
    }
}

#[test]
fn every_nasty_text_is_read_back_as_value_and_as_key() {
    for text in nasty_texts() {
        let value = json!({ "value": text, "items": [text], text.as_str(): { text.as_str(): 1 } });
        assert_eq!(value_of(&read(&print(&value))), value);
    }
}
