//! What templates leave behind is taken away: blanks at the ends of lines, and empty lines in a row.

/// The text with one empty line where there were several, and one line break at its end; blocks of code stay as they are.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut empty = true;
    for line in text.split('\n') {
        if let Some(open) = fence {
            out.extend([line, "\n"]);
            if line == open {
                fence = None;
            }
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

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn empty_lines_in_a_row_are_one() {
        assert_eq!(tidy("\n\na \n\n\n\nb\n\n"), "a\n\nb\n");
    }

    #[test]
    fn code_stays_as_it_is() {
        assert_eq!(tidy("````sh\na \n\n\n```\n````\n\n\nb"), "````sh\na \n\n\n```\n````\n\nb\n");
    }
}
