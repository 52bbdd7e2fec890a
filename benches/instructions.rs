//! Instructions that the hot calls take, counted by valgrind: the same on a busy machine as on an idle one.
//!
//! `cargo bench --bench instructions` compares with the counts in `instructions.json` and fails where one has risen by
//! more than a tenth; `-- --write` makes what it counts the new measure. `cargo test --benches` only runs each call.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod support;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};

use clio_rules::{
    ActionHandle, Bulk, Change, ChangeHandle, Firm, Question, Rulebook, Seat, ThingHandle, User,
    UserHandle, Verdict,
};
use support::hub::hub;
use support::{Queries, Random, after_a_change, everybody, large_firm};

/// The measure, beside this file.
const MEASURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/instructions.json");
/// By how much a count may rise.
const MOST_RISE: f64 = 1.10;

/// A call that is counted: what it needs is made first, and then it runs so many times inside one function whose name
/// begins with `counted`.
struct Case {
    name: &'static str,
    run: fn() -> usize,
}

const CASES: [Case; 12] = [
    Case {
        name: "a decision by handles",
        run: decisions,
    },
    Case {
        name: "a decision by handles, with its rule",
        run: decisions_with_rules,
    },
    Case {
        name: "a decision in a large firm after a change",
        run: decisions_after_a_change,
    },
    Case {
        name: "a decision on a thing by handles",
        run: decisions_on_things,
    },
    Case {
        name: "a firm after a change",
        run: after,
    },
    Case {
        name: "a decision by names",
        run: decisions_by_names,
    },
    Case {
        name: "a change by handles",
        run: changes,
    },
    Case {
        name: "a decision of an access matrix",
        run: access,
    },
    Case {
        name: "loading the built-in rulebooks",
        run: load,
    },
    Case {
        name: SMALL_BULK,
        run: || bulk(1_000),
    },
    Case {
        name: LARGE_BULK,
        run: || bulk(MANY),
    },
    Case {
        name: "a written change, by users of the firm",
        run: write,
    },
];

const SMALL_BULK: &str = "a part of a thousand judged at once";
const LARGE_BULK: &str = "a part of ten thousand judged at once";
/// A part of many takes about as much as one of few: the time of all of them grows with their number.
const MOST_GROWTH: f64 = 1.25;

type Asked = (UserHandle, ActionHandle, Option<UserHandle>);

/// Calls of one case.
const MANY: usize = 10_000;

fn firm() -> Firm {
    everybody(&Rulebook::builtin().expect("built in"))
}

fn asked(firm: &Firm) -> Vec<Asked> {
    let queries = Queries::of(firm.rulebook(), firm);
    queries
        .some(MANY)
        .iter()
        .map(|query| queries.handles(*query))
        .collect()
}

fn decisions() -> usize {
    let firm = firm();
    black_box(counted_decisions(&firm, &asked(&firm)));
    MANY
}

#[inline(never)]
fn counted_decisions(firm: &Firm, asked: &[Asked]) -> usize {
    let answers = asked
        .iter()
        .filter_map(|(user, action, target)| firm.decide(*user, *action, *target).ok());
    answers.filter(|answer| answer.is_allowed()).count()
}

fn decisions_with_rules() -> usize {
    let firm = firm();
    black_box(counted_decisions_with_rules(&firm, &asked(&firm)));
    MANY
}

#[inline(never)]
fn counted_decisions_with_rules(firm: &Firm, asked: &[Asked]) -> u64 {
    let answers = asked
        .iter()
        .filter_map(|(user, action, target)| firm.decide(*user, *action, *target).ok());
    answers.fold(0, |sum, answer| sum.wrapping_add(answer.code()))
}

fn decisions_after_a_change() -> usize {
    let firm = large_firm(&Rulebook::builtin().expect("built in"), MANY);
    let asked = asked(&firm);
    black_box(counted_decisions(&after_a_change(&firm), &asked));
    MANY
}

fn decisions_on_things() -> usize {
    const EACH: usize = 1_000;
    let firm = hub(EACH, EACH);
    let push = firm.rulebook().action(None, "push").expect("known");
    let mut random = Random::new(5);
    let mut one = |letter: char| format!("{letter}{}", random.below(EACH));
    let asked: Vec<_> = (0..MANY)
        .map(|_| {
            let user = firm.user(&one('u')).expect("known");
            (
                user,
                firm.thing(None, "repository", &one('r')).expect("known"),
            )
        })
        .collect();
    black_box(counted_decisions_on_things(&firm, push, &asked));
    MANY
}

