//! Steps: the single changes that can alter one thing, and who can make them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use crate::change::{ChangeHandle, Judgement};
use crate::explore::compile::Compiled;
use crate::explore::layout::{Bits, Layout, Word};
use crate::finding::AskError;
use crate::firm::{Alteration, Firm, What};
use crate::link::product::{
    Alteration as Does, Argument, Change, Choice, Input, Product, RoleId, SettingId, Somebody,
};
use crate::value::Value;
use crate::vocabulary::Person;

/// A single change, with the keys of a line of `batch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferenceStep {
    product: Arc<str>,
    user: String,
    change: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    target: String,
}

impl DifferenceStep {
    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Id of the user who asks for it.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Id of the user it is done to.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The change as one asks for it.
    pub fn change(&self) -> crate::Change {
        let mut change = crate::Change::new(self.user.clone(), &*self.change)
            .product(&*self.product)
            .target(self.target.clone());
        if let Some(role) = &self.role {
            change = change.role(&**role);
        }
        if let (Some(setting), Some(value)) = (&self.setting, &self.value) {
            change = change.setting(&**setting, value.clone());
        }
        change
    }
}

/// As on the command line: who, the change, what it takes, to whom.
impl std::fmt::Display for DifferenceStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.user, self.change)?;
        let words = [
            self.role.as_deref(),
            self.setting.as_deref(),
            self.value.as_deref(),
        ];
        for word in words.into_iter().flatten() {
            write!(f, " {word}")?;
        }
        write!(f, " {}", self.target)
    }
}

/// A change with its arguments, and whose part of it is played by the person in question.
#[derive(Clone)]
pub(super) struct Candidate {
    handle: ChangeHandle,
    change: Arc<str>,
    role: Option<Arc<str>>,
    setting: Option<(Arc<str>, String)>,
    whose: Somebody,
}

/// What may be done in one product, and what tells those apart who may do it.
pub(super) struct Means<'f> {
    pub(super) compiled: &'f Compiled,
    pub(super) product: usize,
    /// What is read of whoever asks, and of whom it is done to.
    reads: [Vec<Input>; 2],
    /// The candidates that alter something, by what they alter.
    known: HashMap<(What, Value), Vec<Candidate>>,
}

