//! Each finding, met by a script that deserves it.

use pretty_assertions::assert_eq;

use super::*;

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

/// Spellings of other languages, each with ours.
#[test]
fn spellings_of_other_languages_are_helped() {
    helps(
        "role == 'billing'",
        "words stand in double quotes: `\"billing\"`",
    );
    helps("role === \"billing\"", "compare with `==`");
    helps("role !== \"billing\"", "compare with `!=`");
    helps("user.billing and same_user", "write `&&` for and");
    helps("(user.billing) AND (same_user)", "write `&&` for and");
    helps("user.billing or !same_user", "write `||` for or");
    helps("not user.billing", "write `!` for not");
    helps("user.billing && not same_user", "write `!` for not");
    helps("not(user.billing)", "write `!` for not");
    helps("role not in [\"billing\"]", "write `!in` for not in");
    helps(
        "role == listed",
        "a word stands in double quotes: `\"listed\"`",
    );
    helps(
        "role in [none]",
        "a word stands in double quotes: `\"none\"`",
    );
    helps(
        "role == billing",
        "whose? write `user.billing` or `target.billing`; as a word it stands in double quotes: `\"billing\"`",
    );
}

/// Something may be called `and`: where a name can stand it is one.
#[test]
fn words_for_signs_can_be_names() {
    for body in [
        "let and = true; and && same_user",
        "let not = true; not || same_user",
    ] {
        let findings = findings_of(&format!("fn g() {{ {body} }}"), "g()");
        assert_eq!(codes_of(&findings), Vec::<&str>::new(), "{findings}");
    }
    let findings = findings_of("fn not(p) { !p }", "not(same_user)");
    assert_eq!(codes_of(&findings), Vec::<&str>::new(), "{findings}");
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

/// Each forbidden word occurs twice: all of them are reported together, before the script is read further.
#[test]
fn forbidden_words_are_reported_together_with_what_to_write_instead() {
    const QUOTES: &str = "words stand in double quotes";
    const AND: &str = "write `&&` for and";
    const ONE_OF_TWO: &str = "write `!=` to ask whether exactly one of two holds";
    const GUARD: &str = "everything a script reads has a value, so nothing has to be guarded";
    const RANGE: &str = "name the values that are meant: `[1, 2]`";
    for (word, help) in [
        ("'a'", QUOTES),
        ("()", "say `true` or `false`"),
        ("&", AND),
        ("&=", AND),
        ("|=", "write `||` for or"),
        ("^", ONE_OF_TWO),
        ("^=", ONE_OF_TWO),
        ("?.", GUARD),
        ("?[", GUARD),
        ("??", GUARD),
        ("..", RANGE),
        ("..=", RANGE),
        (
            "throw",
            "a script that fails is refused; answer `false` instead",
        ),
        ("this", "name the person: `user` or `target`"),
        ("is", "write `==` to compare"),
        ("**", ""),
        ("**=", ""),
        ("<<", ""),
        (">>", ""),
        ("<<=", ""),
        (">>=", ""),
        ("#{", ""),
        (":", ""),
        ("private", ""),
        ("var", ""),
        ("is_def_var", ""),
    ] {
        let message = format!("`{word}` is not part of what a script may use");
        let second = word.len() as u32 + 2;
        let expected = [1, second].map(|column| (column, message.clone(), help.to_owned()));
        assert_eq!(messages(&format!("{word} {word}")), expected, "{word}");
    }
    // What stands behind it is text again.
    assert_eq!(
        messages("role == `${role}`"),
        [(
            9,
            "`${` is not part of what a script may use".to_owned(),
            "words stand in double quotes, with nothing to fill in".to_owned()
        )]
    );
}

#[test]
fn signs_of_other_languages_are_left_to_the_words_of_the_engine() {
    for sign in ["++", "--", "~", "@", "$", "...", "?", "<|", "|>"] {
        finds("", &format!("1 {sign} 1"), "script-syntax", (1, 3));
    }
}

#[test]
fn a_word_in_the_wrong_place_is_refused_with_the_way_out() {
    const LIST: &str = "a list stands after `in` only: `x in [\"a\", \"b\"]`";
    const OR: &str = "write `||` for or";
    for (condition, column, word, help) in [
        ("[1] == [1]", 1, "[", LIST),
        (
            "role in role",
            9,
            "role",
            "after `in` stands a list: `[\"a\", \"b\"]`",
        ),
        (
            "role[0] == 1",
            5,
            "[",
            "nothing has numbered parts; compare with the value that is meant",
        ),
        ("|| true", 1, "||", OR),
        ("|x| true", 1, "|", OR),
    ] {
        let message = format!("`{word}` is not part of what a script may use");
        assert_eq!(messages(condition), [(column, message, help.to_owned())]);
    }
    // The engine would call `g` here, whatever it holds.
    finds("fn f(g) { g!(1) }", "f(1)", "script-forbidden", (1, 12));
}

#[test]
fn words_that_are_put_in_order_are_named() {
    for (condition, word, sign) in [
        ("\"billing\" < \"reports\"", "billing", "<"),
        ("1 >= \"reports\"", "reports", ">="),
        ("role > \"reports\"", "role", ">"),
    ] {
        let message = format!("words have no order, so `{word}` cannot be compared with `{sign}`");
        let [(_, found, _)] = &messages(condition)[..] else {
            panic!("{condition}")
        };
        assert_eq!(*found, message, "{condition}");
    }
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
