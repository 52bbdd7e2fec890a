mod documented;
mod even;
mod only;
mod schemas;
mod session;
mod strict;
mod subjects;
mod suites;

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use super::questions::WORDS;
use super::{AccessRequest, Reply, Request, Session, World};
use crate::fixtures::{SuiteBench, Suites};
use crate::{Change, Firm, Rulebook};

/// Requests of every kind, with a yes and a no where there are both.
const REQUESTS: &[&str] = &[
    r#"{"user":"wren","action":"create_bill"}"#,
    r#"{"id":[1,{"two":null}],"v":1,"product":"manage","user":"tomas","action":"edit_user_profile","target":"wren"}"#,
    r#"{"user":"wren","action":"open_matter","facts":{"matter_access":"not_listed"}}"#,
    r#"{"ask":"can","user":"nadia","action":"create_bill","target":null}"#,
    r#"{"ask":"explain","user":"wren","action":"create_bill"}"#,
    r#"{"ask":"explain","user":"wren","action":"view_firm_feed"}"#,
    r#"{"ask":"explain","user":"hugo","action":"create_bill"}"#,
    r#"{"ask":"why_not","user":"tomas","action":"edit_user_profile","target":"nadia"}"#,
    r#"{"ask":"why_not","user":"bea","action":"create_bill"}"#,
    r#"{"ask":"why_not","user":"nadia","action":"create_bill"}"#,
    r#"{"user":"tomas","change":"grant","role":"billing","target":"wren"}"#,
    r#"{"user":"tomas","change":"set_visibility","setting":"billing_rate_visibility","value":"own","target":"wren"}"#,
    r#"{"user":"tomas","change":"grant","role":"billing","target":"nadia"}"#,
    r#"{"id":"b","user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"},{"change":"revoke","role":"reports","target":"otto"}]}"#,
    r#"{"user":"tomas","parts":[{"change":"grant","role":"billing","target":"tomas"}]}"#,
    r#"{"ask":"apply","user":"tomas","change":"grant","role":"billing","target":"wren"}"#,
    r#"{"ask":"apply","user":"tomas","parts":[{"change":"grant","role":"billing","target":"tomas"}]}"#,
    r#"{"ask":"who_can","action":"create_bill"}"#,
    r#"{"ask":"who_can","action":"edit_user_profile","target":"nadia"}"#,
    r#"{"ask":"who_can","product":"manage","action":"create_bill","after":"tomas","limit":3}"#,
    r#"{"ask":"who_can","action":"create_bill","only":["wren","nadia"]}"#,
    r#"{"ask":"what_can","user":"otto"}"#,
    r#"{"ask":"what_can","product":"manage","user":"tomas"}"#,
    r#"{"ask":"what_can","user":"hugo"}"#,
    r#"{"ask":"where_can","user":"tomas","action":"edit_user_profile"}"#,
    r#"{"ask":"where_can","product":"manage","user":"tomas","action":"edit_user_profile","after":"tomas","limit":3}"#,
    r#"{"ask":"where_can","user":"hugo","action":"edit_user_profile"}"#,
    r#"{"ask":"simulate","user":"wren","changes":[{"grant":"billing"},{"set":"billing_rate_visibility","value":"own"}]}"#,
    r#"{"ask":"simulate","product":"manage","user":"tomas","changes":[{"change":"transfer_ownership"}],"by":"nadia"}"#,
    r#"{"ask":"simulate","user":"wren","changes":[{"revoke":"reports"},{"words":"revoke reports of otto"}],"by":"otto"}"#,
    r#"{"ask":"simulate","user":"nadia","changes":[{"change":"grant","role":"billing","target":"nadia"}]}"#,
    r#"{"ask":"simulate","user":"wren","changes":[{"change":"set_visibility","setting":"billing_rate_visibility","value":"none"}]}"#,
    r#"{"ask":"how_can","user":"wren","action":"create_bill"}"#,
    r#"{"ask":"how_can","user":"hugo","action":"create_bill"}"#,
    r#"{"ask":"access"}"#,
    r#"{"ask":"access","product":"grow","after":"nadia","limit":2}"#,
    r#"{"ask":"access","product":"grow","only":["wren","nadia"]}"#,
    r#"{"ask":"matrix","product":"grow"}"#,
    r#"{"ask":"review"}"#,
    r#"{"ask":"review","only":["wren"],"old":"spring"}"#,
    r#"{"user":"tomas","action":"view_reports"}"#,
    r#"{"ask":"review","product":"grow","old":"spring"}"#,
    r#"{"ask":"diff","old":"before"}"#,
    r#"{"ask":"diff","old":"before","new":"before"}"#,
    r#"{"ask":"diff_firm","old":"spring"}"#,
    r#"{"ask":"diff_firm","old":{"firm.yaml":"firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]"},"new":{"firm.yaml":"firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]"}}"#,
    r#"{"ask":"prove","promises":{"mine.yaml":"product: grow\nproperties: {admins_invite: {title: Admins invite, whoever: {holds: admin}, can: invite_users}}"}}"#,
    r#"{"ask":"test","fixtures":"ours"}"#,
    r#"{"ask":"test","fixtures":{"a.yaml":"suite: A\nproduct: grow\nfirm: firm.yaml\ntests: [{test: T, actions: view_reports, allow: [ada, bo]}, {test: U, users: ada, actions: view_reports, skip: not now, deny: ada}]","firm.yaml":"firm: One\nusers: [{id: ada, grow: {roles: [normal]}}, {id: bo, grow: {roles: [admin]}}]"},"filter":"view_reports"}"#,
    r#"{"ask":"check"}"#,
    r#"{"ask":"catalogue","product":"grow"}"#,
];

