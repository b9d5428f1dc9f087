//! A day of the calendar. Nobody asks a clock: whoever compares says what day it is.

use schemars::{Schema, json_schema};

use crate::yaml::{FromScalar, Scalar, Wrong};

/// A day, as `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day that `text` names, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            let text = parts.next()?;
            let fits = text.len() == digits && text.bytes().all(|it| it.is_ascii_digit());
            fits.then(|| text.parse::<u16>().ok()).flatten()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() || !(1..=12).contains(&month) {
            return None;
        }
        let date = Self { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        (1..=date.days_of_month()).contains(&date.day).then_some(date)
    }

    /// Days since the first of March of the year 0, so that two dates can be subtracted.
    pub fn days(self) -> u32 {
        // Years begin in March: the leap day is then the last of its year.
        let (year, month) = if self.month > 2 {
            (u32::from(self.year), u32::from(self.month) - 3)
        } else {
            (u32::from(self.year).saturating_sub(1), u32::from(self.month) + 9)
        };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + u32::from(self.day) - 1
    }

    /// The day so many days later; `None` after the year 9999.
    pub fn after(self, days: u32) -> Option<Self> {
        let day = self.days().checked_add(days)?;
        let (era, of_era) = (day / 146_097, day % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let of_month = of_year - (153 * month + 2) / 5 + 1;
        let (later, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
        let year = u16::try_from(400 * era + year + later).ok().filter(|it| *it <= 9999)?;
        Some(Self { year, month: u8::try_from(month).ok()?, day: u8::try_from(of_month).ok()? })
    }

    fn days_of_month(self) -> u8 {
        let leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 31,
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromScalar for Date {
    const EXPECTS: &'static str = "a day such as `2026-11-23`";

    fn from_scalar(scalar: &Scalar) -> Result<Self, Wrong> {
        Self::parse(&scalar.text).ok_or_else(Wrong::default)
    }

    fn schema() -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
    }
}

#[cfg(test)]
mod tests {
    use crate::units::date::Date;

    #[test]
    fn days_are_counted_over_leap_years() {
        let days = |text| Date::parse(text).unwrap().days();
        assert_eq!(days("2024-03-01") - days("2024-02-28"), 2);
        assert_eq!(days("2100-03-01") - days("2100-02-28"), 1);
        assert_eq!(days("2026-11-23") - days("2025-11-23"), 365);
    }

    #[test]
    fn a_later_day_is_as_many_days_away() {
        let start = Date::parse("2023-12-30").unwrap();
        for days in [0, 1, 2, 60, 61, 62, 365, 366, 800, 36_525, 146_097, 200_000] {
            let later = start.after(days).unwrap();
            assert_eq!(later.days() - start.days(), days);
            assert_eq!(Date::parse(&later.to_string()), Some(later));
        }
        assert_eq!(start.after(60).unwrap().to_string(), "2024-02-28");
        assert_eq!((start.after(4_000_000), start.after(u32::MAX)), (None, None));
    }

    #[test]
    fn a_day_that_no_calendar_has_is_none() {
        for text in ["2026-02-29", "2026-13-01", "2026-1-1", "2026-11-23Z", "2026-11-00", ""] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
