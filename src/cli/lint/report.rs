//! What was found, in the format that was asked for, and how the run ends.

use std::collections::BTreeMap;

use crate::catalogue;
use crate::cli::args::LintFormat;
use crate::cli::lint::asked::Asked;
use crate::cli::lint::judge::Judged;
use crate::cli::world::{Failure, Outcome, World};
use crate::diag::{Code, Diagnostic, Severity, github, human, json, junit, sarif};
use crate::verdict::baseline::Print;

/// Nobody reads more findings of one rule in one run.
const MANY: usize = 10;

/// How findings are told.
pub struct Report<'a> {
    /// What was asked for.
    pub asked: &'a Asked,
    /// What came of it.
    pub judged: &'a Judged,
    /// The format.
    pub format: LintFormat,
    /// Whether people want every finding.
    pub all: bool,
}

impl Report<'_> {
    /// Tells what was found.
    ///
    /// # Errors
    /// [`Failure::Input`], if a finding fails the run; the world's, if a file could not be read.
    pub fn tell(&self, world: &mut World) -> Outcome {
        let findings = world.diags.sorted();
        let failed = findings.iter().any(|it| it.severity >= self.asked.fail_on);
        let text = match self.format {
            LintFormat::Human => {
                self.people(&findings, world);
                String::new()
            }
            LintFormat::Json => json::render(&findings, &world.files),
            LintFormat::Sarif => sarif::render_with(&catalogue::about, &findings, &world.files),
            LintFormat::Github => github::render(&findings, &world.files),
            LintFormat::Junit => {
                let judged: Vec<&str> = self.judged.files.iter().map(|it| world.files.path(it.0)).collect();
                junit::render(&findings, &world.files, &judged, self.asked.fail_on)
            }
        };
        world.print(&text)?;
        self.unread(world)?;
        if failed { Err(Failure::Input) } else { Ok(()) }
    }

    /// What cannot be read is the world's, and told after all else.
    fn unread(&self, world: &World) -> Outcome {
        let Some((last, others)) = self.judged.unread.split_last() else { return Ok(()) };
        for error in others {
            world.complain(error);
        }
        Err(Failure::World(anyhow::anyhow!("{last:#}")))
    }

    fn people(&self, findings: &[&Diagnostic], world: &World) {
        let least = if self.all { Severity::Info } else { self.asked.fail_on.min(Severity::Warning) };
        let mut shown = Vec::new();
        let mut cut: BTreeMap<&str, (Code, usize)> = BTreeMap::new();
        let mut infos = 0;
        for finding in findings {
            if finding.severity < least {
                infos += 1;
                continue;
            }
            let count = &mut cut.entry(finding.code.id).or_insert((finding.code, 0)).1;
            *count += 1;
            if self.all || *count <= MANY {
                shown.push(*finding);
            }
        }
        world.tell_these(&shown);
        let mut before = "\n";
        for (code, count) in cut.values().filter(|it| it.1 > MANY && !self.all) {
            let more = count - MANY;
            world.say(&format!(
                "{before}… and {more} more of {} `{}`: `--all` shows them",
                code.id, code.name
            ));
            before = "";
        }
        if !self.judged.cluster.objects().is_empty() || self.judged.unread.is_empty() {
            world.say(&self.last_words(findings, infos));
        }
        self.tell_what_is_gone(world);
    }

    /// As `2 errors and 1 warning; 12 objects judged, 3 findings allowed`.
    fn last_words(&self, findings: &[&Diagnostic], infos: usize) -> String {
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        let found = human::summary(count(Severity::Error), count(Severity::Warning));
        let Judged { cluster, allowed, known, .. } = self.judged;
        let mut rest = vec![format!("{} judged", number(cluster.objects().len(), "object"))];
        if *allowed > 0 {
            rest.push(format!("{} allowed", number(*allowed, "finding")));
        }
        if *known > 0 {
            rest.push(format!("{} in the baseline", number(*known, "finding")));
        }
        if infos > 0 {
            rest.push(format!("{} not shown (`--all`)", number(infos, "info")));
        }
        let rest = rest.join(", ");
        if found.is_empty() { rest } else { format!("\n{found}; {rest}") }
    }

    /// So that the file can shrink.
    fn tell_what_is_gone(&self, world: &World) {
        let gone = &self.judged.gone;
        let Some(path) = self.asked.baseline.as_ref().filter(|_| !gone.is_empty()) else { return };
        let path = path.display();
        let are = if gone.len() == 1 { "is" } else { "are" };
        world.say(&format!("{} of `{path}` {are} no longer found:", number(gone.len(), "entry")));
        for Print { code, at, message } in gone.iter().take(MANY) {
            world.say(&format!("  {code} {at}: {message}"));
        }
        if gone.len() > MANY {
            world.say(&format!("  … and {} more", gone.len() - MANY));
        }
        world.say(&format!("`--write-baseline {path}` takes them out"));
    }
}

/// As `1 object` and `2 objects`.
pub fn number(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}
