//! Each comparison can fail: a flipped rule is found, and what went in is named.

mod command;
mod decisions;
mod made;
mod permission_changes;
mod space;
mod things;

use crate::Failed;
use crate::difference::Difference;
use crate::product::Described;
use crate::progress::Progress;
use crate::reach::Reach;
use crate::sides::{Sides, Texts};
use crate::things::hosting;
use crate::walk::Stop;

/// The three statements of a product, any of which a test alters.
struct Bench {
    described: Described,
    sides: Sides,
}

impl Bench {
    fn manage() -> Self {
        Self {
            described: Described::manage(),
            sides: Sides::shipped(),
        }
    }

    fn grow() -> Self {
        Self {
            described: Described::grow(),
            sides: Sides::shipped(),
        }
    }

    fn hosting() -> Self {
        Self {
            described: Described::hosting(),
            sides: Sides::of(hosting::texts()),
        }
    }

    fn flip_tables(mut self, after: &str, from: &str, to: &str) -> Self {
        flip_in(&mut self.sides.tables, after, from, to);
        self
    }

    fn flip_scripts(mut self, after: &str, from: &str, to: &str) -> Self {
        flip_in(&mut self.sides.scripts, after, from, to);
        self
    }

    fn flip_policies(mut self, after: &str, from: &str, to: &str) -> Self {
        let policies = &mut self.described.policies;
        *policies = flipped(policies, after, from, to).expect("the policies say so");
        self
    }

    fn failure(&self, reach: Reach) -> Failed {
        match self.run(reach) {
            Err(Stop::Failed(failed)) => failed,
            other => panic!("it should not be askable: {other:?}"),
        }
    }

    fn difference(&self, reach: Reach) -> Difference {
        match self.run(reach) {
            Err(Stop::Difference(difference)) => *difference,
            other => panic!("nothing was found: {other:?}"),
        }
    }

    fn run(&self, reach: Reach) -> Result<crate::tally::Tally, Stop> {
        let walk = self.described.walk(&self.sides, reach)?;
        walk.run(&Progress::hidden())
    }
}

/// Replaces the first `from` that follows `after`, in the one file that has both.
fn flip_in(texts: &mut Texts, after: &str, from: &str, to: &str) {
    let files = texts.iter_mut();
    let mut found = files.filter_map(|(_, text)| Some((flipped(text, after, from, to)?, text)));
    let (flipped, text) = found.next().expect("a file says so");
    *text = flipped;
}

fn flipped(text: &str, after: &str, from: &str, to: &str) -> Option<String> {
    let (before, rest) = text.split_once(after)?;
    rest.contains(from)
        .then(|| format!("{before}{after}{}", rest.replacen(from, to, 1)))
}

/// The pairs of answers that differ where one of the three is flipped.
const TABLE_ALONE: [&str; 2] = ["table and scripts", "table and Cedar"];
const SCRIPTS_ALONE: [&str; 2] = ["table and scripts", "scripts and Cedar"];
const CEDAR_ALONE: [&str; 2] = ["table and Cedar", "scripts and Cedar"];
