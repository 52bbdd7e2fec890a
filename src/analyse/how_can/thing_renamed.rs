//! Renaming: plans about a thing that are equal after swapping people or groups who are alike at the start.

use super::thing_cast::ThingCast;
use crate::change::resolve::ResolvedChange;
use crate::firm::ends::ListMember;

/// The renaming: each person or group, and their new name.
type RenamedMembers = Vec<(ListMember, ListMember)>;

impl ThingCast {
    /// Whether the changes of one plan are among those of another up to renaming, in any order.
    pub(super) fn is_part(&self, one: &[ResolvedChange], other: &[ResolvedChange]) -> bool {
        let other: Vec<&ResolvedChange> = other.iter().collect();
        one.len() <= other.len() && self.rename(one, &other, &mut RenamedMembers::new())
    }

    fn rename(
        &self,
        one: &[ResolvedChange],
        other: &[&ResolvedChange],
        names: &mut RenamedMembers,
    ) -> bool {
        let Some((first, rest)) = one.split_first() else {
            return true;
        };
        (0..other.len()).any(|at| {
            let known = names.len();
            let step = other.get(at).copied();
            let is_same = step.is_some_and(|step| self.may_be(first, step, names));
            let left: Vec<&ResolvedChange> = (0..)
                .zip(other)
                .filter(|(number, _)| *number != at)
                .map(|(_, step)| *step)
                .collect();
            let is_so = is_same && self.rename(rest, &left, names);
            names.truncate(known);
            is_so
        })
    }

    /// Tries to rename the people and groups of one change to those of another one, and records it on success.
    fn may_be(
        &self,
        one: &ResolvedChange,
        other: &ResolvedChange,
        names: &mut RenamedMembers,
    ) -> bool {
        let without_group = |change: &ResolvedChange| {
            let mut arguments = change.arguments;
            arguments.group = None;
            (change.change, arguments)
        };
        let group = |change: &ResolvedChange| change.arguments.group.map(ListMember::Group);
        without_group(one) == without_group(other)
            && self.is_named(one.target.member(), other.target.member(), names)
            && self.is_named(group(one), group(other), names)
    }

    fn is_named(
        &self,
        one: Option<ListMember>,
        other: Option<ListMember>,
        names: &mut RenamedMembers,
    ) -> bool {
        let (Some(one), Some(other)) = (one, other) else {
            return one == other;
        };
        let known = names.iter().find(|name| name.0 == one || name.1 == other);
        if let Some(known) = known {
            return *known == (one, other);
        }
        let is_user = |member| matches!(member, ListMember::User(_));
        let is_alike = self.kind(one).is_some() && self.kind(one) == self.kind(other);
        let is_so = one == other || is_user(one) == is_user(other) && is_alike;
        names.extend(is_so.then_some((one, other)));
        is_so
    }
}
