//! casbin, in a process of its own: it and clio-rules need the same version of Rhai built in two ways. It is told everything
//! before it is asked, and says itself how long a batch took, so that nothing of the way to it is timed.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::engine::{Engine, Role};
use crate::firm::{Level, Person};
use crate::queries::Questions;

struct Process {
    name: &'static str,
    child: Child,
    into: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

pub(crate) fn whole(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    start("casbin, whole", questions, false)
}

pub(crate) fn sliced(questions: &Questions) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    start("casbin, sliced by action", questions, true)
}

fn start(
    name: &'static str,
    questions: &Questions,
    is_sliced: bool,
) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/casbin/Cargo.toml");
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "run",
        "--quiet",
        "--release",
        "--locked",
        "--manifest-path",
        manifest,
    ]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (into, from) = (child.stdin.take(), child.stdout.take().ok_or("no way out")?);
    let from = BufReader::new(from);
    let mut process = Process {
        name,
        child,
        into,
        from,
    };
    match process.says(&told(questions, is_sliced))?.trim() {
        "ready" => Ok(Box::new(process)),
        other => Err(format!("{name} said `{other}` and not that it is ready").into()),
    }
}

impl Process {
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

fn told(questions: &Questions, is_sliced: bool) -> Value {
    let roles: Vec<[&str; 2]> = questions.people.iter().flat_map(held).collect();
    // What is asked with several values of a fact is still one action; its number is as good with each.
    let actions: Vec<&str> = questions.asked.iter().map(|asked| &*asked.action).collect();
    let queries = questions.queries.iter().zip(questions.named());
    let queries = queries.map(|(query, named)| {
        let fact = named.fact.map_or("", |(_, value)| value);
        (
            query.asked,
            [named.user, named.target.unwrap_or_default(), fact],
        )
    });
    json!({
        "is_sliced": is_sliced,
        "roles": roles,
        "actions": actions,
        "queries": queries.collect::<Vec<_>>(),
    })
}

/// What a person is in: person, role. Somebody disabled is only a person to whom things can be done.
fn held(person: &Person) -> Vec<[&str; 2]> {
    let mut roles = Vec::new();
    if let Some(manage) = &person.manage {
        roles.push("manage_person");
        if person.enabled {
            roles.push("manage_seat");
            roles.extend(manage.roles().map(|role| match role {
                "billing" => "billing_itself",
                role => role,
            }));
            roles.extend(match manage.rates {
                "all" => Some("rates_all"),
                "own" => Some("rates_own"),
                _ => None,
            });
            roles.extend((manage.hours == "all").then_some("hours_all"));
        }
    }
    if let Some(level) = person.grow {
        roles.push("grow_person");
        if person.enabled {
            roles.push("grow_seat");
            roles.extend((level == Level::Admin).then_some("grow_admin"));
        }
    }
    roles.into_iter().map(|role| [&*person.id, role]).collect()
}
