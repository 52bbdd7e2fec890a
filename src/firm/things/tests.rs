//! Groups and things that are altered, beside those that are built anew.

use pretty_assertions::assert_eq;

use super::{FirmThings, NewThing, NumberedThing};
use crate::firm::groups::{Groups, ListEntries};
use crate::firm::texts::DistinctTexts;
use crate::link::product::KindId;
use crate::tests::dice::Dice;
use crate::value::Value;

/// What a firm file says of a list: nothing, or who stands on it.
type List = Option<ListEntries>;

/// What groups and things are built of.
#[derive(Clone)]
struct Parts {
    users: u32,
    groups: Vec<ListEntries>,
    /// By kind, and for each thing its properties and lists.
    things: Vec<Vec<(Vec<Value>, Vec<List>)>>,
}

const LISTS: usize = 3;
const PROPERTIES: usize = 2;

impl Parts {
    fn by_chance(dice: &mut Dice) -> Self {
        let users = 1 + dice.roll(12) as u32;
        let mut parts = Self {
            users,
            groups: vec![ListEntries::default(); dice.roll(7)],
            things: vec![Vec::new(); 2],
        };
        for group in 0..parts.groups.len() as u32 {
            parts.groups[group as usize] = parts.group(dice, group);
        }
        for kind in 0..2 {
            for _ in 0..dice.roll(5) {
                let properties = (0..PROPERTIES).map(|_| Value(dice.roll(3) as u16));
                let properties = properties.collect();
                let lists = (0..LISTS).map(|_| parts.list(dice));
                let thing = (properties, lists.collect());
                parts.things[kind].push(thing);
            }
        }
        parts
    }

    fn people(&self, dice: &mut Dice) -> Vec<u32> {
        let all: Vec<u32> = (0..self.users).collect();
        dice.some(&all, 4)
    }

    /// Who could be in a group, so that no group is in itself.
    fn group(&self, dice: &mut Dice, group: u32) -> ListEntries {
        let all: Vec<u32> = (0..self.groups.len() as u32).collect();
        let open = |other: &u32| !reaches(&self.groups, *other, group);
        let groups = dice.some(&all, 2).into_iter().filter(open);
        ListEntries {
            users: self.people(dice),
            groups: groups.collect(),
        }
    }

    fn list(&self, dice: &mut Dice) -> List {
        let all: Vec<u32> = (0..self.groups.len() as u32).collect();
        (dice.roll(4) > 0).then(|| ListEntries {
            users: self.people(dice),
            groups: dice.some(&all, 3),
        })
    }

    fn build(&self) -> FirmThings {
        let mut ids = DistinctTexts::default();
        for group in 0..self.groups.len() {
            ids.push(&format!("g{group}")).unwrap();
        }
        let users = self.users as usize;
        let groups = Groups::new(ids, self.groups.clone(), users, usize::MAX).unwrap();
        let mut all = FirmThings::of(groups);
        for (kind, things) in self.things.iter().enumerate() {
            for (number, (properties, lists)) in things.iter().enumerate() {
                let thing = NewThing {
                    id: &format!("t{number}"),
                    title: None,
                    properties: properties.clone(),
                    lists: lists.clone(),
                };
                all.add(kind, KindId(0), thing).unwrap();
            }
        }
        all
    }

    /// Alters one thing, both here and there.
    fn alter(&mut self, dice: &mut Dice, firm: &mut FirmThings) {
        let kind = dice.roll(2);
        let things = self.things[kind].len();
        match dice.roll(3) {
            0 if !self.groups.is_empty() => {
                let group = dice.roll(self.groups.len()) as u32;
                let entries = self.group(dice, group);
                self.groups[group as usize] = entries.clone();
                firm.set_group(group, entries);
            }
            1 if things > 0 => {
                let (thing, property) = (dice.roll(things), dice.roll(PROPERTIES));
                let to = Value(dice.roll(3) as u16);
                self.things[kind][thing].0[property] = to;
                firm.set_property(numbered(kind, thing), property, to);
            }
            2 if things > 0 => {
                let (thing, list) = (dice.roll(things), dice.roll(LISTS));
                let entries = self.list(dice);
                self.things[kind][thing].1[list].clone_from(&entries);
                firm.set_list(numbered(kind, thing), list, entries);
            }
            _ => {}
        }
    }
}

fn numbered(kind: usize, thing: usize) -> NumberedThing {
    NumberedThing {
        product: kind,
        kind: KindId(0),
        number: thing as u32,
    }
}

/// Whether a group is another one, or that one is in it.
fn reaches(groups: &[ListEntries], from: u32, to: u32) -> bool {
    let inner = &groups[from as usize].groups;
    from == to || inner.iter().any(|inner| reaches(groups, *inner, to))
}

