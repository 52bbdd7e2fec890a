//! Plans about things, beside every sequence of changes that anybody can make in the whole firm, for rules by chance.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use pretty_assertions::assert_eq;

use super::super::thing_search::ThingSearch;
use super::*;
use crate::firm::ends::ListMember;
use crate::tests::dice::{Dice, cases};

const OFFICE: &str = "
product: office
title: Office
document: {title: Rules of the office, sections: {all: All of it}}
roles:
  boss: {title: Boss, basis: stated, section: all}
  clerk: {title: Clerk, basis: stated, section: all}
grounds:
  user_disabled: {because: Gone, basis: stated, section: all}
  user_has_no_seat: {because: A stranger, basis: stated, section: all}
  target_has_no_seat: {because: A stranger, basis: stated, section: all}
refusals:
  not_oneself: {when: same_user, because: Not oneself}
";

/// A list of a matter that a rule reads.
const LISTS: [&str; 3] = ["access", "keep", "lead"];

/// A change of matters by chance, with what it reads.
fn change_of_matters(dice: &mut Dice, number: usize) -> String {
    let target = dice.one(&["[user, group]", "user", "group", "[user, group]", "nobody"]);
    let list = dice.one(&["matter.access", "matter.keep", "matter.lead", "list"]);
    let takes_list = if list == "list" {
        ", list: [access, keep]"
    } else {
        ""
    };
    let mut text =
        format!("  change{number}:\n    title: Change\n    section: all\n    basis: stated\n");
    let step = match (target, dice.roll(5)) {
        ("nobody", 0) => {
            let _ = writeln!(
                text,
                "    target: nobody\n    takes: {{ thing: matter{takes_list} }}"
            );
            format!("reset: {list}")
        }
        ("nobody", 1 | 2) => {
            let _ = writeln!(text, "    target: nobody\n    takes: {{ thing: matter }}");
            format!("set: matter.open, to: \"{}\"", dice.one(&["true", "false"]))
        }
        ("nobody", _) => {
            let _ = writeln!(
                text,
                "    target: nobody\n    takes: {{ thing: matter{takes_list} }}"
            );
            format!("add: user, to: {list}")
        }
        (_, roll) => {
            let _ = writeln!(
                text,
                "    target: {target}\n    takes: {{ thing: matter{takes_list} }}"
            );
            match roll {
                0 => format!("remove: target, from: {list}"),
                1 => format!("only: target, on: {list}"),
                _ => format!("add: target, to: {list}"),
            }
        }
    };
    text.push_str(&who_may(dice, true, target != "nobody"));
    let _ = writeln!(text, "    does:\n      - {{ {step} }}");
    text
}

/// Who may make a change.
fn who_may(dice: &mut Dice, on_matter: bool, has_target: bool) -> String {
    let list = dice.one(&LISTS);
    let mut text = match dice.roll(if on_matter { 5 } else { 2 }) {
        0 => "    allow: everyone\n".to_owned(),
        1 => "    allow: boss\n".to_owned(),
        _ => format!("    allow: [boss, matter.{list}]\n")
            .replace("boss, ", dice.one(&["", "boss, "])),
    };
    let other = dice.one(&LISTS);
    match dice.roll(6) {
        0 if on_matter => {
            let _ = writeln!(text, "    when: '!matter.{other}'\n    because: No");
        }
        1 if on_matter && has_target => {
            let _ = writeln!(text, "    when: target.matter.{other}\n    because: No");
        }
        2 if has_target => text.push_str("    unless: not_oneself\n"),
        3 => text.push_str("    when: user.clerk\n    because: No\n"),
        _ => {}
    }
    text
}

