//! Words of users in Markdown: code spans, blocks and tables that nothing can break out of.

/// A code span, in a line or in a cell of a table, whatever stands in it.
pub fn code(text: &str) -> String {
    let edge = |it: char| it == ' ' || it.is_whitespace();
    let tame = !text.is_empty()
        && !text.starts_with(edge)
        && !text.ends_with(edge)
        && !text.chars().any(|it| it == '|' || it == '\\' || is_break(it));
    if !tame {
        return entities(text);
    }
    let fence = "`".repeat(longest_run(text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A block of code in a language, whatever stands in it; it begins and ends with its fence.
pub fn fenced(text: &str, language: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}")
}

/// A table. Columns are aligned for those who read the source, where that is not too wide.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    const WIDEST: usize = 64;
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|it| it.chars().count());
        let most = cells.chain([head[column].chars().count(), 3]).max().unwrap_or(3);
        if most > WIDEST { 0 } else { most }
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut out = String::new();
    line(&mut out, &widths, head.iter().copied());
    let rule: Vec<String> = widths.iter().map(|it| "-".repeat((*it).max(3))).collect();
    line(&mut out, &widths, rule.iter().map(String::as_str));
    for row in rows {
        line(&mut out, &widths, row.iter().map(String::as_str));
    }
    out.truncate(out.trim_end().len());
    out
}

fn line<'t>(out: &mut String, widths: &[usize], cells: impl Iterator<Item = &'t str>) {
    for (cell, width) in cells.zip(widths) {
        let blanks = width.saturating_sub(cell.chars().count());
        out.extend(["| ", cell]);
        out.extend(std::iter::repeat_n(' ', blanks + 1));
    }
    out.push_str("|\n");
}

fn is_break(it: char) -> bool {
    it.is_control() || it == '\u{2028}' || it == '\u{2029}'
}

/// The same as HTML, where a number stands for whatever could be mark-up; what cannot be seen has a picture.
fn entities(text: &str) -> String {
    let mut out = String::from("<code>");
    for it in text.chars() {
        match it {
            ' ' => out.push_str("&#32;"),
            '\u{7f}' => out.push('\u{2421}'),
            it if u32::from(it) < 0x20 => out.extend(char::from_u32(0x2400 + u32::from(it))),
            it if is_break(it) => out.push('\u{fffd}'),
            it if it.is_ascii_punctuation() => out.extend(["&#", &u32::from(it).to_string(), ";"]),
            it => out.push(it),
        }
    }
    out.push_str("</code>");
    out
}

fn longest_run(text: &str) -> usize {
    text.split(|it| it != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::template::{code, fenced, table};

    #[test]
    fn a_span_has_more_backticks_than_its_text() {
        assert_eq!(code("a b"), "`a b`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
    }

    #[test]
    fn what_would_part_a_cell_or_a_line_is_written_by_number() {
        assert_eq!(code("a|b"), "<code>a&#124;b</code>");
        assert_eq!(code("\\"), "<code>&#92;</code>");
        assert_eq!(code("a\nb"), "<code>a\u{240a}b</code>");
        assert_eq!(code(""), "<code></code>");
        assert_eq!(code(" a"), "<code>&#32;a</code>");
    }

    #[test]
    fn a_block_has_a_longer_fence_than_any_in_it() {
        assert_eq!(fenced("x", "sh"), "```sh\nx\n```");
        assert_eq!(fenced("```\n", ""), "````\n```\n````");
    }

    #[test]
    fn columns_are_aligned() {
        let rows = [vec!["`a`".to_owned(), "long".to_owned()]];
        assert_eq!(table(&["A", "B"], &rows), "| A   | B    |\n| --- | ---- |\n| `a` | long |");
    }
}
