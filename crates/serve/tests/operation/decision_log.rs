//! The decision log, through HTTP.

use clio_rules_serve::Server;
use serde_json::Value;

use super::client::{Client, EVALUATION, number, question, server, text};

/// Asks with a log, and gives its lines when the server has stopped.
fn logged(options: &[&str], ask: impl FnOnce(&Server)) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("decisions.jsonl");
    let options: Vec<&str> = ["--decision-log", text(&file)]
        .iter()
        .chain(options)
        .copied()
        .collect();
    let server = server(&options);
    ask(&server);
    server.stop();
    let lines = std::fs::read_to_string(&file).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_line_has_question_answer_rule_digest_request_and_time() {
    let mut digest = String::new();
    let lines = logged(&[], |server| {
        let reply = Client::to(server).post(
            EVALUATION,
            &question("wren", "create_bill"),
            &[("X-Request-ID", "r 1")],
        );
        reply
            .header("x-rules-digest")
            .unwrap()
            .clone_into(&mut digest);
        assert_eq!(
            reply.body, r#"{"decision":false}"#,
            "the log alters no answer"
        );
    });
    let [line] = &*lines else { panic!("{lines:?}") };
    assert_eq!(
        line["question"],
        serde_json::from_str::<Value>(&question("wren", "create_bill")).unwrap()
    );
    assert_eq!(line["answer"], serde_json::json!({ "decision": false }));
    assert_eq!(line["rules"], serde_json::json!(["create_bill"]));
    assert_eq!(
        (&line["digest"], &line["request_id"], &line["path"]),
        (&digest.into(), &"r 1".into(), &EVALUATION.into())
    );
    let time = line["time"].as_str().unwrap();
    assert!(
        time.ends_with('Z') && time.len() == "2026-01-01T00:00:00.000Z".len(),
        "{time}"
    );
}

#[test]
fn a_line_is_found_by_the_id_of_the_reply_also_where_the_client_gave_none() {
    let mut ids = Vec::new();
    let lines = logged(&[], |server| {
        let mut client = Client::to(server);
        for body in [&*question("wren", "create_bill"), "no JSON"] {
            let reply = client.post(EVALUATION, body, &[]);
            ids.push(reply.header("x-request-id").unwrap().to_owned());
        }
    });
    let logged: Vec<&str> = lines
        .iter()
        .map(|line| line["request_id"].as_str().unwrap())
        .collect();
    assert_eq!(logged, ids);
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn every_kind_of_question_is_logged_and_nothing_else() {
    let lines = logged(&[], |server| {
        let mut client = Client::to(server);
        let both = format!(
            "{},{}",
            question("wren", "create_bill"),
            question("tomas", "create_bill")
        );
        client.post(
            "/access/v1/evaluations",
            &format!("{{\n\"evaluations\":\r\n[{both}]}}"),
            &[],
        );
        client.post(
            "/access/v1/search/action",
            r#"{"subject":{"type":"user","id":"wren"},"resource":{"type":"product","id":"manage"}}"#,
            &[],
        );
        client.post("/v1/ask", r#"{"user":"wren","action":"create_bill"}"#, &[]);
        client.post(EVALUATION, "no JSON", &[]);
        client.get("/v1/firm", &[]);
        client.get("/healthz", &[]);
    });
    let paths: Vec<&str> = lines
        .iter()
        .map(|line| line["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            "/access/v1/evaluations",
            "/access/v1/search/action",
            "/v1/ask",
            EVALUATION
        ]
    );
    assert_eq!(lines[0]["rules"].as_array().map(Vec::len), Some(2));
    assert_eq!(lines[2]["answer"]["rule"], "create_bill");
    assert_eq!(lines[3]["question"], "no JSON");
}

#[test]
fn a_share_is_a_share() {
    let asked = 600;
    let lines = logged(&["--decision-log-share", "0.25"], |server| {
        let mut client = Client::to(server);
        (0..asked).for_each(|_| assert!(!client.ask("wren", "create_bill").decision()));
    });
    assert!(
        (asked / 8..asked / 2).contains(&lines.len()),
        "{}",
        lines.len()
    );
    assert_eq!(
        logged(&["--decision-log-share", "0"], |server| drop(
            Client::to(server).ask("wren", "create_bill")
        )),
        [] as [Value; 0]
    );
}

#[test]
fn the_log_says_which_client_asked_and_never_its_key() {
    let key = clio_rules_serve::keys::new_key("billing desk").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.yaml");
    std::fs::write(&file, format!("keys:\n{}", key.lines)).unwrap();
    let lines = logged(&["--keys", text(&file)], |server| {
        let headers = [("Authorization", key.key.as_str())];
        assert_eq!(
            Client::to(server)
                .post(EVALUATION, &question("wren", "create_bill"), &headers)
                .status,
            200
        );
    });
    assert_eq!(lines[0]["client"], "billing desk");
    assert!(!lines[0].to_string().contains(&key.key));
}

#[test]
fn lines_are_written_although_a_client_is_cut_off_at_the_stop() {
    let mut slow = None;
    let lines = logged(&["--stop-seconds", "0.2"], |server| {
        let mut client = Client::to(server);
        client
            .send("POST /access/v1/evaluation HTTP/1.1\r\n")
            .unwrap();
        slow = Some(client);
        assert!(!Client::to(server).ask("wren", "create_bill").decision());
    });
    assert_eq!(lines.len(), 1);
    assert!(slow.unwrap().is_closed());
}

#[cfg(unix)]
#[test]
fn a_log_that_is_renamed_is_begun_anew() {
    use super::client::wait_until;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("decisions.jsonl");
    let server = server(&["--decision-log", text(&file)]);
    let lines = |name: &str| {
        std::fs::read_to_string(folder.path().join(name))
            .unwrap_or_default()
            .lines()
            .count()
    };
    Client::to(&server).ask("wren", "create_bill");
    wait_until("it is written", || {
        number(&server, "clio_rules_decision_log_written_total") == 1
    });
    std::fs::rename(&file, folder.path().join("old.jsonl")).unwrap();
    wait_until("there is a new one", || {
        Client::to(&server).ask("wren", "create_bill");
        file.exists()
    });
    server.stop();
    assert!(lines("old.jsonl") >= 1 && lines("decisions.jsonl") >= 1);
}
