//! A state as rules and properties see it: who asks, to whom it is done, and the thing that it is about.

use super::input::{ProofInput, ProofMember, ProofPerson, ProofRead, ProofTarget, ProofThing};
use super::standing::{ProofWrite, ThingsAfter};
use super::state::ProofState;
use crate::explore::semantics;
use crate::link::product::{ActionId, DecisionInput, KindId, PremiseValue, Traits, UserPart};
use crate::value::Value;
use crate::vocabulary::Person;

/// A state as the rules see it: two of its people, with alterations applied.
pub(super) struct ProofView<'v, 's> {
    pub(super) state: &'v ProofState<'s>,
    pub(super) target: ProofTarget,
    pub(super) altered: &'v [(ProofPerson, UserPart, Value)],
    pub(super) things: ThingsAfter<'v, 's>,
    /// The thing that it is about, with its kind.
    pub(super) about: Option<(ProofThing, KindId)>,
}

impl<'v, 's> ProofView<'v, 's> {
    /// The state without alterations.
    pub(super) fn before(state: &'v ProofState<'s>, target: ProofTarget) -> Self {
        Self::after(state, target, (&[], &[]))
    }

    /// The state after alterations.
    pub(super) fn after(
        state: &'v ProofState<'s>,
        target: ProofTarget,
        (altered, writes): (&'v [(ProofPerson, UserPart, Value)], &'v [ProofWrite]),
    ) -> Self {
        let first = state.frame.kind;
        Self {
            state,
            target,
            altered,
            things: ThingsAfter { state, writes },
            about: first.map(|kind| (ProofThing::FIRST, kind)),
        }
    }

    /// The member that an entry or a fact means; nobody's target is the user.
    pub(super) fn member(&self, person: Person) -> ProofMember {
        match (person, self.target) {
            (Person::Target, ProofTarget::Person(who)) => ProofMember::Person(who),
            (Person::Target, ProofTarget::Group(group)) => ProofMember::Group(group),
            _ => ProofMember::Person(ProofPerson::User),
        }
    }

    fn of(&self, person: Person, what: UserPart) -> ProofRead<Value> {
        let ProofMember::Person(who) = self.member(person) else {
            let product = &self.state.compiled.product;
            return Ok(match what {
                UserPart::Role(_) => Value::NO,
                UserPart::Setting(setting) => product
                    .setting(setting)
                    .map_or(Value::NO, |setting| setting.default),
            });
        };
        let mut altered = self
            .altered
            .iter()
            .rev()
            .filter(|(whose, which, _)| *whose == who && *which == what);
        match altered.next() {
            Some((_, _, to)) => Ok(*to),
            None => self.state.value(who, what),
        }
    }

    /// The value of an input. Arguments belong to changes, which resolve them earlier.
    pub(super) fn read(&self, input: DecisionInput) -> ProofRead<Value> {
        match input {
            DecisionInput::SameUser => match self.target {
                ProofTarget::Person(who) => Ok(Value::from(who == ProofPerson::User)),
                // Whoever is in the group is among those it is done to.
                ProofTarget::Group(group) => {
                    let user = ProofMember::Person(ProofPerson::User);
                    self.things.is_in(user, group).map(Value::from)
                }
                ProofTarget::Nobody => Ok(Value::NO),
            },
            DecisionInput::Enabled(person) => match self.member(person) {
                ProofMember::Person(who) => self.state.enabled(who).map(Value::from),
                ProofMember::Group(_) => Ok(Value::YES),
            },
            DecisionInput::Holds(person, role) => self.of(person, UserPart::Role(role)),
            DecisionInput::Setting(person, setting) => self.of(person, UserPart::Setting(setting)),
            DecisionInput::Reading(reading) => self.state.path.read(ProofInput::Reading(reading)),
            DecisionInput::Fact(fact) => {
                let about = self.about;
                let of_thing = about
                    .and_then(|about| self.things.value(fact, about, |person| self.member(person)));
                of_thing.unwrap_or_else(|| self.state.path.read(ProofInput::Fact(fact)))
            }
            DecisionInput::Argument(_) => Ok(Value::NO),
        }
    }

    /// Whether the user may do it.
    pub(super) fn allows(&self, action: ActionId) -> ProofRead<bool> {
        let Some(decider) = self.state.compiled.decider(action) else {
            return Ok(false);
        };
        let ruled = decider.tree().walk(|input| self.read(input))?;
        Ok(ruled.is_some_and(|ruled| ruled.allows))
    }

    /// Whether one of the two people meets all of it.
    pub(super) fn has(&self, traits: &Traits, person: Person) -> ProofRead<bool> {
        let product = &self.state.compiled.product;
        let mut source = self.state.compiled.asking(|input| self.read(input));
        for (given, value) in &traits.with {
            let is = match given {
                PremiseValue::Setting(setting) => {
                    self.read(DecisionInput::Setting(person, *setting))?
                }
                PremiseValue::Reading(reading) => self.read(DecisionInput::Reading(*reading))?,
                PremiseValue::Fact(fact) => semantics::fact_value(product, &mut source, *fact)?,
            };
            if is != *value {
                return Ok(false);
            }
        }
        let held = traits.holds.iter().map(|role| (role, true));
        for (role, held) in held.chain(traits.lacks.iter().map(|role| (role, false))) {
            if semantics::has_role(product, &mut source, person, *role)? != held {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
