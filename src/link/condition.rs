//! A compiled condition, where it stands, and what it may read.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::product::{Argument, DecisionInput, FactId};
use crate::script::{Script, ScriptOrigin};
use crate::text::{Place, Source};
use crate::yaml::Condition;

/// A compiled condition with everything that its users may read.
pub(crate) struct LinkedCondition {
    pub(crate) script: Script,
    pub(crate) origin: ConditionOrigin,
    /// Where it is used. A named refusal may be used in many places.
    pub(crate) uses: Vec<ConditionScope>,
}

impl LinkedCondition {
    /// The words that arguments can be where it is used, sorted.
    pub(crate) fn taken(&self) -> Vec<(Argument, Arc<str>)> {
        let uses = self.uses.iter().flat_map(|scope| &scope.taken);
        let words: BTreeSet<_> = uses.cloned().collect();
        words.into_iter().collect()
    }
}

/// Maps the condition's own lines and columns to places in its rule file.
pub(crate) struct ConditionOrigin {
    pub(crate) condition: Condition,
    pub(crate) source: Arc<Source>,
}

impl ConditionOrigin {
    /// The whole condition in its file.
    pub(crate) fn place(&self) -> Place {
        self.source.place(self.condition.span)
    }
}

impl ScriptOrigin for ConditionOrigin {
    fn text(&self) -> &str {
        &self.condition.text
    }

    fn place_at(&self, line: usize, column: usize) -> Place {
        self.condition.place_at(&self.source, line, column)
    }
}

/// What a condition may read in one place where it is used, apart from readings.
#[derive(Debug, Clone)]
pub(crate) struct ConditionScope {
    /// The place of use, as messages name it.
    pub(crate) owner: String,
    pub(crate) user: bool,
    pub(crate) target: bool,
    pub(crate) facts: Vec<FactId>,
    pub(crate) arguments: Vec<Argument>,
    /// The words that each of these arguments can be.
    pub(crate) taken: Vec<(Argument, Arc<str>)>,
}

impl ConditionScope {
    /// A scope with readings only.
    pub(crate) fn readings(owner: String) -> Self {
        Self {
            owner,
            user: false,
            target: false,
            facts: Vec::new(),
            arguments: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// Whether it may read an input.
    pub(crate) fn has(&self, input: DecisionInput) -> bool {
        use crate::vocabulary::Person;
        let has_person = |person| match person {
            Person::User => self.user,
            Person::Target => self.target,
        };
        match input {
            DecisionInput::SameUser => self.user && self.target,
            DecisionInput::Enabled(person)
            | DecisionInput::Holds(person, _)
            | DecisionInput::Setting(person, _) => has_person(person),
            DecisionInput::Reading(_) => true,
            DecisionInput::Fact(fact) => self.facts.contains(&fact),
            DecisionInput::Argument(argument) => self.arguments.contains(&argument),
        }
    }
}
