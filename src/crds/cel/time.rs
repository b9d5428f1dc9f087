//! Durations and points of time, in nanoseconds.

use crate::crds::cel::Stop;
use crate::crds::cel::call::unknown;
use crate::crds::cel::val::Val;

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

/// No time is further from 1970 than this: some years more than 9999.
pub const LAST: i128 = 300_000 * 366 * DAY;

/// The functions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    let number = |it: i128| Some(Ok(Val::Int(i64::try_from(it).unwrap_or(i64::MAX))));
    match (name, values) {
        ("getHours", [Val::Duration(it)]) => number(it / (3600 * SECOND)),
        ("getMinutes", [Val::Duration(it)]) => number(it / (60 * SECOND)),
        ("getSeconds", [Val::Duration(it)]) => number(it / SECOND),
        ("getMilliseconds", [Val::Duration(it)]) => number(it / 1_000_000),
        (_, [Val::Time(it)]) => part(name, *it).and_then(number),
        (_, [Val::Time(it), Val::Text(zone)]) => {
            let Some(shift) = shift(zone) else { return Some(Err(unknown(name, values))) };
            part(name, it + shift).and_then(number)
        }
        _ => None,
    }
}

/// A zone as a shift: `UTC`, `+02:00`. Names of places change with the years, and are not ours to know.
fn shift(zone: &str) -> Option<i128> {
    if matches!(zone, "UTC" | "") {
        return Some(0);
    }
    let (sign, bare) = match zone.strip_prefix('-') {
        Some(it) => (-1, it),
        None => (1, zone.strip_prefix('+').unwrap_or(zone)),
    };
    let (hours, minutes) = bare.split_once(':')?;
    Some(sign * (hours.parse::<i128>().ok()? * 60 + minutes.parse::<i128>().ok()?) * 60 * SECOND)
}

fn part(name: &str, time: i128) -> Option<i128> {
    let (days, rest) = (time.div_euclid(DAY), time.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    Some(match name {
        "getFullYear" => year,
        "getMonth" => month - 1,
        "getDate" => day,
        "getDayOfMonth" => day - 1,
        "getDayOfWeek" => (days + 4).rem_euclid(7),
        "getDayOfYear" => days - days_from(year, 1, 1),
        "getHours" => rest / (3600 * SECOND),
        "getMinutes" => rest / (60 * SECOND) % 60,
        "getSeconds" => rest / SECOND % 60,
        "getMilliseconds" => rest / 1_000_000 % 1000,
        _ => return None,
    })
}

/// Days since 1970 of a date, in the calendar of today for all times (after Howard Hinnant).
fn days_from(year: i128, month: i128, day: i128) -> i128 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a number of days since 1970.
fn civil(days: i128) -> (i128, i128, i128) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i128::from(month <= 2), month, day)
}

