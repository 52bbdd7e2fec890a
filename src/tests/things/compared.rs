//! What people gain and lose on things, beside what asking for everybody, every action and every thing says before and after.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use super::model::{FirmModel, ThingModel};
use super::{ACTIONS, HUB};
use crate::tests::dice::cases;
use crate::{
    AccessOnThings, AccessPath, Firm, Limits, Loader, Question, Rulebook, Simulation, ThingAccess,
    UserActions,
};

/// Changes of roles and settings.
const CHANGES: &str = "
changes:
  grant:
    title: Grant
    section: all
    basis: stated
    takes: { role: [owner, guest] }
    allow: everyone
    does: [{ give: role, to: target }]
  revoke:
    title: Revoke
    section: all
    basis: stated
    takes: { role: [owner, guest] }
    allow: everyone
    does: [{ take: role, from: target }]
  relocate:
    title: Relocate
    section: all
    basis: stated
    takes: { setting: [office], value: a value of setting }
    allow: everyone
    does: [{ set: setting, of: target, to: value }]
";

/// User, action, kind and thing, in words.
type Grants = BTreeSet<[String; 4]>;

fn things<'m>(model: &'m FirmModel, kind: &str) -> impl Iterator<Item = &'m ThingModel> {
    model.things[kind].iter()
}

/// Everything that is allowed on things that another firm has as well.
fn allowed(firm: &Firm, model: &FirmModel, other: &FirmModel) -> Grants {
    let mut all = Grants::new();
    for (action, kind) in ACTIONS {
        let is_shared = |thing: &&ThingModel| things(other, kind).any(|one| one.id == thing.id);
        for thing in things(model, kind).filter(is_shared) {
            for user in firm.users() {
                let question = Question::new(user, action).target(&*thing.id);
                if firm.answer(&question).unwrap().is_allowed() {
                    all.insert([user, action, kind, &thing.id].map(str::to_owned));
                }
            }
        }
    }
    all
}

fn spelt_out(rows: &[ThingAccess]) -> Grants {
    let mut all = Grants::new();
    for row in rows {
        assert_eq!((row.more_things, row.who.more_users), (0, 0));
        for user in &row.who.users {
            for action in &row.who.actions {
                for thing in &row.things {
                    let words = [user, &action.action, &row.kind, thing];
                    assert!(all.insert(words.map(|word| word.to_string())), "twice");
                }
            }
        }
    }
    all
}

/// Lists are named in questions as rules name them.
const LISTS: [&str; 12] = [
    "repository.admin",
    "repository.write",
    "repository.read",
    "repository.lead",
    "issue.assignee",
    "issue.repository.admin",
    "issue.repository.write",
    "issue.repository.read",
    "issue.repository.lead",
    "folder.view",
    "folder.folder.view",
    "folder.folder.folder.view",
];

/// Whether somebody may do something when they stand on no list but these.
fn is_allowed_on(firm: &Firm, [user, action, _, thing]: &[String; 4], lists: &[&str]) -> bool {
    let mut question = Question::new(&**user, &**action).target(&**thing);
    let handle = firm.rulebook().action(None, action).unwrap();
    let is_among = |list: &str, part: &str| {
        let kind = list.rsplit_once('.').unwrap().0;
        lists.contains(&&*format!("{kind}.{part}"))
    };
    // Whoever is said not to stand on a list does not stand on those that bring it either.
    let is_brought = |list: &str| match list.rsplit_once('.').unwrap().1 {
        "read" => is_among(list, "write") || is_among(list, "admin"),
        "write" => is_among(list, "admin"),
        _ => false,
    };
    for list in LISTS {
        let is_read = handle.with_fact(firm.rulebook(), list, "false").is_ok();
        if is_read && !lists.contains(&list) && !is_brought(list) {
            question = question.fact(list, "false");
        }
    }
    if action == "fork" && lists.is_empty() {
        question = question.fact("reading", "not_listed");
    }
    firm.answer(&question).unwrap().is_allowed()
}

