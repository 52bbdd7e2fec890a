//! Changes in a state: which can be made, whether they are accepted, and what they alter.

use std::collections::BTreeSet;

use super::options::ChangeOptions;
use super::search::{ProofSubject, UndecidedReason};
use super::state::{ProofInput, ProofPerson, ProofRead, ProofState, ProofView};
use crate::explore::compile::CompiledProduct;
use crate::firm::UserPart;
use crate::link::product::{
    AlteredPerson, Argument, ChangeId, DecisionInput, DeclaredAlteration, Effect, LinkedChange,
    Product, RoleId, RuleTargets, SettingId,
};
use crate::value::Value;

/// What changes alter: whose what, and to which value.
pub(super) type StateAlterations = Vec<(ProofPerson, UserPart, Value)>;

/// A change with its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MadeChange {
    pub(super) change: ChangeId,
    pub(super) role: Option<RoleId>,
    pub(super) setting: Option<SettingId>,
    /// A value of that setting.
    pub(super) value: Option<Value>,
}

/// A change in a state, with the person it is made to.
#[derive(Debug, Clone, Copy)]
pub(super) struct TargetedChange {
    pub(super) made: MadeChange,
    pub(super) target: ProofPerson,
}

/// Every change that can be asked for, with every choice of its words.
pub(super) fn all(subject: ProofSubject<'_>) -> Result<Vec<MadeChange>, UndecidedReason> {
    let most = subject.rulebook.limits().proof_states;
    let mut all = Vec::new();
    for (number, change) in subject.compiled.product.changes.iter().enumerate() {
        for made in of_change(&subject.compiled.product, ChangeId::from(number), change) {
            if all.len() >= most {
                return Err(UndecidedReason::TooManyChanges);
            }
            all.push(made);
        }
    }
    Ok(all)
}

fn of_change<'c>(
    product: &'c Product,
    number: ChangeId,
    change: &'c LinkedChange,
) -> impl Iterator<Item = MadeChange> + 'c {
    let roles = change.roles.iter().map(|role| Some(*role));
    let roles = roles.chain(no(change, Argument::Role));
    roles.flat_map(move |role| {
        let settings = change.settings.iter().map(|setting| Some(*setting));
        let settings = settings.chain(no(change, Argument::Setting));
        settings.flat_map(move |setting| {
            let declared = setting.and_then(|setting| product.setting(setting));
            let values = declared.map_or(0, |setting| setting.domain.len());
            let values = if change.takes.contains(&Argument::Value) {
                values
            } else {
                0
            };
            let values = (0..values).map(|value| Some(Value(value as u16)));
            let values = values.chain(no(change, Argument::Value));
            values.map(move |value| MadeChange {
                change: number,
                role,
                setting,
                value,
            })
        })
    })
}

/// No word, where a change takes none of that kind.
fn no<T>(change: &LinkedChange, argument: Argument) -> Option<Option<T>> {
    (!change.takes.contains(&argument)).then_some(None)
}

impl MadeChange {
    /// The roles and settings that it could write, what follows from it included.
    pub(super) fn writes(&self, compiled: &CompiledProduct) -> BTreeSet<UserPart> {
        let product = &compiled.product;
        let change = product.changes.get(self.change.index());
        let effects = change.into_iter().flat_map(|change| &change.effects);
        let effects = effects.filter_map(|effect| product.effects.get(effect.index()));
        let does = change.into_iter().flat_map(|change| &change.does);
        let mut writes = BTreeSet::new();
        for one in does.chain(effects.flat_map(|effect| &effect.does)) {
            match one {
                DeclaredAlteration::Give(choice, _) => {
                    let role = choice.or(self.role);
                    writes.extend(role.map(UserPart::Role));
                    if role.is_some_and(|role| product.levels.contains(&role)) {
                        writes.extend(product.levels.iter().copied().map(UserPart::Role));
                    }
                }
                DeclaredAlteration::Take(choice, _) => {
                    writes.extend(choice.or(self.role).map(UserPart::Role))
                }
                DeclaredAlteration::Set(choice, ..) => {
                    writes.extend(choice.or(self.setting).map(UserPart::Setting));
                }
            }
        }
        writes
    }

