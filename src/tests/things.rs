//! Rules over things: every way to ask, beside what a plain reading of the firm file says.

mod changes;
mod columns;
mod compared;
mod disabled;
mod everything;
mod handles;
mod model;
mod plans;
mod reviewed;
mod steps;
mod taken;

use pretty_assertions::assert_eq;

use crate::direct::Direct;
use crate::protocol::{Request, World};
use crate::tests::dice::cases;
use crate::{Firm, Question, Rulebook};
use model::{FirmModel, ThingModel};

const HUB: &str = include_str!("things/hub.yaml");

/// The actions, each with the kind of thing that it is done to.
const ACTIONS: [(&str, &str); 7] = [
    ("look", "repository"),
    ("push", "repository"),
    ("audit", "repository"),
    ("fork", "repository"),
    ("close", "issue"),
    ("reopen", "issue"),
    ("browse", "folder"),
];

fn rulebook() -> Rulebook {
    Rulebook::from_texts([("hub.yaml", HUB)]).unwrap()
}

/// Every question about a thing of the firm, with the answer of the model.
fn questions(model: &FirmModel) -> Vec<(Question<'_>, &'static str, &ThingModel, bool)> {
    let mut all = Vec::new();
    for person in &model.people {
        for (action, kind) in ACTIONS {
            for thing in &model.things[kind] {
                let question = Question::new(&*person.id, action).target(&*thing.id);
                let allows = model.allows(&person.id, action, Some(thing));
                all.push((question, kind, thing, allows));
            }
        }
    }
    all
}

#[test]
fn every_way_to_ask_about_a_thing_says_what_a_plain_reading_says() {
    let rulebook = rulebook();
    let direct = Direct::from_texts([("hub.yaml", HUB)]).unwrap();
    let (mut allowed, mut denied) = (0, 0);
    for seed in 0..cases(12, 60) {
        let model = FirmModel::by_chance(seed);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let world = World::new(&firm);
        for (question, kind, thing, allows) in questions(&model) {
            let words = format!("{seed}: {question:?} in {}", model.text());
            let answer = firm.answer(&question).unwrap();
            assert_eq!(answer.is_allowed(), allows, "{words}");
            assert_eq!(direct.ask(&firm, &question).unwrap().is_yes(), allows);
            let [user, action] = [&question.user, &question.action].map(|word| word.to_string());
            let handle = rulebook.action(None, &action).unwrap();
            let of_thing = firm.thing(None, kind, &thing.id).unwrap();
            let by_handles = firm.decide_on(firm.user(&user).unwrap(), handle, of_thing);
            assert_eq!(by_handles.unwrap(), answer);
            let explained = firm.explain(&question).unwrap();
            assert_eq!(explained.decision.is_allowed(), allows);
            let line = serde_json::to_string(&question).unwrap();
            let reply = world
                .try_answer(&Request::from_json(&line).unwrap())
                .unwrap();
            assert_eq!(serde_json::to_value(reply).unwrap()["yes"], allows);
            let why_not = firm.why_not(&question).unwrap();
            assert_eq!(why_not.decision.is_allowed(), allows);
            allowed += usize::from(allows);
            denied += usize::from(!allows);
        }
    }
    assert!(
        allowed > cases(500, 2_000) && denied > cases(500, 2_000),
        "{allowed} {denied}"
    );
}

/// How many questions about things are allowed and denied, and those about which tables, scripts and a plain reading differ. Every
/// seventh question is asked where not all cases are.
fn compared(model: &FirmModel, firm: &Firm, direct: &Direct) -> ([usize; 2], Vec<String>) {
    let (mut counts, mut differing) = ([0; 2], Vec::new());
    for (question, kind, thing, allows) in questions(model).into_iter().step_by(cases(7, 1)) {
        let user = firm.user(&question.user).unwrap();
        let action = firm.rulebook().action(None, &question.action).unwrap();
        let of_thing = firm.thing(None, kind, &thing.id).unwrap();
        let by_names = firm.answer(&question).unwrap();
        let by_handles = firm.decide_on(user, action, of_thing).unwrap();
        let by_scripts = direct.ask(firm, &question).unwrap();
        let agree = by_names.is_allowed() == allows
            && by_handles == by_names
            && by_scripts.is_yes() == allows
            && by_scripts.rules() == [by_names.rule()];
        if !agree {
            differing.push(format!("{question:?} {thing:?}: {allows} {by_scripts:?}"));
        }
        counts[usize::from(!allows)] += 1;
    }
    (counts, differing)
}

