//! Compares counterexamples with every firm of one, two and three people: no smaller one breaks the property.

use crate::Loader;
use std::cell::OnceCell;

use pretty_assertions::assert_eq;

use super::decisions::Promise;
use super::sequences::{Broken, HOLDINGS, key, try_all};
use super::*;

/// Every firm of this many people. The first is the enabled user; the order of the other two does not matter.
fn every_firm(rulebook: &Rulebook, people: usize) -> Vec<FirmWithPeople> {
    let sets: [&[&str]; 4] = [&[], &["guest"], &["keeper"], &["guest", "keeper"]];
    let mut kinds = Vec::new();
    for enabled in [true, false] {
        for set in sets {
            kinds.extend(["day", "night"].map(|hours| (enabled, set, hours)));
        }
    }
    let ids = ["user", "target", "second"];
    let mut choices: Vec<Vec<usize>> = (0..kinds.len() / 2).map(|kind| vec![kind]).collect();
    for place in 1..people {
        let longer = choices.iter().flat_map(|choice| {
            let least = if place > 1 { choice[place - 1] } else { 0 };
            (least..kinds.len()).map(move |kind| [choice.as_slice(), &[kind]].concat())
        });
        choices = longer.collect();
    }
    let mut firms = Vec::new();
    for choice in choices {
        for owner in 0..people {
            let users = choice.iter().enumerate().map(|(number, kind)| {
                let (enabled, roles, hours) = kinds[*kind];
                let seat = Seat::new("door").setting("hours", hours);
                let seat = roles.iter().fold(seat, |seat, role| seat.role(*role));
                let seat = if number == owner {
                    seat.role("owner")
                } else {
                    seat
                };
                let user = User::new(ids[number]).seat(seat);
                if enabled { user } else { user.disabled() }
            });
            let Ok(firm) = Firm::of_users(rulebook, "Made up", users) else {
                continue;
            };
            let closed = firm.with_reading(None, "is_open", false).unwrap();
            firms.extend([read_people(firm), read_people(closed)]);
        }
    }
    firms
}

#[test]
fn no_smaller_firm_breaks_a_property_over_decisions() {
    let mut dice = Dice(7);
    let mut of_size = [0; 5];
    for _ in 0..4 {
        let rulebook = rulebook(&rules(&mut dice));
        let firms = [1, 2, 3].map(|people| every_firm(&rulebook, people));
        let promises = std::iter::repeat_with(|| Promise::random(&mut dice));
        let promises: Vec<Promise> = promises.filter(Promise::says_something).take(40).collect();
        let texts = (0..)
            .zip(&promises)
            .map(|(number, promise)| format!("  p{number}:\n{}", promise.yaml()));
        let proven = prove(&rulebook, &texts.collect::<String>());
        for (promise, proven) in promises.iter().zip(&proven) {
            let Some(counterexample) = &proven.counterexample else {
                continue;
            };
            assert!(counterexample.smallest);
            let steps = usize::from(!promise.makes.is_empty());
            assert_eq!(counterexample.steps.len(), steps);
            let breaks = |sample: &FirmWithPeople| promise.is_broken_by(sample, &sample.people[0]);
            let smallest = firms.iter().position(|firms| firms.iter().any(breaks));
            let people = people_of(&rulebook, counterexample);
            // The firms that are tried have up to three people.
            assert_eq!(
                people.min(4),
                smallest.map_or(4, |at| at + 1),
                "{}",
                promise.yaml()
            );
            of_size[people] += 1;
        }
    }
    assert!(of_size[1] > 20 && of_size[2] > 20, "{of_size:?}");
}

