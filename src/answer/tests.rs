use super::*;
use crate::finding::AskError;
use crate::firm::UserHandle;
use crate::link::product::Basis;
use crate::value::Domain;
use crate::{Firm, Loader, Rulebook, SubjectRole};
use pretty_assertions::assert_eq;

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

#[test]
fn the_first_ground_answers() {
    let firm = example();
    for (user, action, target, rule) in [
        // Greta is disabled. Whether she has a seat, and who the target is, no longer matters.
        ("greta", "create_bill", None, "user_disabled"),
        ("greta", "edit_user_profile", Some("zeno"), "user_disabled"),
        ("zeno", "create_bill", None, "user_has_no_seat"),
        ("zeno", "edit_user_profile", Some("bea"), "user_has_no_seat"),
        (
            "wren",
            "edit_user_profile",
            Some("zeno"),
            "target_has_no_seat",
        ),
        (
            "nadia",
            "edit_user_profile",
            Some("bea"),
            "target_has_no_seat",
        ),
        // A disabled target does not block the action.
        (
            "nadia",
            "edit_user_profile",
            Some("greta"),
            "administrators_edit_the_details_of_others",
        ),
    ] {
        let question = Question {
            target: target.map(Into::into),
            ..Question::new(user, action)
        };
        let decision = firm.ask(&question).unwrap();
        assert_eq!(&*decision.grounds.rule, rule, "{user} {action} {target:?}");
        if rule.ends_with("disabled") || rule.ends_with("seat") {
            assert!(!decision.is_allowed());
            assert_eq!(decision.grounds.basis, Basis::Inferred);
            assert_eq!(decision.grounds.site.as_deref(), None);
            assert!(decision.needs.is_empty());
        }
    }
}

#[test]
fn a_basis_is_inferred_where_another_reading_would_turn_the_answer() {
    let firm = example();
    let closed = firm
        .with_reading(Some("manage"), "administrator_opens_every_area", false)
        .unwrap();
    for (user, action, target, open, shut) in [
        // Tomas holds administrator only; Priya holds billing itself.
        (
            "tomas",
            "create_bill",
            None,
            (true, Basis::Inferred),
            (false, Basis::Inferred),
        ),
        (
            "priya",
            "create_bill",
            None,
            (true, Basis::Stated),
            (true, Basis::Stated),
        ),
        (
            "wren",
            "create_bill",
            None,
            (false, Basis::Stated),
            (false, Basis::Stated),
        ),
        (
            "tomas",
            "receive_payment_notifications",
            None,
            (false, Basis::Stated),
            (false, Basis::Stated),
        ),
        (
            "tomas",
            "add_court_rules",
            None,
            (true, Basis::Stated),
            (true, Basis::Stated),
        ),
        (
            "nadia",
            "view_reports_tab",
            None,
            (true, Basis::Inferred),
            (false, Basis::Inferred),
        ),
        (
            "leila",
            "delete_bill",
            None,
            (true, Basis::Inferred),
            (true, Basis::Inferred),
        ),
        // A reading that would turn the answer counts. This one does not affect it.
        (
            "wren",
            "edit_user_profile",
            Some("wren"),
            (true, Basis::Inferred),
            (true, Basis::Inferred),
        ),
        (
            "wren",
            "edit_user_profile",
            Some("otto"),
            (false, Basis::Stated),
            (false, Basis::Stated),
        ),
    ] {
        let question = Question {
            target: target.map(Into::into),
            ..Question::new(user, action)
        };
        for (firm, expected) in [(&firm, open), (&closed, shut)] {
            let decision = firm.ask(&question).unwrap();
            assert_eq!(
                (decision.is_allowed(), decision.grounds.basis),
                expected,
                "{user} {action}"
            );
        }
    }
}