/// Requests that cannot be asked.
const REFUSED: &[&str] = &[
    r#"{"id":7,"user":"wern","action":"create_bill"}"#,
    r#"{"ask":"who_kan","action":"create_bill"}"#,
    r#"{"v":2,"user":"wren","action":"create_bill"}"#,
    r#"{"ask":"what_can","user":"wren","product":"mange"}"#,
    "[]",
    "nonsense",
    r#"{"ask":"where_can","user":"wren","action":"create_bill"}"#,
    r#"{"ask":"where_can","user":"wren","action":"edit_user_profile","after":"wern"}"#,
    r#"{"ask":"diff","old":"befor"}"#,
    r#"{"ask":"diff","old":{"a.yaml":"product: 1\nnothing: 2","b.yaml":"[]"}}"#,
    r#"{"ask":"diff_firm","old":{"a.yaml":"","b.yaml":""}}"#,
    r#"{"ask":"access","product":"mange"}"#,
    r#"{"ask":"test","fixtures":"theirs"}"#,
    r#"{"ask":"test","fixtures":{"a.yaml":"suite: A"}}"#,
    r#"{"ask":"review","product":"mange"}"#,
    r#"{"ask":"review","only":[]}"#,
    r#"{"ask":"who_can","action":"create_bill","only":["wern"]}"#,
    r#"{"user":"Wren Abernathy","action":"create_bill"}"#,
    r#"{"ask":"simulate","user":"wren","changes":[]}"#,
    r#"{"ask":"simulate","user":"wren","changes":[{}]}"#,
    r#"{"ask":"simulate","user":"wren","changes":[{"grant":"billing","revoke":"billing"}]}"#,
    r#"{"ask":"simulate","user":"wren","changes":[{"grant":"billing","target":"otto"}]}"#,
    r#"{"ask":"simulate","user":"wren","changes":[{"set":"billing_rate_visibility"}]}"#,
];

/// A firm, and what requests compare it with.
struct Example {
    firm: Firm,
    spring: Firm,
    before: Rulebook,
    bench: SuiteBench<'static>,
}

impl Example {
    fn new() -> Self {
        let firm = example();
        let grant = Change::new("tomas", "grant").role("billing").target("wren");
        let spring = firm.apply(&grant).unwrap().firm;
        let open = "firm_feed_is_open || user.administrator";
        let texts = crate::load::builtin::RULES.iter();
        let texts: Vec<(&str, String)> = texts
            .map(|(name, text)| (*name, text.replace(open, "user.administrator")))
            .collect();
        let texts = texts.iter().map(|(name, text)| (*name, text.as_str()));
        let ours = "suite: Ours\nproduct: grow\nfirm: firm.yaml\ntests: [{test: Admins report, users: ada, actions: view_reports, allow: ada}]";
        let ones = "firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]";
        let ours = Suites::from_texts([("ours.yaml", ours), ("firm.yaml", ones)]).unwrap();
        Self {
            firm,
            spring,
            before: Rulebook::from_texts(texts).unwrap(),
            bench: SuiteBench::default().with("ours", Box::leak(Box::new(ours))),
        }
    }

