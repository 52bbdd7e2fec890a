//! Steps between two states of a firm whose groups and things differ, made one after the other.

use pretty_assertions::assert_eq;

use super::model::FirmModel;
use super::plans::every_change;
use super::rulebook;
use crate::tests::dice::{Dice, cases};
use crate::{Change, DifferenceStep, Firm, FirmDifference};

/// The firm after these steps, each of which is accepted.
fn after(firm: &Firm, steps: &[DifferenceStep]) -> Firm {
    let mut firm = firm.clone();
    for step in steps {
        // Whoever reads the reply can send the step as it is.
        let text = serde_json::to_string(step).unwrap();
        let change: Change = serde_json::from_str(&text).unwrap();
        let verdict = firm.judge(&change).unwrap();
        assert!(verdict.is_accepted(), "{step}: {:?}", verdict.reasons);
        firm = firm.after(&verdict).unwrap();
    }
    firm
}

/// The parts of groups and things that differ, by kind and id.
fn parts(difference: &FirmDifference) -> Vec<(String, String)> {
    let all = difference.groups.iter().chain(&difference.things);
    let parts = all.flat_map(|change| {
        let id = format!("{:?} {}", change.kind, change.id);
        let parts = change.parts.iter();
        parts.map(move |part| (id.clone(), part.part.to_string()))
    });
    parts.collect()
}

/// The parts that no permitted change makes so.
fn impossible(difference: &FirmDifference) -> Vec<(String, String)> {
    let all = difference.groups.iter().chain(&difference.things);
    let parts = all.flat_map(|change| {
        let id = format!("{:?} {}", change.kind, change.id);
        let parts = change.impossible.iter();
        parts.map(move |part| (id.clone(), part.to_string()))
    });
    let mut parts: Vec<_> = parts.collect();
    parts.sort_unstable();
    parts
}

#[test]
fn steps_of_things_lead_from_one_state_to_the_other() {
    let rulebook = rulebook();
    let (mut made, mut several, mut left) = (0, 0, 0);
    for seed in 0..cases(4, 20) {
        let dice = &mut Dice(seed);
        let model = FirmModel::by_chance(seed);
        let old = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let all = every_change(&old);
        let mut new = old.clone();
        let changes = 1 + dice.roll(3);
        let mut accepted = 0;
        for _ in 0..400 {
            let change = &all[dice.roll(all.len())];
            let Ok(verdict) = new.judge(change) else {
                continue;
            };
            if verdict.is_accepted() && !verdict.altered_things.is_empty() && accepted < changes {
                new = new.after(&verdict).unwrap();
                accepted += 1;
            }
        }
        let difference = old.difference(&new).unwrap();
        assert!(difference.then.is_empty());
        let reached = after(&old, &difference.steps);
        let rest = reached.difference(&new).unwrap();
        let mut open = parts(&rest);
        open.sort_unstable();
        // What was led to a part of the way is still told as impossible.
        assert_eq!(open, impossible(&difference), "{seed}");
        if accepted == 1 {
            assert!(open.is_empty(), "{seed}: {open:?}");
        }
        let noted = difference.groups.iter().chain(&difference.things);
        let noted: usize = noted.map(|change| change.steps.len()).sum();
        assert_eq!(noted, difference.steps.len());
        made += difference.steps.len();
        several += usize::from(difference.steps.len() > 1);
        left += open.len();
    }
    assert!(made > 3 && several > 0, "{made} {several} {left}");
}

#[test]
fn what_people_of_the_new_state_may_do_comes_after_what_is_outside_of_the_rules() {
    let rulebook = rulebook();
    let text = |people: &str, write: &str| {
        format!(
            "firm: One\nusers: [{people}]\nthings: {{ repository: [{{ id: web, write: {write} }}] }}\n"
        )
    };
    let firm = |people: &str, write: &str| {
        Firm::from_text(&rulebook, "firm.yaml", &text(people, write)).unwrap()
    };
    let ben = "{ id: ben, hub: {} }";
    let gone = format!("{{ id: ann, enabled: false, hub: {{ roles: [owner] }} }}, {ben}");
    let back = format!("{{ id: ann, hub: {{ roles: [owner] }} }}, {ben}");
    let difference = firm(&gone, "[]").difference(&firm(&back, "[ben]")).unwrap();
    let lines = |steps: &[DifferenceStep]| -> Vec<String> {
        steps.iter().map(ToString::to_string).collect()
    };
    assert!(difference.steps.is_empty());
    assert_eq!(lines(&difference.then), ["ann share web write ben"]);
    assert_eq!(
        lines(&difference.things[0].steps),
        ["ann share web write ben"]
    );
    // Nobody may do it in either state.
    let difference = firm(&gone, "[]").difference(&firm(&gone, "[ben]")).unwrap();
    assert!(difference.steps.is_empty() && difference.then.is_empty());
    assert_eq!(&*difference.things[0].impossible[0], "write");
}
