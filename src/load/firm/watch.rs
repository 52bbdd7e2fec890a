//! Progress reports while a firm is read.

/// How far the reading of a firm file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes that are read.
    pub bytes: u64,
    /// Bytes of the whole file.
    pub total: u64,
    /// Users that were met so far.
    pub users: u64,
}

/// Reports progress to whoever waits.
pub(super) struct ProgressWatch<'w> {
    on_progress: &'w mut dyn FnMut(Progress),
    now: Progress,
}

impl<'w> ProgressWatch<'w> {
    /// Users between two reports; of a file of usual users that is a report every few milliseconds.
    const STEP: u64 = 4_096;

    pub(super) fn new(total: usize, on_progress: &'w mut dyn FnMut(Progress)) -> Self {
        let now = Progress {
            bytes: 0,
            total: total as u64,
            users: 0,
        };
        Self { on_progress, now }
    }

    /// Begins, or begins anew: a file that needs a closer look is read from its start.
    pub(super) fn start(&mut self) {
        self.now.bytes = 0;
        self.now.users = 0;
        (self.on_progress)(self.now);
    }

    /// Notes a user who ends at this byte.
    pub(super) fn user(&mut self, bytes: usize) {
        self.now.users += 1;
        if self.now.users.is_multiple_of(Self::STEP) {
            self.now.bytes = (bytes as u64).min(self.now.total);
            (self.on_progress)(self.now);
        }
    }

    /// Everything is read.
    pub(super) fn end(&mut self) {
        self.now.bytes = self.now.total;
        (self.on_progress)(self.now);
    }
}
