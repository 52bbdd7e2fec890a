//! A whole firm: 100,000 users by all actions without a target, every user's decisions delivered.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod support;

use std::sync::LazyLock;

use clio_rules::{Firm, Rulebook};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use support::large_firm;

fn main() {
    divan::main();
}

static FIRM: LazyLock<Firm> = LazyLock::new(|| {
    let rulebook = Rulebook::builtin().expect("built in");
    large_firm(&rulebook, 100_000)
});

fn decisions(firm: &Firm) -> usize {
    let products = firm.rulebook().products();
    let columns = products.map(|product| firm.access(product).expect("known").actions().count());
    columns.sum::<usize>() * firm.users().count()
}

/// Rows handed over, as shared memory.
#[divan::bench]
fn rows(bencher: Bencher) {
    let firm = &*FIRM;
    bencher
        .counter(ItemsCount::new(decisions(firm)))
        .bench_local(|| {
            for product in firm.rulebook().products() {
                for row in firm.access(product).expect("known").rows() {
                    black_box(row);
                }
            }
        });
}

/// Every single decision looked at by whoever gets the rows.
#[divan::bench]
fn rows_read_decision_by_decision(bencher: Bencher) {
    let firm = &*FIRM;
    bencher
        .counter(ItemsCount::new(decisions(firm)))
        .bench_local(|| {
            let mut allowed = 0;
            for product in firm.rulebook().products() {
                for row in firm.access(product).expect("known").rows() {
                    allowed += row.allowed().filter(|allowed| *allowed).count();
                }
            }
            allowed
        });
}

/// The same by one question at a time.
#[divan::bench(sample_count = 20)]
fn one_by_one(bencher: Bencher) {
    let firm = &*FIRM;
    let rulebook = firm.rulebook();
    let actions: Vec<_> = rulebook
        .products()
        .flat_map(|product| {
            let access = firm.access(product).expect("known");
            let handle = |action| rulebook.action(Some(product), action).expect("known");
            access.actions().map(handle).collect::<Vec<_>>()
        })
        .collect();
    let users: Vec<_> = firm
        .users()
        .map(|id| firm.user(id).expect("known"))
        .collect();
    bencher
        .counter(ItemsCount::new(users.len() * actions.len()))
        .bench_local(|| {
            let mut allowed = 0;
            for user in &users {
                let answers = actions
                    .iter()
                    .filter_map(|action| firm.decide(*user, *action, None).ok());
                allowed += answers.filter(|answer| answer.is_allowed()).count();
            }
            allowed
        });
}
