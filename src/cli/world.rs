//! The doors: stdout carries the product and nothing else, stderr everything we say.
#![expect(clippy::disallowed_methods, reason = "the porch")]

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::builtin;
use crate::check::Scenario;
use crate::cli::args::{Color, WishArgs};
use crate::cli::library::Shelf;
use crate::compile;
use crate::diag::{Diagnostic, Diagnostics, Reported, Severity, code, human};
use crate::judge::judge;
use crate::mesh::Mesh;
use crate::outdir::{self, Problem};
use crate::resolve::{Resolver, Wish};
use crate::source::{FileId, SourceMap, Span, Str};
use crate::verdict::allow;

/// A text of so many bytes goes to stdout as it is; shorter ones are gathered first.
pub const BLOCK: usize = 1 << 16;

/// Why a command does not end well.
pub enum Failure {
    /// The user's input is wrong, and was told so.
    Input,
    /// Usage or the world.
    World(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::World(error.into())
    }
}

/// How a command ends.
pub type Outcome = Result<(), Failure>;

/// Everything outside: files read so far, what was found in them, the two streams.
pub struct World {
    /// Every text read.
    pub files: SourceMap,
    /// Where profiles are found.
    pub shelf: Shelf,
    /// What was found so far.
    pub diags: Diagnostics,
    /// Resolves, and remembers.
    pub resolver: Resolver,
    /// Texts that are read in place of what is on the disk: mended ones, and stdin when it is asked for twice.
    pub mended: BTreeMap<PathBuf, String>,
    stdout: BufWriter<io::Stdout>,
    color: bool,
}

