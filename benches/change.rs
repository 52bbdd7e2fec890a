//! A permission change validated by handles, with its effects; and the firm afterwards.
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

use clio_rules::{Change, ChangeHandle, ChangeTarget, Firm, Rulebook, UserHandle, Verdict};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use support::hub::hub;
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

/// Firms of as many people as things; the first of the people may change all of them.
static HUBS: [LazyLock<Firm>; 3] = [
    LazyLock::new(|| tried_hub(1_000)),
    LazyLock::new(|| tried_hub(100_000)),
    LazyLock::new(|| tried_hub(1_000_000)),
];

fn tried_hub(things: usize) -> Firm {
    let things = if is_measured() { things } else { 100 };
    hub(things, things)
}

/// The firm with so many things.
fn hub_of(things: usize) -> &'static Firm {
    let [few, many, most] = &HUBS;
    match things {
        1_000 => few,
        100_000 => many,
        _ => most,
    }
}

/// What a change alters of a firm, whatever else is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Altered {
    List,
    Property,
    Group,
}

const OF_THINGS: [(Altered, usize); 9] = [
    (Altered::List, 1_000),
    (Altered::List, 100_000),
    (Altered::List, 1_000_000),
    (Altered::Property, 1_000),
    (Altered::Property, 100_000),
    (Altered::Property, 1_000_000),
    (Altered::Group, 1_000),
    (Altered::Group, 100_000),
    (Altered::Group, 1_000_000),
];

impl Altered {
    /// A change that alters it, by names.
    fn change(self, firm: &Firm) -> Change {
        let change = |id| Change::new("u0", id);
        let change = match self {
            Self::List => change("share").thing("r50").list("write"),
            Self::Property => {
                let mut change = change("move").thing("r50");
                change.value = Some("north".into());
                return change;
            }
            Self::Group => change("join").group("g5"),
        };
        let mut changes = (1..).map(|number| change.clone().target(format!("u{number}")));
        let alters = |change: &Change| {
            let verdict = firm.judge(change).expect("it can be asked");
            verdict.is_accepted() && !verdict.altered_things.is_empty()
        };
        changes.find(alters).expect("somebody is not there yet")
    }

    /// The same change by handles.
    fn handles(self, firm: &Firm) -> (ChangeHandle, ChangeTarget) {
        let rulebook = firm.rulebook();
        let change = |id| rulebook.change(None, id).expect("it is declared");
        let thing = || firm.thing(None, "repository", "r50").expect("it is there");
        let on_thing = |id| change(id).with_thing(rulebook, thing()).expect("it fits");
        let handle = match self {
            Self::List => on_thing("share").with_list(rulebook, "write"),
            Self::Property => on_thing("move").with_value(rulebook, "north"),
            Self::Group => change("join").with_group(rulebook, firm.group("g5").expect("known")),
        };
        let target = self.change(firm).target;
        let target = target.map(|id| firm.user(&id).expect("known"));
        (
            handle.expect("it fits"),
            target.map_or(ChangeTarget::Nobody, ChangeTarget::User),
        )
    }
}

/// One list, one property or one member of a group is altered: how long it takes does not depend on how many things there are.
#[divan::bench(args = OF_THINGS)]
fn after_one_thing_of(bencher: Bencher, (altered, things): (Altered, usize)) {
    let firm = hub_of(things);
    let verdict = firm.judge(&altered.change(firm)).expect("it can be asked");
    assert!(verdict.is_accepted() && !verdict.altered_things.is_empty());
    bencher.bench(|| {
        firm.after(black_box(&verdict))
            .expect("it is about this state")
    });
}

#[divan::bench(args = OF_THINGS)]
fn one_thing_by_handles(bencher: Bencher, (altered, things): (Altered, usize)) {
    let firm = hub_of(things);
    let (change, target) = altered.handles(firm);
    let owner = firm.user("u0").expect("they are there");
    bencher.bench(|| {
        let judgement = firm.validate(owner, black_box(change), target);
        judgement.expect("it can be asked").altered()
    });
}

/// Whether something is to be measured, as `cargo bench` asks.
fn is_measured() -> bool {
    std::env::args().any(|word| word == "--bench")
}
