//! A change alters what its verdict lists and nothing else; and with its inverse behind it, the firm is what it was.
//!
//! Two things cannot be undone, and are looked for here as such: who reads the answers to bill reminders once they went
//! to the primary subscriber, and that somebody who handed the account on is an administrator by name.

use std::collections::BTreeMap;

use clio_rules::{AppliedChange, Change, Firm, ProductEntry, Verdict};

use super::choices::Choices;
use super::firm::BUILTIN;
use super::{asking, people};

/// What stays after the inverse, as product and role or setting.
const STAYS: &[(&str, &str, &str)] = &[
    ("revoke", "manage", "receives_bill_reminder_replies"),
    ("grant", "manage", "receives_bill_reminder_replies"),
    ("transfer_ownership", "manage", "administrator"),
];

/// Choices: a firm, and a change in it.
pub fn holds(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let Some(firm) = people::firm(&BUILTIN, &mut choices) else {
        return;
    };
    let products = asking::catalogue(&BUILTIN);
    while !choices.is_over() {
        let Some(change) = asking::change(&firm, &products, &mut choices) else {
            continue;
        };
        let Ok(AppliedChange {
            verdict,
            firm: after,
        }) = firm.apply(&change)
        else {
            continue;
        };
        alters_what_it_lists(&firm, &verdict, &after, &products);
        if let Some(inverse) = inverse(&firm, &change, &verdict) {
            undoes(&firm, &change, &after, &inverse, &products);
        }
    }
}

/// Product, user, and role or setting.
type Entry = (String, String, String);

/// Everything that somebody holds or has set.
fn everything(firm: &Firm, products: &[ProductEntry]) -> BTreeMap<Entry, String> {
    let mut all = BTreeMap::new();
    for (product, user) in products
        .iter()
        .flat_map(|product| firm.users().map(move |user| (product, user)))
    {
        let held = firm.roles(&product.id, user).expect("both are there");
        let mut put = |what: &str, value: String| {
            all.insert(
                (product.id.clone(), user.to_owned(), what.to_owned()),
                value,
            )
        };
        for role in &product.roles {
            put(&role.id, held.contains(&&*role.id).to_string());
        }
        for setting in &product.settings {
            let value = firm
                .setting(&product.id, user, &setting.id)
                .expect("all are there");
            put(&setting.id, value.unwrap_or("no seat").to_owned());
        }
    }
    all
}

/// What differs between two firms.
fn differences(
    one: &Firm,
    other: &Firm,
    products: &[ProductEntry],
) -> Vec<(Entry, String, String)> {
    let (one, other) = (everything(one, products), everything(other, products));
    assert_eq!(one.len(), other.len());
    let pairs = one.into_iter().zip(other.into_values());
    pairs
        .filter(|((_, from), to)| from != to)
        .map(|((entry, from), to)| (entry, from, to))
        .collect()
}

/// A firm after a change differs in what its verdict lists.
pub fn alters_what_it_lists(
    firm: &Firm,
    verdict: &Verdict,
    after: &Firm,
    products: &[ProductEntry],
) {
    let differing = differences(firm, after, products);
    let product = verdict.product();
    let listed = verdict.altered.iter().map(|altered| {
        let entry = (
            product.to_owned(),
            altered.user.clone(),
            altered.what.to_string(),
        );
        (entry, altered.from.clone(), altered.to.clone())
    });
    let mut listed: Vec<_> = listed.collect();
    listed.sort();
    assert_eq!(listed, differing, "{verdict:?}");
    assert!(verdict.is_accepted() || listed.is_empty(), "{verdict:?}");
}

/// The change that takes back what one altered; none where it altered nothing.
fn inverse(firm: &Firm, change: &Change, verdict: &Verdict) -> Option<Change> {
    let request = serde_json::to_value(verdict).expect("a verdict is a value");
    let word = |key: &str| request[key].as_str().map(str::to_owned);
    if verdict.altered.is_empty() {
        return None;
    }
    let (name, user, target, product) = (
        word("change")?,
        word("user")?,
        word("target")?,
        verdict.product(),
    );
    let new = |name: &str| Change::new(&user, name).product(product).target(&target);
    Some(match name.as_str() {
        "grant" => new("revoke").role(word("role")?),
        "revoke" => new("grant").role(word("role")?),
        "assign" => new("assign").role(*firm.roles(product, &target).ok()?.first()?),
        "set_visibility" => {
            let setting = word("setting")?;
            let before = firm.setting(product, &target, &setting).ok()??;
            new("set_visibility").setting(&setting, before)
        }
        "transfer_ownership" => Change::new(&target, name).product(product).target(user),
        other => panic!("nobody said how {other} is undone: {change:?}"),
    })
}

/// The inverse is accepted after a change, and then the firm is what it was, but for what stays.
pub fn undoes(
    firm: &Firm,
    change: &Change,
    after: &Firm,
    inverse: &Change,
    products: &[ProductEntry],
) {
    let verdict = after.judge(inverse).expect("everything is declared");
    assert!(
        verdict.is_accepted(),
        "{change:?}, then {inverse:?}: {verdict:?}"
    );
    let again = after.after(&verdict).expect("it is about this firm");
    let name = format!("{change:?}");
    for ((product, user, what), from, to) in differences(firm, &again, products) {
        let stays = STAYS.iter().any(|(change, of, entry)| {
            name.contains(&format!("\"{change}\"")) && (*of, *entry) == (&*product, &*what)
        });
        assert!(
            stays,
            "{change:?}, then {inverse:?}: {what} of {user} was {from}, is {to}"
        );
    }
}