/// Rules by chance: what matters are, what is done to them, and who may change what.
fn office(dice: &mut Dice) -> String {
    let mut text = OFFICE.to_owned();
    let _ = writeln!(
        text,
        "things:
  matter:
    title: Matter
    properties:
      open: {{ values: [false, true], default: false }}
    lists:
      access: {{ default: {} }}
      keep: {{ {} }}
      lead: {{ holds: one }}
actions:
  - group: All
    section: all
    basis: stated
    target: matter
    actions:",
        dice.one(&["everyone", "nobody"]),
        dice.one(&["brings: access", ""]),
    );
    for (number, allow) in [
        "matter.access",
        "matter.keep",
        "everyone",
        "[clerk, matter.lead]",
    ]
    .iter()
    .enumerate()
    {
        let when = dice.one(&[
            "matter.open",
            "!matter.lead",
            "matter.access || user.clerk",
            "matter.keep && !matter.lead",
        ]);
        let _ = writeln!(
            text,
            "      do{number}:\n        title: Do\n        allow: {allow}"
        );
        if *allow == "everyone" || dice.roll(2) == 0 {
            let _ = writeln!(text, "        when: '{when}'\n        because: No");
        }
    }
    let fact = "reading: { values: [open, listed, not_listed], from: { list: matter.access, open: open, listed: listed, not_listed: not_listed } }";
    let when = dice.one(&[
        "reading == \"open\"",
        "reading != \"not_listed\"",
        "reading == \"listed\" || user.clerk",
    ]);
    let _ = writeln!(
        text,
        "      do4:\n        title: Do\n        allow: everyone\n        facts:\n          {fact}\n        when: '{when}'\n        because: No"
    );
    text.push_str("changes:\n");
    for number in 0..2 + dice.roll(2) {
        text.push_str(&change_of_matters(dice, number));
    }
    if dice.roll(3) > 0 {
        let target = dice.one(&["[user, group]", "user"]);
        let step = dice.one(&[
            "add: target, to: group",
            "add: target, to: group",
            "remove: target, from: group",
        ]);
        let _ = write!(
            text,
            "  join:\n    title: Join\n    section: all\n    basis: stated\n    target: {target}\n    takes: {{ group: a group }}\n{}    does:\n      - {{ {step} }}\n",
            who_may(dice, false, true)
        );
    }
    if dice.roll(2) == 0 {
        let _ = write!(
            text,
            "  grant:\n    title: Grant\n    section: all\n    basis: stated\n    takes: {{ role: [clerk, boss] }}\n{}    does:\n      - {{ give: role, to: target }}\n",
            who_may(dice, false, true)
        );
    }
    text
}

/// A small firm by chance. Some of its people are alike.
fn firm_by_chance(dice: &mut Dice) -> String {
    let roles = ["", "", "roles: [boss]", "roles: [clerk]"];
    let (some, other) = (dice.one(&roles), dice.one(&roles));
    let mut text = "firm: One\nusers:\n".to_owned();
    for (id, roles) in [
        ("ada", dice.one(&roles)),
        ("ben", some),
        ("cleo", some),
        ("dan", other),
    ] {
        if id != "dan" || dice.roll(2) == 0 {
            let _ = writeln!(text, "  - {{ id: {id}, office: {{ {roles} }} }}");
        }
    }
    let members = ["", "ada", "ben", "cleo", "ben, cleo"];
    let (first, second) = (dice.one(&members), dice.one(&members));
    let inner = dice.one(&["", "", "g1"]);
    let both = if second.is_empty() || inner.is_empty() {
        ""
    } else {
        ", "
    };
    let _ = writeln!(
        text,
        "groups: {{ g1: [{first}], g2: [{second}{both}{inner}] }}"
    );
    let list = |dice: &mut Dice| {
        dice.one(&[
            "[]",
            "[ada]",
            "[ben]",
            "[ben, cleo]",
            "[g1]",
            "[g2]",
            "[g1, cleo]",
        ])
    };
    let mut matter = format!("id: m1, open: {}", dice.one(&["true", "false"]));
    for id in ["access", "keep"] {
        if dice.roll(3) > 0 {
            let _ = write!(matter, ", {id}: {}", list(dice));
        }
    }
    let lead = dice.one(&["[]", "ada", "ben"]);
    let _ = writeln!(text, "things: {{ matter: [{{ {matter}, lead: {lead} }}] }}");
    text
}

/// A change without its maker: the change, its thing, list, role, group and target.
type Key = [Option<String>; 6];

fn key(change: &Change) -> Key {
    [
        Some(change.change.clone()),
        change.thing.clone(),
        change.list.clone(),
        change.role.clone(),
        change.group.clone(),
        change.target.clone(),
    ]
}

