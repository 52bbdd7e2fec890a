//! Options that several commands share, and what they load.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use clio_rules::protocol::{Exchange, ProtocolQuestion, World};
use clio_rules::render::{CommandOptions, RenderText};
use clio_rules::{
    AskError, Day, Finding, Findings, Firm, FirmLoader, Limits, Question, Rulebook, codes,
};

use super::completion::{IdKind, ids};
use super::day::{OnArg, loader, only};
use super::exit::ExitStatus;
use super::failure::CommandFailure;
use super::files::FileArg;
use super::format::OutputFormat;
use super::location::{FIRM, RULES, rulebook_within};
use super::progress::ProgressLine;
use super::terminal::Terminal;

/// Where the rules and the people come from.
#[derive(Debug, Args)]
pub(crate) struct LocationArgs {
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Firm file, or - for standard input [default: firm.yaml here, else the built-in example firm]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    firm: Option<FileArg>,
    /// Day on which the firm is looked at, as YYYY-MM-DD: entries whose `until` is before it have ended [default: today]
    #[arg(long, value_name = "DATE", value_parser = OnArg::day)]
    on: Vec<OnArg>,
}

/// What is asked against: rules, people, and the choices for this run.
#[derive(Debug, Args)]
pub(crate) struct FirmArgs {
    #[command(flatten)]
    pub(crate) sources: LocationArgs,
    /// Product that is meant; needed where several know the name
    #[arg(long, value_name = "ID", add = ids(IdKind::Product))]
    pub(crate) product: Option<String>,
    /// Chooses a reading for this run (may be repeated)
    #[arg(long = "reading", value_name = "NAME=true|false", add = ids(IdKind::Reading), value_parser = ReadingArg::parse)]
    readings: Vec<ReadingArg>,
}

/// A choice of one reading.
#[derive(Debug, Clone)]
struct ReadingArg {
    name: String,
    choice: bool,
}

impl ReadingArg {
    fn parse(text: &str) -> Result<Self, String> {
        let choice = |word| match word {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        text.split_once('=')
            .and_then(|(name, word)| Some((name, choice(word)?)))
            .map(|(name, choice)| Self {
                name: name.to_owned(),
                choice,
            })
            .ok_or_else(|| "write it as NAME=true or NAME=false".to_owned())
    }
}

/// A name and a value with `=` between them.
pub(crate) fn name_and_value(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| "write it as NAME=VALUE".to_owned())
}

/// What looks like rules in a folder and is not read. Where nothing is read, loading says so itself.
pub(crate) fn not_read_in(rules: Option<&Path>) -> Findings {
    let folder = rules.filter(|folder| !Rulebook::files_in(folder).is_empty());
    folder.map(Rulebook::not_read_in).unwrap_or_default()
}

impl LocationArgs {
    /// The folder of rule files; none for the built-in ones. Says which ones answer where they were not asked for.
    pub(crate) fn rules(&self, terminal: &mut Terminal) -> Option<PathBuf> {
        Self::rules_in(self.rules.as_deref(), terminal)
    }

    /// Whether rules were asked for by name.
    pub(crate) fn names_rules(&self) -> bool {
        self.rules.is_some()
    }

    /// The same for commands that need no firm.
    pub(crate) fn rules_in(named: Option<&Path>, terminal: &mut Terminal) -> Option<PathBuf> {
        match named {
            Some(folder) => Some(tidy(folder)),
            None if Rulebook::is_in(RULES) => {
                terminal.note("rules: ./rules");
                Some(PathBuf::from(RULES))
            }
            None => {
                terminal.note("rules: the built-in ones");
                None
            }
        }
    }

    /// The day on which the firm is looked at; none for today.
    pub(crate) fn day(&self) -> Result<Option<Day>, CommandFailure> {
        only(
            "day",
            self.on.iter().filter_map(|on| match on {
                OnArg::Day(day) => Some(*day),
                OnArg::Thing(_) => None,
            }),
        )
    }

    /// The thing that is meant, where the command takes one.
    pub(crate) fn thing(&self) -> Result<Option<String>, CommandFailure> {
        only(
            "thing",
            self.on.iter().filter_map(|on| match on {
                OnArg::Thing(id) => Some(id.clone()),
                OnArg::Day(_) => None,
            }),
        )
    }

