//! Things that are alike: the same properties and lists, and the same for what they are part of, in both states.

use hashbrown::HashMap;

use super::firm_sides::{FirmSides, KindPlace, NumberPair};
use super::people_sides::PeopleSides;
use crate::firm::Firm;

/// Things of a kind that are alike.
pub(super) struct ThingClass {
    /// Their numbers; all of them are in the same states.
    pub(super) things: Vec<NumberPair>,
    /// Whether nothing about them is different in the two states.
    pub(super) is_unaltered: bool,
    /// What firm files say nothing about, list by list and state by state.
    pub(super) silent: Vec<bool>,
}

impl ThingClass {
    /// One of them stands for all.
    pub(super) fn first(&self) -> NumberPair {
        self.things.first().copied().unwrap_or_default()
    }
}

/// All things of a kind that each state has, class by class, in the order of the firm.
pub(super) fn classes(
    sides: FirmSides<'_>,
    place: KindPlace,
    people: &PeopleSides<'_>,
) -> Vec<ThingClass> {
    let mut known: HashMap<Box<[u32]>, usize> = HashMap::new();
    let mut classes: Vec<ThingClass> = Vec::new();
    let share_things = sides.share_things();
    for pair in pairs(sides, place) {
        let mut words = ThingWords::default();
        let [old, new] = sides.0;
        let [before, after] = pair;
        if !share_things {
            words.add(old, before, (0, place), people);
        }
        let middle = words.words.len();
        words.add(new, after, (1, place), people);
        let is_unaltered = share_things || words.words.get(..middle) == words.words.get(middle..);
        words.words.push(middle as u32);
        let next = classes.len();
        let class = *known.entry(words.words.into()).or_insert(next);
        if class == next {
            classes.push(ThingClass {
                things: Vec::new(),
                is_unaltered,
                silent: words.silent,
            });
        }
        if let Some(class) = classes.get_mut(class) {
            class.things.push(pair);
        }
    }
    classes
}

/// The things that every state has, by their numbers, in the order of the last state.
fn pairs<'f>(
    sides: FirmSides<'f>,
    KindPlace { product, kind }: KindPlace,
) -> impl Iterator<Item = NumberPair> + 'f {
    let things = |firm: &'f Firm| firm.things.of_kind(product, kind);
    let [old, new] = sides.0;
    let after = new.and_then(things);
    let before = old.and_then(things);
    let numbers = 0..after.map_or(0, |things| things.len()) as u32;
    let share_things = sides.share_things();
    numbers.filter_map(move |number| {
        if old.is_none() {
            return Some([None, Some(number)]);
        }
        if share_things {
            return Some([Some(number); 2]);
        }
        let (before, id) = (before?, after?.id(number));
        let keeps_its_place = (number as usize) < before.len() && before.id(number) == id;
        let found = if keeps_its_place {
            Some(number)
        } else {
            before.find(id)
        };
        Some([Some(found?), Some(number)])
    })
}

/// What there is to know of a thing, in numbers that mean the same in both states.
#[derive(Default)]
struct ThingWords {
    words: Vec<u32>,
    silent: Vec<bool>,
}

impl ThingWords {
    fn add(
        &mut self,
        firm: Option<&Firm>,
        thing: Option<u32>,
        (side, place): (usize, KindPlace),
        people: &PeopleSides<'_>,
    ) {
        let Some((firm, number)) = firm.zip(thing) else {
            return;
        };
        let thing = place.thing(number);
        for thing in std::iter::once(thing).chain(firm.things.all_above(thing)) {
            let Some(things) = firm.things.of_kind(thing.product, thing.kind) else {
                continue;
            };
            let values = things.properties(thing.number);
            self.words.extend(values.map(|value| u32::from(value.0)));
            for list in things.lists(thing.number) {
                self.silent.push(list.is_none());
                let Some(list) = list else {
                    self.words.push(u32::MAX);
                    continue;
                };
                let users = list.users.iter().map(|user| people.place(side, *user));
                self.add_sorted(users);
                let groups = list.groups.iter().map(|group| people.group(side, *group));
                self.add_sorted(groups);
            }
        }
    }

    /// Adds how many there are, and all of them.
    fn add_sorted(&mut self, members: impl ExactSizeIterator<Item = u32>) {
        self.words.push(members.len() as u32);
        let start = self.words.len();
        self.words.extend(members);
        if let Some(members) = self.words.get_mut(start..) {
            members.sort_unstable();
        }
    }
}
