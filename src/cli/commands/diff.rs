//! `diff`: in what two rulebooks differ, or two states of a firm.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use clio_rules::protocol::{
    DiffFirmRequest, DiffRequest, Exchange, ProtocolQuestion, SourceTexts, World,
};
use clio_rules::render::{RenderMarkdown, RenderText, TitledDifference};
use clio_rules::{Day, Finding, Firm, Rulebook, codes};

use super::RunCommand;
use crate::cli::bounds::SearchBoundArgs;
use crate::cli::day::{loader, usage};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::{FileArg, only_one_is_standard};
use crate::cli::format::OutputFormat;
use crate::cli::location::rulebook_within;
use crate::cli::options::{LocationArgs, firm_from};
use crate::cli::terminal::Terminal;

/// Compares two rulebooks by their decisions, or two states of a firm
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 equal, 1 different, 2 could not be asked, or nothing was found within `--states`
and `--time` and there could be more.

Two folders of rules are compared by what they decide, not line by line: who gains and who loses
what, under the shortest exact conditions; then other reasons, effects, bases and names,
conflicts, advice and properties. Equal is proven: no question and no change can tell the two
apart; the answer lists what was compared. What was only renamed is said to be, and what follows
is compared under the new name. What only one side knows, the other leaves aside.

With --firm two firm files are compared person by person: what is different, what each gains and
loses by it, and which permitted changes lead there, in an order in which they can be made, or
why none does. With two days, one firm file is compared with itself: what ends between them.

Examples:
  clio-rules diff old/rules rules
  git worktree add ../before main && clio-rules diff ../before/rules rules --format markdown
  clio-rules diff --firm last-month.yaml firm.yaml
  clio-rules diff --firm firm.yaml --on 2026-12-31 --on 2027-01-31")]
pub(crate) struct DiffArgs {
    /// The old rules: a folder; with --firm, the old firm file, or - for standard input
    old: PathBuf,
    /// The new rules: a folder; with --firm, the new firm file, or - for standard input
    #[arg(required_unless_present = "on")]
    new: Option<PathBuf>,
    /// Compares two firm files instead of two folders of rules
    #[arg(long)]
    firm: bool,
    /// With --firm, folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR", requires = "firm")]
    rules: Option<PathBuf>,
    /// With --firm, day on which the firms are looked at, as YYYY-MM-DD; given twice, the day of the old and the day of the new firm,
    /// which may be one file [default: today]
    #[arg(long, value_name = "DATE", requires = "firm")]
    on: Vec<Day>,
    #[command(flatten)]
    bounds: SearchBoundArgs,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
}

/// How a difference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For a pull request
    Markdown,
}

impl RunCommand for DiffArgs {
    fn format(&self) -> OutputFormat {
        match self.format {
            DiffFormat::Json => OutputFormat::Json,
            _ => OutputFormat::Text,
        }
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        if self.firm {
            let [before, after] = self.firm_files().map(|file| file.is_standard());
            let ends = [("the old firm", before), ("the new firm", after)];
            only_one_is_standard("input", ends)?;
            let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
            let rulebook = rulebook_within(folder.as_deref(), &self.bounds.limits())?;
            let days = self.days()?;
            let (before, after) = self.firms(&rulebook, days)?;
            let [from, to] = self.firm_names(days);
            let old = SourceTexts::from(&*from);
            let new = Some(SourceTexts::from(&*to));
            let world = World::new(&after)
                .with_firm(from, &before)
                .with_firm(to, &after);
            let difference = world.ask(DiffFirmRequest { old, new })?;
            self.show(Some(&world), &difference, &difference.reply, terminal)?;
            return Ok(ExitStatus::of(difference.yes));
        }
        let new = self.new_side();
        let rules = |path: &Path| {
            if path.is_file() {
                Err(not_a_folder(path))
            } else {
                Ok(rulebook_within(Some(path), &self.bounds.limits())?)
            }
        };
        let (before, after) = (rules(&self.old)?, rules(new)?);
        let [old, new] = [&*self.old, new].map(SourceTexts::of_file);
        let new = Some(new);
        let difference = DiffRequest { old, new }.of_rules(&before, &after)?;
        let titled = TitledDifference {
            difference: &difference.reply,
            old: &|product| before.title(product),
            new: &|product| after.title(product),
        };
        self.show(None, &difference, &titled, terminal)?;
        Ok(if difference.reply.is_decided() {
            ExitStatus::of(difference.yes)
        } else {
            ExitStatus::NotAsked
        })
    }
}

/// A file stands where a folder of rules is asked for.
fn not_a_folder(path: &Path) -> CommandFailure {
    let file = path.display();
    let found = Finding::new(
        &codes::CANNOT_READ,
        None,
        &[&file, &"it is no folder of rules"],
    );
    let help = "name the folder it is in; with --firm two firm files are compared";
    found.with_help(help).into()
}

impl DiffArgs {
    /// The new side, which is the old one where only days are given.
    fn new_side(&self) -> &Path {
        self.new.as_deref().unwrap_or(&self.old)
    }

    /// The days of both firms; none for today.
    fn days(&self) -> Result<[Option<Day>; 2], CommandFailure> {
        match (self.on.as_slice(), &self.new) {
            ([], _) => Ok([None; 2]),
            ([day], Some(_)) => Ok([Some(*day); 2]),
            ([before, after], _) => Ok([Some(*before), Some(*after)]),
            ([_], None) => Err(usage(
                "with one firm file, give --on twice: two days of it are compared",
            )),
            _ => Err(usage("--on is given twice at most: two firms are compared")),
        }
    }

    /// Both firms by name: their files, with the days of one file.
    fn firm_names(&self, days: [Option<Day>; 2]) -> [String; 2] {
        let files = [&*self.old, self.new_side()].map(|file| file.display().to_string());
        let is_one = *self.old == *self.new_side();
        let named = |file: String, day: Option<Day>| match day {
            Some(day) if is_one => format!("{file} on {day}"),
            _ => file,
        };
        let ([old, new], [before, after]) = (files, days);
        [named(old, before), named(new, after)]
    }

    /// Both sides, where they are firm files.
    fn firm_files(&self) -> [FileArg; 2] {
        [&*self.old, self.new_side()].map(|path| FileArg::from(path.to_owned().into_os_string()))
    }

    /// Both firms, read side by side. Only the second is watched: two bars on one line would write over each other.
    fn firms(
        &self,
        rulebook: &Rulebook,
        days: [Option<Day>; 2],
    ) -> Result<(Firm, Firm), CommandFailure> {
        let [old, new] = self.firm_files();
        let [before, after] = days.map(|day| loader(rulebook, day));
        std::thread::scope(|threads| {
            let old = threads.spawn(|| old.firm(before));
            let new = firm_from(after, Some(&new));
            let old = old.join().unwrap_or_else(|panic| resume_unwind(panic));
            Ok((old?, new?))
        })
    }

    fn show<Q: ProtocolQuestion, R: RenderText + RenderMarkdown>(
        &self,
        world: Option<&World<'_>>,
        difference: &Exchange<Q>,
        words: &R,
        terminal: &mut Terminal,
    ) -> Result<(), CommandFailure> {
        match self.format {
            DiffFormat::Json => terminal.json(difference)?,
            DiffFormat::Text => terminal.text(world, words)?,
            DiffFormat::Markdown => terminal.markdown(world, words)?,
        }
        Ok(())
    }
}
