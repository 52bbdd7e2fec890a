//! What only programs meet that embed the library: handles, verdicts, a world without suites.

use clio_rules::fixtures::SuiteBench;
use clio_rules::protocol::World;
use clio_rules::{Change, Firm, Rulebook, User, UserHandle};

use super::{HOUSE, Way, error, library};

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

/// Asks a firm about somebody by a handle.
fn decided(firm: &Firm, user: UserHandle) -> String {
    let create_bill = firm.rulebook().action(Some("manage"), "create_bill");
    error(firm.decide(user, create_bill.unwrap(), None))
}

/// Somebody is removed, and comes back as somebody new.
fn back_again() -> (Firm, Firm) {
    let firm = example();
    let edit = firm.edit().remove("sami").insert(User::new("sami"));
    let after = edit.apply().unwrap();
    (firm, after)
}

fn applied(asks_first: bool) -> String {
    let firm = example();
    let grant = Change::new("wren", "grant").role("billing").target("otto");
    let verdict = firm.judge(&grant).unwrap();
    if asks_first && !verdict.is_accepted() {
        return String::new();
    }
    error(firm.after(&verdict))
}

/// A request to run a suite, in a world with a bench for suites or without.
fn tested(has_bench: bool) -> String {
    let suite = "suite: Doors\nproduct: door\nfirm: house.yaml\ntests:\n  - test: The door\n    users: ada\n    actions: open\n    allow: ada\n";
    let request = serde_json::json!({
        "ask": "test",
        "fixtures": { "doors.yaml": suite, "house.yaml": HOUSE },
    });
    let rulebook = Rulebook::from_texts([("door.yaml", &*super::door())]).unwrap();
    let firm = Firm::from_text(&rulebook, "house.yaml", HOUSE).unwrap();
    let bench = SuiteBench::default();
    let world = World::new(&firm);
    if !has_bench {
        return world.answer_text(&request.to_string());
    }
    let reply = world.with_tests(&bench).answer_text(&request.to_string());
    assert!(reply.contains("\"passed\":1"), "{reply}");
    reply
}

pub(super) fn ways() -> Vec<Way> {
    vec![
        library(
            "foreign-handle",
            || decided(&example(), example().user("wren").unwrap()),
            || {
                let firm = example();
                decided(&firm, firm.user("wren").unwrap())
            },
        ),
        library(
            "not-in-state",
            || {
                let (before, after) = back_again();
                decided(&after, before.user("sami").unwrap())
            },
            || {
                let (_, after) = back_again();
                decided(&after, after.user("sami").unwrap())
            },
        ),
        library("rejected-verdict", || applied(false), || applied(true)),
        library("no-test-bench", || tested(false), || tested(true)),
    ]
}
