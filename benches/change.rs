//! A permission change validated by handles, with its effects.
//!
//! Every change with every role and setting value that it takes, by and to people of a firm of everybody whom the
//! shipped rules can tell apart, in random order.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod support;

use std::sync::LazyLock;

use clio_rules::{Change, ChangeHandle, Firm, Rulebook, UserHandle, Verdict};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use support::{Random, changes, everybody, large_firm};

fn main() {
    divan::main();
}

struct Asked {
    firm: Firm,
    changes: Vec<(UserHandle, ChangeHandle, UserHandle)>,
}

/// Changes of one sample.
const MANY: usize = 1 << 18;

static ASKED: LazyLock<Asked> = LazyLock::new(|| {
    let rulebook = Rulebook::builtin().expect("built in");
    let firm = everybody(&rulebook);
    let users: Vec<UserHandle> = firm
        .users()
        .map(|id| firm.user(id).expect("known"))
        .collect();
    let handles = changes(&rulebook);
    let mut random = Random::new(2);
    let mut one = || {
        let user = users[random.below(users.len())];
        let target = users[random.below(users.len())];
        (user, handles[random.below(handles.len())], target)
    };
    let changes = (0..MANY).map(|_| one()).collect();
    Asked { firm, changes }
});

#[divan::bench]
fn by_handles(bencher: Bencher) {
    let Asked { firm, changes } = &*ASKED;
    bencher.counter(ItemsCount::new(MANY)).bench(|| {
        let judged = black_box(changes)
            .iter()
            .filter_map(|(user, change, target)| firm.validate(*user, *change, *target).ok());
        let said = judged.map(|judgement| (judgement.is_accepted(), judgement.effects().count()));
        said.fold((0, 0), |(accepted, effects), (is_accepted, more)| {
            (accepted + usize::from(is_accepted), effects + more)
        })
    });
}

/// Only those that are accepted, which have effects and alterations to be found.
#[divan::bench]
fn accepted_by_handles(bencher: Bencher) {
    let Asked { firm, changes } = &*ASKED;
    let is_accepted = |(user, change, target): &&(UserHandle, ChangeHandle, UserHandle)| {
        firm.validate(*user, *change, *target)
            .is_ok_and(|judgement| judgement.is_accepted())
    };
    let accepted: Vec<_> = changes.iter().filter(is_accepted).copied().collect();
    bencher.counter(ItemsCount::new(accepted.len())).bench(|| {
        let judged = black_box(&accepted)
            .iter()
            .filter_map(|(user, change, target)| firm.validate(*user, *change, *target).ok());
        judged
            .map(|judgement| judgement.effects().count() + judgement.altered())
            .sum::<usize>()
    });
}

/// A firm of so many users, and the verdict on a change of one of them in the middle.
fn one_of(users: usize) -> (Firm, Verdict) {
    let firm = large_firm(&Rulebook::builtin().expect("built in"), users);
    let mut targets = (users / 2..).map(|number| format!("u{number:07}"));
    let verdict = targets.find_map(|target| {
        let change = Change::new("u0000000", "grant").role("billing");
        let verdict = firm.judge(&change.target(target)).expect("they are there");
        (verdict.is_accepted() && !verdict.altered.is_empty()).then_some(verdict)
    });
    let verdict = verdict.expect("somebody lacks the role");
    (firm, verdict)
}

/// The firm after the first change to one of its people: how long it takes does not depend on how many there are.
#[divan::bench(args = [1_000, 100_000, 1_000_000])]
fn after_one_of(bencher: Bencher, users: usize) {
    let (firm, verdict) = one_of(if is_measured() { users } else { 100 });
    bencher.bench(|| {
        firm.after(black_box(&verdict))
            .expect("it is about this state")
    });
}

/// Whether something is to be measured, as `cargo bench` asks.
fn is_measured() -> bool {
    std::env::args().any(|word| word == "--bench")
}
