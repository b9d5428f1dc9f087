//! What a scenario folder holds by our own doing: the only files that we may ever delete.

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::bundle::{Bundle, ObjectRef, Product};

/// The name of the inventory in a scenario's folder.
pub const FILE_NAME: &str = ".meshgen-inventory.json";

/// The one file that is half written at any time, in a scenario's folder; gone when a run ends well.
pub const SCRATCH_NAME: &str = ".meshgen-tmp";

const FORMAT: u64 = 1;

/// The files of a scenario's folder that are meshgen's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// What the files are.
    pub product: Product,
    /// The scenario's name.
    pub scenario: String,
    /// Sorted by path, then digest. While a run is writing, or after it was killed, a path stands twice: with the
    /// digest from before and the one from after, because its file has one of the two.
    pub files: Vec<Item>,
}

/// One file of an [`Inventory`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Relative to the scenario's folder, parts separated by `/`.
    pub path: String,
    /// The digest of its content: 64 hexadecimal digits, lower case.
    pub sha256: String,
    /// The object it holds, if it holds one.
    pub object: Option<ObjectRef>,
}

impl Inventory {
    /// The inventory of a folder that holds just this bundle.
    #[must_use]
    pub fn of(bundle: &Bundle) -> Self {
        let item = |it: &crate::bundle::File| Item {
            path: it.path.clone(),
            sha256: sha256(it.text.as_bytes()),
            object: it.object.clone(),
        };
        Self {
            product: bundle.product,
            scenario: bundle.scenario.clone(),
            files: bundle.files.iter().map(item).collect(),
        }
        .sorted()
    }

    /// Everything that either inventory lists, in the name of `newer`.
    #[must_use]
    pub fn union(&self, newer: &Self) -> Self {
        let files = newer.files.iter().chain(&self.files).cloned().collect();
        Self { product: newer.product, scenario: newer.scenario.clone(), files }.sorted()
    }

    /// Whether the file at `path` is meshgen's.
    #[must_use]
    pub fn lists(&self, path: &str) -> bool {
        self.digests(path).next().is_some()
    }

    /// The digests that the file at `path` may have if nobody else changed it.
    pub fn digests<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> {
        let first = self.files.partition_point(|it| it.path.as_str() < path);
        self.files[first..].iter().take_while(move |it| it.path == path).map(|it| it.sha256.as_str())
    }

    /// The text of [`FILE_NAME`]: the same bytes for the same inventory, wherever and whenever. Written by hand: a
    /// tree of JSON values would take ten times the room of the text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = format!("{{\n  \"format\": {FORMAT},");
        if self.product != Product::Manifests {
            push_field(&mut out, "\n  \"product\": ", self.product.word());
            out.push(',');
        }
        out.push_str("\n  \"scenario\": ");
        push_quoted(&mut out, &self.scenario);
        out.push_str(",\n  \"files\": [");
        for (at, item) in self.files.iter().enumerate() {
            out.push_str(if at == 0 { "\n" } else { ",\n" });
            item.push_json(&mut out);
        }
        out.push_str(if self.files.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        out
    }

    /// Reads what [`Inventory::to_json`] wrote.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it: another format, not the JSON expected, or a path that could
    /// lead out of the folder.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wire: Wire = serde_json::from_str(text).map_err(|error| foreign_format(text, &error))?;
        if wire.format != FORMAT {
            return Err(other_format(wire.format));
        }
        let files = wire.files.into_iter().map(WireItem::check).collect::<Result<_, _>>()?;
        Ok(Self { product: wire.product, scenario: wire.scenario, files }.sorted())
    }

    /// Of two items that differ only in their object, the first stays.
    fn sorted(mut self) -> Self {
        self.files.sort_by(|a, b| (&a.path, &a.sha256).cmp(&(&b.path, &b.sha256)));
        self.files.dedup_by(|b, a| a.path == b.path && a.sha256 == b.sha256);
        self
    }
}

impl Item {
    fn push_json(&self, out: &mut String) {
        push_field(out, "    {\n      \"path\": ", &self.path);
        push_field(out, ",\n      \"sha256\": ", &self.sha256);
        if let Some(object) = &self.object {
            push_field(out, ",\n      \"object\": {\n        \"apiVersion\": ", &object.api_version);
            push_field(out, ",\n        \"kind\": ", &object.kind);
            if !object.namespace.is_empty() {
                push_field(out, ",\n        \"namespace\": ", &object.namespace);
            }
            push_field(out, ",\n        \"name\": ", &object.name);
            out.push_str("\n      }");
        }
        out.push_str("\n    }");
    }
}

fn push_field(out: &mut String, before: &str, value: &str) {
    out.push_str(before);
    push_quoted(out, value);
}

fn push_quoted(out: &mut String, text: &str) {
    if text.bytes().all(|it| it.is_ascii_graphic() && !matches!(it, b'"' | b'\\')) {
        out.extend(["\"", text, "\""]);
    } else {
        out.push_str(&Value::from(text).to_string());
    }
}

/// Why `path` may not name a file of a bundle, as the end of a sentence about it; `None` if it may.
#[must_use]
pub fn fault(path: &str) -> Option<&'static str> {
    if path.starts_with('/') {
        return Some("is absolute");
    }
    if path.contains(|it: char| it == '\\' || it.is_control()) {
        return Some("holds a backslash or a control character");
    }
    path.split('/').find_map(|part| match part {
        "" | "." | ".." => Some("has a part that is empty, `.` or `..`"),
        FILE_NAME | SCRATCH_NAME => Some("has a name that meshgen keeps for itself"),
        _ => None,
    })
}

