//! Conditions: compiles and numbers them, for exploring later.

use std::sync::Arc;

use super::names::Linker;
use super::product::{Argument, ConditionId, DecisionInput, FactId};
use crate::finding::{Findings, rules as codes, script as script_codes};
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

impl Linker<'_> {
    /// Compiles a condition for one place of use.
    pub(super) fn condition(
        &mut self,
        condition: &Condition,
        scope: ConditionScope,
    ) -> Option<ConditionId> {
        let number = self.compile(condition)?;
        self.use_condition(number, scope);
        Some(number)
    }

    /// Compiles a condition. A condition that the actions of a group share is compiled only once.
    pub(super) fn compile(&mut self, condition: &Condition) -> Option<ConditionId> {
        if let Some(known) = self.compiled.get(&condition.span.start) {
            return *known;
        }
        let number = self.compile_new(condition);
        self.compiled.insert(condition.span.start, number);
        number
    }

    fn compile_new(&mut self, condition: &Condition) -> Option<ConditionId> {
        let origin = ConditionOrigin {
            condition: condition.clone(),
            source: Arc::clone(self.source),
        };
        let functions = self.functions.as_ref();
        let mut findings = Findings::new();
        let script =
            self.sandbox
                .condition(&origin, functions, &self.product.vocabulary, &mut findings);
        for finding in findings {
            // The script file is broken, so a missing function would only be a consequence of that.
            let follows = *finding.code() == script_codes::SCRIPT_UNKNOWN_FUNCTION;
            if !(follows && self.functions_are_broken) {
                self.push(finding);
            }
        }
        let script = script?;
        let number = ConditionId::from(self.conditions.len());
        self.conditions.push(LinkedCondition {
            script,
            origin,
            uses: Vec::new(),
        });
        Some(number)
    }

    /// Notes where a condition is used. Exploring checks later that it reads only allowed inputs.
    pub(super) fn use_condition(&mut self, number: ConditionId, scope: ConditionScope) {
        if let Some(condition) = self.conditions.get_mut(number.index()) {
            condition.uses.push(scope);
        }
    }

    /// Reports a condition without a reason for those it stops.
    pub(super) fn needs_because(&mut self, when: Option<&Condition>, because: bool) {
        if let (Some(when), false) = (when, because) {
            self.report(&codes::WHEN_WITHOUT_BECAUSE, when.span, &[]);
        }
    }
}
