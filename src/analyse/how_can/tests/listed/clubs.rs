//! The full lists of plans of rules by chance.

use super::*;

const CLUB: &str = "
product: club
title: Club
document: {title: Rules of the club, sections: {all: All of it}}
roles:
  a: {title: A, basis: stated, section: all}
  b: {title: B, basis: stated, section: all}
  c: {title: C, basis: stated, section: all}
grounds:
  user_disabled: {because: Gone, basis: stated, section: all}
  user_has_no_seat: {because: A stranger, basis: stated, section: all}
  target_has_no_seat: {because: A stranger, basis: stated, section: all}
refusals:
  not_oneself: {when: same_user, because: Not oneself}
  not_a: {when: target.a, because: Not A}
  not_b: {when: user.b, because: Not as B}
actions:
  - group: All
    section: all
    basis: stated
    actions:
      one: {title: One, allow: a}
      two:
        title: Two
        allow: everyone
        when: user.a && user.b
        because: Takes both
      three:
        title: Three
        allow: c
        when: \"!user.b\"
        because: Not as B
      four:
        title: Four
        target: user
        allow: c
        unless: [not_a]
changes:";

/// Random changes, many of which alter their own maker.
fn club(dice: &mut Dice) -> String {
    let mut text = CLUB.to_owned();
    for number in 0..3 {
        let takes_role = dice.roll(2) == 0;
        let head = "title: Change\n    section: all\n    basis: stated\n";
        text.push_str(&format!("\n  change{number}:\n    {head}"));
        if takes_role {
            let roles = dice.one(&["[a, b]", "[b, c]", "[a, c]"]);
            text.push_str(&format!("    takes: {{role: {roles}}}\n"));
        }
        let allow = dice.one(&["everyone", "a", "b", "c", "[a, c]"]);
        text.push_str(&format!("    allow: {allow}\n"));
        let unless = dice.one(&[
            "",
            "",
            "not_oneself",
            "not_a",
            "not_b",
            "not_oneself, not_a",
        ]);
        if !unless.is_empty() {
            text.push_str(&format!("    unless: [{unless}]\n"));
        }
        text.push_str("    does:");
        let first = if takes_role {
            "role"
        } else {
            dice.one(&["a", "b", "c"])
        };
        let side = dice.one(&["target", "target", "user"]);
        let (verb, word) = dice.one(&[("give", "to"), ("give", "to"), ("take", "from")]);
        text.push_str(&format!(
            "\n      - {verb}: {first}\n        {word}: {side}"
        ));
        for _ in 0..dice.roll(3) {
            let (role, side) = (
                dice.one(&["a", "b", "c"]),
                dice.one(&["target", "user", "user"]),
            );
            let (verb, word) = dice.one(&[("give", "to"), ("take", "from"), ("take", "from")]);
            text.push_str(&format!("\n      - {verb}: {role}\n        {word}: {side}"));
        }
    }
    if dice.roll(2) == 0 {
        let after = dice.one(&["change0", "change1", "change2"]);
        let when = dice.one(&["target.a", "user.b", "target.c && !same_user"]);
        let role = dice.one(&["a", "b", "c"]);
        let (verb, word) = dice.one(&[("give", "to"), ("take", "from")]);
        let side = dice.one(&["target", "user"]);
        text.push_str(&format!(
            "\neffects:\n  follows:\n    title: It follows\n    after: {after}\n    when: {when}\n    basis: stated\n    section: all\n    \
             does:\n      - {verb}: {role}\n        {word}: {side}"
        ));
    }
    text.push('\n');
    text
}

#[test]
fn all_plans_of_rules_by_chance_are_listed() {
    let mut dice = Dice(3);
    let mut all = BTreeMap::new();
    let mut loaded = 0;
    let clubs = cases(6, 20);
    for _ in 0..clubs {
        let text = club(&mut dice);
        let sets: [&[&str]; 6] = [&[], &["a"], &["b"], &["c"], &["a", "b"], &["b", "c"]];
        let (some, others) = (dice.one(&sets), dice.one(&sets));
        let member = |id: &str, roles: &[&str]| {
            let seat = roles
                .iter()
                .fold(Seat::new("club"), |seat, role| seat.role(*role));
            User::new(id).seat(seat)
        };
        let people = [
            ("ada", dice.one(&sets)),
            ("ben", some),
            ("cleo", some),
            ("dan", others),
        ];
        let steps = if dice.roll(2) == 0 { 2 } else { 3 };
        let limits = Limits {
            plans: 100_000,
            plan_steps: steps,
            ..Limits::DEFAULT
        };
        // A meaningless clause is refused.
        let Ok(rulebook) = Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("club.yaml", text.as_str())])
        else {
            continue;
        };
        loaded += 1;
        let people = people
            .iter()
            .take(6 - steps)
            .map(|(id, roles)| member(id, roles));
        for (steps, count) in compare_lists(&firm_of(&rulebook, people), 3) {
            *all.entry(steps).or_insert(0) += count;
        }
    }
    assert!(loaded > clubs / 2, "{loaded}");
    assert!((1..=3).all(|steps| all[&steps] > cases(3, 10)), "{all:?}");
}
