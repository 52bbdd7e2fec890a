//! How cost grows: rulebooks of 10 to 100,000 actions and of 5 to 500 roles, firms of 10 to 1,000,000 users.
//!
//! `cargo bench --bench growth` prints a table; `-- --write` draws it into `docs/growth.svg` as well.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

mod growth {
    pub(crate) mod plot;
    pub(crate) mod synthetic;

    /// What was measured of one kind of growth.
    pub(crate) struct Line {
        pub(crate) what: &'static str,
        pub(crate) points: Vec<Point>,
    }

    /// What was measured at one size.
    pub(crate) struct Point {
        pub(crate) size: usize,
        /// Nanoseconds of a decision.
        pub(crate) decision_ns: f64,
        pub(crate) load_ms: f64,
    }
}
mod support;

use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use clio_rules::{ActionHandle, Firm, Loader, Rulebook, UserHandle};
use growth::{Line, Point, plot, synthetic};
use support::{Queries, Random};

/// Decisions of one pass, and passes and loads of which the median counts.
const MANY: usize = 1 << 20;
const ROUNDS: usize = 15;
const LOADS: usize = 3;

/// Something of one size: a firm, and what is asked about it.
struct Subject {
    size: usize,
    firm: Firm,
    load: Duration,
    actions: Vec<ActionHandle>,
    /// By action, whether it has a target.
    on_target: Vec<bool>,
}

/// What a question is made of, whatever the size: who, what, and to whom, each as a part of all there are.
static DRAWS: LazyLock<Vec<[u32; 3]>> = LazyLock::new(|| {
    let mut random = Random::new(8);
    let mut draw = || (random.next() >> 32) as u32;
    (0..MANY).map(|_| [(); 3].map(|()| draw())).collect()
});

/// The place among so many that a draw means.
#[inline]
fn place(draw: u32, among: usize) -> usize {
    (draw as usize * among) >> 32
}

impl Subject {
    /// Questions in random order.
    fn questions(
        &self,
    ) -> impl Iterator<Item = (UserHandle, ActionHandle, Option<UserHandle>)> + Clone {
        let users = self.firm.users().count();
        DRAWS.iter().filter_map(move |[user, action, target]| {
            let action = place(*action, self.actions.len());
            let user = self.firm.user_at(place(*user, users))?;
            let target = if self.on_target[action] {
                Some(self.firm.user_at(place(*target, users))?)
            } else {
                None
            };
            Some((user, self.actions[action], target))
        })
    }

    /// A pass over all questions; nanoseconds for each of them. Other subjects have had the caches since its last pass.
    fn pass(&self) -> f64 {
        let start = Instant::now();
        let answers = self.firm.decide_all(self.questions());
        let codes = answers.flatten().map(|answer| answer.code());
        black_box(codes.fold(0, u64::wrapping_add));
        start.elapsed().as_secs_f64() * 1e9 / MANY as f64
    }
}

/// The median time of a few loads, and what was loaded.
fn timed<T>(load: impl Fn() -> T) -> (T, Duration) {
    let mut times = Vec::new();
    let mut loaded = None;
    for _ in 0..LOADS {
        drop(loaded.take());
        let start = Instant::now();
        loaded = Some(load());
        times.push(start.elapsed());
    }
    times.sort();
    (loaded.expect("it was loaded"), times[LOADS / 2])
}

fn of_rulebook(size: usize, actions: usize, roles: usize) -> Subject {
    let text = synthetic::text(actions, roles);
    let limits = synthetic::limits();
    let texts = [("synthetic.yaml", text.as_str())];
    let (rulebook, load) = timed(|| {
        Loader::new()
            .limits(&limits)
            .rulebook_from_texts(texts)
            .expect("a synthetic rulebook")
    });
    let firm = synthetic::firm(&rulebook, roles);
    let handle = |action: usize| rulebook.action(None, &format!("a{action}")).expect("known");
    Subject {
        size,
        firm,
        load,
        actions: (0..actions).map(handle).collect(),
        on_target: vec![false; actions],
    }
}

fn of_firm(users: usize) -> Subject {
    let rulebook = Rulebook::builtin().expect("built in");
    let text = synthetic::people(users);
    let (firm, load) =
        timed(|| Firm::from_text(&rulebook, "large.yaml", &text).expect("a large firm"));
    let example = Firm::example(&rulebook).expect("built in");
    let queries = Queries::of(&rulebook, &example);
    Subject {
        size: users,
        firm,
        load,
        actions: queries.actions,
        on_target: queries.on_target,
    }
}

/// A kind of growth: what there is more and more of, in which sizes, and one of such a size.
type Growth = (&'static str, &'static [usize], fn(usize) -> Subject);

const GROWTHS: [Growth; 3] = [
    ("actions", &[10, 100, 1_000, 10_000, 100_000], |actions| {
        of_rulebook(actions, actions, 5)
    }),
    ("roles", &[5, 15, 50, 150, 500], |roles| {
        of_rulebook(roles, 1_000, roles)
    }),
    (
        "users",
        &[10, 100, 1_000, 10_000, 100_000, 1_000_000],
        of_firm,
    ),
];

fn measure(growths: &[Growth], rounds: usize, most: usize) -> Vec<Line> {
    let subjects: Vec<Vec<Subject>> = growths
        .iter()
        .map(|(_, sizes, subject)| {
            let sizes = sizes.iter().copied().filter(|size| *size <= most);
            sizes.map(subject).collect()
        })
        .collect();
    let mut passes: Vec<Vec<Vec<f64>>> =
        subjects.iter().map(|all| vec![vec![]; all.len()]).collect();
    // All sizes take turns, so that a slow moment of the machine is everybody's.
    for _ in 0..rounds {
        for (subjects, passes) in subjects.iter().zip(&mut passes) {
            for (subject, passes) in subjects.iter().zip(passes) {
                passes.push(subject.pass());
            }
        }
    }
    let median = |passes: &mut Vec<f64>| {
        passes.sort_by(f64::total_cmp);
        passes[passes.len() / 2]
    };
    let point = |subject: &Subject, passes: &mut Vec<f64>| Point {
        size: subject.size,
        decision_ns: median(passes),
        load_ms: subject.load.as_secs_f64() * 1e3,
    };
    let lines = growths.iter().zip(subjects.iter().zip(&mut passes));
    lines
        .map(|((what, ..), (subjects, passes))| Line {
            what,
            points: subjects
                .iter()
                .zip(passes)
                .map(|(s, p)| point(s, p))
                .collect(),
        })
        .collect()
}

fn print(line: &Line) {
    println!(
        "{:>9}  {:>11}  {:>11}  {:>11}",
        line.what, "decision", "load", "load of one"
    );
    for point in &line.points {
        let one = point.load_ms * 1e3 / point.size as f64;
        println!(
            "{:>9}  {:>8.2} ns  {:>8.2} ms  {one:>8.2} us",
            point.size, point.decision_ns, point.load_ms
        );
    }
    if let [first, .., last] = line.points.as_slice() {
        let ratio = last.decision_ns / first.decision_ns;
        println!(
            "a decision at the largest size takes {ratio:.2} times as long as at the smallest\n"
        );
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    let lines = if has("--bench") {
        measure(&GROWTHS, ROUNDS, usize::MAX)
    } else {
        measure(&GROWTHS, 1, 100)
    };
    lines.iter().for_each(print);
    if has("--write") {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/growth.svg");
        plot::draw(&file, &lines).expect("it can be drawn");
        println!("drawn into {}", file.display());
    }
}
