//! Rulebooks of any size, alike in everything else.

use std::fmt::Write;

use clio_rules::{Firm, Limits, Rulebook, Seat, User};

use crate::support::Random;

const HEAD: &str = "\
product: synthetic
title: Synthetic

document:
  title: None
  sections:
    all: All

grounds:
  user_disabled: { because: Disabled, basis: stated, section: all }
  user_has_no_seat: { because: No seat, basis: stated, section: all }
  target_has_no_seat: { because: No seat, basis: stated, section: all }

settings:
  hours: { title: Hours, values: [day, night, none], default: day, basis: stated, section: all }

readings:
  night_is_open: { question: Is the night open?, default: false, section: all }

refusals:
  closed:
    when: user.hours == \"none\" || user.hours == \"night\" && !night_is_open
    because: It is closed

";

/// The text of a rulebook with so many actions and roles. Each action is for two roles, every third one has a refusal.
pub(crate) fn text(actions: usize, roles: usize) -> String {
    let mut text = HEAD.to_owned();
    let mut line = |line: std::fmt::Arguments<'_>| {
        text.write_fmt(line).expect("a text takes everything");
    };
    line(format_args!("roles:\n"));
    for role in 0..roles {
        line(format_args!(
            "  r{role}: {{ title: Role {role}, basis: stated, section: all }}\n"
        ));
    }
    line(format_args!(
        "\nactions:\n  - group: All\n    basis: stated\n    section: all\n    actions:\n"
    ));
    for action in 0..actions {
        let (one, other) = (action % roles, (action * 7 + 1) % roles);
        let allow = if one == other {
            format!("r{one}")
        } else {
            format!("[r{one}, r{other}]")
        };
        let unless = if action % 3 == 0 {
            ", unless: [closed]"
        } else {
            ""
        };
        line(format_args!(
            "      a{action}: {{ title: Action {action}, allow: {allow}{unless} }}\n"
        ));
    }
    text
}

/// Limits that let such rulebooks load.
pub(crate) fn limits() -> Limits {
    Limits {
        rule_file_bytes: 64 << 20,
        events: 64 << 20,
        ..Limits::default()
    }
}

/// A firm of a thousand users, each with a few roles at random.
pub(crate) fn firm(rulebook: &Rulebook, roles: usize) -> Firm {
    let mut random = Random::new(5);
    let user = |number: usize| {
        let mut held: Vec<usize> = (0..3).map(|_| random.below(roles)).collect();
        held.sort_unstable();
        held.dedup();
        let seat = held.iter().fold(Seat::new("synthetic"), |seat, role| {
            seat.role(format!("r{role}"))
        });
        let hours = ["day", "night", "none"][random.below(3)];
        User::new(format!("u{number}")).seat(seat.setting("hours", hours))
    };
    Firm::of_users(rulebook, "Synthetic", (0..1_000).map(user)).expect("a synthetic firm")
}

/// A firm file of so many users for the shipped rules, each with roles, settings and a level at random.
pub(crate) fn people(users: usize) -> String {
    let mut random = Random::new(6);
    let mut text = "firm: Large\nusers:\n".to_owned();
    for user in 0..users {
        let roles = match user {
            0 => "primary_subscriber".to_owned(),
            _ => {
                let roles = ["administrator", "accounts", "reports", "billing"];
                let held = roles.into_iter().filter(|_| random.below(3) == 0);
                held.collect::<Vec<_>>().join(", ")
            }
        };
        let rates = ["all", "own", "none"][random.below(3)];
        let level = ["normal", "admin"][random.below(2)];
        writeln!(
            text,
            "  - id: u{user:07}\n    manage:\n      roles: [{roles}]\n      billing_rate_visibility: {rates}\n    grow:\n      roles: [{level}]"
        )
        .expect("a text takes everything");
    }
    text
}
