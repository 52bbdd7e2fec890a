//! Limits of a search for plans.

use pretty_assertions::assert_eq;

use super::super::plan::{Plan, PlanWithEnd};
use super::*;
use crate::budget::Budget;

/// A bound that is met is reported with the plans found so far. It never becomes an answer.
#[test]
fn a_search_that_is_cut_off_says_so() {
    let people = [
        tenant("ada", &["friend", "owner"]),
        tenant("ben", &["guest"]),
        tenant("cid", &["friend"]),
    ];
    let of = |plan_states: usize, search_time: Duration| {
        let limits = Limits {
            plan_states,
            search_time,
            ..Limits::DEFAULT
        };
        let rulebook = Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("house.yaml", HOUSE)])
            .unwrap();
        firm_of(&rulebook, people.clone())
    };
    let whole = of(usize::MAX, Duration::MAX);
    let bounds = (0..30).chain((30..200).step_by(17));
    let bounded: Vec<(usize, Firm)> = bounds
        .map(|states| (states, of(states, Duration::MAX)))
        .collect();
    let (mut undecided, mut cut_short) = (0, 0);
    for question in questions(&whole, 0) {
        let all = whole.how_can(&question).unwrap();
        assert_eq!(all.cut_off, None);
        for (states, firm) in &bounded {
            let states = *states;
            let plans = firm.how_can(&question).unwrap();
            let lines = |plan: &crate::Plan| serde_json::to_string(plan).unwrap();
            let listed: Vec<String> = all.plans.iter().map(lines).collect();
            let Some(cut_off) = plans.cut_off else {
                let found: Vec<String> = plans.plans.iter().map(lines).collect();
                assert_eq!((found, plans.why), (listed, all.why.clone()));
                continue;
            };
            assert_eq!(cut_off.by, SearchBound::States { limit: states });
            assert_eq!((cut_off.states, &plans.why), (states, &None));
            let shortest = |plans: &crate::Plans| plans.plans.first().map(|plan| plan.steps.len());
            match &*plans.plans {
                [] => {
                    undecided += 1;
                    assert!(!plans.is_decided());
                    // The statements about plans that were not found are true.
                    let least = plans.least_changes.unwrap();
                    assert!(shortest(&all).is_none_or(|shortest| least <= shortest));
                }
                _ => {
                    cut_short += 1;
                    assert!(plans.is_decided() && plans.least_changes.is_none());
                    assert_eq!(
                        shortest(&plans),
                        shortest(&all),
                        "the shortest is found first"
                    );
                }
            }
        }
        let hurried = of(usize::MAX, Duration::ZERO).how_can(&question).unwrap();
        if !hurried.is_allowed_already() && hurried.why.is_none() {
            let by = hurried.cut_off.unwrap().by;
            assert_eq!(
                by,
                SearchBound::Time {
                    seconds: Duration::ZERO
                }
            );
        }
    }
    assert!(undecided > 0 && cut_short > 0, "{undecided}, {cut_short}");
}

#[test]
fn limits_of_plans_are_kept() {
    // A friend comes in once they are a porter, or have been given a key by somebody who becomes one.
    let with_key = "when: user.has_key\n";
    assert!(HOUSE.contains(with_key));
    let house = HOUSE.replace(with_key, "when: user.has_key || user.porter\n");
    let of = |plan_steps: usize, plans: usize| {
        let limits = Limits {
            plan_steps,
            plans,
            ..Limits::DEFAULT
        };
        let rulebook = Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("house.yaml", &*house)])
            .unwrap();
        let people = [
            tenant("ada", &["friend", "owner"]),
            tenant("ben", &["friend"]),
        ];
        let firm = firm_of(&rulebook, people);
        let plans = firm.how_can(&Question::new("ben", "come_in")).unwrap();
        let steps = plans.plans.iter().map(|plan| plan.steps.len());
        let mut steps: Vec<usize> = steps.collect();
        steps.sort_unstable();
        (steps, plans.more_plans)
    };
    assert_eq!(of(2, 50), (vec![1, 2], 0));
    assert_eq!(of(1, 50), (vec![1], 0));
    assert_eq!(of(0, 50), (vec![1], 0), "the fewest are always listed");
    assert_eq!(of(2, 1).1, 1, "the other is counted");
}

/// Things that the time is too short for are counted, and never taken for things on which nothing opens.
#[test]
fn a_plan_for_whose_things_no_time_is_left_says_how_many_there_are() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let question = Question::new("wren", "create_bill");
    let with_things = |time: Duration| {
        let found = PlanWithEnd {
            plan: Plan::default(),
            after: firm.clone(),
        };
        let budget = Budget::of(usize::MAX, time);
        found.with_things(&firm, &question, &budget).unwrap()
    };
    assert_eq!(with_things(Duration::MAX).on_things.left_out, 0);
    let left_out = with_things(Duration::ZERO).on_things.left_out;
    assert!(left_out > 0 && left_out == firm.things.len(), "{left_out}");
}
