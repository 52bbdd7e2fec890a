//! What the shell fills in beside commands, options and files: ids from the rules and the firm that the line names.

use std::env;
use std::ffi::OsStr;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clio_rules::{ChangeEntry, Code, Firm, ProductEntry, Rulebook};

use super::Cli;
use super::day::loader;
use super::location::{FIRM, RULES, rulebook_from};

/// Candidates that one argument offers; nobody looks through more.
const OFFERED: usize = 1000;

/// The ids that an argument takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum IdKind {
    User,
    Action,
    Product,
    Role,
    /// `FACT=VALUE`
    Fact,
    /// `READING=true`
    Reading,
    /// `SETTING=VALUE`
    Setting,
    /// A change, then what it takes, then its target.
    ChangeWord,
    /// What the columns of a matrix can stand for.
    Columns,
    Code,
}

/// Completes an argument with the ids of this kind.
pub(crate) fn ids(kind: IdKind) -> ArgValueCompleter {
    ArgValueCompleter::new(move |current: &OsStr| {
        let start = current.to_str().unwrap_or_default();
        let mut offered = candidates(kind, &TypedLine::read());
        offered.retain(|(id, _)| id.starts_with(start) && !id.chars().any(char::is_control));
        offered.sort();
        offered.dedup();
        offered
            .into_iter()
            .take(OFFERED)
            .map(|(id, title)| candidate(&id, title))
            .collect()
    })
}

/// An id with its title beside it, as the shell is to put it into the line.
fn candidate(id: &str, title: String) -> CompletionCandidate {
    // Only Bash puts a candidate into the line as it is; the others quote it themselves.
    let is_bash = env::var_os("_CLAP_COMPLETE_COMP_TYPE").is_some();
    let is_harmless = |letter: char| letter.is_alphanumeric() || "_-=.".contains(letter);
    let word = match shlex::try_quote(id) {
        Ok(quoted) if is_bash && !id.chars().all(is_harmless) => quoted.into_owned(),
        _ => id.to_owned(),
    };
    let is_plain = !title.is_empty() && !title.chars().any(char::is_control);
    CompletionCandidate::new(word).help(is_plain.then(|| title.into()))
}

/// Ids with their titles. What cannot be loaded offers none: the command itself says what is wrong.
fn candidates(kind: IdKind, line: &TypedLine) -> Vec<(String, String)> {
    match kind {
        IdKind::Code => Code::all()
            .map(|code| (code.name().to_owned(), String::new()))
            .collect(),
        IdKind::User => users(line),
        IdKind::ChangeWord => change_word(line),
        IdKind::Product => named(
            line.products()
                .into_iter()
                .map(|entry| (entry.id, entry.title)),
        ),
        _ => line
            .products()
            .into_iter()
            .flat_map(|product| declared(kind, line, product))
            .collect(),
    }
}

fn named(entries: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    entries.into_iter().collect()
}

/// What one product declares.
fn declared(kind: IdKind, line: &TypedLine, product: ProductEntry) -> Vec<(String, String)> {
    match kind {
        IdKind::Action => named(
            product
                .actions
                .into_iter()
                .map(|entry| (entry.id, entry.title)),
        ),
        IdKind::Role => named(
            product
                .roles
                .into_iter()
                .map(|entry| (entry.id, entry.title)),
        ),
        IdKind::Reading => product
            .readings
            .iter()
            .flat_map(|entry| {
                ["true", "false"].map(|choice| pair(&entry.id, choice, &entry.question))
            })
            .collect(),
        IdKind::Setting => product
            .settings
            .iter()
            .flat_map(|entry| pairs(&entry.id, &entry.values, &entry.title))
            .collect(),
        IdKind::Fact => product
            .actions
            .iter()
            .filter(|action| line.words.contains(&action.id))
            .flat_map(|action| &action.facts)
            .flat_map(|fact| pairs(&fact.id, &fact.values, ""))
            .collect(),
        IdKind::Columns => columns(product),
        IdKind::User | IdKind::Product | IdKind::ChangeWord | IdKind::Code => Vec::new(),
    }
}

/// The settings of a product, and the kinds and properties of things.
fn columns(product: ProductEntry) -> Vec<(String, String)> {
    let settings = product.settings.into_iter();
    let settings = settings.map(|setting| (setting.id, setting.title));
    let things = product.things.into_iter().flat_map(|kind| {
        let properties = kind.properties.into_iter();
        let of = |id: &str| format!("{}.{id}", kind.id);
        let mut all: Vec<(String, String)> = properties
            .map(|property| (of(&property.id), property.title))
            .collect();
        all.push((kind.id, kind.title));
        all
    });
    named(settings.chain(things))
}

fn pairs(name: &str, values: &[String], title: &str) -> Vec<(String, String)> {
    values
        .iter()
        .map(|value| pair(name, value, title))
        .collect()
}

fn pair(name: &str, value: &str, title: &str) -> (String, String) {
    (format!("{name}={value}"), title.to_owned())
}

fn users(line: &TypedLine) -> Vec<(String, String)> {
    let Some(firm) = line.firm() else {
        return Vec::new();
    };
    let name = |id: &str| firm.name_of(id).unwrap_or_default().to_owned();
    firm.users().map(|id| (id.to_owned(), name(id))).collect()
}

fn groups(line: &TypedLine) -> Vec<(String, String)> {
    let firm = line.firm();
    let groups = firm.iter().flat_map(Firm::groups);
    named(groups.map(|id| (id.to_owned(), String::new())))
}

