use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::*;
use crate::Loader;
use crate::answer::{DecisionWord, Question};
use crate::change::Change;
use crate::firm::{Seat, User};
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::tests::dice::cases;

mod power;
mod since;
mod some;

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

/// The firms that the slow way looks at: both shipped products with each reading turned, and a rulebook of its own.
fn firms() -> Vec<Firm> {
    let example = example();
    let independent = example
        .with_reading(None, "administrator_opens_every_area", false)
        .unwrap();
    let closed = example
        .with_reading(None, "own_profile_is_editable", false)
        .unwrap();
    let folder = "tests/rulebooks/records";
    let records = Rulebook::from_folder(format!("{folder}/rules")).unwrap();
    let admins = Firm::from_file(
        &records,
        format!("{folder}/fixtures/firms/with_admins.yaml"),
    );
    let few = Firm::from_file(&records, format!("{folder}/fixtures/firm.yaml"));
    let nobody = Firm::of_users(example.rulebook(), "Nobody", []).unwrap();
    vec![
        example,
        independent,
        closed,
        admins.unwrap(),
        few.unwrap(),
        nobody,
    ]
}

/// An answer with its rule, without the words about whom it is.
fn bare(answer: &ReviewAnswer) -> ReviewAnswer {
    ReviewAnswer {
        on: None,
        ..answer.clone()
    }
}

fn asked(firm: &Firm, question: &Question<'_>) -> ReviewAnswer {
    let decision = firm.ask(question).unwrap();
    ReviewAnswer {
        on: None,
        decision: DecisionWord::of(decision.is_allowed()),
        grounds: decision.grounds.clone(),
    }
}

#[test]
fn every_cell_says_what_asking_says() {
    let mut cells = 0;
    for firm in firms() {
        let review = firm.review().unwrap();
        for product in &review.products {
            let seated: Vec<&String> = product.rows.iter().flat_map(|row| &row.users).collect();
            assert_eq!(seated.len(), product.seats);
            for (number, row) in product.rows.iter().enumerate() {
                for (column, action) in product.actions.iter().enumerate() {
                    let note = product.note(number, column).unwrap();
                    assert_eq!(note.column, column);
                    for user in &row.users {
                        let mut question =
                            Question::new(user, &action.action).product(&product.product);
                        for (fact, value) in &action.facts {
                            question = question.fact(fact, value);
                        }
                        cells += 1;
                        if !action.on_target {
                            let answers: Vec<ReviewAnswer> =
                                note.answers.iter().map(bare).collect();
                            assert_eq!(answers, [asked(&firm, &question)]);
                            continue;
                        }
                        let own = asked(&firm, &question.clone().target(user));
                        assert_eq!(bare(&note.answers[0]), own);
                        let mut expected: Vec<(ReviewAnswer, BTreeSet<&String>)> = Vec::new();
                        for target in seated.iter().copied().filter(|target| *target != user) {
                            let answer = asked(&firm, &question.clone().target(target));
                            match expected.iter_mut().find(|(known, _)| *known == answer) {
                                Some((_, targets)) => {
                                    targets.insert(target);
                                }
                                None => expected.push((answer, BTreeSet::from([target]))),
                            }
                        }
                        assert_eq!(note.answers.len(), expected.len() + 1);
                        for answer in &note.answers[1..] {
                            let (_, targets) = expected
                                .iter()
                                .find(|(known, _)| *known == bare(answer))
                                .unwrap();
                            match answer.on.as_ref().unwrap() {
                                ReviewTargets::Others(count) => assert_eq!(*count, targets.len()),
                                ReviewTargets::Users(users) => {
                                    assert_eq!(users.iter().collect::<BTreeSet<_>>(), *targets)
                                }
                                ReviewTargets::Themselves => panic!("it stands first"),
                            }
                        }
                        let others = note.answers[1..].iter().map(|answer| answer.is_allowed());
                        let (any, every) =
                            (others.clone().any(|is| is), others.clone().all(|is| is));
                        let access = match (own.is_allowed(), any, every) {
                            (true, _, true) => ReviewAccess::All,
                            (false, true, true) => ReviewAccess::Others,
                            (true, false, false) => ReviewAccess::Themselves,
                            (false, false, _) => ReviewAccess::Nobody,
                            (_, true, false) => ReviewAccess::Some,
                        };
                        assert_eq!(note.access, access);
                    }
                }
            }
        }
    }
    assert!(cells > 2_500, "{cells}");
}