#[test]
fn no_shorter_sequence_and_no_smaller_firm_breaks_a_property_over_sequences() {
    let mut properties = String::from("  alone:\n    title: Alone\n    alone: gains nothing\n");
    for role in ROLES {
        for (holding, _) in HOLDINGS {
            for enabled in [false, true] {
                let name = key(role, holding, enabled);
                writeln!(properties, "  {name}:\n    title: Always\n    always: {{role: {role}, holders: {holding}, enabled: {enabled}}}").unwrap();
            }
        }
    }
    let mut sizes = BTreeSet::new();
    for rules in [rules(&mut Dice(12)), together()] {
        let rulebook = rulebook(&rules);
        let broken: [OnceCell<Broken>; 3] = Default::default();
        let is_broken = |people: usize, parts: usize, name: &str| {
            let tried = broken[people - 1].get_or_init(|| try_all(&every_firm(&rulebook, people)));
            match name {
                "alone" => tried.alone[parts - 1],
                _ => tried.always[parts - 1].contains(name),
            }
        };
        for proven in prove(&rulebook, &properties) {
            let Some(counterexample) = &proven.counterexample else {
                continue;
            };
            assert!(counterexample.smallest);
            let name = &*proven.name;
            let people = people_of(&rulebook, counterexample);
            let parts = match &*counterexample.steps {
                [ProofStep::Change(_)] => 1,
                [ProofStep::Bulk(bulk)] => bulk.parts.len(),
                other => panic!("{name}: {other:?}"),
            };
            sizes.insert((parts, people));
            for fewer in 1..people.min(4) {
                assert!(
                    !is_broken(fewer, parts, name),
                    "{name} by {fewer} people\n{rules}"
                );
            }
            assert!(
                is_broken(people, parts, name),
                "{name} by {people} people\n{rules}"
            );
            for fewer in 1..parts {
                for people in 1..=people {
                    assert!(
                        !is_broken(people, fewer, name),
                        "{name} by {fewer} parts\n{rules}"
                    );
                }
            }
        }
    }
    let known = [(1, 1), (1, 2), (2, 2)];
    assert!(known.iter().all(|known| sizes.contains(known)), "{sizes:?}");
}

/// Many firms of two people come first and break it as well. The smallest is the firm of one.
#[test]
fn the_smallest_is_found_behind_many_that_are_larger() {
    let wave = "
      wave:
        title: Wave
        target: user
        allow: everyone
        when: (user.guest == target.guest) == ((user.hours == \"night\") == (user.keeper == (target.hours == \"night\")))
        because: It depends
";
    let rulebook = rulebook(
        &format!("{HEAD}{}", wave.trim_start_matches('\n')).replace("    moves_by: pass_on\n", ""),
    );
    let proven = prove(
        &rulebook,
        "  p:\n    title: T\n    nobody: {can: wave, on: anyone}\n  q:\n    title: T\n    nobody: {can: wave, on: others}\n",
    );
    let people = |proven: &PropertyResult| {
        let counterexample = proven.counterexample.as_ref().unwrap();
        assert!(counterexample.smallest);
        people_of(&rulebook, counterexample)
    };
    assert_eq!(proven.iter().map(people).collect::<Vec<_>>(), [1, 2]);
}

/// The number of people in a counterexample's firm.
fn people_of(rulebook: &Rulebook, counterexample: &Counterexample) -> usize {
    reread(rulebook, counterexample).firm.users().count()
}

/// With few states nothing is decided. With more, the property is broken. With enough, the smallest firm is known.
#[test]
fn a_counterexample_that_may_not_be_the_smallest_says_so() {
    let rules = rules(&mut Dice(7))
        + "properties:\n  nobody_greets:\n    title: Nobody greets\n    nobody: {can: [greet, show_out]}\n    basis: stated\n    section: doors\n";
    let with = |proof_states| {
        let limits = Limits {
            proof_states,
            ..Limits::DEFAULT
        };
        let rulebook = Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("door.yaml", rules.as_str())]);
        rulebook.unwrap().prove()
    };
    let enough = with(Limits::DEFAULT.proof_states);
    let enough = enough.properties[0].states + 2;
    let mut stages: Vec<&str> = Vec::new();
    for states in 1..=enough {
        let proof = with(states);
        let proven = &proof.properties[0];
        let word = match &proven.counterexample {
            None => {
                assert!(proven.undecided.is_some() && proven.states == states);
                "undecided"
            }
            Some(counterexample) => {
                let json = serde_json::to_value(counterexample).unwrap();
                let is_smallest = counterexample.smallest;
                assert_eq!(
                    json.get("smallest"),
                    (!is_smallest).then_some(&Value::Bool(false))
                );
                assert_eq!(proven.cut_off.is_none(), is_smallest);
                if is_smallest { "smallest" } else { "broken" }
            }
        };
        if stages.last() != Some(&word) {
            stages.push(word);
        }
    }
    assert_eq!(stages, ["undecided", "broken", "smallest"]);
}
