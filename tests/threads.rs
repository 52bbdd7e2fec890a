//! One rulebook and one firm, used from many threads at once: every answer is the one that a single thread gets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::sync::Barrier;

use clio_rules::{
    ActionHandle, Answer, AskError, Change, ChangeHandle, Decision, Explanation, Firm, Judgement,
    ProductEntry, Question, Rulebook, UserHandle, Verdict,
};
use pretty_assertions::assert_eq;

const THREADS: usize = 8;
const QUESTIONS: usize = 1_000_000;

/// An action with its facts supplied, by names and by its handle.
struct Asked {
    product: String,
    action: String,
    on_target: bool,
    facts: Vec<(String, String)>,
    handle: ActionHandle,
}

/// A change with its arguments, by names and by its handle.
struct Requested {
    product: String,
    change: String,
    role: Option<String>,
    setting: Option<(String, String)>,
    handle: ChangeHandle,
}

/// Everything that is asked, and of whom.
struct Space<'f> {
    firm: &'f Firm,
    users: Vec<(String, UserHandle)>,
    actions: Vec<Asked>,
    changes: Vec<Requested>,
}

/// An answer of any kind, in a form that can be compared.
#[derive(Debug, PartialEq)]
enum Said {
    Answer(u64, String),
    Decision(Box<Decision>),
    Explanation(Box<Explanation>),
    Judgement(bool, Vec<String>, usize),
    Verdict(String),
    Row(Vec<bool>),
    Error(AskError),
}

impl<'f> Space<'f> {
    fn of(firm: &'f Firm) -> Self {
        let rulebook = firm.rulebook();
        let mut space = Self {
            firm,
            users: Vec::new(),
            actions: Vec::new(),
            changes: Vec::new(),
        };
        for id in firm.users() {
            space.users.push((id.to_owned(), firm.user(id).unwrap()));
        }
        for product in rulebook.products() {
            let entry = rulebook.catalogue(product).unwrap();
            space.add_actions(&entry);
            space.add_changes(&entry);
        }
        space
    }

    fn add_actions(&mut self, product: &ProductEntry) {
        let rulebook = self.firm.rulebook();
        for action in &product.actions {
            let widest = action.facts.iter().map(|fact| fact.values.len()).max();
            for turn in 0..widest.unwrap_or(1) {
                let mut handle = rulebook.action(Some(&product.id), &action.id).unwrap();
                let mut facts = Vec::new();
                for fact in &action.facts {
                    let value = &fact.values[turn % fact.values.len()];
                    handle = handle.with_fact(rulebook, &fact.id, value).unwrap();
                    facts.push((fact.id.clone(), value.clone()));
                }
                self.actions.push(Asked {
                    product: product.id.clone(),
                    action: action.id.clone(),
                    on_target: action.on_target,
                    facts,
                    handle,
                });
            }
        }
    }

    fn add_changes(&mut self, product: &ProductEntry) {
        let rulebook = self.firm.rulebook();
        for change in &product.changes {
            let plain = || Requested {
                product: product.id.clone(),
                change: change.id.clone(),
                role: None,
                setting: None,
                handle: rulebook.change(Some(&product.id), &change.id).unwrap(),
            };
            let takes = |argument: &str| change.takes.iter().any(|word| word == argument);
            // A change takes some of the roles and settings; the others are refused where a handle is made.
            if takes("role") {
                let roles = product.roles.iter().filter_map(|role| {
                    Some(Requested {
                        role: Some(role.id.clone()),
                        handle: plain().handle.with_role(rulebook, &role.id).ok()?,
                        ..plain()
                    })
                });
                self.changes.extend(roles);
            } else if takes("setting") {
                let settings = product.settings.iter();
                let all = settings
                    .flat_map(|setting| setting.values.iter().map(|value| (&setting.id, value)));
                let settings = all.filter_map(|(setting, value)| {
                    let handle = plain().handle.with_setting(rulebook, setting, value);
                    Some(Requested {
                        setting: Some((setting.clone(), value.clone())),
                        handle: handle.ok()?,
                        ..plain()
                    })
                });
                self.changes.extend(settings);
            } else {
                self.changes.push(plain());
            }
        }
    }

