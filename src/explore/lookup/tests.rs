use std::fmt::Write;

use pretty_assertions::assert_eq;

use crate::explore::gather::BitGather;
use crate::explore::layout::QuestionBits;
use crate::firm::Alteration;
use crate::link::product::{RoleId, UserPart};
use crate::tests::dice::Dice;
use crate::value::Value;
use crate::{Firm, Limits, Loader, Rulebook, Seat, User, UserHandle};

const DOOR: &str = include_str!("../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");

/// Forty roles, which take more than one word, readings, facts, and actions that read them from everywhere.
fn wide() -> String {
    let (mut roles, mut actions) = (String::new(), String::new());
    for n in 0..40 {
        writeln!(
            roles,
            "  r{n}: {{ title: R, basis: stated, section: doors }}"
        )
        .unwrap();
    }
    for n in 0..20 {
        let (m, k) = ((n + 11) % 40, (n + 24) % 40);
        writeln!(
            actions,
            "      a{n}: {{ title: A, allow: [r{n}, r{m}, r{k}] }}"
        )
        .unwrap();
        writeln!(actions, "      b{n}:\n        title: B\n        target: user\n        allow: everyone\n        when: (user.r{n} || q) && (same_user || target.r{m} && !target.r{k}) && f != \"y\"\n        because: No\n        facts:\n          f: {{ values: [x, y, z], default: x }}").unwrap();
    }
    DOOR.replacen("roles:\n", &format!("roles:\n{roles}"), 1)
        .replacen(
            "grounds:",
            "readings:\n  q: { question: Q, default: false, section: doors }\n\ngrounds:",
            1,
        )
        + actions.as_str()
}

fn rulebooks() -> Vec<Rulebook> {
    let walked = Limits {
        table_cells: 1,
        ..Limits::default()
    };
    let wide = wide();
    vec![
        Rulebook::builtin().unwrap(),
        Loader::new()
            .limits(&walked)
            .rulebook_from_texts(crate::load::builtin::RULES.iter().copied())
            .unwrap(),
        Rulebook::from_texts([("door.yaml", wide.as_str())]).unwrap(),
        Loader::new()
            .limits(&walked)
            .rulebook_from_texts([("door.yaml", wide.as_str())])
            .unwrap(),
    ]
}

/// So many people, of whom each holds what the bits of a number say.
fn people(rulebook: &Rulebook, count: u64) -> Firm {
    let mut users = Vec::new();
    for number in 0..count {
        let bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 7;
        let mut user = User::new(format!("u{number}"));
        for compiled in rulebook.compiled().iter().filter(|_| number % 11 != 3) {
            let product = &compiled.product;
            let mut seat = Seat::new(&*product.id);
            for (n, role) in product.roles.iter().enumerate() {
                let holds = match (product.levels.is_empty(), &role.holders) {
                    (true, None) => bits >> n & 1 == 1,
                    (true, Some(_)) => number == 0,
                    (false, _) => (number as usize + n).is_multiple_of(product.levels.len()),
                };
                if holds {
                    seat = seat.role(&*role.id);
                }
            }
            user = user.seat(seat);
        }
        users.push(if number % 7 == 5 {
            user.disabled()
        } else {
            user
        });
    }
    Firm::of_users(rulebook, "Everybody", users).unwrap()
}

/// The handles of everybody.
fn everybody(firm: &Firm) -> Vec<UserHandle> {
    firm.users().map(|id| firm.user(id).unwrap()).collect()
}

/// Compares every answer about these users with that of the action's tree. Returns how many answers there were, and how many
/// allowed.
fn compare(firm: &Firm, users: &[UserHandle]) -> (usize, usize) {
    let rulebook = firm.rulebook();
    let (mut compared, mut allowed) = (0, 0);
    for (number, compiled) in rulebook.compiled().iter().enumerate() {
        for (place, action) in compiled.product.actions.iter().enumerate() {
            let plain = rulebook
                .action(Some(&compiled.product.id), &action.id)
                .unwrap();
            let mut handles = vec![plain];
            for used in &action.facts {
                let fact = &compiled.product.facts[used.fact.index()];
                let with = |word| plain.with_fact(rulebook, &fact.id, word).unwrap();
                handles.extend(fact.domain.words().map(with));
            }
            let targets: Vec<_> = if action.on_target {
                users.iter().copied().map(Some).collect()
            } else {
                vec![None]
            };
            for (user, target, handle) in users.iter().flat_map(|user| {
                let handles = &handles;
                targets.iter().flat_map(move |target| {
                    handles.iter().map(move |handle| (user, target, handle))
                })
            }) {
                let answer = firm.decide(*user, *handle, *target).unwrap();
                let other = target.map(|target| target.serial);
                let bits = firm.bits(number, user.serial, other, handle.facts.bits);
                let expected = expected(compiled, place, &bits);
                assert_eq!(
                    (answer.is_allowed(), answer.rule(), answer.basis()),
                    expected
                );
                compared += 1;
                allowed += usize::from(answer.is_allowed());
            }
        }
    }
    (compared, allowed)
}