#[test]
fn a_decision_says_where_it_comes_from_and_what_would_have_been_needed() {
    let firm = example();
    let denied = firm.ask(&Question::new("wren", "create_bill")).unwrap();
    assert_eq!(
        (&*denied.grounds.rule, &*denied.grounds.reason),
        ("create_bill", "needs billing")
    );
    assert_eq!(denied.needs, ["billing"]);
    assert_eq!(
        &*denied.grounds.section,
        "Change user permissions in Clio Manage"
    );
    let (file, line) = denied.grounds.place.split_once(':').unwrap();
    assert_eq!(file, "rules/manage.yaml");
    let text = crate::load::builtin::RULES
        .iter()
        .find(|(name, _)| *name == file)
        .unwrap()
        .1;
    let line = text
        .lines()
        .nth(line.parse::<usize>().unwrap() - 1)
        .unwrap();
    assert_eq!(line.trim(), "create_bill: Create a bill");

    let allowed = firm
        .ask(&Question::new("nadia", "open_settings_billing"))
        .unwrap();
    assert_eq!(allowed.grounds.site.as_deref(), Some("Settings > Billing"));
    assert_eq!(&*allowed.grounds.reason, "granted by billing");
    assert_eq!(
        serde_json::to_value(&allowed).unwrap(),
        serde_json::json!({
            "product": "manage", "user": "nadia", "action": "open_settings_billing", "decision": "allow", "basis": "stated",
            "rule": "open_settings_billing", "reason": "granted by billing", "place": &*allowed.grounds.place,
            "section": "Change user permissions in Clio Manage", "where": "Settings > Billing", "needs": [],
        })
    );
}

