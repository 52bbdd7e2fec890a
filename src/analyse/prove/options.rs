//! Changes that can be made together, and how they relate to a role.

use crate::explore::compile::CompiledProduct;
use crate::link::product::{
    AlteredPerson, ChangeTargets, DeclaredAlteration, LinkedChange, RoleId, StepPlace, ThingStep,
    UserPart,
};
use crate::world::bound_change::BoundChange;

/// A change with its arguments, and what kind of target and thing it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ChangeOption {
    pub(super) made: BoundChange,
    pub(super) target: TargetForm,
    pub(super) thing: Option<ThingForm>,
}

/// To what a change is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetForm {
    User,
    Group,
    Nobody,
}

/// The thing that a change names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThingForm {
    /// The one that decisions are about, or so many steps above it.
    Above(u8),
    /// One that no decision is about.
    Another,
}

impl TargetForm {
    /// The kinds of targets of a change.
    pub(super) fn of(targets: ChangeTargets) -> impl Iterator<Item = Self> {
        let is_nobody = targets == ChangeTargets::NOBODY;
        let forms = [
            (Self::User, targets.users),
            (Self::Group, targets.groups),
            (Self::Nobody, is_nobody),
        ];
        forms.into_iter().filter(|form| form.1).map(|form| form.0)
    }
}

impl ChangeOption {
    /// A change of what people hold.
    pub(super) fn of_users(made: BoundChange) -> Self {
        Self {
            made,
            target: TargetForm::User,
            thing: None,
        }
    }

    /// Whether it alters things or groups.
    pub(super) fn is_of_things(self, compiled: &CompiledProduct) -> bool {
        let declared = self.made.declared(compiled);
        declared.is_some_and(|declared| !declared.is_about_users())
    }
}

/// Changes that can be made together.
pub(super) struct ChangeOptions {
    pub(super) made: Vec<ChangeOption>,
    /// Whether the order of the parts matters: it does when effects of two parts may write the same property, and where
    /// parts that add to a list are ignored unless others close it.
    pub(super) ordered: bool,
}

impl ChangeOptions {
    pub(super) fn of(compiled: &CompiledProduct, made: Vec<ChangeOption>) -> Self {
        let bound = || made.iter().map(|option| option.made);
        let mut effects = bound().flat_map(|made| made.effects(compiled));
        let has_steps =
            effects.any(|(_, effect)| !effect.does.is_empty() || !effect.steps.is_empty());
        let only = |declared: &LinkedChange| {
            let mut steps = declared.steps.iter();
            steps.any(|step| matches!(step, ThingStep::Only(StepPlace::List(_), _)))
        };
        let mut declared = bound().filter_map(|made| made.declared(compiled));
        let ordered = has_steps || declared.any(only);
        Self { made, ordered }
    }

    /// Whether any of them, or an effect, reads or alters a role, or affects its holder.
    pub(super) fn looks_at(&self, compiled: &CompiledProduct, role: RoleId) -> bool {
        let part = UserPart::Role(role);
        let is_holder = |one: &DeclaredAlteration| one.whose() == AlteredPerson::Holder(role);
        self.made.iter().map(|option| option.made).any(|made| {
            let judge = compiled.judges.get(made.change.index());
            let mut effects = made.effects(compiled);
            let mut does = made.does(compiled);
            judge.is_some_and(|judge| judge.parts().any(|read| read == part))
                || does.any(is_holder)
                || made.parts(compiled).contains(&part)
                || effects.any(|(id, _)| {
                    let follows = compiled.effects.get(id.index());
                    follows.is_some_and(|follows| follows.parts().any(|read| read == part))
                })
        })
    }

    /// Those that can be part of a bulk change.
    pub(super) fn in_bulk(&self, compiled: &CompiledProduct) -> Self {
        let bulk = compiled.product.bulk.as_ref();
        let may = |option: &&ChangeOption| {
            bulk.is_some_and(|bulk| bulk.changes.contains(&option.made.change))
        };
        Self::of(compiled, self.made.iter().filter(may).copied().collect())
    }
}
