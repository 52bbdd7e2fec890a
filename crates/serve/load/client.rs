//! One connection that asks, and checks what is answered.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Outcome;

/// A question with its answer.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) request: Vec<u8>,
    /// The decisions of the answer, in their order.
    pub(crate) decisions: Vec<bool>,
}

/// A user, an action and the status of a record that alice owns and bob may read, with the decision.
const QUESTIONS: [(&str, &str, &str, &str, bool); 8] = [
    ("alice", r#"["user"]"#, "read", "active", true),
    ("bob", r#"["user","admin"]"#, "write", "active", false),
    ("alice", r#"["user"]"#, "write", "active", true),
    ("bob", r#"["user","admin"]"#, "read", "active", true),
    ("alice", r#"["user"]"#, "write", "archived", false),
    ("bob", r#"["user","admin"]"#, "write", "archived", true),
    ("alice", r#"["user"]"#, "read", "archived", true),
    ("bob", r#"["user","admin"]"#, "read", "archived", true),
];

/// The question as JSON. Cerbos keeps no data, so that each question brings all that it needs; our server overlays what it knows.
fn question((user, roles, action, status, _): (&str, &str, &str, &str, bool)) -> String {
    let record = if status == "active" {
        "record-1"
    } else {
        "record-2"
    };
    format!(
        r#"{{"subject":{{"type":"user","id":"{user}","properties":{{"cerbos.roles":{roles}}}}},"action":{{"name":"{action}"}},"resource":{{"type":"record","id":"{record}","properties":{{"status":"{status}","owner":"alice","reader":["bob"]}}}},"context":{{}}}}"#
    )
}

fn request(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// Single questions.
pub(crate) fn singles() -> Vec<Case> {
    let case = |asked| Case {
        request: request("/access/v1/evaluation", &question(asked)),
        decisions: vec![asked.4],
    };
    QUESTIONS.map(case).into()
}

/// A batch of so many questions.
pub(crate) fn batch(items: usize) -> Vec<Case> {
    let asked: Vec<_> = QUESTIONS.iter().cycle().take(items).copied().collect();
    let questions: Vec<String> = asked.iter().map(|asked| question(*asked)).collect();
    let body = format!(r#"{{"evaluations":[{}]}}"#, questions.join(","));
    vec![Case {
        request: request("/access/v1/evaluations", &body),
        decisions: asked.iter().map(|asked| asked.4).collect(),
    }]
}

/// A connection and what it has read ahead.
pub(crate) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer: the digest of what answered, where it says so, and the body.
pub(crate) struct Answer {
    pub(crate) digest: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            read: Vec::with_capacity(8 << 10),
        })
    }

    /// Asks, and gives the answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Outcome<Answer> {
        self.stream.write_all(request).await?;
        self.read.clear();
        loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err("the connection ended before the answer".into());
            }
            let Some(end) = self.read.windows(4).position(|end| end == b"\r\n\r\n") else {
                continue;
            };
            let (head, body) = self.read.split_at(end + 4);
            let head = std::str::from_utf8(head)?;
            if !head.starts_with("HTTP/1.1 200") {
                return Err(
                    format!("the answer is {}", head.lines().next().unwrap_or_default()).into(),
                );
            }
            let length: usize = header(head, "content-length")
                .ok_or("an answer without a length")?
                .parse()?;
            let digest = header(head, "x-rules-digest").map(str::to_owned);
            let mut body = body.to_vec();
            let have = body.len();
            if have > length {
                return Err("more came than was asked for".into());
            }
            body.resize(length, 0);
            self.stream
                .read_exact(body.get_mut(have..).unwrap_or_default())
                .await?;
            return Ok(Answer { digest, body });
        }
    }
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The decisions of a body in their order. Other keys are left aside: some servers say why.
pub(crate) fn decisions(body: &[u8]) -> Vec<bool> {
    const KEY: &[u8] = br#""decision":"#;
    let mut rest = body;
    let mut decisions = Vec::new();
    while let Some(at) = rest.windows(KEY.len()).position(|part| part == KEY) {
        rest = rest.get(at + KEY.len()..).unwrap_or_default();
        decisions.push(rest.trim_ascii_start().starts_with(b"true"));
    }
    decisions
}
