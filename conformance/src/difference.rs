//! A question to which the answers differ, with all that went in.

use std::fmt;

use crate::sides::Answer;

/// The inputs and the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) product: String,
    /// The action with its facts, or the change with its arguments.
    pub(crate) asked: String,
    pub(crate) is_change: bool,
    /// Who asks: what they hold, and their settings.
    pub(crate) user: String,
    /// The same of whom it is done to.
    pub(crate) target: Option<String>,
    pub(crate) readings: Vec<(String, bool)>,
    pub(crate) table: Answer,
    pub(crate) scripts: Answer,
    /// None where there are no policies.
    pub(crate) cedar: Option<bool>,
}

impl Difference {
    /// The answers that differ from each other, in pairs.
    pub(crate) fn pairs(&self) -> Vec<&'static str> {
        let differs = |yes: bool| self.cedar.is_some_and(|cedar| cedar != yes);
        let pairs = [
            ("table and scripts", self.table != self.scripts),
            ("table and Cedar", differs(self.table.yes)),
            ("scripts and Cedar", differs(self.scripts.yes)),
        ];
        let differing = pairs.into_iter().filter(|(_, differ)| *differ);
        differing.map(|(pair, _)| pair).collect()
    }

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

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.pairs().join(", ");
        writeln!(f, "the answers differ in {}: {pairs}", self.product)?;
        let what = if self.is_change { "change" } else { "action" };
        writeln!(f, "  {what:<8} {}", self.asked)?;
        writeln!(f, "  user     {}", self.user)?;
        if let Some(target) = &self.target {
            writeln!(f, "  target   {target}")?;
        }
        for (reading, choice) in &self.readings {
            writeln!(f, "  reading  {reading} = {choice}")?;
        }
        writeln!(f, "  table    {}", self.words(&self.table))?;
        write!(f, "  scripts  {}", self.words(&self.scripts))?;
        self.cedar.map_or(Ok(()), |cedar| {
            write!(f, "\n  Cedar    {}", self.word(cedar))
        })
    }
}
