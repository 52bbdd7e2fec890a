//! Means: the single changes that can alter one thing, and what tells those apart who can make them.

use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;
use smallvec::SmallVec;

use super::steps::StepShape;
use super::tally;
use crate::answer::ValueWord;
use crate::change::{ChangeHandle, Judgement};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, QuestionBits, Word};
use crate::finding::AskError;
use crate::firm::{Firm, UserPart};
use crate::link::product::{
    AlteredPerson, Argument, ArgumentChoice, DecisionInput, DeclaredAlteration as Does,
    LinkedChange, Product, RoleId, SettingId,
};
use crate::value::Value;
use crate::vocabulary::Person;

/// A change with its arguments, and whose part of it is played by the person in question.
pub(super) struct CandidateChange {
    handle: ChangeHandle,
    pub(super) shape: Arc<StepShape>,
    whose: AlteredPerson,
    /// Of what is done to the holder of a role, whether nothing else of the change does it to anybody.
    is_only_line: bool,
}

/// What changes read of somebody.
type MeansKind = SmallVec<[u16; 12]>;

/// What may be done in one product, and what tells those apart who may do it.
pub(super) struct AvailableChanges<'f> {
    pub(super) compiled: &'f CompiledProduct,
    pub(super) product: usize,
    /// What is read of whoever asks, and of whom it is done to.
    reads: [Vec<DecisionInput>; 2],
    candidates: Vec<CandidateChange>,
    /// The candidates that alter something, by what they alter.
    known: HashMap<(UserPart, Value), Range<usize>>,
}

