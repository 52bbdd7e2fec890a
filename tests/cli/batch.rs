use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::program::{EXAMPLE, Folder, in_file, in_manage};

/// The answers to these lines, and the exit code.
#[track_caller]
pub(crate) fn batch(lines: impl AsRef<[u8]>) -> (i32, Vec<Value>) {
    let folder = Folder::new();
    let done = folder.run(["batch"]).stdin(lines).done();
    assert_eq!(done.stderr, EXAMPLE);
    (done.status, done.lines())
}

/// The one answer to one line that can be asked.
#[track_caller]
fn answer(line: &str) -> Value {
    let (status, mut answers) = batch(line);
    assert_eq!((status, answers.len()), (0, 1), "{answers:?}");
    answers.remove(0)
}

/// Code and message of the one error that one line comes to.
#[track_caller]
pub(crate) fn error(line: impl AsRef<[u8]>) -> (String, String) {
    let (status, answers) = batch(line);
    assert_eq!((status, answers.len()), (2, 1), "{answers:?}");
    let error = &answers[0]["error"];
    let text = |key: &str| error[key].as_str().unwrap().to_owned();
    (text("code"), text("message"))
}

#[track_caller]
pub(crate) fn is_error(line: &str, code: &str, message: &str) {
    assert_eq!(error(line), (code.to_owned(), message.to_owned()));
}

