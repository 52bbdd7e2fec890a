use std::collections::BTreeMap;

use super::*;
use crate::rulebook::Rulebook;
use crate::{Loader, Question, Seat, User};
use pretty_assertions::assert_eq;

mod asked;
mod conflicts;
mod ends;
mod growth;
mod things;

use asked::{check_access, check_steps};

const HOUSE: &str = include_str!("../../../tests/cases/loads/a_house/rules/door.yaml");

/// Pseudo-random numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

fn builtin() -> Rulebook {
    Rulebook::builtin().unwrap()
}

fn manage(roles: &[&str]) -> Seat {
    roles
        .iter()
        .fold(Seat::new("manage"), |seat, role| seat.role(*role))
}

fn firm(rulebook: &Rulebook, users: Vec<User>) -> Firm {
    Firm::of_users(rulebook, "Moss", users).unwrap()
}

/// The firm after steps, each of which has to be accepted.
fn after(firm: &Firm, steps: &[DifferenceStep]) -> Firm {
    steps.iter().fold(firm.clone(), |firm, step| {
        let verdict = firm.judge(&step.change()).unwrap();
        assert!(
            verdict.is_accepted(),
            "{step}: {}",
            &*verdict.grounds.reason
        );
        firm.after(&verdict).unwrap()
    })
}

fn steps(difference: &FirmDifference) -> Vec<String> {
    difference.steps.iter().map(ToString::to_string).collect()
}

/// A random firm that obeys the invariants.
fn random_firm(rulebook: &Rulebook, random: &mut Random, people: usize) -> Firm {
    let holder = random.below(people);
    let users = (0..people).filter_map(|number| {
        let mut seat = manage(&[]);
        for role in ["accounts", "reports", "billing", "administrator"] {
            if random.below(3) == 0 {
                seat = seat.role(role);
            }
        }
        if number == holder {
            seat = seat.role("primary_subscriber");
        }
        if random.below(4) == 0 {
            seat = seat.setting("billing_rate_visibility", ["own", "none"][random.below(2)]);
        }
        if random.below(6) == 0 {
            seat = seat.setting("receives_bill_reminder_replies", "true");
        }
        let mut user = User::new(format!("u{number}"));
        if number == holder || random.below(8) > 0 {
            user = user.seat(seat);
        }
        if random.below(2) == 0 {
            user = user.seat(Seat::new("grow").role(["normal", "admin"][random.below(2)]));
        }
        if number != holder && random.below(8) == 0 {
            user = user.disabled();
        }
        (number == holder || random.below(10) > 0).then_some(user)
    });
    let firm = firm(rulebook, users.collect());
    match random.below(3) {
        0 => firm.with_reading(None, "firm_feed_is_open", false).unwrap(),
        _ => firm,
    }
}

#[test]
fn a_firm_is_equal_to_itself() {
    let rulebook = builtin();
    let firm = Firm::example(&rulebook).unwrap();
    let difference = firm.difference(&firm.clone()).unwrap();
    assert!(difference.equal);
    assert!(difference.users.is_empty() && difference.steps.is_empty());
    let other = Firm::example(&builtin()).unwrap();
    let error = firm.difference(&other).unwrap_err();
    assert_eq!(error.code(), &crate::codes::FOREIGN_HANDLE);
}

#[test]
fn any_two_firms_gain_and_lose_what_asking_everything_says() {
    let rulebook = builtin();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut compared = 0;
    for _ in 0..12 {
        let (old, new) = (
            random_firm(&rulebook, &mut random, 7),
            random_firm(&rulebook, &mut random, 7),
        );
        let difference = old.difference(&new).unwrap();
        compared += check_access(&old, &new, &difference);
        check_steps(&old, &new, &difference);
    }
    assert!(compared > 5_000, "only {compared}");
}

