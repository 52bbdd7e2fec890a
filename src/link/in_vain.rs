//! What a file says in vain, as far as its words show it. Loading keeps it in mind, and only `check` says it.

use std::sync::Arc;

use super::merge::merge;
use super::names::Linker;
use crate::finding::{Code, Finding, idle};
use crate::read::rule_file::{ActionDeclaration, GroupEntry};
use crate::script::{FileOrigin, ScriptOrigin};
use crate::text::Span;
use crate::yaml::Text;

/// Why a reason of no rule is never shown.
const OF_NO_RULE: &str =
    "every rule that it could belong to has words of its own, or stands under `rules`";

/// Why a rule of a group never decides.
const OF_NO_ACTION: &str = "each action of the group says itself who may";

impl Linker<'_> {
    /// The reasons in a group that belong to no rule, and its rules that no action takes.
    pub(super) fn group_in_vain(&mut self, group: &GroupEntry) {
        let (mut takes_rules, mut shows_because) = (false, false);
        let mut because_in_vain: Vec<Span> = Vec::new();
        let is_plain = group.rules.is_none() && group.because.is_none();
        for (id, entry) in &group.actions.0 {
            let own = match entry {
                ActionDeclaration::Fields(own) => Some(own),
                ActionDeclaration::Title(_) => None,
            };
            if is_plain && own.is_none_or(|own| own.because.is_none()) {
                continue;
            }
            let merged = merge(group, id, entry);
            let own_because = own.and_then(|own| own.because.as_ref());
            match merged.rules {
                Some(_) => {
                    takes_rules |= own.is_none_or(|own| own.rules.is_none());
                    because_in_vain.extend(own_because.map(|because| because.span()));
                }
                None => {
                    let of_group = group.because.as_ref().map(|because| because.span());
                    let shown = merged.because.map(|because| because.span());
                    shows_because |= shown.is_some() && shown == of_group;
                }
            }
        }
        let of_group = group.because.as_ref().filter(|_| !shows_because);
        because_in_vain.extend(of_group.map(|because| because.span()));
        for span in because_in_vain {
            self.in_vain(&idle::BECAUSE_NEVER_SHOWN, span, &[&OF_NO_RULE]);
        }
        for rule in group.rules.iter().flatten().filter(|_| !takes_rules) {
            let Text { value, span } = &rule.rule;
            self.in_vain(&idle::RULE_NEVER_DECIDES, *span, &[value, &OF_NO_ACTION]);
        }
    }

    /// The functions that no condition calls, directly or through others.
    pub(super) fn functions_in_vain(&mut self) {
        let Some((functions, script)) = self.functions.as_ref().zip(self.script) else {
            return;
        };
        let origin = FileOrigin(Arc::clone(script));
        let conditions = self.conditions.iter().map(|condition| &condition.script);
        let uncalled = functions.uncalled(conditions).into_iter();
        let findings = uncalled.map(|function| {
            let place = Some(origin.place_at(function.line, function.column));
            Finding::new(&idle::UNUSED_FUNCTION, place, &[&function.name])
        });
        self.product.in_vain.extend(findings);
    }

    fn in_vain(&mut self, code: &'static Code, span: Span, words: &[&dyn std::fmt::Display]) {
        let finding = self.finding(code, span, words);
        self.product.in_vain.push(finding);
    }
}
