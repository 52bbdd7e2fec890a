//! Means: the single changes that can alter a property, and the inputs that decide who can make them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use smallvec::SmallVec;

use super::steps::StepShape;
use super::tally;
use crate::answer::ValueWord;
use crate::change::Judgement;
use crate::change::arguments::Arguments;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, QuestionBits, Word};
use crate::firm::Firm;
use crate::link::product::{
    AlteredPerson, Argument, ArgumentChoice, ChangeId, DecisionInput, DeclaredAlteration as Does,
    LinkedChange, Product, RoleId, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;
use crate::world::kinds::first_of_each;

/// A change with its arguments, and the part that the person in question has in it.
pub(super) struct CandidateChange {
    bound: BoundChange,
    pub(super) shape: Arc<StepShape>,
    whose: AlteredPerson,
    /// For a step about the holder of a role, whether the change does the same to nobody else.
    is_only_line: bool,
}

/// Representatives of all people whom the changes of one product tell apart.
#[derive(Default, Clone)]
pub(super) struct StandingPeople {
    pub(super) actors: Vec<u32>,
    pub(super) targets: Vec<u32>,
    /// All representatives, and the holders of roles with a single holder: changes can depend on those in any case.
    pub(super) all: HashSet<u32>,
}

/// The inputs that changes read about a person.
type MeansKind = SmallVec<[u16; 12]>;

/// The changes of one product, and the inputs that decide who can make them.
pub(super) struct AvailableChanges<'f> {
    pub(super) compiled: &'f CompiledProduct,
    pub(super) product: usize,
    /// The inputs read about the user, and those about the target.
    reads: [Vec<DecisionInput>; 2],
    candidates: Vec<CandidateChange>,
    /// The candidates by the alteration they make.
    known: HashMap<(UserPart, Value), Range<usize>>,
}

impl<'f> AvailableChanges<'f> {
    pub(super) fn of(compiled: &'f CompiledProduct, product: usize) -> Self {
        let mut reads = [Vec::new(), Vec::new()];
        for judge in &compiled.judges {
            for input in judge.tree().questions() {
                let Some(whose) = input.person() else {
                    continue;
                };
                let [user, target] = &mut reads;
                let list = if whose == Person::User { user } else { target };
                if !list.contains(&input) {
                    list.push(input);
                }
            }
        }
        Self {
            compiled,
            product,
            reads,
            candidates: Vec::new(),
            known: HashMap::new(),
        }
    }

