//! Where chunks are fetched and replies are handed in. Many work side by side, and what they hand in is written in
//! the order of what they fetched.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};

use super::chunk::{ChunkReader, LineChunk};
use super::error::BatchError;

/// How many chunks may wait for the one that is to be written next, for each who works.
const AHEAD: u64 = 4;

/// Hands the chunks of a stream to the workers that answer them, and their replies to the writer, in order.
pub(super) struct WorkQueue<R, P> {
    inbox: Mutex<ChunkReader<R>>,
    outbox: Mutex<ReplyOutbox<P>>,
    /// Told whenever a chunk has been written, or nothing will be.
    written: Condvar,
    /// Nothing is fetched any more.
    is_closed: AtomicBool,
    jobs: NonZero<usize>,
}

/// Replies that wait for those before them.
struct ReplyOutbox<P> {
    /// The chunk that is to be written next.
    next: u64,
    waiting: BTreeMap<u64, ChunkReplies>,
    /// Written replies, whose room is used again.
    spare: Vec<ChunkReplies>,
    /// The worker that takes the writer writes what is next, and puts it back.
    writer: Option<P>,
    all_asked: bool,
    failed: Option<BatchError>,
}

/// What a chunk was answered with.
#[derive(Default)]
struct ChunkReplies {
    /// One below the other.
    bytes: Vec<u8>,
    /// How many lines the chunk has.
    lines: u64,
}

/// What takes the replies of a batch, in the order of the questions. Whatever can be written to is one.
pub trait ReplyWriter: Send {
    /// Writes the replies to some lines, one below the other. Whether anybody reads on: if not, no more lines are answered.
    ///
    /// # Errors
    /// Whatever goes wrong: it ends the batch.
    fn write_replies(&mut self, replies: &[u8], lines: u64) -> io::Result<bool>;
}

/// Whoever waits for a reply gets it at once.
impl<W: Write + Send> ReplyWriter for W {
    fn write_replies(&mut self, replies: &[u8], _: u64) -> io::Result<bool> {
        self.write_all(replies)?;
        self.flush()?;
        Ok(true)
    }
}

/// Somebody who answers the lines of a chunk. Whether all of them could be asked.
pub(super) trait ChunkWorker: FnMut(&LineChunk, &mut Vec<u8>) -> io::Result<bool> {}

impl<W: FnMut(&LineChunk, &mut Vec<u8>) -> io::Result<bool>> ChunkWorker for W {}

impl<R: Read + Send, P: ReplyWriter> WorkQueue<R, P> {
    /// A queue for so many workers.
    pub(super) fn new(chunks: ChunkReader<R>, writer: P, jobs: NonZero<usize>) -> Self {
        Self {
            inbox: Mutex::new(chunks),
            outbox: Mutex::new(ReplyOutbox {
                next: 0,
                waiting: BTreeMap::new(),
                spare: Vec::new(),
                writer: Some(writer),
                all_asked: true,
                failed: None,
            }),
            written: Condvar::new(),
            is_closed: AtomicBool::new(false),
            jobs,
        }
    }

    /// Answers the stream up to its end. Help comes only where there is plenty to do: whoever asks one question does
    /// not wait for it. Whether all lines could be asked.
    pub(super) fn run<W: ChunkWorker>(
        self,
        worker: impl Fn() -> W + Sync,
    ) -> Result<bool, BatchError> {
        thread::scope(|scope| {
            let mut help = 1..self.jobs.get();
            self.work(worker(), || {
                for _ in help.by_ref() {
                    // Where there can be no more threads, those that there are do it.
                    let _ = Builder::new().spawn_scoped(scope, || self.work(worker(), || {}));
                }
            });
        });
        let outbox = self.outbox.into_inner();
        let outbox = outbox.unwrap_or_else(PoisonError::into_inner);
        outbox.failed.map_or(Ok(outbox.all_asked), Err)
    }

    fn work(&self, mut worker: impl ChunkWorker, mut on_plenty: impl FnMut()) {
        let _closing = CloseOnPanic(self);
        let mut chunk = LineChunk::default();
        let mut replies = ChunkReplies::default();
        while self.fetch(&mut chunk) {
            if chunk.is_plenty() {
                on_plenty();
            }
            replies.lines = chunk.ends();
            match worker(&chunk, &mut replies.bytes) {
                Ok(all_asked) => replies = self.hand_in(chunk.number, replies, all_asked),
                Err(error) => {
                    return self.close(&mut self.outbox(), Some(BatchError::Writing(error)));
                }
            }
        }
    }

    fn fetch(&self, chunk: &mut LineChunk) -> bool {
        let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_closed() {
            return false;
        }
        inbox.read(chunk).unwrap_or_else(|error| {
            self.close(&mut self.outbox(), Some(BatchError::Reading(error)));
            false
        })
    }

    /// Writes replies, and those that waited for them, or lets them wait for others. Gives room for new ones.
    fn hand_in(&self, number: u64, replies: ChunkReplies, all_asked: bool) -> ChunkReplies {
        let ahead = AHEAD * self.jobs.get() as u64;
        let mut outbox = self.outbox();
        while number >= outbox.next + ahead && !self.is_closed() {
            let woken = self.written.wait(outbox);
            outbox = woken.unwrap_or_else(PoisonError::into_inner);
        }
        outbox.all_asked &= all_asked;
        outbox.waiting.insert(number, replies);
        while let Some((mut writer, mut replies)) = outbox.take_next() {
            drop(outbox);
            let written = writer.write_replies(&replies.bytes, replies.lines);
            outbox = self.outbox();
            outbox.writer = Some(writer);
            outbox.next += 1;
            replies.bytes.clear();
            outbox.spare.push(replies);
            match written {
                Ok(true) => self.written.notify_all(),
                Ok(false) => self.close(&mut outbox, None),
                Err(error) => self.close(&mut outbox, Some(BatchError::Writing(error))),
            }
        }
        outbox.spare.pop().unwrap_or_default()
    }

    /// Lets nobody fetch anything more. The first reason counts.
    fn close(&self, outbox: &mut ReplyOutbox<P>, why: Option<BatchError>) {
        outbox.failed = outbox.failed.take().or(why);
        self.is_closed.store(true, Ordering::Relaxed);
        self.written.notify_all();
    }

    fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    fn outbox(&self) -> MutexGuard<'_, ReplyOutbox<P>> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P> ReplyOutbox<P> {
    /// The writer and what is next, unless that is not there yet or somebody writes it.
    fn take_next(&mut self) -> Option<(P, ChunkReplies)> {
        let writer = self.writer.take()?;
        match self.waiting.remove(&self.next) {
            Some(replies) => Some((writer, replies)),
            None => {
                self.writer = Some(writer);
                None
            }
        }
    }
}

/// Closes the queue when a worker panics, so that the others do not wait for it.
struct CloseOnPanic<'d, R: Read + Send, P: ReplyWriter>(&'d WorkQueue<R, P>);

impl<R: Read + Send, P: ReplyWriter> Drop for CloseOnPanic<'_, R, P> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close(&mut self.0.outbox(), None);
        }
    }
}
