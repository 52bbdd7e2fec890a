//! `access`: what every user of a firm may do.

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::program::{EXAMPLE, Folder};

#[test]
fn text_counts_what_each_user_may_do() {
    let done = Folder::new().run(["access", "--product", "grow"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (0, EXAMPLE));
    let mut lines = done.stdout.lines();
    assert_eq!(lines.next(), Some("Clio Grow"));
    assert_eq!(lines.next(), Some("  nadia   14 of 14 actions"));
    assert_eq!(
        lines.nth(13),
        Some(
            "  left out, for they are done to a person or thing: edit_user_permission; ask who-can ACTION TARGET"
        )
    );
    assert_eq!(lines.next(), None);
}

/// Rules with an action whose fact has no default, one that is done to a person, and one that is neither.
const SHOP: &str = "\
product: shop
title: Shop
document: {title: Rules of the shop, sections: {counter: At the counter}}
roles:
  clerk: {title: Clerk, basis: stated, section: counter}
grounds:
  user_disabled: {because: Gone, basis: inferred, section: counter}
  user_has_no_seat: {because: No clerk, basis: inferred, section: counter}
  target_has_no_seat: {because: No clerk, basis: inferred, section: counter}
actions:
  - group: Counter
    basis: stated
    section: counter
    allow: clerk
    actions:
      open: Open the shop
      greet: {title: Greet somebody, target: user}
      sell:
        title: Sell
        facts: {weather: {values: [dry, wet]}}
        when: weather == \"dry\"
        because: Not in the rain
";

#[test]
fn what_is_left_out_is_named_and_can_be_asked_about() {
    let firm = "firm: Shop\nusers:\n  - {id: ada, shop: {roles: [clerk]}}\n";
    let folder = Folder::new()
        .with("shop/shop.yaml", SHOP)
        .with("firm.yaml", firm);
    folder.run(["access", "--rules", "shop"]).prints(
        0,
        "\
Shop
  ada    1 of 1 actions
  left out, for they are done to a person or thing: greet; ask who-can ACTION TARGET
  left out, for it takes weather: sell; ask who-can sell --fact weather=VALUE
",
        "",
    );
    let done = folder
        .run(["access", "--rules", "shop", "--format", "json"])
        .done();
    let json: Value = serde_json::from_str(&done.stdout).unwrap();
    let left_out = serde_json::json!([
        {"product": "shop", "action": "greet", "has_target": true, "facts": []},
        {"product": "shop", "action": "sell", "has_target": false, "facts": ["weather"]},
    ]);
    assert_eq!(json["left_out"], left_out);
    // As it says.
    for asked in [&["greet", "ada"][..], &["sell", "--fact", "weather=dry"]] {
        let words = [&["who-can"][..], asked, &["--rules", "shop"]].concat();
        assert_eq!(folder.run(words).done().status, 0, "{asked:?}");
    }
}

#[test]
fn csv_and_json_say_what_can_says() {
    let folder = Folder::new();
    let csv = folder.run(["access", "--format", "csv"]).done().stdout;
    let json = folder.run(["access", "--format", "json"]).done().stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let allowed = |product: &str, user: &str, action: &str| {
        let users = json["users"].as_array().unwrap().iter();
        let mut users = users.filter(|entry| entry["product"] == product && entry["user"] == user);
        let allowed = users.next().unwrap()["actions"].as_array().unwrap();
        allowed.iter().any(|entry| entry == action)
    };
    let (mut actions, mut cells) = (Vec::new(), 0);
    for line in csv.lines() {
        let words: Vec<&str> = line.split(',').collect();
        let [product, user, rest @ ..] = words.as_slice() else {
            panic!("{line}")
        };
        if *product == "product" {
            actions = rest.to_vec();
            continue;
        }
        for (action, word) in actions.iter().zip(rest) {
            assert_eq!(*word == "allow", allowed(product, user, action), "{line}");
            cells += 1;
        }
        if *user == "wren" {
            for (action, word) in actions.iter().zip(rest) {
                let asked = ["can", user, action, "--product", product];
                assert_eq!(
                    folder.run(asked).done().status == 0,
                    *word == "allow",
                    "{action}"
                );
            }
        }
    }
    assert!(cells > 1_000, "only {cells}");
}

#[test]
fn a_product_that_is_not_there_is_named() {
    let done = Folder::new().run(["access", "--product", "mange"]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("did you mean `manage`?"),
        "{}",
        done.stderr
    );
}
