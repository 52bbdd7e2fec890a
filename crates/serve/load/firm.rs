//! A large firm: how much memory it takes to answer from.

use std::fs;
use std::path::Path;
use std::time::Instant;

use clio_rules::{Firm, Rulebook, Seat, User};

use super::Outcome;
use super::peer::{Peer, PeerKind};
use super::report::Row;

/// Starts the server with a firm of so many people under the built-in rules, and looks at its memory.
pub(crate) fn measure(program: &Path, people: usize) -> Outcome<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("large.yaml");
    fs::write(&file, firm_of(people)?)?;
    let peer = Peer {
        kind: PeerKind::LargeFirm { file },
        program: program.to_owned(),
        cores: None,
    };
    let start = Instant::now();
    let running = peer.start()?;
    let seconds = start.elapsed().as_secs_f64();
    let row = |work, value, unit| Row::new(peer.name(), work, value, unit);
    Ok(vec![
        row("start with the large firm", seconds * 1_000.0, "ms"),
        row("memory with the large firm", running.megabytes()?, "MB"),
    ])
}

/// The file of a firm: everybody with one or two seats, and with roles and settings that differ.
fn firm_of(people: usize) -> Outcome<String> {
    let rulebook = Rulebook::builtin()?;
    let roles = ["administrator", "billing", "accounts", "reports"];
    let user = |number: usize| {
        let id = format!("u{number:06}");
        let user = User::new(&*id).name(format!("Person {number} of the firm"));
        if number == 0 {
            return user.seat(Seat::new("manage").role("primary_subscriber"));
        }
        let held = (0..roles.len()).filter(|place| (number * 7 + place * 13) % 11 < 3);
        let held = held.filter_map(|place| roles.get(place).copied());
        let manage = held.fold(Seat::new("manage"), Seat::role);
        let level = if number.is_multiple_of(10) {
            "admin"
        } else {
            "normal"
        };
        let user = user.seat(manage);
        let user = match number % 3 {
            0 => user.seat(Seat::new("grow").role(level)),
            _ => user,
        };
        if number.is_multiple_of(20) {
            user.disabled()
        } else {
            user
        }
    };
    let firm = Firm::of_users(&rulebook, "Large LLP", (0..people.max(1)).map(user))?;
    Ok(firm.to_yaml())
}
