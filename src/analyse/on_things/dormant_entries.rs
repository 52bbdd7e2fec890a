//! Disabled people whom lists of things would let do something as soon as they are enabled.

use std::collections::BTreeMap;

use super::access_rows::kinds;
use super::firm_sides::{KindPlace, NOBODY};
use crate::analyse::ability::ActionWithFacts;
use crate::explore::layout::Layout;
use crate::finding::AskError;
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, has_seat, is_enabled};
use crate::link::product::ActionId;
use crate::value::Value;

/// The first action that lists would let somebody do on a thing who is disabled.
pub(in crate::analyse) struct DormantEntry {
    pub(in crate::analyse) user: u32,
    pub(in crate::analyse) action: ActionId,
    pub(in crate::analyse) thing: NumberedThing,
}

impl DormantEntry {
    /// One for each disabled user of a product who stands on such lists, themselves or through groups. Nothing is said of lists that
    /// open nothing to them: whoever could do the same without them, and whom they keep out.
    pub(in crate::analyse) fn all(firm: &Firm, product: usize) -> Result<Vec<Self>, AskError> {
        let disabled = DisabledUsers::of(firm, product);
        if disabled.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: BTreeMap<u32, Self> = BTreeMap::new();
        for (kind, asked) in kinds(firm, product)? {
            let place = KindPlace { product, kind };
            let things = firm.things.of_kind(product, kind);
            for number in 0..things.map_or(0, |things| things.len()) as u32 {
                let thing = place.thing(number);
                for user in disabled.named_on(firm, thing) {
                    if found.contains_key(&user) {
                        continue;
                    }
                    let opens = |asked: &&ActionWithFacts| is_opened(firm, asked, thing, user);
                    if let Some(asked) = asked.iter().find(opens) {
                        let action = asked.action;
                        let entry = Self {
                            user,
                            action,
                            thing,
                        };
                        found.insert(user, entry);
                    }
                }
            }
        }
        Ok(found.into_values().collect())
    }
}

/// The users of a product who have a seat and are disabled.
struct DisabledUsers {
    /// By user.
    all: Vec<bool>,
    /// By group, those in it, themselves or through other groups.
    of_groups: Vec<Vec<u32>>,
}

impl DisabledUsers {
    fn of(firm: &Firm, product: usize) -> Self {
        let groups = &firm.things.groups;
        let mut disabled = Self {
            all: vec![false; firm.roster.len()],
            of_groups: vec![Vec::new(); groups.len()],
        };
        for (user, words) in firm.roster.profiles(product) {
            if is_enabled(words) || !has_seat(words) {
                continue;
            }
            if let Some(is_disabled) = disabled.all.get_mut(user as usize) {
                *is_disabled = true;
            }
            for group in groups.of_user(user) {
                if let Some(of_group) = disabled.of_groups.get_mut(*group as usize) {
                    of_group.push(user);
                }
            }
        }
        disabled
    }

    fn is_empty(&self) -> bool {
        !self.all.contains(&true)
    }

    /// Those who stand on a list of a thing, or of what it is part of.
    fn named_on(&self, firm: &Firm, thing: NumberedThing) -> Vec<u32> {
        let mut named = Vec::new();
        for thing in std::iter::once(thing).chain(firm.things.all_above(thing)) {
            let Some(things) = firm.things.of_kind(thing.product, thing.kind) else {
                continue;
            };
            for entries in things.lists(thing.number).flatten() {
                let users = entries.users.iter();
                let is_disabled = |user: &&u32| self.all.get(**user as usize) == Some(&true);
                named.extend(users.filter(is_disabled));
                let groups = entries.groups.iter();
                let of_groups = groups.filter_map(|group| self.of_groups.get(*group as usize));
                named.extend(of_groups.flatten());
            }
        }
        named.sort_unstable();
        named.dedup();
        named
    }
}

/// Whether an action would be allowed to somebody on a thing if they were enabled, and only because they stand on lists.
fn is_opened(firm: &Firm, asked: &ActionWithFacts, thing: NumberedThing, user: u32) -> bool {
    let rulebook = &firm.rulebook;
    let product = rulebook.product(thing.product).map(|of| &of.product);
    let things = firm.things.of_kind(thing.product, thing.kind);
    let action = product.and_then(|product| product.action(asked.action));
    let (Some(product), Some(things), Some(action)) = (product, things, action) else {
        return false;
    };
    let mut words = firm.roster.profile(thing.product, user).to_vec();
    Layout::ENABLED.write(&mut words, Value::YES);
    let is_allowed = |member| {
        let value = |source| {
            let thing = (things, thing.number);
            firm.things.value(product, source, member, thing)
        };
        let handle = asked.handle.with_thing(rulebook, (product, action), value);
        firm.would_allow(&handle, &words)
    };
    is_allowed(user) && !is_allowed(NOBODY)
}
