//! A client that hides nothing: it writes what it is given, and reads one reply.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// A reply as it came.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| &**value)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Sends bytes on a connection of their own, and says that no more come; reads one reply, or none where the server closes it without
/// one.
pub(crate) fn send_all(address: SocketAddr, bytes: &[u8]) -> Option<Reply> {
    send_then(address, bytes, |stream| {
        // The server may have closed it already.
        let _ = stream.shutdown(Shutdown::Write);
    })
}

/// Sends bytes on a connection of their own, and reads one reply; none where the server closes it without one.
pub(crate) fn send(address: SocketAddr, bytes: &[u8]) -> Option<Reply> {
    send_then(address, bytes, |_| {})
}

fn send_then(address: SocketAddr, bytes: &[u8], then: impl FnOnce(&TcpStream)) -> Option<Reply> {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let limit = Some(Duration::from_secs(20));
    stream
        .set_read_timeout(limit)
        .expect("a timeout can be set");
    // A server that has answered already may have closed the connection.
    let _ = stream.write_all(bytes);
    then(&stream);
    read(&mut BufReader::new(stream), bytes.starts_with(b"HEAD "))
}

fn read(stream: &mut impl BufRead, is_head: bool) -> Option<Reply> {
    let mut line = String::new();
    if stream.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, length)| length.parse().expect("a length"));
    let mut body = vec![0; if is_head { 0 } else { length }];
    stream.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).expect("replies are UTF-8");
    Some(Reply {
        status,
        headers,
        body,
    })
}

/// A request with these headers, and a body where there is one.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: elsewhere.example\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() || method == "POST" {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    [head.as_bytes(), b"\r\n", body].concat()
}