/// The lists that a row names are those that it needs, and everybody of the row stands on them so.
pub(super) fn check_paths_of(
    firm: &Firm,
    model: &FirmModel,
    (kind, ids): (&str, &[&str]),
    who: &UserActions,
) -> usize {
    let through = &who.through;
    let lists: Vec<&str> = through.iter().map(|path| &*path.list).collect();
    let mut paths = 0;
    for thing in things(model, kind).filter(|thing| ids.contains(&&*thing.id)) {
        for user in &who.users {
            for AccessPath { list, by } in through {
                assert!(
                    model.stands_by(user, thing, list, by),
                    "{kind} {ids:?} {who:?}"
                );
                paths += 1;
            }
            for action in &who.actions {
                let words = [user, &*action.action, kind, &*thing.id].map(str::to_owned);
                let on_none = is_allowed_on(firm, &words, &[]);
                assert_eq!(through.is_empty(), on_none, "{words:?} {who:?}");
                if !lists.is_empty() {
                    assert!(is_allowed_on(firm, &words, &lists), "{words:?} {who:?}");
                    let alone = lists
                        .iter()
                        .map(|list| is_allowed_on(firm, &words, &[list]));
                    let alone: Vec<bool> = alone.collect();
                    assert!(alone.iter().all(|is| *is == alone[0]), "{words:?} {who:?}");
                }
            }
        }
    }
    paths
}

fn check_paths(firm: &Firm, model: &FirmModel, rows: &[ThingAccess]) -> usize {
    let paths = rows.iter().map(|row| {
        let ids: Vec<&str> = row.things.iter().map(|id| &**id).collect();
        check_paths_of(firm, model, (&row.kind, &ids), &row.who)
    });
    paths.sum()
}

fn check(on_things: &AccessOnThings, firms: [&Firm; 2], models: [&FirmModel; 2]) -> [usize; 3] {
    let ([old, new], [was, is]) = (firms, models);
    let (before, after) = (allowed(old, was, is), allowed(new, is, was));
    let gained: Grants = after.difference(&before).cloned().collect();
    let lost: Grants = before.difference(&after).cloned().collect();
    assert_eq!(spelt_out(&on_things.gained), gained);
    assert_eq!(spelt_out(&on_things.lost), lost);
    let paths = check_paths(new, is, &on_things.gained) + check_paths(old, was, &on_things.lost);
    [gained.len(), lost.len(), paths]
}

#[test]
fn differences_of_firms_are_those_of_asking_one_by_one() {
    let rulebook = Rulebook::from_texts([("hub.yaml", HUB)]).unwrap();
    let read = |model: &FirmModel| Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
    let mut counts = [0; 3];
    for seed in 0..cases(15, 60) {
        let was = FirmModel::by_chance(seed);
        let others = [
            FirmModel::by_chance(seed + 1_000),
            was.with_one_more_on_a_list(seed),
            was.renamed("u6", "x6")
                .renamed("r4", "s4")
                .renamed("g3", "a3"),
            was.with_other_groups_of(&FirmModel::by_chance(seed + 2_000)),
        ];
        for is in others {
            let (old, new) = (read(&was), read(&is));
            let difference = old.difference(&new).unwrap();
            assert!(!difference.equal || difference.on_things.is_empty());
            let of_this = check(&difference.on_things, [&old, &new], [&was, &is]);
            for (all, of_this) in counts.iter_mut().zip(of_this) {
                *all += of_this;
            }
        }
    }
    assert!(
        counts.iter().all(|count| *count > cases(500, 2_000)),
        "{counts:?}"
    );
}

#[test]
fn a_difference_of_some_people_says_the_same_of_them() {
    let rulebook = Rulebook::from_texts([("hub.yaml", HUB)]).unwrap();
    let read = |model: &FirmModel| Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
    let mut rows = 0;
    for seed in 100..130 {
        let [old, new] = [seed, seed + 1_000].map(|seed| read(&FirmModel::by_chance(seed)));
        let all = old.difference(&new).unwrap().on_things;
        let some = new.review_of(&["u1", "u4"], Some(&old)).unwrap();
        let some = some.since.unwrap().on_things;
        for (all, some) in [(&all.gained, &some.gained), (&all.lost, &some.lost)] {
            let mut of_them = spelt_out(all);
            of_them.retain(|[user, ..]| user == "u1" || user == "u4");
            assert_eq!(spelt_out(some), of_them);
            rows += some.len();
        }
    }
    assert!(rows > 100, "{rows}");
}