    /// The firm as an end of standard input.
    pub(crate) fn firm_end(&self) -> (&'static str, bool) {
        ("the firm", self.firm == Some(FileArg::Standard))
    }

    /// The firm file; none for the built-in example. Says so where it was not asked for.
    pub(crate) fn firm(&self, terminal: &mut Terminal) -> Option<FileArg> {
        match &self.firm {
            Some(FileArg::Named(file)) => Some(FileArg::Named(tidy(file))),
            Some(FileArg::Standard) => Some(FileArg::Standard),
            None if Path::new(FIRM).try_exists().unwrap_or(true) => {
                Some(FileArg::Named(FIRM.into()))
            }
            None => {
                terminal.note("firm: the built-in example firm");
                None
            }
        }
    }
}

/// A path as answers print it: without `./` in front.
fn tidy(path: &Path) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if rest != Path::new("") => rest.to_owned(),
        _ => path.to_owned(),
    }
}

/// The firm from a file, else the example.
pub(crate) fn firm_from(
    loader: FirmLoader<'_>,
    file: Option<&FileArg>,
) -> Result<Firm, CommandFailure> {
    match file {
        Some(FileArg::Standard) => Ok(FileArg::Standard.firm(loader)?),
        Some(FileArg::Named(file)) => {
            let mut line = None;
            let firm = loader.from_file_watched(file, &mut |read| {
                line.get_or_insert_with(|| {
                    ProgressLine::start(format!("reading {}", file.display()), Some(read.total))
                })
                .advance_to(read.bytes);
            });
            if let Some(line) = line {
                line.finish();
            }
            Ok(firm?)
        }
        None => loader.example().map_err(|error| {
            let first = error.findings().iter().next();
            let message = first.map_or("", Finding::message);
            Finding::new(&codes::EXAMPLE_DOES_NOT_FIT, None, &[&message]).into()
        }),
    }
}

/// Facts of an action.
#[derive(Debug, Args)]
pub(crate) struct FactArgs {
    /// Supplies a fact of the action (may be repeated)
    #[arg(long = "fact", value_name = "NAME=VALUE", add = ids(IdKind::Fact), value_parser = name_and_value)]
    pub(crate) facts: Vec<(String, String)>,
}

impl FactArgs {
    /// A question about an action with these facts.
    pub(crate) fn about(
        &self,
        asking: &FirmArgs,
        user: &str,
        action: &str,
        target: Option<&String>,
    ) -> Question<'static> {
        let mut question = Question::new(user.to_owned(), action.to_owned());
        if let Some(product) = &asking.product {
            question = question.product(product.clone());
        }
        if let Some(target) = target {
            question = question.target(target.clone());
        }
        for (name, value) in &self.facts {
            question = question.fact(name.clone(), value.clone());
        }
        question
    }
}

/// A firm that is ready to be asked, and the file it came from.
pub(crate) struct LoadedFirm {
    pub(crate) firm: Firm,
    pub(crate) file: Option<FileArg>,
    /// The folder of rule files.
    rules: Option<PathBuf>,
}

impl LoadedFirm {
    /// The file that changes are written into.
    pub(crate) fn file_to_write(&self) -> Result<PathBuf, Finding> {
        let why = match &self.file {
            Some(FileArg::Named(file)) => return Ok(file.clone()),
            Some(FileArg::Standard) => "the firm comes from standard input",
            None => "the firm is the built-in example",
        };
        Err(Finding::new(&codes::NO_FIRM_FILE, None, &[&why]))
    }

    /// The files that rules and firm were read from.
    pub(crate) fn inputs(&self) -> Vec<PathBuf> {
        let rules = self.rules.iter().flat_map(Rulebook::files_in);
        let firm = self.file.iter().filter_map(FileArg::path);
        let files = self.firm.files().map(PathBuf::from);
        rules.chain(firm.map(Path::to_owned)).chain(files).collect()
    }

    /// What requests are about.
    pub(crate) fn world(&self) -> World<'_> {
        World::new(&self.firm)
    }

    /// Asks.
    pub(crate) fn ask<Q: ProtocolQuestion>(
        &self,
        question: Q,
    ) -> Result<Exchange<Q>, CommandFailure> {
        Ok(self.world().ask(question)?)
    }

    /// Asks, shows the reply, and says yes or no.
    pub(crate) fn answer<Q: ProtocolQuestion>(
        &self,
        question: Q,
        format: OutputFormat,
        terminal: &mut Terminal,
    ) -> Result<ExitStatus, CommandFailure>
    where
        Exchange<Q>: RenderText,
    {
        let exchange = self.ask(question)?;
        terminal.show(Some(&self.world()), &exchange, format)?;
        Ok(ExitStatus::of(exchange.yes))
    }
}