/// The result of accepted changes can be reached again: nothing in it is impossible.
#[test]
fn what_accepted_changes_made_is_found() {
    let rulebook = builtin();
    let mut random = Random(0x0dd0_1234_5678_9abc);
    let (mut made, mut found) = (0, 0);
    for _ in 0..60 {
        let old = random_firm(&rulebook, &mut random, 6);
        let users: Vec<String> = old.users().map(str::to_owned).collect();
        let mut new = old.clone();
        let mut has_moved = false;
        for _ in 0..24 {
            let (user, target) = (
                &users[random.below(users.len())],
                &users[random.below(users.len())],
            );
            let role = ["accounts", "reports", "billing", "administrator"][random.below(4)];
            let change = match random.below(6) {
                0 => crate::Change::new(user, "transfer_ownership"),
                1 => crate::Change::new(user, "set_visibility")
                    .setting("billing_rate_visibility", "own"),
                2 | 3 => crate::Change::new(user, "revoke").role(role),
                4 => crate::Change::new(user, "assign").role(["normal", "admin"][random.below(2)]),
                _ => crate::Change::new(user, "grant").role(role),
            };
            // Handing the account on and getting it back would be a detour. Detours are not searched.
            let is_move = change == crate::Change::new(user, "transfer_ownership");
            let verdict = new.judge(&change.target(target)).unwrap();
            if verdict.is_accepted() && !(is_move && has_moved) {
                has_moved |= is_move;
                made += usize::from(!verdict.altered.is_empty());
                new = new.after(&verdict).unwrap();
            }
        }
        let difference = old.difference(&new).unwrap();
        check_steps(&old, &new, &difference);
        found += difference.steps.len();
        let left: Vec<_> = difference
            .users
            .iter()
            .flat_map(|user| &user.impossible)
            .collect();
        assert_eq!(left, Vec::<&Impossible>::new(), "{:?}", steps(&difference));
        assert_eq!(difference.then, []);
    }
    assert!(made > 100 && found > 80, "{made} made, {found} found");
}

#[test]
fn the_order_of_steps_is_one_in_which_they_can_be_made() {
    let rulebook = builtin();
    let old = firm(
        &rulebook,
        vec![
            User::new("ada").seat(manage(&["primary_subscriber"])),
            User::new("ben").seat(manage(&[])),
            User::new("cid")
                .seat(manage(&["billing"]).setting("receives_bill_reminder_replies", "true")),
        ],
    );
    // Ben becomes an administrator and gets reports while he can be edited. Then the account moves. Then Ada gets
    // accounts and loses what she keeps as the former owner. The replies go to the owner of that moment.
    let new = firm(
        &rulebook,
        vec![
            User::new("ada").seat(manage(&["accounts"])),
            User::new("ben").seat(
                manage(&["primary_subscriber", "administrator", "reports"])
                    .setting("receives_bill_reminder_replies", "true"),
            ),
            User::new("cid").seat(manage(&[])),
        ],
    );
    let difference = old.difference(&new).unwrap();
    assert_eq!(
        steps(&difference),
        [
            "ada grant reports ben",
            "ada grant administrator ben",
            "ada transfer_ownership ben",
            "ben grant accounts ada",
            "ada revoke billing cid",
            "ben revoke administrator ada",
        ]
    );
    check_steps(&old, &new, &difference);
    check_access(&old, &new, &difference);
}