#[inline(never)]
fn counted_decisions_on_things(
    firm: &Firm,
    action: ActionHandle,
    asked: &[(UserHandle, ThingHandle)],
) -> usize {
    let answers = asked
        .iter()
        .filter_map(|(user, thing)| firm.decide_on(*user, action, *thing).ok());
    answers.filter(|answer| answer.is_allowed()).count()
}

fn after() -> usize {
    let (firm, _) = bulk_of(MANY);
    let change = Change::new("u000000", "grant").role("accounts");
    let change = change.target(format!("u{MANY:06}"));
    let verdict = firm.judge(&change).expect("it can be asked");
    black_box(counted_after(&firm, &verdict));
    MANY
}

#[inline(never)]
fn counted_after(firm: &Firm, verdict: &Verdict) -> usize {
    let after = (0..MANY).filter_map(|_| firm.after(verdict).ok());
    after
        .filter(|after| black_box(after).users().next().is_some())
        .count()
}

fn decisions_by_names() -> usize {
    let firm = firm();
    let queries = Queries::of(firm.rulebook(), &firm);
    let users: Vec<&str> = firm.users().collect();
    let named: Vec<_> = queries
        .some(MANY)
        .iter()
        .map(|query| {
            let (product, action) = &queries.names[usize::from(query.action)];
            let question = Question::new(users[usize::from(query.user)], action.as_str())
                .product(product.as_str());
            match users.get(usize::from(query.target)) {
                Some(target) => question.target(*target),
                None => question,
            }
        })
        .collect();
    black_box(counted_decisions_by_names(&firm, &named));
    MANY
}

