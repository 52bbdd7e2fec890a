//! An engine in a process of its own. It is told everything before it is asked, and says itself how long a batch took, so that
//! nothing of the way to it is timed.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::engine::{Engine, Role};

/// The process.
pub(crate) struct Process {
    name: &'static str,
    child: Child,
    into: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Process {
    /// Starts it, and tells it everything.
    pub(crate) fn start(
        name: &'static str,
        mut command: Command,
        told: &Value,
    ) -> Result<Box<dyn Engine>, Box<dyn Error>> {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = piped.spawn()?;
        let (into, from) = (child.stdin.take(), child.stdout.take().ok_or("no way out")?);
        let from = BufReader::new(from);
        let mut process = Self {
            name,
            child,
            into,
            from,
        };
        match process.says(told)?.trim() {
            "ready" => Ok(Box::new(process)),
            other => Err(format!("{name} said `{other}` and not that it is ready").into()),
        }
    }

    fn says(&mut self, told: &Value) -> Result<String, Box<dyn Error>> {
        let into = self.into.as_mut().ok_or("no way in")?;
        writeln!(into, "{told}")?;
        into.flush()?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        Ok(line)
    }

    fn batch_of(
        &mut self,
        queries: Range<usize>,
        passes: u32,
        answers: &mut [bool],
    ) -> Result<Duration, Box<dyn Error>> {
        let batch = json!({ "first": queries.start, "end": queries.end, "passes": passes });
        let said: Value = serde_json::from_str(&self.says(&batch)?)?;
        let (Some(took), Some(said)) = (said["nanoseconds"].as_u64(), said["answers"].as_str())
        else {
            return Err("an answer that cannot be read".into());
        };
        if said.len() != answers.len() {
            return Err("not one answer for each query".into());
        }
        for (answer, said) in answers.iter_mut().zip(said.bytes()) {
            *answer = said == b'1';
        }
        Ok(Duration::from_nanos(took))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends when nothing more can come.
        drop(self.into.take());
        let _ = self.child.wait();
    }
}

impl Engine for Process {
    fn name(&self) -> &'static str {
        self.name
    }

    fn role(&self) -> Role {
        Role::Peer
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        self.batch(queries, 1, answers);
    }

    fn batch(&mut self, queries: Range<usize>, passes: u32, answers: &mut [bool]) -> Duration {
        let answered = self.batch_of(queries, passes, answers);
        answered.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}
