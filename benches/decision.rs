//! A decision: by handles, by names, and beside them a bare table of bits written by hand.
//!
//! The questions are all that there are about a firm of everybody whom the shipped rules can tell apart, in random order.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod support;

use std::sync::LazyLock;

use clio_rules::{Firm, Question, Rulebook};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use support::{Queries, Query, after_a_change, everybody, large_firm};

fn main() {
    divan::main();
}

struct Asked {
    firm: Firm,
    queries: Queries,
    /// Questions in random order.
    asked: Vec<Query>,
    bare: Bare,
}

/// Questions of one sample. Measured are the first of all there are; to try, a few are enough.
const MANY: usize = 1 << 20;

/// Whether something is to be measured, as `cargo bench` asks.
fn is_measured() -> bool {
    std::env::args().any(|word| word == "--bench")
}

static ASKED: LazyLock<Asked> = LazyLock::new(|| {
    let rulebook = Rulebook::builtin().expect("built in");
    let firm = everybody(&rulebook);
    let queries = Queries::of(&rulebook, &firm);
    let mut asked = if is_measured() {
        queries.every()
    } else {
        queries.some(1_000)
    };
    let bare = Bare::of(&firm, &queries, &asked);
    asked.truncate(MANY);
    Asked {
        firm,
        queries,
        asked,
        bare,
    }
});

/// One bit for each user and action, or user, action and target: what a table costs that knows nothing else.
struct Bare {
    bits: Vec<u64>,
    /// Where the bits of an action begin, and how far apart two users are: one bit, or one for each target.
    actions: Vec<(u32, u32)>,
}

impl Bare {
    fn of(firm: &Firm, queries: &Queries, asked: &[Query]) -> Self {
        let users = queries.users.len() as u32;
        let (mut actions, mut next) = (Vec::new(), 0);
        for on_target in &queries.on_target {
            let stride = if *on_target { users } else { 1 };
            actions.push((next, stride));
            next += users * stride;
        }
        let mut bare = Self {
            bits: vec![0; next as usize / 64 + 1],
            actions,
        };
        for query in asked {
            let (user, action, target) = queries.handles(*query);
            if firm
                .decide(user, action, target)
                .expect("it fits")
                .is_allowed()
            {
                let bit = bare.bit(*query);
                bare.bits[bit / 64] |= 1 << (bit % 64);
            }
        }
        bare
    }

    #[inline]
    fn bit(&self, query: Query) -> usize {
        let (first, stride) = self.actions[usize::from(query.action)];
        let target = if query.target == Query::NOBODY {
            0
        } else {
            u32::from(query.target)
        };
        (first + u32::from(query.user) * stride + target) as usize
    }

    #[inline]
    fn is_allowed(&self, query: Query) -> bool {
        let bit = self.bit(query);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }
}

#[divan::bench]
fn by_handles(bencher: Bencher) {
    let Asked {
        firm,
        queries,
        asked,
        ..
    } = &*ASKED;
    bencher.counter(ItemsCount::new(asked.len())).bench(|| {
        let answers = black_box(asked).iter().filter_map(|query| {
            let (user, action, target) = queries.handles(*query);
            firm.decide(user, action, target).ok()
        });
        answers.filter(|answer| answer.is_allowed()).count()
    });
}

/// A firm so large that what changes alter lies over the rest.
static LARGE: LazyLock<(Firm, Queries, Vec<Query>)> = LazyLock::new(|| {
    let rulebook = Rulebook::builtin().expect("built in");
    let firm = large_firm(&rulebook, 5_000);
    let queries = Queries::of(&rulebook, &firm);
    let asked = queries.some(if is_measured() { MANY } else { 1_000 });
    (firm, queries, asked)
});

#[divan::bench]
fn by_handles_of_5_000(bencher: Bencher) {
    let (firm, ..) = &*LARGE;
    by_handles_of(firm, bencher);
}

/// After a change that has altered one of them.
#[divan::bench]
fn by_handles_of_5_000_after_a_change(bencher: Bencher) {
    let (firm, ..) = &*LARGE;
    by_handles_of(&after_a_change(firm), bencher);
}

fn by_handles_of(firm: &Firm, bencher: Bencher) {
    let (_, queries, asked) = &*LARGE;
    bencher.counter(ItemsCount::new(asked.len())).bench(|| {
        let answers = black_box(asked).iter().filter_map(|query| {
            let (user, action, target) = queries.handles(*query);
            firm.decide(user, action, target).ok()
        });
        answers.filter(|answer| answer.is_allowed()).count()
    });
}

#[divan::bench]
fn by_handles_with_their_rules(bencher: Bencher) {
    let Asked {
        firm,
        queries,
        asked,
        ..
    } = &*ASKED;
    bencher.counter(ItemsCount::new(asked.len())).bench(|| {
        let answers = black_box(asked).iter().filter_map(|query| {
            let (user, action, target) = queries.handles(*query);
            firm.decide(user, action, target).ok()
        });
        answers
            .map(|answer| answer.code())
            .fold(0_u64, u64::wrapping_add)
    });
}

#[divan::bench]
fn bare_bit_table(bencher: Bencher) {
    let Asked { asked, bare, .. } = &*ASKED;
    bencher.counter(ItemsCount::new(asked.len())).bench(|| {
        black_box(asked)
            .iter()
            .filter(|query| bare.is_allowed(**query))
            .count()
    });
}

#[divan::bench]
fn by_names(bencher: Bencher) {
    let Asked {
        firm,
        queries,
        asked,
        ..
    } = &*ASKED;
    let users: Vec<&str> = firm.users().collect();
    let without_facts = asked.iter().filter(|query| {
        let (_, action, _) = queries.handles(**query);
        let (product, name) = &queries.names[usize::from(query.action)];
        firm.rulebook().action(Some(product), name).ok() == Some(action)
    });
    let named: Vec<_> = without_facts
        .take(MANY / 8)
        .map(|query| {
            let (product, action) = &queries.names[usize::from(query.action)];
            let target = users.get(usize::from(query.target)).copied();
            (
                product.as_str(),
                action.as_str(),
                users[usize::from(query.user)],
                target,
            )
        })
        .collect();
    bencher.counter(ItemsCount::new(named.len())).bench(|| {
        let answers = black_box(&named)
            .iter()
            .filter_map(|(product, action, user, target)| {
                let mut question = Question::new(*user, *action).product(*product);
                if let Some(target) = target {
                    question = question.target(*target);
                }
                firm.answer(&question).ok()
            });
        answers.filter(|answer| answer.is_allowed()).count()
    });
}
