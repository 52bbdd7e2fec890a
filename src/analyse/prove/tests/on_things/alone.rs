//! Nobody gains anything alone exactly where no firm shows a gain.

use pretty_assertions::assert_eq;

use super::*;

fn may(firm: &Firm) -> [bool; 2] {
    ["enter", "sweep"].map(|action| {
        let question = Question::new("user", action).target("r");
        firm.answer(&question).unwrap().is_allowed()
    })
}

fn gains(before: [bool; 2], after: [bool; 2]) -> bool {
    before
        .iter()
        .zip(after)
        .any(|(before, after)| !before && after)
}

/// Whether the user gains anything in this firm by one change, and whether by two at once.
fn gained(firm: &Firm, changes: &[Change], bulk: &[&str]) -> [bool; 2] {
    let before = may(firm);
    let mut gained = [false; 2];
    let mut parts = Vec::new();
    for change in changes {
        // A group that would be in itself is an error, and never accepted.
        let Ok(verdict) = firm.judge(change) else {
            continue;
        };
        if verdict.is_accepted() {
            gained[0] |= gains(before, may(&firm.after(&verdict).unwrap()));
            parts.extend(bulk.contains(&&*change.change).then_some(change));
        }
    }
    for (number, one) in parts.iter().enumerate() {
        for other in &parts[..number] {
            for pair in [[one, other], [other, one]] {
                let bulk = pair
                    .into_iter()
                    .fold(Bulk::new("user"), |bulk, part| bulk.part((**part).clone()));
                let Ok(verdict) = firm.judge_bulk(&bulk) else {
                    continue;
                };
                if verdict.is_accepted() {
                    gained[1] |= gains(before, may(&firm.after(&verdict).unwrap()));
                }
            }
        }
    }
    gained
}

#[test]
fn nobody_gains_alone_exactly_where_no_firm_shows_a_gain() {
    let mut dice = Dice(5);
    let (mut held, mut by_one, mut open) = (0, 0, 0);
    for _ in 0..cases(10, 45) {
        let HutRules {
            rules,
            changes,
            bulk,
        } = huts(&mut dice, "");
        let limits = Limits {
            proof_states: 4_000,
            ..Limits::default()
        };
        let rulebook = Loader::new()
            .limits(&limits)
            .rulebook_from_texts([("hut.yaml", &*rules)])
            .unwrap_or_else(|error| panic!("{error}\n{rules}"));
        let [result] = &proven(
            &rulebook,
            "  alone: { title: Alone, alone: gains nothing }\n",
        )[..] else {
            panic!("one property");
        };
        let changes = all_changes(&changes);
        let mut found = [false; 2];
        for _ in 0..cases(40, 100) {
            let (firm, _) = firm(&rulebook, &mut dice);
            let gained = gained(&firm, &changes, &bulk);
            for (found, gained) in found.iter_mut().zip(gained) {
                *found |= gained;
            }
        }
        match &result.counterexample {
            Some(counterexample) => {
                replayed(&rulebook, counterexample);
                let is_one = matches!(counterexample.steps[0], ProofStep::Change(_));
                // One change is smaller than two.
                assert!(is_one || !found[0], "{rules}");
                by_one += usize::from(found[0]);
            }
            None => {
                assert_eq!(found, [false; 2], "{rules}");
                held += usize::from(result.is_proven());
                open += usize::from(!result.is_proven());
            }
        }
    }
    assert!(
        held > cases(0, 5) && by_one > cases(3, 20),
        "{held} held, {by_one} broken by one, {open} open"
    );
}

/// Rules about houses with one change, which nobody makes for somebody who is on the other list.
fn one_list_alone(bulk: &str) -> String {
    let lists = "  house:
    title: House
    lists: { guest: {}, lead: { holds: one } }
";
    let (head, _) = HEAD.split_once("refusals:").unwrap();
    format!(
        "{head}refusals:
  one_list: {{ when: 'list == \"guest\" && target.house.lead || list == \"lead\" && target.house.guest', because: One list each }}
things:
{lists}actions:
  - group: Houses
    basis: stated
    section: all
    target: house
    actions:
      enter: {{ title: Enter, allow: house.guest, when: house.lead, because: Led by another }}
changes:
  put:
    title: Put
    section: all
    basis: stated
    takes: {{ thing: house, list: [guest, lead] }}
    allow: everyone
    unless: one_list
    does: [{{ add: target, to: list }}]
{bulk}"
    )
}

const ALONE: &str = "  alone: { title: Alone, alone: gains nothing }\n";

fn only_one(rulebook: &Rulebook) -> PropertyResult {
    let mut results = proven(rulebook, ALONE);
    assert_eq!(results.len(), 1);
    results.remove(0)
}

#[test]
fn lists_that_only_two_changes_at_once_reach_are_found() {
    let bulk = "bulk: { title: Many, of: [put], section: all, basis: stated, all_or_nothing: { basis: stated }, contradiction: { rule: clash, because: Clash, basis: stated } }\n";
    for (bulk, holds) in [("", true), (bulk, false)] {
        let rules = one_list_alone(bulk);
        let rulebook = Rulebook::from_texts([("hut.yaml", &*rules)]);
        let rulebook = rulebook.unwrap_or_else(|error| panic!("{error}\n{rules}"));
        let result = only_one(&rulebook);
        assert_eq!(result.holds, Some(holds), "{result:?}");
        assert_eq!(result.changes, Some(2));
        if let Some(found) = &result.counterexample {
            replayed(&rulebook, found);
            let words = "user, at once: put house guest user; put house lead user";
            assert_eq!(found.steps[0].in_words(), words);
            let end = "user may enter of house now, and could not before";
            assert_eq!(found.end, end);
        }
    }
}

#[test]
fn groups_that_another_product_alters_leave_it_open() {
    let (head, _) = HEAD.split_once("refusals:").unwrap();
    let head = head.replace("hut", "yard").replace("Huts", "Yards");
    let yards = format!(
        "{head}actions:
  - group: Yards
    basis: stated
    section: all
    actions: {{ rake: {{ title: Rake, allow: chief }} }}
changes:
  join:
    title: Join
    section: all
    basis: stated
    takes: {{ group: a group }}
    allow: everyone
    does: [{{ add: target, to: group }}]
"
    );
    let huts = one_list_alone("");
    let files = [("hut.yaml", &*huts), ("yard.yaml", &*yards)];
    let rulebook = Rulebook::from_texts(files).unwrap_or_else(|error| panic!("{error}"));
    let result = only_one(&rulebook);
    assert_eq!(result.holds, None);
    let why = result.undecided.as_ref().map(|finding| &*finding.message);
    let expected = "the property `alone` of Huts is not decided: `join` of Yards alters groups or things that are read here, and its rules are not followed";
    assert_eq!(why, Some(expected));
}