/// Roles that a change could name, with none for a change that takes no role.
fn roles_of(review: &ReviewProduct, firm: &Firm, change: &str) -> Vec<Option<String>> {
    let arguments = firm
        .rulebook()
        .arguments(Some(&review.product), change)
        .unwrap();
    match arguments.as_slice() {
        ["role"] => review
            .roles
            .iter()
            .map(|role| Some(role.role.clone()))
            .collect(),
        _ => vec![None],
    }
}

/// Whether somebody has a role, held or brought.
fn has(review: &Review, user: &str, product: &str, role: &str) -> bool {
    let person = review
        .people
        .iter()
        .find(|person| person.user == user)
        .unwrap();
    let mut seats = person.seats.iter();
    seats
        .find(|seat| seat.product == product)
        .is_some_and(|seat| {
            seat.holds.iter().any(|held| held == role)
                || seat.brought.iter().any(|brought| brought.role == role)
        })
}

#[test]
fn steps_are_those_that_judging_every_change_finds() {
    let mut found = 0;
    for firm in firms().into_iter().step_by(cases(3, 1)) {
        let review = firm.review().unwrap();
        for product in &review.products {
            let powerful: Vec<&String> = product
                .roles
                .iter()
                .filter(|role| role.is_powerful)
                .map(|role| &role.role)
                .collect();
            type Steps =
                BTreeMap<(String, String, Option<String>), (BTreeSet<String>, BTreeSet<String>)>;
            let mut expected = Steps::new();
            let catalogue = firm.rulebook().catalogue(&product.product).unwrap();
            for change in &catalogue.changes {
                for role in roles_of(product, &firm, &change.id) {
                    for (by, target) in firm
                        .users()
                        .flat_map(|by| firm.users().map(move |target| (by, target)))
                    {
                        let mut asked = Change::new(by, &change.id)
                            .product(&product.product)
                            .target(target);
                        if let Some(role) = &role {
                            asked = asked.role(role);
                        }
                        let Ok(verdict) = firm.judge(&asked) else {
                            continue;
                        };
                        if !verdict.is_accepted() || verdict.altered.is_empty() {
                            continue;
                        }
                        let after = firm.after(&verdict).unwrap().review().unwrap();
                        for user in firm.users() {
                            for powerful in &powerful {
                                let [before, now] = [&review, &after]
                                    .map(|review| has(review, user, &product.product, powerful));
                                if now && !before {
                                    let key =
                                        ((*powerful).clone(), change.id.clone(), role.clone());
                                    let (users, makers) = expected.entry(key).or_default();
                                    users.insert(user.to_owned());
                                    makers.insert(by.to_owned());
                                    found += 1;
                                }
                            }
                        }
                    }
                }
            }
            let steps = product.one_step.iter().map(|step| {
                let key = (
                    step.role.clone(),
                    step.change.clone(),
                    step.arguments.first().cloned(),
                );
                (
                    key,
                    (
                        step.users.iter().cloned().collect(),
                        step.by.iter().cloned().collect(),
                    ),
                )
            });
            assert_eq!(steps.collect::<Steps>(), expected);
        }
    }
    assert!(found > cases(15, 50), "{found}");
}

#[test]
fn conflicts_are_shown_with_who_holds_both() {
    let review = example().review().unwrap();
    let firm = example();
    for product in &review.products {
        for conflict in &product.conflicts {
            let holders = firm.users().filter(|user| {
                let held = firm.conflicts(user).unwrap();
                held.iter().any(|held| {
                    *held.conflict == conflict.conflict && *held.product == product.product
                })
            });
            assert_eq!(conflict.users, holders.collect::<Vec<_>>());
        }
    }
}
