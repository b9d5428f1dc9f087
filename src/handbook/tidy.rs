//! What templates leave behind is put right: blanks at the ends of lines, empty lines in a row, tables out of line.

use crate::template::table;

/// The text with one empty line where there were several, its tables aligned, and one line break at its end; blocks of
/// code stay as they are.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut empty = true;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        if let Some(open) = fence {
            out.extend([line, "\n"]);
            if line == open {
                fence = None;
            }
            empty = false;
            continue;
        }
        if line.starts_with("| ") {
            let mut rows = vec![cells(line)];
            while let Some(line) = lines.next_if(|it| it.starts_with("| ")) {
                rows.push(cells(line));
            }
            aligned(&rows, &mut out);
            empty = false;
            continue;
        }
        let line = line.trim_end_matches([' ', '\t']);
        if line.starts_with("```") {
            fence = Some(&line[..line.len() - line.trim_start_matches('`').len()]);
        }
        if !(line.is_empty() && empty) {
            out.extend([line, "\n"]);
        }
        empty = line.is_empty();
    }
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    out
}

/// The head, the rule below it, the rows.
fn aligned(rows: &[Vec<&str>], out: &mut String) {
    let [head, _, rows @ ..] = rows else { return };
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|it| (*it).to_owned()).collect()).collect();
    out.extend([table(head, &rows).as_str(), "\n"]);
}

/// The cells of a line: what stands between bars that are not escaped.
fn cells(line: &str) -> Vec<&str> {
    let inner = line.trim().trim_start_matches('|');
    let (mut all, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, letter) in inner.char_indices() {
        if letter == '|' && !escaped {
            all.push(inner[start..at].trim());
            start = at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn empty_lines_in_a_row_are_one() {
        assert_eq!(tidy("\n\na \n\n\n\nb\n\n"), "a\n\nb\n");
    }

    #[test]
    fn tables_are_aligned() {
        let text = "| a | b |\n| - | - |\n| x\\|y | `long` |\n";
        assert_eq!(tidy(text), "| a    | b      |\n| ---- | ------ |\n| x\\|y | `long` |\n");
        assert_eq!(tidy(&tidy(text)), tidy(text));
    }

    #[test]
    fn code_stays_as_it_is() {
        assert_eq!(tidy("````sh\na \n\n\n```\n````\n\n\nb"), "````sh\na \n\n\n```\n````\n\nb\n");
    }
}
