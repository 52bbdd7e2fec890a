//! What is walked is all there is.

use super::*;

#[test]
fn the_shipped_rules_agree_on_a_part_of_known_size() {
    let tally = Bench::manage().run(Reach::Quick).expect("they agree");
    assert_eq!((tally.decisions, tally.changes), (647_024, 256_928));
    let tally = Bench::grow().run(Reach::Usual).expect("they agree");
    assert_eq!((tally.decisions, tally.changes), (210, 84));
}

#[test]
fn a_walk_that_leaves_something_out_is_an_error() {
    let bench = Bench::grow();
    let walk = bench.described.walk(&bench.sides, Reach::Usual);
    match walk.expect("it loads").complete(Default::default()) {
        Err(Stop::Failed(failed)) => {
            assert_eq!(
                failed.to_string(),
                "0 questions were asked, and there are 294"
            );
        }
        other => panic!("it was not noticed: {other:?}"),
    }
}

#[test]
fn a_kept_answer_of_cedar_is_the_one_it_would_give() {
    let bench = Bench::grow();
    let [kept, asked] = [Reach::Usual, Reach::Whole].map(|reach| bench.run(reach));
    let (kept, asked) = (kept.expect("they agree"), asked.expect("they agree"));
    assert_eq!(kept.all(), asked.all());
    assert_eq!(asked.of_cedar, Some(asked.all()));
}

#[test]
fn an_action_that_only_the_rules_know_is_an_error() {
    let failed = Bench::manage()
        .flip_tables(
            "add_court_rules: Add court rules",
            "\n",
            "\n      fly: Fly\n",
        )
        .failure(Reach::Quick);
    let words = failed.to_string();
    assert!(
        words.contains("only the rules:\n  action fly on target false\n"),
        "{words}"
    );
}

#[test]
fn a_value_that_only_the_model_knows_is_an_error() {
    let mut bench = Bench::manage();
    bench.described.model.settings[0].values.push("team".into());
    let failed = bench.failure(Reach::Quick);
    let words = failed.to_string();
    assert!(
        words.contains("only the model:\n  setting billing_rate_visibility: all none own team"),
        "{words}"
    );
}

#[test]
fn a_policy_that_its_schema_does_not_allow_is_an_error() {
    let failed = Bench::grow()
        .flip_policies("permit", "Role::\"admin\"", "Role::\"admim\"")
        .failure(Reach::Quick);
    assert!(failed.to_string().contains("admim"), "{failed}");
}
