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
    let ways = tree.ways(|leaf| *leaf, limit)?;
    Some(ways.iter().map(|way| in_words(product, way)).collect())
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
