//! What a review says of things, beside what asking for everybody, every action and every thing says.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::compared::check_paths_of;
use super::model::FirmModel;
use super::{ACTIONS, HUB, questions, rulebook};
use crate::tests::dice::cases;
use crate::{Firm, IdleReason, Limits, Loader, Question, Review, ReviewThings};

fn read(model: &FirmModel) -> Firm {
    Firm::from_text(&rulebook(), "firm.yaml", &model.text()).unwrap()
}

/// User, action and thing, as a review has them.
fn grants(review: &Review) -> BTreeSet<[String; 3]> {
    let mut all = BTreeSet::new();
    let [product] = &*review.products else {
        panic!("there is one product");
    };
    for kind in &product.kinds {
        let named = kind.things.iter().map(|alike| alike.things.len());
        assert_eq!((named.sum::<usize>(), kind.left_out), (kind.count, 0));
        for ReviewThings { things, access, .. } in &kind.things {
            for who in access {
                assert_eq!(who.more_users, 0);
                for (user, action) in who
                    .users
                    .iter()
                    .flat_map(|user| who.actions.iter().map(move |action| (user, action)))
                {
                    for thing in things {
                        let words = [&**user, &*action.action, &*thing.id];
                        assert!(all.insert(words.map(str::to_owned)), "twice: {words:?}");
                    }
                }
            }
        }
    }
    all
}

#[test]
fn a_review_says_of_each_thing_what_asking_one_by_one_says() {
    let (mut count, mut paths) = (0, 0);
    for seed in 0..cases(15, 60) {
        let model = FirmModel::by_chance(seed);
        let firm = read(&model);
        let review = firm.review().unwrap();
        let allowed = questions(&model).into_iter().filter(|(.., allows)| *allows);
        let expected: BTreeSet<[String; 3]> = allowed
            .map(|(question, _, thing, _)| {
                let [user, action] = [&question.user, &question.action].map(|it| it.to_string());
                [user, action, thing.id.clone()]
            })
            .collect();
        let found = grants(&review);
        assert_eq!(found, expected, "{seed}");
        count += found.len();
        for kind in &review.products[0].kinds {
            for alike in &kind.things {
                let ids = alike.things.iter().map(|thing| &*thing.id);
                let ids: Vec<&str> = ids.collect();
                for who in &alike.access {
                    paths += check_paths_of(&firm, &model, (&kind.kind, &ids), who);
                }
            }
        }
        let some = firm.review_of(&["u2", "u5"], None).unwrap();
        let mut of_them = found;
        of_them.retain(|[user, ..]| user == "u2" || user == "u5");
        assert_eq!(grants(&some), of_them, "{seed}");
    }
    assert!(
        count > cases(500, 2_000) && paths > cases(300, 1_000),
        "{count} {paths}"
    );
}

/// Whoever is told to be named without effect may do the same when the firm file does not name them there.
#[test]
fn what_has_no_effect_can_be_taken_away() {
    let mut reasons: BTreeMap<IdleReason, usize> = BTreeMap::new();
    for seed in 0..cases(15, 60) {
        let model = FirmModel::by_chance(seed);
        let firm = read(&model);
        let allowed = |firm: &Firm| -> Vec<bool> {
            let questions = questions(&model).into_iter();
            questions
                .map(|(question, ..)| firm.answer(&question).unwrap().is_allowed())
                .collect()
        };
        let review = firm.review().unwrap();
        let before = allowed(&firm);
        let mut told: BTreeSet<(String, String)> = BTreeSet::new();
        for idle in &review.without_effect {
            *reasons.entry(idle.why).or_default() += 1;
            for group in &idle.groups {
                let without = model.without_member(&idle.id, group);
                assert_eq!(allowed(&read(&without)), before, "{seed} {idle:?}");
            }
            for list in &idle.lists {
                for thing in &list.things {
                    let place = (&*list.kind, &**thing, &*list.list);
                    let without = model.without_entry(&idle.id, place);
                    assert_eq!(allowed(&read(&without)), before, "{seed} {idle:?}");
                    let place = format!("{} {thing} {}", list.kind, list.list);
                    told.insert((idle.id.clone(), place));
                }
            }
        }
        // Nothing else is without effect on a list that actions on one kind of thing read, and no change.
        for (id, place) in model.entries() {
            let (kind, thing, list) = place;
            let without = model.without_entry(&id, place);
            if (kind, list) == ("repository", "read") && allowed(&read(&without)) == before {
                let place = format!("{kind} {thing} {list}");
                assert!(
                    told.contains(&(id.clone(), place.clone())),
                    "{seed} {id} {place}"
                );
            }
        }
    }
    assert_eq!(reasons.len(), 5, "{reasons:?}");
    assert!(
        reasons.values().all(|count| *count > cases(2, 10)),
        "{reasons:?}"
    );
}

