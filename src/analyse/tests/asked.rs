use pretty_assertions::assert_eq;

use super::firms::{actions, firms, is_allowed_with, rulebooks};
use crate::firm::has_seat;
use crate::tests::dice::cases;
use crate::{Ability, Firm, Targets};

#[test]
fn who_can_says_what_each_question_says_and_what_is_missing_leads_to_an_allow() {
    let (mut allowed, mut single, mut several) = (0, 0, 0);
    for firm in rulebooks().iter().flat_map(firms) {
        let users: Vec<&str> = firm.users().collect();
        for action in actions(firm.rulebook()) {
            for (target, facts) in action.asked(&users) {
                let who = firm.who_can(&action.question("", target, facts)).unwrap();
                let (mut may, mut may_not) = (who.allowed(), who.denied());
                for user in &users {
                    let asked = action.question(user, target, facts);
                    let answer = firm.answer(&asked).unwrap();
                    if answer.is_allowed() {
                        let entry = may.next().unwrap();
                        let got = (entry.user, entry.answer.code());
                        assert_eq!(got, (*user, answer.code()));
                        allowed += 1;
                        continue;
                    }
                    let entry = may_not.next().unwrap();
                    let got = (entry.user, entry.answer.code());
                    assert_eq!(got, (*user, answer.code()));
                    // All missing inputs together lead to an allow, and no smaller set does.
                    let missing = entry.missing;
                    let then = is_allowed_with(&firm, &asked, missing);
                    assert!(then, "{asked:?} {missing:?}");
                    // A new seat comes with a level, so the level cannot be left out.
                    let seats = missing
                        .iter()
                        .any(|lack| lack.input.contains(" has a seat "));
                    for left_out in (0..missing.len()).filter(|_| !seats) {
                        let mut fewer = missing.to_vec();
                        let out = fewer.remove(left_out);
                        let then = is_allowed_with(&firm, &asked, &fewer);
                        assert!(!then, "{asked:?} without {out}");
                    }
                    match missing.len() {
                        1 => single += 1,
                        _ => several += 1,
                    }
                }
                assert!(may.next().is_none() && may_not.next().is_none());
            }
        }
    }
    let all = [allowed, single, several];
    assert!(all.iter().all(|count| *count > 1_500), "{all:?}");
}

#[test]
fn a_single_input_is_missing_wherever_a_single_one_would_turn_the_answer() {
    let (mut turned, mut not_turned) = (0, 0);
    for firm in rulebooks().iter().flat_map(firms) {
        for action in actions(firm.rulebook()) {
            let number = firm.rulebook.product_number(&action.product).unwrap();
            let compiled = &firm.rulebook.compiled()[number];
            // Where there are levels, one alone cannot change.
            if action.on_target || !compiled.product.levels.is_empty() {
                continue;
            }
            for facts in &action.choices {
                let who = firm.who_can(&action.question("", None, facts)).unwrap();
                for denied in who.denied() {
                    let asked = action.question(denied.user, None, facts);
                    let explanation = firm.explain(&asked).unwrap();
                    let readings = &compiled.product.names.readings;
                    let mut turns = explanation.turns.iter();
                    let turns = turns.any(|turn| !readings.contains_key(turn.input.as_str()));
                    assert_eq!(denied.missing.len() == 1, turns, "{asked:?}");
                    *(if turns { &mut turned } else { &mut not_turned }) += 1;
                }
            }
        }
    }
    assert!(
        turned > cases(500, 1_000) && not_turned > 100,
        "{turned} {not_turned}"
    );
}