#[test]
fn every_person_may_do_to_every_thing_what_scripts_and_a_plain_reading_say() {
    let rulebook = rulebook();
    let direct = Direct::from_texts([("hub.yaml", HUB)]).unwrap();
    for guests_look in [false, true].into_iter().take(cases(1, 2)) {
        let model = FirmModel::of_everything(guests_look);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let ([allowed, denied], differing) = compared(&model, &firm, &direct);
        assert_eq!(differing, Vec::<String>::new());
        let least = cases(4_000, 30_000);
        assert!(allowed > least && denied > least, "{allowed} {denied}");
        // Smaller firms are enough where not all cases are tried: the test of lists has many.
        if cases(false, true) {
            lists_are_those_of_asking_one_by_one(&model, &firm, "everything");
        }
    }
}

/// Each rule about things, turned in the scripts alone, is noticed; so the comparison sees every one of them.
#[test]
fn a_rule_about_things_that_is_turned_is_noticed() {
    let rulebook = rulebook();
    let turned = [
        (
            "repository.archived && !repository.lead",
            "repository.archived",
        ),
        ("!guests_look && !repository.admin", "!guests_look"),
        ("admin: { brings: write }", "admin: {}"),
        ("[repository.read, owner]", "[repository.write, owner]"),
        (
            "user.office == repository.office",
            "user.office != repository.office",
        ),
        ("reading != \"not_listed\"", "reading == \"listed\""),
        ("issue.state != \"locked\"", "issue.state != \"open\""),
        ("issue.repository.write]", "issue.repository.read]"),
        ("[owner, issue.repository.lead]", "owner"),
        (", folder.folder.folder.view]", "]"),
    ];
    let model = FirmModel::of_everything(false);
    let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
    for (from, to) in turned.into_iter().step_by(cases(4, 1)) {
        let other = HUB.replacen(from, to, 1);
        assert_ne!(other, HUB, "{from}");
        let direct = Direct::from_texts([("hub.yaml", &*other)]).unwrap();
        let (_, differing) = compared(&model, &firm, &direct);
        assert!(!differing.is_empty(), "{from} as {to}");
    }
}

#[test]
fn lists_over_people_things_and_actions_are_those_of_asking_one_by_one() {
    let rulebook = rulebook();
    for seed in 60..90 {
        let model = FirmModel::by_chance(seed);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        lists_are_those_of_asking_one_by_one(&model, &firm, &seed.to_string());
    }
}

