//! Actions that nobody can ever do, and facts that change no answer about them.

use std::collections::BTreeMap;
use std::fmt::Display;

use hashbrown::HashMap;

use crate::budget::CutOff;
use crate::finding::{Finding, idle as codes};
use crate::link::product::{Action, ActionId, DecisionInput, Fact, FactId, RulingId};
use crate::value::Value;

use super::situation::Situations;
use super::{IdleSearch, Searched, either};

impl IdleSearch<'_> {
    /// Reports each action that is denied in every situation.
    pub(super) fn actions(&self, found: &mut Vec<Finding>) -> Searched {
        let mut known: HashMap<u32, bool> = HashMap::new();
        for (number, action) in self.product().actions.iter().enumerate() {
            let decider = self.compiled.of_action.get(number).copied();
            let decider = decider.unwrap_or_default();
            let can_be = match known.get(&decider) {
                Some(can_be) => *can_be,
                None => {
                    let can_be = self.can_be_done(ActionId::from(number))?;
                    known.insert(decider, can_be);
                    can_be
                }
            };
            if !can_be {
                let deniers = self.deniers(ActionId::from(number), action)?;
                let why = format!("every question is denied by {deniers}");
                let place = Some(action.place.clone());
                let words: [&dyn Display; 2] = [&action.id, &why];
                found.push(Finding::new(&codes::ACTION_NEVER_ALLOWED, place, &words));
            }
        }
        Ok(())
    }

    /// Whether anybody can do an action.
    pub(super) fn can_be_done(&self, action: ActionId) -> Result<bool, CutOff> {
        let declared = self.product().action(action);
        let Some((declared, decider)) = declared.zip(self.compiled.decider(action)) else {
            return Ok(false);
        };
        Situations::new(self, declared.on_target, Vec::new()).any(|situation| {
            let ruled = situation.walk(decider.tree())?;
            Ok(ruled.is_some_and(|ruled| ruled.allows))
        })
    }

    /// The rules and refusals that give the answers about an action.
    fn deniers(&self, id: ActionId, action: &Action) -> Result<String, CutOff> {
        let Some(decider) = self.compiled.decider(id) else {
            return Ok(String::new());
        };
        let mut rulings: BTreeMap<u32, &str> = BTreeMap::new();
        Situations::new(self, action.on_target, Vec::new()).any(|situation| {
            if let Some(ruled) = situation.walk(decider.tree())? {
                let number = action.first_ruling.0 + u32::from(ruled.ruling);
                let ruling = self.product().ruling(RulingId(number));
                rulings.extend(ruling.map(|ruling| (number, &*ruling.rule)));
            }
            Ok(false)
        })?;
        Ok(either(rulings.into_values()))
    }

    /// Reports each fact of an action that a condition reads and that still changes no answer. Loading reports those that
    /// nothing reads.
    pub(super) fn facts(&self, found: &mut Vec<Finding>) -> Searched {
        let mut known: HashMap<(u32, FactId), bool> = HashMap::new();
        for (number, action) in self.product().actions.iter().enumerate() {
            let shared = self.compiled.of_action.get(number).copied();
            let shared = shared.unwrap_or_default();
            for fact in action.facts.iter().map(|used| used.fact) {
                let turns = match known.get(&(shared, fact)) {
                    Some(turns) => *turns,
                    None => self.turns_action(ActionId::from(number), fact)?,
                };
                known.insert((shared, fact), turns);
                let declared = self.product().facts.get(fact.index());
                // What no action reads of a thing is reported once, where the kind declares it.
                let is_own = |fact: &&Fact| !fact.source.is_of_thing();
                if let Some(fact) = declared.filter(is_own).filter(|_| !turns) {
                    let words: [&dyn Display; 2] = [&fact.id, &action.id];
                    let place = Some(action.place.clone());
                    found.push(Finding::new(&codes::FACT_TURNS_NOTHING, place, &words));
                }
            }
        }
        Ok(())
    }

    /// Whether a fact turns any answer about an action. One that nothing reads counts as if it did: it is reported elsewhere.
    fn turns_action(&self, id: ActionId, fact: FactId) -> Result<bool, CutOff> {
        let input = DecisionInput::Fact(fact);
        let declared = self.product().action(id).zip(self.compiled.decider(id));
        let Some((action, decider)) = declared else {
            return Ok(true);
        };
        if decider.axes().iter().all(|axis| axis.input != input) {
            return Ok(true);
        }
        let width = self.product().width(input) as u16;
        Situations::new(self, action.on_target, Vec::new()).any(|situation| {
            let ruled = |value| {
                let other = situation.with(&[(input, Value(value))]);
                other.walk(decider.tree())
            };
            let first = ruled(0)?;
            for value in 1..width {
                if ruled(value)? != first {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }
}