/// The things that a change can be about.
fn things(change: &ChangeEntry, line: &TypedLine) -> Vec<(String, String)> {
    let (firm, kind) = (line.firm(), change.kind.as_deref().unwrap_or_default());
    let things = firm.iter().flat_map(|firm| firm.things_of_kind(kind));
    named(things.map(|id| (id.to_owned(), String::new())))
}

/// The next word of a change: its id, then what it takes in the order of the rule file, then the user it is done to.
fn change_word(line: &TypedLine) -> Vec<(String, String)> {
    let products = line.products();
    let Some((change, taken)) = line.words.get(1..).and_then(<[String]>::split_first) else {
        return named(
            products
                .into_iter()
                .flat_map(|product| product.changes)
                .map(|entry| (entry.id, entry.title)),
        );
    };
    products
        .iter()
        .flat_map(|product| product.changes.iter().map(move |entry| (product, entry)))
        .filter(|(_, entry)| entry.id == *change)
        .flat_map(|(product, entry)| argument(product, entry, taken, line))
        .collect()
}

fn argument(
    product: &ProductEntry,
    change: &ChangeEntry,
    taken: &[String],
    line: &TypedLine,
) -> Vec<(String, String)> {
    match change.takes.get(taken.len()).map(String::as_str) {
        Some("role") => named(
            product
                .roles
                .iter()
                .filter(|role| role.moves_by.is_none())
                .map(|role| (role.id.clone(), role.title.clone())),
        ),
        Some("setting") => named(
            product
                .settings
                .iter()
                .map(|setting| (setting.id.clone(), setting.title.clone())),
        ),
        Some("value") => product
            .settings
            .iter()
            .filter(|setting| taken.contains(&setting.id))
            .flat_map(|setting| setting.values.iter())
            .map(|value| (value.clone(), String::new()))
            .collect(),
        Some("list") => named(change.lists.iter().map(|id| (id.clone(), String::new()))),
        Some("group") => groups(line),
        Some("thing") => things(change, line),
        Some(_) => Vec::new(),
        None if taken.len() == change.takes.len() => {
            let is_done_to = |who: &str| change.targets.iter().any(|target| target == who);
            let users = is_done_to("user").then(|| users(line));
            let groups = is_done_to("group").then(|| groups(line));
            users.into_iter().chain(groups).flatten().collect()
        }
        None => Vec::new(),
    }
}

/// The line in front of the cursor: its words behind the command, and its options.
#[derive(Debug, Default)]
struct TypedLine {
    words: Vec<String>,
    options: Vec<(String, String)>,
}

impl TypedLine {
    /// The line as the shell hands it over: `clio-rules -- clio-rules can w`.
    fn read() -> Self {
        let mut words: Vec<String> = env::args()
            .skip_while(|word| word != "--")
            .skip(2)
            .collect();
        // Fish cuts the line at the cursor; the others say where it stands, counted with the program's name.
        let cursor = env::var("_CLAP_COMPLETE_INDEX").ok();
        let cursor = cursor.and_then(|place| place.parse::<usize>().ok());
        words.truncate(cursor.unwrap_or(words.len()).saturating_sub(1));
        Self::of(words, &Cli::command())
    }

    fn of(words: Vec<String>, root: &Command) -> Self {
        let mut line = Self::default();
        let mut command = root;
        // Bash takes `--firm=FILE` apart at the sign.
        let mut words = words.into_iter().filter(|word| word != "=");
        while let Some(word) = words.next() {
            match word.strip_prefix("--") {
                Some(option) => {
                    if let Some((name, value)) = option.split_once('=') {
                        line.options.push((name.to_owned(), unquoted(value)));
                    } else if takes_value(root, option) || takes_value(command, option) {
                        let value = words.next().map(|value| unquoted(&value));
                        line.options
                            .extend(value.map(|value| (option.to_owned(), value)));
                    }
                }
                None => match command.find_subcommand(&word) {
                    Some(subcommand) if line.words.is_empty() => command = subcommand,
                    _ => line.words.push(unquoted(&word)),
                },
            }
        }
        line
    }

    fn option(&self, name: &str) -> Option<&str> {
        let mut named = self
            .options
            .iter()
            .rev()
            .filter(|(option, _)| option == name);
        named.next().map(|(_, value)| value.as_str())
    }

    fn rulebook(&self) -> Option<Rulebook> {
        let here = Rulebook::is_in(RULES).then_some(RULES);
        let folder = self.option("rules").or(here).map(Path::new);
        rulebook_from(folder).ok()
    }

    fn firm(&self) -> Option<Firm> {
        let rulebook = self.rulebook()?;
        let loader = loader(&rulebook, None);
        let here = Path::new(FIRM).exists().then_some(FIRM);
        match self.option("firm").or(here) {
            Some(file) => loader.from_file(file).ok(),
            None => loader.example().ok(),
        }
    }

    /// The products that are meant.
    fn products(&self) -> Vec<ProductEntry> {
        let Some(rulebook) = self.rulebook() else {
            return Vec::new();
        };
        rulebook
            .products()
            .filter(|id| self.option("product").is_none_or(|meant| meant == *id))
            .filter_map(|id| rulebook.catalogue(id))
            .collect()
    }
}

/// Whether an option of a command is followed by its value.
fn takes_value(command: &Command, option: &str) -> bool {
    command
        .get_arguments()
        .any(|argument| argument.get_long() == Some(option) && argument.get_action().takes_values())
}

/// A word as the program would get it: Bash and Zsh hand it over as it is typed.
fn unquoted(word: &str) -> String {
    match shlex::split(word).as_deref() {
        Some([one]) => one.clone(),
        _ => word.to_owned(),
    }
}
