//! Changes that could contribute to an answer about a thing: of it and what it is part of, of groups, and of people.

use std::collections::BTreeSet;

use super::moves::RelevantInputs;
use crate::change::resolve::{ResolvedChange, ResolvedTarget};
use crate::explore::compile::CompiledProduct;
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
use crate::link::product::{
    AlteredPerson, ArgumentChoice, ChangeId, FactSource, KindId, LinkedChange, Product, StepPlace,
    ThingStep,
};
use crate::vocabulary::Person;
use crate::world::change_scope::ChangeScope;

/// The changes that could contribute, and what is known of all of them.
pub(super) struct MovesOfThings<'f> {
    compiled: &'f CompiledProduct,
    product: usize,
    /// The thing in question, and those above it.
    pub(super) things: Vec<NumberedThing>,
    /// The user in question.
    pub(super) user: u32,
    /// Changes of the thing, of what it is part of, and of groups.
    pub(super) near: Vec<ChangeId>,
    /// Whether any of them depends on who stands on which lists.
    pub(super) reads_lists: bool,
    /// Whether none of them does anything else to the thing than what the change itself says, the same whoever makes it.
    pub(super) is_plain: bool,
    /// Whether any of them puts people into groups.
    can_be_joined: bool,
    /// Whether any of them is done to groups.
    is_done_to_groups: bool,
}

/// Changes to try in one state, without who makes them.
pub(super) struct MovesOfState {
    /// Those that can be about the user in question, or about the thing itself.
    pub(super) near: Vec<ResolvedChange>,
    /// Those that do no more than to put somebody else somewhere, or take them off.
    pub(super) of_others: Vec<ResolvedChange>,
}

impl<'f> MovesOfThings<'f> {
    /// The changes of these things, of which the first is in question. None where there are no such changes.
    pub(super) fn of(
        compiled: &'f CompiledProduct,
        number: usize,
        things: Vec<NumberedThing>,
        user: u32,
    ) -> Option<Self> {
        let product = &compiled.product;
        let changes = (0..).map(ChangeId::from).zip(&product.changes);
        let is_near = |declared: &LinkedChange| {
            let is_of_kind = |kind| things.iter().any(|thing| thing.kind == kind);
            !declared.is_about_users() && declared.kind.is_none_or(is_of_kind)
        };
        let (near, declared): (Vec<ChangeId>, Vec<&LinkedChange>) =
            changes.filter(|(_, declared)| is_near(declared)).unzip();
        let reads_list = |declared: &&LinkedChange| {
            let mut facts = declared.facts.iter();
            facts.any(|used| {
                let source = product.fact(used.fact).map(|fact| fact.source);
                matches!(source, Some(FactSource::List(..) | FactSource::Taken(..)))
            })
        };
        let is_plain = |declared: &&LinkedChange| {
            let own = declared.steps.len();
            let all = declared.all_steps(product);
            own == all.count() && is_same_by_all(product, declared)
        };
        let joins = |declared: &&LinkedChange| {
            let mut steps = declared.all_steps(product);
            let is_put = |step: &ThingStep| {
                matches!(
                    step,
                    ThingStep::Add(StepPlace::Group, _) | ThingStep::Only(StepPlace::Group, _)
                )
            };
            steps.any(is_put)
        };
        (!near.is_empty()).then(|| Self {
            compiled,
            product: number,
            user,
            reads_lists: declared.iter().any(reads_list),
            is_plain: declared.iter().all(is_plain),
            can_be_joined: declared.iter().any(joins),
            is_done_to_groups: declared.iter().any(|declared| declared.targets.groups),
            near,
            things,
        })
    }

    /// The groups that changes can be about: where groups can be put somewhere all of them, else those on lists of the things.
    pub(super) fn groups_of_interest(&self, firm: &Firm) -> Vec<u32> {
        if self.is_done_to_groups {
            (0..firm.things.groups.len() as u32).collect()
        } else {
            self.listed_groups(firm).into_iter().collect()
        }
    }

