//! How the cost of a difference grows with the firm, bounded by counts of decisions, judgements and looks.

use super::super::tally;
use super::*;
use crate::Loader;
use crate::analyse::tests::wide;
use pretty_assertions::assert_eq;

/// The description of a state of a firm: by number of the user, the number of the kind, and whether it is the new
/// state.
type Someone<'a> = &'a dyn Fn(usize, usize, bool) -> User;

/// This many users of a few hundred kinds in two states, in each of which everybody is different.
fn two_states(rulebook: &Rulebook, users: usize, someone: Someone<'_>) -> [Firm; 2] {
    [false, true].map(|is_new| {
        let mut random = Random(0x5eed_5eed_0001);
        let users = (0..users).map(|user| someone(user, random.below(360), is_new));
        firm(rulebook, users.collect())
    })
}

/// The roles and settings that differ: one role, two roles, a setting, or both.
fn altered(user: usize, kind: usize, is_new: bool) -> User {
    if user == 0 {
        let admin = Seat::new("grow").role("admin");
        return User::new("u0")
            .seat(manage(&["primary_subscriber"]))
            .seat(admin);
    }
    let mut held = (kind % 8) | (usize::from(kind.is_multiple_of(9)) << 3);
    let mut rate = kind / 8 % 3;
    let mut level = usize::from(kind.is_multiple_of(7));
    if is_new {
        match kind / 24 % 5 {
            0 => held ^= 1,
            1 => held ^= 6,
            2 => rate = (rate + 1) % 3,
            3 => (held, rate) = (held ^ 4, (rate + 2) % 3),
            _ => (held, level) = (held ^ 8, level ^ 1),
        }
    }
    let roles = ["billing", "reports", "accounts", "administrator"];
    let roles = roles.iter().enumerate();
    let roles = roles.filter(|(at, _)| held >> at & 1 == 1);
    let roles: Vec<&str> = roles.map(|(_, role)| *role).collect();
    let rate = ["all", "own", "none"][rate];
    User::new(format!("u{user}"))
        .seat(manage(&roles).setting("billing_rate_visibility", rate))
        .seat(Seat::new("grow").role(["normal", "admin"][level]))
}

/// Levels that nobody in the firm may give.
fn powerless(user: usize, kind: usize, is_new: bool) -> User {
    let level = ["normal", "admin"][usize::from(is_new)];
    let seat = Seat::new("grow").role(level);
    match (user, kind % 3) {
        (0, _) => User::new("u0").seat(manage(&["primary_subscriber"])),
        (_, 0) => User::new(format!("u{user}"))
            .seat(seat)
            .seat(manage(&["reports"])),
        _ => User::new(format!("u{user}")).seat(seat),
    }
}

/// Nobody of the old state remains.
fn another(user: usize, kind: usize, is_new: bool) -> User {
    let id = format!("{}{user}", ["u", "v"][usize::from(is_new)]);
    let seat = match user {
        0 => manage(&["primary_subscriber"]),
        _ => manage(&[["billing", "reports", "accounts"][kind % 3]]),
    };
    User::new(id).seat(seat)
}

/// Everybody is disabled and has another name.
fn disabled(user: usize, kind: usize, is_new: bool) -> User {
    let someone = altered(user, kind, false);
    if is_new && user > 0 {
        someone.name(format!("Person {user}")).disabled()
    } else {
        someone
    }
}

fn counted(rulebook: &Rulebook, users: usize, someone: Someone<'_>) -> [u64; 3] {
    let [old, new] = two_states(rulebook, users, someone);
    tally::taken();
    let difference = old.difference(&new).unwrap();
    assert!(
        difference.users.len() >= users - 1,
        "everybody is different"
    );
    tally::taken()
}

