//! Bytes → the door: whatever a connection brings, what comes back are replies, and the server goes on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::panic;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Parser;
use clio_rules_serve::Server;
use clio_rules_serve::config::{Options, Settings};
use clio_rules_serve::http::ROUTES;
use serde_json::Value;

use super::replies::{Reply, replies};

/// A connection is no thread of ours, and whatever panics there would only end it.
static HAS_PANICKED: AtomicBool = AtomicBool::new(false);

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let known = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        HAS_PANICKED.store(true, Ordering::SeqCst);
        known(panicked);
    }));
    let options = ["clio-rules-serve", "--listen", "127.0.0.1:0"];
    let settings = Settings::resolve(Options::parse_from(options)).expect("settings");
    Server::start(settings).expect("a server")
});

/// The name of a request.
const NAME: &str = "the-request";

/// A question that everybody may ask, between others.
const GOOD: &[u8] = br#"{"subject":{"type":"user","id":"wren"},"action":{"name":"create_bill"},"resource":{"type":"product","id":"manage"}}"#;

/// Any bytes: behind the line of a path the body of a request to it, else all that a connection brings.
pub fn holds(bytes: &[u8]) {
    let mut routes = ROUTES.iter().filter(|(_, route)| route.method() == "POST");
    let asked = routes.find_map(|(path, _)| {
        let body = bytes.strip_prefix(path.as_bytes())?.strip_prefix(b"\n")?;
        Some((*path, body))
    });
    match asked {
        Some((path, body)) => has_one_reply(path, body),
        None => is_answered_or_ends(bytes),
    }
    let wanted = br#"{"decision":false}"#;
    assert_eq!(one_reply("/access/v1/evaluation", GOOD).body, wanted);
    assert!(!HAS_PANICKED.load(Ordering::SeqCst), "something panicked");
}

fn is_answered_or_ends(bytes: &[u8]) {
    for reply in replies(&exchanged(bytes, true)) {
        is_promised(
            &reply,
            &[
                100, 200, 204, 304, 400, 404, 405, 408, 409, 413, 414, 431, 505,
            ],
        );
    }
}

fn has_one_reply(path: &str, body: &[u8]) {
    let reply = one_reply(path, body);
    is_promised(&reply, &[200, 400, 404, 409, 413]);
    assert_eq!(reply.header("x-request-id"), Some(NAME), "{reply:?}");
    if path.starts_with("/access") && reply.status == 200 {
        let answer: Value = serde_json::from_slice(&reply.body).expect("JSON");
        let is_one = ["decision", "evaluations", "results"].map(|key| answer.get(key).is_some());
        assert_eq!(is_one.iter().filter(|is| **is).count(), 1, "{reply:?}");
    }
}

/// A status that is promised; JSON that is JSON, and words in any other reply that is no success.
fn is_promised(reply: &Reply, statuses: &[u16]) {
    assert!(statuses.contains(&reply.status), "{reply:?}");
    match reply.header("content-type") {
        Some("application/json") if !reply.body.is_empty() => {
            let json = serde_json::from_slice::<Value>(&reply.body);
            assert!(json.is_ok_and(|json| json.is_object()), "{reply:?}");
        }
        Some(_) => assert!(std::str::from_utf8(&reply.body).is_ok() || reply.status == 200),
        None => assert!(reply.body.is_empty(), "{reply:?}"),
    }
}

fn one_reply(path: &str, body: &[u8]) -> Reply {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nX-Request-ID: {NAME}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    );
    let request = [head.as_bytes(), body].concat();
    let mut replies = replies(&exchanged(&request, false));
    assert_eq!(replies.len(), 1, "{replies:?}");
    replies.remove(0)
}

/// What comes back where a connection brings these bytes and no more. Where it says so, by ending what it sends: whoever does that has
/// left, and a question that takes long is not answered any more.
fn exchanged(bytes: &[u8], ends: bool) -> Vec<u8> {
    let mut stream = TcpStream::connect(SERVER.address()).expect("a connection");
    let patience = Some(Duration::from_secs(20));
    stream.set_read_timeout(patience).expect("a time");
    // A server that has seen enough may close while more is sent.
    let _ = stream.write_all(bytes);
    if ends {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut back = Vec::new();
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return back,
            Ok(read) => back.extend_from_slice(&part[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                panic!("no end in time");
            }
            // It closed before it had read all that was sent.
            Err(_) => return back,
        }
    }
}
