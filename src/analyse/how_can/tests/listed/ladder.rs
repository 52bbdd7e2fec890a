//! Plans that take many people who are alike.

use pretty_assertions::assert_eq;

use super::*;

/// A climber climbs from rung to rung, alone or lifted by a helper, who is tired afterwards.
const LADDER: &str = "
product: ladder
title: Ladder
document: {title: Rules of the ladder, sections: {all: All of it}}
roles:
  helper: {title: Helper, basis: stated, section: all}
settings:
  rung: {title: Rung, values: [r0, r1, r2, r3, r4, r5], default: r0, basis: stated, section: all}
  tired: {title: Tired, values: [false, true], default: false, basis: stated, section: all}
grounds:
  user_disabled: {because: Gone, basis: stated, section: all}
  user_has_no_seat: {because: A stranger, basis: stated, section: all}
  target_has_no_seat: {because: A stranger, basis: stated, section: all}
refusals:
  helpers_stay_below:
    when: target.helper
    because: Helpers stay below
  only_oneself:
    when: \"!same_user\"
    because: Nobody climbs for others
  rung_by_rung:
    when: '!(target.rung == \"r0\" && value == \"r1\" || target.rung == \"r1\" && value == \"r2\" || target.rung == \"r2\" && value == \"r3\" || target.rung == \"r3\" && value == \"r4\" || target.rung == \"r4\" && value == \"r5\")'
    because: Rung by rung
actions:
  - group: All
    section: all
    basis: stated
    actions:
      look_out:
        title: Look out
        allow: everyone
        when: user.rung == \"r5\"
        because: From the top
changes:
  climb:
    title: Climb
    section: all
    basis: stated
    takes: {setting: [rung], value: a value of setting}
    allow: everyone
    unless: [only_oneself, helpers_stay_below, rung_by_rung]
    does:
      - set: setting
        of: target
        to: value
  lift:
    title: Lift
    section: all
    basis: stated
    takes: {setting: [rung], value: a value of setting}
    allow: helper
    when: \"!user.tired\"
    because: Tired
    unless: [helpers_stay_below, rung_by_rung]
    does:
      - set: setting
        of: target
        to: value
      - set: tired
        of: user
        to: true
";

/// A plan with more people who are alike than two changes could involve.
#[test]
fn plans_that_take_many_who_are_alike_are_listed() {
    let rulebook = with_all_plans("ladder.yaml", LADDER, 2);
    let seat = |id: String| User::new(id);
    let of = |rulebook: &Rulebook, helpers: usize| {
        let climber = seat("climber".to_owned()).seat(Seat::new("ladder"));
        let helpers = (1..=helpers)
            .map(|number| seat(format!("helper{number}")).seat(Seat::new("ladder").role("helper")));
        firm_of(rulebook, std::iter::once(climber).chain(helpers))
    };
    let question = Question::new("climber", "look_out");
    let plans = |helpers: usize| {
        let plans = of(&rulebook, helpers).how_can(&question).unwrap();
        let lifts = plans.plans.iter().map(|plan| {
            let steps = plan.by.iter();
            steps.filter(|step| step.line.starts_with("lift")).count()
        });
        let mut lifts: Vec<usize> = lifts.collect();
        lifts.sort_unstable();
        lifts
    };
    // Five rungs, some climbed and some lifted to. With four helpers, lifts alone are not enough.
    let of_four = [vec![0], vec![1; 5], vec![2; 10], vec![3; 10], vec![4; 5]].concat();
    assert_eq!(plans(4), of_four);
    let of_five = [of_four, vec![5]].concat();
    assert_eq!(plans(5), of_five);
    assert_eq!(plans(60), of_five);
    let boundless = with_all_plans("ladder.yaml", LADDER, usize::MAX);
    let endless = |helpers: usize| of(&boundless, helpers).how_can(&question).unwrap();
    assert_eq!(endless(5).plans.len(), of_five.len());
    for helpers in [2, 5] {
        let plan_counts = compare_lists(&of(&rulebook, helpers), 5);
        assert!(plan_counts[&5] > 10, "{plan_counts:?}");
    }
}
