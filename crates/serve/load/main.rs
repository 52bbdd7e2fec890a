//! Load for a server on this computer: how many answers a second, how long each takes, and whether all are right.
//!
//! It starts the server, and Cerbos beside it where that is there, each on a port of its own of 127.0.0.1; asks both the same questions
//! in rounds that take turns; checks every answer; and stops by itself. `load/README.md` says how to run it and how to read it.

mod client;
mod cores;
mod firm;
mod overload;
mod peer;
mod report;
mod rounds;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;

use cores::Cores;
use peer::{Peer, PeerKind};
use report::Row;

/// What went wrong, for whoever started it.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Asks a server on this computer as fast as it can, and checks every answer
#[derive(Debug, Parser)]
struct LoadOptions {
    /// The server's program
    #[arg(long, default_value = "target/release/clio-rules-serve")]
    server: PathBuf,
    /// Folder with `rules` and `firm.yaml` of the certification
    #[arg(long, default_value = "tests/rulebooks/authzen")]
    rulebook: PathBuf,
    /// The program of Cerbos, from the npm package @cerbos/cerbos-linux-x64; without it, the server is measured alone
    #[arg(long, env = "CERBOS")]
    cerbos: Option<PathBuf>,
    /// Connections at one time
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Rounds that take turns
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Seconds of the overload with reloads and bad clients; 0 leaves it out
    #[arg(long, default_value_t = 60)]
    overload: u64,
    /// People of the large firm whose memory is measured; 0 leaves it out
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// Gives the generator one core and servers the others, so that they do not wait for each other
    #[arg(long)]
    pin: bool,
}

fn main() -> Outcome<()> {
    let options = LoadOptions::parse();
    let time = Duration::from_secs(options.seconds.clamp(1, 60));
    let connections = options.connections.clamp(1, 512);
    let cores = options.pin.then(Cores::divided).transpose()?;
    let peers = peers(&options, cores);
    let mut rows = Vec::new();
    if options.people > 0 {
        rows.extend(firm::measure(
            &options.server,
            options.people.min(1_000_000),
        )?);
    }
    for round in 0..options.rounds.clamp(1, 10) {
        for peer in &peers {
            let begun = Instant::now();
            let running = peer.start()?;
            let milliseconds = begun.elapsed().as_secs_f64() * 1_000.0;
            rows.push(Row::new(
                peer.name(),
                "start to first answer",
                milliseconds,
                "ms",
            ));
            let measured = rounds::measure(&running, connections, time)?;
            eprintln!("round {}: {}", round + 1, peer.name());
            rows.extend(measured);
        }
    }
    report::print(&rows);
    if options.overload > 0 {
        let time = Duration::from_secs(options.overload.min(600));
        let outcome = overload::run(&server(&options, cores), 2 * connections, time)?;
        println!("\n{outcome}");
    }
    Ok(())
}

fn server(options: &LoadOptions, cores: Option<Cores>) -> Peer {
    let kind = PeerKind::Server {
        rulebook: options.rulebook.clone(),
    };
    Peer {
        kind,
        program: options.server.clone(),
        cores,
    }
}

fn peers(options: &LoadOptions, cores: Option<Cores>) -> Vec<Peer> {
    let cerbos = options.cerbos.clone().map(|program| Peer {
        kind: PeerKind::Cerbos,
        program,
        cores,
    });
    std::iter::once(server(options, cores))
        .chain(cerbos)
        .collect()
}

impl Row {
    /// A row of one number.
    pub(crate) fn new(
        peer: &'static str,
        work: &'static str,
        value: f64,
        unit: &'static str,
    ) -> Self {
        Self {
            peer,
            work,
            value,
            unit,
        }
    }
}
