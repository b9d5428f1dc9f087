//! Which fields two editions of one file differ in, read off the lines that our own printer writes.

/// A field and its value, as `spec.http[default].route[0].weight` and `90`.
type Field = (String, String);

/// A path, and its value before and after; absent where the field is only in one of the texts.
pub type Difference = (String, Option<String>, Option<String>);

struct Frame {
    indent: usize,
    label: String,
    item: bool,
    items: usize,
}

/// Nobody reads the differences of more bytes in a list.
const LONGEST: usize = 1 << 16;

/// What two texts differ in. `None` where a text is very long, or
/// holds a block of lines, which are no fields.
pub fn differences(old: &str, new: &str) -> Option<Vec<Difference>> {
    if old.len().max(new.len()) > LONGEST {
        return None;
    }
    let (old, new) = (fields(old)?, fields(new)?);
    let mut found = Vec::new();
    let mut place = 0;
    for (path, value) in &new {
        match old.iter().skip(place).position(|(it, _)| it == path) {
            Some(ahead) => {
                let at = place + ahead;
                found.extend(
                    old[place..at].iter().map(|(path, value)| (path.clone(), Some(value.clone()), None)),
                );
                place = at + 1;
                if old[at].1 != *value {
                    found.push((path.clone(), Some(old[at].1.clone()), Some(value.clone())));
                }
            }
            None => found.push((path.clone(), None, Some(value.clone()))),
        }
    }
    found.extend(old.iter().skip(place).map(|(path, value)| (path.clone(), Some(value.clone()), None)));
    Some(found)
}

fn fields(text: &str) -> Option<Vec<Field>> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut found = Vec::new();
    for line in text.lines().filter(|it| !it.trim().is_empty()) {
        let mut rest = line.trim_start();
        let mut indent = line.len() - rest.len();
        while let Some(inner) = rest.strip_prefix("- ") {
            frames.retain(|it| it.indent < indent || it.indent == indent && !it.item);
            let index = frames.last_mut().map_or(0, |list| {
                list.items += 1;
                list.items - 1
            });
            frames.push(Frame { indent, label: format!("[{index}]"), item: true, items: 0 });
            (rest, indent) = (inner, indent + 2);
        }
        let (key, value) = match rest.split_once(": ") {
            Some((key, value)) => (key, value),
            None => match rest.strip_suffix(':') {
                Some(key) => (key, ""),
                None => ("", rest),
            },
        };
        if value.starts_with(['|', '>']) {
            return None;
        }
        if !key.is_empty() {
            frames.retain(|it| it.indent < indent);
            name(&mut frames, key, value);
            frames.push(Frame { indent, label: key.to_owned(), item: false, items: 0 });
        }
        if !value.is_empty() {
            found.push((path(&frames), value.to_owned()));
        }
    }
    Some(found)
}

/// An item of a list is called by its name, where that is what it begins with.
fn name(frames: &mut [Frame], key: &str, value: &str) {
    if let Some(item) = frames.last_mut().filter(|it| it.item && key == "name" && !value.is_empty()) {
        item.label = format!("[{value}]");
    }
}

fn path(frames: &[Frame]) -> String {
    let mut path = String::new();
    for frame in frames {
        if !frame.item && !path.is_empty() {
            path.push('.');
        }
        path.push_str(&frame.label);
    }
    path
}

#[cfg(test)]
mod tests {
    use crate::plan::fields::differences;

    const OLD: &str = "spec:
  hosts:
  - a
  http:
  - name: default
    route:
    - destination:
        host: a
      weight: 90
    - destination:
        host: a
      weight: 10
    timeout: 2s
";

    fn told(new: &str) -> Vec<String> {
        let show = |it: Option<String>| it.unwrap_or("-".to_owned());
        let all = differences(OLD, new).unwrap();
        all.into_iter().map(|(path, old, new)| format!("{path} {} {}", show(old), show(new))).collect()
    }

    #[test]
    fn a_field_is_named_by_its_path() {
        assert_eq!(told(OLD), [""; 0]);
        assert_eq!(told(&OLD.replace("90", "50")), ["spec.http[default].route[0].weight 90 50"]);
        assert_eq!(told(&OLD.replace("- a", "- b")), ["spec.hosts[0] a b"]);
    }

    #[test]
    fn what_is_new_and_what_is_gone_is_told() {
        assert_eq!(told(&OLD.replace("    timeout: 2s\n", "")), ["spec.http[default].timeout 2s -"]);
        assert_eq!(told(&format!("{OLD}more: 1\n")), ["more - 1"]);
    }

    #[test]
    fn a_block_of_lines_is_no_field() {
        assert!(differences("a: |\n  b: c\n", "a: |\n  b: d\n").is_none());
    }
}
