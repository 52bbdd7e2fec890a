//! Disabled people whom lists would let do something: beside asking everything once they are enabled, and once no list and no group
//! names them any more.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::model::FirmModel;
use super::{ACTIONS, rulebook};
use crate::{Firm, Question, Rulebook};

/// What somebody may do on things, each in the words of the warning.
fn may(rulebook: &Rulebook, model: &FirmModel, user: &str) -> BTreeSet<String> {
    let firm = Firm::from_text(rulebook, "firm.yaml", &model.text()).unwrap();
    let asked = ACTIONS.iter().flat_map(|(action, kind)| {
        let things = model.things[kind].iter();
        things.map(move |thing| (*action, *kind, &thing.id))
    });
    let allowed = asked.filter(|(action, _, thing)| {
        let question = Question::new(user, *action).target(&***thing);
        firm.answer(&question).unwrap().is_allowed()
    });
    let allowed =
        allowed.map(|(action, kind, thing)| format!("`{action}` on the {kind} `{thing}`"));
    allowed.collect()
}

/// The same firm, in which no list and no group names somebody.
fn without(model: &FirmModel, user: &str) -> FirmModel {
    let mut model = model.clone();
    let of_groups = model.groups.iter_mut().map(|(_, members)| members);
    let things = model.things.values_mut().flatten();
    let of_lists = things.flat_map(|thing| thing.lists.values_mut().flatten());
    for entries in of_groups.chain(of_lists) {
        entries.retain(|entry| entry != user);
    }
    model
}

#[test]
fn whoever_would_be_let_in_once_enabled_is_named() {
    let rulebook = rulebook();
    let (mut named, mut silent) = (0, 0);
    for seed in 0..120 {
        let model = FirmModel::by_chance(seed);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let warnings = firm.warnings();
        let entries = warnings
            .iter()
            .filter(|one| one.code().name() == "dormant-entries");
        let entries: BTreeMap<&str, &str> = entries
            .map(|one| {
                let user = one.subject().unwrap().name.as_deref().unwrap();
                let (_, words) = one.message().split_once("they could ").unwrap();
                (user, words.strip_suffix(" in Hub").unwrap())
            })
            .collect();
        for (number, person) in model.people.iter().enumerate() {
            let mut enabled = model.clone();
            enabled.people[number].enabled = true;
            let opened = if person.enabled || !person.has_seat() {
                BTreeSet::new()
            } else {
                let without = may(&rulebook, &without(&enabled, &person.id), &person.id);
                let with = may(&rulebook, &enabled, &person.id);
                with.difference(&without).cloned().collect()
            };
            let words = entries.get(&*person.id);
            assert_eq!(
                words.is_some(),
                !opened.is_empty(),
                "{seed}: {} {opened:?}",
                person.id
            );
            if let Some(words) = words {
                assert!(
                    opened.contains(*words),
                    "{seed}: {words} is none of {opened:?}"
                );
                named += 1;
            }
            silent += usize::from(!person.enabled && opened.is_empty());
        }
    }
    assert!(named > 30 && silent > 10, "{named} {silent}");
}
