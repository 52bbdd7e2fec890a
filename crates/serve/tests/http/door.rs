//! The door: whatever bytes come, there is a reply, and it is one of those that are promised.

use axum::body::Body;
use axum::http::{Method, Request};
use clio_rules_serve::http::{App, HttpOptions, ROUTES, router};
use clio_rules_serve::tenant::{Tenant, Tenants};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use super::client::request as written;
use super::server::{Server, example, loaded};
use super::vectors::{read, request};

/// Numbers that look drawn, the same in each run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Requests to begin with.
fn seeds() -> Vec<Vec<u8>> {
    let certification = read("certification.json");
    let blocks = certification["blocks"].as_array().expect("blocks").clone();
    let mut seeds: Vec<Vec<u8>> = blocks
        .iter()
        .filter_map(|block| block.get("json"))
        .map(|json| json.to_string().into_bytes())
        .collect();
    seeds.extend([
        br#"{"user": "alice", "action": "read", "target": "record-1"}"#.to_vec(),
        br#"{"ask": "who_can", "action": "write", "target": "record-2", "limit": 1}"#.to_vec(),
        br#"{"ask": "explain", "user": "bob", "action": "delete", "target": "record-1", "facts": {"soft": true}}"#.to_vec(),
        br#"{"ask": "where_can", "user": "bob", "action": "write", "after": "record-1"}"#.to_vec(),
    ]);
    seeds
}

/// Pieces that break readers.
const PIECES: [&[u8]; 14] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"null",
    b"\"",
    b"\\u0000",
    b"\\ud800",
    b"-0",
    b"1e400",
    b"\xff",
    b"\xef\xbb\xbf",
    b"{\"subject\":{\"type\":\"user\",\"id\":\"alice\"}}",
    b"18446744073709551616",
];

/// A body with some changes.
fn broken(dice: &mut Dice, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut body = dice.of(seeds).clone();
    for _ in 0..dice.below(5) {
        let at = dice.below(body.len() + 1);
        match dice.below(6) {
            0 => body.truncate(at),
            1 => {
                let piece = dice.of(&PIECES);
                body.splice(at..at, piece.iter().copied());
            }
            2 if at < body.len() => body[at] = dice.next() as u8,
            3 if at < body.len() => {
                body.remove(at);
            }
            4 => {
                let other = dice.of(seeds).clone();
                let from = dice.below(other.len());
                body.splice(at..at, other[from..].iter().copied());
            }
            _ => body.splice(at..at, [b' ', b'\n']).for_each(drop),
        }
    }
    body
}

#[test]
fn every_body_has_a_reply() {
    let app = App::new(
        std::sync::Arc::new(Tenants::of_one(Tenant::new(loaded("authzen")))),
        HttpOptions::default(),
    );
    let router = router(app);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("it starts");
    let (mut dice, seeds) = (Dice(0x5eed_0001), seeds());
    let mut answered = 0;
    for number in 0..4_000 {
        let (path, route) = ROUTES[dice.below(ROUTES.len() - 1)];
        let body = broken(&mut dice, &seeds);
        let request = Request::builder()
            .method(route.method())
            .uri(path)
            .header("content-type", "application/json")
            .header("x-request-id", number.to_string())
            .body(Body::from(body.clone()))
            .expect("a request");
        let (status, headers, reply) = runtime.block_on(async {
            let reply = router.clone().oneshot(request).await.expect("a reply");
            let (head, body) = reply.into_parts();
            (
                head.status,
                head.headers,
                body.collect().await.expect("a body").to_bytes(),
            )
        });
        let shown = || {
            format!(
                "{path} {:?}: {status} {reply:?}",
                String::from_utf8_lossy(&body)
            )
        };
        assert!(
            [200, 400, 404, 409, 413].contains(&status.as_u16()),
            "{}",
            shown()
        );
        assert_eq!(headers["x-request-id"], *number.to_string(), "{}", shown());
        if headers["content-type"] == "application/json" {
            let json: Value =
                serde_json::from_slice(&reply).unwrap_or_else(|_| panic!("{}", shown()));
            assert!(json.is_object(), "{}", shown());
            let is_error = json.get("error").is_some();
            assert_eq!(status == 200, !is_error, "{}", shown());
        } else {
            assert_ne!(status, 200, "{}", shown());
            assert!(!reply.is_empty(), "{}", shown());
        }
        // Whoever asks as many as some of them are meant to be asked.
        answered += usize::from(status == 200);
    }
    assert!(answered > 400, "{answered}");
}

/// Bytes that are no HTTP do not keep the server from answering those that are.
#[test]
fn broken_connections_do_no_harm() {
    let server = Server::of(example());
    let mut dice = Dice(0x5eed_0002);
    let good = written(
        "POST",
        "/v1/ask",
        &[("Content-Type", "application/json")],
        br#"{"user":"wren","action":"create_bill"}"#,
    );
    for _ in 0..200 {
        let mut bytes = good.clone();
        for _ in 0..1 + dice.below(8) {
            let at = dice.below(bytes.len());
            match dice.below(3) {
                0 => bytes[at] = dice.next() as u8,
                1 => {
                    bytes.remove(at);
                }
                _ => bytes.insert(at, *dice.of(b"\r\n\0 :\xff/")),
            }
        }
        if let Some(reply) = server.send_all(&bytes) {
            assert!(
                (200..500).contains(&reply.status),
                "{:?}: {reply:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
    assert_eq!(server.send(&good).map(|reply| reply.status), Some(200));
}

/// Methods and paths that nobody declared have a reply as well.
#[test]
fn every_path_has_a_reply() {
    let server = Server::of(example());
    let body = request("c-2-2-1").to_string();
    for method in [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW",
    ] {
        for (path, route) in ROUTES {
            let headers = [("Content-Type", "application/json")];
            let reply = server.call(method, path, &headers, body.as_bytes());
            let is_taken =
                route.method() == method || (route.method() == Method::GET && method == "HEAD");
            assert_eq!(reply.status != 405, is_taken, "{method} {path}");
            assert!(reply.header("x-request-id").is_some());
        }
    }
}