#[inline(never)]
fn counted_decisions_by_names(firm: &Firm, asked: &[Question<'_>]) -> usize {
    let answers = asked
        .iter()
        .filter_map(|question| firm.answer(question).ok());
    answers.filter(|answer| answer.is_allowed()).count()
}

fn changes() -> usize {
    let firm = firm();
    let users: Vec<UserHandle> = firm
        .users()
        .map(|id| firm.user(id).expect("known"))
        .collect();
    let handles = support::changes(firm.rulebook());
    let mut random = Random::new(2);
    let asked: Vec<_> = (0..MANY)
        .map(|_| {
            let user = users[random.below(users.len())];
            (
                user,
                handles[random.below(handles.len())],
                users[random.below(users.len())],
            )
        })
        .collect();
    black_box(counted_changes(&firm, &asked));
    MANY
}

#[inline(never)]
fn counted_changes(firm: &Firm, asked: &[(UserHandle, ChangeHandle, UserHandle)]) -> usize {
    let judged = asked
        .iter()
        .filter_map(|(user, change, target)| firm.validate(*user, *change, *target).ok());
    judged.map(|judgement| judgement.effects().count()).sum()
}

fn access() -> usize {
    let firm = large_firm(&Rulebook::builtin().expect("built in"), MANY);
    black_box(counted_access(&firm))
}

#[inline(never)]
fn counted_access(firm: &Firm) -> usize {
    let mut decisions = 0;
    for product in firm.rulebook().products() {
        for row in firm.access(product).expect("known").rows() {
            decisions += black_box(row.allowed()).len();
        }
    }
    decisions
}

fn load() -> usize {
    black_box(counted_load());
    1
}

#[inline(never)]
fn counted_load() -> Rulebook {
    Rulebook::builtin().expect("built in")
}

/// A firm whose people all hold one role, and the change that gives each of them another one.
fn bulk_of(parts: usize) -> (Firm, Bulk) {
    let one = |number: usize| {
        let role = ["billing", "primary_subscriber"][usize::from(number == 0)];
        User::new(format!("u{number:06}")).seat(Seat::new("manage").role(role))
    };
    let rulebook = Rulebook::builtin().expect("built in");
    let firm = Firm::of_users(&rulebook, "Large", (0..=parts).map(one)).expect("a firm");
    let grant = |number: usize| {
        let target = format!("u{number:06}");
        Change::new("", "grant").role("accounts").target(target)
    };
    let bulk = (1..=parts).map(grant);
    (firm, bulk.fold(Bulk::new("u000000"), Bulk::part))
}

fn bulk(parts: usize) -> usize {
    let (firm, bulk) = bulk_of(parts);
    let verdict = counted_bulk(&firm, &bulk);
    assert_eq!(verdict.altered.len(), parts);
    parts
}

#[inline(never)]
fn counted_bulk(firm: &Firm, bulk: &Bulk) -> Verdict {
    firm.judge_bulk(bulk).expect("it can be asked")
}

fn write() -> usize {
    let (firm, _) = bulk_of(MANY);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("firm.yaml");
    std::fs::write(&path, firm.to_yaml()).expect("it can be written");
    let last = format!("u{MANY:06}");
    let change = Change::new("u000000", "grant").role("accounts");
    let verdict = firm.judge(&change.target(last)).expect("it can be asked");
    counted_write(&firm, &path, &verdict);
    MANY
}

#[inline(never)]
fn counted_write(firm: &Firm, path: &Path, verdict: &Verdict) {
    firm.write_change(path, verdict).expect("it is written");
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    if let Some(name) = words.iter().skip_while(|word| *word != "--case").nth(1) {
        let case = CASES.iter().find(|case| case.name == name).expect("a case");
        println!("calls {}", (case.run)());
        return ExitCode::SUCCESS;
    }
    if !words.iter().any(|word| word == "--bench") {
        for case in &CASES {
            assert!((case.run)() > 0, "{}", case.name);
        }
        assert!(has_risen(111.0, 100.0) && has_risen(1.0, 0.0) && !has_risen(109.0, 100.0));
        let bulks = |large| BTreeMap::from([(SMALL_BULK, 100.0), (LARGE_BULK, large)]);
        assert!(
            has_grown(&bulks(126.0)) && has_grown(&BTreeMap::new()) && !has_grown(&bulks(124.0))
        );
        return ExitCode::SUCCESS;
    }
    let counts: BTreeMap<&str, f64> = CASES.iter().map(|case| (case.name, count(case))).collect();
    if words.iter().any(|word| word == "--write") {
        let text = serde_json::to_string_pretty(&counts).expect("numbers");
        std::fs::write(MEASURE, text + "\n").expect("it can be written");
    }
    compare(&counts)
}

/// Instructions of one call.
fn count(case: &Case) -> f64 {
    let program = std::env::current_exe().expect("it runs");
    let mut valgrind = Command::new("valgrind");
    valgrind.args([
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        "--toggle-collect=*counted*",
    ]);
    let output = valgrind.arg(program).args(["--case", case.name]).output();
    let output = output
        .expect("valgrind is needed to count: install it, for example from Debian's packages");
    let said = |text: &[u8], before: &str| -> Option<f64> {
        let text = String::from_utf8_lossy(text);
        let line = text
            .lines()
            .find_map(|line| Some(line.split_once(before)?.1.trim().to_owned()));
        line?.parse().ok()
    };
    let instructions = said(&output.stderr, "Collected :").expect("valgrind says what it counted");
    instructions / said(&output.stdout, "calls ").expect("the case says how often it was called")
}

/// Whether a count is too much more than the measure; a call without one counts as risen.
fn has_risen(count: f64, known: f64) -> bool {
    count > known * MOST_RISE
}

fn has_grown(counts: &BTreeMap<&str, f64>) -> bool {
    let of = |name| counts.get(name).copied().unwrap_or(f64::NAN);
    let (small, large) = (of(SMALL_BULK), of(LARGE_BULK));
    let is_counted = small.is_finite() && large.is_finite();
    !is_counted || large > small * MOST_GROWTH
}

fn compare(counts: &BTreeMap<&str, f64>) -> ExitCode {
    let text =
        std::fs::read_to_string(MEASURE).expect("the measure is there: `-- --write` makes it");
    let measure: BTreeMap<String, f64> =
        serde_json::from_str(&text).expect("the measure is a list of counts");
    let mut exit = ExitCode::SUCCESS;
    for (name, count) in counts {
        let known = measure.get(*name).copied().unwrap_or(0.0);
        let has_risen = has_risen(*count, known);
        let note = if has_risen { "  RISEN" } else { "" };
        println!("{name:40} {count:12.1} instructions, measure {known:12.1}{note}");
        if has_risen {
            exit = ExitCode::FAILURE;
        }
    }
    if has_grown(counts) {
        println!("{LARGE_BULK} takes more than {MOST_GROWTH} times as much as {SMALL_BULK}");
        return ExitCode::FAILURE;
    }
    if exit == ExitCode::FAILURE {
        println!(
            "A hot call takes a tenth more than it did. Find out why; `-- --write` accepts it."
        );
    }
    exit
}
