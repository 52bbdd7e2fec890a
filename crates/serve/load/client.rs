//! One connection that asks, and checks what is answered.

use std::net::SocketAddr;

use memchr::memmem;
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

/// An answer as it was read.
pub(crate) struct Answer<'c> {
    head: &'c [u8],
    pub(crate) body: &'c [u8],
}

impl Answer<'_> {
    /// The digest of what answered, where it says so.
    pub(crate) fn digest(&self) -> Option<String> {
        let digest = header(self.head, "x-rules-digest")?;
        Some(String::from_utf8_lossy(digest).into_owned())
    }
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
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Outcome<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let mut end = None;
        while end.is_none() {
            self.more().await?;
            end = memmem::find(&self.read, b"\r\n\r\n").map(|end| end + 4);
        }
        let end = end.unwrap_or_default();
        let whole = end + self.length(end)?;
        while self.read.len() < whole {
            self.more().await?;
        }
        if self.read.len() > whole {
            return Err("more came than was asked for".into());
        }
        let (head, body) = self.read.split_at(end);
        Ok(Answer { head, body })
    }

    async fn more(&mut self) -> Outcome<()> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err("the connection ended before the answer".into()),
            _ => Ok(()),
        }
    }

    /// How long the body is, by its head.
    fn length(&self, end: usize) -> Outcome<usize> {
        let head = self.read.get(..end).unwrap_or_default();
        if !head.starts_with(b"HTTP/1.1 200") {
            let status = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
            return Err(format!("the answer is {}", String::from_utf8_lossy(status)).into());
        }
        let length = header(head, "content-length").ok_or("an answer without a length")?;
        Ok(std::str::from_utf8(length)?.parse()?)
    }
}

fn header<'h>(head: &'h [u8], name: &str) -> Option<&'h [u8]> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let (key, value) = line.split_at_checked(name.len())?;
        let is_this = key.eq_ignore_ascii_case(name.as_bytes());
        let value = value.strip_prefix(b":").filter(|_| is_this)?;
        Some(value.trim_ascii())
    })
}

/// Whether a body holds these decisions in this order, and no other. Other keys are left aside: some servers say why.
pub(crate) fn are_decisions(body: &[u8], wanted: &[bool]) -> bool {
    const KEY: &[u8] = br#""decision":"#;
    let mut wanted = wanted.iter();
    memmem::find_iter(body, KEY).all(|at| {
        let value = body.get(at + KEY.len()..).unwrap_or_default();
        wanted.next() == Some(&value.trim_ascii_start().starts_with(b"true"))
    }) && wanted.next().is_none()
}
