//! How the process is asked to stop.

use std::io;

use tokio::runtime::{self, Runtime};
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that ask the process to stop (SIGTERM, SIGINT). From when they are caught on, none of them is lost and none ends the
/// process by itself.
#[derive(Debug)]
pub struct StopSignals {
    waiting: Runtime,
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    interrupt: Signal,
}

impl StopSignals {
    /// Catches them.
    ///
    /// # Errors
    /// What the system says where signals cannot be waited for.
    pub fn catch() -> io::Result<Self> {
        let waiting = runtime::Builder::new_current_thread().enable_io().build()?;
        #[cfg(unix)]
        {
            let inside = waiting.enter();
            let terminate = signal(SignalKind::terminate())?;
            let interrupt = signal(SignalKind::interrupt())?;
            drop(inside);
            Ok(Self {
                waiting,
                terminate,
                interrupt,
            })
        }
        #[cfg(not(unix))]
        Ok(Self { waiting })
    }

    /// Waits for the first of them.
    ///
    /// # Errors
    /// What the system says where signals cannot be waited for.
    #[cfg(unix)]
    pub fn wait(mut self) -> io::Result<()> {
        self.waiting.block_on(async {
            tokio::select! {
                _ = self.terminate.recv() => {}
                _ = self.interrupt.recv() => {}
            }
        });
        Ok(())
    }

    /// Waits for the first of them.
    ///
    /// # Errors
    /// What the system says where signals cannot be waited for.
    #[cfg(not(unix))]
    pub fn wait(self) -> io::Result<()> {
        self.waiting.block_on(tokio::signal::ctrl_c())
    }
}
