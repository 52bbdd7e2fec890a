//! What conditions answer.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn conditions_answer_from_what_is_known() {
    let yes = [
        "true",
        "user.billing",
        "!same_user",
        "user.billing && !target.billing",
        "role == \"billing\"",
        "\"reports\" != role",
        "matter_access in [\"open\", \"listed\"]",
        "matter_access !in [\"not_listed\",]",
        "user.visibility == \"all\" || target.visibility == \"all\"",
        "if feed_is_open { user.enabled } else { false }",
        "switch role { \"billing\" | \"reports\" => user.billing, _ => false }",
        "switch user.billing { true => feed_is_open, false => false }",
        "switch role { \"billing\" if user.billing => true, _ => false }",
        "user.visibility != target.visibility",
        "1 + 2 * 3 == 7",
        "(user.billing) == true",
        "-1 < 0",
        "- 1 < 0",
        "-(1) < 0",
        "3 - 2 - 1 == 0",
        // Signs that bind alike are read from the left: both sides of the second are yes or no.
        "role == \"billing\" == user.billing",
        "user.billing in [true]",
        "same_user in [true, false]",
        "same_user !in [true]",
        "switch 1 - 2 { - 1 => true, _ => false }",
        // What stands first in a block of a condition is the beginning of an expression.
        "if user.billing { if same_user { 1 } else { 2 } == 2 } else { false }",
        "if user.billing { switch role { \"billing\" => 2, _ => 1 } == 2 } else { false }",
        "// a comment\nuser.enabled /* another */",
    ];
    for condition in yes {
        assert_eq!(answer_of("", condition), Ok(true), "{condition}");
        assert_eq!(
            answer_of("", &format!("!({condition}\n)")),
            Ok(false),
            "{condition}"
        );
    }
}

