//! Each finding, met by a script that deserves it.

use pretty_assertions::assert_eq;

use super::*;

mod spelling;
mod values;

#[track_caller]
fn finds(functions: &str, condition: &str, code: &str, place: (u32, u32)) {
    let findings = findings_of(functions, condition);
    let Some(first) = findings.iter().next() else {
        panic!("nothing is found in `{functions}` `{condition}`");
    };
    let at = first.place().map(|place| (place.line(), place.column()));
    assert_eq!(
        (first.code().name(), at),
        (code, Some(place)),
        "`{functions}` `{condition}`\n{findings}"
    );
}

#[track_caller]
fn helps(condition: &str, help: &str) {
    let findings = findings_of("fn f(p) { true }", condition);
    let helps: Vec<_> = findings
        .iter()
        .filter_map(|finding| finding.help())
        .collect();
    assert_eq!(helps, [help], "{findings}");
}

/// The column, message and help of each finding.
fn messages(condition: &str) -> Vec<(u32, String, String)> {
    findings_of("", condition)
        .iter()
        .map(|finding| {
            let column = finding.place().map_or(0, |place| place.column());
            let help = finding.help().unwrap_or_default().to_owned();
            (column, finding.message().to_owned(), help)
        })
        .collect()
}

#[test]
fn texts_that_cannot_be_read() {
    finds("", "user.billing &&", "script-syntax", (1, 16));
    finds("", "", "script-syntax", (1, 1));
    finds("", "user.billing\n  same_user", "script-syntax", (2, 3));
    finds("", "role == \"bill", "script-syntax", (1, 9));
    finds("", "role === \"billing\"", "script-syntax", (1, 6));
    finds("", "same_user = true", "script-syntax", (1, 11));
    finds(
        "",
        "true /* && same_user",
        "script-unterminated-comment",
        (1, 6),
    );
    finds(
        "",
        "true /* && /* same_user */",
        "script-unterminated-comment",
        (1, 6),
    );
    finds(
        "fn f() { true }\n/* fn g() { }",
        "f()",
        "script-unterminated-comment",
        (2, 1),
    );
    finds(
        "let x = 1; fn f() { true }",
        "f()",
        "script-outside-function",
        (1, 1),
    );
    finds(
        "fn f() { true }\nprivate fn g() { true }",
        "f()",
        "script-forbidden",
        (2, 1),
    );
}

#[test]
fn names_of_inputs_stay_the_inputs() {
    for body in [
        "let same_user = true; same_user",
        "const role = 1; true",
        "for role in [1] { } true",
        "for (x, role) in [1] { } true",
        "try { true } catch (user) { true }",
        "let target = 1; true",
    ] {
        let findings = findings_of(&format!("fn f() {{ {body} }}"), "f()");
        assert_eq!(codes_of(&findings), ["script-shadows-input"], "{body}");
    }
    finds(
        "fn f(role) { true }",
        "f(1)",
        "script-shadows-input",
        (1, 6),
    );
    finds(
        "fn f(x, user) { true }",
        "f(1, 2)",
        "script-shadows-input",
        (1, 9),
    );
    finds(
        "fn role() { true }",
        "role()",
        "script-shadows-input",
        (1, 4),
    );
    finds(
        "fn f() { same_user = true; same_user }",
        "f()",
        "script-assigns-input",
        (1, 10),
    );
    finds(
        "fn f() { user.billing = true; true }",
        "f()",
        "script-assigns-input",
        (1, 10),
    );
    finds(
        "fn f() { user = target; true }",
        "f()",
        "script-assigns-input",
        (1, 10),
    );
}

