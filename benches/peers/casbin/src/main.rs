//! Reads a firm and questions from the first line of its input, and then a batch to answer from each further line. Of each
//! batch it says how long it took, and what it answered last.

mod enforcers;

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;

use enforcers::{Enforcers, Prepared};
use serde::{Deserialize, Serialize};

/// What it is told before it is asked.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    People(People),
    Matters(Matters),
}

/// Who opens which matter.
#[derive(Deserialize)]
pub struct Matters {
    /// Who is in what, in which domain.
    pub links: Vec<[String; 3]>,
    /// User and domain.
    pub domains: Vec<[String; 2]>,
}

/// Who may do what to whom.
#[derive(Deserialize)]
pub struct People {
    /// Whether each action has an enforcer of its own.
    pub is_sliced: bool,
    /// Who is in which role.
    pub roles: Vec<[String; 2]>,
    pub actions: Vec<String>,
    /// The number of the action; sub, target, fact.
    pub queries: Vec<(usize, [String; 3])>,
}

/// Queries to answer, a number of times.
#[derive(Deserialize)]
struct Batch {
    first: usize,
    end: usize,
    passes: u32,
}

#[derive(Serialize)]
struct Answered {
    nanoseconds: u64,
    /// One digit for each query: 1 allows.
    answers: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut lines = stdin().lock().lines();
    let told: Told = serde_json::from_str(&lines.next().ok_or("nothing to read")??)?;
    let (enforcers, queries) = match &told {
        Told::People(people) => (Enforcers::of_people(people)?, enforcers::prepare(people)),
        Told::Matters(matters) => (
            Enforcers::of_matters(matters)?,
            enforcers::prepare_matters(matters),
        ),
    };
    drop(told);
    let mut out = stdout().lock();
    writeln!(out, "ready")?;
    out.flush()?;
    for line in lines {
        let answered = answer(&enforcers, &queries, &serde_json::from_str(&line?)?)?;
        writeln!(out, "{}", serde_json::to_string(&answered)?)?;
        out.flush()?;
    }
    Ok(())
}

fn answer(enforcers: &Enforcers, queries: &[Prepared], batch: &Batch) -> casbin::Result<Answered> {
    let queries = &queries[batch.first..batch.end];
    let mut answers = vec![false; queries.len()];
    let start = Instant::now();
    for _ in 0..batch.passes {
        enforcers.answer(std::hint::black_box(queries), &mut answers)?;
        std::hint::black_box(&mut answers);
    }
    let nanoseconds = start.elapsed().as_nanos() as u64;
    let answers = answers
        .iter()
        .map(|yes| if *yes { '1' } else { '0' })
        .collect();
    Ok(Answered {
        nanoseconds,
        answers,
    })
}
