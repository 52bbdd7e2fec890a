//! The thread that writes lines.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant};

use super::DecisionEntry;
use super::log::{LogCounts, Message};
use crate::clock::Timestamp;
use crate::config::LogTarget;

/// How often the writer looks whether its file still stands at its path.
const LOOK: Duration = Duration::from_secs(1);

/// Where lines go.
pub(super) struct LineTarget {
    out: BufWriter<Box<dyn Write + Send>>,
    /// The path, where it is a file, and which file it was when it was opened.
    file: Option<(PathBuf, Option<u64>)>,
    looked: Instant,
}

impl LineTarget {
    pub(super) fn open(target: &LogTarget) -> io::Result<Self> {
        match target {
            LogTarget::Stdout => Ok(Self::of(Box::new(io::stdout()), None)),
            LogTarget::File(path) => {
                let file = append(path)?;
                let number = number_of(file.metadata().ok());
                Ok(Self::of(Box::new(file), Some((path.clone(), number))))
            }
        }
    }

    pub(super) fn of(out: Box<dyn Write + Send>, file: Option<(PathBuf, Option<u64>)>) -> Self {
        Self {
            out: BufWriter::with_capacity(64 << 10, out),
            file,
            looked: Instant::now(),
        }
    }

    /// Opens the file anew where it was renamed or removed, as programs do that keep logs short.
    fn follow(&mut self) {
        let Some((path, number)) = self.file.as_ref().filter(|_| self.looked.elapsed() > LOOK)
        else {
            return;
        };
        self.looked = Instant::now();
        if number_of(fs::metadata(path).ok()) == *number {
            return;
        }
        if let Ok(target) = Self::open(&LogTarget::File(path.clone())) {
            *self = target;
        }
    }
}

/// The number of a file in its file system; none where there is no file, or systems have no such numbers.
fn number_of(file: Option<fs::Metadata>) -> Option<u64> {
    #[cfg(unix)]
    return file.map(|file| std::os::unix::fs::MetadataExt::ino(&file));
    #[cfg(not(unix))]
    return file.map(|_| 0);
}

/// Opens a file at its end. What people ask is not for everybody on this computer.
fn append(path: &PathBuf) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    options.open(path)
}

/// Writes until nobody can send anything any more.
pub(super) fn write_all(messages: &Receiver<Message>, target: LineTarget, counts: &LogCounts) {
    let mut writer = Writer {
        target,
        counts,
        unflushed: 0,
        is_failing: false,
    };
    loop {
        let next = match messages.try_recv() {
            Ok(next) => next,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                writer.flush();
                match messages.recv() {
                    Ok(next) => next,
                    Err(_) => break,
                }
            }
        };
        match next {
            Message::Line(time, entry) => writer.write(time, &entry),
            Message::Flush(done) => {
                writer.flush();
                // Whoever wanted to know may have gone.
                let _ = done.send(());
            }
        }
    }
    writer.flush();
}

struct Writer<'c> {
    target: LineTarget,
    counts: &'c LogCounts,
    /// Lines of which it is not known yet whether they are written.
    unflushed: u64,
    is_failing: bool,
}

impl Writer<'_> {
    fn write(&mut self, time: Timestamp, entry: &DecisionEntry) {
        self.target.follow();
        self.counts.bytes.fetch_sub(entry.size(), Ordering::Relaxed);
        self.unflushed += 1;
        if let Err(error) = self.target.out.write_all(&entry.line(time)) {
            self.note(Err(error));
        }
    }

    fn flush(&mut self) {
        let flushed = self.target.out.flush();
        self.note(flushed);
    }

    /// Counts lines. A failure is reported once, until something can be written again.
    fn note(&mut self, outcome: io::Result<()>) {
        let lines = std::mem::take(&mut self.unflushed);
        match outcome {
            Ok(()) => {
                self.counts.written.add(lines);
                self.is_failing &= lines == 0;
            }
            Err(error) => {
                self.counts.failed.add(lines);
                if !self.is_failing {
                    tracing::error!("decisions cannot be written: {error}");
                }
                self.is_failing = true;
            }
        }
    }
}
