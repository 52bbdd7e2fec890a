//! Rows of a comparison in the words of a reply.

use std::sync::Arc;

use super::access_path::AccessPath;
use super::firm_sides::{KindPlace, NumberPair};
use super::people_sides::PeopleSides;
use super::thing_access::{ActionOnThing, ThingAccess, UserActions};
use super::thing_comparison::ClassRow;
use crate::analyse::ability::ActionWithFacts;
use crate::finding::{AskError, foreign};
use crate::firm::Firm;

/// What the numbers of rows about things of one kind stand for.
pub(super) struct RowWords<'f> {
    firm: &'f Firm,
    place: KindPlace,
    people: &'f PeopleSides<'f>,
    product: Arc<str>,
    kind: Arc<str>,
    actions: Vec<ActionOnThing>,
}

impl<'f> RowWords<'f> {
    /// `firm` is the state that the numbers of things are from.
    pub(super) fn of(
        firm: &'f Firm,
        place: KindPlace,
        people: &'f PeopleSides<'f>,
        asked: &[ActionWithFacts],
    ) -> Result<Self, AskError> {
        let product = &firm.compiled(place.product)?.product;
        let kind = product.kind(place.kind);
        let actions = asked.iter().filter_map(|asked| {
            Some(ActionOnThing {
                action: Arc::clone(&product.action(asked.action)?.id),
                facts: asked.facts.clone(),
            })
        });
        Ok(Self {
            firm,
            place,
            people,
            product: Arc::clone(&product.id),
            kind: Arc::clone(&kind.ok_or_else(|| foreign("rulebook"))?.id),
            actions: actions.collect(),
        })
    }

    /// The people of a row, and what they do.
    pub(super) fn who(&self, row: &ClassRow, paths: &[AccessPath]) -> UserActions {
        let users = row.users.first(self.people, ThingAccess::MOST_NAMED);
        let actions = row.actions.iter();
        let actions = actions.filter_map(|action| self.actions.get(*action).cloned());
        UserActions {
            actions: actions.collect(),
            more_users: row.users.count(self.people) - users.len(),
            users,
            through: paths.to_vec(),
        }
    }

    /// The ids of the first things, and how many there are beyond these.
    pub(super) fn things(&self, mut things: Vec<NumberPair>) -> (Vec<Arc<str>>, usize) {
        things.sort_unstable_by_key(|[_, number]| *number);
        let KindPlace { product, kind } = self.place;
        let all = self.firm.things.of_kind(product, kind);
        let first = things.iter().take(ThingAccess::MOST_NAMED);
        let ids = first.filter_map(|[_, number]| Some(Arc::from(all?.id((*number)?))));
        let ids: Vec<Arc<str>> = ids.collect();
        let more = things.len() - ids.len();
        (ids, more)
    }

    /// What they do on these things.
    pub(super) fn on_things(&self, who: UserActions, things: Vec<NumberPair>) -> ThingAccess {
        let (things, more_things) = self.things(things);
        ThingAccess {
            product: Arc::clone(&self.product),
            kind: Arc::clone(&self.kind),
            things,
            more_things,
            who,
        }
    }
}