impl<'f> Means<'f> {
    pub(super) fn of(compiled: &'f Compiled, product: usize) -> Self {
        let mut reads = [Vec::new(), Vec::new()];
        for judge in &compiled.judges {
            for input in judge.tree().questions() {
                let whose = match input {
                    Input::Holds(person, _) | Input::Setting(person, _) => person,
                    Input::Enabled(person) => person,
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
            known: HashMap::new(),
        }
    }

    fn declared(&self) -> &'f Product {
        &self.compiled.product
    }

    /// Whether anybody's changes can depend on it.
    pub(super) fn is_power(&self, what: What) -> bool {
        self.reads
            .iter()
            .flatten()
            .any(|input| match (input, what) {
                (Input::Holds(_, role), What::Role(altered)) => *role == altered,
                (Input::Setting(_, setting), What::Setting(altered)) => *setting == altered,
                _ => false,
            })
    }

    /// Two people of each kind that changes tell apart, in the order of the firm.
    pub(super) fn kinds(&self, firm: &Firm, person: Person) -> Vec<u32> {
        let [user, target] = &self.reads;
        let reads = if person == Person::User { user } else { target };
        let mut seen: HashMap<Vec<u16>, u8> = HashMap::new();
        let mut kinds = Vec::new();
        for user in 0..firm.roster.len() as u32 {
            let words = firm.roster.profile(self.product, user);
            let mut kind: Vec<u16> = reads
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

    fn read(&self, words: &[Word], input: Input) -> Value {
        let bits = Bits {
            user: words,
            target: words,
            firm: &[],
            question: [0; 2],
        };
        bits.read(self.compiled.layout.slot(input, &[], self.declared()))
    }

    /// The changes that can make something so.
    pub(super) fn candidates(
        &mut self,
        firm: &Firm,
        what: What,
        to: Value,
    ) -> Result<Vec<Candidate>, AskError> {
        if let Some(known) = self.known.get(&(what, to)) {
            return Ok(known.clone());
        }
        let mut candidates = Vec::new();
        for change in &self.declared().changes {
            for does in &change.does {
                candidates.extend(self.candidate(firm, change, does, what, to)?);
            }
        }
        self.known.insert((what, to), candidates.clone());
        Ok(candidates)
    }

    /// The candidates that one line of a change gives.
    fn candidate(
        &self,
        firm: &Firm,
        change: &Change,
        does: &Does,
        what: What,
        to: Value,
    ) -> Result<Vec<Candidate>, AskError> {
        let fits = |choice: Choice<RoleId>, role: RoleId| match choice {
            Choice::Fixed(fixed) => fixed == role,
            Choice::Argument => change.roles.contains(&role),
        };
        let found = match (does, what, to.is_yes()) {
            (Does::Give(choice, whose), What::Role(role), true)
            | (Does::Take(choice, whose), What::Role(role), false)
                if fits(*choice, role) =>
            {
                let role = (*choice == Choice::Argument).then_some(role);
                Some((*whose, role, None))
            }
            (Does::Set(choice, whose, value), What::Setting(setting), _) => {
                let of = match choice {
                    Choice::Fixed(fixed) => *fixed == setting,
                    Choice::Argument => change.settings.contains(&setting),
                };
                let is = match value {
                    Choice::Fixed(fixed) => *fixed == to,
                    Choice::Argument => true,
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

    fn settings(&self, change: &Change) -> Vec<Option<(SettingId, Value)>> {
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
        change: &Change,
        whose: Somebody,
        role: Option<RoleId>,
        setting: Option<(SettingId, Value)>,
    ) -> Result<Candidate, AskError> {
        let product = self.declared();
        let mut handle = firm.rulebook.change(Some(&product.id), &change.id)?;
        let role = role.and_then(|role| Some(Arc::clone(&product.role(role)?.id)));
        if let Some(role) = &role {
            handle = handle.with_role(&firm.rulebook, role)?;
        }
        let setting = setting.and_then(|(id, to)| {
            let setting = product.setting(id)?;
            Some((Arc::clone(&setting.id), setting.domain.word(to).to_owned()))
        });
        if let Some((setting, word)) = &setting {
            handle = handle.with_setting(&firm.rulebook, setting, word)?;
        }
        Ok(Candidate {
            handle,
            change: Arc::clone(&change.id),
            role,
            setting,
            whose,
        })
    }
}

impl Candidate {
    /// Who can play the two parts for this person: whoever asks, and whom it is done to.
    pub(super) fn parts(&self, person: u32, actors: &[u32], targets: &[u32]) -> Vec<[u32; 2]> {
        match self.whose {
            Somebody::Person(Person::Target) => {
                let others = actors.iter().filter(|actor| **actor != person);
                let all = others.chain([&person]);
                all.map(|actor| [*actor, person]).collect()
            }
            Somebody::Person(Person::User) => {
                targets.iter().map(|target| [person, *target]).collect()
            }
            Somebody::Holder(_) => {
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
        let handle = |number: u32| firm.user_at(number as usize);
        firm.validate(handle(user)?, self.handle, handle(target)?)
            .ok()
    }

    pub(super) fn step(
        &self,
        firm: &Firm,
        product: &Product,
        [user, target]: [u32; 2],
    ) -> DifferenceStep {
        DifferenceStep {
            product: Arc::clone(&product.id),
            user: firm.roster.id(user).to_owned(),
            change: Arc::clone(&self.change),
            role: self.role.clone(),
            setting: self
                .setting
                .as_ref()
                .map(|(setting, _)| Arc::clone(setting)),
            value: self.setting.as_ref().map(|(_, value)| value.clone()),
            target: firm.roster.id(target).to_owned(),
        }
    }
}

/// What an alteration is about.
pub(super) fn key(altered: &Alteration) -> (usize, u32, What) {
    (altered.product, altered.user, altered.what)
}
