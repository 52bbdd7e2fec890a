//! Other words on the command line, and other files in the folder.

use super::suites::TEST;
use super::{Way, attempt, program};
use crate::program::shipped;

/// A firm with a file of things.
const BESIDE: &str = "firm: Two\nusers:\n  - id: ada\n    manage: { roles: [primary_subscriber] }\nthings:\n  matter: { file: matters.csv }\n";

/// Other words on the command line.
fn words(code: &'static str, before: &'static str, after: &'static str) -> Way {
    program(code, attempt(before), attempt(after))
}

/// Another firm file.
fn firm(code: &'static str, before: &str, after: &str) -> Way {
    let attempt = |users: &str| {
        let text = format!(
            "firm: Two\nusers:\n  - id: ada\n    manage: {{ roles: [primary_subscriber] }}\n{users}"
        );
        attempt("check --firm two.yaml").with("two.yaml", &text)
    };
    program(code, attempt(before), attempt(after))
}

pub(super) fn ways() -> Vec<Way> {
    let beside = |run| {
        attempt(run)
            .with("two.yaml", BESIDE)
            .with("matters.csv", "id\nm1\n")
    };
    let in_a_folder = |run| attempt(run).with("there/rules/manage.yaml", "product: manage\n");
    vec![
        words(
            "cannot-read",
            "can wren create_bill --firm none.yaml",
            "can wren create_bill --firm f.yaml",
        ),
        words(
            "no-firm-file",
            "change tomas grant billing wren --write",
            "change tomas grant billing wren --write --firm f.yaml",
        ),
        words(
            "output-in-use",
            "review --html f.yaml --firm f.yaml",
            "review --html review.html --firm f.yaml",
        ),
        words(
            "report-not-written",
            "test --junit none/report.xml",
            "test --junit report.xml",
        ),
        words("no-test-matches", "test --filter zzz", "test --filter wren"),
        words(
            "missing-target",
            "can tomas edit_user_profile",
            "can tomas edit_user_profile wren",
        ),
        words(
            "unexpected-target",
            "can wren create_bill tomas",
            "can wren create_bill",
        ),
        words(
            "no-targets",
            "where-can wren create_bill",
            "can wren create_bill",
        ),
        words(
            "duplicate-fact",
            "can wren open_matter --fact matter_access=listed --fact matter_access=listed",
            "can wren open_matter --fact matter_access=listed",
        ),
        words(
            "empty-simulation",
            "simulate wren",
            "simulate wren --grant billing",
        ),
        words("unknown-code", "explain nonsense", "explain"),
        words("cannot-create", "init f.yaml/new", "init new"),
        program(
            "stream-in-use",
            attempt("review --firm - --since -"),
            attempt("review --firm - --since f.yaml").stdin(&shipped("fixtures/firm.yaml")),
        ),
        program(
            "would-overwrite",
            in_a_folder("init there"),
            in_a_folder("init elsewhere"),
        ),
        program(
            "no-suite",
            attempt("test none").with("none/readme.txt", "Nothing yet.\n"),
            attempt("test none").with(
                "none/ours.yaml",
                &format!("suite: Ours\nproduct: manage\nfirm: ../f.yaml\ntests:{TEST}"),
            ),
        ),
        program(
            "file-apart",
            beside("check --firm -").stdin(BESIDE),
            beside("check --firm two.yaml"),
        ),
        firm(
            "dormant-roles",
            "  - id: bo\n    enabled: false\n    manage: { roles: [billing] }\n",
            "  - id: bo\n    enabled: false\n    manage: {}\n",
        ),
        firm(
            "dormant-entries",
            "  - { id: bo, enabled: false, manage: {} }\nthings: { matter: [{ id: m1, access: [bo] }] }\n",
            "  - { id: bo, enabled: false, manage: {} }\nthings: { matter: [{ id: m1, access: [] }] }\n",
        ),
        firm(
            "advice-unmet",
            "  - id: bo\n    manage: { receives_bill_reminder_replies: true }\n",
            "  - id: bo\n    manage: { roles: [billing], receives_bill_reminder_replies: true }\n",
        ),
    ]
}
