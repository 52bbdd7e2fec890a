//! More than the server can take, with a changed firm each second and bad clients beside the good ones.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::LocalSet;
use tokio::time::sleep;

use super::Outcome;
use super::client::{Connection, are_decisions};
use super::peer::{Peer, Running};
use super::rounds::block_on;

/// Clients that send a letter now and then, and clients that break off.
const DAWDLERS: usize = 32;
const BREAKERS: usize = 16;

/// What came of it.
pub(crate) struct Overload {
    seconds: f64,
    answers: u64,
    changes: u64,
    broken_off: u64,
    megabytes: [f64; 2],
    stop: Duration,
}

impl fmt::Display for Overload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, after] = self.megabytes;
        writeln!(out, "| overload for {:.0} s | |\n|---|---|", self.seconds)?;
        writeln!(
            out,
            "| answers, each right for the digest that it carries | {} |",
            self.answers
        )?;
        writeln!(out, "| answers lost | 0 |")?;
        writeln!(
            out,
            "| changes of the firm that were answered from | {} |",
            self.changes
        )?;
        writeln!(
            out,
            "| connections that clients broke off | {} |",
            self.broken_off
        )?;
        writeln!(
            out,
            "| memory after 5 s, and at the end | {before:.1} MB, {after:.1} MB |"
        )?;
        write!(
            out,
            "| stop under load | {:.2} s |",
            self.stop.as_secs_f64()
        )
    }
}

/// What clients share.
struct Shared {
    /// Whether bob is an admin, by digest.
    meaning: HashMap<String, bool>,
    request: Vec<u8>,
    is_over: Cell<bool>,
    answers: Cell<u64>,
    broken_off: Cell<u64>,
    changes: Cell<u64>,
    last: RefCell<String>,
}

/// Runs the overload; the first wrong or lost answer is an error.
pub(crate) fn run(peer: &Peer, connections: usize, time: Duration) -> Outcome<Overload> {
    let mut running = peer.start()?;
    let firms = firms(&running)?;
    let file = running.folder.path().join("firm.yaml");
    let meaning = block_on(learn(&running, &file, &firms))?;
    let shared = Rc::new(Shared {
        meaning,
        request: request(),
        is_over: Cell::new(false),
        answers: Cell::new(0),
        broken_off: Cell::new(0),
        changes: Cell::new(0),
        last: RefCell::default(),
    });
    let start = Instant::now();
    let (megabytes, stop) = block_on(async {
        let local = LocalSet::new();
        let all = local.run_until(attend(
            &mut running,
            &file,
            &firms,
            &shared,
            connections,
            time,
        ));
        all.await
    })?;
    Ok(Overload {
        seconds: start.elapsed().as_secs_f64(),
        answers: shared.answers.get(),
        changes: shared.changes.get(),
        broken_off: shared.broken_off.get(),
        megabytes,
        stop,
    })
}

/// Starts all clients, changes the firm each second, and stops the server while they still ask.
async fn attend(
    running: &mut Running,
    file: &Path,
    firms: &[String; 2],
    shared: &Rc<Shared>,
    connections: usize,
    time: Duration,
) -> Outcome<([f64; 2], Duration)> {
    let address = running.address;
    let good: Vec<_> = (0..connections)
        .map(|_| tokio::task::spawn_local(good(Connection::open(address), Rc::clone(shared))))
        .collect();
    for _ in 0..DAWDLERS {
        tokio::task::spawn_local(dawdle(address, Rc::clone(shared)));
    }
    for kind in 0..BREAKERS {
        tokio::task::spawn_local(break_off(address, kind, Rc::clone(shared)));
    }
    let (start, mut early, mut round) = (Instant::now(), None, 0);
    while start.elapsed() < time {
        sleep(Duration::from_secs(1)).await;
        round += 1;
        let firm = if round % 2 == 0 { &firms[0] } else { &firms[1] };
        replace(file, firm)?;
        if early.is_none() && start.elapsed() > Duration::from_secs(5).min(time / 2) {
            early = Some(running.megabytes()?);
        }
        if good.iter().any(tokio::task::JoinHandle::is_finished) {
            break;
        }
    }
    let late = running.megabytes()?;
    let is_sound = !good.iter().any(tokio::task::JoinHandle::is_finished);
    shared.is_over.set(is_sound);
    // From here on, connections may end behind an answer. The stop blocks this thread, and the server still has what was sent.
    let stop = running.stop()?;
    for client in good {
        client.await??;
    }
    Ok(([early.unwrap_or(late), late], stop))
}

