//! A question to which the answers differ, with all that went in.

use std::fmt;

use crate::kinds::Kind;
use crate::sides::Answer;

/// The inputs and the three answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) product: &'static str,
    /// The action with its facts, or the change with its arguments.
    pub(crate) asked: String,
    pub(crate) is_change: bool,
    pub(crate) user: Kind,
    pub(crate) target: Option<Target>,
    pub(crate) readings: Vec<(&'static str, bool)>,
    pub(crate) table: Answer,
    pub(crate) scripts: Answer,
    pub(crate) cedar: bool,
}

/// To whom it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// To the user.
    Themselves,
    /// To somebody else.
    Other(Kind),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_change { "change" } else { "action" };
        writeln!(f, "the answers differ in {}", self.product)?;
        writeln!(f, "  {what:<8} {}", self.asked)?;
        writeln!(f, "  user     {}", self.user)?;
        match &self.target {
            Some(Target::Themselves) => writeln!(f, "  target   the user themselves")?,
            Some(Target::Other(kind)) => writeln!(f, "  target   somebody else: {kind}")?,
            None => (),
        }
        for (reading, choice) in &self.readings {
            writeln!(f, "  reading  {reading} = {choice}")?;
        }
        writeln!(f, "  table    {}", self.words(&self.table))?;
        writeln!(f, "  scripts  {}", self.words(&self.scripts))?;
        write!(f, "  Cedar    {}", self.word(self.cedar))
    }
}

impl Difference {
    fn word(&self, yes: bool) -> &'static str {
        match (self.is_change, yes) {
            (false, true) => "allow",
            (false, false) => "deny",
            (true, true) => "accept",
            (true, false) => "reject",
        }
    }

    fn words(&self, answer: &Answer) -> String {
        format!("{} by {}", self.word(answer.yes), answer.rules.join(", "))
    }
}
