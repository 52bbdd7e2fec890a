//! Policies of administrative roles, published and random. Every sequence of changes is tried for them as well.

use pretty_assertions::assert_eq;

use super::*;
use crate::Loader;
use crate::tests::dice::{Dice, cases};

fn published(policy: &str, plan_states: usize) -> Firm {
    let folder = format!("tests/rulebooks/arbac/{policy}");
    let limits = Limits {
        plan_states,
        search_time: Duration::MAX,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_folder(format!("{folder}/rules"))
        .unwrap();
    Firm::from_file(&rulebook, format!("{folder}/firm.yaml")).unwrap()
}

/// The answers published with the policies. The amount of work does not depend on the speed of the machine.
#[test]
fn published_policies_have_the_published_answers() {
    for (policy, can_be_reached) in [("p2", false), ("p4", true), ("p7", true)] {
        let firm = published(policy, 3_000);
        let mut reached = 0;
        for user in firm.users() {
            let question = Question::new(user, "reach");
            let plans = firm.how_can(&question).unwrap();
            assert_eq!(plans.cut_off, None, "{policy} {user}");
            assert_eq!(plans.plans.is_empty(), plans.why.is_some());
            for plan in &plans.plans {
                make(&firm, &question, plan);
            }
            reached += usize::from(!plans.plans.is_empty());
        }
        assert_eq!(reached > 0, can_be_reached, "{policy}");
    }
}

/// Questions about a university with 32 roles.
#[test]
fn questions_of_a_university_are_answered_in_few_states() {
    let firm = published("univ", 3_000);
    for (user, action, steps) in [
        ("hand", "reach_student", None),
        ("hand", "reach_dept_chair", Some(2)),
        ("clerk", "reach_president", None),
        ("hand", "reach_qual_exam_committee_head", Some(3)),
        ("stud", "reach_ta", Some(3)),
    ]
    .into_iter()
    .take(cases(2, 5))
    {
        let question = Question::new(user, action);
        let plans = firm.how_can(&question).unwrap();
        let shortest = plans.plans.first().map(|plan| plan.steps.len());
        assert_eq!((shortest, plans.cut_off), (steps, None), "{user} {action}");
        assert!(plans.plans.iter().is_sorted_by_key(|plan| plan.steps.len()));
    }
}

const HEAD: &str = "\
product: admin
title: Administration
document: { title: By chance, sections: { s: All } }
grounds:
  user_disabled: { because: no seat, basis: stated, section: s }
  user_has_no_seat: { because: no seat, basis: stated, section: s }
  target_has_no_seat: { because: no seat, basis: stated, section: s }
";

const ROLES: [&str; 4] = ["a", "b", "c", "d"];

/// Random rules for who may give and take which roles, with required and forbidden roles.
fn policy(dice: &mut Dice) -> String {
    let mut text = HEAD.to_owned();
    let described = "basis: stated, section: s";
    text.push_str("roles:\n");
    for (number, role) in ROLES.iter().enumerate() {
        let brings = if number > 0 && dice.roll(4) == 0 {
            format!(", brings: [{{ roles: [{}] }}]", ROLES[dice.roll(number)])
        } else {
            String::new()
        };
        text.push_str(&format!(
            "  {role}: {{ title: {role}, {described}{brings} }}\n"
        ));
    }
    text.push_str("actions:\n  - group: Goals\n    section: s\n    basis: stated\n    actions:\n");
    for role in ROLES {
        text.push_str(&format!(
            "      reach_{role}: {{ title: Is {role}, allow: {role} }}\n"
        ));
    }
    text.push_str("changes:\n");
    for number in 0..4 + dice.roll(3) {
        let (by, role) = (dice.one(&ROLES), dice.one(&ROLES));
        let needed = dice
            .some(&ROLES, 4)
            .into_iter()
            .map(|role| format!("target.{role}"));
        let barred = dice
            .some(&ROLES, 5)
            .into_iter()
            .map(|role| format!("!target.{role}"));
        let condition: Vec<String> = needed.chain(barred).collect();
        let when = if condition.is_empty() {
            String::new()
        } else {
            format!(
                "    when: \"{}\"\n    because: precondition\n",
                condition.join(" && ")
            )
        };
        text.push_str(&format!(
            "  give_{number}:\n    title: Give {role}\n    section: s\n    basis: stated\n    allow: {by}\n{when}    \
             does: [{{ give: {role}, to: target }}]\n"
        ));
    }
    for number in 0..dice.roll(4) {
        let (by, role) = (dice.one(&ROLES), dice.one(&ROLES));
        text.push_str(&format!(
            "  take_{number}:\n    title: Take {role}\n    section: s\n    basis: stated\n    allow: {by}\n    \
             does: [{{ take: {role}, from: target }}]\n"
        ));
    }
    text
}

#[test]
fn policies_by_chance_are_planned_as_by_the_slow_planner() {
    let mut dice = Dice(11);
    let (mut loaded, mut planned, mut without) = (0, 0, 0);
    for _ in 0..cases(15, 40) {
        let text = policy(&mut dice);
        // A precondition that nobody can meet is refused.
        let Ok(rulebook) = Rulebook::from_texts([("admin.yaml", text.as_str())]) else {
            continue;
        };
        loaded += 1;
        let people = ["ada", "ben", "cleo"].map(|id| {
            let roles = dice.some(&ROLES, 2);
            let seat = roles
                .iter()
                .fold(Seat::new("admin"), |seat, role| seat.role(*role));
            User::new(id).seat(seat)
        });
        let (some, none) = compare(&firm_of(&rulebook, people), 40_000);
        planned += some;
        without += none;
    }
    assert!(
        loaded > cases(7, 20) && planned > cases(7, 20) && without > cases(7, 20),
        "{loaded}, {planned}, {without}"
    );
}