/// Every change with every thing, list, role, group and target, without its maker.
fn all_changes(firm: &Firm) -> Vec<Change> {
    let product = &firm.rulebook.compiled()[0].product;
    let (users, groups): (Vec<&str>, Vec<&str>) = (firm.users().collect(), firm.groups().collect());
    let mut all = Vec::new();
    for declared in &product.changes {
        let names = firm.rulebook.arguments(None, &declared.id).unwrap();
        let takes = |name: &str| names.contains(&name);
        let choices = |name: &str, of: &[&str]| -> Vec<Option<String>> {
            if !takes(name) {
                return vec![None];
            }
            of.iter().map(|one| Some((*one).to_owned())).collect()
        };
        let mut targets: Vec<Option<String>> = Vec::new();
        let some = |ids: &[&str]| -> Vec<Option<String>> {
            ids.iter().map(|id| Some((*id).to_owned())).collect()
        };
        if declared.targets.users {
            targets.extend(some(&users));
        }
        if declared.targets.groups {
            targets.extend(some(&groups));
        }
        if targets.is_empty() {
            targets.push(None);
        }
        for thing in choices("thing", &["m1"]) {
            for list in choices("list", &["access", "keep"]) {
                for role in choices("role", &["clerk", "boss"]) {
                    for group in choices("group", &groups) {
                        for target in &targets {
                            all.push(Change {
                                thing: thing.clone(),
                                list: list.clone(),
                                role: role.clone(),
                                group: group.clone(),
                                target: target.clone(),
                                ..Change::new("", &*declared.id)
                            });
                        }
                    }
                }
            }
        }
    }
    all
}

/// Every firm that so many changes at most lead to, each with the changes on the way.
fn everything_reached(firm: &Firm, most: usize) -> Vec<(BTreeSet<Key>, Firm)> {
    let changes = all_changes(firm);
    let mut all = vec![(BTreeSet::new(), firm.clone())];
    let mut level = 0;
    for _ in 0..most {
        let end = all.len();
        for at in level..end {
            for change in &changes {
                let (steps, now): (BTreeSet<Key>, Firm) = all[at].clone();
                if steps.contains(&key(change)) {
                    continue;
                }
                let mut outcomes = BTreeSet::new();
                for maker in firm.users() {
                    // A group that would be in itself is an error.
                    let Ok(verdict) = now.judge(&change.clone().by(maker)) else {
                        continue;
                    };
                    let alters = !verdict.altered.is_empty() || !verdict.altered_things.is_empty();
                    let told = format!("{:?}{:?}", verdict.altered, verdict.altered_things);
                    if verdict.is_accepted() && alters && outcomes.insert(told) {
                        let mut steps = steps.clone();
                        steps.insert(key(change));
                        all.push((steps, now.after(&verdict).unwrap()));
                    }
                }
            }
        }
        level = end;
    }
    all
}

/// Sets of changes that are enough, and of which no part is.
fn smallest(reached: &[(BTreeSet<Key>, Firm)], question: &Question<'_>) -> BTreeSet<BTreeSet<Key>> {
    let mut enough: Vec<&BTreeSet<Key>> = Vec::new();
    for (steps, firm) in reached {
        let has_part = |known: &&BTreeSet<Key>| known.is_subset(steps);
        if !enough.iter().any(has_part) && firm.answer(question).unwrap().is_allowed() {
            enough.push(steps);
        }
    }
    enough.into_iter().cloned().collect()
}

/// Every renaming of people and groups that keeps the kinds of all.
fn renamings(kinds: &[(String, (bool, u32))]) -> Vec<BTreeMap<String, String>> {
    let mut all = vec![BTreeMap::new()];
    for (id, kind) in kinds {
        let mut longer = Vec::new();
        for names in &all {
            for (other, _) in kinds.iter().filter(|(_, of)| of == kind) {
                let is_free = !names.values().any(|taken: &String| taken == other);
                if is_free {
                    let mut names = names.clone();
                    names.insert(id.clone(), other.clone());
                    longer.push(names);
                }
            }
        }
        all = longer;
    }
    all
}

fn renamed(set: &BTreeSet<Key>, names: &BTreeMap<String, String>) -> BTreeSet<Key> {
    let rename = |mut key: Key| {
        for id in key.iter_mut().skip(4).flatten() {
            if let Some(to) = names.get(id) {
                id.clone_from(to);
            }
        }
        key
    };
    set.iter().cloned().map(rename).collect()
}

