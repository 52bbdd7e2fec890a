//! Brute force: every firm of two people is asked everything, with each part and without it.

use std::collections::{BTreeMap, BTreeSet};

use super::made::{IdlePart, MadeRulebook, ROLES, refusal};
use crate::{Change, Firm, Question, Rulebook, Seat, User};

/// One person: a bit for each role, and whether they come at night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct MadePerson {
    roles: usize,
    night: bool,
}

/// A firm with a user, perhaps another person as the target, and one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct MadeFirm {
    user: MadePerson,
    /// The target, and whether they are enabled. `None` where the user is the target.
    target: Option<(MadePerson, bool)>,
    open: bool,
}

/// All answers in one firm, by what was asked.
type Answers = BTreeMap<String, String>;

/// Everything that was asked, by firm.
type AllAnswers = BTreeMap<MadeFirm, Answers>;

/// The parts without which every answer is the same, and those that are never allowed, accepted or held.
pub(super) fn idle_parts(made: &MadeRulebook) -> BTreeSet<IdlePart> {
    let all = answers(made);
    let mut idle = taken_out(made, &all);
    idle.extend(never(made, &all));
    idle.extend(inputs(made, &all));
    idle
}

fn answers(made: &MadeRulebook) -> AllAnswers {
    let rulebook = made.load();
    let mut all = AllAnswers::new();
    let people: Vec<MadePerson> = (0..8)
        .flat_map(|roles| [false, true].map(|night| MadePerson { roles, night }))
        .collect();
    for user in &people {
        let others = people
            .iter()
            .flat_map(|one| [false, true].map(|on| Some((*one, on))));
        for target in others.chain([None]) {
            for open in [false, true] {
                let one = MadeFirm {
                    user: *user,
                    target,
                    open,
                };
                if let Some(firm) = firm(made, &rulebook, one) {
                    all.insert(one, ask_everything(made, &firm, one));
                }
            }
        }
    }
    assert!(all.len() > 100, "{}", all.len());
    all
}

fn seat(person: MadePerson) -> Seat {
    let held = ROLES.iter().enumerate();
    let held = held.filter(|(number, _)| person.roles >> number & 1 == 1);
    let seat = held.fold(Seat::new("p"), |seat, (_, role)| seat.role(*role));
    seat.setting("hours", if person.night { "night" } else { "day" })
}

/// The firm; none where the rules refuse such people.
fn firm(made: &MadeRulebook, rulebook: &Rulebook, one: MadeFirm) -> Option<Firm> {
    let mut users = vec![User::new("user").seat(seat(one.user))];
    let mut held = one.user.roles;
    if let Some((target, enabled)) = one.target {
        let user = User::new("target").seat(seat(target));
        users.push(if enabled { user } else { user.disabled() });
        held |= target.roles;
    }
    if made.single_holder().is_some() && held & 4 == 0 {
        let seat = made
            .levels()
            .iter()
            .take(1)
            .fold(Seat::new("p"), |seat, level| seat.role(*level));
        users.push(User::new("holder").seat(seat.role("c")));
    }
    let firm = Firm::of_users(rulebook, "Made", users).ok()?;
    Some(firm.with_reading(Some("p"), "open", one.open).unwrap())
}

fn ask_everything(made: &MadeRulebook, firm: &Firm, one: MadeFirm) -> Answers {
    let target = if one.target.is_some() {
        "target"
    } else {
        "user"
    };
    let mut answers = Answers::new();
    for (number, action) in made.actions.iter().enumerate() {
        let question = Question::new("user", format!("act{number}"));
        let question = if action.on_target {
            question.target(target)
        } else {
            question
        };
        let weathers: &[&str] = if action.has_fact {
            &["sun", "rain", "snow"]
        } else {
            &[""]
        };
        for weather in weathers {
            let question = match *weather {
                "" => question.clone(),
                weather => question.clone().fact("weather", weather),
            };
            let decision = firm.ask(&question).unwrap();
            let words = [&*decision.grounds.rule, &*decision.grounds.reason].join(": ");
            let basis = decision.grounds.basis;
            let answer = format!("{} {words} {basis}", decision.is_allowed());
            answers.insert(format!("act{number} {weather}"), answer);
        }
    }
    for role in ["a", "b"] {
        let verdict = firm
            .judge(&Change::new("user", "give").role(role).target(target))
            .unwrap();
        let reasons = verdict.reasons.iter();
        let reasons: Vec<String> = reasons
            .map(|it| [&*it.grounds.rule, &*it.grounds.reason].join(": "))
            .collect();
        let answer = format!("{} {}", verdict.is_accepted(), reasons.join(", "));
        answers.insert(format!("give {role}"), answer);
        // Effects follow only where something is altered, which depends on what is given.
        if !verdict.altered.is_empty() {
            answers.insert(format!("effects {role}"), verdict.effects.join(", "));
        }
    }
    let conflicts = firm.conflicts("user").unwrap();
    answers.insert("conflict".to_owned(), conflicts.len().to_string());
    answers
}

