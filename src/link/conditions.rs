//! Conditions: compiles and numbers them, for exploring later.

use std::sync::Arc;

use super::condition::{ConditionOrigin, ConditionScope, LinkedCondition};
use super::names::Linker;
use super::product::ConditionId;
use crate::finding::{Findings, rules as codes, script as script_codes};
use crate::yaml::Condition;

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
