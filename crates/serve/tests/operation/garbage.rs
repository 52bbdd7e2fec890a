//! Bytes of strangers: whatever comes, the server answers with a reply that is one, or closes, and goes on.

use super::client::{Client, EVALUATION, number, question, request, server, wait_until};

/// Numbers that are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// Alters some bytes: others, fewer, more, or the same twice.
fn altered(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        match numbers.below(5) {
            0 => bytes[at] = u8::try_from(numbers.below(256)).unwrap(),
            1 => bytes.truncate(at.max(1)),
            2 => drop(bytes.remove(at)),
            3 => bytes.insert(at, b"\r\n\0\"{[:,\\ 0-\xff"[numbers.below(13)]),
            _ => bytes.extend_from_within(at..),
        }
        if bytes.is_empty() {
            bytes.push(b'G');
        }
    }
    bytes
}

#[test]
fn altered_requests_have_replies_or_ends() {
    let server = server(&["--max-body-bytes", "4096"]);
    let search = r#"{"subject":{"type":"user"},"action":{"name":"create_bill"},"resource":{"type":"product","id":"manage"},"page":{"limit":2}}"#;
    let batch = format!(
        r#"{{"evaluations":[{0},{0}],"options":{{"evaluations_semantic":"execute_all"}}}}"#,
        question("wren", "create_bill")
    );
    let requests = [
        request(
            "POST",
            EVALUATION,
            &[("X-Request-ID", "1")],
            Some(&question("wren", "create_bill")),
        ),
        request("POST", "/access/v1/evaluations", &[], Some(&batch)),
        request("POST", "/access/v1/search/subject", &[], Some(search)),
        request(
            "POST",
            "/v1/ask",
            &[],
            Some(r#"{"ask":"who_can","action":"create_bill"}"#),
        ),
        request("GET", "/v1/firm?of=users&limit=2", &[], None),
        request("GET", "/readyz", &[], None),
    ];
    let mut numbers = Numbers(0x5eed);
    let mut replies = 0;
    for _ in 0..200 {
        for request in &requests {
            let bytes = altered(request.as_bytes(), &mut numbers);
            let mut client = Client::to(&server);
            // A server that has seen enough may close while more is sent.
            let _ = client.send(&bytes);
            client.end_if_open();
            while let Some(reply) = client.reply() {
                assert!((200..600).contains(&reply.status), "{reply:?}");
                assert_ne!(
                    reply.status,
                    500,
                    "{reply:?} to {}",
                    String::from_utf8_lossy(&bytes)
                );
                let is_json = reply.header("content-type") == Some("application/json");
                assert!(
                    !is_json
                        || reply.body.is_empty()
                        || serde_json::from_str::<serde_json::Value>(&reply.body).is_ok(),
                    "{reply:?}"
                );
                replies += 1;
            }
        }
    }
    assert!(replies > 400, "{replies}");
    assert!(!Client::to(&server).ask("wren", "create_bill").decision());
    wait_until("all connections end", || {
        number(&server, "clio_rules_connections") == 1
    });
}
