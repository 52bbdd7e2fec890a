//! Suites are run by what the world is given for it, and no request makes it read a file.

use pretty_assertions::assert_eq;
use serde_json::json;

use super::{Example, example, parsed};
use crate::protocol::World;

#[test]
fn suites_are_loaded_by_name_or_brought_along() {
    let example = Example::new();
    let of = |fixtures: serde_json::Value| {
        let request = json!({"ask": "test", "fixtures": fixtures});
        parsed(&example.world().answer_text(&request.to_string()))
    };
    let ours = of(json!("ours"));
    assert_eq!(
        ours["totals"],
        json!({"passed": 1, "failed": 0, "skipped": 0, "checks": 1})
    );
    assert_eq!(ours["suites"][0]["tests"][0]["place"], "ours.yaml:4:16");
    assert_eq!(of(json!("our"))["error"]["code"], "unknown-source");
    let firm = "firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]";
    let suite = "suite: A\nproduct: grow\nfirm: firm.yaml\ntests:\n  - {test: T, actions: view_reports, deny: ada}\n  - test: U\n    users: ada\n    changes: assign normal ada\n    verdict: accept\n";
    let brought = of(json!({"a.yaml": suite, "firm.yaml": firm}));
    assert_eq!(
        (&brought["yes"], &brought["totals"]["failed"]),
        (&json!(false), &json!(2))
    );
    let failure = |number: usize| &brought["suites"][0]["tests"][number]["failures"][0];
    assert_eq!(failure(0)["explanation"]["decision"], "allow");
    assert_eq!(failure(1)["verdict"]["verdict"], "reject");
    // What a suite names has to be among the texts: the shipped firm is no such file.
    let alone = of(json!({"a.yaml": suite.replace("firm.yaml", "fixtures/firm.yaml")}));
    assert!(alone["error"]["code"].is_string(), "{alone}");
}

#[test]
fn who_runs_no_suites_says_so() {
    let request = r#"{"ask":"test","fixtures":{}}"#;
    let refused = parsed(&World::new(&example()).answer_text(request));
    assert_eq!(refused["error"]["code"], "no-test-bench");
}
