//! A value to text: the same value always gives the same bytes, and every YAML reader reads them alike.

mod block;
mod key;
mod scalar;
mod ser;

use serde::Serialize;

/// The value as one block-style YAML document, without a `---`, ending with a newline.
///
/// Indentation is two spaces, list items stand flush with their key, fields keep their order. Whatever a
/// YAML 1.1 reader could take for something else is quoted; nothing is folded, anchored or tagged.
///
/// # Panics
///
/// If the `Serialize` of the value gives an error, or a map key is a list or a map: half a manifest must
/// not leave the house. None of our types does either.
#[must_use]
pub fn print<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    print_to(value, &mut out);
    out
}

/// As [`print()`], appended to `out`.
///
/// # Panics
///
/// As [`print()`].
pub fn print_to<T: Serialize + ?Sized>(value: &T, out: &mut String) {
    if let Err(refused) = value.serialize(ser::Value::root(out)) {
        panic!("this value has no YAML: {refused}");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::{Value, json};

    use crate::yaml::print;

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, u8),
        Struct { on: bool },
    }

    fn lines(value: &Value) -> Vec<String> {
        print(value).lines().map(str::to_owned).collect()
    }

    #[test]
    fn list_items_stand_flush_with_their_key() {
        let value = json!({"ports": [{"port": 80, "name": "http"}, {"port": 81}], "kind": "Service"});
        assert_eq!(lines(&value), ["ports:", "- port: 80", "  name: http", "- port: 81", "kind: Service"]);
    }

    #[test]
    fn a_list_in_a_list_begins_on_its_line() {
        let value = json!([[1, [2, 3]], [], [{"a": {"b": [{}]}}]]);
        assert_eq!(
            lines(&value),
            ["- - 1", "  - - 2", "    - 3", "- []", "- - a:", "      b:", "      - {}"]
        );
    }

    #[test]
    fn what_is_empty_stays_on_the_line() {
        let value = json!({"a": {}, "b": [], "c": null, "d": ""});
        assert_eq!(lines(&value), ["a: {}", "b: []", "c: null", "d: \"\""]);
        assert_eq!(print(&json!({})), "{}\n");
        assert_eq!(print(&json!([])), "[]\n");
    }

    #[test]
    fn a_text_of_many_lines_is_a_block() {
        let value = json!({"a": {"b": "x\n  y\n\nz\n"}, "c": ["x\ny", "x\n\n"]});
        let wanted = "a:\n  b: |\n    x\n      y\n\n    z\nc:\n- |-\n  x\n  y\n- |+\n  x\n\n";
        assert_eq!(print(&value), wanted);
        assert_eq!(print("---\nx\n"), "|\n  ---\n  x\n");
    }

    #[test]
    fn a_variant_with_content_is_a_map_of_one_key() {
        let shapes = [Shape::Unit, Shape::Newtype(1), Shape::Tuple(1, 2), Shape::Struct { on: true }];
        let wanted = "- Unit\n- Newtype: 1\n- Tuple:\n  - 1\n  - 2\n- Struct:\n    \"on\": true\n";
        assert_eq!(print(&shapes), wanted);
    }

    #[test]
    fn a_number_as_a_key_is_a_string() {
        assert_eq!(print(&BTreeMap::from([(8080, "web")])), "\"8080\": web\n");
        assert_eq!(print(&BTreeMap::from([(true, 'y')])), "\"true\": \"y\"\n");
    }

    #[test]
    fn a_float_keeps_its_point_and_needs_no_exponent() {
        let floats = [1.0, -0.5, 1e16, 1.5e-7, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        let wanted = "- 1.0\n- -0.5\n- 10000000000000000.0\n- 0.00000015\n- .inf\n- -.inf\n- .nan\n";
        assert_eq!(print(&floats), wanted);
        assert_eq!(print(&0.1_f32), "0.1\n");
    }

    #[test]
    fn whole_numbers_of_any_width_are_written_out() {
        assert_eq!(print(&(i64::MIN, u64::MAX)), "- -9223372036854775808\n- 18446744073709551615\n");
        assert_eq!(print(&i128::MIN), "-170141183460469231731687303715884105728\n");
        assert_eq!(print(&(0_u8, -7_i16, 1234_u32)), "- 0\n- -7\n- 1234\n");
    }

    #[test]
    fn a_key_longer_than_readers_look_ahead_is_announced() {
        let long = "k".repeat(2000);
        assert_eq!(print(&json!({"a": {&long: [1]}})), format!("a:\n  ? {long}\n  :\n  - 1\n"));
    }

    #[test]
    #[should_panic(expected = "this value has no YAML")]
    fn a_list_as_a_key_is_refused() {
        let _ = print(&BTreeMap::from([([1, 2], 3)]));
    }
}
