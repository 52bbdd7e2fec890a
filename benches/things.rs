//! Decisions about things: by handles and by names, with lists and groups, beside one without a thing; and lists over many things
//! and many people.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod support;

use std::hint::black_box;
use std::sync::LazyLock;

use clio_rules::{ActionHandle, Firm, Question, ThingHandle, UserHandle};
use divan::Bencher;
use divan::counter::ItemsCount;
use support::Random;
use support::hub::hub;

fn main() {
    divan::main();
}

/// Questions of one sample.
const MANY: usize = 1 << 16;

struct Asked {
    firm: Firm,
    push: ActionHandle,
    asked: Vec<(UserHandle, ThingHandle)>,
    names: Vec<(String, String)>,
}

fn asked(people: usize, things: usize) -> Asked {
    let firm = hub(people, things);
    let mut random = Random::new(11);
    let names: Vec<(String, String)> = (0..MANY)
        .map(|_| {
            (
                format!("u{}", random.below(people)),
                format!("r{}", random.below(things)),
            )
        })
        .collect();
    let handles = names.iter().map(|(user, thing)| {
        let thing = firm.thing(None, "repository", thing).expect("it is there");
        (firm.user(user).expect("they are there"), thing)
    });
    Asked {
        asked: handles.collect(),
        push: firm
            .rulebook()
            .action(None, "push")
            .expect("it is declared"),
        firm,
        names,
    }
}

static MIDDLE: LazyLock<Asked> = LazyLock::new(|| asked(1_000, 10_000));
static MANY_THINGS: LazyLock<Asked> = LazyLock::new(|| asked(1_000, 100_000));
static MANY_PEOPLE: LazyLock<Asked> = LazyLock::new(|| asked(100_000, 100));

#[divan::bench]
fn on_a_thing_by_handles(bencher: Bencher<'_, '_>) {
    let Asked {
        firm, push, asked, ..
    } = &*MIDDLE;
    bencher.counter(ItemsCount::new(MANY)).bench(|| {
        let allowed = asked.iter().filter(|(user, thing)| {
            let answer = firm.decide_on(*user, *push, *thing);
            answer.is_ok_and(|answer| answer.is_allowed())
        });
        black_box(allowed.count())
    });
}

/// The same action about a thing that the question brings along, so that nothing is looked up.
#[divan::bench]
fn on_a_brought_thing_by_handles(bencher: Bencher<'_, '_>) {
    let Asked {
        firm, push, asked, ..
    } = &*MIDDLE;
    let brought = push
        .with_fact(firm.rulebook(), "repository.write", "true")
        .expect("it is declared");
    bencher.counter(ItemsCount::new(MANY)).bench(|| {
        let allowed = asked.iter().filter(|(user, _)| {
            let answer = firm.decide(*user, brought, None);
            answer.is_ok_and(|answer| answer.is_allowed())
        });
        black_box(allowed.count())
    });
}

#[divan::bench]
fn on_a_thing_by_names(bencher: Bencher<'_, '_>) {
    let Asked { firm, names, .. } = &*MIDDLE;
    let questions: Vec<Question<'_>> = names
        .iter()
        .map(|(user, thing)| Question::new(&**user, "push").target(&**thing))
        .collect();
    bencher.counter(ItemsCount::new(MANY)).bench(|| {
        let allowed = questions.iter().filter(|question| {
            let answer = firm.answer(question);
            answer.is_ok_and(|answer| answer.is_allowed())
        });
        black_box(allowed.count())
    });
}

#[divan::bench]
fn where_can_over_100_000_things(bencher: Bencher<'_, '_>) {
    let question = Question::new("u1", "push");
    bencher.bench(|| {
        MANY_THINGS
            .firm
            .where_can(&question)
            .expect("it can be asked")
            .count()
    });
}

#[divan::bench]
fn who_can_on_a_thing_of_100_000_people(bencher: Bencher<'_, '_>) {
    let question = Question::of_everybody("push").target("r1");
    bencher.bench(|| {
        MANY_PEOPLE
            .firm
            .who_can(&question)
            .expect("it can be asked")
            .counts()
    });
}
