//! Compares with a simple planner that does not know kinds: it tries every change by every user on whole firms.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use pretty_assertions::assert_eq;

use crate::tests::dice::cases;
use crate::{Change, Firm, Limits, Loader, Question, Rulebook, SearchBound, Seat, User};

mod arbac;
mod house;
mod limits;
mod listed;
mod on_thing;

use house::{HOUSE, firm_of, grow, house, manage, tenant};

/// Every change of a product with every choice of its arguments, without user and target.
fn every_change(rulebook: &Rulebook, product: usize) -> Vec<Change> {
    let product = &rulebook.compiled()[product].product;
    let mut all = Vec::new();
    for declared in &product.changes {
        let bare = Change::new("", &*declared.id).product(&*product.id);
        let names = rulebook.arguments(Some(&product.id), &declared.id).unwrap();
        match names.as_slice() {
            [] => all.push(bare),
            ["role"] => {
                for role in &declared.roles {
                    all.push(bare.clone().role(product.role_name(*role)));
                }
            }
            ["setting", "value"] => {
                for setting in &declared.settings {
                    let setting = product.setting(*setting).unwrap();
                    for word in setting.domain.words() {
                        all.push(bare.clone().setting(&*setting.id, word));
                    }
                }
            }
            other => panic!("no test for {other:?}"),
        }
    }
    all
}

/// Everybody's profile in a product, as bytes.
fn state(firm: &Firm, product: usize) -> Vec<u32> {
    let users = 0..firm.users().count() as u32;
    users
        .flat_map(|user| firm.roster.profile(product, user).to_vec())
        .collect()
}

/// Every firm that accepted changes lead to, each with the fewest changes to it.
fn reachable(firm: &Firm, product: usize, most: usize) -> Vec<(usize, Firm)> {
    let changes = every_change(&firm.rulebook, product);
    let ids: Vec<String> = firm.users().map(str::to_owned).collect();
    let mut known = HashMap::from([(state(firm, product), ())]);
    let mut all = Vec::new();
    let mut open = VecDeque::from([(0, firm.clone())]);
    while let Some((steps, firm)) = open.pop_front() {
        for (change, user, target) in changes.iter().flat_map(|change| {
            let pairs = ids
                .iter()
                .flat_map(|user| ids.iter().map(move |t| (user, t)));
            pairs.map(move |(user, target)| (change, user, target))
        }) {
            let verdict = firm.judge(&change.clone().by(user).target(target)).unwrap();
            if verdict.is_accepted() && !verdict.altered.is_empty() {
                let after = firm.after(&verdict).unwrap();
                if known.insert(state(&after, product), ()).is_none() {
                    open.push_back((steps + 1, after));
                }
            }
        }
        all.push((steps, firm));
        assert!(all.len() < most, "too many firms for a test");
    }
    all
}

/// Whether some part of these changes is enough, in some order and with any makers.
fn does(firm: &Firm, question: &Question<'_>, set: &[Change]) -> bool {
    if firm.ask(question).unwrap().is_allowed() {
        return true;
    }
    let ids: Vec<String> = firm.users().map(str::to_owned).collect();
    set.iter().enumerate().any(|(at, change)| {
        let mut rest = set.to_vec();
        rest.remove(at);
        ids.iter().any(|user| {
            let verdict = firm.judge(&change.clone().by(user)).unwrap();
            verdict.is_accepted() && does(&firm.after(&verdict).unwrap(), question, &rest)
        })
    })
}

/// Every question about a product of a firm in which no fact is missing.
fn questions(firm: &Firm, product: usize) -> Vec<Question<'static>> {
    let declared = &firm.rulebook.compiled()[product].product;
    let ids: Vec<String> = firm.users().map(str::to_owned).collect();
    let mut all = Vec::new();
    for action in &declared.actions {
        let mut choices = vec![Vec::new()];
        for used in &action.facts {
            let fact = &declared.facts[used.fact.index()];
            choices = choices
                .iter()
                .flat_map(|choice: &Vec<(String, String)>| {
                    fact.domain.words().map(|word| {
                        let one = (fact.id.to_string(), word.to_owned());
                        [choice.clone(), vec![one]].concat()
                    })
                })
                .collect();
        }
        for user in &ids {
            for choice in &choices {
                let bare = Question::new(user.clone(), action.id.to_string());
                let bare = bare.product(declared.id.to_string());
                let asked = choice.iter().fold(bare, |asked, (name, value)| {
                    asked.fact(name.clone(), value.clone())
                });
                if action.on_target {
                    all.extend(ids.iter().map(|t| asked.clone().target(t.clone())))
                } else {
                    all.push(asked)
                }
            }
        }
    }
    all
}

/// Asks everything and compares with the simple planner. Returns how many had a plan of changes, and how many had
/// none.
fn compare(firm: &Firm, most: usize) -> (usize, usize) {
    let (mut planned, mut without) = (0, 0);
    for product in 0..firm.rulebook.compiled().len() {
        let firms = reachable(firm, product, most);
        for question in questions(firm, product) {
            let plans = firm.how_can(&question).unwrap();
            let fewest = firms
                .iter()
                .find(|(_, firm)| firm.ask(&question).unwrap().is_allowed())
                .map(|(steps, _)| *steps);
            let shortest = plans.plans.iter().map(|plan| plan.steps.len()).min();
            assert_eq!(shortest, fewest, "{question:?}");
            assert_eq!(plans.why.is_some(), fewest.is_none(), "{question:?}");
            match fewest {
                None => without += 1,
                Some(0) => assert_eq!(plans.plans.len(), 1),
                Some(_) => planned += 1,
            }
            for plan in &plans.plans {
                apply(firm, &question, plan);
            }
        }
    }
    (planned, without)
}