/// Compares with what is built anew: everything that is there, and who is where.
fn compare(parts: &Parts, firm: &FirmThings) {
    let anew = parts.build();
    assert!(*firm == anew);
    for user in 0..parts.users {
        assert_eq!(firm.groups.of_user(user), anew.groups.of_user(user));
        for (kind, things) in parts.things.iter().enumerate() {
            let kinds = [firm, &anew].map(|all| all.of_kind(kind, KindId(0)));
            for (thing, (properties, lists)) in (0..).zip(things) {
                let [known, built] = kinds.map(|kind| kind.unwrap());
                assert!(known.properties(thing).eq(properties.iter().copied()));
                for list in 0..lists.len() {
                    let stands = |all: &FirmThings, list| all.stands_on(user, list);
                    let known = known.list(thing, list).map(|list| stands(firm, list));
                    let built = built.list(thing, list).map(|list| stands(&anew, list));
                    assert_eq!(known, built);
                }
            }
        }
    }
    for group in 0..parts.groups.len() as u32 {
        assert_eq!(firm.groups.find(&format!("g{group}")), Some(group));
        assert_eq!(firm.groups.entries(group), anew.groups.entries(group));
        let [mut known, mut built] = [firm, &anew].map(|all| all.groups.people_in(&[group]));
        known.sort_unstable();
        built.sort_unstable();
        assert_eq!(known, built);
    }
}

#[test]
fn groups_lists_and_properties_that_are_altered_are_those_of_a_firm_built_anew() {
    for seed in 0..400 {
        let mut dice = Dice(seed);
        let mut parts = Parts::by_chance(&mut dice);
        let mut firm = parts.build();
        let mut states = Vec::new();
        for _ in 0..12 {
            states.push((parts.clone(), firm.clone()));
            parts.alter(&mut dice, &mut firm);
            compare(&parts, &firm);
        }
        // What came before stays as it was.
        for (parts, before) in states {
            assert_eq!(before.stamp, firm.stamp);
            compare(&parts, &before);
        }
    }
}

#[test]
fn a_group_that_would_be_in_itself_is_known_beforehand() {
    let (mut circles, mut others) = (0, 0);
    for seed in 0..200 {
        let parts = Parts::by_chance(&mut Dice(seed));
        let firm = parts.build();
        let groups = 0..parts.groups.len() as u32;
        for (group, member) in groups
            .clone()
            .flat_map(|one| groups.clone().map(move |other| (one, other)))
        {
            let closes = reaches(&parts.groups, member, group);
            assert_eq!(firm.groups.would_close_circle(group, member), closes);
            *if closes { &mut circles } else { &mut others } += 1;
        }
    }
    assert!(circles > 500 && others > 500, "{circles} {others}");
}

#[test]
fn what_is_not_there_stays_so() {
    let parts = Parts::by_chance(&mut Dice(3));
    let mut firm = parts.build();
    let nowhere = numbered(7, 0);
    firm.set_property(nowhere, 0, Value::YES);
    firm.set_list(nowhere, 0, None);
    firm.set_list(numbered(0, 99), 0, Some(ListEntries::default()));
    firm.set_property(numbered(0, 99), 0, Value::YES);
    firm.set_group(99, ListEntries::default());
    compare(&parts, &firm);
    assert_eq!(firm.groups.entries(99), None);
    assert_eq!(firm.groups.find("nobody"), None);
}

/// Where the numbers of everybody in the firm stand in memory: on lists, in groups, and the groups of users.
fn places(parts: &Parts, firm: &FirmThings) -> Vec<*const u32> {
    let mut places = Vec::new();
    for (kind, things) in parts.things.iter().enumerate() {
        let of_kind = firm.of_kind(kind, KindId(0));
        let lists = (0..things.len() as u32).map(|thing| of_kind.unwrap().lists(thing));
        places.extend(lists.flatten().flatten().map(|list| list.users.as_ptr()));
    }
    places.extend(
        firm.groups
            .iter()
            .map(|(_, entries)| entries.users.as_ptr()),
    );
    places.extend((0..parts.users).map(|user| firm.groups.of_user(user).as_ptr()));
    places
}

#[test]
fn a_change_to_one_copies_nothing_of_the_others() {
    let list = |user: u32| ListEntries {
        users: vec![user, user + 1],
        groups: vec![user % 100],
    };
    let parts = Parts {
        users: 1_001,
        groups: (0..100)
            .map(|group| ListEntries {
                users: vec![group],
                ..ListEntries::default()
            })
            .collect(),
        things: vec![
            (0..1_000)
                .map(|thing| (vec![Value::NO], vec![Some(list(thing))]))
                .collect(),
        ],
    };
    let before = parts.build();
    let known = places(&parts, &before);
    let thing = numbered(0, 500);
    let alterations: [fn(&mut FirmThings, NumberedThing); 3] = [
        |firm, thing| firm.set_property(thing, 0, Value::YES),
        |firm, thing| {
            firm.set_list(
                thing,
                0,
                Some(ListEntries {
                    users: vec![7],
                    groups: vec![],
                }),
            )
        },
        // The group has other entries, and one user other groups.
        |firm, _| {
            firm.set_group(
                3,
                ListEntries {
                    users: vec![3, 999],
                    groups: vec![],
                },
            )
        },
    ];
    for (alter, most) in alterations.into_iter().zip([1, 1, 2]) {
        let mut after = before.clone();
        alter(&mut after, thing);
        assert!(after != before);
        let all = places(&parts, &after);
        let copied = known
            .iter()
            .zip(&all)
            .filter(|(before, after)| before != after);
        assert_eq!(copied.count(), most);
    }
}
