//! A value to text: the same value always gives the same bytes, and every YAML reader reads them alike.

use serde::Serialize;

/// The value as one block-style YAML document, without a `---`.
#[must_use]
pub fn print<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    print_to(value, &mut out);
    out
}

/// As [`print`], appended to `out`.
pub fn print_to<T: Serialize + ?Sized>(value: &T, out: &mut String) {
    let _ = (value, out);
    unimplemented!("being written")
}