#[test]
fn a_large_firm_is_reviewed_in_few_rows_and_what_is_cut_is_said() {
    let limits = Limits {
        thing_rows: 20,
        ..Limits::DEFAULT
    };
    let loader = Loader::new().limits(&limits);
    let rulebook = loader.rulebook_from_texts([("hub.yaml", HUB)]).unwrap();
    let firm = |things: usize, list: fn(usize) -> String| {
        let users: String = (0..100)
            .map(|number| format!("  - {{ id: u{number}, hub: {{}} }}\n"))
            .collect();
        let things: String = (0..things)
            .map(|number| format!("    - {{ id: r{number}, {} }}\n", list(number)))
            .collect();
        let text = format!(
            "firm: F\nusers:\n{users}groups:\n  one: [u0, u1]\n  two: [u1, u2]\nthings:\n  repository:\n{things}"
        );
        Firm::from_text(&rulebook, "firm.yaml", &text).unwrap()
    };
    let alike = firm(3_000, |number| {
        let group = if number % 2 == 0 { "one" } else { "two" };
        format!("read: [], write: [{group}]")
    });
    let review = alike.review().unwrap();
    let repository = &review.products[0].kinds[0];
    let counts = repository.things.iter();
    let counts: Vec<usize> = counts
        .map(|alike| alike.things.len() + alike.more_things)
        .collect();
    assert_eq!((counts, repository.left_out), (vec![1_500, 1_500], 0));
    let different = firm(3_000, |number| {
        format!("read: [u{}], write: [u{}]", number % 100, number / 100)
    });
    let review = different.review().unwrap();
    let repository = &review.products[0].kinds[0];
    let told: usize = repository
        .things
        .iter()
        .map(|alike| alike.access.len())
        .sum();
    assert!((20..=25).contains(&told), "{told}");
    let named = repository.things.iter();
    let named: usize = named
        .map(|alike| alike.things.len() + alike.more_things)
        .sum();
    assert_eq!(named + repository.left_out, 3_000);
    assert!(repository.left_out > 2_900);
}

/// Kinds of which the firm has nothing stand there with their actions.
#[test]
fn actions_on_things_that_a_firm_does_not_have_are_named() {
    let text = "firm: F\nusers:\n  - { id: ada, hub: {} }\n";
    let firm = Firm::from_text(&rulebook(), "firm.yaml", text).unwrap();
    assert!(
        firm.ask(&Question::new("ada", "push").target("core"))
            .is_err()
    );
    let review = firm.review().unwrap();
    let kinds = &review.products[0].kinds;
    let actions = kinds.iter().flat_map(|kind| &kind.actions);
    let mut actions: Vec<&str> = actions.map(|action| &*action.action).collect();
    let mut expected = ACTIONS.map(|(action, _)| action);
    actions.sort_unstable();
    expected.sort_unstable();
    assert_eq!(actions, expected);
    assert!(
        kinds
            .iter()
            .all(|kind| kind.count == 0 && kind.things.is_empty())
    );
}
