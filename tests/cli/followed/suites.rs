//! Other tests in a suite, and other suites.

use super::{Way, attempt, program};

pub(super) const TEST: &str =
    "\n  - test: Bills\n    users: sami\n    actions: create_bill\n    allow: sami\n";

/// Other tests in a suite.
fn suite(code: &'static str, before: &str, after: &str) -> Way {
    let attempt = |tests: &str| {
        let text = format!("suite: Ours\nproduct: manage\nfirm: ../f.yaml\ntests:{tests}");
        attempt("test fixtures").with("fixtures/ours.yaml", &text)
    };
    program(code, attempt(before), attempt(after))
}

pub(super) fn ways() -> Vec<Way> {
    let test = |users: &str, expected: &str| {
        format!("\n  - test: Bills\n    users: {users}\n    actions: create_bill\n    {expected}\n")
    };
    let other = TEST.replace("Bills", "Again");
    let who = |words: &str| format!("\n  - test: Who\n    who_can: {words}\n    allowed: [sami]\n");
    let twice = |name: &str| {
        let text = |name| format!("suite: {name}\nproduct: manage\nfirm: ../f.yaml\ntests:{TEST}");
        attempt("test fixtures")
            .with("fixtures/one.yaml", &text("Ours"))
            .with("fixtures/two.yaml", &text(name))
    };
    let bulk = |part| {
        format!(
            "\n  - test: Parts\n    users: tomas\n    bulk: [grant billing nadia]\n    verdict: reject\n    refused_parts: [{part}]\n"
        )
    };
    vec![
        suite("empty-suite", " []\n", TEST),
        suite("empty-test", "\n  - test: Bills\n    users: sami\n", TEST),
        suite(
            "duplicate-test",
            &[TEST, TEST].concat(),
            &[TEST, &other].concat(),
        ),
        suite("named-twice", &test("[sami, sami]", "allow: sami"), TEST),
        suite(
            "allowed-and-denied",
            &test("sami", "allow: sami\n    deny: sami"),
            TEST,
        ),
        suite(
            "no-expectation",
            &test("[sami, wren]", "allow: sami"),
            &test("[sami, wren]", "allow: sami\n    otherwise: deny"),
        ),
        suite(
            "not-asked",
            &test("sami", "allow: [sami, nadia]"),
            &test("[sami, nadia]", "allow: [sami, nadia]"),
        ),
        suite(
            "nobody-left",
            &test("sami", "allow: sami\n    otherwise: deny"),
            TEST,
        ),
        suite(
            "wrong-number-of-words",
            &who("create_bill wren tomas"),
            &who("create_bill"),
        ),
        suite("no-such-part", &bulk(2), &bulk(1)),
        program("duplicate-suite", twice("Ours"), twice("Theirs")),
    ]
}
