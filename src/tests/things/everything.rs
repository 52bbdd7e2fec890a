//! A firm with each person and each thing there can be, in so far as the rules of the hub tell them apart.

use std::collections::BTreeMap;

use super::model::{FirmModel, ListModel, PersonModel, ThingModel};

/// How somebody stands on the lists that have people on them: by name, through a group, through a group in a group, or not.
const WAYS: [&str; 4] = ["named", "member", "nested", "stranger"];

impl FirmModel {
    /// The firm.
    pub(super) fn of_everything(guests_look: bool) -> Self {
        let people = people();
        let called = |way: &str| -> Vec<String> {
            let ids = people.iter().map(|person| &person.id);
            ids.filter(|id| id.starts_with(way)).cloned().collect()
        };
        let (inner, mut outer, mut some) = (called("nested"), called("member"), called("named"));
        outer.push("inner".to_owned());
        some.push("outer".to_owned());
        let lists = [None, Some(Vec::new()), Some(some)];
        Self {
            groups: vec![("inner".to_owned(), inner), ("outer".to_owned(), outer)],
            guests_look,
            things: BTreeMap::from([
                ("repository", repositories(&lists)),
                ("issue", issues(&lists)),
                ("folder", folders(&lists)),
            ]),
            people,
        }
    }
}

/// Each seat in each way, and the disabled.
fn people() -> Vec<PersonModel> {
    let roles: [&[&str]; 4] = [&[], &["owner"], &["guest"], &["owner", "guest"]];
    let seats = roles.into_iter().flat_map(|roles| {
        let offices = ["north", "south"].into_iter();
        offices.map(move |office| Some((roles.to_vec(), office)))
    });
    let seats: Vec<_> = seats.chain([None]).collect();
    let mut people = Vec::new();
    for way in WAYS {
        for (number, seat) in seats.iter().enumerate() {
            people.push(PersonModel {
                id: format!("{way}_{number}"),
                enabled: true,
                seat: seat.clone(),
            });
        }
    }
    people.push(PersonModel {
        id: "named_disabled".to_owned(),
        enabled: false,
        seat: Some((vec!["owner"], "north")),
    });
    people
}

/// Each choice of a list for each of these.
fn chosen(ids: &[&'static str], lists: &[ListModel]) -> Vec<BTreeMap<&'static str, ListModel>> {
    ids.iter().fold(vec![BTreeMap::new()], |known, id| {
        let longer = |start: &BTreeMap<&'static str, ListModel>| {
            let all = lists.iter().map(|list| {
                let mut longer = start.clone();
                longer.insert(*id, list.clone());
                longer
            });
            all.collect::<Vec<_>>()
        };
        known.iter().flat_map(longer).collect()
    })
}

fn repositories(lists: &[ListModel]) -> Vec<ThingModel> {
    let mut all = Vec::new();
    for archived in ["false", "true"] {
        for office in ["south", "north"] {
            for mut lists in chosen(&["admin", "write", "read", "lead"], lists) {
                // One entry at most: the group.
                for lead in lists.get_mut("lead").into_iter().flatten() {
                    lead.retain(|entry| entry == "outer");
                }
                all.push(ThingModel {
                    id: format!("r{}", all.len()),
                    words: [("archived", archived), ("office", office)]
                        .map(|(key, word)| (key, word.to_owned()))
                        .into(),
                    lists,
                });
            }
        }
    }
    all
}

/// Issues of no repository, and of each of those that stand first: they differ in lists alone.
fn issues(lists: &[ListModel]) -> Vec<ThingModel> {
    let mut all = Vec::new();
    let wholes = (0..lists.len().pow(4)).map(|number| Some(format!("r{number}")));
    for whole in wholes.chain([None]) {
        for state in ["open", "closed", "locked"] {
            for lists in chosen(&["assignee"], lists) {
                let mut words = BTreeMap::from([("state", state.to_owned())]);
                words.extend(whole.clone().map(|whole| ("repository", whole)));
                all.push(ThingModel {
                    id: format!("i{}", all.len()),
                    words,
                    lists,
                });
            }
        }
    }
    all
}

/// Folders in folders in folders.
fn folders(lists: &[ListModel]) -> Vec<ThingModel> {
    let mut all: Vec<ThingModel> = Vec::new();
    let mut above = vec![None];
    for _ in 0..3 {
        let mut these = Vec::new();
        for whole in above {
            for lists in chosen(&["view"], lists) {
                let id = format!("f{}", all.len());
                let words = whole.clone().map(|whole| ("folder", whole));
                these.push(Some(id.clone()));
                all.push(ThingModel {
                    id,
                    words: words.into_iter().collect(),
                    lists,
                });
            }
        }
        above = these;
    }
    all
}
