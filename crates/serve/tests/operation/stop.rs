//! A stop answers what has begun, within its time.

use std::thread;
use std::time::{Duration, Instant};

use super::client::{Client, EVALUATION, large_firm, question, request, server, text};

/// A request in two parts: the server has begun with it when the first has come.
fn halves() -> (String, String) {
    let whole = request(
        "POST",
        EVALUATION,
        &[],
        Some(&question("tomas", "create_bill")),
    );
    let (one, other) = whole.split_at(whole.len() - 10);
    (one.to_owned(), other.to_owned())
}

/// Stops a server while a request is half there, and gives what its reply says of the connection.
fn connection_of_a_last_reply() -> Option<String> {
    let server = server(&["--stop-seconds", "10"]);
    let address = server.address();
    let mut idle = Client::at(address);
    assert_eq!(idle.get("/healthz", &[]).status, 200);
    let (one, other) = halves();
    let mut begun = Client::at(address);
    begun.send(&one).unwrap();
    thread::sleep(Duration::from_millis(100));
    let stopping = thread::spawn(move || server.stop());
    assert!(idle.is_closed(), "idle connections are closed at once");
    assert!(std::net::TcpStream::connect(address).is_err());
    assert!(!stopping.is_finished());
    begun.send(&other).unwrap();
    let reply = begun.reply().unwrap();
    assert_eq!(reply.status, 200);
    let connection = reply.header("connection").map(str::to_owned);
    assert!(begun.is_closed());
    stopping.join().unwrap();
    connection
}

/// A reply that is on its way when its connection hears of the stop may come without the word: the connection ends all the same.
#[test]
fn what_has_begun_is_answered_and_nothing_else_is_accepted() {
    let says_so = (0..10).any(|_| connection_of_a_last_reply().as_deref() == Some("close"));
    assert!(says_so);
}

#[test]
fn what_is_not_done_in_time_is_cut_off() {
    let server = server(&["--stop-seconds", "0.5"]);
    let (one, _) = halves();
    let mut begun = Client::to(&server);
    begun.send(&one).unwrap();
    thread::sleep(Duration::from_millis(100));
    let start = Instant::now();
    server.stop();
    let took = start.elapsed();
    assert!(
        (Duration::from_millis(400)..Duration::from_secs(2)).contains(&took),
        "{took:?}"
    );
    assert!(begun.is_closed());
}

#[test]
fn a_long_search_keeps_nobody_from_stopping() {
    let folder = tempfile::tempdir().unwrap();
    let firm = folder.path().join("firm.yaml");
    std::fs::write(&firm, large_firm(4_000)).unwrap();
    let server = server(&["--firm", text(&firm), "--stop-seconds", "0.3"]);
    let mut client = Client::to(&server);
    let review = request("POST", "/v1/ask", &[], Some(r#"{"ask":"review"}"#));
    client.send(review).unwrap();
    thread::sleep(Duration::from_millis(50));
    let start = Instant::now();
    server.stop();
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_stop_under_load_answers_everything_that_it_took() {
    let server = server(&[]);
    let address = server.address();
    let clients: Vec<_> = (0..16)
        .map(|_| {
            let mut client = Client::at(address);
            assert_eq!(client.get("/healthz", &[]).status, 200);
            thread::spawn(move || {
                let mut answers = 0;
                loop {
                    // A connection ends behind an answer and never within one.
                    if client
                        .send(request(
                            "POST",
                            EVALUATION,
                            &[],
                            Some(&question("tomas", "create_bill")),
                        ))
                        .is_err()
                    {
                        return answers;
                    }
                    let Some(reply) = client.reply() else {
                        return answers;
                    };
                    assert_eq!(reply.status, 200);
                    answers += 1;
                    if reply.header("connection") == Some("close") {
                        return answers;
                    }
                }
            })
        })
        .collect();
    thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    server.stop();
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    let answers: usize = clients
        .into_iter()
        .map(|client| client.join().unwrap())
        .sum();
    assert!(answers > 100, "{answers}");
}