#[test]
fn functions_read_inputs_and_take_people_and_values() {
    let functions = "
        // whether somebody sees more than their own
        fn sees_all(person) { person.visibility == \"all\" }
        fn sees(person, what) { person.visibility == what }
        fn inner() { { let known = true; known = false; } true }
        fn feed() { feed_is_open && user.enabled }
        fn count() { let n = 0; for role in_list { n += 1; } n }
    ";
    let functions = &functions.replace("for role in_list", "for value in [1, 2, 3]");
    let yes = [
        "sees_all(user) && !sees_all(target)",
        "inner()",
        "sees(user, \"all\") && sees(target, \"none\")",
        "sees(user, user.visibility)",
        "feed()",
        "count() == 3",
    ];
    for condition in yes {
        assert_eq!(answer_of(functions, condition), Ok(true), "{condition}");
    }
}

#[test]
fn statements_of_functions() {
    let bodies = [
        "let x = role; x == \"billing\"",
        "let x = 0; while x < 5 { x += 1; } x == 5",
        "let x = 0; loop { x += 1; if x == 4 { break; } } return x == 4;",
        "let x = 9; do { x -= 2; } until x < 0; x == -1",
        "if same_user { return false; } else if user.billing { return true; } false",
        "try { return 1 / 0 == 1; } catch (problem) { return true; }",
        "const y = user; y.billing",
        "let all = true; for (value, n) in [\"all\", \"own\"] { all = all && n < 2; } all",
        "switch role { \"billing\" => { let x = user.billing; x } _ => false }",
        "{ let x = user.billing; x }",
        "let x = { user.billing }; x",
        // A closing brace ends a statement. The next word starts another one.
        "{ let x = 1; } !same_user",
        "if same_user { return false; } !same_user",
        "switch role { \"billing\" => 1, _ => 2 } !same_user",
    ];
    for body in bodies {
        assert_eq!(
            answer_of(&format!("fn f() {{ {body} }}"), "f()"),
            Ok(true),
            "{body}"
        );
    }
}

#[test]
fn what_has_no_value_stops_the_run() {
    let sandbox = Sandbox::new(&Limits::default());
    let functions = "fn f(p) { try { p.visibility == \"all\" } catch { false } }";
    let cases = [
        ("same_user || user.billing", vec![], Read::Variable(0)),
        (
            "same_user || user.billing",
            vec![(Read::Variable(0), Value::NO)],
            Read::Member(Person::User, 1),
        ),
        ("f(target)", vec![], Read::Member(Person::Target, 2)),
    ];
    for (condition, known, read) in cases {
        let script = compile(&sandbox, functions, condition).expect("compiles");
        assert_eq!(
            sandbox.run(&script, &known),
            Err(RunStop::Unknown(read)),
            "{condition}"
        );
    }
    let script = compile(&sandbox, "", "same_user || user.billing").expect("compiles");
    assert_eq!(
        sandbox.run(&script, &[(Read::Variable(0), Value::YES)]),
        Ok(true)
    );
}

#[test]
fn values_of_different_kinds_are_not_silently_different() {
    let functions = "fn same(x, y) { x == y } fn differ(x, y) { x != y }
        fn among(x, y) { x in [y] } fn which(x) { switch x { \"all\" => true, _ => false } }";
    for condition in [
        "same(user.billing, \"all\")",
        "same(role, true)",
        "same(1, role)",
        "same(user.billing, 1)",
        "same(user, target)",
        "same(user, \"all\")",
        "differ(user.billing, \"all\")",
        "differ(user, target)",
        "differ(same_user, 0)",
        "among(user.billing, \"all\")",
        "among(user, \"all\")",
        "among(user, target)",
        "among(1, true)",
    ] {
        let failure = failure_of(functions, condition);
        assert_eq!(failure.code.name(), "script-failed", "{condition}");
        assert!(
            failure.message.ends_with("cannot be compared"),
            "{}",
            failure.message
        );
    }
    assert_eq!(
        answer_of(
            functions,
            "same(role, \"billing\") && differ(1, 2) && among(2, 2)"
        ),
        Ok(true)
    );
    let _ = answer_of(functions, "which(user.billing)");
}

#[test]
fn equal_texts_are_equal_scripts() {
    // Whichever sandbox made them.
    let script = |functions, condition| {
        let sandbox = Sandbox::new(&Limits::default());
        compile(&sandbox, functions, condition).expect("compiles")
    };
    assert_eq!(script("", "same_user"), script("", "same_user"));
    assert_eq!(
        script("fn f() { true }", "f()"),
        script("fn f() { true }", "f()")
    );
    assert_ne!(script("", "same_user"), script("", "!same_user"));
    assert_ne!(
        script("fn f() { true }", "f()"),
        script("fn f() { false }", "f()")
    );
}

/// Conditions are looked up by their scripts: those that differ have to fall into different places.
#[test]
fn scripts_of_different_texts_are_told_apart_by_their_hashes() {
    let by = std::hash::RandomState::new();
    let hash = |condition: &str| {
        let script = compile(&Sandbox::new(&Limits::default()), "", condition);
        std::hash::BuildHasher::hash_one(&by, script.expect("compiles"))
    };
    assert_eq!(hash("same_user"), hash("same_user"));
    let hashes: std::collections::HashSet<u64> =
        (0..100).map(|n| hash(&format!("1 < {n}"))).collect();
    assert_eq!(hashes.len(), 100);
}

#[test]
fn sandboxes_and_scripts_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Sandbox>();
    shared::<Script>();
    let sandbox = Sandbox::new(&Limits::default());
    let script = compile(&sandbox, "", "user.billing && !same_user").expect("compiles");
    let known = everything(["false", "billing", "listed", "true", "true", "true", "all"]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                (0..200).for_each(|_| assert_eq!(sandbox.run(&script, &known), Ok(true)))
            });
        }
    });
}

#[test]
fn a_script_is_shown_as_its_text() {
    let script = compile(&Sandbox::new(&Limits::default()), "", "user.billing");
    assert_eq!(format!("{:?}", script.unwrap()), "Script(user.billing)");
    let library = Sandbox::new(&Limits::default()).functions(
        &file("fn f() { true }"),
        &vocabulary(),
        &mut Findings::new(),
    );
    assert_eq!(format!("{:?}", library.unwrap()), "Functions(15 bytes)");
}

#[test]
fn types_are_called_what_people_call_them() {
    for (name, kind) in [
        ("bool", "yes or no"),
        ("i64", "a number"),
        ("int", "a number"),
        ("()", "nothing"),
        ("array", "a list"),
        ("person", "a whole person"),
        ("clio_rules::script::engine::ScriptPerson", "a whole person"),
        ("Fn", "a function"),
        ("string", "a word"),
        ("ImmutableString", "a word"),
        ("&str", "a word"),
        ("timestamp", "something else"),
    ] {
        assert_eq!(crate::script::failure::kind(name), kind, "{name}");
    }
}
