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

use clio_rules::{ChangeHandle, Firm, Rulebook, UserHandle};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use support::{Random, changes, everybody};

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
