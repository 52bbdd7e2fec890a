//! Measurements: as fast as it goes, and at a given rate.

use std::future::Future;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::LocalSet;
use tokio::time::{sleep_until, timeout};

use super::Outcome;
use super::client::{Case, Connection, are_decisions, batch, singles};
use super::peer::Running;
use super::report::Row;

/// Items of a batch.
const ITEMS: usize = 100;

/// Everything about one server that runs.
pub(crate) fn measure(peer: &Running, connections: usize, time: Duration) -> Outcome<Vec<Row>> {
    let row = |work, value, unit| Row::new(peer.name, work, value, unit);
    let idle = peer.megabytes()?;
    // What is measured first would pay for everything that is done once.
    flat_out(peer, connections, time / 5, singles())?;
    let single = flat_out(peer, connections, time, singles())?;
    let rate = single.len() as f64 / time.as_secs_f64();
    let paced = paced(peer, connections, time, rate / 2.0)?;
    let batches = flat_out(peer, connections.min(8), time, batch(ITEMS))?;
    let decided = (batches.len() * ITEMS) as f64 / time.as_secs_f64();
    Ok(vec![
        row("memory idle", idle, "MB"),
        row("evaluation, flat out", rate, "/s"),
        row("evaluation, flat out, p99", percentile(single, 0.99), "ms"),
        row(
            "evaluation, half load, p50",
            percentile(paced.clone(), 0.5),
            "ms",
        ),
        row("evaluation, half load, p99", percentile(paced, 0.99), "ms"),
        row("evaluations of 100, decisions", decided, "/s"),
        row("memory after", peer.megabytes()?, "MB"),
    ])
}

/// Asks on all connections, each the next question when the last is answered; gives how long each answer took.
fn flat_out(
    peer: &Running,
    connections: usize,
    time: Duration,
    cases: Vec<Case>,
) -> Outcome<Vec<f64>> {
    let address = peer.address;
    run_all(connections, cases, time, move |place, cases| async move {
        let mut connection = Connection::open(address).await?;
        let (end, mut times) = (Instant::now() + time, Vec::new());
        for case in cases.iter().cycle().skip(place) {
            let start = Instant::now();
            if start >= end {
                break;
            }
            check(case, connection.ask(&case.request).await?.body)?;
            times.push(start.elapsed().as_secs_f64() * 1_000.0);
        }
        Ok(times)
    })
}

/// Asks so many questions a second. Times begin when a question is due where its connection still waits for the answer before, so that
/// a slow answer counts for those behind it too; and else when it is sent, so that a clock of the generator that is late does not count.
fn paced(peer: &Running, connections: usize, time: Duration, rate: f64) -> Outcome<Vec<f64>> {
    let address = peer.address;
    let step = Duration::from_secs_f64(connections as f64 / rate.max(1.0));
    run_all(
        connections,
        singles(),
        time,
        move |place, cases| async move {
            let mut connection = Connection::open(address).await?;
            // Connections begin one after the other within a step.
            let start = Instant::now() + step.mul_f64(place as f64 / connections as f64);
            let (mut due, mut times) = (start, Vec::new());
            for case in cases.iter().cycle().skip(place) {
                if due.duration_since(start) >= time {
                    break;
                }
                let start = if wait_for(due).await {
                    due
                } else {
                    Instant::now()
                };
                check(case, connection.ask(&case.request).await?.body)?;
                times.push(start.elapsed().as_secs_f64() * 1_000.0);
                due += step;
            }
            Ok(times)
        },
    )
}

/// Waits, and tells whether the moment was over already. Timers are good for a millisecond; what is left is waited for by letting others
/// work.
async fn wait_for(due: Instant) -> bool {
    let is_over = Instant::now() >= due;
    let coarse = Duration::from_millis(2);
    if let Some(early) = due.checked_sub(coarse).filter(|at| *at > Instant::now()) {
        sleep_until(early.into()).await;
    }
    while Instant::now() < due {
        tokio::task::yield_now().await;
    }
    is_over
}

/// Runs a task for each connection on this thread, so that the server has the other core.
fn run_all<F, T>(connections: usize, cases: Vec<Case>, time: Duration, task: F) -> Outcome<Vec<f64>>
where
    F: Fn(usize, Rc<Vec<Case>>) -> T,
    T: Future<Output = Outcome<Vec<f64>>> + 'static,
{
    let cases = Rc::new(cases);
    let all = async {
        let local = LocalSet::new();
        let tasks: Vec<_> = (0..connections)
            .map(|place| local.spawn_local(task(place, Rc::clone(&cases))))
            .collect();
        local.await;
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await??);
        }
        Ok(times)
    };
    block_on(async { timeout(time + Duration::from_secs(30), all).await? })
}

/// Runs a future on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        // Those who wait for their moment are always at work: answers that have come are looked for between each turn of theirs.
        .event_interval(1)
        .enable_all()
        .build()?;
    runtime.block_on(future)
}

fn check(case: &Case, body: &[u8]) -> Outcome<()> {
    if are_decisions(body, &case.decisions) {
        Ok(())
    } else {
        Err(format!("a wrong answer: {}", String::from_utf8_lossy(body)).into())
    }
}

fn percentile(mut times: Vec<f64>, share: f64) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    let place = (times.len().saturating_sub(1) as f64 * share).round() as usize;
    times.get(place).copied().unwrap_or(f64::NAN)
}
