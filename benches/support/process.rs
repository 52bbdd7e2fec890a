//! Programs that are run to be measured: how long they take, and how much memory they have at most.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// What a run of a program took.
pub(crate) struct Run {
    pub(crate) time: Duration,
    /// Most memory that was resident, in bytes; none where the system does not tell.
    pub(crate) memory: Option<u64>,
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s", self.time.as_secs_f64())?;
        match self.memory {
            Some(memory) => write!(f, ", {} MB resident at most", memory >> 20),
            None => Ok(()),
        }
    }
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Run {
    let start = Instant::now();
    let mut child = command.spawn().expect("it runs");
    let mut memory = None;
    let status = loop {
        memory = peak(&child).or(memory);
        if let Some(status) = child.try_wait().expect("it is ours") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.code() < Some(2), "{status}");
    Run {
        time: start.elapsed(),
        memory,
    }
}

/// The most memory that a running program has had so far.
fn peak(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes << 10)
}

/// The median of several runs, by time.
pub(crate) fn median(rounds: usize, run: impl Fn() -> Run) -> Run {
    let mut runs: Vec<Run> = (0..rounds).map(|_| run()).collect();
    runs.sort_by_key(|run| run.time);
    runs.swap_remove(rounds / 2)
}

/// The program under test.
pub(crate) fn clio_rules() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clio-rules"));
    command.current_dir(std::env::temp_dir());
    command
}

/// Whether nothing is to be measured, only tried: `cargo test --benches` asks for that, `cargo bench` does not.
pub(crate) fn is_trial() -> bool {
    !std::env::args().any(|word| word == "--bench")
}

/// A file that is made once and goes when it is dropped.
pub(crate) struct Made(tempfile::TempPath);

impl Made {
    pub(crate) fn new(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Self {
        let mut file = tempfile::NamedTempFile::new().expect("there is room");
        let mut buffer = std::io::BufWriter::new(file.as_file_mut());
        write(&mut buffer).expect("there is room");
        std::io::Write::flush(&mut buffer).expect("there is room");
        drop(buffer);
        Self(file.into_temp_path())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}
