//! Clients that take their time are cut off, and keep nobody else waiting.

use std::time::{Duration, Instant};

use super::client::{Client, EVALUATION, number, question, request, server, wait_until};

/// How long something takes.
fn time(what: impl FnOnce()) -> Duration {
    let start = Instant::now();
    what();
    start.elapsed()
}

#[test]
fn whoever_says_nothing_is_cut_off() {
    let server = server(&["--header-seconds", "0.3"]);
    let mut client = Client::to(&server);
    let took = time(|| assert!(client.is_closed()));
    assert!(took > Duration::from_millis(200), "{took:?}");
}

#[test]
fn headers_that_trickle_in_are_cut_off() {
    let server = server(&["--header-seconds", "0.5"]);
    let mut client = Client::to(&server);
    let start = Instant::now();
    client.send("GET /healthz HTTP/1.1\r\nHost: h\r\n").unwrap();
    wait_until("the connection is closed", || {
        std::thread::sleep(Duration::from_millis(50));
        client.send("X-A: 1\r\n").is_err()
    });
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn an_idle_connection_is_closed_after_an_answer() {
    let server = server(&["--header-seconds", "0.3"]);
    let mut client = Client::to(&server);
    assert_eq!(client.get("/healthz", &[]).status, 200);
    assert!(client.is_closed());
}

#[test]
fn a_body_that_trickles_in_is_told_so_and_cut_off() {
    let server = server(&["--body-seconds", "0.3"]);
    let mut client = Client::to(&server);
    client.send("POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{").unwrap();
    let took = time(|| assert_eq!(client.reply().unwrap().status, 408));
    assert!(took > Duration::from_millis(200), "{took:?}");
    assert!(client.is_closed());
}

#[test]
fn a_body_that_comes_in_parts_is_waited_for() {
    let server = server(&["--body-seconds", "5"]);
    let whole = request(
        "POST",
        EVALUATION,
        &[],
        Some(&question("tomas", "create_bill")),
    );
    let mut client = Client::to(&server);
    for part in whole.as_bytes().chunks(whole.len() / 3 + 1) {
        client.send(part).unwrap();
        std::thread::sleep(Duration::from_millis(60));
    }
    assert_eq!(client.reply().unwrap().status, 200);
}

#[test]
fn a_body_that_ends_too_early_is_told_so() {
    let server = server(&[]);
    let mut client = Client::to(&server);
    client.send("POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{").unwrap();
    client.end();
    assert!(client.reply().is_none_or(|reply| reply.status == 400));
    assert!(client.is_closed());
}

#[test]
fn whoever_takes_no_answers_is_cut_off() {
    let server = server(&["--write-seconds", "0.3"]);
    let mut client = Client::to(&server);
    let asked = request("GET", "/metrics", &[], None).repeat(200);
    // The system keeps some answers for the client; once that is full, the server can write no more, and then it reads no more.
    let ended = std::thread::spawn(move || {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(15) {
            if client.send(&asked).is_err() {
                return true;
            }
        }
        false
    });
    assert!(ended.join().unwrap(), "the connection is still open");
    wait_until("it is counted", || {
        number(&server, "clio_rules_connections_broken_total") == 1
    });
}

#[test]
fn slow_clients_keep_nobody_waiting() {
    let server = server(&[]);
    let slow: Vec<Client> = (0..200)
        .map(|_| {
            let mut client = Client::to(&server);
            client
                .send(
                    "POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n{",
                )
                .unwrap();
            client
        })
        .collect();
    let took = time(|| {
        let mut client = Client::to(&server);
        for _ in 0..100 {
            assert_eq!(client.ask("wren", "create_bill").status, 200);
        }
    });
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(slow);
}

#[test]
fn what_is_no_http_is_answered_or_cut_off_and_nothing_breaks() {
    let server = server(&["--header-seconds", "0.5"]);
    let bytes: [&[u8]; 8] = [
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        b"POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        b"POST /access/v1/evaluation HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ];
    for bytes in bytes {
        let mut client = Client::to(&server);
        client.send(bytes).unwrap();
        let reply = client.reply();
        assert!(
            reply.as_ref().is_none_or(|reply| reply.status == 400),
            "{reply:?}"
        );
        assert!(client.is_closed());
    }
    assert_eq!(Client::to(&server).get("/healthz", &[]).status, 200);
}
