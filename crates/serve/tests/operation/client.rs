//! A client that sends bytes as they are given, and a server to send them to.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Parser;
use clio_rules_serve::Server;
use clio_rules_serve::config::{Options, Settings};

/// How long a test waits for anything before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) const EVALUATION: &str = "/access/v1/evaluation";

/// A server with these options, on a free port.
pub(crate) fn server(options: &[&str]) -> Server {
    let options = ["clio-rules-serve", "--listen", "127.0.0.1:0"]
        .iter()
        .chain(options);
    let options = Options::try_parse_from(options).expect("these are options");
    Server::start(Settings::resolve(options).expect("these go together")).expect("it starts")
}

/// A question of the standard: may this user do this, which is done to nobody and nothing?
pub(crate) fn question(user: &str, action: &str) -> String {
    let product = if action == "open_door" {
        "door"
    } else {
        "manage"
    };
    format!(
        r#"{{"subject":{{"type":"user","id":"{user}"}},"action":{{"name":"{action}"}},"resource":{{"type":"product","id":"{product}"}}}}"#
    )
}

/// A reply as it came.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn decision(&self) -> bool {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()["decision"].as_bool().expect("a decision")
    }
}

/// A connection.
pub(crate) struct Client<S: Read + Write = TcpStream> {
    reader: BufReader<S>,
}

impl Client {
    pub(crate) fn to(server: &Server) -> Self {
        Self::at(server.address())
    }

    pub(crate) fn at(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        stream.set_nodelay(true).expect("no delay");
        Self::over(stream)
    }

    /// Ends what is sent, and goes on reading.
    pub(crate) fn end(&self) {
        self.try_end().expect("it ends");
    }

    /// The same, where the server may have closed already.
    pub(crate) fn end_if_open(&self) {
        // There is nothing to end then.
        let _ = self.try_end();
    }

    fn try_end(&self) -> std::io::Result<()> {
        self.reader.get_ref().shutdown(std::net::Shutdown::Write)
    }
}

impl<S: Read + Write> Client<S> {
    pub(crate) fn over(stream: S) -> Self {
        Self {
            reader: BufReader::new(stream),
        }
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        let stream = self.reader.get_mut();
        stream.write_all(bytes.as_ref())?;
        stream.flush()
    }

    /// The next reply; none where the server closes the connection instead.
    pub(crate) fn reply(&mut self) -> Option<Reply> {
        let mut line = String::new();
        if self.reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).ok()?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) => headers.insert(name.to_lowercase(), value.to_owned()),
                None => break,
            };
        }
        let length = headers
            .get("content-length")
            .map_or(0, |length| length.parse().expect("a length"));
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).ok()?;
        let body = String::from_utf8(body).expect("text");
        Some(Reply {
            status,
            headers,
            body,
        })
    }

    /// Whether the server closes the connection, within the patience of a test.
    pub(crate) fn is_closed(&mut self) -> bool {
        let mut rest = Vec::new();
        match self.reader.read_to_end(&mut rest) {
            Ok(_) => true,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
        }
    }

    pub(crate) fn get(&mut self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(request("GET", path, headers, None))
            .expect("it is sent");
        self.reply().expect("a reply")
    }

    pub(crate) fn post(&mut self, path: &str, body: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(request("POST", path, headers, Some(body)))
            .expect("it is sent");
        self.reply().expect("a reply")
    }

    pub(crate) fn ask(&mut self, user: &str, action: &str) -> Reply {
        self.post(EVALUATION, &question(user, action), &[])
    }
}

/// A request as text.
pub(crate) fn request(
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> String {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
    for (name, value) in headers {
        write!(text, "{name}: {value}\r\n").expect("memory");
    }
    if let Some(body) = body {
        write!(
            text,
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("memory");
    } else {
        text.push_str("\r\n");
    }
    text
}

/// Waits until something is true.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what} within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Writes a file beside its place and renames it, as careful programs do.
pub(crate) fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, text).expect("it is written");
    std::fs::rename(&beside, path).expect("it is renamed");
}

/// A number of `/metrics`.
pub(crate) fn number(server: &Server, name: &str) -> u64 {
    number_over(&mut Client::to(server), name)
}

/// The same over a connection that is open.
pub(crate) fn number_over(client: &mut Client, name: &str) -> u64 {
    let page = client.get("/metrics", &[]).body;
    let line = page
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {page}"))
        .parse()
        .expect("a number")
}

/// A firm of the built-in rules with so many users, which takes a while to be searched.
pub(crate) fn large_firm(users: usize) -> String {
    let mut firm = String::from(
        "firm: Large\nusers:\n  - { id: ada, manage: { roles: [primary_subscriber] } }\n",
    );
    for user in 0..users {
        writeln!(firm, "  - {{ id: u{user}, manage: {{}} }}").expect("memory");
    }
    firm
}

/// A path as an option has it.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}
