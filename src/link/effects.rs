//! Effects: what follows from an accepted change.

use std::sync::Arc;

use super::names::Linker;
use super::parameters::ChangeParameters;
use super::product::{DeclaredAlteration, Effect, EffectId, EffectTrigger, RoleId};
use crate::finding::rules as codes;
use crate::read::rule_file::EffectDeclaration;
use crate::yaml::{KeyedEntries, Text};

/// The phrase for an effect that follows a change that alters nothing.
const NOTHING_CHANGED: &str = "nothing changed";

impl Linker<'_> {
    pub(super) fn effects(&mut self, effects: Option<&KeyedEntries<EffectDeclaration>>) {
        for (id, entry) in effects.into_iter().flat_map(|effects| &effects.0) {
            self.id(id, "an effect");
            self.effect(id, entry);
        }
    }

    fn effect(&mut self, id: &Text, entry: &EffectDeclaration) {
        let number = EffectId::from(self.product.effects.len());
        let change = match entry.after.value.as_str() {
            NOTHING_CHANGED => None,
            _ => match self.change_named(&entry.after) {
                Some(change) => Some(change),
                None => return,
            },
        };
        let takes = change
            .and_then(|change| self.product.change(change))
            .map_or_else(ChangeParameters::default, ChangeParameters::of);
        let scope = takes.scope(&self.product, format!("the effect `{}`", id.value));
        let when = entry
            .when
            .as_ref()
            .and_then(|when| self.condition(when, scope));
        let (does, steps) = self.does(entry.does.as_deref().unwrap_or_default(), &takes);
        self.alters_one_side(&takes, &does, id);
        self.leave_holders(&does, id);
        let effect = Effect {
            id: id.value.as_str().into(),
            title: entry.title.value.as_str().into(),
            basis: self.basis(&entry.basis),
            section: self.section(&entry.section),
            place: self.place(id.span),
            after: change.map_or(EffectTrigger::NothingChanged, EffectTrigger::Change),
            when,
            does,
            steps,
        };
        self.product.effects.push(effect);
        if let Some(change) = change.and_then(|change| self.product.changes.get_mut(change.index()))
        {
            change.effects.push(number);
        }
    }

    /// Reports if an effect alters a role with exactly one holder.
    fn leave_holders(&mut self, does: &[DeclaredAlteration], id: &Text) {
        let roles = self.product.roles.iter().enumerate();
        let of_one = roles.filter(|(_, role)| role.holders.is_some());
        let altered: Vec<_> = of_one
            .filter(|(number, _)| does.iter().any(|one| one.names(RoleId::from(*number))))
            .map(|(_, role)| Arc::clone(&role.id))
            .collect();
        for role in altered {
            self.report(&codes::HOLDERS_UNSAFE, id.span, &[&role]);
        }
    }
}