#[test]
fn handles_answer_as_names_do_for_every_question_of_the_example() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let users: Vec<&str> = firm.users().collect();
    let mut asked = 0;
    for compiled in rulebook.compiled() {
        let product = &compiled.product;
        for action in &product.actions {
            let targets: Vec<Option<&str>> = if action.on_target {
                users.iter().copied().map(Some).collect()
            } else {
                vec![None]
            };
            let named = rulebook.action(Some(&product.id), &action.id).unwrap();
            // These rulebooks have at most one fact. Try every value of it, and leaving it out.
            let mut facts: Vec<Option<(&str, &str)>> = vec![None];
            for used in &action.facts {
                let fact = &product.facts[used.fact.index()];
                facts.extend(Domain::words(&fact.domain).map(|word| Some((&*fact.id, word))));
            }
            for (user, target, fact) in users.iter().flat_map(|user| {
                let targets = &targets;
                facts
                    .iter()
                    .flat_map(move |fact| targets.iter().map(move |target| (*user, *target, *fact)))
            }) {
                let mut question = Question::new(user, &*action.id).product(&*product.id);
                question.target = target.map(Into::into);
                question.facts = fact
                    .iter()
                    .map(|(name, value)| ((*name).into(), (*value).into()))
                    .collect();
                let handle = match fact {
                    Some((name, value)) => named.with_fact(&rulebook, name, value).unwrap(),
                    None => named,
                };
                let target = target.map(|target| firm.user(target).unwrap());
                let answer = firm
                    .decide(firm.user(user).unwrap(), handle, target)
                    .unwrap();
                assert_eq!(
                    Decision::of(&question, &answer),
                    firm.ask(&question).unwrap()
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 2_000, "only {asked} questions");
}

#[test]
fn foreign_handles_are_refused() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let (other_rulebook, other) = (Rulebook::builtin().unwrap(), example());
    let action = rulebook.action(Some("manage"), "create_bill").unwrap();
    let edit = rulebook.action(None, "edit_user_profile").unwrap();
    let foreign_action = other_rulebook
        .action(Some("manage"), "create_bill")
        .unwrap();
    let (wren, stranger) = (firm.user("wren").unwrap(), other.user("wren").unwrap());
    use SubjectRole::{Action, Target, User};
    for (what, role, error) in [
        (
            "firm",
            User,
            firm.decide(stranger, action, None).unwrap_err(),
        ),
        (
            "firm",
            Target,
            firm.decide(wren, edit, Some(stranger)).unwrap_err(),
        ),
        (
            "rulebook",
            Action,
            firm.decide(wren, foreign_action, None).unwrap_err(),
        ),
        (
            "rulebook",
            Action,
            foreign_action.with_fact(&rulebook, "a", "b").unwrap_err(),
        ),
    ] {
        assert_eq!(error.subject().map(|about| about.role), Some(role));
        assert_eq!(error.code().name(), "foreign-handle");
        assert_eq!(
            error.message(),
            format!("this handle belongs to another {what}")
        );
    }
    // A firm after a change keeps the handles of its users.
    let closed = firm.with_reading(None, "firm_feed_is_open", false).unwrap();
    assert!(closed.decide(wren, action, None).is_ok());
    assert_eq!(
        firm.decide(wren, edit, None).unwrap_err().code().name(),
        "missing-target"
    );
    assert_eq!(
        firm.decide(wren, action, Some(wren))
            .unwrap_err()
            .code()
            .name(),
        "unexpected-target"
    );
}

#[test]
fn questions_that_cannot_be_asked() {
    let firm = example();
    let ask = Question::new;
    for (question, code, help) in [
        (
            ask("wern", "create_bill"),
            "unknown-user",
            Some("did you mean `wren`?"),
        ),
        (
            ask("wren", "creat_bill"),
            "unknown-action",
            Some("did you mean `create_bill`?"),
        ),
        (
            ask("wren", "use_contacts").product("manage"),
            "unknown-action",
            None,
        ),
        (
            ask("wren", "create_bill").product("mange"),
            "unknown-product",
            Some("did you mean `manage`?"),
        ),
        (
            ask("wren", "edit_user_profile"),
            "missing-target",
            Some("name the user it is done to"),
        ),
        (
            ask("wren", "edit_user_profile").target("otot"),
            "unknown-user",
            Some("did you mean `otto`?"),
        ),
        (
            ask("wren", "create_bill").target("otto"),
            "unexpected-target",
            Some("leave the target out"),
        ),
        (
            ask("wren", "open_matter").fact("matter_acces", "listed"),
            "unknown-fact",
            Some("did you mean `matter_access`?"),
        ),
        (
            ask("wren", "create_bill").fact("matter_access", "listed"),
            "unknown-fact",
            None,
        ),
        (
            ask("wren", "open_matter").fact("matter_access", "lsted"),
            "unknown-value",
            Some("did you mean `listed`?"),
        ),
        (
            ask("wren", "open_matter").fact("matter_access", "zebra"),
            "unknown-value",
            Some("its values are everyone, listed, not_listed"),
        ),
        (
            ask("wren", "open_matter")
                .fact("matter_access", "listed")
                .fact("matter_access", "listed"),
            "duplicate-fact",
            Some("give it once"),
        ),
        // Unknown names come first, whatever else is wrong.
        (
            ask("wern", "edit_user_profile"),
            "unknown-user",
            Some("did you mean `wren`?"),
        ),
        (
            ask("wren", "create_bill").target("otot"),
            "unknown-user",
            Some("did you mean `otto`?"),
        ),
    ] {
        let error = firm.ask(&question).unwrap_err();
        assert_eq!(
            (error.code().name(), error.help()),
            (code, help),
            "{question:?}"
        );
    }
    let rules = [
        (
            "records.yaml",
            include_str!("../../tests/rulebooks/authzen/rules/records.yaml"),
        ),
        (
            "records.rhai",
            include_str!("../../tests/rulebooks/authzen/rules/records.rhai"),
        ),
    ];
    let records = Rulebook::from_texts(rules).unwrap();
    let firm = Firm::of_users(&records, "Records", [crate::User::new("alice")]).unwrap();
    let error = firm.ask(&ask("alice", "write")).unwrap_err();
    assert_eq!(error.code().name(), "missing-fact");
    assert_eq!(error.help(), Some("give it one of active, archived"));
}

#[test]
fn a_name_that_several_products_know_needs_the_product() {
    let door = include_str!("../../tests/cases/loads/a_small_rulebook/rules/door.yaml");
    let gate = door.replacen("product: door", "product: gate", 1);
    let rulebook = Rulebook::from_texts([("door.yaml", door), ("gate.yaml", &gate)]).unwrap();
    let owner = |product: &str| crate::Seat::new(product).role("owner");
    let firm = Firm::of_users(
        &rulebook,
        "House",
        [crate::User::new("olga").seat(owner("gate"))],
    )
    .unwrap();
    let error = firm.ask(&Question::new("olga", "open")).unwrap_err();
    assert_eq!(error.code().name(), "ambiguous-product");
    assert_eq!(
        error.message(),
        "more than one product knows `open`: door, gate"
    );
    for (product, allowed) in [("door", false), ("gate", true)] {
        let decision = firm
            .ask(&Question::new("olga", "open").product(product))
            .unwrap();
        assert_eq!(decision.is_allowed(), allowed, "{product}");
    }
}

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

#[test]
fn a_code_stands_for_one_answer_in_all_products() {
    let firm = example();
    let mut known = std::collections::HashMap::new();
    for product in firm.rulebook().products() {
        for row in firm.access(product).unwrap().rows() {
            for answer in row.answers() {
                let wording = (
                    answer.product(),
                    answer.rule(),
                    answer.place().clone(),
                    answer.reason(),
                    answer.basis(),
                );
                let first = known
                    .entry(answer.code())
                    .or_insert_with(|| wording.clone());
                assert_eq!(*first, wording);
            }
        }
    }
    let grounds = known.values();
    let disabled = grounds.filter(|(_, rule, ..)| *rule == "user_disabled");
    assert_eq!(disabled.count(), 2, "one for each product");
    assert!(known.len() > 50, "only {}", known.len());
}

#[test]
fn many_decisions_are_those_of_one_each() {
    let firm = example();
    let rulebook = firm.rulebook();
    let users: Vec<UserHandle> = (0..14).filter_map(|n| firm.user_at(n)).collect();
    let names = [
        "create_bill",
        "open_matter",
        "edit_user_profile",
        "use_tasks",
    ];
    let actions = names.map(|name| rulebook.action(None, name).unwrap());
    let mut asked = Vec::new();
    for user in &users {
        for action in actions {
            // A missing or unexpected target is an error at its own position.
            asked.extend([None, Some(users[3])].map(|target| (*user, action, target)));
        }
    }
    let wording = |answer: Result<Answer<'_>, AskError>| match answer {
        Ok(answer) => answer.code().to_string(),
        Err(error) => error.to_string(),
    };
    let asked = asked.repeat(3);
    for many in [0, 1, 31, 128, 200, asked.len()] {
        let asked = &asked[..many];
        let one = |(user, action, target): &_| wording(firm.decide(*user, *action, *target));
        let expected: Vec<String> = asked.iter().map(one).collect();
        assert!(many < 31 || expected.iter().any(|wording| wording.contains("target")));
        let mut all = firm.decide_all(asked.iter().copied());
        assert_eq!(all.size_hint(), (many, Some(many)));
        let mut one_by_one: Vec<String> = all.by_ref().take(5).map(wording).collect();
        assert_eq!(all.size_hint().0, many - many.min(5));
        one_by_one.extend(std::iter::from_fn(|| all.next()).map(wording));
        assert!(all.next().is_none(), "it has ended, and stays so");
        assert_eq!(one_by_one, expected);
    }
    let foreign = example().user_at(0).unwrap();
    let error = firm
        .decide_all([(foreign, actions[0], None)])
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.code().name(), "foreign-handle");
}