impl FirmArgs {
    /// Loads the rules and the firm, with the readings chosen for this run.
    pub(crate) fn load(&self, terminal: &mut Terminal) -> Result<LoadedFirm, CommandFailure> {
        self.load_within(&Limits::DEFAULT, terminal)
    }

    /// The same within other limits.
    pub(crate) fn load_within(
        &self,
        limits: &Limits,
        terminal: &mut Terminal,
    ) -> Result<LoadedFirm, CommandFailure> {
        let folder = self.sources.rules(terminal);
        let file = self.sources.firm(terminal);
        let rulebook = rulebook_within(folder.as_deref(), limits)?;
        let firm = firm_from(loader(&rulebook, self.sources.day()?), file.as_ref())?;
        self.loaded(firm, file, folder)
    }

    /// Loads the rules, and the firm whose readings are meant. Where no firm was asked for and the one at hand is about other
    /// rules, the readings are those that the rules choose.
    pub(crate) fn load_readings(
        &self,
        terminal: &mut Terminal,
    ) -> Result<LoadedFirm, CommandFailure> {
        let folder = self.sources.rules(terminal);
        let rulebook = rulebook_within(folder.as_deref(), &Limits::DEFAULT)?;
        let loader = loader(&rulebook, self.sources.day()?);
        if self.sources.firm.is_none() {
            let here = Path::new(FIRM).try_exists().unwrap_or(true);
            let can_be_other = !here || self.sources.names_rules();
            let file = here.then(|| FileArg::Named(FIRM.into()));
            if can_be_other && firm_from(loader, file.as_ref()).is_err() {
                terminal.note("firm: none, with the readings that the rules choose");
                let firm = Firm::of_users(&rulebook, "Nobody", [])?;
                return self.loaded(firm, None, folder);
            }
        }
        let file = self.sources.firm(terminal);
        let firm = firm_from(loader, file.as_ref())?;
        self.loaded(firm, file, folder)
    }

    /// A firm with the readings chosen for this run.
    fn loaded(
        &self,
        mut firm: Firm,
        file: Option<FileArg>,
        rules: Option<PathBuf>,
    ) -> Result<LoadedFirm, CommandFailure> {
        for reading in &self.readings {
            firm = self.choose(&firm, reading)?;
        }
        Ok(LoadedFirm { firm, file, rules })
    }

    /// What a later command is given so that it asks by the same rules, about the same firm, with the same readings. Changes
    /// judged by other readings than those of the firm are not written.
    pub(crate) fn command_options(&self, loaded: &LoadedFirm) -> CommandOptions {
        let firm = self.sources.firm.as_ref().map(FileArg::word);
        let sources = [("rules", self.sources.rules.as_deref()), ("firm", firm)];
        let sources = sources.into_iter().filter_map(|(name, path)| {
            let path = path?;
            Some((name, path.to_string_lossy().into_owned()))
        });
        let readings = self.readings.iter();
        let readings =
            readings.map(|ReadingArg { name, choice }| ("reading", format!("{name}={choice}")));
        let days = self.sources.on.iter().filter_map(|on| match on {
            OnArg::Day(day) => Some(("on", day.to_string())),
            OnArg::Thing(_) => None,
        });
        let is_writable = loaded.file_to_write().is_ok() && self.readings.is_empty();
        sources.chain(days).chain(readings).fold(
            CommandOptions::default().writable(is_writable),
            |options, (name, value)| options.option(name, value),
        )
    }

    /// A reading is known by its name alone; the product only tells apart what several declare.
    fn choose(&self, firm: &Firm, reading: &ReadingArg) -> Result<Firm, AskError> {
        let ReadingArg { name, choice } = reading;
        firm.with_reading(None, name, *choice).or_else(|error| {
            if error.code() == &codes::AMBIGUOUS_PRODUCT && self.product.is_some() {
                firm.with_reading(self.product.as_deref(), name, *choice)
            } else {
                Err(error)
            }
        })
    }
}
