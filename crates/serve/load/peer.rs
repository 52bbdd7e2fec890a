//! Servers that are measured.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Outcome;
use super::client::{Connection, singles};
use super::cores::Cores;
use super::rounds::block_on;

/// A server: its program, what it answers from, and where it runs.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    pub(crate) kind: PeerKind,
    pub(crate) program: PathBuf,
    pub(crate) cores: Option<Cores>,
}

/// What a server answers from.
#[derive(Debug, Clone)]
pub(crate) enum PeerKind {
    Server {
        rulebook: PathBuf,
    },
    /// Our server, with a firm under the rules that are built in.
    LargeFirm {
        file: PathBuf,
    },
    Cerbos,
}

/// A server that runs; it is ended when this is dropped.
pub(crate) struct Running {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    child: Child,
    /// Files that only this run has.
    pub(crate) folder: tempfile::TempDir,
}

/// How long a server may take to begin.
const PATIENCE: Duration = Duration::from_secs(20);

impl Peer {
    pub(crate) fn name(&self) -> &'static str {
        match self.kind {
            PeerKind::Server { .. } | PeerKind::LargeFirm { .. } => "clio-rules-serve",
            PeerKind::Cerbos => "Cerbos",
        }
    }

    /// Starts it on a port that is free, and waits for its first answer.
    pub(crate) fn start(&self) -> Outcome<Running> {
        let folder = tempfile::tempdir()?;
        let (address, other) = (free_address()?, free_address()?);
        let command = self.command(address, other, folder.path())?;
        let child = match &self.cores {
            None => spawn(command)?,
            Some(cores) => cores.start(|| spawn(command))?,
        };
        let running = Running {
            name: self.name(),
            address,
            child,
            folder,
        };
        let start = Instant::now();
        while running.first_answer().is_err() {
            if start.elapsed() > PATIENCE {
                return Err(format!("{} does not answer", self.name()).into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(running)
    }

    fn command(&self, address: SocketAddr, other: SocketAddr, folder: &Path) -> Outcome<Command> {
        let mut command = Command::new(&self.program);
        match &self.kind {
            PeerKind::Server { rulebook } => {
                // A copy, so that a firm that changes is not the one of the repository.
                let firm = folder.join("firm.yaml");
                fs::copy(rulebook.join("firm.yaml"), &firm)?;
                ours(&mut command, address, &firm);
                command.arg("--rules").arg(rulebook.join("rules"));
            }
            PeerKind::LargeFirm { file } => ours(&mut command, address, file),
            PeerKind::Cerbos => {
                let config = folder.join("cerbos.yaml");
                let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/load/policies");
                let text = format!(
                    "server: {{ httpListenAddr: \"{address}\", grpcListenAddr: \"{other}\" }}\ntelemetry: {{ disabled: true }}\nstorage: {{ driver: disk, disk: {{ directory: \"{policies}\", watchForChanges: false }} }}\naudit: {{ enabled: false }}\n"
                );
                fs::write(&config, text)?;
                command
                    .arg("server")
                    .arg("--log-level=error")
                    .arg(format!("--config={}", config.display()));
            }
        }
        Ok(command)
    }
}

/// What our server is always told.
fn ours(command: &mut Command, address: SocketAddr, firm: &Path) {
    let listen = address.to_string();
    command.args(["--listen", &listen, "--log-level", "error", "--no-fixtures"]);
    command.arg("--firm").arg(firm);
}

fn spawn(mut command: Command) -> Outcome<Child> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok(command.spawn()?)
}

/// An address that nobody listens on just now.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

impl Running {
    fn first_answer(&self) -> Outcome<()> {
        let case = singles().into_iter().next().ok_or("no question")?;
        block_on(async {
            Connection::open(self.address)
                .await?
                .ask(&case.request)
                .await?;
            Ok(())
        })
    }

    /// Memory that it takes, in MB.
    pub(crate) fn megabytes(&self) -> Outcome<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .ok_or("no VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes / 1_024.0)
    }

    /// Asks it to stop, and says how long that took.
    pub(crate) fn stop(&mut self) -> Outcome<Duration> {
        let start = Instant::now();
        Command::new("kill")
            .arg(self.child.id().to_string())
            .status()?;
        let status = self.child.wait()?;
        if status.success() {
            Ok(start.elapsed())
        } else {
            Err(format!("it ended with {status}").into())
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