/// Asks without a pause. Every answer has to be the one of the firm whose digest it carries.
async fn good(
    connection: impl Future<Output = Outcome<Connection>>,
    shared: Rc<Shared>,
) -> Outcome<()> {
    let mut connection = connection.await?;
    loop {
        let answer = match connection.ask(&shared.request).await {
            Ok(answer) => answer,
            Err(_) if shared.is_over.get() => return Ok(()),
            Err(error) => return Err(format!("an answer is lost: {error}").into()),
        };
        let digest = answer.digest().ok_or("an answer without a digest")?;
        let is_admin = *shared
            .meaning
            .get(&digest)
            .ok_or("an answer from a firm that never was")?;
        if !are_decisions(answer.body, &[is_admin; 4]) {
            let body = String::from_utf8_lossy(answer.body);
            return Err(format!("a wrong or mixed answer: {body}").into());
        }
        shared.answers.set(shared.answers.get() + 1);
        if *shared.last.borrow() != digest {
            shared.last.replace(digest);
            shared.changes.set(shared.changes.get() + 1);
        }
    }
}

/// Sends its headers letter by letter, and begins anew when it is cut off.
async fn dawdle(address: std::net::SocketAddr, shared: Rc<Shared>) {
    while !shared.is_over.get() {
        let Ok(mut stream) = TcpStream::connect(address).await else {
            return;
        };
        for letter in shared.request.chunks(1).cycle() {
            if shared.is_over.get() || stream.write_all(letter).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(200)).await;
        }
    }
}

/// Begins a request, or something that is none, and breaks off.
async fn break_off(address: std::net::SocketAddr, kind: usize, shared: Rc<Shared>) {
    while !shared.is_over.get() {
        let Ok(mut stream) = TcpStream::connect(address).await else {
            return;
        };
        let part = shared.request.len() * (kind + 1) / (BREAKERS + 1);
        let bytes = match kind % 4 {
            0 => b"\x16\x03\x01\x00\x00".as_slice(),
            1 => b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            _ => shared.request.get(..part).unwrap_or_default(),
        };
        // Whether it is taken does not matter.
        let _ = stream.write_all(bytes).await;
        shared.broken_off.set(shared.broken_off.get() + 1);
        sleep(Duration::from_millis(20)).await;
    }
}

/// Four times whether bob may write what is archived: he may as an admin. The answer to all has to come from one firm.
fn request() -> Vec<u8> {
    let question = r#"{"subject":{"type":"user","id":"bob"},"action":{"name":"write"},"resource":{"type":"record","id":"record-2"}}"#;
    let body = format!(r#"{{"evaluations":[{}]}}"#, [question; 4].join(","));
    let length = body.len();
    format!("POST /access/v1/evaluations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// The firm with bob as an admin, and without.
fn firms(running: &Running) -> Outcome<[String; 2]> {
    let with = fs::read_to_string(running.folder.path().join("firm.yaml"))?;
    let without = with.replace("roles: [admin]", "roles: []");
    if with == without {
        return Err("the firm has no admin".into());
    }
    Ok([with, without])
}

/// Which digest means which firm.
async fn learn(
    running: &Running,
    file: &Path,
    firms: &[String; 2],
) -> Outcome<HashMap<String, bool>> {
    let mut meaning = HashMap::new();
    for (firm, is_admin) in firms.iter().zip([true, false]) {
        replace(file, firm)?;
        let start = Instant::now();
        loop {
            let mut connection = Connection::open(running.address).await?;
            let answer = connection.ask(&request()).await?;
            if are_decisions(answer.body, &[is_admin; 4]) {
                meaning.insert(answer.digest().ok_or("no digest")?, is_admin);
                break;
            }
            if start.elapsed() > Duration::from_secs(10) {
                return Err("a changed firm is not answered from".into());
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
    Ok(meaning)
}

/// Writes a file beside its place and renames it.
fn replace(path: &Path, text: &str) -> Outcome<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)?;
    Ok(())
}
