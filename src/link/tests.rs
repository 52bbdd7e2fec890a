use crate::{Firm, Question, Rulebook, Seat, User};
use pretty_assertions::assert_eq;

mod bounds;

const DOOR: &str = include_str!("../../tests/cases/loads/a_small_rulebook/rules/door.yaml");

/// The rules of a house: a group declares everything, and each of its actions replaces one key.
const ACTIONS: &str = "
settings:
  hours: { title: Hours, values: [day, night], default: day, basis: stated, section: doors }
refusals:
  no_smoke:
    when: weather == \"smoke\"
    because: There is smoke
  no_owner:
    when: user.owner
    because: Owners have other doors
    basis: inferred
    section: gates
actions:
  - group: Doors
    basis: stated
    section: doors
    where: At the front
    facts:
      weather: { values: [sun, smoke], default: sun }
    allow: guest
    when: user.hours == \"day\"
    because: It is night
    unless: no_smoke
    actions:
      plain: Plain
      section: { title: Section, section: gates }
      basis: { title: Basis, basis: inferred }
      site: { title: Site, where: At the back }
      who: { title: Who, allow: [owner, guest] }
      holds: { title: Holds, allow: { holds: owner } }
      condition: { title: Condition, when: user.hours == \"night\", because: It is day }
      words: { title: Words, because: Come back by day }
      refusal: { title: Refusal, unless: [no_owner] }
      fact:
        title: Fact
        facts:
          key: { values: [true, false], default: true }
        when: key
        because: There is no key
      rules:
        title: Rules
        rules:
          - { rule: by_guests, allow: guest, when: \"!user.owner\", because: Not for owners, section: gates }
          - { rule: by_owners, allow: owner, basis: inferred, where: At the back }
  - group: People
    target: user
    basis: stated
    section: doors
    rules:
      - { rule: on_others, whom: others, allow: owner }
      - { rule: on_oneself, whom: self, allow: guest }
    actions:
      greet: Greet
      carry: { title: Carry, allow: everyone }
      lead: { title: Lead, allow: owner, because: Only owners lead }
      wave:
        title: Wave
        rules:
          - { rule: by_anyone, whom: anyone, allow: guest }
  - group: Gates
    actions:
      close:
        title: Close
        rules:
          - { rule: closed_by_guests, allow: guest, basis: stated, section: gates }
          - { rule: closed_by_owners, allow: owner, basis: inferred, section: doors }
      bar:
        title: Bar
        rules:
          - { rule: barred_by_guests, allow: guest, when: \"!user.owner\", because: Not for owners, basis: stated, section: gates }
          - { rule: barred_by_owners, allow: owner, unless: no_owner, basis: stated, section: doors }
";

fn house() -> Firm {
    let head = DOOR.split("actions:").next().unwrap();
    let head = head.replacen(
        "    doors: Doors and keys\n",
        "    doors: Doors\n    gates: Gates\n",
        1,
    );
    let head = head.replacen(
        "  owner:\n",
        "  owner:\n    brings:\n      - roles: guest\n",
        1,
    );
    let rulebook = Rulebook::from_texts([("door.yaml", &*(head + ACTIONS))]).unwrap();
    let warnings: Vec<&str> = rulebook
        .warnings()
        .iter()
        .map(|found| found.code().name())
        .collect();
    assert_eq!(warnings, ["unused-fact", "unused-fact"]);
    let seat = |role: &str| Seat::new("door").role(role);
    let users = [
        User::new("gus").seat(seat("guest")),
        User::new("nick").seat(seat("guest").setting("hours", "night")),
        User::new("olga").seat(seat("owner")),
        User::new("pia").seat(Seat::new("door")),
    ];
    Firm::of_users(&rulebook, "House", users).unwrap()
}

/// `allow rule basis section where: reason`
fn answer(firm: &Firm, question: &Question) -> String {
    let decision = firm.ask(question).unwrap();
    format!(
        "{} {} {} {} {}: {}",
        if decision.is_allowed() {
            "allow"
        } else {
            "deny"
        },
        &*decision.grounds.rule,
        decision.grounds.basis,
        &*decision.grounds.section,
        decision.grounds.site.as_deref().unwrap_or("-"),
        &*decision.grounds.reason
    )
}

#[test]
fn an_action_says_what_its_group_says_where_it_is_silent() {
    let firm = house();
    for (user, action, expected) in [
        (
            "gus",
            "plain",
            "allow plain stated Doors At the front: granted by guest",
        ),
        (
            "olga",
            "plain",
            "allow plain stated Doors At the front: granted by guest",
        ),
        ("pia", "plain", "deny plain stated Doors -: needs guest"),
        ("nick", "plain", "deny plain stated Doors -: It is night"),
        (
            "gus",
            "section",
            "allow section stated Gates At the front: granted by guest",
        ),
        (
            "gus",
            "basis",
            "allow basis inferred Doors At the front: granted by guest",
        ),
        (
            "gus",
            "site",
            "allow site stated Doors At the back: granted by guest",
        ),
        // Another `allow` keeps the condition and its words.
        (
            "olga",
            "who",
            "allow who stated Doors At the front: granted by owner or guest",
        ),
        ("nick", "who", "deny who stated Doors -: It is night"),
        (
            "olga",
            "holds",
            "allow holds stated Doors At the front: granted by owner itself",
        ),
        (
            "gus",
            "holds",
            "deny holds stated Doors -: needs owner itself",
        ),
        // Another condition brings its own words; other words keep the condition.
        (
            "nick",
            "condition",
            "allow condition stated Doors At the front: granted by guest",
        ),
        (
            "gus",
            "condition",
            "deny condition stated Doors -: It is day",
        ),
        (
            "nick",
            "words",
            "deny words stated Doors -: Come back by day",
        ),
        // Another refusal takes the place of the group's, with its own basis and section.
        (
            "gus",
            "refusal",
            "allow refusal stated Doors At the front: granted by guest",
        ),
        (
            "olga",
            "refusal",
            "deny no_owner inferred Gates -: Owners have other doors",
        ),
        // Rules take the place of everything that decides.
        (
            "gus",
            "rules",
            "allow by_guests stated Gates At the front: granted by guest",
        ),
        (
            "nick",
            "rules",
            "allow by_guests stated Gates At the front: granted by guest",
        ),
        // The first that allows answers; if none does, the first that fits.
        (
            "olga",
            "rules",
            "allow by_owners inferred Doors At the back: granted by owner",
        ),
        ("pia", "rules", "deny by_guests stated Gates -: needs guest"),
        // Rules that each say where they come from leave nothing for the action to say.
        (
            "gus",
            "close",
            "allow closed_by_guests stated Gates -: granted by guest",
        ),
        (
            "pia",
            "close",
            "deny closed_by_guests stated Gates -: needs guest",
        ),
    ] {
        assert_eq!(
            answer(&firm, &Question::new(user, action)),
            expected,
            "{user} {action}"
        );
    }
}

#[test]
fn rules_speak_about_others_or_oneself() {
    let firm = house();
    for (user, action, target, expected) in [
        (
            "olga",
            "greet",
            "gus",
            "allow on_others stated Doors -: granted by owner",
        ),
        (
            "gus",
            "greet",
            "olga",
            "deny on_others stated Doors -: needs owner",
        ),
        (
            "gus",
            "greet",
            "gus",
            "allow on_oneself stated Doors -: granted by guest",
        ),
        (
            "pia",
            "greet",
            "pia",
            "deny on_oneself stated Doors -: needs guest",
        ),
        (
            "pia",
            "carry",
            "gus",
            "allow carry stated Doors -: open to everyone with a seat",
        ),
        (
            "pia",
            "carry",
            "pia",
            "allow carry stated Doors -: open to everyone with a seat",
        ),
        (
            "gus",
            "wave",
            "olga",
            "allow by_anyone stated Doors -: granted by guest",
        ),
        (
            "gus",
            "wave",
            "gus",
            "allow by_anyone stated Doors -: granted by guest",
        ),
        // Words without a condition say what is needed.
        (
            "gus",
            "lead",
            "olga",
            "deny lead stated Doors -: Only owners lead",
        ),
        (
            "olga",
            "lead",
            "gus",
            "allow lead stated Doors -: granted by owner",
        ),
    ] {
        let question = Question::new(user, action).target(target);
        assert_eq!(
            answer(&firm, &question),
            expected,
            "{user} {action} {target}"
        );
    }
}

#[test]
fn facts_of_group_and_action_are_taken_together() {
    let firm = house();
    let smoke = |action: &'static str| Question::new("gus", action).fact("weather", "smoke");
    assert_eq!(
        answer(&firm, &smoke("plain")),
        "deny no_smoke stated Doors -: There is smoke"
    );
    assert_eq!(
        answer(&firm, &smoke("section")),
        "deny no_smoke stated Gates -: There is smoke"
    );
    assert!(firm.ask(&smoke("fact").fact("key", "false")).is_ok());
    assert_eq!(
        answer(&firm, &Question::new("gus", "fact").fact("key", "false")),
        "deny fact stated Doors -: There is no key"
    );
    assert_eq!(
        firm.ask(&Question::new("gus", "plain").fact("key", "true"))
            .unwrap_err()
            .code()
            .name(),
        "unknown-fact"
    );
}

/// If group and action both declare a fact, the action's declaration wins, as with every other key.
#[test]
fn an_action_says_anew_what_its_group_says_of_a_fact() {
    let entry = [
        "{ values: [sun, rain], default: sun }",
        "{ values: [sun, rain], default: rain }",
        "{ values: [sun, rain] }",
    ];
    for shared in entry {
        for own in entry {
            let rules = DOOR.replacen(
                "      open: Open the door\n",
                &format!("      open: {{ title: Open, facts: {{ weather: {own}, key: {{ values: [yes, no], default: no }} }} }}\n      shut: Shut it\n"),
                1,
            );
            let rules = rules.replacen(
                "    allow: owner\n",
                &format!("    allow: owner\n    facts: {{ weather: {shared} }}\n    when: weather == \"sun\"\n    because: It rains\n"),
                1,
            );
            let rulebook = Rulebook::from_texts([("door.yaml", &*rules)]).unwrap();
            let seat = Seat::new("door").role("owner");
            let users = [User::new("olga").seat(seat)];
            let firm = Firm::of_users(&rulebook, "House", users).unwrap();
            for (action, entry) in [("open", own), ("shut", shared)] {
                let silent = firm.answer(&Question::new("olga", action));
                let expected = match entry {
                    entry if entry.contains("default: sun") => Some(true),
                    entry if entry.contains("default: rain") => Some(false),
                    _ => None,
                };
                assert_eq!(silent.ok().map(|answer| answer.is_allowed()), expected);
                for (weather, allowed) in [("sun", true), ("rain", false)] {
                    let question = Question::new("olga", action).fact("weather", weather);
                    assert_eq!(firm.answer(&question).unwrap().is_allowed(), allowed);
                }
                let listed = firm.what_can("olga", None).unwrap();
                let all = listed.actions.iter().chain(&listed.denied);
                let count = all.filter(|ability| *ability.action == *action).count();
                assert_eq!(count, if expected.is_some() { 1 } else { 2 });
            }
            let catalogue = rulebook.catalogue("door").unwrap();
            let facts = |action: usize| -> Vec<&str> {
                let facts = catalogue.actions[action].facts.iter();
                facts.map(|fact| fact.id.as_str()).collect()
            };
            assert_eq!(
                (facts(0), facts(1)),
                (vec!["weather", "key"], vec!["weather"])
            );
        }
    }
}

#[test]
fn a_condition_of_its_own_needs_words_of_its_own() {
    let rules = DOOR.replacen(
        "      open: Open the door\n",
        "      open: { title: Open, when: user.owner }\n",
        1,
    );
    let rules = rules.replacen(
        "    allow: owner\n",
        "    allow: owner\n    when: user.guest\n    because: Guests only\n",
        1,
    );
    let error = Rulebook::from_texts([("door.yaml", &*rules)]).unwrap_err();
    let codes: Vec<&str> = error
        .findings()
        .iter()
        .map(|found| found.code().name())
        .collect();
    assert_eq!(codes, ["when-without-because"]);
}

/// The rulings of an action are numbered through all its rules: a refusal is that of its own.
#[test]
fn a_refusal_of_a_later_rule_is_said_with_its_own_words() {
    let why_not = house().why_not(&Question::new("olga", "bar")).unwrap();
    let refused: Vec<(&str, Vec<(&str, &str)>)> = why_not
        .rules
        .iter()
        .map(|rule| {
            let refusals = rule
                .refusals
                .iter()
                .map(|refusal| (&*refusal.grounds.rule, &*refusal.grounds.reason))
                .collect();
            (&*rule.reason.grounds.rule, refusals)
        })
        .collect();
    let no_owner = ("no_owner", "Owners have other doors");
    assert_eq!(
        refused,
        [
            ("barred_by_guests", vec![]),
            ("barred_by_owners", vec![no_owner])
        ]
    );
}

/// Under a group with rules, a condition or a refusal of an action's own would be tried by nobody if the rules were kept.
#[test]
fn a_clause_of_its_own_takes_the_place_of_the_rules_of_its_group() {
    let refused = |own: &str| {
        let rules = "    rules: [{ rule: by_owners, allow: owner }]\n";
        let text = DOOR.replacen("    allow: owner\n", rules, 1);
        let action = format!("      open: {{ title: Open, {own} }}\n");
        let text = text.replacen("      open: Open the door\n", &action, 1);
        let refusals = "refusals:\n  at_night: { when: user.guest, because: Night }\n\ngrounds:";
        let text = if own.contains("at_night") {
            text.replacen("grounds:", refusals, 1)
        } else {
            text
        };
        match Rulebook::from_texts([("door.yaml", &*text)]) {
            Ok(_) => Vec::new(),
            Err(error) => {
                let codes = error.findings().iter().map(|found| found.code().name());
                codes.collect()
            }
        }
    };
    for own in ["when: user.guest, because: Guests only", "unless: at_night"] {
        assert_eq!(refused(own).first(), Some(&"missing-allow"), "{own}");
        let whole = format!("allow: everyone, {own}");
        assert_eq!(refused(&whole), [""; 0], "{whole}");
    }
}
