//! Facts that follow from a list and have no default: whoever names a thing need not give them.

use super::HUB;
use crate::{Firm, Question, Rulebook};

/// The rules of the hub, in which what follows from lists has no default; one from a list of the whole, and one that is never read.
fn rulebook() -> Rulebook {
    let from = |list: &str| {
        format!("from: {{ list: {list}, open: open, listed: listed, not_listed: not_listed }} }}")
    };
    let fact = |id: &str, list: &str| {
        let from = from(list);
        format!("{id}: {{ values: [open, listed, not_listed], {from}")
    };
    let fork = fact("reading", "repository.read");
    let fork = format!(
        "{fork}\n          unread: {{ values: [open, listed, not_listed], {}",
        from("repository.write")
    );
    let with_default = "reading: { values: [open, listed, not_listed], default: open, from: { list: repository.read, open: open, listed: listed, not_listed: not_listed } }";
    let triage = format!(
        "      triage:\n        title: Triage\n        allow: everyone\n        facts:\n          leading: {}\n        when: leading != \"not_listed\"\n        because: They do not lead\n  - group: Folders\n",
        fact("", "issue.repository.lead").trim_start_matches(": ")
    );
    let text = HUB.replace(with_default, &fork);
    let text = text.replace("  - group: Folders\n", &triage);
    Rulebook::from_texts([("hub.yaml", &*text)]).unwrap()
}

const FIRM: &str = "firm: Two\nusers:\n  - { id: ada, hub: {} }\n  - { id: ben, hub: {} }\nthings:\n  repository:\n    - { id: open }\n    - { id: core, read: ada, lead: ben }\n  issue:\n    - { id: first, repository: core }\n    - { id: second, repository: open }\n    - { id: alone }\n";

#[test]
fn they_follow_from_the_thing_in_every_question() {
    let rulebook = rulebook();
    let firm = Firm::from_text(&rulebook, "firm.yaml", FIRM).unwrap();
    let expected = [
        (
            "fork",
            "repository",
            [("open", true, true), ("core", true, false)].as_slice(),
        ),
        (
            "triage",
            "issue",
            // Of the list of a whole that there is not, nobody is part.
            &[
                ("first", false, true),
                ("second", true, true),
                ("alone", false, false),
            ],
        ),
    ];
    for (action, kind, things) in expected {
        for (number, user) in ["ada", "ben"].into_iter().enumerate() {
            let allowed: Vec<&str> = things
                .iter()
                .filter(|(_, ada, ben)| [*ada, *ben][number])
                .map(|(thing, ..)| *thing)
                .collect();
            for (thing, ..) in things {
                let is_allowed = allowed.contains(thing);
                let question = Question::new(user, action).target(*thing);
                let answer = firm.answer(&question).unwrap();
                assert_eq!(answer.is_allowed(), is_allowed, "{user} {action} {thing}");
                let explained = firm.explain(&question).unwrap();
                assert_eq!(explained.decision.is_allowed(), is_allowed);
                let handle = rulebook.action(None, action).unwrap();
                let of_thing = firm.thing(None, kind, thing).unwrap();
                let by_handles = firm.decide_on(firm.user(user).unwrap(), handle, of_thing);
                assert_eq!(by_handles.unwrap(), answer);
                let who = firm.who_can(&question).unwrap();
                assert_eq!(who.allowed().any(|one| one.user == user), is_allowed);
                let what = firm.what_can_on(user, None, thing).unwrap();
                let all = what.actions.iter().chain(&what.denied);
                let of_action: Vec<_> = all.filter(|one| *one.action == *action).collect();
                assert_eq!((of_action.len(), of_action[0].facts.len()), (1, 0));
                assert_eq!(what.actions.contains(of_action[0]), is_allowed);
            }
            let where_can = firm.where_can(&Question::new(user, action)).unwrap();
            let targets: Vec<&str> = where_can.allowed().map(|one| one.target).collect();
            assert_eq!(targets, allowed, "{user} {action}");
            let what = firm.what_can(user, None).unwrap();
            let mut all = what.actions.iter().chain(&what.denied);
            let of_action = all.find(|one| *one.action == *action).unwrap();
            assert_eq!(of_action.things.as_ref().unwrap().count, allowed.len());
        }
    }
}

#[test]
fn whoever_names_no_thing_has_to_give_them() {
    let rulebook = rulebook();
    let firm = Firm::from_text(&rulebook, "firm.yaml", FIRM).unwrap();
    let question = Question::new("ada", "triage");
    assert_eq!(
        firm.ask(&question).unwrap_err().code().name(),
        "missing-fact"
    );
    let listed = question.clone().fact("leading", "listed");
    assert!(firm.ask(&listed).unwrap().is_allowed());
    // What the question says comes before what the firm says.
    let overlaid = listed.target("first");
    assert!(firm.ask(&overlaid).unwrap().is_allowed());
}

/// A user, a thing, what the question says, and whether it is allowed.
type FactCase = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    bool,
);

#[test]
fn they_follow_from_what_the_question_says_of_the_list() {
    for rulebook in [rulebook(), super::rulebook()] {
        let firm = Firm::from_text(&rulebook, "firm.yaml", FIRM).unwrap();
        let cases: [FactCase; 8] = [
            ("ada", "core", &[], true),
            ("ada", "core", &[("repository.read", "false")], false),
            ("ben", "core", &[("repository.read", "true")], true),
            ("ben", "core", &[("repository.admin", "true")], true),
            ("ben", "core", &[("repository.admin", "false")], false),
            ("ben", "open", &[("repository.read", "false")], false),
            (
                "ben",
                "new",
                &[("repository.write", "true"), ("repository.read", "false")],
                true,
            ),
            (
                "ben",
                "core",
                &[("reading", "listed"), ("repository.read", "false")],
                true,
            ),
        ];
        for (user, thing, facts, allowed) in cases {
            // What is given last does not matter.
            for backwards in [false, true] {
                let mut facts = facts.to_vec();
                if backwards {
                    facts.reverse();
                }
                let question = Question::new(user, "fork").target(thing);
                let question = facts.iter().fold(question, |question, (name, value)| {
                    question.fact(*name, *value)
                });
                let answer = firm.answer(&question).unwrap();
                assert_eq!(answer.is_allowed(), allowed, "{question:?}");
            }
        }
    }
}
