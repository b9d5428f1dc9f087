//! What stands behind `allow`: rules, a reason and perhaps a last day.

use crate::catalogue;
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use crate::units::date::Date;
use crate::verdict::allow::is_known;

/// What an allowance says.
#[derive(Debug)]
pub struct Words {
    /// The rules, as written.
    pub rules: Vec<String>,
    /// Their codes.
    pub codes: Vec<&'static str>,
    /// The last day.
    pub until: Option<Date>,
}

/// Why an allowance is not heeded.
#[derive(Debug)]
pub struct Unclear {
    message: String,
    help: String,
}

impl Unclear {
    /// What to tell, at the place of the allowance.
    pub fn at(self, span: Span) -> Diagnostic {
        Diagnostic::warning(code::UNCLEAR_ALLOWANCE, span, self.message).help(self.help)
    }
}

impl Words {
    /// Reads `RULE[,RULE…] reason [until YYYY-MM-DD]`.
    pub fn parse(text: &str) -> Result<Self, Unclear> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let until = last_day(&mut words)?;
        let Some(first) = words.first().copied() else {
            return Err(Unclear {
                message: "this does not say what it allows".to_owned(),
                help: HOW.to_owned(),
            });
        };
        let rules: Vec<String> =
            first.split(',').filter(|it| !it.is_empty()).map(|it| it.trim_matches('`').to_owned()).collect();
        let mut codes = Vec::new();
        for rule in &rules {
            let Some(code) = is_known(rule) else {
                let help = match catalogue::meant(rule) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`meshgen rules` names them all".to_owned(),
                };
                return Err(Unclear {
                    message: format!("this allows `{rule}`, and there is no such rule"),
                    help,
                });
            };
            codes.push(code);
        }
        if words[1..].iter().all(|it| it.chars().all(|it| !it.is_alphanumeric())) {
            return Err(Unclear {
                message: format!("this allows `{first}` and does not say why"),
                help: HOW.to_owned(),
            });
        }
        Ok(Self { rules, codes, until })
    }
}

const HOW: &str = "write `# meshgen: allow RULE reason`, and behind it `until 2027-01-31` if it ends";

/// Takes `until DAY` off the end.
fn last_day(words: &mut Vec<&str>) -> Result<Option<Date>, Unclear> {
    let [.., "until", day] = words[..] else { return Ok(None) };
    let looks_like_one = day.starts_with(|it: char| it.is_ascii_digit());
    match Date::parse(day) {
        Some(date) => {
            words.truncate(words.len() - 2);
            Ok(Some(date))
        }
        None if looks_like_one => Err(Unclear {
            message: format!("`{day}` is no day"),
            help: "a day is written as `2027-01-31`".to_owned(),
        }),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn said(text: &str) -> String {
        match Words::parse(text) {
            Ok(words) => format!(
                "{} {}",
                words.codes.join(","),
                words.until.map(|it| it.to_string()).unwrap_or_default()
            ),
            Err(it) => it.message,
        }
    }

    #[test]
    fn an_allowance_says_what_and_why_and_how_long() {
        assert_eq!(said("unknown-subset made by the release job"), "MG3501 ");
        assert_eq!(said("MG3501,mg1004 made later until 2027-01-31"), "MG3501,MG1004 2027-01-31");
        assert_eq!(said("unknown-subset we wait until monday"), "MG3501 ");
        assert_eq!(said(""), "this does not say what it allows");
        assert_eq!(said("unknown-subset"), "this allows `unknown-subset` and does not say why");
        assert_eq!(said("unknown-subset --"), "this allows `unknown-subset` and does not say why");
        assert_eq!(
            said("unknown-subset until 2027-01-31"),
            "this allows `unknown-subset` and does not say why"
        );
        assert_eq!(said("unknown-subset why until 2027-13-31"), "`2027-13-31` is no day");
        assert_eq!(said("no-rule why"), "this allows `no-rule`, and there is no such rule");
    }
}