    /// Every change to try in a state from which so many more may be made, about these people and groups beside the user in
    /// question, the groups that they are in, and those on lists of the things.
    pub(super) fn all(
        &self,
        firm: &Firm,
        (users, groups): (&[u32], &[u32]),
        (relevant, left): (&RelevantInputs, usize),
    ) -> MovesOfState {
        let listed = self.listed_groups(firm);
        let joined = firm.things.groups.of_user(self.user);
        let others = groups.iter().copied();
        let others = others.filter(|group| !joined.contains(group));
        let members: Vec<u32> = joined.iter().copied().chain(others).collect();
        let further = groups.iter().copied();
        let further = further.filter(|group| left > 1 && !listed.contains(group));
        let entered: Vec<u32> = listed.iter().copied().chain(further).collect();
        let scope = ChangeScope {
            product: self.product,
            things: &self.things,
            groups: &entered,
            users,
            members: &members,
        };
        let mut all = MovesOfState {
            near: Vec::new(),
            of_others: Vec::new(),
        };
        for id in &self.near {
            let changes = scope.changes(firm, self.compiled, *id);
            let is_of_target = self.is_of_target(*id);
            for change in changes {
                let is_of_other = is_of_target && !self.is_related(joined, change.target);
                match is_of_other {
                    false => all.near.push(change),
                    true if left > 1 => all.of_others.push(change),
                    // The last change has to be about the user in question.
                    true => {}
                }
            }
        }
        for one in &relevant.moves {
            for user in users {
                let change = one.bound.by(self.product, [0, *user]);
                match one.is_of_target && *user != self.user {
                    false => all.near.push(change),
                    true if left > 1 => all.of_others.push(change),
                    true => {}
                }
            }
        }
        all
    }

    /// Whether a change is done to the user in question, or to a group that they are in.
    fn is_related(&self, joined: &[u32], target: ResolvedTarget) -> bool {
        match target {
            ResolvedTarget::User(user) => user == self.user,
            ResolvedTarget::Group(group) => joined.contains(&group),
            ResolvedTarget::Nobody => true,
        }
    }

    /// Whether a change that is done to others may help later: whoever it is done to may then act, or it puts a group somewhere that
    /// the user in question may come into. `is_opened` says whether anything waits for others to act.
    pub(super) fn may_help(&self, change: &ResolvedChange, is_opened: bool) -> bool {
        let declared = self.compiled.product.change(change.change);
        let is_about_users = declared.is_none_or(LinkedChange::is_about_users);
        let is_group = matches!(change.target, ResolvedTarget::Group(_));
        let lets_act = is_opened && (is_about_users || self.reads_lists);
        lets_act || is_group && self.can_be_joined
    }

    /// Whether a change does no more than to put its target onto lists or into groups on which others stay as they are, or to take
    /// them off.
    fn is_of_target(&self, change: ChangeId) -> bool {
        let product = &self.compiled.product;
        let Some(declared) = product.change(change) else {
            return false;
        };
        let kind = declared.kind.and_then(|kind| product.kind(kind));
        let is_shared = |number: usize| {
            let list = kind.and_then(|kind| kind.lists.get(number));
            let is_single = list.is_none_or(|list| list.is_single);
            !is_single && !self.says_whether_silent(declared.kind, number)
        };
        let mut steps = declared.all_steps(product);
        steps.all(|step| {
            let (ThingStep::Add(place, whose) | ThingStep::Remove(place, whose)) = step else {
                return false;
            };
            let is_target = *whose == AlteredPerson::Person(Person::Target);
            is_target
                && match place {
                    StepPlace::Group => true,
                    StepPlace::List(ArgumentChoice::Fixed(list)) => is_shared(*list),
                    StepPlace::List(ArgumentChoice::Argument) => {
                        declared.lists.iter().copied().all(is_shared)
                    }
                }
        })
    }

    /// Whether a fact says whether the firm file says anything about a list. The first entry turns it for everybody.
    fn says_whether_silent(&self, kind: Option<KindId>, number: usize) -> bool {
        let product = &self.compiled.product;
        product.facts.iter().any(|fact| match fact.source {
            FactSource::Taken(path, taken) => {
                product.kind_id_at(path) == kind && taken.list == number
            }
            _ => false,
        })
    }

    /// The groups on lists of the things, and those inside them.
    fn listed_groups(&self, firm: &Firm) -> BTreeSet<u32> {
        let mut all = BTreeSet::new();
        let mut open: Vec<u32> = Vec::new();
        for thing in &self.things {
            let things = firm.things.of_kind(thing.product, thing.kind);
            let lists = things.into_iter().flat_map(|all| all.lists(thing.number));
            open.extend(lists.flatten().flat_map(|list| list.groups.iter().copied()));
        }
        while let Some(group) = open.pop() {
            if all.insert(group) {
                let entries = firm.things.groups.entries(group);
                open.extend(entries.into_iter().flat_map(|entries| &entries.groups));
            }
        }
        all
    }
}

/// Whether the outcome of a change is the same whoever makes it: no effect can follow but words, and it puts its maker nowhere.
pub(super) fn is_same_by_all(product: &Product, declared: &LinkedChange) -> bool {
    let of_maker = |step: &ThingStep| step.whose() == Some(AlteredPerson::Person(Person::User));
    let effects = declared.effects.iter().filter_map(|id| product.effect(*id));
    let mut does = effects.map(|effect| effect.does.len() + effect.steps.len());
    declared.does.is_empty() && does.all(|does| does == 0) && !declared.steps.iter().any(of_maker)
}
