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
    assert_eq!(lines.count(), 13);
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
