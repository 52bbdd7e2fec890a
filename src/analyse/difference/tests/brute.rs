//! Brute force: makes every firm of two people and asks both rulebooks about it.

use std::collections::BTreeMap;

use super::*;
use crate::change::{Change, Verdict};
use crate::link::product::{Argument, Product};
use crate::{Decision, Firm, Question, Seat, User};
use pretty_assertions::assert_eq;

mod states;

use states::{Choice, State, add, choices, firm, of_holder, products, states};

/// Whether an alternative holds in a state.
fn holds(condition: &BTreeMap<String, Vec<String>>, state: &State) -> bool {
    condition.iter().all(|(input, words)| {
        let silence = "not given".to_owned();
        words.contains(state.get(input).unwrap_or(&silence))
    })
}

/// The contents of the difference about one action or change in one state, by kind.
fn claimed<'d>(
    difference: &'d RulebookDifference,
    about: (&str, Option<&str>, Option<&str>),
    state: &State,
) -> BTreeMap<String, (&'d str, &'d str)> {
    let (product, action, change) = about;
    let mut claimed = BTreeMap::new();
    for one in &difference.changes {
        let has_target = one.has_target.unwrap_or(true);
        let is_about = *one.product == *product
            && one.action.as_deref() == action
            && one.change.as_deref() == change
            && has_target == state.contains_key("same_user");
        if is_about && one.what.is_none() && one.conditions.iter().any(|it| holds(it, state)) {
            let before = claimed.insert(format!("{:?}", one.kind), (&*one.from, &*one.to));
            assert_eq!(
                before, None,
                "one state differs in one way: {one:?} {state:?}"
            );
        }
    }
    claimed
}

fn text(texts: &[&str]) -> String {
    match texts {
        [] => "nothing".to_owned(),
        texts => texts.join(", "),
    }
}

/// The contents of a decision, by kind.
fn of_decision(decision: &Decision) -> BTreeMap<&'static str, String> {
    let needs: Vec<&str> = decision.needs.iter().map(String::as_str).collect();
    BTreeMap::from([
        ("Rule", decision.grounds.rule.to_string()),
        ("Reason", decision.grounds.reason.to_string()),
        ("Needs", text(&needs)),
        ("Basis", decision.grounds.basis.to_string()),
        ("Section", decision.grounds.section.to_string()),
        (
            "Where",
            decision
                .grounds
                .site
                .as_deref()
                .unwrap_or("nowhere")
                .to_owned(),
        ),
    ])
}

fn of_verdict(verdict: &Verdict, rulebook: &Rulebook) -> BTreeMap<&'static str, String> {
    let reasons = &verdict.reasons;
    let all = |of: fn(&crate::Reason) -> &str, alone: &str, between: &str| match &reasons[..] {
        [] => alone.to_owned(),
        reasons => reasons.iter().map(of).collect::<Vec<_>>().join(between),
    };
    let mut sections: Vec<&str> = reasons.iter().map(|it| &*it.grounds.section).collect();
    sections.dedup();
    if sections.is_empty() {
        sections.push(&*verdict.grounds.section);
    }
    let effects: Vec<String> = verdict
        .effects
        .iter()
        .map(|id| {
            let title = rulebook.effect_title(verdict.product(), id).unwrap();
            format!("{title} ({id})")
        })
        .collect();
    let altered: Vec<String> = verdict
        .altered
        .iter()
        .map(|it| format!("the {}'s {} becomes {}", it.user, it.what, it.to))
        .collect();
    let list = |texts: &[String]| text(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    BTreeMap::from([
        (
            "Rule",
            all(|it| &*it.grounds.rule, &verdict.grounds.rule, ", "),
        ),
        (
            "Reason",
            all(|it| &*it.grounds.reason, &verdict.grounds.reason, "; "),
        ),
        ("Basis", verdict.grounds.basis.to_string()),
        ("Section", sections.join("; ")),
        (
            "Where",
            verdict
                .grounds
                .site
                .as_deref()
                .unwrap_or("nowhere")
                .to_owned(),
        ),
        ("Effects", list(&effects)),
        ("Altered", list(&altered)),
    ])
}