/// The digest of a text as an [`Item`] has it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |it: u8| char::from(b"0123456789abcdef"[usize::from(it)]);
    let mut out = String::with_capacity(2 * bytes.len());
    out.extend(bytes.iter().flat_map(|it| [digit(it >> 4), digit(it & 15)]));
    out
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    format: u64,
    #[serde(default = "manifests")]
    product: Product,
    scenario: String,
    files: Vec<WireItem>,
}

/// What an inventory is of that does not say.
fn manifests() -> Product {
    Product::Manifests
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireItem {
    path: String,
    sha256: String,
    object: Option<WireObject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct WireObject {
    api_version: String,
    kind: String,
    #[serde(default)]
    namespace: String,
    name: String,
}

impl WireItem {
    fn check(self) -> Result<Item, String> {
        let Self { path, sha256, object } = self;
        if let Some(fault) = fault(&path) {
            return Err(format!("the path `{}` {fault}", path.escape_debug()));
        }
        let is_digit = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
        if sha256.len() != 64 || !sha256.bytes().all(is_digit) {
            return Err(format!("the digest of `{path}` is not 64 hexadecimal digits"));
        }
        let object = object.map(|WireObject { api_version, kind, namespace, name }| ObjectRef {
            api_version,
            kind,
            namespace,
            name,
        });
        Ok(Item { path, sha256, object })
    }
}

/// A later format may have keys that this one has not: then its number is the better explanation.
fn foreign_format(text: &str, error: &serde_json::Error) -> String {
    #[derive(Deserialize)]
    struct Head {
        format: u64,
    }
    match serde_json::from_str::<Head>(text) {
        Ok(head) if head.format != FORMAT => other_format(head.format),
        Ok(_) | Err(_) => format!("it is not the JSON of an inventory: {error}"),
    }
}

fn other_format(format: u64) -> String {
    format!("it has format {format}, and this meshgen knows only format {FORMAT}")
}

#[cfg(test)]
mod tests {
    use super::{Inventory, fault, sha256};
    use crate::bundle::{Bundle, File, ObjectRef, Product};

    fn sample() -> Inventory {
        let object = ObjectRef {
            api_version: "v1".to_owned(),
            kind: "Namespace".to_owned(),
            namespace: String::new(),
            name: "shop".to_owned(),
        };
        let file = |path: &str, object| File { path: path.to_owned(), text: "a\n".to_owned(), object };
        let files = vec![file("b.yaml", None), file("a/x.yaml", Some(object))];
        Inventory::of(&Bundle { product: Product::Manifests, scenario: "hello".to_owned(), files })
    }

    fn broken(from: &str, to: &str) -> String {
        Inventory::parse(&sample().to_json().replace(from, to)).unwrap_err()
    }

    #[test]
    fn the_text_is_pretty_and_ends_with_a_line_break() {
        let digest = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7";
        let expected = format!(
            r#"{{
  "format": 1,
  "scenario": "hello",
  "files": [
    {{
      "path": "a/x.yaml",
      "sha256": "{digest}",
      "object": {{
        "apiVersion": "v1",
        "kind": "Namespace",
        "name": "shop"
      }}
    }},
    {{
      "path": "b.yaml",
      "sha256": "{digest}"
    }}
  ]
}}
"#
        );
        assert_eq!(sample().to_json(), expected);
    }

    #[test]
    fn what_was_written_is_read_back() {
        let empty =
            Inventory { product: Product::Manifests, scenario: "a \"b\"\n".to_owned(), files: Vec::new() };
        assert_eq!(Inventory::parse(&empty.to_json()), Ok(empty));
        assert_eq!(Inventory::parse(&sample().to_json()), Ok(sample()));
    }

    #[test]
    fn a_later_format_is_named_even_if_its_keys_are_unknown() {
        let sentence = "it has format 2, and this meshgen knows only format 1";
        assert_eq!(broken("\"format\": 1", "\"format\": 2"), sentence);
        assert_eq!(broken("\"format\": 1", "\"format\": 2, \"extra\": []"), sentence);
    }

    #[test]
    fn a_truncated_or_conflicted_text_is_explained() {
        let text = sample().to_json();
        for end in 0..text.trim_end().len() {
            assert!(Inventory::parse(&text[..end]).is_err(), "{end}");
        }
        assert!(broken("  \"files\"", "<<<<<<< HEAD\n  \"files\"").contains("not the JSON of an inventory"));
        assert!(broken("\"files\"", "\"extra\": 1, \"files\"").contains("unknown field `extra`"));
    }

    #[test]
    fn a_path_that_could_lead_out_of_the_folder_is_refused() {
        for path in
            ["../b", "/b", "b/..", "./b", "b//c", "", "b/", "..", "C:\\b", "b\0", ".meshgen-inventory.json"]
        {
            assert!(fault(path).is_some(), "{path:?}");
        }
        assert_eq!(fault("..b/.c/d..e"), None);
        assert_eq!(broken("b.yaml", "../b"), "the path `../b` has a part that is empty, `.` or `..`");
    }

    #[test]
    fn a_digest_that_is_none_is_refused() {
        assert!(broken("87428f", "87428F").contains("digest of `a/x.yaml`"));
        assert!(broken("87428f", "").contains("digest of `a/x.yaml`"));
    }

    #[test]
    fn a_union_knows_both_contents_of_a_file() {
        let mut newer = sample();
        newer.files[1].sha256 = sha256(b"new");
        let union = sample().union(&newer);
        assert_eq!(union.digests("b.yaml").count(), 2);
        assert_eq!(union.digests("a/x.yaml").count(), 1);
        assert_eq!(Inventory::parse(&union.to_json()), Ok(union));
    }
}
