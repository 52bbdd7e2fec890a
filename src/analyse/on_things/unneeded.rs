//! People whom a list of a thing names although they may do the same there without it.

use super::access_path::PathSearch;
use super::alike_things::ThingClass;
use super::firm_sides::{KindPlace, NumberPair};
use crate::analyse::ability::ActionWithFacts;
use crate::explore::compile::CompiledProduct;
use crate::firm::{Firm, has_seat, is_enabled};
use crate::link::product::{ActionId, DecisionInput, FactSource};

/// Somebody who is named on a list, and may do the same on these things without it.
pub(in crate::analyse) struct UnneededEntry {
    pub(in crate::analyse) user: u32,
    /// The number of the list in its kind.
    pub(in crate::analyse) list: usize,
    pub(in crate::analyse) things: Vec<u32>,
}

impl UnneededEntry {
    /// Adds those of a class of things: whoever is on the list through a group as well, and whoever may do the same without it. The
    /// latter is not looked for on lists that nothing reads, or that are read for things of other kinds.
    pub(super) fn add_all(
        firm: &Firm,
        (place, class): (KindPlace, &ThingClass),
        asked: &[ActionWithFacts],
        all: &mut Vec<Self>,
    ) {
        let [_, Some(first)] = class.first() else {
            return;
        };
        let product = firm.rulebook.product(place.product);
        let things = firm.things.of_kind(place.product, place.kind);
        let (Some(product), Some(things)) = (product, things) else {
            return;
        };
        for (list, entries) in things.lists(first).enumerate() {
            let Some(entries) = entries.filter(|entries| !entries.users.is_empty()) else {
                continue;
            };
            let is_read_here = is_read_here_alone(product, place, list);
            for user in entries.users {
                let profile = firm.roster.profile(place.product, *user);
                if !is_enabled(profile) || !has_seat(profile) {
                    continue;
                }
                let joined = firm.things.groups.of_user(*user);
                let is_in = |group: &u32| joined.binary_search(group).is_ok();
                let thing = (place, first);
                if entries.groups.iter().any(is_in)
                    || is_read_here && is_unneeded(firm, thing, asked, (*user, list))
                {
                    let number = |[_, number]: &NumberPair| *number;
                    all.push(Self {
                        user: *user,
                        list,
                        things: class.things.iter().filter_map(number).collect(),
                    });
                }
            }
        }
    }
}

/// Whether somebody may do the same on a thing if they did not stand on one of its lists.
fn is_unneeded(
    firm: &Firm,
    thing: (KindPlace, u32),
    asked: &[ActionWithFacts],
    (user, list): (u32, usize),
) -> bool {
    asked.iter().all(|asked| {
        let search = PathSearch::new(firm, asked, thing, [user; 2]);
        search.is_some_and(|search| search.is_same_without(list))
    })
}

/// Whether actions on these things read a list, and neither a change nor an action on things of another kind does.
fn is_read_here_alone(compiled: &CompiledProduct, place: KindPlace, list: usize) -> bool {
    let product = &compiled.product;
    let Some(declared) = product.kind(place.kind) else {
        return false;
    };
    let by_changes = product.changes.iter().flat_map(|change| &change.facts);
    let mut by_changes = by_changes.filter_map(|used| Some(product.fact(used.fact)?.source));
    let is_list = |source: FactSource| match source {
        FactSource::List(path, number) => {
            let kind = product.kind_at(path);
            number == list && kind.is_some_and(|kind| kind.id == declared.id)
        }
        _ => false,
    };
    if by_changes.any(is_list) {
        return false;
    }
    let actions = (0..product.actions.len()).map(ActionId::from);
    let read = actions.filter_map(|action| Some(compiled.decider(action)?.tree().questions()));
    let above: Vec<u8> = read
        .flatten()
        .filter_map(|input| match input {
            DecisionInput::Fact(fact) => Some(product.fact(fact)?.source),
            _ => None,
        })
        .filter_map(|source| {
            let (path, number) = match source {
                FactSource::List(path, number) => (path, number),
                FactSource::Taken(path, taken) => (path, taken.list),
                FactSource::Question | FactSource::Property(..) => return None,
            };
            let is_of_list = product.kind_at(path)?.id == declared.id && number == list;
            is_of_list.then_some(path.above)
        })
        .collect();
    !above.is_empty() && above.iter().all(|above| *above == 0)
}
