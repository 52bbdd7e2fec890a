//! What a proof knows about a firm of any size: a few people, and only the inputs it has asked for.
//!
//! Every path through all possible inputs is walked. The end of a path stands for all firms with the same answers.

use std::cell::RefCell;

use super::input::{
    OtherHolder, ProofInput, ProofPerson, ProofRead, ProofThing, ThingFrame, ThingInput,
};
use super::subject::ProofSubject;
use crate::explore::Path;
use crate::explore::compile::CompiledProduct;
use crate::link::product::{KindId, RoleId, RuleTargets, UserPart};
use crate::value::Value;
use crate::world::settled::{KnownRoles, held, must_be_enabled};

/// The people of one path.
pub(super) struct ProofState<'s> {
    pub(super) compiled: &'s CompiledProduct,
    pub(super) path: &'s Path<ProofInput>,
    /// Everybody, each once.
    people: RefCell<Vec<ProofPerson>>,
    other: Option<OtherHolder>,
    pub(super) frame: &'s ThingFrame,
    /// The groups that changes name, each once.
    groups: RefCell<Vec<u8>>,
    /// The chains of things, each with the kind of its first thing.
    chains: RefCell<Vec<(u8, KindId)>>,
}

impl<'s> ProofState<'s> {
    pub(super) fn new(
        subject: ProofSubject<'s>,
        frame: &'s ThingFrame,
        path: &'s Path<ProofInput>,
    ) -> Self {
        let first = frame.kind.map(|kind| (0, kind));
        Self {
            compiled: subject.compiled,
            path,
            people: RefCell::new(vec![ProofPerson::User]),
            other: None,
            frame,
            groups: RefCell::default(),
            chains: RefCell::new(first.into_iter().collect()),
        }
    }

    pub(super) fn groups(&self) -> Vec<u8> {
        self.groups.borrow().clone()
    }

    pub(super) fn chains(&self) -> Vec<(u8, KindId)> {
        self.chains.borrow().clone()
    }

    /// Adds a group, which may be one that is already there.
    pub(super) fn enter_group(&self, new: u8) -> ProofRead<u8> {
        for known in self.groups() {
            if known == new || self.ask(ThingInput::Same(new, known))? {
                return Ok(known);
            }
        }
        self.groups.borrow_mut().push(new);
        Ok(new)
    }

    /// Adds a thing that decisions are not about.
    pub(super) fn enter_thing(&self, chain: u8, kind: KindId) -> ProofThing {
        let mut chains = self.chains.borrow_mut();
        if !chains.contains(&(chain, kind)) {
            chains.push((chain, kind));
        }
        ProofThing { chain, above: 0 }
    }

    /// Whether there can be such a thing.
    pub(super) fn is_within_chain(&self, thing: ProofThing) -> bool {
        let chains = self.chains.borrow();
        let first = chains.iter().find(|(chain, _)| *chain == thing.chain);
        let product = &self.compiled.product;
        first.is_some_and(|(_, kind)| product.kind_above(*kind, thing.above).is_some())
    }

    /// The same people and another person.
    pub(super) fn with_other(mut self, other: OtherHolder) -> Self {
        self.other = Some(other);
        self.people.borrow_mut().push(ProofPerson::Other);
        self
    }

    /// Adds a target, who may be a person who is already there. Targets are added before holders.
    pub(super) fn enter(&self, number: u8, on: RuleTargets) -> ProofRead<ProofPerson> {
        let new = ProofPerson::Target(number);
        for known in self.people() {
            let same = match (known, on) {
                (ProofPerson::User, RuleTargets::Others) => false,
                (ProofPerson::User, RuleTargets::Oneself) => true,
                _ => self.path.read(ProofInput::Same(new, known))?.is_yes(),
            };
            if same {
                return Ok(known);
            }
        }
        self.people.borrow_mut().push(new);
        Ok(new)
    }

    /// The holder of a role with a single holder.
    pub(super) fn holder(&self, role: RoleId) -> ProofRead<ProofPerson> {
        for who in self.people() {
            if self.holds(who, role)? {
                return Ok(who);
            }
        }
        self.people.borrow_mut().push(ProofPerson::Holder(role));
        Ok(ProofPerson::Holder(role))
    }

    fn known(&self, ask: ProofInput) -> Option<bool> {
        self.path.read::<()>(ask).ok().map(Value::is_yes)
    }

    /// Whether a person holds a role directly. What the invariants imply is not asked.
    pub(super) fn holds(&self, who: ProofPerson, role: RoleId) -> ProofRead<bool> {
        if let Some(held) = held(&self.compiled.product, self, who, role) {
            return Ok(held);
        }
        Ok(self.path.read(ProofInput::Holds(who, role))?.is_yes())
    }

    /// Whether a person is enabled. The user always is: disabled users are denied before any rule.
    pub(super) fn enabled(&self, who: ProofPerson) -> ProofRead<bool> {
        let of_other = who == ProofPerson::Other && self.other.is_some_and(|other| other.enabled);
        let product = &self.compiled.product;
        if who == ProofPerson::User || of_other || must_be_enabled(product, self, who) {
            return Ok(true);
        }
        Ok(self.path.read(ProofInput::Enabled(who))?.is_yes())
    }

    /// The value of a role or setting of a person.
    pub(super) fn value(&self, who: ProofPerson, what: UserPart) -> ProofRead<Value> {
        match what {
            UserPart::Role(role) => self.holds(who, role).map(Value::from),
            UserPart::Setting(setting) => self.path.read(ProofInput::Setting(who, setting)),
        }
    }
}

impl KnownRoles for ProofState<'_> {
    type Who = ProofPerson;

    fn people(&self) -> Vec<ProofPerson> {
        self.people.borrow().clone()
    }

    fn stated_role(&self, who: ProofPerson, role: RoleId) -> Option<bool> {
        let of_other = self.other.is_some_and(|other| other.role == role);
        if who == ProofPerson::Holder(role) || who == ProofPerson::Other && of_other {
            Some(true)
        } else {
            self.known(ProofInput::Holds(who, role))
        }
    }

    fn is_disabled(&self, who: ProofPerson) -> bool {
        self.known(ProofInput::Enabled(who)) == Some(false)
    }
}
