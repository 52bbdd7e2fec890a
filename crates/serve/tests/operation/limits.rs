//! What is too large, too deep or too many.

use super::client::{Client, EVALUATION, large_firm, number_over, question, request, server, text};

#[test]
fn a_body_above_the_limit_is_refused_before_it_is_sent() {
    let server = server(&["--max-body-bytes", "300"]);
    let mut client = Client::to(&server);
    client.send("POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nX-Request-ID: 7\r\nContent-Type: application/json\r\nContent-Length: 301\r\n\r\n").unwrap();
    let reply = client.reply().unwrap();
    assert_eq!(
        (reply.status, reply.header("x-request-id")),
        (413, Some("7"))
    );
    assert!(client.is_closed());
}

#[test]
fn a_body_in_pieces_is_counted_as_it_comes() {
    let server = server(&["--max-body-bytes", "300"]);
    let head = "POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = question("wren", "create_bill");
    let (one, other) = body.split_at(40);
    let mut client = Client::to(&server);
    client
        .send(format!(
            "{head}{:x}\r\n{one}\r\n{:x}\r\n{other}\r\n0\r\n\r\n",
            one.len(),
            other.len()
        ))
        .unwrap();
    assert!(!client.reply().unwrap().decision());
    client
        .send(format!("{head}c8\r\n{}\r\n", " ".repeat(200)))
        .unwrap();
    client
        .send(format!("65\r\n{}\r\n", " ".repeat(101)))
        .unwrap();
    assert_eq!(client.reply().unwrap().status, 413);
    assert!(client.is_closed());
}

#[test]
fn a_body_at_the_limit_is_answered() {
    let body = question("wren", "create_bill");
    let at = body.len().to_string();
    let server = server(&["--max-body-bytes", &at]);
    assert!(!Client::to(&server).post(EVALUATION, &body, &[]).decision());
    assert_eq!(
        Client::to(&server)
            .post(EVALUATION, &format!("{body} "), &[])
            .status,
        413
    );
}

#[test]
fn nesting_is_bounded_wherever_json_is_read() {
    let server = server(&["--max-depth", "8"]);
    let lists = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    let nested = |depth: usize| {
        let question = question("tomas", "create_bill");
        let open = question.strip_suffix('}').unwrap();
        format!(r#"{open},"context":{{"a":{}}}}}"#, lists(depth - 2))
    };
    let mut client = Client::to(&server);
    assert_eq!(client.post(EVALUATION, &nested(8), &[]).status, 200);
    assert_eq!(client.post(EVALUATION, &nested(9), &[]).status, 400);
    let ask = |depth: usize| {
        format!(
            r#"{{"user":"wren","action":"create_bill","id":{}}}"#,
            lists(depth - 1)
        )
    };
    assert_eq!(client.post("/v1/ask", &ask(8), &[]).status, 200);
    assert_eq!(client.post("/v1/ask", &ask(9), &[]).status, 400);
    let deep = "[".repeat(20_000);
    assert_eq!(client.post("/v1/ask", &deep, &[]).status, 400);
    assert_eq!(client.post(EVALUATION, &deep, &[]).status, 400);
}

#[test]
fn headers_are_bounded_in_bytes_and_in_number() {
    let server = server(&["--max-header-bytes", "8192", "--max-headers", "20"]);
    let long = "x".repeat(9_000);
    assert_eq!(
        Client::to(&server)
            .get("/healthz", &[("X-Long", &long)])
            .status,
        431
    );
    let names: Vec<String> = (0..20).map(|number| format!("X-{number}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
    assert_eq!(Client::to(&server).get("/healthz", &many).status, 431);
    assert_eq!(Client::to(&server).get("/healthz", &many[..19]).status, 200);
    let path = format!("/{long}");
    assert!(matches!(
        Client::to(&server).get(&path, &[]).status,
        414 | 431
    ));
}

#[test]
fn connections_above_the_limit_are_told_so_and_later_ones_are_answered() {
    let server = server(&["--max-connections", "2"]);
    let mut one = Client::to(&server);
    let mut other = Client::to(&server);
    assert_eq!(one.get("/healthz", &[]).status, 200);
    assert_eq!(other.get("/healthz", &[]).status, 200);
    let mut third = Client::to(&server);
    let reply = third.reply().expect("a word before the end");
    assert_eq!(
        (reply.status, reply.header("retry-after")),
        (503, Some("1"))
    );
    assert_eq!(reply.body, "there are too many connections");
    drop(third);
    drop(one);
    super::client::wait_until("room is found again", || {
        let mut later = Client::to(&server);
        later.send(request("GET", "/healthz", &[], None)).is_ok()
            && later.reply().is_some_and(|reply| reply.status == 200)
    });
    assert!(number_over(&mut other, "clio_rules_connections_turned_away_total") >= 1);
}

#[test]
fn items_of_a_batch_are_bounded() {
    let server = server(&["--max-batch-items", "2"]);
    let batch = |items: usize| {
        let all = vec![question("wren", "create_bill"); items];
        format!(r#"{{"evaluations":[{}]}}"#, all.join(","))
    };
    let mut client = Client::to(&server);
    let reply = client.post("/access/v1/evaluations", &batch(2), &[]);
    assert_eq!(
        reply.json()["evaluations"].as_array().map(Vec::len),
        Some(2)
    );
    let reply = client.post("/access/v1/evaluations", &batch(3), &[]);
    assert_eq!(reply.status, 400);
    assert!(reply.body.contains('2'), "{}", reply.body);
}

#[test]
fn results_of_a_page_are_bounded() {
    let server = server(&["--max-page-results", "2"]);
    let search = r#"{"subject":{"type":"user"},"action":{"name":"create_bill"},"resource":{"type":"product","id":"manage"},"page":{"limit":1000}}"#;
    let reply = Client::to(&server)
        .post("/access/v1/search/subject", search, &[])
        .json();
    assert_eq!(reply["results"].as_array().map(Vec::len), Some(2));
    assert_ne!(reply["page"]["next_token"], "");
}

#[test]
fn an_answer_that_takes_too_long_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let firm = folder.path().join("firm.yaml");
    std::fs::write(&firm, large_firm(20_000)).unwrap();
    let server = server(&["--firm", text(&firm), "--answer-seconds", "0.001"]);
    let ask = r#"{"ask":"who_can","action":"create_bill"}"#;
    let replies: Vec<u16> = (0..5)
        .map(|_| Client::to(&server).post("/v1/ask", ask, &[]).status)
        .collect();
    assert!(replies.contains(&503), "{replies:?}");
    assert_eq!(Client::to(&server).get("/healthz", &[]).status, 200);
}

#[test]
fn no_other_origin_is_let_in() {
    let server = server(&[]);
    let mut client = Client::to(&server);
    let origin = [
        ("Origin", "https://elsewhere.example"),
        ("Access-Control-Request-Method", "POST"),
    ];
    client
        .send(request("OPTIONS", EVALUATION, &origin, None))
        .unwrap();
    let reply = client.reply().unwrap();
    assert_eq!(reply.status, 405);
    let asked = client.post(EVALUATION, &question("wren", "create_bill"), &origin);
    for reply in [reply, asked] {
        assert!(
            reply
                .headers
                .keys()
                .all(|name| !name.starts_with("access-control-")),
            "{reply:?}"
        );
    }
}
