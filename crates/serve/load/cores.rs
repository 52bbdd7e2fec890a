//! Which core does what. Where the generator and the server share a core, the system lets one of them wait for some milliseconds, and
//! that is measured instead of the server.

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use super::Outcome;

/// The cores of this process, divided.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cores {
    generator: CpuSet,
    servers: CpuSet,
}

impl Cores {
    /// The last core for the generator, and the others for servers.
    pub(crate) fn divided() -> Outcome<Self> {
        let mut servers = sched_getaffinity(None)?;
        let mut cores = (0..CpuSet::MAX_CPU).rev();
        let last = cores
            .find(|core| servers.is_set(*core))
            .filter(|_| servers.count() > 1)
            .ok_or("there is one core only: there is nothing to divide")?;
        servers.unset(last);
        let mut generator = CpuSet::new();
        generator.set(last);
        Ok(Self { generator, servers })
    }

    /// Puts this thread on the core of the generator.
    pub(crate) fn stay(&self) -> Outcome<()> {
        Ok(sched_setaffinity(None, &self.generator)?)
    }

    /// Starts something that stays on the cores of servers: what is started stays where this thread is.
    pub(crate) fn start<T>(&self, start: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        sched_setaffinity(None, &self.servers)?;
        let started = start();
        self.stay()?;
        started
    }
}