    pub(super) fn declared<'c>(&self, compiled: &'c CompiledProduct) -> Option<&'c LinkedChange> {
        compiled.product.changes.get(self.change.index())
    }

    /// An argument, as scripts read it.
    fn argument(&self, compiled: &CompiledProduct, argument: Argument) -> Value {
        let product = &compiled.product;
        let value = match argument {
            Argument::Role => self.role.map(|role| Value(role.0)),
            Argument::Setting => self.setting.map(|setting| Value(setting.0)),
            Argument::Value => self.setting.and_then(|setting| {
                let setting = product.setting(setting)?;
                let shared = product.argument_domain(Argument::Value)?;
                shared.find(setting.domain.word(self.value?))
            }),
        };
        value.unwrap_or_default()
    }
}

/// What changes come to: the parts, and what is different after them.
pub(super) type ChosenChanges = (Vec<TargetedChange>, StateAlterations);

impl ProofState<'_> {
    /// So many changes that are made at once, each of which alters something that matters, and all that they alter; none where one
    /// is refused or does not matter.
    pub(super) fn choose(
        &self,
        options: &ChangeOptions,
        parts: u8,
        relevant: &dyn Fn(UserPart) -> bool,
        matters: &dyn Fn(ProofPerson, UserPart) -> bool,
    ) -> ProofRead<Option<ChosenChanges>> {
        let mut chosen: Vec<TargetedChange> = Vec::new();
        let mut least = 0;
        for number in 0..parts {
            if options.made.is_empty() {
                return Ok(None);
            }
            let option = usize::from(self.path.read(ProofInput::Part(number))?.0);
            let is_next = option >= least || options.ordered;
            let Some(made) = options.made.get(option).copied().filter(|_| is_next) else {
                return Ok(None);
            };
            least = option;
            let target = self.enter(number, RuleTargets::Anyone)?;
            let part = TargetedChange { made, target };
            let is_same = |other: &TargetedChange| other.made == made && other.target == target;
            if chosen.iter().any(is_same) {
                return Ok(None);
            }
            let Some((_, altered)) = self.outcome(&part, relevant)? else {
                return Ok(None);
            };
            if !altered.iter().any(|(who, what, _)| matters(*who, *what)) {
                return Ok(None);
            }
            chosen.push(part);
        }
        let altered = self.make(&chosen, relevant)?;
        Ok(altered.map(|altered| (chosen, altered)))
    }

    /// What comes of changes that are made at once; none where one is refused. `relevant` tells what has to be known exactly.
    pub(super) fn make(
        &self,
        parts: &[TargetedChange],
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<StateAlterations>> {
        let mut together: StateAlterations = Vec::new();
        let mut written: StateAlterations = Vec::new();
        for part in parts {
            let Some((writes, altered)) = self.outcome(part, relevant)? else {
                return Ok(None);
            };
            let contradicts = |one: &(ProofPerson, UserPart, Value)| {
                let same =
                    |other: &&(ProofPerson, UserPart, Value)| (other.0, other.1) == (one.0, one.1);
                written
                    .iter()
                    .find(same)
                    .is_some_and(|other| other.2 != one.2)
            };
            if writes.iter().any(contradicts) {
                return Ok(None);
            }
            written.extend(writes);
            for one in altered {
                set(&mut together, one);
            }
        }
        Ok(self.keeps_holders(&together)?.then_some(together))
    }

    /// What one change writes, and what is different after it with all that follows; none where it is refused.
    fn outcome(
        &self,
        part: &TargetedChange,
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<Option<(StateAlterations, StateAlterations)>> {
        let (compiled, made) = (self.compiled, &part.made);
        let (Some(change), Some(judge)) = (
            made.declared(compiled),
            compiled.judges.get(made.change.index()),
        ) else {
            return Ok(None);
        };
        let view = ProofView::before(self, part.target);
        let read = |input| match input {
            DecisionInput::Argument(argument) => Ok(made.argument(compiled, argument)),
            input => view.read(input),
        };
        let refusals = judge.tree().walk(read)?;
        if refusals.is_none_or(|refusals| !refusals.0.is_empty()) {
            return Ok(None);
        }
        let mut written = StateAlterations::new();
        self.perform(&change.does, part, &mut written)?;
        let mut all = written.clone();
        let numbers = change.effects.iter().map(|effect| effect.index());
        let effects: Vec<(usize, &Effect)> = numbers
            .filter_map(|number| Some((number, compiled.product.effects.get(number)?)))
            .filter(|(_, effect)| !effect.does.is_empty())
            .collect();
        // What follows from a change follows only where it alters anything.
        if !effects.is_empty() && !self.different(&written, &|_| true)?.is_empty() {
            for (number, effect) in effects {
                let follows = compiled.effects.get(number);
                let follows = match follows {
                    Some(follows) => follows.tree().walk(read)?.copied(),
                    None => None,
                };
                if follows == Some(true) {
                    self.perform(&effect.does, part, &mut all)?;
                }
            }
        }
        let holders = |what| matches!(what, UserPart::Role(role) if self.is_of_one(role));
        let altered = self.different(&all, &|what| relevant(what) || holders(what))?;
        Ok(self.keeps_holders(&altered)?.then_some((written, altered)))
    }

    fn is_of_one(&self, role: RoleId) -> bool {
        let role = self.compiled.product.role(role);
        role.is_some_and(|role| role.holders.is_some())
    }

    /// Those that are different from what was there.
    fn different(
        &self,
        written: &StateAlterations,
        relevant: &dyn Fn(UserPart) -> bool,
    ) -> ProofRead<StateAlterations> {
        let mut different = StateAlterations::new();
        for (who, what, to) in written
            .iter()
            .copied()
            .filter(|(_, what, _)| relevant(*what))
        {
            if self.value(who, what)? != to {
                different.push((who, what, to));
            }
        }
        Ok(different)
    }

    /// Whether roles that exactly one holds still have one holder, who is enabled where that has to be.
    fn keeps_holders(&self, altered: &StateAlterations) -> ProofRead<bool> {
        let product = &self.compiled.product;
        let roles: BTreeSet<UserPart> = altered.iter().map(|(_, what, _)| *what).collect();
        for role in roles {
            let UserPart::Role(id) = role else { continue };
            let Some(holders) = product.role(id).and_then(|role| role.holders.as_ref()) else {
                continue;
            };
            let of_role = || altered.iter().filter(|(_, what, _)| *what == role);
            let gained = || of_role().filter(|(_, _, to)| to.is_yes());
            if gained().count() * 2 != of_role().count() {
                return Ok(false);
            }
            for (who, ..) in gained().filter(|_| holders.enabled) {
                if !self.enabled(*who)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn perform(
        &self,
        does: &[DeclaredAlteration],
        part: &TargetedChange,
        written: &mut StateAlterations,
    ) -> ProofRead<()> {
        let MadeChange {
            role,
            setting,
            value,
            ..
        } = part.made;
        for one in does {
            match one {
                DeclaredAlteration::Give(choice, whose) => {
                    let (role, who) = (choice.or(role), self.somebody(*whose, part)?);
                    let levels = &self.compiled.product.levels;
                    let is_level = role.is_some_and(|role| levels.contains(&role));
                    for level in levels
                        .iter()
                        .filter(|level| is_level && Some(**level) != role)
                    {
                        set(written, (who, UserPart::Role(*level), Value::NO));
                    }
                    if let Some(role) = role {
                        set(written, (who, UserPart::Role(role), Value::YES));
                    }
                }
                DeclaredAlteration::Take(choice, whose) => {
                    let who = self.somebody(*whose, part)?;
                    if let Some(role) = choice.or(role) {
                        set(written, (who, UserPart::Role(role), Value::NO));
                    }
                }
                DeclaredAlteration::Set(choice, whose, to) => {
                    let who = self.somebody(*whose, part)?;
                    if let (Some(setting), Some(to)) = (choice.or(setting), to.or(value)) {
                        set(written, (who, UserPart::Setting(setting), to));
                    }
                }
            }
        }
        Ok(())
    }

    fn somebody(&self, whose: AlteredPerson, part: &TargetedChange) -> ProofRead<ProofPerson> {
        match whose {
            AlteredPerson::Person(crate::vocabulary::Person::User) => Ok(ProofPerson::User),
            AlteredPerson::Person(crate::vocabulary::Person::Target) => Ok(part.target),
            AlteredPerson::Holder(role) => self.holder(role),
        }
    }
}

fn set(altered: &mut StateAlterations, one: (ProofPerson, UserPart, Value)) {
    let known = altered
        .iter_mut()
        .find(|known| (known.0, known.1) == (one.0, one.1));
    match known {
        Some(known) => known.2 = one.2,
        None => altered.push(one),
    }
}