#[test]
fn a_question_comes_back_with_its_answer() {
    assert_eq!(
        answer(r#"{"product":"manage","user":"wren","action":"create_bill"}"#),
        json!({
            "product": "manage",
            "user": "wren",
            "action": "create_bill",
            "yes": false,
            "decision": "deny",
            "basis": "stated",
            "rule": "create_bill",
            "reason": "needs billing",
            "place": in_manage("create_bill:"),
            "section": "Change user permissions in Clio Manage",
            "needs": ["billing"],
        })
    );
}

#[test]
fn keys_come_back_in_their_order_and_as_they_were_written() {
    let folder = Folder::new();
    let line = r#"{ "id": [1.0, {"a": 1e3}], "target": null, "action": "view_firm_feed", "user": "wr\u0065n" }"#;
    let done = folder.run(["batch"]).stdin(line).done();
    let start = r#"{"id":[1.0, {"a": 1e3}],"target":null,"action":"view_firm_feed","user":"wr\u0065n","product":"manage","yes":true,"decision":"allow","#;
    assert_eq!(done.stdout.get(..start.len()), Some(start));
}

#[test]
fn targets_and_facts_are_given_where_the_action_has_them() {
    let target = answer(r#"{"user":"tomas","action":"edit_user_profile","target":"wren"}"#);
    assert_eq!(target["decision"], "allow");
    assert_eq!(target["where"], "Settings > Manage Users > the user");
    let listed =
        answer(r#"{"user":"wren","action":"open_matter","facts":{"matter_access":"listed"}}"#);
    assert_eq!(listed["decision"], "allow");
    assert_eq!(listed["facts"], json!({"matter_access": "listed"}));
}

#[test]
fn a_change_comes_back_with_its_verdict() {
    assert_eq!(
        answer(
            r#"{"product":"manage","user":"tomas","change":"grant","role":"billing","target":"wren"}"#
        ),
        json!({
            "product": "manage",
            "user": "tomas",
            "change": "grant",
            "role": "billing",
            "target": "wren",
            "yes": true,
            "verdict": "accept",
            "effects": ["payment_notifications_start"],
            "basis": "stated",
            "rule": "grant",
            "reason": "granted by administrator",
            "place": in_manage("grant:"),
            "section": "Change user permissions in Clio Manage",
            "where": "Settings > Manage Users > the user",
            "reasons": [],
            "altered": [{"product": "manage", "user": "wren", "kind": "role", "name": "billing", "from": false, "to": true}],
            "altered_things": [],
            "conflicts": [],
            "advice": [],
        })
    );
    let grow = answer(
        r#"{"product":"grow","user":"wren","change":"assign","role":"admin","target":"bea"}"#,
    );
    assert_eq!(grow["verdict"], "reject");
    assert_eq!(grow["place"], in_file("rules/grow.yaml", "assign:"));
    assert_eq!(grow["effects"], json!([]));
    assert_eq!(grow["reasons"].as_array().unwrap().len(), 1);
}

#[test]
fn every_form_of_change_is_taken() {
    let verdicts: Vec<Value> = [
        r#"{"user":"tomas","change":"set_visibility","setting":"billing_rate_visibility","value":"own","target":"wren"}"#,
        r#"{"user":"nadia","change":"transfer_ownership","target":"tomas"}"#,
        r#"{"user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"},{"change":"revoke","role":"reports","target":"otto"}]}"#,
    ]
    .map(|line| answer(line)["verdict"].clone())
    .to_vec();
    assert_eq!(verdicts, ["accept", "accept", "accept"]);
}

#[test]
fn a_refused_bulk_change_names_the_parts() {
    let bulk = answer(
        r#"{"user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"},{"change":"grant","role":"billing","target":"tomas"},{"change":"grant","role":"reports","target":"nadia"}]}"#,
    );
    assert_eq!(bulk["verdict"], "reject");
    let parts: Vec<(&Value, &Value)> = bulk["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| (&reason["part"], &reason["rule"]))
        .collect();
    assert_eq!(
        parts,
        [
            (&json!(2), &json!("nobody_edits_their_own_permissions")),
            (&json!(3), &json!("nobody_edits_the_primary_subscriber")),
        ]
    );
}

#[test]
fn every_other_question_is_named() {
    let who = answer(r#"{"ask":"who_can","action":"create_bill","id":1}"#);
    assert_eq!((&who["id"], &who["yes"]), (&json!(1), &json!(true)));
    assert_eq!(who["allowed"][0]["user"], "nadia");
    let why = answer(r#"{"ask":"why_not","user":"wren","action":"create_bill"}"#);
    assert_eq!(
        why["missing"],
        json!([{"of": "user", "kind": "role", "name": "billing", "text": "user holds billing", "from": false, "to": true}])
    );
}

#[test]
fn nothing_accumulates() {
    let grant = r#"{"user":"tomas","change":"grant","role":"billing","target":"wren"}"#;
    let ask = r#"{"user":"wren","action":"create_bill"}"#;
    let (status, answers) = batch(format!("{grant}\n{ask}\n"));
    assert_eq!(status, 0);
    assert_eq!(answers[0]["verdict"], "accept");
    assert_eq!(answers[1]["decision"], "deny");
}

#[test]
fn a_line_that_cannot_be_asked_does_not_stop_the_run() {
    let lines = "\n{\"user\":\"wern\",\"action\":\"create_bill\",\"id\":{\"n\":7}}\n  \r\n{\"user\":\"wren\",\"action\":\"create_bill\"}\r\nnonsense";
    let (status, answers) = batch(lines);
    assert_eq!(status, 2);
    assert_eq!(answers.len(), 3);
    assert_eq!(
        answers[0],
        json!({
            "line": 2,
            "error": {
                "code": "unknown-user",
                "severity": "error",
                "message": "nobody in this firm has the id `wern`",
                "help": "did you mean `wren`?",
                "labels": [],
                "subject": {"role": "user", "name": "wern"},
            },
            "more": [],
            "id": {"n": 7},
        })
    );
    assert_eq!(answers[1]["decision"], "deny");
    assert_eq!(answers[2]["line"], 5);
    assert_eq!(answers[2]["error"]["code"], "not-json");
}

#[test]
fn a_mark_in_front_of_the_first_line_is_left_aside() {
    let marked = "\u{feff}{\"user\":\"wren\",\"action\":\"create_bill\"}";
    assert_eq!(answer(marked)["decision"], "deny");
    assert_eq!(batch(format!("\n{marked}")).0, 2);
}

#[test]
fn a_product_can_be_meant_for_all_lines() {
    let folder = Folder::new();
    let done = folder
        .run(["batch", "--product", "grow"])
        .stdin(
            "{\"user\":\"wren\",\"action\":\"use_tasks\"}\n{\"user\":\"wren\",\"action\":\"create_bill\"}\n{\"user\":\"wren\",\"action\":\"create_bill\",\"product\":\"manage\"}",
        )
        .done();
    assert_eq!(done.status, 2);
    let answers = done.lines();
    assert_eq!(answers[0]["product"], "grow");
    assert_eq!(answers[1]["error"]["code"], "unknown-action");
    assert_eq!(answers[2]["decision"], "deny");
}

#[test]
fn rules_that_do_not_load_answer_nothing() {
    let folder = Folder::new().with("rules/door.yaml", "product: door\n");
    let done = folder.run(["batch"]).stdin("{}\n").done();
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
}

#[test]
fn no_lines_are_no_answers() {
    assert_eq!(batch(""), (0, vec![]));
}
