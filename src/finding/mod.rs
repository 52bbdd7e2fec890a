//! Findings: everything that is wrong or suspicious in a file, as data with a stable code.
//!
//! A code's text, severity, help and explanation stand together in one entry of the tables in
//! this folder, one file for each kind of input.

mod code;
mod sink;

pub(crate) mod ask;
pub(crate) mod disk;
pub(crate) mod firm;
pub(crate) mod fixture;
pub(crate) mod line;
pub(crate) mod names;
pub(crate) mod property;
pub(crate) mod rules;
pub(crate) mod script;
pub(crate) mod yaml;

pub use code::{Code, Severity};
pub use sink::Findings;

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::text::Place;

/// One thing that is wrong or suspicious, with its place and the way out.
///
/// It prints as `file:line:column: error[code]: message; help`.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    code: &'static Code,
    place: Option<Place>,
    message: String,
    labels: Vec<Label>,
    help: Option<String>,
}

/// A second place that belongs to a finding, with what to say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where to look as well.
    pub place: Place,
    /// What stands there.
    pub text: String,
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
        Self {
            code,
            place,
            message: code.message(words),
            labels: Vec::new(),
            help: code.help().map(str::to_owned),
        }
    }

    /// Replaces the code's general help by one that fits this case.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(code::help_line(&help.into()));
        self
    }

    /// Names the nearest existing name, where there is one.
    #[must_use]
    pub fn with_nearest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match crate::name::nearest(name, known) {
            Some(near) => self.with_help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    pub(crate) fn with_label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            text: code::one_line(&text.into()),
        });
        self
    }

    /// Adds to the message what is special about this case.
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
        self
    }

    /// The same finding about something that stands in no file.
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

    /// The way out.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(
            f,
            "{}[{}]: {}",
            self.severity(),
            self.code.name(),
            self.message
        )?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut finding = serializer.serialize_struct("Finding", 6)?;
        finding.serialize_field("code", self.code.name())?;
        finding.serialize_field("severity", &self.severity())?;
        finding.serialize_field("message", &self.message)?;
        finding.serialize_field("place", &self.place)?;
        finding.serialize_field("labels", &self.labels)?;
        finding.serialize_field("help", &self.help)?;
        finding.end()
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut label = serializer.serialize_struct("Label", 2)?;
        label.serialize_field("place", &self.place)?;
        label.serialize_field("text", &self.text)?;
        label.end()
    }
}

#[cfg(test)]
mod tests;
