//! Values that no input has, and people and words where another value is needed.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn literals_are_values_of_what_they_are_compared_with() {
    for (condition, column) in [
        ("role == \"biling\"", 9),
        ("\"biling\" == role", 1),
        ("role != \"all\"", 9),
        ("role in [\"billing\", \"biling\"]", 21),
        ("role !in [\"biling\"]", 11),
        ("\"biling\" in [role]", 1),
        ("switch role { \"biling\" => true, _ => false }", 15),
        (
            "switch role { \"billing\" | \"biling\" => true, _ => false }",
            27,
        ),
        ("switch (role) { 1 => true, _ => false }", 17),
        ("user.visibility == \"al\"", 20),
        ("user.billing == \"true\"", 17),
        ("role == true", 9),
        ("role == 1", 9),
        ("user.billing == 1", 17),
        ("user.billing == role", 17),
        ("role == matter_access", 9),
        ("(role) == (\"biling\")", 11),
        ("role == `biling`", 9),
    ] {
        finds("", condition, "script-unknown-value", (1, column));
    }
    finds(
        "fn f() { let x = role; x == \"all\" }",
        "f()",
        "script-unknown-value",
        (1, 29),
    );
    finds(
        "fn f(x) { x == \"biling\" }",
        "f(role)",
        "script-stray-value",
        (1, 16),
    );
    finds(
        "fn f(x) { true }",
        "f(\"biling\")",
        "script-stray-value",
        (1, 3),
    );
    finds("", "\"biling\" == \"biling\"", "script-stray-value", (1, 1));
    helps("role == \"biling\"", "did you mean `billing`?");
    helps(
        "role == \"zebra\"",
        "its values are \"billing\", \"reports\"",
    );
    helps(
        "user.billing == \"true\"",
        "`user.billing` is `true` or `false`, written without quotes",
    );
}

#[test]
fn a_local_that_changes_is_compared_with_any_known_value() {
    let functions = "fn f() { let x = role; x = user.visibility; x == \"all\" }";
    assert_eq!(answer_of(functions, "f()"), Ok(true));
}

#[test]
fn people_and_words_are_used_for_what_they_are() {
    finds("", "user", "script-person-alone", (1, 1));
    finds("", "user == target", "script-person-alone", (1, 1));
    finds("", "!target", "script-person-alone", (1, 2));
    finds("", "true && user", "script-person-alone", (1, 9));
    finds(
        "",
        "if user { true } else { false }",
        "script-person-alone",
        (1, 4),
    );
    finds(
        "",
        "switch user { _ => true }",
        "script-person-alone",
        (1, 8),
    );
    finds("", "role < \"billing\"", "script-orders-words", (1, 1));
    finds("", "1 < role", "script-orders-words", (1, 5));
}

#[test]
fn a_whole_person_is_called_so_where_a_value_is_needed() {
    for function in [
        "fn f(p) { !p }",
        "fn f(p) { p + 1 == 2 }",
        "fn f(p) { if p { true } else { false } }",
        "fn f(p) { p }",
    ] {
        let failure = failure_of(function, "f(user)");
        assert!(failure.message.contains("a whole person"), "{failure:?}");
    }
}

#[test]
fn nothing_is_no_value() {
    helps("()", "say `true` or `false`");
    finds("fn f() { () }", "f()", "script-forbidden", (1, 10));
}

#[test]
fn a_negative_number_is_still_a_number_that_no_input_has() {
    for condition in ["role == -1", "role == - 1", "role == -(1)"] {
        finds("", condition, "script-unknown-value", (1, 9));
        let [(_, found, _)] = &messages(condition)[..] else {
            panic!("{condition}")
        };
        assert_eq!(*found, "`-1` is not a value of `role`", "{condition}");
    }
}

/// All values are named where they are few, and the first of them where they are many.
#[test]
fn a_help_lists_eight_values_at_most() {
    let help = |count: usize| {
        let words: Vec<String> = (1..=count).map(|number| format!("v{number}")).collect();
        let mut vocabulary = Vocabulary::default();
        vocabulary.add_variable("size", Domain::of(words.iter().map(String::as_str)));
        let mut findings = Findings::new();
        let sandbox = Sandbox::new(&Limits::default());
        let condition = file("size == \"enormous\"");
        let script = sandbox.condition(&condition, None, &Arc::new(vocabulary), &mut findings);
        assert!(script.is_none());
        let help = findings.iter().find_map(|finding| finding.help());
        help.unwrap_or_default().to_owned()
    };
    let eight = "its values are \"v1\", \"v2\", \"v3\", \"v4\", \"v5\", \"v6\", \"v7\", \"v8\"";
    assert_eq!(help(2), "its values are \"v1\", \"v2\"");
    assert_eq!(help(8), eight);
    assert_eq!(help(9), format!("{eight}, …"));
    assert_eq!(help(12), format!("{eight}, …"));
}
