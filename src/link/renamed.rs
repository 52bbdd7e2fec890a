//! A product under other ids, as if its rule file had been written with them.

use std::sync::Arc;

use super::allow::{granted_reason, needs_reason};
use super::product::{Clause, Product, Ruling, RulingId};

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameKind {
    Product,
    Role,
    Setting,
    Reading,
    Fact,
    Action,
    Change,
    Effect,
    Conflict,
    Advice,
    Property,
}

impl NameKind {
    /// What stands before an id in a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Product => "the product",
            Self::Role => "the role",
            Self::Setting => "the setting",
            Self::Reading => "the reading",
            Self::Fact => "the fact",
            Self::Action => "the action",
            Self::Change => "the change",
            Self::Effect => "the effect",
            Self::Conflict => "the conflict",
            Self::Advice => "the advice",
            Self::Property => "the property",
        }
    }
}

/// An action or change as it is, and as it will be called: its first ruling, its clauses, its old id and the new one.
struct ClauseNames {
    first: RulingId,
    clauses: Vec<Clause>,
    old: Arc<str>,
    new: Arc<str>,
}

impl Product {
    /// The same product where each thing has the id that `of` gives it, in generated reasons and rule ids too.
    pub(crate) fn renamed(&self, of: impl Fn(NameKind, &str) -> Option<Arc<str>>) -> Self {
        let mut new = self.clone();
        let set = |kind: NameKind, id: &mut Arc<str>| {
            if let Some(other) = of(kind, id) {
                *id = other;
            }
        };
        set(NameKind::Product, &mut new.id);
        for role in &mut new.roles {
            set(NameKind::Role, &mut role.id);
            if let Some(change) = &mut role.moves_by {
                set(NameKind::Change, change);
            }
        }
        let settings = new.settings.iter_mut().map(|it| &mut it.id);
        settings.for_each(|id| set(NameKind::Setting, id));
        let readings = new.readings.iter_mut().map(|it| &mut it.id);
        readings.for_each(|id| set(NameKind::Reading, id));
        let facts = new.facts.iter_mut().map(|it| &mut it.id);
        facts.for_each(|id| set(NameKind::Fact, id));
        let actions = new.actions.iter_mut().map(|it| &mut it.id);
        actions.for_each(|id| set(NameKind::Action, id));
        let changes = new.changes.iter_mut().map(|it| &mut it.id);
        changes.for_each(|id| set(NameKind::Change, id));
        let effects = new.effects.iter_mut().map(|it| &mut it.id);
        effects.for_each(|id| set(NameKind::Effect, id));
        let conflicts = new.conflicts.iter_mut().map(|it| &mut it.id);
        conflicts.for_each(|id| set(NameKind::Conflict, id));
        let advice = new.advice.iter_mut().map(|it| &mut it.id);
        advice.for_each(|id| set(NameKind::Advice, id));
        let properties = new.properties.iter_mut().map(|it| &mut it.id);
        properties.for_each(|id| set(NameKind::Property, id));
        self.reword(&mut new);
        new
    }

    /// Gives the rulings of the renamed product the rule ids and reasons that are made of ids.
    fn reword(&self, new: &mut Self) {
        let actions = self.actions.iter().zip(&new.actions);
        let of_actions = actions.map(|(old, new)| ClauseNames {
            first: old.first_ruling,
            clauses: old.rules.iter().map(|rule| rule.clause.clone()).collect(),
            old: Arc::clone(&old.id),
            new: Arc::clone(&new.id),
        });
        let changes = self.changes.iter().zip(&new.changes);
        let of_changes = changes.map(|(old, new)| ClauseNames {
            first: old.first_ruling,
            clauses: vec![old.clause.clone()],
            old: Arc::clone(&old.id),
            new: Arc::clone(&new.id),
        });
        for names in of_actions.chain(of_changes).collect::<Vec<_>>() {
            self.reword_clauses(new, &names);
        }
        for (old, role) in self.roles.iter().zip(&new.roles) {
            let ruling = old.holders.as_ref().map(|holders| holders.ruling.index());
            if let Some(ruling) = ruling.and_then(|number| new.rulings.get_mut(number)) {
                ruling.rule = Arc::clone(&role.id);
            }
        }
    }

    fn reword_clauses(&self, new: &mut Self, names: &ClauseNames) {
        for clause in &names.clauses {
            let first = names.first.index() + usize::from(clause.first);
            let granted =
                |product: &Self| granted_reason(&clause.allow, clause.when.is_some(), product);
            let needs = |product: &Self| needs_reason(&clause.allow, product);
            let reasons = [
                (Clause::GRANTED, (granted(self), granted(new))),
                (Clause::NOT_GRANTED, (needs(self), needs(new))),
            ];
            let reasons = reasons.map(|(number, made)| (first + usize::from(number), made));
            for (number, (old, made)) in reasons {
                let ruling = new.rulings.get_mut(number);
                if let Some(ruling) = ruling.filter(|ruling| *ruling.reason == *old) {
                    ruling.reason = made.into();
                }
            }
        }
        let first = names.first.index();
        let clauses = names.clauses.iter();
        let count = clauses.map(|clause| usize::from(super::rulings::rulings_of(clause)));
        // One more: the ruling for whom no rule is about.
        let end = first + count.sum::<usize>() + 1;
        let of_rule = |ruling: &&mut Ruling| ruling.rule == names.old;
        for ruling in new.rulings.iter_mut().take(end).skip(first).filter(of_rule) {
            ruling.rule = Arc::clone(&names.new);
        }
    }
}