#[test]
fn a_target_too_many_or_too_few_is_an_error_with_tables_and_without() {
    let limits = crate::Limits {
        table_cells: 1,
        ..crate::Limits::default()
    };
    let texts = crate::load::builtin::RULES.iter().copied();
    let walked = Loader::new()
        .limits(&limits)
        .rulebook_from_texts(texts)
        .unwrap();
    for rulebook in [Rulebook::builtin().unwrap(), walked] {
        let firm = Firm::example(&rulebook).unwrap();
        let action = |id| rulebook.action(Some("manage"), id).unwrap();
        let (nadia, wren) = (firm.user("nadia").unwrap(), firm.user("wren").unwrap());
        let missing = firm.decide(nadia, action("edit_user_profile"), None);
        assert_eq!(missing.err().unwrap().code(), &crate::codes::MISSING_TARGET);
        let unexpected = firm.decide(nadia, action("create_bill"), Some(wren));
        assert_eq!(
            unexpected.err().unwrap().code(),
            &crate::codes::UNEXPECTED_TARGET
        );
        assert!(firm.decide(nadia, action("create_bill"), None).is_ok());
        let fits = |id, target| firm.fitting(action(id), target).is_ok();
        assert!(fits("create_bill", None) && fits("edit_user_profile", Some(wren.serial)));
        assert!(!fits("create_bill", Some(wren.serial)) && !fits("edit_user_profile", None));
    }
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
fn an_answer_is_shown_with_its_rule_and_there_is_nobody_behind_the_last() {
    let firm = example();
    let answer = firm.answer(&Question::new("wren", "create_bill")).unwrap();
    assert_eq!(format!("{answer:?}"), "Answer(deny, create_bill, stated)");
    assert!(firm.user_at(13).is_some());
    assert_eq!(firm.user_at(14), None);
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

#[test]
fn a_question_about_everybody_names_the_action_and_nobody() {
    let asked = Question::of_everybody("create_bill").product("manage");
    assert_eq!(asked, Question::new("", "create_bill").product("manage"));
    let firm = example();
    let who = firm.who_can(&asked).unwrap();
    let may: Vec<&str> = who.allowed().map(|ability| ability.user).collect();
    assert_eq!(may, ["nadia", "tomas", "priya", "marek", "leila", "sami"]);
}