impl<'f> AvailableChanges<'f> {
    pub(super) fn of(compiled: &'f CompiledProduct, product: usize) -> Self {
        let mut reads = [Vec::new(), Vec::new()];
        for judge in &compiled.judges {
            for input in judge.tree().questions() {
                let whose = match input {
                    DecisionInput::Holds(person, _) | DecisionInput::Setting(person, _) => person,
                    DecisionInput::Enabled(person) => person,
                    _ => continue,
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
        self.reads
            .iter()
            .flatten()
            .any(|input| match (input, what) {
                (DecisionInput::Holds(_, role), UserPart::Role(altered)) => *role == altered,
                (DecisionInput::Setting(_, setting), UserPart::Setting(altered)) => {
                    *setting == altered
                }
                _ => false,
            })
    }

    /// Whether exactly one holds a role.
    pub(super) fn is_held_by_one(&self, role: RoleId) -> bool {
        let role = self.declared().role(role);
        role.is_some_and(|role| role.holders.is_some())
    }

    /// Who hold what exactly one holds.
    pub(super) fn holders(&self, firm: &Firm) -> impl Iterator<Item = u32> {
        let roles = (0..self.declared().roles.len()).map(RoleId::from);
        roles.filter_map(|role| firm.roster.holder(self.product, role))
    }

    /// The change of this number.
    pub(super) fn shape(&self, candidate: usize) -> Option<&Arc<StepShape>> {
        Some(&self.candidates.get(candidate)?.shape)
    }

    /// Two people of each kind that changes tell apart, in the order of the firm.
    pub(super) fn kinds(&self, firm: &Firm, person: Person) -> Vec<u32> {
        let [user, target] = &self.reads;
        let reads = if person == Person::User { user } else { target };
        let mut seen: HashMap<MeansKind, u8> = HashMap::new();
        let mut kinds = Vec::new();
        for user in 0..firm.roster.len() as u32 {
            let words = firm.roster.profile(self.product, user);
            tally::look();
            let mut kind: MeansKind = reads
                .iter()
                .map(|input| self.read(words, *input).0)
                .collect();
            let standing = [Layout::SEAT, Layout::ENABLED].map(|field| field.read(words).0);
            kind.extend(standing);
            let many = seen.entry(kind).or_default();
            if *many < 2 {
                *many += 1;
                kinds.push(user);
            }
        }
        kinds
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

    /// The changes that can make something so, by number.
    pub(super) fn find(
        &mut self,
        firm: &Firm,
        what: UserPart,
        to: Value,
    ) -> Result<Range<usize>, AskError> {
        if let Some(known) = self.known.get(&(what, to)) {
            return Ok(known.clone());
        }
        let first = self.candidates.len();
        for change in &self.declared().changes {
            for (line, does) in change.does.iter().enumerate() {
                let mut found = self.candidate(firm, change, does, what, to)?;
                let is_only_line = self.is_only_line(change, line, what);
                for candidate in &mut found {
                    candidate.is_only_line = is_only_line;
                }
                self.candidates.extend(found);
            }
        }
        let found = first..self.candidates.len();
        self.known.insert((what, to), found.clone());
        Ok(found)
    }

    /// The changes of these numbers.
    pub(super) fn candidates(&self, found: Range<usize>) -> &[CandidateChange] {
        self.candidates.get(found).unwrap_or_default()
    }

    /// Whether only this line of a change, and none of its effects, can alter something.
    fn is_only_line(&self, change: &LinkedChange, line: usize, what: UserPart) -> bool {
        let others = change.does.iter().enumerate();
        let others = others.filter(|(at, _)| *at != line).map(|(_, does)| does);
        let effects = change.effects.iter();
        let effects = effects.filter_map(|effect| self.declared().effects.get(effect.index()));
        let mut all = others.chain(effects.flat_map(|effect| &effect.does));
        !all.any(|does| self.can_alter(does, what))
    }

    /// Whether a line of a change can alter something, of whomever.
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

    /// The candidates that one line of a change gives.
    fn candidate(
        &self,
        firm: &Firm,
        change: &LinkedChange,
        does: &Does,
        what: UserPart,
        to: Value,
    ) -> Result<Vec<CandidateChange>, AskError> {
        let fits = |choice: ArgumentChoice<RoleId>, role: RoleId| match choice {
            ArgumentChoice::Fixed(fixed) => fixed == role,
            ArgumentChoice::Argument => change.roles.contains(&role),
        };
        let found = match (does, what, to.is_yes()) {
            (Does::Give(choice, whose), UserPart::Role(role), true)
            | (Does::Take(choice, whose), UserPart::Role(role), false)
                if fits(*choice, role) =>
            {
                let role = (*choice == ArgumentChoice::Argument).then_some(role);
                Some((*whose, role, None))
            }
            (Does::Set(choice, whose, value), UserPart::Setting(setting), _) => {
                let of = match choice {
                    ArgumentChoice::Fixed(fixed) => *fixed == setting,
                    ArgumentChoice::Argument => change.settings.contains(&setting),
                };
                let is = match value {
                    ArgumentChoice::Fixed(fixed) => *fixed == to,
                    ArgumentChoice::Argument => true,
                };
                (of && is).then_some((*whose, None, Some((setting, to))))
            }
            _ => None,
        };
        let Some((whose, role, setting)) = found else {
            return Ok(Vec::new());
        };
        let takes = |argument| change.takes.contains(&argument);
        // What the line leaves open can be anything that the change takes.
        let roles: Vec<Option<RoleId>> = match (takes(Argument::Role), role) {
            (true, Some(role)) => vec![Some(role)],
            (true, None) => change.roles.iter().copied().map(Some).collect(),
            (false, _) => vec![None],
        };
        let settings: Vec<Option<(SettingId, Value)>> = match (takes(Argument::Setting), setting) {
            (true, Some(setting)) => vec![Some(setting)],
            (true, None) => self.settings(change),
            (false, _) => vec![None],
        };
        let mut candidates = Vec::new();
        for role in roles {
            for setting in &settings {
                candidates.push(self.resolved(firm, change, whose, role, *setting)?);
            }
        }
        Ok(candidates)
    }

    fn settings(&self, change: &LinkedChange) -> Vec<Option<(SettingId, Value)>> {
        let settings = change.settings.iter().filter_map(|id| {
            let setting = self.declared().setting(*id)?;
            Some((*id, setting.domain.len() as u16))
        });
        let each =
            settings.flat_map(|(id, values)| (0..values).map(move |to| Some((id, Value(to)))));
        each.collect()
    }

    fn resolved(
        &self,
        firm: &Firm,
        change: &LinkedChange,
        whose: AlteredPerson,
        role: Option<RoleId>,
        setting: Option<(SettingId, Value)>,
    ) -> Result<CandidateChange, AskError> {
        let product = self.declared();
        let mut handle = firm.rulebook.change(Some(&product.id), &change.id)?;
        let role = role.and_then(|role| Some(Arc::clone(&product.role(role)?.id)));
        if let Some(role) = &role {
            handle = handle.with_role(&firm.rulebook, role)?;
        }
        let setting = setting.and_then(|(id, to)| {
            let setting = product.setting(id)?;
            let value = ValueWord::from(setting.domain.word(to));
            Some((Arc::clone(&setting.id), value))
        });
        if let Some((setting, word)) = &setting {
            handle = handle.with_setting(&firm.rulebook, setting, word)?;
        }
        Ok(CandidateChange {
            handle,
            shape: Arc::new(StepShape {
                product: Arc::clone(&product.id),
                change: Arc::clone(&change.id),
                role,
                setting,
            }),
            whose,
            is_only_line: false,
        })
    }
}

impl CandidateChange {
    /// Whether it can be about this person: what is done to the one holder of a role is done to nobody else.
    pub(super) fn can_be_about(&self, firm: &Firm, product: usize, person: u32) -> bool {
        match self.whose {
            AlteredPerson::Holder(role) if self.is_only_line => {
                firm.roster.holder(product, role) == Some(person)
            }
            _ => true,
        }
    }

    /// Who can play the two parts for this person: whoever asks, and whom it is done to.
    pub(super) fn parts(&self, person: u32, actors: &[u32], targets: &[u32]) -> Vec<[u32; 2]> {
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

    /// What comes of it.
    pub(super) fn judged<'f>(
        &self,
        firm: &'f Firm,
        [user, target]: [u32; 2],
    ) -> Option<Judgement<'f>> {
        tally::judgement();
        let handle = |number: u32| firm.user_at(number as usize);
        firm.validate(handle(user)?, self.handle, handle(target)?)
            .ok()
    }
}
