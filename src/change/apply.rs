//! What a change does: its alterations, and the effects that follow.

use super::judge::{Alterations, Effects};
use super::resolve::{Arguments, Resolved};
use crate::answer::HeldConflict;
use crate::explore::compile::Compiled;
use crate::explore::layout::Bits;
use crate::firm::{Alteration, Firm, What};
use crate::link::product::{
    After, Alteration as Does, Choice, EffectId, RoleId, RulingId, Somebody,
};
use crate::value::Value;
use crate::vocabulary::Person;

/// A firm with alterations laid over it.
pub(super) struct Overlay<'f> {
    firm: &'f Firm,
    compiled: &'f Compiled,
    product: usize,
    altered: Alterations,
}

impl<'f> Overlay<'f> {
    pub(super) fn new(firm: &'f Firm, compiled: &'f Compiled, product: usize) -> Self {
        Self {
            firm,
            compiled,
            product,
            altered: Alterations::new(),
        }
    }

    fn set(&mut self, user: u32, what: What, to: Value) {
        match self
            .altered
            .iter_mut()
            .find(|a| a.user == user && a.what == what)
        {
            Some(altered) => altered.to = to,
            None => self.altered.push(Alteration {
                product: self.product,
                user,
                what,
                to,
            }),
        }
    }

    /// Does everything a change or an effect lists, in order.
    pub(super) fn perform(&mut self, does: &[Does], resolved: &Resolved) {
        for one in does {
            self.perform_one(one, resolved);
        }
    }

    fn perform_one(&mut self, one: &Does, resolved: &Resolved) {
        let Arguments {
            role,
            setting,
            value,
            ..
        } = resolved.arguments;
        match one {
            Does::Give(choice, whose) => {
                if let (Some(role), Some(user)) = (choice.or(role), self.user(*whose, resolved)) {
                    self.give(role, user);
                }
            }
            Does::Take(choice, whose) => {
                if let (Some(role), Some(user)) = (choice.or(role), self.user(*whose, resolved)) {
                    self.set(user, What::Role(role), Value::NO);
                }
            }
            Does::Set(choice, whose, to) => {
                let whose = self.user(*whose, resolved);
                if let (Some(setting), Some(user), Some(to)) =
                    (choice.or(setting), whose, to.or(value))
                {
                    self.set(user, What::Setting(setting), to);
                }
            }
        }
    }

    /// Where seats have levels, a new level takes the place of the old one.
    fn give(&mut self, role: RoleId, user: u32) {
        let levels = &self.compiled.product.levels;
        if levels.contains(&role) {
            for other in levels.iter().filter(|other| **other != role) {
                self.set(user, What::Role(*other), Value::NO);
            }
        }
        self.set(user, What::Role(role), Value::YES);
    }

    fn user(&self, somebody: Somebody, resolved: &Resolved) -> Option<u32> {
        match somebody {
            Somebody::Person(Person::User) => Some(resolved.user),
            Somebody::Person(Person::Target) => Some(resolved.target),
            Somebody::Holder(role) => self.firm.roster.holder(self.product, role),
        }
    }

    /// What was set, whether or not it was so before.
    pub(super) fn written(&self) -> &[Alteration] {
        &self.altered
    }

    /// What is different now.
    pub(super) fn alterations(&self) -> Alterations {
        self.altered
            .iter()
            .copied()
            .filter(|altered| self.before(*altered) != altered.to)
            .collect()
    }

    /// What it was before.
    pub(super) fn before(&self, altered: Alteration) -> Value {
        let words = self.firm.roster.profile(self.product, altered.user);
        match altered.what {
            What::Role(role) => self.compiled.layout.role(role).read(words),
            What::Setting(setting) => self.compiled.layout.setting(setting).read(words),
        }
    }

    /// The effects that follow from one change, which did what the overlay holds; what they do is done as well.
    pub(super) fn follow(&mut self, resolved: &Resolved, bits: &Bits<'_>) -> Effects {
        let candidates: &[EffectId] = self
            .compiled
            .product
            .changes
            .get(resolved.change.index())
            .map_or(&[], |change| &change.effects);
        let following: Effects = candidates
            .iter()
            .copied()
            .filter(|e| self.follows(*e, bits))
            .collect();
        for effect in &following {
            if let Some(effect) = self.compiled.product.effects.get(effect.index()) {
                self.perform(&effect.does, resolved);
            }
        }
        following
    }

    fn follows(&self, effect: EffectId, bits: &Bits<'_>) -> bool {
        let outcome = self
            .compiled
            .effects
            .get(effect.index())
            .and_then(|decider| decider.decide(bits));
        outcome.is_some_and(|outcome| *outcome.answer)
    }

    /// The effects of a change that altered nothing.
    pub(super) fn nothing_changed(&self, bits: &Bits<'_>) -> Effects {
        let effects = self.compiled.product.effects.iter().enumerate();
        effects
            .filter(|(_, effect)| effect.after == After::NothingChanged)
            .map(|(number, _)| EffectId::from(number))
            .filter(|effect| self.follows(*effect, bits))
            .collect()
    }
}

impl Firm {
    /// The ruling of a role that alterations would leave without exactly one holder, or with a disabled one.
    pub(super) fn broken_invariant(
        &self,
        compiled: &Compiled,
        alterations: &[Alteration],
    ) -> Option<(RoleId, RulingId)> {
        let role_of = |altered: &Alteration| match altered.what {
            What::Role(role) => Some(role),
            What::Setting(_) => None,
        };
        let of_one = alterations.iter().filter_map(|altered| {
            let role = role_of(altered)?;
            Some((role, compiled.product.role(role)?.holders.as_ref()?))
        });
        let breaks = |role: RoleId, must_be_enabled: bool| {
            let of_role = || alterations.iter().filter(|a| role_of(a) == Some(role));
            let gained = || of_role().filter(|altered| altered.to.is_yes());
            let is_enabled = |altered: &Alteration| {
                crate::firm::is_enabled(self.roster.profile(altered.product, altered.user))
            };
            gained().count() * 2 != of_role().count()
                || must_be_enabled && !gained().all(is_enabled)
        };
        let broken = of_one.filter(|(role, holders)| breaks(*role, holders.enabled));
        broken
            .map(|(role, holders)| (role, holders.ruling))
            .min_by_key(|(role, _)| *role)
    }
}

impl Firm {
    /// The conflicts that somebody newly holds after alterations of one product, user by user.
    pub(crate) fn newly_held_after(
        &self,
        compiled: &Compiled,
        alterations: &[Alteration],
    ) -> Vec<HeldConflict> {
        let mut newly = Vec::new();
        if compiled.product.conflicts.is_empty() {
            return newly;
        }
        for (at, Alteration { product, user, .. }) in alterations.iter().enumerate() {
            let of_user = |altered: &&Alteration| altered.user == *user;
            if alterations.iter().take(at).any(|earlier| of_user(&earlier)) {
                continue;
            }
            let mut words = self.roster.profile(*product, *user).to_vec();
            for altered in alterations.iter().filter(of_user) {
                let field = match altered.what {
                    What::Role(role) => compiled.layout.role(role),
                    What::Setting(setting) => compiled.layout.setting(setting),
                };
                field.write(&mut words, altered.to);
            }
            newly.extend(self.newly_held(*product, *user, &words));
        }
        newly
    }
}

impl<T: Copy> Choice<T> {
    /// What is named outright, or else the argument.
    fn or(self, argument: Option<T>) -> Option<T> {
        match self {
            Self::Fixed(fixed) => Some(fixed),
            Self::Argument => argument,
        }
    }
}