    fn world(&self) -> World<'_> {
        World::new(&self.firm)
            .with_firm("spring", &self.spring)
            .with_rules("before", &self.before)
            .with_tests(&self.bench)
    }

    fn session(&self) -> Session<'_> {
        Session::new(self.world())
    }
}

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

#[test]
fn every_question_is_tried() {
    let words: BTreeSet<&str> = REQUESTS
        .iter()
        .map(|json| Request::from_json(json).unwrap().body.word())
        .collect();
    assert_eq!(words, WORDS.iter().copied().collect());
}

#[test]
fn a_request_written_by_the_types_is_the_request_that_was_read() {
    for json in REQUESTS {
        let request = Request::from_json(json).unwrap();
        let written = serde_json::to_string(&request).unwrap();
        assert_eq!(Request::from_json(&written).unwrap(), request, "{json}");
        assert_eq!(serde_json::from_str::<Request>(json).unwrap(), request);
    }
}

#[test]
fn types_and_text_reply_the_same_and_replies_are_read_back() {
    let example = Example::new();
    let (mut yes, mut no) = (BTreeSet::new(), BTreeSet::new());
    for json in REQUESTS {
        let request = Request::from_json(json).unwrap();
        let reply = example.session().answer(&request);
        let text = parsed(&example.session().answer_text(json));
        let mut typed = serde_json::to_value(&reply).unwrap();
        // What the types leave out comes back as it was written.
        for (key, value) in parsed(json).as_object().unwrap() {
            typed
                .as_object_mut()
                .unwrap()
                .entry(key)
                .or_insert(value.clone());
        }
        assert_eq!(text, typed, "{json}");
        assert_eq!(
            serde_json::from_value::<Reply>(text).unwrap(),
            reply,
            "{json}"
        );
        let word = request.body.word();
        if reply.is_yes() {
            yes.insert(word)
        } else {
            no.insert(word)
        };
        let mut more = serde_json::to_value(&reply).unwrap();
        more["added_later"] = json!([1]);
        assert_eq!(
            serde_json::from_value::<Reply>(more).unwrap(),
            reply,
            "{json}"
        );
    }
    for word in [
        "can",
        "explain",
        "why_not",
        "change",
        "bulk",
        "apply",
        "who_can",
        "what_can",
        "where_can",
    ] {
        assert!(yes.contains(word), "no yes of {word}");
    }
    for word in [
        "can",
        "explain",
        "why_not",
        "change",
        "bulk",
        "apply",
        "what_can",
        "where_can",
    ] {
        assert!(no.contains(word), "no no of {word}");
    }
}

#[test]
fn what_cannot_be_asked_is_no_answer() {
    let example = Example::new();
    let world = example.world();
    for json in REFUSED {
        let text = world.answer_text(json);
        let reply: Reply = serde_json::from_str(&text).unwrap();
        assert!(!reply.is_yes());
        let error = reply.clone().answer().unwrap_err();
        assert!(!error.error.code.is_empty(), "{text}");
        assert_eq!(serde_json::to_value(&reply).unwrap(), parsed(&text));
        if let Ok(request) = Request::from_json(json) {
            assert_eq!(world.answer(&request), reply);
            assert_eq!(error.id, request.id);
        }
    }
}

#[test]
fn every_entry_of_a_request_comes_back_as_it_was_written() {
    let firm = example();
    let json = r#"{ "id": [1.0, {"a": 1e3}], "target": null, "action": "view_firm_feed", "user": "wr\u0065n" }"#;
    let reply = World::new(&firm).answer_text(json);
    let start = r#"{"id":[1.0, {"a": 1e3}],"target":null,"action":"view_firm_feed","user":"wr\u0065n","product":"manage","yes":true,"decision":"allow","#;
    assert_eq!(reply.get(..start.len()), Some(start));
}

/// What stands in the lists of a reply.
fn listed(reply: &Value, lists: &[&str]) -> Vec<Vec<Value>> {
    let list = |key: &&str| reply[key].as_array().unwrap().clone();
    lists.iter().map(list).collect()
}

