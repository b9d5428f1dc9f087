//! Schedules as a `CronJob` has them: five fields, or a word with an `@`.

/// Whether the API server takes a schedule. It reads them with `robfig/cron`, standard fields only.
pub fn is_schedule(text: &str) -> bool {
    if let Some(word) = text.strip_prefix('@') {
        let known = ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"];
        return known.contains(&word) || word.strip_prefix("every ").is_some_and(|it| !it.is_empty());
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    fields.len() == FIELDS.len()
        && fields
            .iter()
            .zip(FIELDS)
            .all(|(field, (least, most, names))| field.split(',').all(|it| is_range(it, least, most, names)))
}

/// The least and the most of each field, and its names.
const FIELDS: [(u32, u32, &[&str]); 5] =
    [(0, 59, &[]), (0, 23, &[]), (1, 31, &[]), (1, 12, &MONTHS), (0, 6, &DAYS)];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// `*`, `5`, `1-5`, and any of them with `/2` behind.
fn is_range(text: &str, least: u32, most: u32, names: &[&str]) -> bool {
    let (range, step) = text.split_once('/').unwrap_or((text, "1"));
    if !step.parse::<u32>().is_ok_and(|it| it > 0) {
        return false;
    }
    if matches!(range, "*" | "?") {
        return true;
    }
    let value = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let name = names.iter().position(|it| *it == lower).and_then(|it| u32::try_from(it).ok());
        name.map(|it| it + least).or_else(|| text.parse().ok()).filter(|it| (least..=most).contains(it))
    };
    match range.split_once('-') {
        Some((from, to)) => matches!((value(from), value(to)), (Some(from), Some(to)) if from <= to),
        None => value(range).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_schedule;

    #[test]
    fn a_schedule_has_five_fields() {
        for text in
            ["*/5 * * * *", "0 0 1,15 * mon-fri", "@daily", "0-30/5 1 ? JAN *", "@every 1h", "5/10 * * * *"]
        {
            assert!(is_schedule(text), "{text}");
        }
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* * 0 * *",
            "a * * * *",
            "*/0 * * * *",
            "5-1 * * * *",
        ] {
            assert!(!is_schedule(text), "{text}");
        }
    }
}