#[test]
fn what_nobody_could_have_done_is_named() {
    let rulebook = builtin();
    let people = |ada: &[&str], ben: &[&str], dora: Option<User>| {
        let mut users = vec![
            User::new("ada")
                .seat(manage(ada))
                .seat(Seat::new("grow").role("admin")),
            User::new("ben")
                .seat(manage(ben))
                .seat(Seat::new("grow").role("normal")),
        ];
        users.extend(dora);
        firm(&rulebook, users)
    };
    let impossible_lines = |old: &Firm, new: &Firm| -> Vec<String> {
        let difference = old.difference(new).unwrap();
        let users = difference.users.iter();
        let lines = users.flat_map(|user| {
            user.impossible.iter().map(|it| {
                format!(
                    "{} {} {} -> {}: {} ({})",
                    &*user.user,
                    it.what,
                    it.from,
                    it.to,
                    it.why,
                    it.reasons.join("; ")
                )
            })
        });
        lines.collect()
    };
    let old = people(&["primary_subscriber"], &[], None);
    // Only the primary subscriber edits people here, and she cannot edit herself.
    let own = "Nobody changes their own permissions; another administrator can; Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody";
    assert_eq!(
        impossible_lines(&old, &people(&["primary_subscriber", "billing"], &[], None)),
        [format!(
            "ada billing false -> true: the only one who could make such a change is the person themselves ({own})"
        )]
    );
    // Only the owner can hand ownership on, and the receiver has to be an administrator. Ben does not become one.
    assert_eq!(
        impossible_lines(
            &old,
            &people(&["administrator"], &["primary_subscriber"], None)
        ),
        [
            "ada administrator false -> true: whoever makes such changes is refused (Nobody changes their own permissions; another administrator can; Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody; The account is theirs already; choose another administrator; The receiver has to be an administrator; grant them administrator first)",
            "ada primary_subscriber true -> false: whoever makes such changes is refused (The account is theirs already; choose another administrator; The receiver has to be an administrator; grant them administrator first)",
            "ben primary_subscriber false -> true: whoever makes such changes is refused (The receiver has to be an administrator; grant them administrator first)",
        ]
    );
    // A new person can do it once she is there.
    let dora = User::new("dora").seat(Seat::new("grow").role("admin"));
    let new = firm(
        &rulebook,
        vec![
            User::new("ada")
                .seat(manage(&["primary_subscriber"]))
                .seat(Seat::new("grow").role("normal")),
            User::new("ben")
                .seat(manage(&[]))
                .seat(Seat::new("grow").role("normal")),
            dora,
        ],
    );
    let difference = old.difference(&new).unwrap();
    assert_eq!(difference.steps, []);
    let then: Vec<String> = difference.then.iter().map(ToString::to_string).collect();
    assert_eq!(then, ["dora assign normal ada"]);
}

#[test]
fn a_rulebook_whose_people_alter_themselves_and_holders_is_planned_too() {
    let texts = [("door.yaml", HOUSE)];
    let rulebook = Rulebook::from_texts(texts).unwrap();
    let seat = |roles: &[&str]| {
        roles
            .iter()
            .fold(Seat::new("door"), |seat, role| seat.role(*role))
    };
    let house = |users: [Seat; 3]| {
        let ids = ["ada", "ben", "cid"].into_iter();
        let users = ids.zip(users).map(|(id, seat)| User::new(id).seat(seat));
        Firm::of_users(&rulebook, "House", users).unwrap()
    };
    let old = house([
        seat(&["owner"]),
        seat(&["guest"]).setting("gets_mail", "true"),
        seat(&[]),
    ]);
    let new = house([
        seat(&["guest"]),
        seat(&[]),
        seat(&["owner"])
            .setting("gets_mail", "true")
            .setting("hours", "night"),
    ]);
    let difference = old.difference(&new).unwrap();
    check_steps(&old, &new, &difference);
    assert_eq!(
        steps(&difference),
        [
            "ben grant guest ada",
            "ada set_hours hours night cid",
            "ada pass_on cid",
            "ada revoke guest ben"
        ]
    );
}

#[test]
fn more_kinds_than_can_be_compared_are_refused() {
    let limits = crate::Limits {
        difference_ways: 2,
        ..crate::Limits::DEFAULT
    };
    let texts = crate::load::builtin::RULES.iter().copied();
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_texts(texts)
        .unwrap();
    let people = |role: &str| {
        firm(
            &rulebook,
            vec![
                User::new("ada").seat(manage(&["primary_subscriber"])),
                User::new("ben").seat(manage(&[role])),
                User::new("cid").seat(manage(&["billing"])),
            ],
        )
    };
    let error = people("administrator")
        .difference(&people("accounts"))
        .unwrap_err();
    assert_eq!(error.code(), &crate::codes::DIFFERENCE_TOO_LARGE);
    assert_eq!(
        error.message(),
        "`edit_user_profile` can differ in 3 ways or more, and 2 is the limit"
    );
}