impl World {
    /// The world of one run.
    pub fn new(profiles: PathBuf, color: Color) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        Self {
            files: SourceMap::default(),
            shelf: Shelf::new(profiles),
            diags: Diagnostics::default(),
            resolver: Resolver::default(),
            mended: BTreeMap::new(),
            stdout: BufWriter::with_capacity(BLOCK, io::stdout()),
            color: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => !plain && io::stderr().is_terminal(),
            },
        }
    }

    /// Opens the profile that a user names; its scenario has the name of the file.
    ///
    /// # Errors
    /// An unknown name or an unreadable file, as the world's; a name that no folder can have, as usage.
    pub fn open(&mut self, name: &str) -> anyhow::Result<(Str, FileId)> {
        let file = self.shelf.open(name, &mut self.files).map_err(anyhow::Error::msg)?;
        let stem = name.rsplit('/').next().unwrap_or(name);
        let stem = stem.strip_suffix(".yaml").unwrap_or(stem);
        let fits =
            |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-' || it == '.' || it == '_';
        if !stem.chars().all(fits) || stem.starts_with('.') || stem.is_empty() {
            anyhow::bail!(
                "`{stem}` cannot name a scenario: use lower-case letters, digits, `-`, `.` and `_`"
            );
        }
        Ok((stem.into(), file))
    }

    /// The lesson of a profile: its first line, if that is a comment.
    pub fn lesson(&self, file: FileId) -> &str {
        builtin::lesson(self.files.text(file))
    }

    /// The mesh of a profile; what is wrong with it is among the findings.
    ///
    /// # Errors
    /// When an error has been told.
    pub fn compile(&mut self, name: &Str, file: FileId, wish: &Wish) -> Result<(Scenario, Mesh), Reported> {
        let Self { files, shelf, diags, resolver, .. } = self;
        let mut own = Diagnostics::default();
        let profile = resolver.profile(file, wish, shelf, files, &mut own);
        let spoilt = shelf.not_text();
        let is_text = spoilt.is_empty();
        for (file, at) in spoilt {
            own.take_out(files.start(file), files.text(file).len());
            let at = files.start(file) + u32::try_from(at).unwrap_or_default();
            let message = format!("`{}` is not UTF-8 text", files.path(file));
            let help = "a profile is YAML text: save it as UTF-8";
            own.push(Diagnostic::error(code::NOT_TEXT, Span { lo: at, hi: at + 1 }, message).help(help));
        }
        // A key that the language lacks is no reason to be silent about the rest: the rules are asked, too.
        let profile = if is_text { profile } else { own.ok().and(profile) };
        let compiled = profile.and_then(|it| compile(name.clone(), it, &mut own));
        diags.append(own);
        compiled
    }

    /// The same, of which the rules about manifests find no error either. They are silenced as those of a profile's own
    /// text are: by a comment that allows them, or a level in `.meshgen.yaml`.
    ///
    /// # Errors
    /// When an error has been told.
    pub fn judged(&mut self, name: &Str, file: FileId, wish: &Wish) -> Result<(Scenario, Mesh), Reported> {
        let (scenario, mesh) = self.compile(name, file, wish)?;
        let mut own = Diagnostics::default();
        self.judge(&scenario, &mesh, &mut own)?;
        let passed = own.ok();
        self.diags.append(own);
        passed.map(|()| (scenario, mesh))
    }

    /// What the rules about manifests say of a mesh that was compiled, as the user wants to hear it.
    ///
    /// # Errors
    /// When the settings are wrong.
    pub fn judge(&mut self, scenario: &Scenario, mesh: &Mesh, own: &mut Diagnostics) -> Result<(), Reported> {
        let levels = self.levels()?;
        // The process ends soon and gives it back at once.
        let cluster = ManuallyDrop::new(judge(scenario, mesh, own));
        if !own.is_empty() {
            let texts: Vec<FileId> = self.files.all().collect();
            allow::apply(&texts, Some(&cluster), None, &self.files, own);
            // A comment in a profile may be about another scenario that extends it.
            own.retain(|it| it.code != code::IDLE_ALLOWANCE);
            levels.apply(own);
        }
        Ok(())
    }

    /// The scenarios that `--all` means: those of the folder of profiles, or without one the built-in ones.
    ///
    /// # Errors
    /// A folder that cannot be read, or that has no profile.
    pub fn scenarios(&self) -> anyhow::Result<Vec<String>> {
        let own = self.shelf.own_scenarios().map_err(anyhow::Error::msg)?;
        let built_in = || builtin::PROFILES.iter().map(|it| it.name).filter(|it| builtin::is_scenario(it));
        match own {
            None => Ok(built_in().map(str::to_owned).collect()),
            Some(own) if own.is_empty() => {
                anyhow::bail!("the folder of profiles has no profile (`NAME.yaml`) in it")
            }
            Some(own) => Ok(own),
        }
    }

    /// Tells what hinders writing: `Ok` where it is the user's own folder, which exits with 1.
    ///
    /// # Errors
    /// Where it is the world.
    pub fn hindered(&self, problem: Problem) -> anyhow::Result<bool> {
        if problem.kind == outdir::Kind::World {
            return Err(problem.into());
        }
        self.say(&format!("error: {problem}"));
        Ok(true)
    }

    /// Writes to stdout.
    ///
    /// # Errors
    /// A full disk, a closed stream. A broken pipe is not an error: the process ends well there.
    pub fn print(&mut self, text: &str) -> anyhow::Result<()> {
        let done = self.stdout.write_all(text.as_bytes());
        piped(done)
    }

    /// Writes what is still to be written.
    ///
    /// # Errors
    /// As [`World::print`].
    pub fn finish(&mut self) -> Outcome {
        piped(self.stdout.flush()).map_err(Failure::World)
    }

    /// Tells all findings on stderr; whether there is an error among them.
    ///
    /// # Errors
    /// [`Failure::Input`], when there is one.
    pub fn tell(&mut self) -> Outcome {
        let findings = self.diags.sorted();
        let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let summary = human::summary(errors, warnings);
        self.tell_these(&findings);
        if errors + warnings > 0 {
            heard(&format!("\n{summary}\n"));
        }
        if errors > 0 { Err(Failure::Input) } else { Ok(()) }
    }

    /// Tells these findings on stderr.
    pub fn tell_these(&self, findings: &[&Diagnostic]) {
        let text = human::render(findings, &self.files, self.color);
        if !text.is_empty() {
            heard(&text);
        }
    }

    /// Says something on stderr.
    #[expect(clippy::unused_self, reason = "whoever speaks needs the world")]
    pub fn say(&self, text: &str) {
        heard(&format!("{text}\n"));
    }

    /// Tells an error of the world, and the exit code for it.
    pub fn complain(&self, error: &anyhow::Error) -> ExitCode {
        let (red, off) = if self.color { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        heard(&format!("{red}error{off}: {error:#}\n"));
        ExitCode::from(2)
    }
}

/// Writes to stderr. Where nobody listens, as in `2>&1 | head -1`, the exit code still says how it went.
fn heard(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// A broken pipe ends the run well: whoever read had enough.
///
/// # Errors
/// Any other error of writing to stdout.
fn piped(done: io::Result<()>) -> anyhow::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        done => done.context("cannot write to stdout"),
    }
}

/// Tells what is wrong with the command line, or answers `--help` and `--version`.
pub fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be done where even the help cannot be printed.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

impl From<&WishArgs> for Wish {
    fn from(args: &WishArgs) -> Self {
        Self { environment: args.env.clone(), sets: args.sets.clone() }
    }
}
