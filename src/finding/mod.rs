//! Findings: everything that is wrong or suspicious in a file, as data with a stable code.
//!
//! A code's text, severity, help and explanation stand together in one entry of the tables in
//! this folder, one file for each kind of input.

mod ask_error;
mod code;
mod load_error;
mod reply;
mod sink;
mod subject;
mod suggestion;
mod write_error;

pub(crate) mod ask;
pub(crate) mod characters;
pub(crate) mod disk;
pub(crate) mod firm;
pub(crate) mod fixture;
pub(crate) mod idle;
pub(crate) mod line;
pub(crate) mod names;
pub(crate) mod property;
pub(crate) mod rules;
pub(crate) mod script;
pub(crate) mod yaml;

pub use ask_error::AskError;
pub(crate) use ask_error::{error, foreign};
pub use code::{Code, Severity};
pub use load_error::LoadError;
pub use reply::{FindingReply, LabelReply};
pub use sink::Findings;
pub use subject::{ErrorSubject, SubjectRole};
pub use write_error::WriteError;

use std::fmt::{self, Write};

use serde::ser::{Serialize, Serializer};

use crate::name::nearest::{KnownName, STEPS, nearest};
use crate::text::Place;
use crate::text::character::seen;
use suggestion::{Suggestion, did_you_mean};

/// One thing that is wrong or suspicious, with its place and the way out.
///
/// It prints as `file:line:column: error[code]: message; help`.
#[derive(Debug, Clone)]
pub struct Finding {
    code: &'static Code,
    place: Option<Place>,
    message: String,
    labels: Vec<Label>,
    help: Option<String>,
    /// A search for a better help than `help`.
    suggestion: Option<Box<Suggestion>>,
    subject: Option<Box<ErrorSubject>>,
}

/// A second place that belongs to a finding, with what to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where to look as well.
    pub place: Place,
    /// What stands there.
    pub text: String,
}

impl Code {
    /// Every code there is, in the order of the tables.
    ///
    /// ```
    /// assert!(clio_rules::Code::all().any(|code| code.name() == "unknown-role"));
    /// ```
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [
            disk::CODES,
            yaml::CODES,
            characters::CODES,
            names::CODES,
            rules::CODES,
            property::CODES,
            idle::CODES,
            script::CODES,
            firm::CODES,
            fixture::CODES,
            ask::CODES,
            line::CODES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The code with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        Self::all().find(|code| code.name == name)
    }
}

impl Finding {
    /// A finding of a kind, with the words that its text has places for. Tools that read inputs of their own report in
    /// the same form with it.
    ///
    /// ```
    /// use clio_rules::{Finding, codes};
    ///
    /// let finding = Finding::new(&codes::UNKNOWN_KEY, None, &[&"tarqet"]).with_nearest("tarqet", ["target", "user"]);
    /// assert_eq!(
    ///     finding.to_string(),
    ///     "error[unknown-key]: there is no key `tarqet` here; did you mean `target`?"
    /// );
    /// ```
    pub fn new(code: &'static Code, place: Option<Place>, words: &[&dyn fmt::Display]) -> Self {
        let subject = ErrorSubject::of(code, words).filter(|_| place.is_none());
        Self {
            code,
            place,
            message: code.message(words),
            labels: Vec::new(),
            help: code.help().map(str::to_owned),
            suggestion: None,
            subject: subject.map(Box::new),
        }
    }

    /// The same, about a word that is this in the request.
    #[must_use]
    pub(crate) fn about(mut self, role: SubjectRole) -> Self {
        if let Some(subject) = &mut self.subject {
            subject.role = role;
        }
        self
    }

    /// The same, in a part of a bulk change, counted from 1.
    #[must_use]
    pub(crate) fn in_part(mut self, part: usize) -> Self {
        let subject = self.subject.get_or_insert_with(|| {
            Box::new(ErrorSubject {
                role: SubjectRole::Part,
                name: None,
                part: None,
                user: None,
            })
        });
        subject.part = Some(part);
        self.and(&format!("in part {part}"))
    }