#[test]
fn pages_together_are_the_whole() {
    let firm = example();
    let world = World::new(&firm);
    for (question, lists) in [
        (
            json!({"ask": "who_can", "action": "create_bill"}),
            &["allowed", "denied"][..],
        ),
        (
            json!({"ask": "where_can", "user": "tomas", "action": "edit_user_profile"}),
            &["allowed"],
        ),
    ] {
        let asked = |request: &Value| parsed(&world.answer_text(&request.to_string()));
        let whole = listed(&asked(&question), lists);
        let count: usize = whole.iter().map(Vec::len).sum();
        assert!(count > 10, "{question}");
        for limit in [1, 2, 5, count, 99] {
            let mut pages = vec![Vec::new(); lists.len()];
            let mut request = question.clone();
            request["limit"] = json!(limit);
            let mut left = count;
            loop {
                let page = asked(&request);
                let some = listed(&page, lists);
                let length = some.iter().map(Vec::len).sum::<usize>();
                assert_eq!(length, limit.min(left), "{request}");
                left -= length;
                for (all, some) in pages.iter_mut().zip(some) {
                    all.extend(some);
                }
                match page.get("next") {
                    Some(next) => request["after"] = next.clone(),
                    None => break,
                }
            }
            assert_eq!((pages, left), (whole.clone(), 0));
        }
    }
}

#[test]
fn the_product_of_the_world_is_meant_where_none_is_named() {
    let firm = example();
    let world = World::new(&firm).product("grow");
    let of = |json: &str| parsed(&world.answer_text(json));
    assert_eq!(
        of(r#"{"user":"wren","action":"use_tasks"}"#)["product"],
        "grow"
    );
    assert_eq!(of(r#"{"ask":"what_can","user":"wren"}"#)["product"], "grow");
    assert_eq!(
        of(r#"{"user":"wren","action":"create_bill"}"#)["error"]["code"],
        "unknown-action"
    );
    assert_eq!(
        of(r#"{"product":"manage","user":"wren","action":"create_bill"}"#)["decision"],
        "deny"
    );
}

#[test]
fn a_change_of_a_simulation_is_exactly_one() {
    let firm = example();
    let error = |change: &str| {
        let json = format!(
            r#"{{"ask":"simulate","user":"wren","changes":[{{"grant":"billing"}},{change}]}}"#
        );
        parsed(&World::new(&firm).answer_text(&json))["error"].clone()
    };
    let none = error("{}");
    assert_eq!(none["code"], "not-one-change");
    assert!(
        none["message"]
            .as_str()
            .unwrap()
            .ends_with("this one has none of them, in change 2")
    );
    assert_eq!(
        error(r#"{"grant":"billing","words":"grant billing"}"#)["code"],
        "not-one-change"
    );
    assert_eq!(
        error(r#"{"grant":"billing","role":"billing"}"#)["code"],
        "unknown-key"
    );
    assert_eq!(
        error(r#"{"set":"billing_rate_visibility"}"#)["code"],
        "missing-key"
    );
}

#[test]
fn a_source_is_loaded_by_name_or_brought_along() {
    let example = Example::new();
    let of = |json: &str| parsed(&example.world().answer_text(json));
    let code = |json: &str| of(json)["error"]["code"].clone();
    assert_eq!(code(r#"{"ask":"diff","old":"befor"}"#), "unknown-source");
    assert_eq!(code(r#"{"ask":"diff_firm","old":{}}"#), "not-one-text");
    let many = of(r#"{"ask":"diff","old":{"a.yaml":"product: 1\nnothing: 2"}}"#);
    assert!(!many["more"].as_array().unwrap().is_empty(), "{many}");
    let place = many["error"]["place"].as_str().unwrap();
    assert!(place.starts_with("a.yaml:"), "{many}");
    let different = of(r#"{"ask":"diff","old":"before"}"#);
    assert_eq!(
        (&different["yes"], &different["equal"]),
        (&json!(false), &json!(false))
    );
}

#[test]
fn rows_that_are_written_while_they_are_made_are_the_reply() {
    let firm = example();
    for world in [World::new(&firm), World::new(&firm).product("grow")] {
        let request = AccessRequest::default();
        let rows = serde_json::to_value(request.written_row_by_row(&world).unwrap()).unwrap();
        let reply = world.answer(&Request::new(request.clone()));
        assert_eq!(rows, serde_json::to_value(reply).unwrap());
    }
}
