//! Compares proofs with brute force: every firm of a few people, asked and changed through the public API.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;

use super::{Counterexample, ProofStep, PropertyResult};
use crate::tests::dice::{Dice, cases};
use crate::{Bulk, Change, Firm, Limits, Loader, Properties, Question, Rulebook, Seat, User};

mod bounds;
mod decisions;
mod files;
mod large;
mod of_nothing;
mod on_things;
mod sequences;
mod smallest;

const HEAD: &str = "
product: door
title: Door
document: {title: House rules, sections: {doors: Doors and keys}}
roles:
  guest: {title: Guest, basis: stated, section: doors}
  keeper:
    title: Keeper
    basis: stated
    section: doors
    brings:
      - roles: guest
        when: is_open
  owner:
    title: Owner
    basis: stated
    section: doors
    brings:
      - roles: keeper
    holders: {count: exactly one, enabled: true}
    moves_by: pass_on
settings:
  hours: {title: When they come, values: [day, night], default: day, basis: stated, section: doors}
readings:
  is_open: {question: Do keepers count as guests?, default: true, section: doors}
grounds:
  user_disabled: {because: Disabled, basis: inferred, section: doors}
  user_has_no_seat: {because: No key, basis: inferred, section: doors}
  target_has_no_seat: {because: No key, basis: inferred, section: doors}
refusals:
  not_oneself:
    when: same_user
    because: Not oneself
  not_the_owner:
    when: target.owner
    because: Not the owner
  not_at_night:
    when: target.hours == \"night\"
    because: Not at night
  not_the_last_word:
    when: \"!user.guest\"
    because: Guests only
actions:
  - group: Doors
    basis: stated
    section: doors
    actions:
      open: {title: Open, allow: keeper}
      ring: {title: Ring, allow: [guest, owner]}
      knock: {title: Knock, allow: {holds: guest}}
      lock:
        title: Lock
        allow: everyone
        when: user.guest && user.keeper
        because: Takes both
      watch:
        title: Watch
        allow: guest
        when: user.hours == \"night\" || is_open
        because: Takes the night
      air:
        title: Air
        facts:
          weather: {values: [sun, rain]}
        allow: everyone
        when: weather == \"sun\" || user.owner
        because: It rains
      show_out:
        title: Show out
        target: user
        allow: keeper
        unless: [not_the_owner]
      greet:
        title: Greet
        target: user
        allow: guest
        unless: [not_oneself, not_at_night]
";

const TAIL: &str = "
  set_hours:
    title: Set the hours
    section: doors
    basis: stated
    takes:
      setting: [hours]
      value: a value of setting
    allow: keeper
    does:
      - set: setting
        of: target
        to: value
  pass_on:
    title: Pass the house on
    section: doors
    basis: stated
    allow: owner
    does:
      - take: owner
        from: user
      - give: owner
        to: target
bulk:
  title: Many at once
  of: [grant, revoke]
  section: doors
  basis: stated
  all_or_nothing: {basis: inferred}
  contradiction: {rule: parts_contradict, because: Opposites, basis: inferred}
";

const EFFECTS: [&str; 4] = [
    "",
    "
effects:
  a_key_comes_back:
    title: A key comes back
    after: revoke
    when: role == \"guest\"
    basis: stated
    section: doors
    does:
      - take: keeper
        from: user
",
    "
effects:
  the_owner_is_a_guest:
    title: The owner is a guest from now on
    after: grant
    when: role == \"keeper\"
    basis: stated
    section: doors
    does:
      - give: guest
        to: holder of owner
",
    "
effects:
  a_hand_washes_the_other:
    title: Whoever takes a key gets one
    after: revoke
    basis: stated
    section: doors
    does:
      - give: keeper
        to: user
",
];

/// Random rules of several kinds.
fn rules(dice: &mut Dice) -> String {
    let mut rules = format!("{HEAD}changes:");
    for (id, does) in [
        ("grant", "- give: role\n        to: target"),
        ("revoke", "- take: role\n        from: target"),
    ] {
        let allow = dice.one(&["keeper", "owner", "everyone", "[guest, owner]"]);
        let unless = dice.some(
            &[
                "not_oneself",
                "not_the_owner",
                "not_at_night",
                "not_the_last_word",
            ],
            3,
        );
        let unless = match unless.as_slice() {
            [] => String::new(),
            some => format!("\n    unless: [{}]", some.join(", ")),
        };
        write!(
            rules,
            "\n  {id}:\n    title: {id}\n    section: doors\n    basis: stated\n    takes:\n      role: [guest, keeper]\n    \
             allow: {allow}{unless}\n    does:\n      {does}"
        )
        .unwrap();
    }
    rules + TAIL + dice.one(&EFFECTS)
}

/// Rules that keep a keeper in the house through every single change, but lose the last one by two changes made
/// together: one takes the other person's keys, and an effect of the other takes the maker's own.
fn together() -> String {
    let change = |id: &str, does: &str| {
        format!(
            "\n  {id}:\n    title: {id}\n    section: doors\n    basis: stated\n    takes:\n      role: [guest, keeper]\n    \
             allow: {{holds: keeper}}\n    unless: [not_oneself]\n    does:\n      {does}"
        )
    };
    let grant = change("grant", "- give: role\n        to: target");
    let revoke = change("revoke", "- take: role\n        from: target");
    format!(
        "{HEAD}changes:{grant}{revoke}{TAIL}
effects:
  a_key_comes_back:
    title: A key comes back
    after: revoke
    when: role == \"guest\" && target.keeper && !target.owner
    basis: stated
    section: doors
    does:
      - take: keeper
        from: user
"
    )
}