/// The parts of rules that can be taken out.
fn taken_out(made: &MadeRulebook, all: &AllAnswers) -> BTreeSet<IdlePart> {
    let mut idle = BTreeSet::new();
    let mut try_without = |part: IdlePart, edit: &dyn Fn(&mut MadeRulebook)| {
        let mut other = made.clone();
        edit(&mut other);
        if answers(&other) == *all {
            idle.insert(part);
        }
    };
    for (number, action) in made.actions.iter().enumerate() {
        for (at, rule) in action.rules.iter().enumerate() {
            let id = rule.id(number);
            if action.rules.len() > 1 {
                try_without(("rule-never-decides", id.clone()), &|other| {
                    other.actions[number].rules.remove(at);
                });
            }
            for (place, condition) in rule.unless.iter().enumerate() {
                let part = format!("{id} {}", refusal(condition));
                try_without(("refusal-never-refuses", part), &|other| {
                    other.actions[number].rules[at].unless.remove(place);
                });
            }
            if let Some(code) = code_of_because(rule.when, rule.because) {
                try_without((code, id.clone()), &|other| {
                    let rule = &mut other.actions[number].rules[at];
                    (rule.when, rule.because) = (None, false);
                });
            }
        }
    }
    for (place, condition) in made.change.unless.iter().enumerate() {
        let part = format!("give {}", refusal(condition));
        try_without(("refusal-never-refuses", part), &|other| {
            other.change.unless.remove(place);
        });
    }
    if let Some(code) = code_of_because(made.change.when, made.change.because) {
        try_without((code, "give".to_owned()), &|other| {
            (other.change.when, other.change.because) = (None, false);
        });
    }
    idle
}

fn code_of_because(when: Option<&str>, because: bool) -> Option<&'static str> {
    match (when, because) {
        (Some(_), _) => Some("when-stops-nobody"),
        (None, true) => Some("because-never-shown"),
        (None, false) => None,
    }
}

/// What is never allowed, accepted, held, and what never follows.
fn never(made: &MadeRulebook, all: &AllAnswers) -> BTreeSet<IdlePart> {
    let any = |asked: &str, answered: &dyn Fn(&str) -> bool| {
        let answers = all.values().flatten();
        let mut answers = answers.filter(|(question, _)| question.starts_with(asked));
        answers.any(|(_, answer)| answered(answer))
    };
    let is_yes = |answer: &str| answer.starts_with("true");
    let mut idle = BTreeSet::new();
    for number in 0..made.actions.len() {
        let id = format!("act{number}");
        if !any(&id, &is_yes) {
            idle.insert(("action-never-allowed", id));
        }
    }
    if !any("give", &is_yes) {
        idle.insert(("change-never-accepted", "give".to_owned()));
    }
    if made.effect.is_some() && !any("effects", &|effects| !effects.is_empty()) {
        idle.insert(("effect-never", "follows".to_owned()));
    }
    if made.yaml().contains("\nconflicts:") && !any("conflict", &|held| held != "0") {
        idle.insert(("conflict-never-held", "both".to_owned()));
    }
    idle
}

/// Roles, the setting, the reading and the fact that turn nothing.
fn inputs(made: &MadeRulebook, all: &AllAnswers) -> BTreeSet<IdlePart> {
    let mut idle = BTreeSet::new();
    for (number, role) in ROLES.iter().enumerate() {
        let others = |person: MadePerson| -> Vec<MadePerson> {
            let is_level = made.levels().contains(role);
            // The two levels are the two lowest bits.
            let flipped = if is_level {
                person.roles ^ 3
            } else {
                person.roles ^ 1 << number
            };
            vec![MadePerson {
                roles: flipped,
                ..person
            }]
        };
        if !turns(all, &others) {
            idle.insert(("unused-role", (*role).to_owned()));
        }
    }
    let others = |person: MadePerson| {
        vec![MadePerson {
            night: !person.night,
            ..person
        }]
    };
    if !turns(all, &others) {
        idle.insert(("unused-setting", "hours".to_owned()));
    }
    let turned = |one: &MadeFirm| MadeFirm {
        open: !one.open,
        ..*one
    };
    // The basis tells what another choice would turn, and is the same with both.
    if !all
        .iter()
        .any(|(one, answers)| differ(answers, &all[&turned(one)]))
    {
        idle.insert(("unused-reading", "open".to_owned()));
    }
    for number in (0..made.actions.len()).filter(|number| made.actions[*number].has_fact) {
        let of =
            |answers: &Answers, weather: &str| answers[&format!("act{number} {weather}")].clone();
        let mut all = all.values();
        if !all.any(|all| {
            ["rain", "snow"]
                .iter()
                .any(|other| of(all, other) != of(all, "sun"))
        }) {
            idle.insert(("unused-fact", format!("act{number}")));
        }
    }
    idle
}

/// Whether any answer changes with such another user, or another target.
fn turns(all: &AllAnswers, others: &dyn Fn(MadePerson) -> Vec<MadePerson>) -> bool {
    all.iter().any(|(one, answers)| {
        let users = others(one.user)
            .into_iter()
            .map(|user| MadeFirm { user, ..*one });
        let targets = one.target.into_iter().flat_map(|(target, enabled)| {
            let targets = others(target).into_iter();
            targets.map(move |target| MadeFirm {
                target: Some((target, enabled)),
                ..*one
            })
        });
        let mut firms = users.chain(targets).filter_map(|other| all.get(&other));
        firms.any(|other| differ(answers, other))
    })
}

/// Whether the same question is answered in two ways.
fn differ(one: &Answers, other: &Answers) -> bool {
    one.iter()
        .any(|(question, answer)| other.get(question).is_some_and(|other| other != answer))
}
