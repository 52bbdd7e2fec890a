//! Conflicts that nobody can be in.

use std::fmt::Display;

use crate::budget::CutOff;
use crate::finding::{Finding, idle as codes};
use crate::link::product::{ActionId, Conflict, DecisionInput};

use super::situation::{GivenInputs, Known, Situation, Situations};
use super::{IdleSearch, Searched, either};

impl IdleSearch<'_> {
    /// Reports each conflict that no user of any firm can hold.
    pub(super) fn conflicts(&self, found: &mut Vec<Finding>) -> Searched {
        for conflict in &self.product().conflicts {
            let situations = Situations::new(self, false, Vec::new());
            if situations.any(|situation| self.is_held(conflict, situation))? {
                continue;
            }
            let why = self.why_not_held(conflict)?;
            let place = Some(self.product().place.source().place(conflict.span));
            let words: [&dyn Display; 2] = [&conflict.id, &why];
            found.push(Finding::new(&codes::CONFLICT_NEVER_HELD, place, &words));
        }
        Ok(())
    }

    /// Whether the user may do both, and holds no role that is trusted with both.
    pub(super) fn is_held(&self, conflict: &Conflict, situation: &Situation<'_>) -> Known<bool> {
        if !self.may_both(conflict, situation)? {
            return Ok(false);
        }
        for role in &conflict.except {
            if situation.has_role(*role)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn may_both(&self, conflict: &Conflict, situation: &Situation<'_>) -> Known<bool> {
        for action in conflict.both {
            if !self.may(action, situation)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the user may do an action whose facts have their defaults.
    fn may(&self, action: ActionId, situation: &Situation<'_>) -> Known<bool> {
        let Some(decider) = self.compiled.decider(action) else {
            return Ok(false);
        };
        let facts = self.product().action(action).into_iter();
        let facts = facts.flat_map(|action| &action.facts);
        let defaults = facts.map(|used| {
            let value = used.default.unwrap_or_default();
            (DecisionInput::Fact(used.fact), value)
        });
        let defaults: GivenInputs = defaults.collect();
        let ruled = situation.with(&defaults).walk(decider.tree())?;
        Ok(ruled.is_some_and(|ruled| ruled.allows))
    }

    fn why_not_held(&self, conflict: &Conflict) -> Result<String, CutOff> {
        let product = self.product();
        let situations = Situations::new(self, false, Vec::new());
        for action in conflict.both {
            if !situations.any(|situation| self.may(action, situation))? {
                let id = product.action(action).map_or("?", |action| &action.id);
                return Ok(format!(
                    "nobody can ever do `{id}` as a conflict asks for it"
                ));
            }
        }
        if !situations.any(|situation| self.may_both(conflict, situation))? {
            return Ok("nobody can do both".to_owned());
        }
        let roles = conflict.except.iter().map(|role| product.role_name(*role));
        let roles = either(roles);
        Ok(format!(
            "whoever can do both holds {roles}, which `except` names"
        ))
    }
}
