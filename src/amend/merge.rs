//! Laying a patch over an object, as `kubectl apply` users expect it.

use ecow::EcoVec;

use crate::amend::edit::without_nulls;
use crate::source::Str;
use crate::yaml::{Entry, Kind, Node};

/// Mappings merge key by key, `null` removes, lists of named things merge by name, everything else is replaced.
pub fn merge(base: &mut Node, top: &Node) {
    match (&mut base.kind, &top.kind) {
        (Kind::Map(old), Kind::Map(new)) => merge_map(old, new),
        (Kind::List(old), Kind::List(new)) if are_named(old) && are_named(new) => merge_list(old, new),
        _ => *base = without_nulls(top),
    }
}

fn merge_map(old: &mut EcoVec<Entry>, new: &[Entry]) {
    for entry in new {
        let place = old.iter().position(|it| it.key == entry.key);
        match place {
            Some(place) if entry.value.is_null() => {
                old.remove(place);
            }
            Some(place) => merge(&mut old.make_mut()[place].value, &entry.value),
            None if entry.value.is_null() => {}
            None => old.push(Entry { key: entry.key.clone(), value: without_nulls(&entry.value) }),
        }
    }
}

fn merge_list(old: &mut EcoVec<Node>, new: &[Node]) {
    for item in new {
        match old.iter().position(|it| name(it) == name(item)) {
            Some(place) => merge(&mut old.make_mut()[place], item),
            None => old.push(without_nulls(item)),
        }
    }
}

/// Whether every item has a name of its own: mounts of one volume at two paths are not told apart by it.
fn are_named(items: &[Node]) -> bool {
    let mut names: Vec<&str> = items.iter().filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    !items.is_empty() && names.len() == items.len()
}

fn name(item: &Node) -> Option<&str> {
    item.get("name")?.text().map(Str::as_str)
}

#[cfg(test)]
mod tests {
    use crate::amend::merge::merge;
    use crate::diag::Diagnostics;
    use crate::source::SourceMap;
    use crate::yaml::{Node, parse, print};

    fn node(text: &str) -> Node {
        let mut files = SourceMap::default();
        let file = files.add("a.yaml", text).unwrap();
        parse(file, &files, &mut Diagnostics::default()).unwrap()
    }

    fn assert_merges(base: &str, top: &str, wanted: &str) {
        let mut base = node(base);
        merge(&mut base, &node(top));
        assert_eq!(print(&base), print(&node(wanted)));
    }

    #[test]
    fn mappings_merge_and_null_removes() {
        assert_merges(
            "{a: {b: 1, c: 2}, d: 3}",
            "{a: {b: 4, c: null}, e: {f: null, g: 5}}",
            "{a: {b: 4}, d: 3, e: {g: 5}}",
        );
    }

    #[test]
    fn lists_of_named_things_merge_by_name() {
        let base = "[{name: a, image: x, env: [{name: k, value: v}]}, {name: b}]";
        let top = "[{name: c}, {name: a, env: [{name: l, value: w}]}]";
        let wanted =
            "[{name: a, image: x, env: [{name: k, value: v}, {name: l, value: w}]}, {name: b}, {name: c}]";
        assert_merges(base, top, wanted);
    }

    #[test]
    fn other_lists_replace() {
        assert_merges("{a: [1, 2]}", "{a: [3]}", "{a: [3]}");
        assert_merges("[{name: a}]", "[{host: b}]", "[{host: b}]");
        assert_merges("[{name: a, mountPath: /a}, {name: a, mountPath: /b}]", "[{name: a}]", "[{name: a}]");
        assert_merges("[{name: a}]", "[]", "[]");
    }
}
