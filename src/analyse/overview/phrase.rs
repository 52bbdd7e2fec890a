//! Conditions in words: the paths through a small decision tree that end in an allow.

use crate::answer::{word, written};
use crate::explore::tree::{Tree, Way};
use crate::link::product::{DecisionInput, Product};
use crate::value::Value;

/// The paths to an allow, each as the possible values of its inputs. Empty for a tree with `limit` paths or more.
pub(super) fn ways(
    tree: &Tree<DecisionInput, bool>,
    product: &Product,
    limit: usize,
) -> Option<Vec<String>> {
    let ways = simplified(tree.ways(|leaf| *leaf, limit)?, product);
    Some(joined(product, ways))
}

/// The same in words. Ways that differ only in the value that two inputs share are one way: `user.branch is record.branch`.
fn joined(product: &Product, mut ways: Vec<Way<DecisionInput>>) -> Vec<String> {
    let mut words = Vec::new();
    while !ways.is_empty() {
        let first = ways.remove(0);
        let pairs = (0..first.len()).flat_map(|one| (0..one).map(move |other| (other, one)));
        let mut pairs = pairs.filter_map(|pair| {
            let numbers = alike(product, &first, pair, &ways)?;
            Some((pair, numbers))
        });
        let Some(((one, other), mut numbers)) = pairs.next() else {
            words.push(in_words(product, &first));
            continue;
        };
        let mut steps: Vec<String> = Vec::new();
        for (number, (input, values)) in first.iter().enumerate() {
            let theirs = first.get(other).map(|(input, _)| written(product, *input));
            match theirs.filter(|_| number == one) {
                Some(theirs) => steps.push(format!("{} is {theirs}", written(product, *input))),
                None if number == other => {}
                None => steps.push(step(product, *input, values)),
            }
        }
        words.push(steps.join(" and "));
        numbers.sort_unstable();
        for number in numbers.into_iter().rev() {
            ways.remove(number);
        }
    }
    words
}

/// The ways beside one that differ from it only in the value that two of its inputs share, for each other value. None where there
/// is not one for each.
fn alike(
    product: &Product,
    way: &Way<DecisionInput>,
    (one, other): (usize, usize),
    ways: &[Way<DecisionInput>],
) -> Option<Vec<usize>> {
    let [(one, ours), (other, theirs)] = [way.get(one)?, way.get(other)?];
    let words = |input: &DecisionInput| -> Vec<String> {
        let values = 0..product.width(*input) as u16;
        let words = values.map(|value| word(product, *input, Value(value)));
        words.collect()
    };
    let shared = words(one);
    let is_flag = shared == ["false", "true"];
    if is_flag || shared != words(other) || ours != theirs || ours.len() > 1 {
        return None;
    }
    let values = (0..shared.len() as u16)
        .map(Value)
        .filter(|value| !ours.contains(value));
    let with = |value: Value| {
        let is_step = |step: &(DecisionInput, Vec<Value>)| {
            if step.0 == *one || step.0 == *other {
                step.1 == [value]
            } else {
                way.contains(step)
            }
        };
        let mut all = ways.iter();
        all.position(|meant| meant.len() == way.len() && meant.iter().all(is_step))
    };
    values.map(with).collect()
}

/// The most situations that are gone through to find out what a way can leave out.
const MOST_SITUATIONS: usize = 4_096;

/// The same ways without what the others make superfluous of things: `not a and b, or a` is `b, or a`.
fn simplified(mut ways: Vec<Way<DecisionInput>>, product: &Product) -> Vec<Way<DecisionInput>> {
    let mut inputs: Vec<DecisionInput> = Vec::new();
    for (input, _) in ways.iter().flatten() {
        if !inputs.contains(input) {
            inputs.push(*input);
        }
    }
    let widths = inputs.iter().map(|input| product.width(*input));
    let situations = widths.fold(1_usize, usize::saturating_mul);
    if situations > MOST_SITUATIONS {
        return ways;
    }
    let all: Vec<Vec<Value>> = (0..situations)
        .map(|number| situation(number, &inputs, product))
        .collect();
    let is_in = |way: &Way<DecisionInput>, situation: &[Value]| {
        let mut known = inputs.iter().zip(situation);
        known.all(|(input, value)| {
            let mut steps = way.iter();
            steps.all(|(of, values)| of != input || values.contains(value))
        })
    };
    let covered = |ways: &[Way<DecisionInput>]| -> Vec<bool> {
        let any = |situation: &Vec<Value>| ways.iter().any(|way| is_in(way, situation));
        all.iter().map(any).collect()
    };
    let wanted = covered(&ways);
    for number in 0..ways.len() {
        let mut step = 0;
        while let Some(shorter) = ways.get(number).filter(|way| step < way.len()) {
            let mut shorter = shorter.clone();
            let (input, _) = shorter.remove(step);
            if !is_of_thing(product, input) {
                step += 1;
                continue;
            }
            let mut tried = ways.clone();
            if let Some(way) = tried.get_mut(number) {
                *way = shorter;
            }
            if covered(&tried) == wanted {
                ways = tried;
            } else {
                step += 1;
            }
        }
    }
    let mut number = ways.len();
    while number > 0 {
        number -= 1;
        let mut fewer = ways.clone();
        let left_out = fewer.remove(number);
        let are_of_things = |(input, _): &(DecisionInput, _)| is_of_thing(product, *input);
        if left_out.iter().any(are_of_things) && covered(&fewer) == wanted {
            ways = fewer;
        }
    }
    ways
}

fn is_of_thing(product: &Product, input: DecisionInput) -> bool {
    let DecisionInput::Fact(fact) = input else {
        return false;
    };
    let fact = product.fact(fact);
    fact.is_some_and(|fact| fact.source.is_of_thing())
}

/// One choice of values for inputs, by its number.
fn situation(mut number: usize, inputs: &[DecisionInput], product: &Product) -> Vec<Value> {
    let values = inputs.iter().map(|input| {
        let width = product.width(*input).max(1);
        let value = Value((number % width) as u16);
        number /= width;
        value
    });
    values.collect()
}

/// One way through a tree.
pub(crate) fn in_words(product: &Product, way: &Way<DecisionInput>) -> String {
    let steps: Vec<String> = way
        .iter()
        .map(|(input, values)| step(product, *input, values))
        .collect();
    match steps.as_slice() {
        [] => "always".to_owned(),
        steps => steps.join(" and "),
    }
}

/// `same_user`, `not target holds billing`, `user.billing_rate_visibility is all or own`.
fn step(product: &Product, input: DecisionInput, values: &[Value]) -> String {
    let name = written(product, input);
    let is_flag = product.width(input) == 2
        && ["false", "true"] == [0, 1].map(|n| word(product, input, Value(n)));
    match values {
        [only] if is_flag && only.is_yes() => name,
        [_] if is_flag => format!("not {name}"),
        _ => {
            let words: Vec<String> = values
                .iter()
                .map(|value| word(product, input, *value))
                .collect();
            format!("{name} is {}", words.join(" or "))
        }
    }
}