/// The answer of the tree, found without any table.
fn expected<'c>(
    compiled: &'c crate::explore::compile::CompiledProduct,
    action: usize,
    bits: &QuestionBits<'_>,
) -> (bool, &'c str, crate::Basis) {
    let product = &compiled.product;
    if let Some(ground) = compiled.ground(bits) {
        let ruling = &product.rulings[ground.index()];
        return (false, &ruling.rule, ruling.basis);
    }
    let decider = &compiled.deciders[compiled.of_action[action] as usize];
    let outcome = decider.outcome(|input| decider.value(input, bits)).unwrap();
    let first = product.actions[action].first_ruling.index();
    let ruling = &product.rulings[first + usize::from(outcome.answer.ruling)];
    let basis = if outcome.turned {
        crate::Basis::Inferred
    } else {
        ruling.basis
    };
    (outcome.answer.allows, &ruling.rule, basis)
}

#[test]
fn answers_are_those_of_the_trees_plain_wide_and_walked() {
    for rulebook in rulebooks() {
        let firm = people(&rulebook, 60);
        let users = everybody(&firm);
        let (compared, allowed) = compare(&firm, &users);
        assert!(compared > 20_000, "only {compared} compared");
        assert!(allowed > 1_000, "only {allowed} allowed");
        let other = with_another_reading(&firm);
        assert_ne!(compare(&other, &users).1, allowed);
    }
}

fn with_another_reading(firm: &Firm) -> Firm {
    let reading = firm.rulebook().compiled().iter().find_map(|compiled| {
        let reading = compiled.product.readings.first()?;
        Some((&*compiled.product.id, &*reading.id, reading.default))
    });
    let (product, reading, default) = reading.unwrap();
    firm.with_reading(Some(product), reading, !default).unwrap()
}

/// The firm after one role of one of the first users, in any product, was turned.
fn turned(firm: &Firm, dice: &mut Dice) -> Firm {
    let product = dice.roll(firm.rulebook().compiled().len());
    let compiled = firm.rulebook().product(product).unwrap();
    let roles = &compiled.product.roles;
    let free: Vec<usize> = (0..roles.len())
        .filter(|role| roles[*role].holders.is_none())
        .collect();
    if free.is_empty() || !compiled.product.levels.is_empty() {
        return firm.clone();
    }
    let role = RoleId::from(dice.one(&free));
    let user = dice.roll(FIRST) as u32;
    let holds = compiled
        .layout
        .role(role)
        .read(firm.roster.profile(product, user));
    firm.altered(&[Alteration {
        product,
        user,
        what: UserPart::Role(role),
        to: Value::from(!holds.is_yes()),
    }])
}

const FIRST: usize = 24;

/// In firms so large that what changes have altered lies over the rest.
#[test]
fn after_changes_answers_are_those_of_the_trees() {
    for rulebook in rulebooks() {
        let before = people(&rulebook, 5_000);
        let users = everybody(&before);
        let some: Vec<UserHandle> = users
            .iter()
            .copied()
            .take(FIRST)
            .chain([users[4_999]])
            .collect();
        let known = compare(&before, &some);
        let mut dice = Dice(5);
        let firm = (0..60).fold(before.clone(), |firm, _| turned(&firm, &mut dice));
        let altered = compare(&firm, &some);
        assert!(
            altered.0 == known.0 && altered.1 != known.1,
            "{altered:?} {known:?}"
        );
        assert!(before != firm && compare(&before, &some) == known);
        let lookups = firm.tables.lookups.iter();
        assert_eq!(
            lookups
                .filter(|lookup| lookup.is_plain(lookup.is_on_target()))
                .count(),
            0
        );
        // Readings are chosen on top of what was altered.
        assert_ne!(compare(&with_another_reading(&firm), &some), altered);
    }
}

#[test]
fn a_lookup_fills_one_line_of_the_cache() {
    assert_eq!(size_of::<super::Lookup>(), 64);
}

