//! Every change about given things, groups and people: each with every argument, thing, group and target.

use super::bound_change::BoundChange;
use crate::change::resolve::{ResolvedChange, ResolvedTarget};
use crate::explore::compile::CompiledProduct;
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
use crate::link::product::{Argument, ChangeId, LinkedChange};

/// The things, groups and people of a firm that changes of one product are about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChangeScope<'s> {
    /// The number of the product.
    pub(crate) product: usize,
    pub(crate) things: &'s [NumberedThing],
    /// Those that changes put somebody into, or take somebody out of.
    pub(crate) groups: &'s [u32],
    /// Those that changes are done to.
    pub(crate) users: &'s [u32],
    /// Groups that changes are done to.
    pub(crate) members: &'s [u32],
}

impl ChangeScope<'_> {
    /// Every change of things and groups, and of people, with every choice of its arguments, in declared order. Who makes it is left
    /// open. What would put a group into itself is left out.
    pub(crate) fn changes(
        self,
        firm: &Firm,
        compiled: &CompiledProduct,
        change: ChangeId,
    ) -> Vec<ResolvedChange> {
        let Some(declared) = compiled.product.change(change) else {
            return Vec::new();
        };
        let (things, groups) = (self.things_of(declared), self.groups_of(declared));
        let targets = self.targets_of(declared);
        let mut all = Vec::new();
        for bound in BoundChange::of(compiled, change) {
            for thing in &things {
                for group in &groups {
                    let fits = targets.iter().filter(|target| match (group, target) {
                        (Some(group), ResolvedTarget::Group(member)) => {
                            !firm.things.groups.would_close_circle(*group, *member)
                        }
                        _ => true,
                    });
                    all.extend(fits.map(|target| {
                        let mut change = bound.by(self.product, [0, 0]);
                        change.target = *target;
                        change.arguments.thing = *thing;
                        change.arguments.group = *group;
                        change
                    }));
                }
            }
        }
        all
    }

    fn things_of(self, declared: &LinkedChange) -> Vec<Option<u32>> {
        if !declared.takes.contains(&Argument::Thing) {
            return vec![None];
        }
        let is_of_kind = |thing: &&NumberedThing| {
            thing.product == self.product && Some(thing.kind) == declared.kind
        };
        let things = self.things.iter().filter(is_of_kind);
        things.map(|thing| Some(thing.number)).collect()
    }

    fn groups_of(self, declared: &LinkedChange) -> Vec<Option<u32>> {
        if !declared.takes.contains(&Argument::Group) {
            return vec![None];
        }
        self.groups.iter().copied().map(Some).collect()
    }

    fn targets_of(self, declared: &LinkedChange) -> Vec<ResolvedTarget> {
        let targets = declared.targets;
        if !targets.users && !targets.groups {
            return vec![ResolvedTarget::Nobody];
        }
        let users = self.users.iter().copied().filter(|_| targets.users);
        let members = self.members.iter().copied().filter(|_| targets.groups);
        let users = users.map(ResolvedTarget::User);
        users.chain(members.map(ResolvedTarget::Group)).collect()
    }
}