fn lists_are_those_of_asking_one_by_one(model: &FirmModel, firm: &Firm, seed: &str) {
    for (action, kind) in ACTIONS {
        let things = &model.things[kind];
        for thing in things {
            let question = Question::of_everybody(action).target(&*thing.id);
            let who = firm.who_can(&question).unwrap();
            let got: Vec<&str> = who.allowed().map(|allowed| allowed.user).collect();
            let people = model.people.iter().map(|person| &*person.id);
            let expected: Vec<&str> = people
                .filter(|user| model.allows(user, action, Some(thing)))
                .collect();
            assert_eq!(got, expected, "{seed}: {action} {}", thing.id);
        }
        for person in &model.people {
            let where_can = firm.where_can(&Question::new(&*person.id, action)).unwrap();
            let got: Vec<&str> = where_can.allowed().map(|allowed| allowed.target).collect();
            let expected: Vec<&str> = things
                .iter()
                .filter(|thing| model.allows(&person.id, action, Some(thing)))
                .map(|thing| &*thing.id)
                .collect();
            assert_eq!(got, expected, "{seed}: {} {action}", person.id);
            let what = firm.what_can(&person.id, None).unwrap();
            let all = what.actions.iter().chain(&what.denied);
            let of_action = all.filter(|ability| *ability.action == *action);
            let things = of_action.filter_map(|ability| ability.things.as_ref());
            let counts: Vec<usize> = things.map(|things| things.count).collect();
            assert_eq!(counts, [expected.len()], "{seed}: {} {action}", person.id);
        }
    }
    for person in &model.people {
        for (kind, things) in &model.things {
            for thing in things {
                let what = firm.what_can_on(&person.id, None, &thing.id).unwrap();
                let got: Vec<&str> = what.actions.iter().map(|one| &*one.action).collect();
                let of_kind = ACTIONS.iter().filter(|(_, of)| of == kind);
                let expected: Vec<&str> = of_kind
                    .map(|(action, _)| *action)
                    .filter(|action| model.allows(&person.id, action, Some(thing)))
                    .collect();
                assert_eq!(got, expected, "{seed}: {} {}", person.id, thing.id);
            }
        }
    }
}

