//! `/metrics`, `/healthz` and `/readyz`.

use super::client::{Client, EVALUATION, number, question, request, server};

#[test]
fn what_is_answered_is_counted() {
    let server = server(&[]);
    let mut client = Client::to(&server);
    client.ask("wren", "create_bill");
    client.ask("nadia", "create_bill");
    let both = format!(
        "{},{}",
        question("wren", "create_bill"),
        question("wren", "create_bill")
    );
    client.post(
        "/access/v1/evaluations",
        &format!(r#"{{"evaluations":[{both}]}}"#),
        &[],
    );
    client.post(EVALUATION, "{", &[]);
    client.get("/nothing", &[]);
    let count = |name: &str| number(&server, &format!("clio_rules_{name}"));
    assert_eq!(
        count(r#"requests_total{endpoint="evaluation",status="200"}"#),
        2
    );
    assert_eq!(
        count(r#"requests_total{endpoint="evaluation",status="400"}"#),
        1
    );
    assert_eq!(
        count(r#"requests_total{endpoint="evaluations",status="200"}"#),
        1
    );
    assert_eq!(count(r#"requests_total{endpoint="other",status="404"}"#), 1);
    assert_eq!(count(r#"request_seconds_count{endpoint="evaluation"}"#), 3);
    assert_eq!(
        count(r#"request_seconds_bucket{endpoint="evaluation",le="+Inf"}"#),
        3
    );
    assert_eq!(count(r#"decisions_total{decision="allow"}"#), 1);
    assert_eq!(count(r#"decisions_total{decision="deny"}"#), 3);
    assert_eq!(count("tenants"), 1);
    assert!(count("connections") >= 2);
}

#[test]
fn the_page_is_in_the_text_format() {
    let server = server(&[]);
    let mut client = Client::to(&server);
    client.ask("wren", "create_bill");
    let page = client.get("/metrics", &[]);
    assert_eq!(
        page.header("content-type"),
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    let mut family = String::new();
    for line in page.body.lines() {
        let mut words = line.split(' ');
        match words.next() {
            Some("#") => {
                let kind = words.next();
                assert!(matches!(kind, Some("HELP" | "TYPE")), "{line}");
                family = words.next().unwrap().to_owned();
                assert!(words.next().is_some(), "{line}");
            }
            Some(name) => {
                assert!(name.starts_with(&family), "{line} stands under {family}");
                let value = line.rsplit(' ').next().unwrap();
                assert!(value.parse::<f64>().is_ok(), "{line}");
            }
            None => panic!("an empty line"),
        }
    }
    let buckets: Vec<u64> = page
        .body
        .lines()
        .filter(|line| {
            line.starts_with("clio_rules_request_seconds_bucket{endpoint=\"evaluation\"")
        })
        .map(|line| line.rsplit(' ').next().unwrap().parse().unwrap())
        .collect();
    assert!(
        buckets.is_sorted() && buckets.last() == Some(&1),
        "{buckets:?}"
    );
}

#[test]
fn health_is_got_and_nothing_else() {
    let server = server(&[]);
    let mut client = Client::to(&server);
    for path in ["/healthz", "/readyz", "/metrics"] {
        let reply = client.get(path, &[("X-Request-ID", "h")]);
        assert_eq!(
            (reply.status, reply.header("x-request-id")),
            (200, Some("h"))
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        client.send(request("DELETE", path, &[], None)).unwrap();
        assert_eq!(client.reply().unwrap().status, 405);
    }
    assert_eq!(client.get("/healthz", &[]).body, "ok\n");
    let ready = client.get("/readyz", &[]).json();
    assert_eq!(ready["ready"], true);
    assert_eq!(ready["firms"].as_array().map(Vec::len), Some(1));
}
