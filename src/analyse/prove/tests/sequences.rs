//! Properties over sequences of changes hold exactly where no step in any firm breaks them.

use pretty_assertions::assert_eq;

use super::*;

/// A person's permissions, as texts.
fn allowed(sample: &FirmWithPeople) -> BTreeSet<String> {
    let mut allowed = BTreeSet::new();
    for action in ACTIONS {
        let targets: Vec<Option<&str>> = if ON_TARGET.contains(&action) {
            sample
                .people
                .iter()
                .map(|person| Some(person.id.as_str()))
                .collect()
        } else {
            vec![None]
        };
        for target in targets {
            for weather in ["sun", "rain"] {
                let mut question = Question::new("user", action);
                if let Some(target) = target {
                    question = question.target(target);
                }
                if action == "air" {
                    question = question.fact("weather", weather);
                }
                if sample.firm.answer(&question).unwrap().is_allowed() {
                    allowed.insert(format!(
                        "{action} {target:?} {}",
                        if action == "air" { weather } else { "" }
                    ));
                }
            }
        }
    }
    allowed
}

/// What some step breaks in some firm: for one change and for two made together.
#[derive(Default)]
pub(super) struct Broken {
    pub(super) always: [BTreeSet<String>; 2],
    pub(super) alone: [bool; 2],
}

/// A number of holders in words, and a check for that number.
pub(super) type Holding = (&'static str, fn(usize) -> bool);

pub(super) const HOLDINGS: [Holding; 3] = [
    ("exactly one", |n| n == 1),
    ("at least one", |n| n >= 1),
    ("at most one", |n| n <= 1),
];

pub(super) fn key(role: &str, holding: &str, enabled: bool) -> String {
    format!("{role}_{}_{enabled}", holding.replace(' ', "_"))
}

pub(super) fn try_all(firms: &[FirmWithPeople]) -> Broken {
    let mut broken = Broken::default();
    for sample in firms {
        let before = allowed(sample);
        let judged = |change: &Change| sample.firm.judge(change).unwrap();
        let mut accepted = Vec::new();
        let mut after = Vec::new();
        for target in &sample.people {
            for change in changes("user", &target.id) {
                let verdict = judged(&change);
                if verdict.is_accepted() && !verdict.altered.is_empty() {
                    after.push((0, sample.firm.after(&verdict).unwrap()));
                    accepted.extend(
                        ["grant", "revoke"]
                            .contains(&change.change.as_str())
                            .then_some(change),
                    );
                }
            }
        }
        for (number, one) in accepted.iter().enumerate() {
            for other in &accepted[..number] {
                for parts in [[one, other], [other, one]] {
                    let bulk = parts
                        .into_iter()
                        .fold(Bulk::new("user"), |bulk, part| bulk.part(part.clone()));
                    let verdict = sample.firm.judge_bulk(&bulk).unwrap();
                    if verdict.is_accepted() {
                        after.push((1, sample.firm.after(&verdict).unwrap()));
                    }
                }
            }
        }
        for (kind, after) in after {
            let after = read_people(after);
            broken.alone[kind] |= !allowed(&after).is_subset(&before);
            for role in ROLES {
                for enabled in [false, true] {
                    for (holding, permits) in HOLDINGS {
                        if permits(sample.count(role, enabled))
                            && !permits(after.count(role, enabled))
                        {
                            broken.always[kind].insert(key(role, holding, enabled));
                        }
                    }
                }
            }
        }
    }
    broken
}

#[test]
fn properties_over_sequences_hold_exactly_where_no_step_in_any_firm_breaks_them() {
    let mut dice = Dice(11);
    let mut properties = String::from("  alone:\n    title: Alone\n    alone: gains nothing\n");
    for role in ROLES {
        for (holding, _) in HOLDINGS {
            for enabled in [false, true] {
                let name = key(role, holding, enabled);
                writeln!(properties, "  {name}:\n    title: Always\n    always: {{role: {role}, holders: {holding}, enabled: {enabled}}}").unwrap();
            }
        }
    }
    let (mut held, mut by_one, mut by_two) = (0, 0, 0);
    let mut all: Vec<String> = std::iter::repeat_with(|| rules(&mut dice))
        .take(cases(1, 3))
        .collect();
    all.push(together());
    for rules in all {
        let rulebook = rulebook(&rules);
        let broken = try_all(&firms(&rulebook, false, true));
        for proven in prove(&rulebook, &properties) {
            let name = &*proven.name;
            let by = |kind: usize| match name {
                "alone" => broken.alone[kind],
                _ => broken.always[kind].contains(name),
            };
            let found = by(0) || by(1);
            assert_eq!(proven.holds, Some(!found), "{name}\n{rules}");
            let Some(counterexample) = &proven.counterexample else {
                held += 1;
                continue;
            };
            let [step] = &*counterexample.steps else {
                panic!("{name}: {} steps", counterexample.steps.len());
            };
            // One change is smaller than a bulk change.
            assert_eq!(
                matches!(step, ProofStep::Change(_)),
                by(0),
                "{name}\n{rules}"
            );
            by_one += usize::from(by(0));
            by_two += usize::from(!by(0));
            let before = reread(&rulebook, counterexample);
            let verdict = step.judge(&before.firm).unwrap();
            assert!(verdict.is_accepted(), "{name}\n{rules}");
            let after = read_people(before.firm.after(&verdict).unwrap());
            if name == "alone" {
                assert!(!allowed(&after).is_subset(&allowed(&before)), "{rules}");
                let ([asked], [then]) = (&*counterexample.asked, &*counterexample.asked_after)
                else {
                    panic!("{name}: asked before and after");
                };
                assert!(!asked.is_allowed() && then.is_allowed());
                assert!(!before.firm.answer(&asked.question).unwrap().is_allowed());
                assert!(after.firm.answer(&then.question).unwrap().is_allowed());
                continue;
            }
            let role = ROLES
                .into_iter()
                .find(|role| name.starts_with(role))
                .unwrap();
            let enabled = name.ends_with("true");
            let (_, permits) = HOLDINGS
                .into_iter()
                .find(|(holding, _)| key(role, holding, enabled) == name)
                .unwrap();
            assert!(permits(before.count(role, enabled)) && !permits(after.count(role, enabled)));
        }
    }
    assert!(
        held > cases(5, 20) && by_one > cases(5, 20) && by_two > 0,
        "{held} held, {by_one} broken by one, {by_two} by two"
    );
}
