//! Handles answer as names do.

use pretty_assertions::assert_eq;

use super::*;

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
