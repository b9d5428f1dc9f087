//! What would change, as `diff -u` writes it and `patch` reads it.

use similar::TextDiff;

/// The changes of one file, three lines around each; empty if there are none.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (from, to) = (format!("a/{path}"), format!("b/{path}"));
    TextDiff::from_lines(old, new).unified_diff().context_radius(3).header(&from, &to).to_string()
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn a_diff_says_what_changes_and_nothing_else() {
        let old = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5";
        let expected = "--- a/x.yaml\n+++ b/x.yaml\n@@ -1,5 +1,5 @@\n a: 1\n-b: 2\n+b: 9\n c: 3\n d: 4\n e: 5\n\\ No newline at end of file\n";
        assert_eq!(diff("x.yaml", old, &old.replace("b: 2", "b: 9")), expected);
        assert_eq!(diff("x.yaml", old, old), "");
    }
}
