//! Replies as they come over a connection.

/// A reply of the server.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// The value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| &**value)
    }
}

/// All replies of a connection. What is no reply, or only a part of one, panics; the reply to `HEAD` has no body, although it says how
/// long that would be, and has to be the last.
pub fn replies(mut bytes: &[u8]) -> Vec<Reply> {
    let mut replies = Vec::new();
    while !bytes.is_empty() {
        let shown = || String::from_utf8_lossy(bytes).into_owned();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("a head without an end: {}", shown()));
        // The name of a request comes back as it was sent, which need not be text.
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap_or_default();
        let status = status
            .strip_prefix("HTTP/1.1 ")
            .or_else(|| status.strip_prefix("HTTP/1.0 "));
        let status = status.and_then(|status| status.get(..3)?.parse().ok());
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(':').expect("a header has a value");
            (name.to_ascii_lowercase(), value.trim().to_owned())
        });
        let mut reply = Reply {
            status: status.unwrap_or_else(|| panic!("no status: {}", shown())),
            headers: headers.collect(),
            body: Vec::new(),
        };
        bytes = &bytes[end + 4..];
        if reply.status != 100 {
            let length = reply
                .header("content-length")
                .map_or(0, |length| length.parse().expect("a length is a number"));
            let is_there = bytes.len() >= length;
            assert!(is_there || bytes.is_empty(), "a part of a body: {reply:?}");
            let (body, rest) = bytes.split_at(length.min(bytes.len()));
            reply.body = body.to_vec();
            bytes = rest;
        }
        replies.push(reply);
    }
    replies
}
