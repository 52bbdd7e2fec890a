//! Who stands on the lists of a thing or of what it is part of, in one of two states.

use super::firm_sides::{FirmSides, KindPlace, NumberPair};
use super::people_sides::PeopleSides;

/// People to look at one by one, all others are strangers to the thing.
pub(super) struct ListedPeople {
    /// Kinds of people in groups that lists name, in ascending order.
    pub(super) kinds: Vec<u32>,
    /// The places of people whom lists name themselves, in ascending order.
    pub(super) named: Vec<u32>,
}

/// Of so few people, it is not looked up first who stands on lists.
const FEW: usize = 32;

impl ListedPeople {
    /// `is_unaltered` where the thing and the rules are the same in both states: then nothing changes for people who are.
    pub(super) fn of(
        sides: FirmSides<'_>,
        thing: (KindPlace, NumberPair),
        people: &PeopleSides<'_>,
        is_unaltered: bool,
    ) -> Self {
        if is_unaltered && let Some(few) = Self::few_altered(people) {
            return few;
        }
        let mut listed = Self {
            kinds: Vec::new(),
            named: Vec::new(),
        };
        listed.add_all(sides, thing, people);
        for numbers in [&mut listed.kinds, &mut listed.named] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        if is_unaltered {
            listed.kinds.retain(|kind| people.is_altered(*kind));
            let is_altered = |place: &u32| people.is_altered(people.kind(*place));
            listed.named.retain(is_altered);
        }
        listed
    }

    /// Everybody who is different in the two states, where they are few.
    fn few_altered(people: &PeopleSides<'_>) -> Option<Self> {
        let mut named: Vec<u32> = Vec::new();
        for kind in people.altered_kinds() {
            named.extend(people.kinds.members(kind).iter().take(FEW + 1));
            if named.len() > FEW {
                return None;
            }
        }
        named.sort_unstable();
        Some(Self {
            kinds: Vec::new(),
            named,
        })
    }

    fn add_all(
        &mut self,
        sides: FirmSides<'_>,
        (place, thing): (KindPlace, NumberPair),
        people: &PeopleSides<'_>,
    ) {
        let states = sides.0.into_iter().zip(thing).enumerate();
        for (side, (firm, thing)) in states {
            let Some((firm, number)) = firm.zip(thing) else {
                continue;
            };
            let thing = place.thing(number);
            let above = firm.things.all_above(thing);
            for thing in std::iter::once(thing).chain(above) {
                let things = firm.things.of_kind(thing.product, thing.kind);
                let lists = things.map(|things| things.lists(thing.number));
                for list in lists.into_iter().flatten().flatten() {
                    let users = list.users.iter();
                    self.named
                        .extend(users.map(|user| people.place(side, *user)));
                    let groups = list.groups.iter();
                    self.kinds
                        .extend(groups.flat_map(|group| people.kinds_in(side, *group)));
                }
            }
        }
    }
}
