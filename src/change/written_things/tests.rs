//! Writes by chance leave what a plain reading says, where every list is copied and written entry by entry.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::*;
use crate::change::thing_writes::EntryWrite;
use crate::firm::ends::ListPlace;
use crate::rulebook::Rulebook;
use crate::tests::dice::{Dice, cases};

/// Who stands somewhere; none where nobody says anything about it. And who was put there, and whether it was written anew.
#[derive(Debug, Clone, Default, PartialEq)]
struct PlainEntries {
    entries: Option<BTreeSet<ListMember>>,
    put: Vec<ListMember>,
    anew: bool,
}

impl PlainEntries {
    fn write(&mut self, member: ListMember, how: EntryWrite, is_open: bool, is_single: bool) {
        match how {
            EntryWrite::Add if self.entries.is_none() && is_open => {}
            EntryWrite::Add => {
                let entries = self.entries.get_or_insert_default();
                if is_single && !entries.contains(&member) {
                    entries.clear();
                    self.anew = true;
                }
                entries.insert(member);
                self.put.push(member);
            }
            EntryWrite::Remove => {
                self.put.retain(|other| *other != member);
                if let Some(entries) = &mut self.entries {
                    entries.remove(&member);
                }
            }
            EntryWrite::Only => {
                if is_single {
                    self.put.clear();
                }
                self.put.push(member);
                self.entries = Some(self.put.iter().copied().collect());
                self.anew = true;
            }
        }
    }
}

/// A firm with repositories `r0` and on, whose lists have entries or none, and groups.
fn firm(dice: &mut Dice, things: usize) -> Firm {
    let rules = include_str!("../../tests/things/hub.yaml");
    let rulebook = Rulebook::from_texts([("hub.yaml", rules)]).unwrap();
    let mut text = "firm: One\nusers:\n".to_owned();
    (0..9).for_each(|user| text.push_str(&format!("  - {{ id: u{user}, hub: {{}} }}\n")));
    text.push_str("groups: { g0: [u1, u2], g1: [u3, g0], g2: [] }\nthings:\n  repository:\n");
    for thing in 0..things {
        let write = [", write: [u1, g1]", ", write: []", ""][dice.roll(3)];
        let read = [", read: [u2, u3, g0]", ""][dice.roll(2)];
        let lead = [", lead: u4", ""][dice.roll(2)];
        text.push_str(&format!("    - {{ id: r{thing}{write}{read}{lead} }}\n"));
    }
    Firm::from_text(&rulebook, "firm.yaml", &text).unwrap()
}

fn member(dice: &mut Dice) -> ListMember {
    match dice.roll(3) {
        0 => ListMember::Group(dice.roll(3) as u32),
        _ => ListMember::User(dice.roll(9) as u32),
    }
}

fn plain(firm: &Firm, place: EntriesPlace) -> Option<BTreeSet<ListMember>> {
    match place {
        EntriesPlace::List(list) => Some(firm.list_entries(list)?.members().collect()),
        EntriesPlace::Group(group) => Some(firm.group_entries(group).members().collect()),
    }
}

#[test]
fn writes_leave_what_a_plain_reading_says() {
    let (mut altered, mut same) = (0, 0);
    for seed in 0..cases(80, 300) {
        let dice = &mut Dice(seed);
        let things = 1 + dice.roll(12);
        let firm = firm(dice, things);
        let kind = firm.rulebook.product(0).unwrap().product.names.kinds["repository"];
        let mut writes = Vec::new();
        let mut expected: BTreeMap<String, (EntriesPlace, PlainEntries)> = BTreeMap::new();
        for _ in 0..1 + dice.roll(60) {
            let list = ListPlace {
                product: 0,
                kind,
                thing: dice.roll(things) as u32,
                list: dice.roll(4),
            };
            let place = match dice.roll(4) {
                0 => EntriesPlace::Group(dice.roll(3) as u32),
                _ => EntriesPlace::List(list),
            };
            let (_, of_place) = expected.entry(format!("{place:?}")).or_insert_with(|| {
                let entries = plain(&firm, place);
                (
                    place,
                    PlainEntries {
                        entries,
                        ..PlainEntries::default()
                    },
                )
            });
            if let (EntriesPlace::List(list), 0) = (place, dice.roll(6)) {
                writes.push(ThingWrite::Reset(list));
                (of_place.entries, of_place.anew) = (None, true);
                continue;
            }
            let how = [EntryWrite::Add, EntryWrite::Remove, EntryWrite::Only][dice.roll(3)];
            let member = member(dice);
            let declared = match place {
                EntriesPlace::List(list) => firm.declared_list(list),
                EntriesPlace::Group(_) => None,
            };
            let [is_open, is_single] = [
                declared.is_some_and(|list| list.is_open),
                declared.is_some_and(|list| list.is_single),
            ];
            of_place.write(member, how, is_open, is_single);
            writes.push(ThingWrite::Entry(place, member, how));
        }
        let written = WrittenThings::of(&firm, &writes);
        let expected = expected
            .into_values()
            .filter(|(place, of_place)| of_place.entries != plain(&firm, *place));
        let expected: BTreeMap<String, PlainEntries> = expected
            .map(|(place, of_place)| {
                let anew = of_place.anew && matches!(place, EntriesPlace::List(_));
                let entries = of_place.entries;
                (
                    format!("{place:?}"),
                    PlainEntries {
                        entries,
                        anew,
                        ..PlainEntries::default()
                    },
                )
            })
            .collect();
        let alterations = written.alterations(&firm);
        let told = alterations.iter().map(|alteration| {
            let (place, to, anew) = match alteration {
                ThingAlteration::List { list, to, anew } => {
                    (EntriesPlace::List(*list), to.as_ref(), *anew)
                }
                ThingAlteration::Group { group, to } => {
                    (EntriesPlace::Group(*group), Some(to), false)
                }
                ThingAlteration::Property { .. } => panic!("no property is written"),
            };
            let entries = to.map(|entries| entries.members().collect());
            (
                format!("{place:?}"),
                PlainEntries {
                    entries,
                    anew,
                    ..PlainEntries::default()
                },
            )
        });
        assert_eq!(
            told.collect::<BTreeMap<_, _>>(),
            expected,
            "{seed}: {writes:?}"
        );
        assert_eq!(written.altered(&firm), alterations.len());
        altered += alterations.len();
        same += written.all.len() - alterations.len();
    }
    assert!(
        altered > cases(250, 1_000) && same > cases(70, 300),
        "{altered} {same}"
    );
}