#[test]
fn unknown_names() {
    finds("", "true || smae_user", "script-unknown-name", (1, 9));
    finds(
        "",
        "if true { true } else { nobody }",
        "script-unknown-name",
        (1, 25),
    );
    finds("", "user.biling", "script-unknown-member", (1, 6));
    finds(
        "fn f(p) { p.biling }",
        "f(user)",
        "script-unknown-member",
        (1, 13),
    );
    finds("", "role.length == 3", "script-not-a-person", (1, 6));
    finds("", "\"billing\".len == 7", "script-not-a-person", (1, 11));
    finds("", "user.billing.enabled", "script-not-a-person", (1, 14));
    finds(
        "fn check(p) { true }",
        "chekc(user)",
        "script-unknown-function",
        (1, 1),
    );
    finds(
        "fn check(p) { true }",
        "check()",
        "script-unknown-function",
        (1, 1),
    );
    finds(
        "fn check() { true }",
        "check",
        "script-unknown-name",
        (1, 1),
    );
    finds(
        "fn f() { let x = 1; } fn g() { x == 1 }",
        "g()",
        "script-unknown-name",
        (1, 32),
    );
    finds(
        "fn f() { if true { let x = 1; } x == 1 }",
        "f()",
        "script-unknown-name",
        (1, 33),
    );
    helps("smae_user", "did you mean `same_user`?");
    helps("billing", "whose? write `user.billing` or `target.billing`");
    helps("user.biling", "did you mean `billing`?");
    helps("f()", "`f` takes 1 value");
}

#[test]
fn every_mistake_is_found_in_one_go() {
    let findings = findings_of(
        "fn f() { nobody }\nfn g() { print(1) }\nfn h() { user.nothing }",
        "true",
    );
    assert_eq!(codes_of(&findings), ["script-forbidden"]);
    let findings = findings_of(
        "fn f() { nobody }\nfn g() { [1][0] }\nfn h() { user.nothing }",
        "true",
    );
    assert_eq!(
        codes_of(&findings),
        [
            "script-unknown-name",
            "script-forbidden",
            "script-unknown-member"
        ]
    );
}

#[test]
fn a_long_script_is_refused_unread() {
    let limits = Limits {
        script_bytes: 10,
        ..Limits::default()
    };
    let findings = compile(&Sandbox::new(&limits), "", "true || false").expect_err("too long");
    assert_eq!(codes_of(&findings), ["script-too-long"]);
}

#[test]
fn failures_say_what_happened_and_where() {
    let failed = |functions: &str, condition: &str| {
        let failure = failure_of(functions, condition);
        (
            failure.code.name(),
            failure.message,
            failure.line,
            failure.column,
            failure.in_functions,
        )
    };
    let own = |code, message: &str, line, column| (code, message.to_owned(), line, column, false);
    assert_eq!(
        failed("", "role"),
        own("script-not-boolean", "a word", 1, 1)
    );
    assert_eq!(
        failed("", "if same_user { true }"),
        own("script-not-boolean", "nothing", 1, 1)
    );
    assert_eq!(
        failed("", "1 + 1"),
        own("script-not-boolean", "a number", 1, 1)
    );
    assert_eq!(
        failed("", "true\n && !role"),
        own("script-failed", "`!` cannot be used with a word", 2, 5)
    );
    assert_eq!(
        failed("", "role && true"),
        own(
            "script-failed",
            "a word stands where yes or no is needed",
            1,
            1
        )
    );
    assert_eq!(
        failed("", "1 / 0 == 1"),
        own("script-failed", "this cannot be calculated", 1, 3)
    );
    let in_functions = (
        "script-failed",
        "this cannot be calculated".to_owned(),
        2,
        3,
        true,
    );
    assert_eq!(
        failed("fn f() {\n1 / 0 }\nfn g() { f() }", "g() == 1"),
        in_functions
    );
}

#[test]
fn limits_that_are_met_are_named() {
    let long = |text: String| findings_of("", &text).to_string();
    assert!(long(format!("1 in [{}]", "1,".repeat(2_000))).contains("`script_elements`"));
    assert!(long(format!("role == \"{}\"", "a".repeat(5_000))).contains("`script_string_bytes`"));
    assert!(long("!".repeat(99) + "true").contains("script-too-deep"));
    let text = failure_of("fn f() { let s = role; loop { s += s; } }", "f()");
    assert_eq!(
        text.message,
        "the longest text allowed (`script_string_bytes`)"
    );
    let many = failure_of("fn f() { loop { } }", "f()");
    assert_eq!(many.message, "100000 steps (`script_run_operations`)");
}
