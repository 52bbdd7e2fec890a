//! What was compared of firms with things, and what was not, in numbers.

use std::fmt;
use std::ops::AddAssign;

/// How much there was, and what was asked of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ThingTally {
    pub(crate) firms: u64,
    pub(crate) groups: u64,
    pub(crate) things: u64,
    pub(crate) decisions: u64,
    pub(crate) allowed: u64,
    /// Of the decisions, those in which the question says something about the thing.
    pub(crate) with_facts: u64,
    /// Of these, those about a thing that the firm does not have.
    pub(crate) brought: u64,
    /// Questions that say something else, and were not asked.
    pub(crate) left_out: u128,
}

impl AddAssign for ThingTally {
    fn add_assign(&mut self, other: Self) {
        self.firms += other.firms;
        self.groups += other.groups;
        self.things += other.things;
        self.decisions += other.decisions;
        self.allowed += other.allowed;
        self.with_facts += other.with_facts;
        self.brought += other.brought;
        self.left_out += other.left_out;
    }
}

impl fmt::Display for ThingTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            firms,
            groups,
            things,
            ..
        } = self;
        writeln!(
            f,
            "  firms      {firms:>10}, {groups:>9} groups, {things} things"
        )?;
        writeln!(
            f,
            "  decisions  {:>10}, {:>9} allowed, each by tables, scripts and Cedar",
            self.decisions, self.allowed
        )?;
        writeln!(
            f,
            "  with facts {:>10}, {:>9} of them on things that the firm does not have",
            self.with_facts, self.brought
        )?;
        write!(
            f,
            "  left out   {:>10} questions with other facts about the same things",
            self.left_out
        )
    }
}
