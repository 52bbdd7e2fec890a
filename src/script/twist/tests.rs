use super::*;
use pretty_assertions::assert_eq;

/// Every twisted text.
fn twisted(text: &str) -> Vec<String> {
    let others = |word: &str| {
        let all = ["all", "own"].into_iter().filter(|other| *other != word);
        all.map(str::to_owned).collect()
    };
    let apply = |twist: ScriptEdit| {
        let (start, end) = (twist.span.start as usize, twist.span.end as usize);
        format!("{}{}{}", &text[..start], twist.to, &text[end..])
    };
    twists(text, &others).into_iter().map(apply).collect()
}

#[test]
fn comparisons_and_their_values_are_turned() {
    assert_eq!(
        twisted("user.sight == \"all\""),
        ["user.sight != \"all\"", "user.sight == \"own\""]
    );
    assert_eq!(twisted("a != b"), ["a == b"]);
    assert_eq!(twisted("a < b"), ["a <= b", "a >= b"]);
    assert_eq!(twisted("a <= b"), ["a < b", "a > b"]);
    assert_eq!(twisted("a > b"), ["a >= b", "a <= b"]);
    assert_eq!(twisted("a >= b"), ["a > b", "a < b"]);
}

#[test]
fn logic_and_negation_are_turned() {
    assert_eq!(
        twisted("a && !user.b || c()"),
        [
            "!a && !user.b || c()",
            "a || !user.b || c()",
            "a && user.b || c()",
            "a && !user.b && c()",
            "a && !user.b || !c()",
        ]
    );
    assert_eq!(twisted("a"), [""; 0]);
    assert_eq!(
        twisted("user.f(x) || g(x, y)"),
        [
            "!user.f(x) || g(x, y)",
            "user.f(!x) || g(x, y)",
            "user.f(x) && g(x, y)",
            "user.f(x) || !g(x, y)",
            "user.f(x) || g(!x, y)",
            "user.f(x) || g(x, !y)",
        ]
    );
}

#[test]
fn branches_flags_and_returns_are_turned() {
    assert_eq!(
        twisted("fn f(x) { if x == y { return true; } false }"),
        [
            "fn f(x) { if true { return true; } false }",
            "fn f(x) { if false { return true; } false }",
            "fn f(x) { if x != y { return true; } false }",
            "fn f(x) { if x == y {  } false }",
            "fn f(x) { if x == y { return false; } false }",
            "fn f(x) { if x == y { return true; } true }",
        ]
    );
    assert_eq!(
        twisted("switch user.s { \"all\" => true }"),
        [
            "switch user.s { \"own\" => true }",
            "switch user.s { \"all\" => false }",
        ]
    );
}

/// What stands in brackets on the way belongs to the condition or to the name.
#[test]
fn brackets_belong_to_what_they_stand_in() {
    assert_eq!(
        twisted("if (a) { b }"),
        [
            "if true { b }",
            "if false { b }",
            "if (!a) { b }",
            "if (a) { !b }",
        ]
    );
    assert_eq!(
        twisted("if f(x in [1], (y)) { b }")[..2],
        ["if true { b }", "if false { b }"]
    );
    // A condition that is a block has no end before its brace.
    assert_eq!(
        twisted("if { a } { b }"),
        ["if { !a } { b }", "if { a } { !b }"]
    );
    assert_eq!(
        twisted("g(f(x), y) || z"),
        [
            "!g(f(x), y) || z",
            "g(!f(x), y) || z",
            "g(f(!x), y) || z",
            "g(f(x), !y) || z",
            "g(f(x), y) && z",
            "g(f(x), y) || !z",
        ]
    );
}

/// What is called is negated where nothing is done with its answer.
#[test]
fn calls_are_negated_where_they_stand_alone() {
    assert_eq!(
        twisted("f( ) || a"),
        ["!f( ) || a", "f( ) && a", "f( ) || !a"]
    );
    assert_eq!(twisted("f(x) == y"), ["f(!x) == y", "f(x) != y"]);
    assert_eq!(twisted("f() == y"), ["f() != y"]);
}

#[test]
fn a_quote_within_a_text_does_not_end_it() {
    assert_eq!(
        twisted(r#"a == "o\"w\\" && b"#),
        [
            r#"a != "o\"w\\" && b"#,
            r#"a == "all" && b"#,
            r#"a == "own" && b"#,
            r#"a == "o\"w\\" || b"#,
            r#"a == "o\"w\\" && !b"#,
        ]
    );
    // A doubled quote stands for one.
    let doubled = r#"a == "o""w""#;
    let turned = [r#"a != "o""w""#, r#"a == "all""#, r#"a == "own""#];
    assert_eq!(twisted(doubled), turned);
}