/// What would have to differ leads to an allow, when the question says so.
#[test]
fn what_is_missing_of_a_thing_is_enough_when_the_question_brings_it() {
    let rulebook = rulebook();
    let mut tried = 0;
    for seed in 0..cases(5, 20) {
        let model = FirmModel::by_chance(seed);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        for (question, ..) in questions(&model) {
            let everybody = Question {
                user: "".into(),
                ..question.clone()
            };
            let who = firm.who_can(&everybody).unwrap();
            let denied = who.denied().find(|denied| *denied.user == *question.user);
            let missing = denied.map(|denied| denied.missing).unwrap_or_default();
            let is_of_thing = |one: &&crate::MissingInput| {
                one.parts
                    .name
                    .as_deref()
                    .is_some_and(|name| name.contains('.'))
            };
            if missing.is_empty() || !missing.iter().all(|one| is_of_thing(&one)) {
                continue;
            }
            let with = missing.iter().fold(question.clone(), |question, one| {
                question.fact(one.input.clone(), one.to.clone())
            });
            assert!(firm.ask(&with).unwrap().is_allowed(), "{with:?}");
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_thing_that_the_firm_does_not_have_is_judged_by_what_the_question_brings() {
    let rulebook = rulebook();
    let model = FirmModel::by_chance(3);
    let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
    for person in &model.people {
        let ask = |facts: &[(&'static str, &'static str)]| {
            let question = Question::new(&*person.id, "push").target("nowhere");
            let question = facts.iter().fold(question, |question, (fact, value)| {
                question.fact(*fact, *value)
            });
            firm.ask(&question)
        };
        let on_it = [("repository.write", "true")];
        let silent = ThingModel::default();
        let may_enter = model.may_enter(&person.id);
        assert_eq!(ask(&on_it).unwrap().is_allowed(), may_enter);
        let archived = [
            ("repository.write", "true"),
            ("repository.archived", "true"),
        ];
        assert!(!ask(&archived).unwrap().is_allowed());
        let of_admins = ask(&[("repository.admin", "false")]).unwrap();
        assert_eq!(
            of_admins.is_allowed(),
            model.allows(&person.id, "push", Some(&silent))
        );
        assert_eq!(ask(&[]).unwrap_err().code().name(), "unknown-thing");
        let nothing = firm.ask(&Question::new(&*person.id, "push"));
        assert_eq!(nothing.unwrap_err().code().name(), "missing-thing");
        // What follows from a list can be given alone.
        let fork = Question::new(&*person.id, "fork");
        assert_eq!(firm.ask(&fork).unwrap().is_allowed(), may_enter);
        let fork = fork.fact("reading", "not_listed");
        assert!(!firm.ask(&fork).unwrap().is_allowed());
    }
}

#[test]
fn facts_of_the_question_come_before_what_the_firm_says() {
    let rulebook = rulebook();
    let text = "firm: One\nusers:\n  - { id: ada, hub: {} }\nthings:\n  repository:\n    - { id: core, write: ada, archived: true }\n  issue:\n    - { id: first, repository: core }\n";
    let firm = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let push = Question::new("ada", "push").target("core");
    assert!(!firm.ask(&push).unwrap().is_allowed());
    let open = push.clone().fact("repository.archived", "false");
    assert!(firm.ask(&open).unwrap().is_allowed());
    let out = open.fact("repository.write", "false");
    assert!(!firm.ask(&out).unwrap().is_allowed());
    // Who does not read does not write either, unless the question says so.
    let reader = push.clone().fact("repository.archived", "false");
    let stranger = reader.clone().fact("repository.read", "false");
    assert!(!firm.ask(&stranger).unwrap().is_allowed());
    let odd = stranger.fact("repository.write", "true");
    assert!(firm.ask(&odd).unwrap().is_allowed());
    let close = Question::new("ada", "close").target("first");
    assert!(firm.ask(&close).unwrap().is_allowed());
    assert!(
        !firm
            .ask(&close.fact("issue.repository.write", "false"))
            .unwrap()
            .is_allowed()
    );
}

#[test]
fn a_firm_with_things_is_written_as_it_is_read() {
    let rulebook = rulebook();
    let mut states = std::collections::BTreeSet::new();
    for seed in 0..cases(10, 40) {
        let text = FirmModel::by_chance(seed).text();
        let firm = Firm::from_text(&rulebook, "firm.yaml", &text).unwrap();
        let again = Firm::from_text(&rulebook, "again.yaml", &firm.to_yaml()).unwrap();
        assert_eq!(firm.to_yaml(), again.to_yaml());
        let groups = |firm: &Firm| -> Vec<(String, crate::firm::groups::ListEntries)> {
            let groups = firm.things.groups.iter();
            groups
                .map(|(id, entries)| (id.to_owned(), entries.clone()))
                .collect()
        };
        assert_eq!(groups(&firm), groups(&again), "{text}");
        assert!(firm.things == again.things, "{seed}");
        assert!(firm == again, "{seed}");
        assert_eq!(firm.state(), again.state());
        assert!(states.insert(firm.state()), "{seed}");
        assert_eq!(firm.to_yaml(), again.to_yaml());
    }
}

#[test]
fn names_without_a_kind_say_which_kinds_have_them() {
    let rulebook = rulebook();
    let text = "firm: One\nusers:\n  - { id: ada, hub: {} }\nthings:\n  repository: [{ id: core }, { id: 'issue:core' }]\n  issue: [{ id: core }]\n";
    let firm = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let error = firm.what_can_on("ada", None, "core").unwrap_err();
    assert_eq!(error.code().name(), "ambiguous-thing");
    assert_eq!(error.help(), Some("write the kind before it: `issue:core`"));
    let actions = |thing| {
        let what = firm.what_can_on("ada", None, thing).unwrap();
        what.actions.len() + what.denied.len()
    };
    assert_eq!((actions("repository:core"), actions("issue:core")), (4, 4));
    let unknown = firm.what_can_on("ada", Some("hub"), "cores").unwrap_err();
    assert_eq!(unknown.code().name(), "unknown-thing");
    assert_eq!(unknown.help(), Some("did you mean `core`?"));
    let kind = firm.thing(None, "repo", "core").unwrap_err();
    assert_eq!(kind.code().name(), "unknown-kind");
    let other = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let (ada, push) = (
        firm.user("ada").unwrap(),
        rulebook.action(None, "push").unwrap(),
    );
    let foreign = firm.decide_on(ada, push, other.thing(None, "repository", "core").unwrap());
    assert_eq!(foreign.unwrap_err().code().name(), "foreign-handle");
    let of_another_kind = firm.decide_on(ada, push, firm.thing(None, "issue", "core").unwrap());
    assert_eq!(of_another_kind.unwrap_err().code().name(), "missing-thing");
}