    /// The same, about this user of a firm that is built or edited in code.
    #[must_use]
    pub(crate) fn of_user(mut self, id: &str) -> Self {
        let subject = self.subject.get_or_insert_with(|| {
            Box::new(ErrorSubject {
                role: SubjectRole::User,
                name: Some(id.to_owned()),
                part: None,
                user: None,
            })
        });
        subject.user = Some(id.to_owned());
        self
    }

    /// Which word of a request it is about, or whose word of a firm that is built in code; none of what stands in a file.
    pub fn subject(&self) -> Option<&ErrorSubject> {
        self.subject.as_deref()
    }

    /// Replaces the code's general help by one that fits this case.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(code::help_line(&help.into()));
        self.suggestion = None;
        self
    }

    /// Names the nearest existing name, where there is one. The search is bounded: it covers a few thousand names, and the first
    /// ones of a longer list.
    #[must_use]
    pub fn with_nearest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, known, &mut STEPS.clone()) {
            Some(near) => self.with_help(did_you_mean(near)),
            None => self,
        }
    }

    /// Names the nearest existing name as [`Self::with_nearest`] does, but searches for it only when somebody reads the help.
    #[must_use]
    pub(crate) fn with_nearest_of(mut self, name: &str, known: impl FnOnce() -> KnownName) -> Self {
        self.suggestion = Suggestion::of(name, known).map(Box::new);
        self
    }

    pub(crate) fn with_label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            text: code::one_line(&text.into()),
        });
        self
    }

    /// Adds details of this case to the message.
    #[must_use]
    pub fn and(mut self, more: &str) -> Self {
        self.message.push_str(", ");
        self.message.push_str(&code::one_line(more));
        self
    }

    /// Gives a finding about a question the place it came from.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self.subject = None;
        self
    }

    /// The same finding without a place, for something that is in no file.
    pub(crate) fn without_place(mut self) -> Self {
        self.place = None;
        self.labels.clear();
        self
    }

    /// The stable code, for instance `unknown-role`.
    pub fn code(&self) -> &'static Code {
        self.code
    }

    /// Whether it stops the load or only warns.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Where it stands; none for what concerns a whole folder or a question.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Other places that belong to it.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The way out. Where it may name the nearest existing name, that is searched for when it is first asked for.
    pub fn help(&self) -> Option<&str> {
        self.help_within(&mut usize::MAX.clone())
    }

    /// The way out, where several searches for nearest names share a number of steps. The steps that this one uses are subtracted.
    /// If none are left, the help has no name, and will not get one later.
    ///
    /// A program that answers strangers bounds the cost of their misspelt names with it. A step takes about a nanosecond; one search
    /// uses at most 100,000.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let unknown = || firm.user("wern").unwrap_err().into_finding();
    /// let mut steps = 1_000;
    /// assert_eq!(unknown().help_within(&mut steps), Some("did you mean `wren`?"));
    /// assert!(steps < 1_000);
    /// assert_eq!(unknown().help_within(&mut 0), None);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn help_within(&self, steps: &mut usize) -> Option<&str> {
        let suggestion = self.suggestion.as_ref();
        let suggested = suggestion.and_then(|suggestion| suggestion.help(steps));
        suggested.or(self.help.as_deref())
    }

    /// Whether its help needs a search that has not run yet.
    pub fn awaits_search(&self) -> bool {
        let suggestion = self.suggestion.as_ref();
        suggestion.is_some_and(|suggestion| suggestion.awaits_search())
    }

    /// Whether it says the same about the same place as another one, whatever their help.
    fn repeats(&self, other: &Self) -> bool {
        self.code == other.code
            && self.place == other.place
            && self.message == other.message
            && self.labels == other.labels
            && self.subject == other.subject
    }
}

impl PartialEq for Finding {
    fn eq(&self, other: &Self) -> bool {
        self.repeats(other) && self.help() == other.help()
    }
}

impl Eq for Finding {}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            let place = place.to_string();
            place.chars().map(seen).try_for_each(|c| f.write_char(c))?;
            f.write_str(": ")?;
        }
        write!(
            f,
            "{}[{}]: {}",
            self.severity(),
            self.code.name(),
            self.message
        )?;
        match self.help() {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FindingReply::from(self).serialize(serializer)
    }
}

#[cfg(test)]
mod tests;
