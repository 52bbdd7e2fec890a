use std::sync::atomic::AtomicU64;
use std::thread;

use pretty_assertions::assert_eq;

use super::*;
use crate::{Firm, Rulebook, User};

fn firm() -> Firm {
    let rulebook = Rulebook::builtin().unwrap();
    let users = (0..500).map(|number| User::new(format!("person_{number:03}")));
    Firm::of_users(&rulebook, "Many", users).unwrap()
}

/// A search that waits to be wanted; hardly two take the same number of steps.
fn finding(firm: &Firm, number: u64) -> Finding {
    let name = match number % 4 {
        0 => format!("zebra{number}"),
        _ => format!("person_{:03}x", number * 7 % 900),
    };
    firm.user(&name).unwrap_err().into_finding()
}

/// Findings of each chunk: some have none.
fn findings_of(chunk: u64) -> std::ops::Range<u64> {
    chunk * 5..chunk * 5 + chunk * 3 % 5
}

const CHUNKS: u64 = 60;

/// The help of all findings, by so many who work side by side.
fn helped(firm: &Firm, steps: usize, jobs: usize) -> Vec<Option<String>> {
    let allowance = SearchAllowance::with_steps(steps);
    let next = AtomicU64::new(0);
    let mut helped = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    if chunk >= CHUNKS {
                        return;
                    }
                    let share = allowance.share_of(chunk);
                    for number in findings_of(chunk) {
                        let finding = finding(firm, number);
                        share.spend_on(&finding);
                        assert!(!finding.awaits_search());
                        let help = finding.help().map(str::to_owned);
                        helped.lock().unwrap().push((number, help));
                    }
                }
            });
        }
    });
    let helped = helped.get_mut().unwrap();
    helped.sort();
    helped.drain(..).map(|(_, help)| help).collect()
}

#[test]
fn steps_are_spent_in_the_order_of_the_chunks_whoever_answers_them() {
    let firm = firm();
    let all = helped(&firm, usize::MAX, 1);
    assert!(all.iter().any(Option::is_none), "some names are near none");
    for steps in [0, 1, 1_000, 10_000, 100_000, usize::MAX] {
        let alone = helped(&firm, steps, 1);
        for jobs in [2, 5] {
            assert_eq!(
                helped(&firm, steps, jobs),
                alone,
                "{steps} steps, {jobs} jobs"
            );
        }
        // What is found is what is found with plenty; behind the last step there is nothing.
        let behind = alone.iter().zip(&all).position(|(some, all)| some != all);
        let behind = behind.map_or(&[][..], |behind| &alone[behind + 1..]);
        assert!(behind.iter().all(Option::is_none));
        assert_eq!(behind.is_empty(), steps == usize::MAX, "{steps} steps");
    }
}

#[test]
fn a_flood_takes_no_more_steps_than_the_allowance_holds() {
    let firm = firm();
    let allowance = SearchAllowance::with_steps(50_000);
    let share = allowance.share_of(0);
    let with_help = (0..10_000).map(|number| {
        let finding = finding(&firm, number);
        share.spend_on(&finding);
        finding.help().is_some()
    });
    let with_help = with_help.filter(|has_help| *has_help).count();
    assert!((1..1_000).contains(&with_help), "{with_help}");
    assert_eq!(allowance.turns().steps, 0);
}