    fn declared(&self) -> &'f Product {
        &self.compiled.product
    }

    /// Whether anybody's changes can depend on it.
    pub(super) fn is_power(&self, what: UserPart) -> bool {
        let mut reads = self.reads.iter().flatten();
        reads.any(|input| input.part() == Some(what))
    }

    /// Whether exactly one user holds a role.
    pub(super) fn is_held_by_one(&self, role: RoleId) -> bool {
        self.declared().single_holder(role).is_some()
    }

    /// The holders of roles with a single holder.
    fn holders(&self, firm: &Firm) -> impl Iterator<Item = u32> {
        let roles = self.declared().role_ids();
        roles.filter_map(|role| firm.roster.holder(self.product, role))
    }

    /// The change of this number.
    pub(super) fn shape(&self, candidate: usize) -> Option<&Arc<StepShape>> {
        Some(&self.candidates.get(candidate)?.shape)
    }

    /// Representatives of all people whom changes tell apart. These others are targets as well.
    pub(super) fn standing(&self, firm: &Firm, others: &BTreeSet<u32>) -> StandingPeople {
        let [actors, mut targets] = Person::ALL.map(|person| self.kinds(firm, person));
        let known: HashSet<u32> = targets.iter().copied().collect();
        targets.extend(others.iter().filter(|other| !known.contains(*other)));
        let all = actors.iter().chain(&targets).copied();
        StandingPeople {
            all: all.chain(self.holders(firm)).collect(),
            actors,
            targets,
        }
    }

    /// Two people of each kind, in the order of the firm.
    fn kinds(&self, firm: &Firm, person: Person) -> Vec<u32> {
        let [user, target] = &self.reads;
        let reads = if person == Person::User { user } else { target };
        let alike = |user| {
            let words = firm.roster.profile(self.product, user);
            tally::look();
            let standing = [Layout::SEAT, Layout::ENABLED].map(|field| field.read(words));
            let reads = reads.iter().map(|input| self.read(words, *input));
            reads
                .chain(standing)
                .map(|value| value.0)
                .collect::<MeansKind>()
        };
        first_of_each(firm.roster.len(), 2, alike).collect()
    }

    fn read(&self, words: &[Word], input: DecisionInput) -> Value {
        let bits = QuestionBits {
            user: words,
            target: words,
            firm: &[],
            question: [0; 2],
        };
        bits.read(self.compiled.layout.slot(input, &[], self.declared()))
    }

    /// The changes that can bring a property to a value, by number.
    pub(super) fn find(&mut self, what: UserPart, to: Value) -> Range<usize> {
        if let Some(known) = self.known.get(&(what, to)) {
            return known.clone();
        }
        let first = self.candidates.len();
        for (number, change) in self.declared().changes.iter().enumerate() {
            for (line, does) in change.does.iter().enumerate() {
                let is_only_line = self.is_only_line(change, line, what);
                let choices = BoundChange::of(self.compiled, ChangeId::from(number));
                let found =
                    choices.filter(|one| does.named_part(one.arguments) == Some((what, to)));
                let found: Vec<CandidateChange> = found
                    .map(|bound| self.candidate(bound, does.whose(), is_only_line))
                    .collect();
                self.candidates.extend(found);
            }
        }
        let found = first..self.candidates.len();
        self.known.insert((what, to), found.clone());
        found
    }

    /// The changes of these numbers.
    pub(super) fn candidates(&self, found: Range<usize>) -> &[CandidateChange] {
        self.candidates.get(found).unwrap_or_default()
    }

    /// Whether only this step of a change, and none of its effects, can alter a property.
    fn is_only_line(&self, change: &LinkedChange, line: usize, what: UserPart) -> bool {
        let others = change
            .does
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != line)
            .map(|(_, does)| does);
        let effects = change
            .effects
            .iter()
            .filter_map(|effect| self.declared().effects.get(effect.index()));
        let mut all = others.chain(effects.flat_map(|effect| &effect.does));
        !all.any(|does| self.can_alter(does, what))
    }

    /// Whether a step of a change can alter a property of anybody.
    fn can_alter(&self, does: &Does, what: UserPart) -> bool {
        let levels = &self.declared().levels;
        match (does, what) {
            (Does::Give(choice, _) | Does::Take(choice, _), UserPart::Role(role)) => match choice {
                ArgumentChoice::Fixed(fixed) => {
                    *fixed == role || levels.contains(fixed) && levels.contains(&role)
                }
                ArgumentChoice::Argument => true,
            },
            (Does::Set(choice, ..), UserPart::Setting(setting)) => match choice {
                ArgumentChoice::Fixed(fixed) => *fixed == setting,
                ArgumentChoice::Argument => true,
            },
            _ => false,
        }
    }

    /// The change with its arguments, in words.
    fn candidate(
        &self,
        bound: BoundChange,
        whose: AlteredPerson,
        is_only_line: bool,
    ) -> CandidateChange {
        let product = self.declared();
        let Arguments { role, setting, .. } = bound.arguments;
        let id = |part| product.part_id(part).map(Arc::clone);
        let value = bound
            .word(self.compiled, Argument::Value)
            .map(ValueWord::from);
        let setting = setting.and_then(|setting| id(UserPart::Setting(setting)));
        let change = bound.declared(self.compiled);
        CandidateChange {
            bound,
            shape: Arc::new(StepShape {
                product: Arc::clone(&product.id),
                change: change.map_or_else(|| "?".into(), |change| Arc::clone(&change.id)),
                role: role.and_then(|role| id(UserPart::Role(role))),
                setting,
                value,
                place: None,
            }),
            whose,
            is_only_line,
        }
    }
}

impl CandidateChange {
    /// Whether it can affect this person: a step about the holder of a role affects nobody else.
    pub(super) fn can_be_about(&self, firm: &Firm, product: usize, person: u32) -> bool {
        match self.whose {
            AlteredPerson::Holder(role) if self.is_only_line => {
                firm.roster.holder(product, role) == Some(person)
            }
            _ => true,
        }
    }

    /// The possible users and targets of the change for this person.
    pub(super) fn parts(&self, person: u32, standing: &StandingPeople) -> Vec<[u32; 2]> {
        let StandingPeople {
            actors, targets, ..
        } = standing;
        match self.whose {
            AlteredPerson::Person(Person::Target) => {
                let others = actors.iter().filter(|actor| **actor != person);
                let all = others.chain([&person]);
                all.map(|actor| [*actor, person]).collect()
            }
            AlteredPerson::Person(Person::User) => {
                targets.iter().map(|target| [person, *target]).collect()
            }
            AlteredPerson::Holder(_) => {
                let pairs = actors
                    .iter()
                    .flat_map(|actor| targets.iter().map(move |target| [*actor, *target]));
                pairs.collect()
            }
        }
    }

    /// The outcome of the change.
    pub(super) fn judged<'f>(
        &self,
        firm: &'f Firm,
        product: usize,
        pair: [u32; 2],
    ) -> Option<Judgement<'f>> {
        tally::judgement();
        let compiled = firm.rulebook.product(product)?;
        let resolved = self.bound.by(product, pair);
        firm.judgement(compiled, &resolved).ok()
    }
}