fn rulebook(rules: &str) -> Rulebook {
    Rulebook::from_texts([("door.yaml", rules)]).unwrap_or_else(|error| panic!("{error}\n{rules}"))
}

/// A person as in a firm file.
#[derive(Debug, Clone, PartialEq)]
struct Person {
    id: String,
    enabled: bool,
    roles: Vec<String>,
    hours: String,
}

/// A firm with its people as data.
struct FirmWithPeople {
    firm: Firm,
    people: Vec<Person>,
    is_open: bool,
}

fn read_people(firm: Firm) -> FirmWithPeople {
    let json = serde_json::to_value(&firm).unwrap();
    let person = |user: &Value| Person {
        id: user["id"].as_str().unwrap().to_owned(),
        enabled: user["enabled"].as_bool().unwrap_or(true),
        roles: user["door"]["roles"]
            .as_array()
            .map_or_else(Vec::new, |roles| {
                roles
                    .iter()
                    .map(|role| role.as_str().unwrap().to_owned())
                    .collect()
            }),
        hours: user["door"]["hours"].as_str().unwrap_or("day").to_owned(),
    };
    let people = json["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(person)
        .collect();
    let is_open = json["readings"]["door"]["is_open"]
        .as_bool()
        .unwrap_or(true);
    FirmWithPeople {
        firm,
        people,
        is_open,
    }
}

impl FirmWithPeople {
    /// Whether a person holds a role or one that brings it, computed independently.
    fn has(&self, person: &Person, role: &str) -> bool {
        let holds = |role: &str| person.roles.iter().any(|held| held == role);
        let keeper = holds("keeper") || holds("owner");
        match role {
            "owner" => holds("owner"),
            "keeper" => keeper,
            _ => holds("guest") || keeper && self.is_open,
        }
    }

    fn count(&self, role: &str, enabled: bool) -> usize {
        let holds = |person: &&Person| person.roles.iter().any(|held| held == role);
        self.people
            .iter()
            .filter(holds)
            .filter(|person| person.enabled || !enabled)
            .count()
    }
}

/// Firms of up to four people with every relevant choice. `settings` adds the settings.
fn firms(rulebook: &Rulebook, settings: bool, second: bool) -> Vec<FirmWithPeople> {
    let hours: &[&str] = if settings {
        &["day", "night"]
    } else {
        &["day"]
    };
    let sets: [&[&str]; 4] = [&[], &["guest"], &["keeper"], &["guest", "keeper"]];
    let kinds = |enabled: &[bool]| {
        let mut kinds = Vec::new();
        for enabled in enabled {
            for set in sets {
                kinds.extend(hours.iter().map(|hours| (*enabled, set, *hours)));
            }
        }
        kinds
    };
    let user = |id: &str, (enabled, roles, hours): (bool, &[&str], &str), owner: bool| {
        let seat = roles
            .iter()
            .fold(Seat::new("door"), |seat, role| seat.role(*role));
        let seat = if owner { seat.role("owner") } else { seat };
        let user = User::new(id).seat(seat.setting("hours", hours));
        if enabled { user } else { user.disabled() }
    };
    let seconds = if second {
        kinds(&[true])
    } else {
        vec![(true, sets[0], "day")]
    };
    let mut firms = Vec::new();
    for one in kinds(&[true]) {
        for other in kinds(&[true, false]) {
            for third in &seconds {
                for owner in 0..4 {
                    let people = [
                        user("user", one, owner == 0),
                        user("target", other, owner == 1),
                        user("second", *third, owner == 2),
                    ];
                    let holder = (true, sets[usize::from(settings) * 2], "day");
                    let holder = (owner == 3).then(|| user("holder", holder, true));
                    let Ok(firm) =
                        Firm::of_users(rulebook, "Made up", people.into_iter().chain(holder))
                    else {
                        continue;
                    };
                    let closed = firm.with_reading(None, "is_open", false).unwrap();
                    firms.extend([read_people(firm), read_people(closed)]);
                }
            }
        }
    }
    firms
}

const ROLES: [&str; 3] = ["guest", "keeper", "owner"];
const ACTIONS: [&str; 8] = [
    "open", "ring", "knock", "lock", "watch", "air", "show_out", "greet",
];
const ON_TARGET: [&str; 2] = ["show_out", "greet"];

/// Every change that one person can ask for about another.
fn changes(user: &str, target: &str) -> Vec<Change> {
    let mut all = vec![Change::new(user, "pass_on").target(target)];
    for value in ["day", "night"] {
        all.push(
            Change::new(user, "set_hours")
                .setting("hours", value)
                .target(target),
        );
    }
    all.extend(grants(user, target));
    all
}

fn grants(user: &str, target: &str) -> Vec<Change> {
    let mut all = Vec::new();
    for change in ["grant", "revoke"] {
        for role in ["guest", "keeper"] {
            all.push(Change::new(user, change).role(role).target(target));
        }
    }
    all
}

fn prove(rulebook: &Rulebook, properties: &str) -> Vec<PropertyResult> {
    let text = format!("product: door\nproperties:\n{properties}");
    let properties = Properties::from_text(rulebook, "mine.yaml", &text);
    let properties = properties.unwrap_or_else(|error| panic!("{error}\n{text}"));
    rulebook
        .prove_only(&properties)
        .unwrap()
        .properties
        .to_vec()
}

/// The firm of a counterexample, read from its own text.
fn reread(rulebook: &Rulebook, counterexample: &Counterexample) -> FirmWithPeople {
    let text = &counterexample.firm;
    read_people(
        Firm::from_text(rulebook, "firm.yaml", text)
            .unwrap_or_else(|error| panic!("{error}\n{text}")),
    )
}