/// The ids that `Targets` describes.
pub(super) fn spelt_out(firm: &Firm, product: &str, user: &str, targets: &Targets) -> Vec<String> {
    let json = serde_json::to_value(targets).unwrap();
    let number = firm.rulebook.product_number(product).unwrap();
    let seat = |id: &&str| has_seat(firm.roster.profile(number, firm.user_number(id).unwrap()));
    let seated: Vec<&str> = firm.users().filter(seat).collect();
    assert_eq!(json["of"], seated.len());
    let of = |key: &str| -> Vec<String> {
        let ids = json[key].as_array().into_iter().flatten();
        ids.map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    let all = seated.into_iter().map(str::to_owned);
    let found: Vec<String> = match json["whom"].as_str().unwrap() {
        "anybody" => all.collect(),
        "others" => all.filter(|id| id != user).collect(),
        "oneself" => vec![user.to_owned()],
        _ if !of("users").is_empty() => of("users"),
        _ => all.filter(|id| !of("except").contains(id)).collect(),
    };
    assert_eq!(json["count"], found.len());
    found
}

#[test]
fn what_can_says_what_each_question_says() {
    let (mut on_somebody, mut denied, mut turned) = (0, 0, 0);
    for firm in rulebooks().iter().flat_map(firms) {
        let users: Vec<&str> = firm.users().collect();
        let actions = actions(firm.rulebook());
        for (user, product) in users.iter().flat_map(|user| {
            firm.rulebook()
                .products()
                .map(move |product| (*user, product))
        }) {
            let what = firm.what_can(user, Some(product)).unwrap();
            let (mut may, mut may_not) = (what.actions.iter(), what.denied.iter());
            for action in actions.iter().filter(|action| action.product == product) {
                for facts in &action.choices {
                    let targets = if action.on_target {
                        users.iter().copied().map(Some).collect()
                    } else {
                        vec![None]
                    };
                    let allowed = |facts: &[(String, String)]| -> Vec<Option<&str>> {
                        let is_allowed = |target: &Option<&str>| {
                            let asked = action.question(user, *target, facts);
                            firm.answer(&asked).unwrap().is_allowed()
                        };
                        targets.iter().copied().filter(is_allowed).collect()
                    };
                    let now = allowed(facts);
                    let ability: &Ability = if now.is_empty() {
                        may_not.next().unwrap()
                    } else {
                        may.next().unwrap()
                    };
                    assert_eq!((&*ability.action, &*ability.facts), (&*action.id, &**facts));
                    if now.is_empty() {
                        denied += 1;
                        assert!(ability.targets.is_none() && !ability.missing.is_empty());
                    } else if let Some(entry) = &ability.targets {
                        let ids: Vec<&str> = now.iter().copied().flatten().collect();
                        assert_eq!(spelt_out(&firm, product, user, entry), ids);
                        on_somebody += 1;
                    }
                    for fact in ability.turned_by.clone() {
                        let mut other = facts.clone();
                        other.push((fact.input.to_owned(), fact.to.to_owned()));
                        assert_ne!(allowed(&other), now, "{}", action.id);
                        turned += 1;
                    }
                }
            }
            assert!(may.next().is_none() && may_not.next().is_none());
            // A ground blocks everything.
            assert!(what.grounds.is_empty() || what.actions.is_empty());
        }
    }
    let all = [on_somebody, denied, turned];
    assert!(all.iter().all(|count| *count > 30), "{all:?}");
}

#[test]
fn every_rule_allows_once_what_it_misses_is_there() {
    let (mut rules, mut refused, mut grounds) = (0, 0, 0);
    for firm in rulebooks().iter().flat_map(firms) {
        let users: Vec<&str> = firm.users().collect();
        for action in actions(firm.rulebook()) {
            for (target, facts) in action.asked(&users) {
                let who = firm.who_can(&action.question("", target, facts)).unwrap();
                for allowed in who.allowed() {
                    let asked = action.question(allowed.user, target, facts);
                    let why_not = firm.why_not(&asked).unwrap();
                    assert!(why_not.decision.is_allowed() && why_not.rules.is_empty());
                    assert!(why_not.missing.is_empty() && why_not.grounds.is_empty());
                }
                for denied in who.denied() {
                    let asked = action.question(denied.user, target, facts);
                    let why_not = firm.why_not(&asked).unwrap();
                    assert_eq!(why_not.decision, firm.ask(&asked).unwrap());
                    assert_eq!(why_not.missing, denied.missing);
                    // The first ground that applies decides.
                    if let Some(first) = why_not.grounds.first() {
                        assert_eq!(&*first.grounds.rule, &*why_not.decision.grounds.rule);
                        grounds += 1;
                    }
                    for rule in why_not.rules {
                        refused += rule.refusals.len();
                        let then = is_allowed_with(&firm, &asked, &rule.missing);
                        assert!(then, "{asked:?} {rule:?}");
                        rules += 1;
                    }
                }
            }
        }
    }
    let all = [rules, refused, grounds];
    assert!(all.iter().all(|count| *count > 100), "{all:?}");
}
