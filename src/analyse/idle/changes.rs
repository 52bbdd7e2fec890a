//! Changes that are never accepted, and effects that never follow.

use std::fmt::Display;

use crate::budget::CutOff;
use crate::finding::{Finding, idle as codes, rules::EFFECT_NEVER};
use crate::link::product::{
    AlteredPerson, ChangeId, DecisionInput, Effect, EffectTrigger, LinkedChange, RulingId, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::input::WorldPerson;
use crate::world::outcome::{ChangeScene, SceneOutcome};

use super::situation::{Known, SearchEnd, Situation};
use super::{IdleSearch, Searched, either};

impl IdleSearch<'_> {
    /// Reports each change that is rejected in every situation.
    pub(super) fn changes(&self, found: &mut Vec<Finding>) -> Searched {
        for (number, change) in self.product().changes.iter().enumerate() {
            let id = ChangeId::from(number);
            let is_accepted =
                |outcome: &SceneOutcome<_>| matches!(outcome, SceneOutcome::Accepted(_));
            if self.any_outcome(id, None, is_accepted)? {
                continue;
            }
            let why = self.rejecters(id, change)?;
            let place = Some(change.place.clone());
            let words: [&dyn Display; 2] = [&change.id, &why];
            found.push(Finding::new(&codes::CHANGE_NEVER_ACCEPTED, place, &words));
        }
        Ok(())
    }

    /// Reports each effect that follows from no change. Loading reports those whose condition or change can be seen to fail by
    /// itself.
    pub(super) fn effects(&self, found: &mut Vec<Finding>) -> Searched {
        for (effect, follows) in self.product().effects.iter().zip(&self.compiled.effects) {
            let is_said = !follows.can_be_yes() || self.is_said(effect);
            if is_said || self.can_follow(effect)? {
                continue;
            }
            let finding = Finding::new(&EFFECT_NEVER, Some(effect.place.clone()), &[&effect.id]);
            found.push(finding.and("whoever makes the change"));
        }
        Ok(())
    }

    fn is_said(&self, effect: &Effect) -> bool {
        match effect.after {
            EffectTrigger::Change(change) => {
                let judge = self.compiled.judges.get(change.index());
                judge.is_some_and(|judge| !judge.can_be_yes())
            }
            EffectTrigger::NothingChanged => false,
        }
    }

    fn can_follow(&self, effect: &Effect) -> Result<bool, CutOff> {
        let changes = match effect.after {
            EffectTrigger::Change(change) => vec![change],
            EffectTrigger::NothingChanged => (0..self.product().changes.len())
                .map(ChangeId::from)
                .collect(),
        };
        for change in changes {
            let follows = |outcome: &SceneOutcome<_>| match outcome {
                SceneOutcome::Accepted(accepted) => !accepted.effects.is_empty(),
                _ => false,
            };
            if self.any_outcome(change, Some(effect), follows)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a change has such an outcome in any situation.
    fn any_outcome(
        &self,
        change: ChangeId,
        wanted: Option<&Effect>,
        mut is_so: impl FnMut(&SceneOutcome<WorldPerson>) -> bool,
    ) -> Result<bool, CutOff> {
        for (bound, situations) in self.of_change(change) {
            let found = situations.any(|situation| {
                let scene = SituationScene { situation, wanted };
                Ok(is_so(&bound.outcome(self.compiled, &scene)?))
            })?;
            if found {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The rules, refusals and invariants that reject a change.
    fn rejecters(&self, id: ChangeId, change: &LinkedChange) -> Result<String, CutOff> {
        let mut rulings: Vec<RulingId> = Vec::new();
        self.any_outcome(id, None, |outcome| {
            match outcome {
                SceneOutcome::Refused(by) => rulings.extend(by),
                SceneOutcome::Broken(by) => rulings.push(*by),
                SceneOutcome::Accepted(_) => {}
            }
            false
        })?;
        rulings.sort_unstable();
        rulings.dedup();
        if rulings.is_empty() {
            return Ok(format!(
                "there is nothing that `{}` could be made with",
                change.id
            ));
        }
        let names = rulings.iter().filter_map(|id| self.product().ruling(*id));
        let names = either(names.map(|ruling| &*ruling.rule));
        Ok(format!("every question is rejected by {names}"))
    }
}

/// The people of one situation around a change.
struct SituationScene<'s> {
    situation: &'s Situation<'s>,
    /// The effect in question.
    wanted: Option<&'s Effect>,
}

/// What a third person has: different from everything that is written, because any value is possible.
const ANYTHING_ELSE: Value = Value(u16::MAX);

impl ChangeScene for SituationScene<'_> {
    type Who = WorldPerson;
    type Halt = crate::explore::Halt<DecisionInput, SearchEnd>;

    fn who(&self, whose: AlteredPerson) -> Known<WorldPerson> {
        let same = self.situation.is_same()?;
        let people = if same {
            &[Person::User][..]
        } else {
            &Person::ALL
        };
        match whose {
            AlteredPerson::Person(Person::Target) if !same => return Ok(WorldPerson::Target),
            AlteredPerson::Person(_) => return Ok(WorldPerson::User),
            AlteredPerson::Holder(role) => {
                for who in people {
                    let input = DecisionInput::Holds(*who, role);
                    if self.situation.input(input)?.is_yes() {
                        return Ok((*who).into());
                    }
                }
            }
        }
        Ok(WorldPerson::Holder)
    }

    fn part(&self, who: WorldPerson, part: UserPart) -> Known<Value> {
        let person = match who {
            WorldPerson::User => Person::User,
            WorldPerson::Target => Person::Target,
            WorldPerson::Holder => return Ok(ANYTHING_ELSE),
        };
        self.situation.input(match part {
            UserPart::Role(role) => DecisionInput::Holds(person, role),
            UserPart::Setting(setting) => DecisionInput::Setting(person, setting),
        })
    }

    fn is_enabled(&self, who: WorldPerson) -> Known<bool> {
        match who {
            WorldPerson::Target => {
                let enabled = DecisionInput::Enabled(Person::Target);
                Ok(self.situation.input(enabled)?.is_yes())
            }
            _ => Ok(true),
        }
    }

    fn input(&self, input: DecisionInput) -> Known<Value> {
        self.situation.input(input)
    }

    fn matters(&self, _: UserPart) -> bool {
        false
    }

    fn wants(&self, effect: &Effect) -> bool {
        self.wanted.is_some_and(|wanted| wanted.id == effect.id)
    }

    fn alters_things(&self) -> bool {
        self.wanted
            .is_none_or(|wanted| wanted.after != EffectTrigger::NothingChanged)
    }
}