/// Compares the claimed differences with the answers of both sides. An answer is a yes or no with its contents.
fn compare(
    claimed: &BTreeMap<String, (&str, &str)>,
    answers: Sides<Option<(bool, BTreeMap<&'static str, String>)>>,
    words: [&str; 2],
    state: &State,
) {
    let yes = |answer: &Option<(bool, _)>| answer.as_ref().is_some_and(|(yes, _)| *yes);
    let word = |yes: bool| words[usize::from(yes)];
    let [old, new] = &answers;
    let mut expected = BTreeMap::new();
    if yes(old) != yes(new) {
        expected.insert("Decision".to_owned(), (word(yes(old)), word(yes(new))));
    } else if let [Some((_, old)), Some((_, new))] = &answers {
        for (kind, from) in old {
            let to = &new[kind];
            let is_told = old["Reason"] == new["Reason"] || !["Rule", "Needs"].contains(kind);
            if from != to && is_told {
                expected.insert((*kind).to_owned(), (from.as_str(), to.as_str()));
            }
        }
    }
    assert_eq!(*claimed, expected, "{state:?}");
}

/// Asks both sides everything about a product and compares with the claim. Returns the number of comparisons.
pub(super) fn check(old: &Rulebook, new: &Rulebook, id: &str) -> usize {
    let difference = old.difference(new).unwrap();
    let rulebooks = [old, new];
    let products = products(rulebooks, id);
    let mut asked = 0;
    for has_target in [false, true] {
        for state in states(&choices(&products, has_target)) {
            let firms = rulebooks.map(|rulebook| firm(rulebook, id, &state));
            if !can_be(&products, rulebooks, id, &state, &firms) {
                continue;
            }
            asked += actions(&difference, &firms, &products, id, &state);
            if !has_target {
                continue;
            }
            for holder in states(&of_holder(&products)) {
                let mut state = state.clone();
                state.extend(holder);
                let firms = rulebooks.map(|rulebook| firm(rulebook, id, &state));
                asked += changes(&difference, &firms, rulebooks, &products, id, &state);
            }
        }
    }
    asked
}

/// Whether both sides can have these people. Roles that only one side knows do not matter.
fn can_be(
    products: &[&Product],
    rulebooks: Sides<&Rulebook>,
    id: &str,
    state: &State,
    firms: &Sides<Option<Firm>>,
) -> bool {
    let held = |who: &str, role: &str| {
        state
            .get(&format!("{who} holds {role}"))
            .is_some_and(|word| word == "true")
    };
    let mut levels: Vec<&str> = Vec::new();
    for product in products {
        for level in &product.levels {
            let level = product.role_name(*level);
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
    }
    let people = ["user", "target"].into_iter();
    let mut people = people.filter(|who| *who == "user" || state.contains_key("same_user"));
    let has_one = |who: &str| levels.iter().filter(|level| held(who, level)).count() == 1;
    let has_levels = levels.is_empty() || people.all(has_one);
    let sides = rulebooks.iter().zip(firms);
    let mut knowing = sides.filter(|(rulebook, _)| rulebook.product_number(id).is_some());
    let refused = |firm: &Option<Firm>, rulebook: &Rulebook| {
        let number = rulebook.product_number(id).unwrap();
        let known = &rulebook.product(number).unwrap().product.levels;
        // A level that the other side does not know does not make such people impossible.
        let strange = known.len() < levels.len() && !known.is_empty();
        firm.is_none() && !strange
    };
    has_levels && !knowing.any(|(rulebook, firm)| refused(firm, rulebook))
}

fn actions(
    difference: &RulebookDifference,
    firms: &Sides<Option<Firm>>,
    products: &[&Product],
    id: &str,
    state: &State,
) -> usize {
    let has_target = state.contains_key("same_user");
    let mut ids: BTreeMap<&str, Vec<Choice>> = BTreeMap::new();
    for product in products {
        let all = product.actions.iter();
        for action in all.filter(|action| action.on_target == has_target) {
            let choices = ids.entry(&action.id).or_default();
            for used in &action.facts {
                let fact = &product.facts[used.fact.index()];
                let words = fact.domain.words().map(str::to_owned);
                let words = words.chain(["not given".to_owned()]);
                add(choices, fact.id.to_string(), words);
            }
        }
    }
    let mut asked = 0;
    for (action, facts) in ids {
        for facts in states(&facts) {
            let mut whole = state.clone();
            whole.extend(facts.clone());
            let answers = firms.each_ref().map(|firm| {
                let decision = ask(firm.as_ref()?, id, action, state, &facts)?;
                Some((decision.is_allowed(), of_decision(&decision)))
            });
            // A fact that is not given has its default, on both sides.
            let mut spoken = whole.clone();
            for (fact, word) in &facts {
                let defaults = products
                    .iter()
                    .filter_map(|product| default(product, action, fact));
                let defaults: Vec<Option<String>> = defaults.collect();
                if let ("not given", [Some(first), ..]) = (word.as_str(), &*defaults)
                    && defaults.iter().all(|other| other.as_ref() == Some(first))
                {
                    spoken.insert(fact.clone(), first.clone());
                }
            }
            if spoken.values().any(|word| word == "not given")
                && answers.iter().all(Option::is_none)
            {
                continue;
            }
            let claimed = claimed(difference, (id, Some(action), None), &spoken);
            compare(&claimed, answers, ["deny", "allow"], &whole);
            asked += 1;
        }
    }
    asked
}

/// The default of a fact of an action. `None` when the action does not take it.
fn default(product: &Product, action: &str, fact: &str) -> Option<Option<String>> {
    let action = product.actions.iter().find(|known| *known.id == *action)?;
    let used = action
        .facts
        .iter()
        .find(|used| *product.facts[used.fact.index()].id == *fact)?;
    let domain = &product.facts[used.fact.index()].domain;
    Some(used.default.map(|default| domain.word(default).to_owned()))
}

fn ask(firm: &Firm, id: &str, action: &str, state: &State, facts: &State) -> Option<Decision> {
    let product = products([&firm.rulebook, &firm.rulebook], id)[0];
    let declared = product.actions.iter().find(|known| *known.id == *action)?;
    let mut question = Question::new("user", action.to_owned()).product(id.to_owned());
    if let Some(same) = state.get("same_user") {
        question = question.target(if same == "true" { "user" } else { "target" });
    }
    for used in &declared.facts {
        let fact = &product.facts[used.fact.index()];
        let word = facts.get(&*fact.id);
        let known = word.filter(|word| fact.domain.find(word).is_some());
        if let Some(word) = known {
            question = question.fact(fact.id.to_string(), word.clone());
        }
    }
    firm.ask(&question).ok()
}

fn changes(
    difference: &RulebookDifference,
    firms: &Sides<Option<Firm>>,
    rulebooks: Sides<&Rulebook>,
    products: &[&Product],
    id: &str,
    state: &State,
) -> usize {
    let mut all: Vec<(String, State)> = Vec::new();
    for product in products {
        for change in &product.changes {
            let mut given = vec![State::new()];
            let with = |given: &[State], pairs: Vec<Vec<(&str, &str)>>| {
                let longer = |state: &State| {
                    let state = state.clone();
                    let states = pairs.iter().map(move |pairs| {
                        let mut state = state.clone();
                        let pairs = pairs
                            .iter()
                            .map(|(name, word)| (name.to_string(), word.to_string()));
                        state.extend(pairs);
                        state
                    });
                    states.collect::<Vec<_>>()
                };
                given.iter().flat_map(longer).collect::<Vec<_>>()
            };
            if change.takes.contains(&Argument::Role) {
                let roles = change.roles.iter();
                let roles = roles.map(|role| vec![("role", product.role_name(*role))]);
                given = with(&given, roles.collect());
            }
            if change.takes.contains(&Argument::Setting) {
                let mut pairs = Vec::new();
                for setting in change.settings.iter().filter_map(|it| product.setting(*it)) {
                    let words = setting.domain.words();
                    pairs
                        .extend(words.map(|word| vec![("setting", &*setting.id), ("value", word)]));
                }
                given = with(&given, pairs);
            }
            for given in given {
                let entry = (change.id.to_string(), given);
                if !all.contains(&entry) {
                    all.push(entry);
                }
            }
        }
    }
    let asked = all.len();
    for (change, given) in all {
        let same = state["same_user"] == "true";
        let mut request = Change::new("user", change.clone())
            .product(id)
            .target(if same { "user" } else { "target" });
        for (name, word) in &given {
            request.argument(name, word.clone()).unwrap();
        }
        let mut side = 0;
        let answers = firms.each_ref().map(|firm| {
            side += 1;
            let verdict = firm.as_ref()?.judge(&request).ok()?;
            Some((
                verdict.is_accepted(),
                of_verdict(&verdict, rulebooks[side - 1]),
            ))
        });
        let mut whole = state.clone();
        whole.extend(given);
        let claimed = claimed(difference, (id, None, Some(&change)), &whole);
        compare(&claimed, answers, ["reject", "accept"], &whole);
    }
    asked
}