#[test]
fn which_lookups_are_plain_is_as_expected() {
    let [builtin, walked, wide, _] = &rulebooks()[..] else {
        panic!("four rulebooks")
    };
    let count = |rulebook: &Rulebook, flag| {
        let lookups = &rulebook.lookups().bare;
        lookups
            .iter()
            .filter(|lookup| lookup.flags & flag != 0)
            .count()
    };
    assert_eq!(count(builtin, !super::Lookup::ON_TARGET), 0);
    assert!(count(walked, super::Lookup::WALKED) > 10);
    assert!(count(wide, super::Lookup::WIDE) > 30);
    assert!(count(wide, super::Lookup::MORE) > 20);
    assert_eq!(count(wide, super::Lookup::WALKED), 0);
}

/// A plain lookup reads one word of each person from a table; it is one for questions with a target or for those without.
#[test]
fn a_lookup_is_plain_where_profiles_are_short_and_there_is_a_table() {
    let [builtin, walked, wide, wide_and_walked] = &rulebooks()[..] else {
        panic!("four rulebooks")
    };
    for (rulebook, is_plain, is_wide, is_walked) in [
        (builtin, true, false, false),
        (walked, false, false, true),
        (wide, false, true, false),
        (wide_and_walked, false, true, true),
    ] {
        let lookups = &rulebook.lookups().bare;
        assert!(lookups.len() > 10);
        // What takes one cell has a table even there where all others are walked.
        let many = lookups
            .iter()
            .filter(|lookup| lookup.is_walked() == is_walked);
        assert!(many.clone().count() > 10);
        for lookup in many {
            assert_eq!(lookup.is_plain(lookup.is_on_target()), is_plain);
            assert!(!lookup.is_plain(!lookup.is_on_target()));
            assert_eq!(lookup.is_wide(), is_wide);
        }
    }
    for rulebook in [builtin, wide] {
        let (mut with, mut without) = (0, 0);
        for compiled in rulebook.compiled() {
            for (number, action) in (0_u32..).zip(&compiled.product.actions) {
                let decider = compiled.of_action[number as usize];
                let product = rulebook.product_number(&compiled.product.id).unwrap();
                let lookup = rulebook.lookups().lookup(product, decider);
                let lookup = rulebook.lookups().bare[lookup as usize];
                assert_eq!(lookup.is_on_target(), action.on_target, "{}", action.id);
                *if action.on_target {
                    &mut with
                } else {
                    &mut without
                } += 1;
            }
        }
        assert!(with > 0 && without > 0);
    }
}

/// The first part of each person has a place of its own; only those after it are beside it.
#[test]
fn what_is_read_beside_one_word_of_each_person_is_counted() {
    let part = |origin, word| super::IndexPart {
        origin,
        word,
        gather: BitGather::NOTHING,
    };
    let user = |word| part(super::WordOrigin::Profile(super::Person::User), word);
    let target = |word| part(super::WordOrigin::Profile(super::Person::Target), word);
    let others = [
        part(super::WordOrigin::Firm, 0),
        part(super::WordOrigin::Question, 0),
    ];
    for (users, targets, expected) in [
        (0, 0, 0),
        (1, 0, 0),
        (1, 1, 0),
        (2, 1, 1),
        (0, 3, 2),
        (3, 4, 5),
    ] {
        let parts = (0..users).map(user).chain((0..targets).map(target));
        let parts: Vec<_> = parts.chain(others).collect();
        assert_eq!(super::beside(&parts), expected, "{users} {targets}");
    }
}

/// Two hundred roles, of which one action reads as far apart as they lie, and another only one.
fn far() -> Rulebook {
    let roles: String = (0..200)
        .map(|n| format!("  r{n}: {{ title: R, basis: stated, section: doors }}\n"))
        .collect();
    let text = DOOR.replacen("roles:\n", &format!("roles:\n{roles}"), 1)
        + "      near: { title: N, allow: r0 }\n      far: { title: F, allow: [r0, r40, r80, r120, r160, r199] }\n";
    Rulebook::from_texts([("door.yaml", text.as_str())]).unwrap()
}

/// Where profiles are long and all lookups of a product read little beside one word, all read as much as the most.
#[test]
fn lookups_of_long_profiles_read_alike_where_that_is_little() {
    let counts = |rulebook: &Rulebook| {
        let lookups = rulebook.lookups().bare.iter();
        let counts: std::collections::BTreeSet<u16> = lookups.map(|lookup| lookup.more.1).collect();
        counts.into_iter().collect::<Vec<_>>()
    };
    let [builtin, _, wide, _] = &rulebooks()[..] else {
        panic!("four rulebooks")
    };
    assert_eq!(counts(builtin), [0]);
    assert_eq!(counts(wide), [1]);
    // Six words are read: five beside the first, which is more than is worth reading everywhere.
    assert_eq!(counts(&far()), [0, 5]);
}
