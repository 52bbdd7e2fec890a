use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::*;
use crate::Loader;
use crate::answer::{DecisionWord, Question};
use crate::change::Change;
use crate::firm::{Seat, User};
use crate::limits::Limits;
use crate::rulebook::Rulebook;

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
    let folder = "tests/rulebooks/authzen";
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
    for firm in firms() {
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
    assert!(found > 50, "{found}");
}

#[test]
fn powerful_roles_are_found_in_the_rules() {
    let review = example().review().unwrap();
    let powerful = |product: &ReviewProduct| -> Vec<String> {
        let roles = product.roles.iter().filter(|role| role.is_powerful);
        roles.map(|role| role.role.clone()).collect()
    };
    let powerful: Vec<Vec<String>> = review.products.iter().map(powerful).collect();
    assert_eq!(
        powerful,
        [vec!["admin"], vec!["administrator", "primary_subscriber"]]
    );
}

/// However a change asks for a role: by whom it allows, by a condition, or by a refusal of everybody else.
#[test]
fn a_role_is_powerful_however_a_change_asks_for_it() {
    const DOOR: &str = include_str!("../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");
    let powerful = |who: &str| -> Vec<String> {
        let rules = format!(
            "{DOOR}refusals:\n  owners_only: {{ when: \"!user.owner\", because: No }}\n  not_for_guests: {{ when: user.guest, because: No }}\n\
             changes:\n  invite:\n    title: Invite\n    section: doors\n    basis: stated\n    {who}\n    does: [{{ give: guest, to: target }}]\n"
        );
        let rulebook = Rulebook::from_texts([("door.yaml", rules.as_str())]).unwrap();
        let text = "firm: F\nusers: [{ id: u, door: { roles: [owner] } }]\n";
        let firm = Firm::from_text(&rulebook, "f.yaml", text).unwrap();
        let review = firm.review().unwrap();
        let roles = review.products[0].roles.iter();
        let roles = roles.filter(|role| role.is_powerful);
        roles.map(|role| role.role.clone()).collect()
    };
    for (who, expected) in [
        ("allow: owner", &["owner"][..]),
        (
            "allow: everyone\n    when: user.owner\n    because: No",
            &["owner"],
        ),
        ("allow: everyone\n    unless: owners_only", &["owner"]),
        (
            "allow: everyone\n    when: user.owner || user.guest\n    because: No",
            &["guest", "owner"],
        ),
        (
            "allow: owner\n    when: user.guest\n    because: No",
            &["guest", "owner"],
        ),
        // Whoever does not hold it may as well, or alone may.
        ("allow: everyone", &[]),
        ("allow: everyone\n    unless: not_for_guests", &[]),
        (
            "allow: everyone\n    when: target.owner\n    because: No",
            &[],
        ),
    ] {
        assert_eq!(powerful(who), expected, "{who}");
    }
}

#[test]
fn a_role_is_brought_where_the_reading_says_so() {
    let by = |firm: &Firm| -> Vec<(String, String)> {
        let review = firm.review().unwrap();
        let nadia = &review.people[0];
        let brought = nadia.seats.iter().flat_map(|seat| &seat.brought);
        brought
            .map(|brought| (brought.role.clone(), brought.by.clone()))
            .collect()
    };
    let through = |role: &str, by: &str| (role.to_owned(), by.to_owned());
    let subscriber = "primary_subscriber";
    let brought = ["accounts", "reports", "administrator"].map(|role| through(role, subscriber));
    assert_eq!(by(&example()), brought);
    let independent = example()
        .with_reading(None, "administrator_opens_every_area", false)
        .unwrap();
    assert_eq!(by(&independent), [through("administrator", subscriber)]);
}

/// Two states of a firm: somebody came, somebody went, one is altered in one product and one in both.
fn then_and_now() -> [Firm; 2] {
    let rulebook = Rulebook::builtin().unwrap();
    let manage = || Seat::new("manage");
    let ada = || User::new("ada").seat(manage().role("primary_subscriber"));
    let then = [
        ada(),
        User::new("ben").seat(manage().role("billing")),
        User::new("cay").seat(manage()),
        User::new("dov").seat(manage()),
    ];
    let admin = Seat::new("grow").role("admin");
    let now = [
        ada(),
        User::new("ben").seat(manage().setting("billing_rate_visibility", "none")),
        User::new("cay").seat(manage().role("reports")).seat(admin),
        User::new("eve").seat(manage()),
    ];
    [("Firm", then), ("Firm", now)]
        .map(|(name, users)| Firm::of_users(&rulebook, name, users).unwrap())
}