/// The kinds of everybody in the firm for a question, as the search sees them.
fn kinds_of(firm: &Firm, question: &Question<'_>) -> Vec<(String, (bool, u32))> {
    let (ask, ..) = firm.how_asked(question).unwrap();
    let (thing, user) = (ask.asked.thing.unwrap(), ask.asked.user.unwrap());
    let Some(search) = ThingSearch::new(firm, question, &ask, (thing, user)) else {
        return Vec::new();
    };
    let users = 0..firm.users().count() as u32;
    let groups = 0..firm.groups().count() as u32;
    let members = users
        .map(ListMember::User)
        .chain(groups.map(ListMember::Group));
    let known = members.filter_map(|member| {
        let is_user = matches!(member, ListMember::User(_));
        let kind = search.cast.kind(member)?;
        Some((firm.member_id(member).to_owned(), (is_user, kind)))
    });
    known.collect()
}

/// What was compared.
#[derive(Debug, Default)]
struct Compared {
    rulebooks: usize,
    /// Plans by their number of changes.
    plans: BTreeMap<usize, usize>,
    none: usize,
    /// Plans that put a group on a list, that put somebody else somewhere first, and that change a property.
    of_groups: usize,
    of_others: usize,
    /// Plans that the search found under another name.
    alike: usize,
}

impl Compared {
    fn compare(&mut self, firm: &Firm, question: &Question<'_>, reached: &[(BTreeSet<Key>, Firm)]) {
        let plans = firm.how_can(question).unwrap();
        assert_eq!(plans.more_plans, 0);
        if plans.is_allowed_already() {
            return;
        }
        let words = || format!("{question:?}\n{}\n{:?}", firm.to_yaml(), plans.cut_off);
        let is_of_things = |set: &BTreeSet<Key>| {
            set.iter()
                .any(|[_, thing, _, _, group, _]| thing.is_some() || group.is_some())
        };
        let mut expected = smallest(reached, question);
        expected.retain(|set| is_of_things(set));
        let listed = plans.plans.iter();
        let mut listed: BTreeSet<BTreeSet<Key>> = listed
            .map(|plan| plan.steps.iter().map(key).collect())
            .collect();
        listed.retain(|set| is_of_things(set));
        let names = renamings(&kinds_of(firm, question));
        for set in &listed {
            assert!(expected.contains(set), "not smallest: {set:?}\n{}", words());
            for names in &names {
                let renamed = renamed(set, names);
                assert!(
                    expected.contains(&renamed),
                    "not alike: {set:?}: {renamed:?}\n{}",
                    words()
                );
                self.alike += usize::from(renamed != *set);
            }
        }
        for set in &expected {
            let is_listed = names
                .iter()
                .any(|names| listed.contains(&renamed(set, names)));
            assert!(is_listed, "missing: {set:?}\n{}", words());
        }
        self.none += usize::from(expected.is_empty());
        for set in &expected {
            *self.plans.entry(set.len()).or_default() += 1;
            let targets = || set.iter().filter_map(|key| key[5].as_deref());
            self.of_groups += usize::from(targets().any(|id| id.starts_with('g')));
            let is_other = |id: &str| !id.starts_with('g') && id != question.user;
            self.of_others += usize::from(targets().any(is_other));
        }
    }
}

#[test]
fn plans_about_things_by_chance_are_those_of_a_slow_search() {
    let mut compared = Compared::default();
    for seed in 0..cases(20, 400) {
        let dice = &mut Dice(seed);
        let text = office(dice);
        let steps = 2;
        let limits = Limits {
            plans: 100_000,
            plan_steps: steps,
            search_time: Duration::MAX,
            ..Limits::DEFAULT
        };
        // Some combinations mean nothing, and are refused.
        let Ok(rulebook) = Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("office.yaml", text.as_str())])
        else {
            continue;
        };
        compared.rulebooks += 1;
        let people = firm_by_chance(dice);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &people)
            .unwrap_or_else(|error| panic!("{error}\n{people}"));
        let reached = everything_reached(&firm, steps);
        for action in ["do0", "do1", "do2", "do3", "do4"] {
            for user in firm.users() {
                let question = Question::new(user, action).target("m1");
                compared.compare(&firm, &question, &reached);
            }
        }
    }
    let Compared {
        rulebooks,
        plans,
        none,
        of_groups,
        of_others,
        alike,
    } = &compared;
    assert!(
        *rulebooks > cases(8, 20) && plans[&1] > cases(10, 30) && plans[&2] > cases(10, 30),
        "{compared:?}"
    );
    assert!(
        *none > cases(7, 20)
            && *of_groups > cases(7, 20)
            && *of_others > cases(3, 10)
            && *alike > cases(1, 5),
        "{compared:?}"
    );
}