fn digits(text: &str, range: std::ops::Range<usize>) -> Option<i128> {
    let text = text.get(range)?;
    text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A date such as `2026-01-31`, as the time at which it begins.
pub fn date(text: &str) -> Option<i128> {
    let shape = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let (year, month, day) = (digits(text, 0..4)?, digits(text, 5..7)?, digits(text, 8..10)?);
    let days = days_from(year, month, day);
    let real = (1..=12).contains(&month) && civil(days) == (year, month, day);
    (shape && real).then_some(days * DAY)
}

/// A time of RFC 3339.
pub fn timestamp(text: &str) -> Option<i128> {
    let day = date(text.get(..10)?)?;
    let time = text.get(10..)?.strip_prefix(['T', 't'])?;
    let shape = time.get(2..3) == Some(":") && time.get(5..6) == Some(":");
    let (hours, minutes, seconds) = (digits(time, 0..2)?, digits(time, 3..5)?, digits(time, 6..8)?);
    let rest = time.get(8..)?;
    let fraction = rest
        .strip_prefix('.')
        .map_or("", |it| &it[..it.find(|it: char| !it.is_ascii_digit()).unwrap_or(it.len())]);
    let zone = if rest.starts_with('.') { rest.get(1 + fraction.len()..)? } else { rest };
    if !shape || hours > 23 || minutes > 59 || seconds > 59 || (rest.starts_with('.') && fraction.is_empty())
    {
        return None;
    }
    let shift = match zone {
        "Z" | "z" => 0,
        _ if zone.len() == 6 && zone.starts_with(['+', '-']) && zone.get(3..4) == Some(":") => shift(zone)?,
        _ => return None,
    };
    let nanos: i128 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    Some(day + (hours * 3600 + minutes * 60 + seconds) * SECOND + nanos - shift)
}

const UNITS: [(&str, i128); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", SECOND),
    ("m", 60 * SECOND),
    ("h", 3600 * SECOND),
];

/// A duration in Go's spelling: `1h30m`, `-1.5s`.
pub fn duration(text: &str) -> Option<i128> {
    let (sign, bare) = match text.strip_prefix('-') {
        Some(it) => (-1, it),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if bare == "0" {
        return Some(0);
    }
    let (mut rest, mut total) = (bare, 0_i128);
    while !rest.is_empty() {
        let end = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
        let (number, tail) = rest.split_at(end);
        let end = tail.find(|it: char| it.is_ascii_digit() || it == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(end);
        let (_, factor) = UNITS.iter().find(|(it, _)| *it == unit)?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && part.is_empty()) || part.contains('.') || whole.len() > 19 {
            return None;
        }
        let part = &part[..part.len().min(18)];
        let scale = 10_i128.pow(u32::try_from(part.len()).ok()?);
        let digits: i128 = format!("0{whole}{part}").parse().ok()?;
        total = total.checked_add(digits.checked_mul(*factor)? / scale)?;
        rest = tail;
    }
    let total = sign * total;
    (!bare.is_empty() && i64::try_from(total).is_ok()).then_some(total)
}

/// A duration as the API server takes it for `format: duration`: also `2 days` and `3 weeks`.
pub fn lenient_duration(text: &str) -> Option<i128> {
    const WORDS: [(&[&str], i128); 8] = [
        (&["ns", "nano"], 1),
        (&["us", "µs", "micro"], 1_000),
        (&["ms", "milli"], 1_000_000),
        (&["s", "sec"], SECOND),
        (&["m", "min"], 60 * SECOND),
        (&["h", "hr", "hour"], 3600 * SECOND),
        (&["d", "day"], DAY),
        (&["w", "wk", "week"], 7 * DAY),
    ];
    if let Some(it) = duration(text) {
        return Some(it);
    }
    let (mut rest, mut total, mut found) = (text, 0_i128, false);
    while let Some(start) = rest.find(|it: char| it.is_ascii_digit()) {
        rest = &rest[start..];
        let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        let number: i128 = rest[..end].parse::<i64>().ok()?.into();
        let tail = rest[end..].trim_start();
        let length = tail.find(|it: char| !it.is_ascii_alphabetic() && it != 'µ').unwrap_or(tail.len());
        let unit = tail[..length].to_lowercase();
        for (words, factor) in WORDS.iter().filter(|_| !unit.is_empty()) {
            let longest = words.last().is_some_and(|it| unit.starts_with(it));
            if longest || words.contains(&unit.as_str()) {
                found = true;
                total = total.checked_add(number.checked_mul(*factor)?)?;
            }
        }
        rest = &tail[length..];
    }
    found.then_some(total)
}

/// A duration as CEL prints it: in seconds.
pub fn show_duration(nanos: i128) -> String {
    let (sign, size) = (if nanos < 0 { "-" } else { "" }, nanos.abs());
    let fraction = format!("{:09}", size % SECOND);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}s", size / SECOND)
}

/// A time as CEL prints it: RFC 3339 in UTC.
pub fn show_time(nanos: i128) -> String {
    let (days, rest) = (nanos.div_euclid(DAY), nanos.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let seconds = rest / SECOND;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = format!("{:09}", rest % SECOND);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}{point}{fraction}Z")
}

#[cfg(test)]
mod tests {
    use crate::crds::cel::time::{date, duration, lenient_duration, show_time, timestamp};

    #[test]
    fn durations_are_gos_and_lenient_ones_have_days() {
        assert_eq!(duration("1h30m"), Some(5_400_000_000_000));
        assert_eq!(duration("-1.5s"), Some(-1_500_000_000));
        assert_eq!(lenient_duration("2 days"), Some(172_800_000_000_000));
        for text in ["", "5", "s", "1d", "1.2.3s", ".", "9999999999h"] {
            assert_eq!(duration(text), None, "{text}");
        }
        assert_eq!(lenient_duration("soon"), None);
    }

    #[test]
    fn times_are_counted_from_1970() {
        assert_eq!(timestamp("1970-01-01T00:00:01.5Z"), Some(1_500_000_000));
        assert_eq!(timestamp("1970-01-01T01:00:00+01:00"), Some(0));
        assert_eq!(date("2023-02-29"), None);
        assert_eq!(show_time(timestamp("2024-02-29T23:59:59.25Z").unwrap()), "2024-02-29T23:59:59.25Z");
        for text in ["2024-01-01", "2024-01-01T25:00:00Z", "2024-01-01T00:00:00", "2024-1-1T00:00:00Z"] {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }
}
