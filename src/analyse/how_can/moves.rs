//! Moves: every change with its arguments that could have a part in an answer, and what of people it turns on.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::change::resolve::Arguments;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::finding::AskError;
use crate::firm::{Firm, UserPart};
use crate::link::product::{
    ActionId, AlteredPerson, Argument, ArgumentChoice, ChangeId, DecisionInput,
    DeclaredAlteration as Does, Effect, LinkedChange as Declared, RoleId,
};
use crate::vocabulary::Person;

/// A change with its arguments, whoever makes it, whomever it is done to.
#[derive(Clone)]
pub(super) struct BoundChange {
    pub(super) change: ChangeId,
    pub(super) arguments: Arguments,
    /// The same by names, with nobody in it yet.
    pub(super) named: Change,
    /// Whether it does the same, whoever makes it.
    pub(super) is_same_by_all: bool,
    /// What it can alter, its effects included.
    writes: BTreeSet<UserPart>,
}

/// What an answer can turn on after any changes.
///
/// It is closed: whether a change that can alter any of it is accepted, and whether an effect that can alter any of it
/// follows, turns on nothing else. So people who are alike in it stay alike under the same changes.
pub(super) struct RelevantInputs {
    /// What matters of anybody, and what matters of the two people asked about beyond that.
    anybody: BTreeSet<UserPart>,
    asked: BTreeSet<UserPart>,
    /// The roles whose holders changes and effects look up.
    pub(super) looked_up: BTreeSet<RoleId>,
    pub(super) moves: Vec<BoundChange>,
    masks: [Vec<Word>; 2],
}

impl RelevantInputs {
    /// What the answer about an action turns on, whatever is changed.
    pub(super) fn of(
        firm: &Firm,
        compiled: &CompiledProduct,
        action: ActionId,
        user: &str,
    ) -> Result<Self, AskError> {
        Ok(Self::over(
            compiled,
            action,
            every_move(firm, compiled, user)?,
        ))
    }

    /// What it turns on where no other moves than these are ever made.
    pub(super) fn over(
        compiled: &CompiledProduct,
        action: ActionId,
        moves: Vec<BoundChange>,
    ) -> Self {
        let mut relevant = Self {
            anybody: alone_held(compiled),
            asked: BTreeSet::new(),
            looked_up: BTreeSet::new(),
            moves,
            masks: [Vec::new(), Vec::new()],
        };
        if let Some(decider) = compiled.decider(action) {
            let inputs = decider.axes().iter();
            relevant.asked = inputs.filter_map(|axis| what(axis.input)).collect();
        }
        while relevant.grow(compiled) {}
        let Self {
            anybody,
            asked,
            moves,
            ..
        } = &mut relevant;
        moves.retain(|one| !one.writes.is_disjoint(anybody) || !one.writes.is_disjoint(asked));
        relevant.masks = [mask(compiled, [anybody]), mask(compiled, [anybody, asked])];
        relevant
    }

    /// Adds what the moves of interest turn on; whether there was anything to add.
    fn grow(&mut self, compiled: &CompiledProduct) -> bool {
        let before = self.anybody.len();
        let product = &compiled.product;
        for one in &self.moves {
            let matters = |writes: &BTreeSet<UserPart>| {
                !writes.is_disjoint(&self.anybody) || !writes.is_disjoint(&self.asked)
            };
            if !matters(&one.writes) {
                continue;
            }
            let Some(declared) = product.changes.get(one.change.index()) else {
                continue;
            };
            if let Some(judge) = compiled.judges.get(one.change.index()) {
                let inputs = judge.axes().iter();
                self.anybody
                    .extend(inputs.filter_map(|axis| what(axis.input)));
            }
            self.looked_up.extend(holders(&declared.does));
            let own = written(compiled, &declared.does, one.arguments);
            for id in &declared.effects {
                let Some(effect) = product.effects.get(id.index()) else {
                    continue;
                };
                let writes = written(compiled, &effect.does, one.arguments);
                if writes.is_disjoint(&self.anybody) && writes.is_disjoint(&self.asked) {
                    continue;
                }
                // An effect follows only where the change altered something.
                self.anybody.extend(own.iter().copied());
                self.looked_up.extend(holders(&effect.does));
                if let Some(decider) = compiled.effects.get(id.index()) {
                    let inputs = decider.axes().iter();
                    self.anybody
                        .extend(inputs.filter_map(|axis| what(axis.input)));
                }
            }
        }
        self.anybody.len() > before
    }

    /// A profile without what does not matter of the two people asked about, or of anybody else.
    pub(super) fn matter(&self, words: &[Word], is_asked_about: bool) -> Vec<Word> {
        let [anybody, asked] = &self.masks;
        let mask = if is_asked_about { asked } else { anybody };
        let kept = words.iter().zip(mask);
        kept.map(|(word, mask)| word & mask).collect()
    }
}

