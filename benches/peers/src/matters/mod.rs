//! Who opens which matter: lists of people and groups, and groups in groups, in firms of several sizes.

mod bits;
mod casbin;
mod cedar;
mod clio;
mod firm;
mod report;
mod spicedb;

use std::time::Duration;

use crate::engine::{Build, Engine};
use crate::options::Options;
use crate::timing::{self, Plan};
use crate::{End, progress, verified};
use firm::{Matters, Size};
pub(crate) use report::MattersReport;
pub(crate) use spicedb::is_installed as has_spicedb;

/// All engines, in the order of the report. The first is what the others are compared with.
const ALL: [Build<Matters>; 6] = [
    clio::handles,
    clio::names,
    cedar::sets,
    cedar::parents,
    casbin::by_domain,
    bits::bits,
];

/// More and more matters, then longer and longer lists.
const SIZES: [Size; 6] = [
    Size::new(100, 200, 10),
    Size::new(100, 1_000, 10),
    Size::new(100, 10_000, 10),
    Size::new(2_000, 200, 10),
    Size::new(2_000, 200, 100),
    Size::new(2_000, 200, 1_000),
];

/// Asks about firms of each size, or of the smallest.
pub(crate) fn run(options: &Options) -> Result<Vec<MattersReport>, End> {
    let sizes = if options.is_quick {
        &SIZES[..1]
    } else {
        &SIZES
    };
    sizes.iter().map(|size| of_size(options, *size)).collect()
}

fn of_size(options: &Options, size: Size) -> Result<MattersReport, End> {
    let matters = Matters::of(size);
    progress(&format!("building the engines for {size}"));
    let spicedb = spicedb::takes_part(size).then_some(spicedb::spicedb as Build<Matters>);
    let all = ALL.into_iter().chain(spicedb);
    let engines = all.map(|build| build(&matters));
    let mut engines = engines.collect::<Result<Vec<Box<dyn Engine>>, _>>()?;
    let allowed = verified(&matters, &mut engines, options.flips)?;
    let plan = Plan {
        rounds: options.rounds,
        sample: matters.queries.len(),
        most: Duration::from_millis(500),
        batch: Duration::from_millis(if options.is_quick { 1 } else { 10 }),
    };
    Ok(MattersReport {
        size,
        verified: matters.queries.len(),
        allowed,
        rounds: plan.rounds,
        timed: timing::run(&mut engines, &plan, progress),
    })
}