/// Makes a plan step by step, and checks that every step alters something.
fn apply(firm: &Firm, question: &Question<'_>, plan: &crate::Plan) {
    make(firm, question, plan);
    let set = plan.steps.clone();
    for left_out in 0..set.len() {
        let mut part = set.clone();
        part.remove(left_out);
        assert!(
            !does(firm, question, &part),
            "{question:?} needs no {:?}",
            set[left_out]
        );
    }
}

/// Makes a plan step by step: each step by the named user, and checks that the other named users could make it.
fn make(firm: &Firm, question: &Question<'_>, plan: &crate::Plan) {
    let mut now = firm.clone();
    assert_eq!(plan.steps.len(), plan.by.len());
    for (change, by) in plan.steps.iter().zip(&plan.by) {
        assert_eq!(change.user, by.user);
        for user in &by.may_be_made_by {
            let other = now.judge(&change.clone().by(user)).unwrap();
            assert!(other.is_accepted(), "{user}: {}", by.line);
        }
        let may = |user: &&str| now.judge(&change.clone().by(user)).unwrap().is_accepted();
        let makers = now.users().filter(may).count();
        assert_eq!(
            makers,
            1 + by.may_be_made_by.len() + by.and_more,
            "{}",
            by.line
        );
        let verdict = now.judge(change).unwrap();
        assert!(verdict.is_accepted() && !verdict.altered.is_empty());
        assert_eq!(verdict.effects.join(" "), by.effects.join(" "));
        now = now.after(&verdict).unwrap();
    }
    assert!(now.ask(question).unwrap().is_allowed());
}

#[test]
fn plans_of_a_house_are_those_of_the_slow_planner() {
    let rulebook = house();
    let of_three = firm_of(
        &rulebook,
        [
            tenant("ada", &["friend", "owner"]),
            tenant("ben", &["guest"]),
            tenant("cleo", &["friend", "porter"]),
        ],
    );
    let (planned, without) = compare(&of_three, 6_000);
    assert!(planned > 5 && without > 0, "{planned} {without}");
    let with_absent = firm_of(
        &rulebook,
        [
            tenant("ada", &["guest", "owner"]),
            tenant("ben", &["guest"]),
            tenant("dan", &["friend"]).disabled(),
            User::new("eve"),
        ],
    );
    let (planned, without) = compare(&with_absent, 6_000);
    assert!(planned > 3 && without > 10, "{planned} {without}");
}

#[test]
fn plans_of_levels_are_those_of_the_slow_planner() {
    let rulebook = Rulebook::builtin().unwrap();
    for users in [
        vec![grow("ada", "admin")],
        vec![grow("ada", "normal"), grow("ben", "normal")],
        vec![
            grow("ada", "admin"),
            grow("ben", "normal"),
            User::new("eve"),
        ],
        vec![
            grow("ada", "admin").disabled(),
            grow("ben", "normal"),
            grow("cleo", "normal"),
        ],
        vec![
            grow("ada", "admin"),
            grow("ben", "admin"),
            grow("cleo", "normal"),
            grow("dan", "normal").disabled(),
        ],
    ] {
        let firm = firm_of(&rulebook, users);
        let (planned, without) = compare(&firm, 1_000);
        assert!(planned + without > 0);
    }
}

#[test]
fn a_rulebook_without_changes_has_no_plans() {
    let rulebook = Rulebook::from_folder("tests/rulebooks/records/rules").unwrap();
    let firm = Firm::from_file(&rulebook, "tests/rulebooks/records/fixtures/firm.yaml").unwrap();
    let (planned, without) = compare(&firm, 10);
    assert!(planned == 0 && without > 0);
    let question = Question::new("alice", "write").fact("status", "archived");
    let why = firm.how_can(&question).unwrap();
    assert!(
        why.why.as_ref().unwrap().contains("with status = active"),
        "{why:?}"
    );
}

#[test]
fn plans_of_the_example_firm_can_be_made_and_are_the_smallest() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let mut lengths = BTreeSet::new();
    for product in 0..2 {
        for question in questions(&firm, product).into_iter().step_by(cases(5, 1)) {
            let plans = firm.how_can(&question).unwrap();
            for plan in &plans.plans {
                lengths.insert(plan.steps.len());
                apply(&firm, &question, plan);
            }
            assert_eq!(plans.plans.is_empty(), plans.why.is_some());
        }
    }
    assert_eq!(lengths, BTreeSet::from([0, 1, 2]));
}

#[test]
fn many_alike_are_answered_as_a_few() {
    let rulebook = Rulebook::builtin().unwrap();
    let of = |count: usize| {
        let many = (0..count).flat_map(|n| {
            [
                manage(&format!("a{n}"), &["administrator"]),
                manage(&format!("p{n}"), &[]),
            ]
        });
        firm_of(
            &rulebook,
            std::iter::once(manage("owner", &["primary_subscriber"])).chain(many),
        )
    };
    for (user, action, target) in [
        ("p0", "create_bill", None),
        ("p0", "transfer_ownership", None),
        ("a0", "edit_user_profile", Some("owner")),
        ("owner", "edit_user_permissions", Some("owner")),
    ] {
        let answers = [of(3), of(300)].map(|firm| {
            let question = Question::new(user, action);
            let question = target.into_iter().fold(question, Question::target);
            let plans = firm.how_can(&question).unwrap();
            let lines = plans.plans.iter().map(|plan| {
                let steps = plan.by.iter();
                steps
                    .map(|step| format!("{} {}", step.user, step.line))
                    .collect::<Vec<_>>()
            });
            lines.collect::<BTreeSet<_>>()
        });
        assert_eq!(answers[0], answers[1], "{user} {action}");
    }
}