#[test]
fn what_is_decided_and_judged_depends_on_kinds_and_what_is_looked_at_grows_with_people() {
    let rulebook = builtin();
    let all: [(&str, Someone<'_>); 4] = [
        ("altered", &altered),
        ("powerless", &powerless),
        ("another", &another),
        ("disabled", &disabled),
    ];
    for (what, someone) in all {
        let [few, many] = [4_000, 16_000].map(|users| counted(&rulebook, users, someone));
        let [decided, judged, looked] = [0, 1, 2].map(|at| (few[at], many[at]));
        println!("{what}: {decided:?} decided, {judged:?} judged, {looked:?} looked at");
        // Even the small firm has all kinds.
        assert_eq!(decided.0, decided.1, "{what} decided");
        assert!(
            judged.1 <= judged.0 + judged.0 / 10,
            "{what} judged {judged:?}"
        );
        assert!(
            looked.1 <= 4 * looked.0 + looked.0 / 50,
            "{what} looked at {looked:?}"
        );
        assert!(looked.1 <= 80 * 16_000, "{what} looked at {looked:?}");
    }
}

#[test]
fn where_nobody_is_like_anybody_else_everything_grows_with_people() {
    let rulebook = wide::rulebook();
    let counted = |users| {
        let [old, new] = [0, 40_000].map(|shift| wide::firm(&rulebook, users, shift));
        tally::taken();
        let difference = old.difference(&new).unwrap();
        assert_eq!(difference.users.len(), users);
        tally::taken()
    };
    let (few, many) = (counted(1_000), counted(4_000));
    for (few, many) in few.into_iter().zip(many) {
        assert!(few > 0 && many <= 4 * few + few / 10, "{few} {many}");
    }
}

/// The results shared by all who are alike equal the results for each of them.
#[test]
fn looking_at_everybody_for_themselves_finds_the_same() {
    let rulebook = builtin();
    let mut random = Random(0x1234_abcd_5678_ef01);
    let mut pairs: Vec<[Firm; 2]> = (0..40)
        .map(|round| {
            let people = 3 + round * 3;
            [(); 2].map(|()| random_firm(&rulebook, &mut random, people))
        })
        .collect();
    // A new person can do what nobody could before.
    let newcomer = |user: usize, kind: usize, is_new: bool| match user {
        1 if is_new => another(1, kind, is_new).seat(Seat::new("grow").role("admin")),
        _ => powerless(user, kind, is_new),
    };
    pairs.extend([5, 300].map(|users| two_states(&rulebook, users, &newcomer)));
    let mut found = [0; 4];
    for [old, new] in &pairs {
        let difference = old.difference(new).unwrap();
        let simple = tally::one_by_one(|| old.difference(new).unwrap());
        assert_eq!(difference, simple);
        let users = difference.users.iter();
        let impossible: usize = users.map(|user| user.impossible.len()).sum();
        let (steps, then) = (difference.steps.len(), difference.then.len());
        for (all, more) in found
            .iter_mut()
            .zip([difference.users.len(), steps, then, impossible])
        {
            *all += more;
        }
    }
    let [different, steps, then, impossible] = found;
    assert!(
        different > 1_000 && steps > 500 && then > 200 && impossible > 100,
        "{different} different, {steps} steps, {then} then, {impossible} impossible"
    );
}

/// Many people who are alike: more than are listed, among them the person the entry is about.
#[test]
fn those_named_are_the_first_and_never_more_than_there_are() {
    let rulebook = builtin();
    let mut random = Random(0x0bad_cafe_0123_4567);
    for _ in 0..4 {
        let [old, new] = [(); 2].map(|()| random_firm(&rulebook, &mut random, 16));
        let difference = old.difference(&new).unwrap();
        check_access(&old, &new, &difference);
    }
    for someone in [altered as fn(usize, usize, bool) -> User, another, disabled] {
        let [old, new] = two_states(&rulebook, 14, &someone);
        let difference = old.difference(&new).unwrap();
        check_access(&old, &new, &difference);
    }
}

/// Rules by which a key is handed on: the giver loses it.
const KEYS: &str = "\
product: door
title: Door
document: {title: House rules, sections: {keys: Keys}}
roles:
  key: {title: Key, basis: stated, section: keys}
grounds:
  user_disabled: {because: Disabled, basis: inferred, section: keys}
  user_has_no_seat: {because: No seat, basis: inferred, section: keys}
  target_has_no_seat: {because: No seat, basis: inferred, section: keys}
actions:
  - {group: Doors, basis: stated, section: keys, allow: key, actions: {open: Open the door}}
changes:
  hand_on:
    title: Hand the key on
    section: keys
    basis: stated
    allow: key
    does:
      - {take: key, from: user}
      - {give: key, to: target}
";

#[test]
fn rounds_end_at_their_limit_and_what_is_left_is_counted() {
    let within = |difference_rounds| {
        let limits = crate::Limits {
            difference_rounds,
            ..crate::Limits::DEFAULT
        };
        Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("door.yaml", KEYS)])
            .unwrap()
    };
    // The first half hand their keys to the second half. Each round has few candidates to hand a key on.
    let houses = |rulebook: &Rulebook, users: usize| {
        [false, true].map(|is_new| {
            let people = (0..users).map(|user| {
                let seat = Seat::new("door");
                let has_key = (user < users / 2) != is_new;
                let seat = if has_key { seat.role("key") } else { seat };
                User::new(format!("u{user}")).seat(seat)
            });
            Firm::of_users(rulebook, "House", people).unwrap()
        })
    };
    let looked = |rulebook: &Rulebook, users| {
        let [old, new] = houses(rulebook, users);
        tally::taken();
        let difference = old.difference(&new).unwrap();
        let [_, _, looked] = tally::taken();
        (difference, looked)
    };
    let rulebook = within(2);
    let [few, many] = [400, 1_600].map(|users| looked(&rulebook, users));
    assert!(many.1 <= 4 * few.1 + few.1 / 10, "{} {}", few.1, many.1);
    for (difference, users) in [(&few.0, 400), (&many.0, 1_600)] {
        let left = difference.unplanned.count();
        assert!(left > 0);
        // The count equals the differences that the steps leave open.
        let [old, new] = houses(&rulebook, users);
        let reached = after(&old, &difference.steps);
        let holds = |firm: &Firm, user: &str| firm.roles("door", user).unwrap().len();
        let other = new.users();
        let other = other.filter(|user| holds(&reached, user) != holds(&new, user));
        assert_eq!(other.count(), left);
        let mut users = difference.users.iter();
        assert!(users.all(|user| user.impossible.is_empty()));
        let written = serde_json::to_value(difference).unwrap();
        assert_eq!(written["unplanned"], left);
    }
    // With enough rounds nothing is left open.
    let (all, _) = looked(&within(200), 120);
    assert_eq!((all.unplanned.count(), all.steps.len()), (0, 60));
}
