//! What is walked is all there is.

use super::*;
use crate::readings::Readings;

#[test]
fn the_shipped_rules_agree_on_a_part_of_known_size() {
    let tally = Bench::manage().run(Reach::Quick).expect("they agree");
    assert_eq!((tally.decisions, tally.changes), (670_160, 256_928));
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
fn cedar_is_asked_of_everybody_where_its_policies_read_settings() {
    let bench = Bench::manage();
    let walk = bench.described.walk(&bench.sides, Reach::Usual);
    let walk = walk.expect("it loads");
    let opinion = walk.opinion.as_ref().expect("there are policies");
    let all = walk.asked.iter().enumerate();
    let reading = all.filter(|(number, _)| opinion.reads_settings(*number));
    let reading: Vec<String> = reading.map(|(_, asked)| asked.to_string()).collect();
    assert_eq!(
        reading,
        [
            "view_others_activity_hours",
            "view_others_billing_rates",
            "view_own_billing_rate"
        ]
    );
}

#[test]
fn a_kept_answer_of_cedar_is_the_one_it_gives() {
    let bench = Bench::manage();
    let [keeps, asks] = [Reach::Usual, Reach::Whole].map(|reach| {
        let walk = bench.described.walk(&bench.sides, reach);
        walk.expect("it loads")
    });
    let (mut rng, people) = (fastrand::Rng::with_seed(1), keeps.people.everybody());
    let mut yes = 0;
    for _ in 0..50_000 {
        let number = rng.usize(..keeps.asked.len());
        let readings = Readings(rng.usize(..8));
        let [user, other] = [(); 2].map(|()| people[rng.usize(..people.len())]);
        let target = keeps.asked[number].on_target.then_some(other);
        let answers = [&keeps, &asks].map(|walk| {
            let opinion = walk.opinion.as_ref().expect("there are policies");
            opinion.allows(number, readings, user, target)
        });
        let [kept, asked] = answers.map(|answer| answer.expect("it can be asked"));
        assert_eq!(
            kept, asked,
            "{} by {user:?} on {target:?}",
            keeps.asked[number]
        );
        yes += usize::from(asked);
    }
    assert!((5_000..45_000).contains(&yes), "{yes}");
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