#[test]
fn since_is_the_difference_of_the_two_firms() {
    let [then, now] = then_and_now();
    let review = now.review_since(&then).unwrap();
    let since = review.since.clone().unwrap();
    assert_eq!(since, then.difference(&now).unwrap());
    let users: Vec<&str> = since.users.iter().map(|user| &*user.user).collect();
    assert_eq!(users, ["ben", "cay", "eve", "dov"]);
    let without = Review {
        since: None,
        ..review
    };
    assert_eq!(without, now.review().unwrap());
    let same = now.review_since(&now).unwrap().since.unwrap();
    assert!(same.equal);
}

#[test]
fn since_keeps_to_the_product_that_is_kept() {
    let [then, now] = then_and_now();
    let kept = |product: &str| {
        let mut review = now.review_since(&then).unwrap();
        review.keep_product(product);
        review.since.unwrap()
    };
    let who = |since: &FirmDifference| -> Vec<String> {
        let users = since.users.iter();
        users.map(|user| user.user.to_string()).collect()
    };
    let [manage, grow] = ["manage", "grow"].map(kept);
    assert_eq!(who(&manage), ["ben", "cay", "eve", "dov"]);
    // Who came and who went belongs to no product.
    assert_eq!(who(&grow), ["cay", "eve", "dov"]);
    for (since, product) in [(&manage, "manage"), (&grow, "grow")] {
        for user in &since.users {
            let access = user.gained().iter().chain(user.lost());
            assert!(access.into_iter().all(|access| access.product == product));
            let steps = user.steps.iter().chain(&since.steps).chain(&since.then);
            assert!(steps.into_iter().all(|step| step.product() == product));
        }
    }
    let cay = |since: &FirmDifference| {
        since.users[who(since).iter().position(|id| id == "cay").unwrap()].clone()
    };
    let given = |since: &FirmDifference| -> Vec<String> {
        let roles = cay(since);
        roles
            .roles()
            .given
            .iter()
            .map(|role| role.role.to_string())
            .collect()
    };
    assert_eq!(
        (given(&manage), cay(&manage).outside.len()),
        (vec!["reports".to_owned()], 0)
    );
    assert_eq!((given(&grow), cay(&grow).outside.len()), (vec![], 1));
    assert!(!manage.equal && !grow.equal);
    let mut same = now.review_since(&now).unwrap();
    same.keep_product("grow");
    assert!(same.since.unwrap().equal);
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

#[test]
fn what_cannot_be_reviewed() {
    let limits = Limits {
        review_users: 13,
        ..Limits::DEFAULT
    };
    let rules = Loader::new()
        .limits(&limits)
        .rulebook_from_folder("rules")
        .unwrap();
    let large = Firm::example(&rules).unwrap();
    let error = large.review().unwrap_err();
    assert_eq!(error.code().name(), "review-too-large");
    assert_eq!(
        error.message(),
        "a review of 14 users is larger than 13 users"
    );
    // The earlier firm is bounded too.
    let small = Firm::of_users(
        &rules,
        "Small",
        [User::new("ada").seat(Seat::new("manage").role("primary_subscriber"))],
    )
    .unwrap();
    let error = small.review_since(&large).unwrap_err();
    assert_eq!(error.code().name(), "review-too-large");
    let foreign = example().review_since(&example()).unwrap_err();
    assert_eq!(foreign.code().name(), "foreign-handle");
}

#[test]
fn one_product_can_be_kept() {
    let firm = example();
    let mut review = firm.review_since(&firm).unwrap();
    review.keep_product("grow");
    assert_eq!(review.products.len(), 1);
    assert!(
        review
            .people
            .iter()
            .flat_map(|person| &person.seats)
            .all(|seat| seat.product == "grow")
    );
    assert_eq!(review.people.len(), 14);
}

/// Some people of a review are those of the whole review: numbers of the firm, and for each of them the same.
#[test]
fn some_people_are_reviewed_in_the_whole_firm() {
    for firm in firms() {
        let whole = firm.review().unwrap();
        let ids: Vec<&str> = firm.users().step_by(3).collect();
        if ids.is_empty() {
            continue;
        }
        let review = firm.review_of(&ids, None).unwrap();
        let is_one = |user: &String| ids.contains(&user.as_str());
        assert_eq!(
            (review.users, review.disabled, review.without_seat),
            (whole.users, whole.disabled, whole.without_seat)
        );
        let people: Vec<&str> = review.people.iter().map(|person| &*person.user).collect();
        assert_eq!(people, ids);
        for (some, all) in review.products.iter().zip(&whole.products) {
            assert_eq!((&some.roles, &some.settings), (&all.roles, &all.settings));
            assert_eq!((some.seats, some.disabled), (all.seats, all.disabled));
            for (some, all) in some.conflicts.iter().zip(&all.conflicts) {
                let kept = |users: &[String]| -> Vec<String> {
                    users.iter().filter(|user| is_one(user)).cloned().collect()
                };
                assert_eq!(some.users, kept(&all.users));
                assert_eq!(some.trusted, kept(&all.trusted));
            }
            let steps = |product: &ReviewProduct| -> Vec<(String, String, Vec<String>)> {
                let steps = product.one_step.iter().flat_map(|step| {
                    let users = step.users.iter().filter(|user| is_one(user));
                    users.map(|user| (user.clone(), step.change.clone(), step.by.clone()))
                });
                steps.collect()
            };
            assert_eq!(steps(some), steps(all));
            let dormant = all.dormant.iter().filter(|one| is_one(&one.user));
            assert_eq!(some.dormant, dormant.cloned().collect::<Vec<_>>());
        }
        for person in &review.people {
            let same = whole.people.iter().find(|one| one.user == person.user);
            for (seat, of_whole) in person.seats.iter().zip(&same.unwrap().seats) {
                assert_eq!((&seat.holds, seat.can), (&of_whole.holds, of_whole.can));
                let of = |review: &Review, row: usize| {
                    let mut products = review.products.iter();
                    let product = products.find(|one| one.product == seat.product).unwrap();
                    let columns = 0..product.actions.len();
                    let notes = columns.map(|column| product.note(row, column).unwrap());
                    notes
                        .map(|note| (note.access, note.answers.clone()))
                        .collect::<Vec<_>>()
                };
                assert_eq!(of(&review, seat.row), of(&whole, of_whole.row));
            }
        }
    }
}

#[test]
fn departments_of_a_large_firm_are_reviewed_one_by_one() {
    let limits = Limits {
        review_users: 13,
        ..Limits::DEFAULT
    };
    let rules = Loader::new()
        .limits(&limits)
        .rulebook_from_folder("rules")
        .unwrap();
    let large = Firm::example(&rules).unwrap();
    assert!(large.review().is_err());
    let (one, other): (Vec<&str>, Vec<&str>) = large.users().partition(|user| *user < "m");
    let [one, other] = [one, other].map(|ids| large.review_of(&ids, None).unwrap());
    assert_eq!(one.people.len() + other.people.len(), 14);
    assert_eq!(one.products[0].roles, other.products[0].roles);
    let refused = |ids: &[&str]| large.review_of(ids, None).unwrap_err();
    assert_eq!(refused(&["wern"]).help(), Some("did you mean `wren`?"));
    assert_eq!(refused(&[]).code().name(), "empty-list");
    let all: Vec<&str> = large.users().collect();
    assert_eq!(refused(&all).code().name(), "review-too-large");
}

#[test]
fn some_people_are_reviewed_since_the_last_review() {
    let [then, now] = then_and_now();
    let gone = then.users().find(|user| now.user(user).is_err()).unwrap();
    let review = now.review_of(&["ben", gone], Some(&then)).unwrap();
    let since = review.since.unwrap();
    let users: Vec<&str> = since.users.iter().map(|user| &*user.user).collect();
    assert_eq!(users, ["ben", gone]);
    let nobody = now.review_of(&[gone], Some(&then)).unwrap();
    assert_eq!(
        (nobody.people.len(), nobody.users),
        (0, now.users().count())
    );
    assert!(now.review_of(&[gone], None).is_err());
}