    /// Question number `number`: its kind and its inputs follow from the number alone.
    fn ask(&self, number: usize) -> Said {
        // A multiplication by an odd constant visits the inputs in an order that no cache can follow.
        let mixed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let pick = |width: usize, shift: u32| (mixed >> shift) as usize % width;
        let (user, by) = &self.users[pick(self.users.len(), 0)];
        let (target, at) = &self.users[pick(self.users.len(), 9)];
        let asked = &self.actions[pick(self.actions.len(), 17)];
        let requested = &self.changes[pick(self.changes.len(), 17)];
        match number % 1_000 {
            0..800 => {
                let target = asked.on_target.then_some(*at);
                said_by(self.firm.decide(*by, asked.handle, target))
            }
            800..880 => match self.firm.ask(&asked.question(user, target)) {
                Ok(decision) => Said::Decision(Box::new(decision)),
                Err(error) => Said::Error(error),
            },
            880..960 => judged(self.firm.validate(*by, requested.handle, *at)),
            960..980 => said_of(self.firm.judge(&requested.by(user, target))),
            980..990 => match self.firm.explain(&asked.question(user, target)) {
                Ok(explanation) => Said::Explanation(Box::new(explanation)),
                Err(error) => Said::Error(error),
            },
            990..992 => {
                let access = self.firm.access(&asked.product).unwrap();
                let row = access.rows().nth(pick(self.users.len(), 0)).unwrap();
                Said::Row(row.allowed().collect())
            }
            992..996 => {
                let target = asked.on_target.then_some(*at);
                let everybody = self.users.iter();
                let everybody = everybody.map(|(_, user)| (*user, asked.handle, target));
                let answers = self.firm.decide_all(everybody);
                Said::Row(
                    answers
                        .map(|answer| answer.is_ok_and(|answer| answer.is_allowed()))
                        .collect(),
                )
            }
            _ => match self.firm.ask(&Question::new("nobody at all", "nothing")) {
                Ok(decision) => Said::Decision(Box::new(decision)),
                Err(error) => Said::Error(error),
            },
        }
    }
}

impl Asked {
    fn question<'q>(&'q self, user: &'q str, target: &'q str) -> Question<'q> {
        let question = Question::new(user, self.action.as_str()).product(self.product.as_str());
        let facts = self.facts.iter();
        let question = facts.fold(question, |question, (fact, value)| {
            question.fact(fact.as_str(), value.as_str())
        });
        if self.on_target {
            question.target(target)
        } else {
            question
        }
    }
}

impl Requested {
    fn by(&self, user: &str, target: &str) -> Change {
        let mut change = Change::new(user, self.change.as_str())
            .product(self.product.as_str())
            .target(target);
        if let Some(role) = &self.role {
            change = change.role(role.as_str());
        }
        if let Some((setting, value)) = &self.setting {
            change = change.setting(setting.as_str(), value.as_str());
        }
        change
    }
}

fn said_by(answer: Result<Answer<'_>, AskError>) -> Said {
    match answer {
        Ok(answer) => Said::Answer(answer.code(), answer.reason().to_owned()),
        Err(error) => Said::Error(error),
    }
}

fn judged(judgement: Result<Judgement<'_>, AskError>) -> Said {
    match judgement {
        Ok(judgement) => {
            let said = judgement.rules().chain(judgement.effects());
            let said = said.map(str::to_owned).collect();
            Said::Judgement(judgement.is_accepted(), said, judgement.altered())
        }
        Err(error) => Said::Error(error),
    }
}

fn said_of(verdict: Result<Verdict, AskError>) -> Said {
    match verdict {
        Ok(verdict) => Said::Verdict(serde_json::to_string(&verdict).unwrap()),
        Err(error) => Said::Error(error),
    }
}

#[test]
fn a_million_mixed_questions_from_eight_threads_are_answered_as_from_one() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let space = Space::of(&firm);
    assert!(space.changes.len() > 10 && space.actions.len() > 90);
    // Each thread asks the same questions again and again, each starting elsewhere.
    let distinct = QUESTIONS / 50;
    let alone: Vec<Said> = (0..distinct).map(|number| space.ask(number)).collect();
    for kind in [
        "Answer",
        "Decision",
        "Explanation",
        "Judgement",
        "Verdict",
        "Row",
        "Error",
    ] {
        let of_kind = |said: &&Said| format!("{said:?}").starts_with(kind);
        assert!(alone.iter().any(|said| of_kind(&said)), "{kind}");
    }

    let start = Barrier::new(THREADS);
    let asked: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (space, alone, start) = (&space, &alone, &start);
                scope.spawn(move || {
                    start.wait();
                    let each = QUESTIONS / THREADS;
                    for step in 0..each {
                        let number = (thread * distinct / THREADS + step) % distinct;
                        let said = space.ask(number);
                        assert_eq!(said, alone[number], "question {number}, thread {thread}");
                    }
                    each
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    assert_eq!(asked, QUESTIONS);
}

#[test]
fn what_is_shared_may_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Rulebook>();
    shared::<Firm>();
    shared::<UserHandle>();
    shared::<ActionHandle>();
    shared::<ChangeHandle>();
    shared::<Decision>();
    shared::<Answer<'_>>();
    shared::<Explanation>();
    shared::<Verdict>();
    shared::<Judgement<'_>>();
    shared::<AskError>();
}