#[test]
fn simulations_say_what_asking_one_by_one_says() {
    let text = HUB.replace("\nchanges:\n", CHANGES);
    let rulebook = Rulebook::from_texts([("hub.yaml", text.as_str())]).unwrap();
    let mut counts = [0; 3];
    for seed in 0..cases(8, 30) {
        let model = FirmModel::by_chance(seed);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        for person in model.people.iter().filter(|person| person.has_seat()) {
            let of_them = || Simulation::of(&*person.id);
            let wished = [
                of_them().grant("owner").revoke("guest"),
                of_them().revoke("owner").grant("guest"),
                of_them().set("office", "south"),
                of_them().set("office", "north").grant("guest"),
            ];
            for simulation in wished {
                let simulated = firm.simulate(&simulation).unwrap();
                let firms = [&firm, &simulated.after];
                let of_this = check(&simulated.on_things, firms, [&model, &model]);
                for (all, of_this) in counts.iter_mut().zip(of_this) {
                    *all += of_this;
                }
            }
        }
    }
    assert!(
        counts[0] > cases(150, 500) && counts[1] > cases(150, 500),
        "{counts:?}"
    );
}

/// Things behind the last row are counted.
#[test]
fn what_is_not_compared_is_said() {
    let limits = Limits {
        thing_rows: 1,
        ..Limits::DEFAULT
    };
    let loader = Loader::new().limits(&limits);
    let rulebook = loader.rulebook_from_texts([("hub.yaml", HUB)]).unwrap();
    let text = |list: &str| {
        let things: String = (0..60)
            .map(|number| {
                format!(
                    "    - {{ id: r{number}, read: [], {list}{} }}\n",
                    number % 2
                )
            })
            .collect();
        format!(
            "firm: F\nusers:\n  - {{ id: ada0, hub: {{}} }}\n  - {{ id: ada1, hub: {{}} }}\nthings:\n  repository:\n{things}"
        )
    };
    let read = |list: &str| Firm::from_text(&rulebook, "firm.yaml", &text(list)).unwrap();
    let difference = read("lead: ada").difference(&read("write: ada")).unwrap();
    let rows = &difference.on_things;
    let [row] = &*rows.gained else {
        panic!("one row is as many as may be: {rows:?}");
    };
    assert_eq!((row.things.len(), row.more_things), (30, 0));
    assert_eq!((&*row.who.users[0], rows.left_out), ("ada0", 30));
    let actions = row.who.actions.iter().map(|one| &*one.action);
    assert_eq!(actions.collect::<Vec<_>>(), ["look", "push", "fork"]);
}

/// Things and people who are many and alike are counted together.
#[test]
fn a_firm_with_many_alike_things_stays_readable() {
    let rulebook = Rulebook::from_texts([("hub.yaml", HUB)]).unwrap();
    let users: String = (0..200)
        .map(|number| format!("  - {{ id: u{number}, hub: {{}} }}\n"))
        .collect();
    let things: String = (0..300)
        .map(|number| format!("    - {{ id: r{number}, read: [], write: [team] }}\n"))
        .collect();
    let text = |team: &str| {
        format!(
            "firm: F\nusers:\n{users}groups:\n  team: [{team}]\nthings:\n  repository:\n{things}"
        )
    };
    let read = |team: &str| Firm::from_text(&rulebook, "firm.yaml", &text(team)).unwrap();
    let all: Vec<String> = (1..200).map(|number| format!("u{number}")).collect();
    let difference = read("u0").difference(&read(&all.join(", "))).unwrap();
    let [gained] = &*difference.on_things.gained else {
        panic!("{:?}", difference.on_things);
    };
    let most = ThingAccess::MOST_NAMED;
    assert_eq!(
        (gained.things.len(), gained.more_things),
        (most, 300 - most)
    );
    assert_eq!(
        (gained.who.users.len(), gained.who.more_users),
        (most, 199 - most)
    );
    let [lost] = &*difference.on_things.lost else {
        panic!("{:?}", difference.on_things);
    };
    assert_eq!((&*lost.who.users[0], lost.who.more_users), ("u0", 0));
}
