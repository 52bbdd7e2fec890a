//! The queue in front of the writer.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, SyncSender, TrySendError, channel, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::DecisionEntry;
use super::writer::{LineTarget, write_all};
use crate::clock::Timestamp;
use crate::config::DecisionLogSettings;
use crate::metrics::Count;

/// Lines that may wait, and the memory that they may take together.
const WAITING: usize = 8_192;
const WAITING_BYTES: usize = 16 << 20;

/// Where decisions are written; nowhere, unless somebody asked for it.
#[derive(Debug, Default)]
pub struct DecisionLog {
    queue: Option<Queue>,
    counts: Arc<LogCounts>,
}

/// What became of lines.
#[derive(Debug, Default)]
pub(crate) struct LogCounts {
    pub(crate) written: Count,
    pub(crate) dropped: Count,
    pub(crate) failed: Count,
    /// Memory of the lines that wait.
    pub(super) bytes: AtomicUsize,
}

/// What goes through the queue.
#[derive(Debug)]
pub(super) enum Message {
    /// A line and its time.
    Line(Timestamp, DecisionEntry),
    /// The wish to hear when everything before it is written.
    Flush(Sender<()>),
}

#[derive(Debug)]
struct Queue {
    sender: SyncSender<Message>,
    /// A request is logged if its number, well mixed, is not above this; none for all of them.
    up_to: Option<u64>,
    asked: AtomicU64,
    writer: JoinHandle<()>,
}

impl DecisionLog {
    /// Opens the log, and starts its writer.
    ///
    /// # Errors
    /// When the file cannot be opened, or no thread can be started.
    pub fn open(settings: &DecisionLogSettings) -> io::Result<Self> {
        let target = LineTarget::open(&settings.target)?;
        Self::to(target, settings.share, WAITING)
    }

    pub(super) fn to(target: LineTarget, share: f64, waiting: usize) -> io::Result<Self> {
        let counts = Arc::<LogCounts>::default();
        let (sender, lines) = sync_channel(waiting);
        let kept = Arc::clone(&counts);
        let writer = thread::Builder::new()
            .name("decisions".into())
            .spawn(move || write_all(&lines, target, &kept))?;
        let queue = Queue {
            sender,
            up_to: (share < 1.0).then_some((share * u64::MAX as f64) as u64),
            asked: AtomicU64::new(0),
            writer,
        };
        Ok(Self {
            queue: Some(queue),
            counts,
        })
    }

    /// Whether the next decision is to be logged: the log is on, and it belongs to its share.
    pub fn is_due(&self) -> bool {
        self.queue.as_ref().is_some_and(Queue::is_due)
    }

    /// Logs a decision. Where the queue is full, it is dropped and counted.
    pub fn record(&self, entry: DecisionEntry) {
        let Some(queue) = &self.queue else {
            return;
        };
        let size = entry.size();
        let before = self.counts.bytes.fetch_add(size, Ordering::Relaxed);
        let is_queued = before + size <= WAITING_BYTES
            && match queue
                .sender
                .try_send(Message::Line(Timestamp::now(), entry))
            {
                Ok(()) => true,
                Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
            };
        if !is_queued {
            self.counts.bytes.fetch_sub(size, Ordering::Relaxed);
            self.counts.dropped.add(1);
        }
    }

    /// Waits until everything that was recorded is written, but not longer than this.
    pub(crate) fn flush(&self, patience: Duration) {
        let Some(queue) = &self.queue else {
            return;
        };
        let start = Instant::now();
        let (done, is_done) = channel();
        while queue.sender.try_send(Message::Flush(done.clone())).is_err() {
            if start.elapsed() > patience {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        // A disk that takes longer keeps nobody.
        let _ = is_done.recv_timeout(patience);
    }

    /// What became of the lines.
    pub(crate) fn counts(&self) -> &LogCounts {
        &self.counts
    }
}

impl Queue {
    /// Whether the next request belongs to the share: its number is mixed by splitmix64, so that nothing regular in what clients ask
    /// meets something regular in the choice.
    fn is_due(&self) -> bool {
        let Some(up_to) = self.up_to else {
            return true;
        };
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) < up_to
    }
}

impl Drop for DecisionLog {
    /// Everything that waits is written.
    fn drop(&mut self) {
        if let Some(Queue { sender, writer, .. }) = self.queue.take() {
            drop(sender);
            // A writer that panicked has nothing more to do.
            let _ = writer.join();
        }
    }
}