/// The roles that exactly one user holds: what a change does to them is checked after it.
fn alone_held(compiled: &CompiledProduct) -> BTreeSet<UserPart> {
    let roles = compiled.product.roles.iter().enumerate();
    roles
        .filter(|(_, role)| role.holders.is_some())
        .map(|(number, _)| UserPart::Role(RoleId::from(number)))
        .collect()
}

/// What an input is of a person; nothing of what no change alters.
fn what(input: DecisionInput) -> Option<UserPart> {
    match input {
        DecisionInput::Holds(_, role) => Some(UserPart::Role(role)),
        DecisionInput::Setting(_, setting) => Some(UserPart::Setting(setting)),
        _ => None,
    }
}

/// The bits of a profile that these are in, with seat and enabled.
fn mask<const N: usize>(compiled: &CompiledProduct, sets: [&BTreeSet<UserPart>; N]) -> Vec<Word> {
    let layout = &compiled.layout;
    let mut mask = vec![0; layout.words()];
    let whats = sets.into_iter().flatten().map(|what| match what {
        UserPart::Role(role) => layout.role(*role),
        UserPart::Setting(setting) => layout.setting(*setting),
    });
    let always = [Layout::SEAT, Layout::ENABLED];
    for field in whats.chain(always) {
        let (word, bits) = field.place();
        if let Some(known) = mask.get_mut(word as usize) {
            *known |= bits;
        }
    }
    mask
}

fn holders(does: &[Does]) -> impl Iterator<Item = RoleId> {
    does.iter().filter_map(|one| {
        let (Does::Give(_, whose) | Does::Take(_, whose) | Does::Set(_, whose, _)) = one;
        match whose {
            AlteredPerson::Holder(role) => Some(*role),
            AlteredPerson::Person(_) => None,
        }
    })
}

/// What is altered by doing this; on a seat with levels, giving one takes the others.
fn written(compiled: &CompiledProduct, does: &[Does], arguments: Arguments) -> BTreeSet<UserPart> {
    let levels = &compiled.product.levels;
    let mut written = BTreeSet::new();
    for one in does {
        match one {
            Does::Give(choice, _) => {
                let role = named(*choice, arguments.role);
                if role.is_some_and(|role| levels.contains(&role)) {
                    written.extend(levels.iter().map(|level| UserPart::Role(*level)));
                }
                written.extend(role.map(UserPart::Role));
            }
            Does::Take(choice, _) => {
                written.extend(named(*choice, arguments.role).map(UserPart::Role))
            }
            Does::Set(choice, ..) => {
                written.extend(named(*choice, arguments.setting).map(UserPart::Setting));
            }
        }
    }
    written
}

fn named<T>(choice: ArgumentChoice<T>, argument: Option<T>) -> Option<T> {
    match choice {
        ArgumentChoice::Fixed(fixed) => Some(fixed),
        ArgumentChoice::Argument => argument,
    }
}

/// Every change of a product with every choice of its arguments, in declared order.
fn every_move(
    firm: &Firm,
    compiled: &CompiledProduct,
    user: &str,
) -> Result<Vec<BoundChange>, AskError> {
    let mut moves = Vec::new();
    for declared in &compiled.product.changes {
        for named in choices(compiled, declared) {
            let resolved = firm.resolve_change(&named.clone().by(user).target(user))?;
            let effects = declared.effects.iter();
            let effects = effects.filter_map(|effect| compiled.product.effects.get(effect.index()));
            let does = |effect: &Effect| written(compiled, &effect.does, resolved.arguments);
            let mut writes = written(compiled, &declared.does, resolved.arguments);
            effects.for_each(|effect| writes.extend(does(effect)));
            let of_maker = |one: &Does| {
                let (Does::Give(_, whose) | Does::Take(_, whose) | Does::Set(_, whose, _)) = one;
                matches!(whose, AlteredPerson::Person(Person::User))
            };
            moves.push(BoundChange {
                is_same_by_all: declared.effects.is_empty() && !declared.does.iter().any(of_maker),
                change: resolved.change,
                arguments: resolved.arguments,
                named,
                writes,
            });
        }
    }
    Ok(moves)
}

fn choices(compiled: &CompiledProduct, declared: &Declared) -> Vec<Change> {
    let product = &compiled.product;
    let mut choices = vec![Change::new("", &*declared.id).product(&*product.id)];
    if declared.takes.contains(&Argument::Role) {
        choices = with(&choices, |change| {
            let roles = declared.roles.iter();
            let with_role = |role: &RoleId| change.clone().role(product.role_name(*role));
            roles.map(with_role).collect()
        });
    }
    if declared.takes.contains(&Argument::Setting) {
        choices = with(&choices, |change| {
            let settings = declared.settings.iter();
            let settings = settings.filter_map(|setting| product.setting(*setting));
            let each = settings.flat_map(|setting| {
                let words = setting.domain.words();
                words.map(|word| change.clone().setting(&*setting.id, word))
            });
            each.collect()
        });
    }
    choices
}

fn with(choices: &[Change], more: impl Fn(&Change) -> Vec<Change>) -> Vec<Change> {
    choices.iter().flat_map(more).collect()
}
