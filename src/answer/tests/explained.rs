//! Inputs of an explanation, and what turns its answer.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn an_explanation_names_inputs_and_single_turns() {
    let firm = example();
    let inputs = |explanation: &Explanation| -> Vec<String> {
        explanation
            .inputs
            .iter()
            .map(|input| format!("{} = {}", input.input, input.value))
            .collect()
    };
    let allowed = firm
        .explain(&Question::new("tomas", "create_bill"))
        .unwrap();
    assert!(inputs(&allowed).contains(&"administrator_opens_every_area = true".to_owned()));
    let turned_by: Vec<&str> = allowed
        .turns
        .iter()
        .map(|turn| turn.input.as_str())
        .collect();
    assert_eq!(
        turned_by,
        ["administrator_opens_every_area", "user holds administrator"]
    );
    for turn in &allowed.turns {
        assert_eq!(
            (turn.from.as_str(), turn.to.as_str()),
            ("true", "false"),
            "{}",
            turn.input
        );
        assert_eq!(turn.rule, "create_bill");
    }
    let disabled = firm
        .explain(&Question::new("greta", "create_bill"))
        .unwrap();
    assert_eq!(inputs(&disabled), ["user is enabled = false"]);
    // Greta held billing when she left. Being disabled is the only thing that stands in her way.
    let [turn] = &disabled.turns[..] else {
        panic!("one turn, and not {:?}", &disabled.turns);
    };
    assert_eq!(
        (&*turn.input, &*turn.to, &*turn.rule),
        ("user is enabled", "true", "create_bill")
    );
    let more_than_one = firm
        .explain(&Question::new("greta", "add_court_rules"))
        .unwrap();
    assert!(more_than_one.turns.is_empty());
    let no_seat = firm
        .explain(&Question::new("nadia", "edit_user_profile").target("bea"))
        .unwrap();
    assert_eq!(inputs(&no_seat), ["target has a seat in manage = false"]);
}

/// The question that differs in one fact.
fn with_fact(question: &Question<'static>, fact: &str, value: &str) -> Question<'static> {
    let mut other = question.clone();
    for (known, is) in &mut other.facts {
        if known == fact {
            *is = value.to_owned().into();
        }
    }
    other
}

#[test]
fn a_turn_names_the_rule_that_answers_then() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let users: Vec<String> = firm.users().map(str::to_owned).collect();
    let mut tried = 0;
    for product in ["grow", "manage"] {
        let catalogue = rulebook.catalogue(product).unwrap();
        for action in catalogue.actions.iter().filter(|action| !action.on_target) {
            for user in &users {
                let mut question = Question::new(user.clone(), action.id.clone()).product(product);
                for fact in &action.facts {
                    question = question.fact(fact.id.clone(), fact.values[0].clone());
                }
                let explanation = firm.explain(&question).unwrap();
                for turn in &explanation.turns {
                    let then = if action.facts.iter().any(|fact| fact.id == turn.input) {
                        firm.ask(&with_fact(&question, &turn.input, &turn.to))
                            .unwrap()
                    } else if let Ok(other) =
                        firm.with_reading(Some(product), &turn.input, turn.to == "true")
                    {
                        other.ask(&question).unwrap()
                    } else {
                        continue;
                    };
                    assert_eq!(&*then.grounds.rule, turn.rule);
                    assert_ne!(then.is_allowed(), explanation.decision.is_allowed());
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn a_target_without_a_seat_is_a_turn() {
    let firm = example();
    let question = Question::new("nadia", "edit_user_profile")
        .product("manage")
        .target("bea");
    let explanation = firm.explain(&question).unwrap();
    assert_eq!(&*explanation.decision.grounds.rule, "target_has_no_seat");
    let [turn] = &explanation.turns[..] else {
        panic!("{:?}", &explanation.turns)
    };
    assert_eq!(
        (&*turn.input, &*turn.to),
        ("target has a seat in manage", "true")
    );
    assert_eq!(turn.rule, "administrators_edit_the_details_of_others");
}

#[test]
fn a_turn_of_a_ground_names_a_rule_further_down() {
    let firm = example();
    let question = Question::new("hugo", "edit_user_profile").target("hugo");
    let explanation = firm.explain(&question).unwrap();
    assert_eq!(&*explanation.decision.grounds.rule, "user_disabled");
    let [turn] = &explanation.turns[..] else {
        panic!("{:?}", &explanation.turns)
    };
    assert_eq!((&*turn.input, &*turn.to), ("user is enabled", "true"));
    assert_eq!(turn.rule, "everyone_edits_their_own_details");
}

#[test]
fn values_are_written_as_rule_files_write_them() {
    use crate::link::product::{Argument, DecisionInput as Read};
    use crate::value::Value;
    use crate::vocabulary::Person;
    let rulebook = Rulebook::builtin().unwrap();
    let [manage] = &rulebook
        .compiled()
        .iter()
        .filter(|compiled| &*compiled.product.id == "manage")
        .collect::<Vec<_>>()[..]
    else {
        panic!("one of them")
    };
    let product = &manage.product;
    let setting = product.names.settings["billing_rate_visibility"];
    let fact = product.names.facts["matter_access"];
    let reading = product.names.readings["firm_feed_is_open"];
    let role = product.names.roles["billing"];
    for (read, name, values) in [
        (Read::SameUser, "same_user", &["false", "true"][..]),
        (
            Read::Enabled(Person::Target),
            "target is enabled",
            &["false", "true"],
        ),
        (
            Read::Holds(Person::User, role),
            "user holds billing",
            &["false", "true"],
        ),
        (
            Read::Setting(Person::Target, setting),
            "target.billing_rate_visibility",
            &["all", "own", "none"],
        ),
        (
            Read::Reading(reading),
            "firm_feed_is_open",
            &["false", "true"],
        ),
        (
            Read::Fact(fact),
            "matter_access",
            &["everyone", "listed", "not_listed"],
        ),
        (
            Read::Argument(Argument::Role),
            "role",
            &["accounts", "reports"],
        ),
        (
            Read::Argument(Argument::Setting),
            "setting",
            &["billing_rate_visibility", "activity_hours_visibility"],
        ),
        (Read::Argument(Argument::Value), "value", &["all", "own"]),
    ] {
        assert_eq!(written(product, read), name);
        let first: Vec<String> = (0..)
            .take(values.len())
            .map(|value| word(product, read, Value(value)))
            .collect();
        assert_eq!(first, values, "{name}");
    }
}
