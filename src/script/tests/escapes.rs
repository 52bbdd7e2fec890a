//! Ways out of the sandbox, and ways to keep it busy.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn nothing_reaches_outside() {
    for condition in [
        "print(\"all\")",
        "debug(\"all\")",
        "eval(\"true\")",
        "timestamp()",
        "sleep(1)",
        "exit()",
        "rand()",
        "open_file(\"all\")",
        "env(\"all\")",
        "import \"all\" as x",
        "export x",
        "Fn(\"all\")",
        "call(1)",
        "curry(1)",
        "is_def_var(\"all\")",
        "is_def_fn(\"all\", 1)",
        "is_shared(user)",
        "type_of(user) == \"all\"",
        "this",
        "this.billing",
        "|| true",
        "|x| x",
        "user.billing()",
        "user.type_of()",
        "role.len()",
        "\"all\".to_upper()",
        "role.len == 7",
        "std::print(1)",
        "global::x",
        "user?.billing",
        "user ?? true",
        "user?[\"billing\"]",
        "user[\"billing\"]",
        "role[0] == 1",
        "[true][0]",
        "#{a: true}.a",
        "`${role}` == role",
        "'a' == role",
        "() == ()",
        "1..2",
        "1 in 0..5",
        "role in role",
        "user.billing & true",
        "user.billing | true",
        "user.billing ^ true",
        "1 << 2 == 4",
        "2 ** 2 == 4",
        "throw true",
        "get$billing(user)",
        "index$get$(user, \"billing\")",
        "contains([1], 1)",
        "range(1, 2)",
        "to_string(user) == \"all\"",
        "fn f() { true } f()",
        "let x = 1; true",
        "user.billing!",
        "role.is_empty",
        "parse_int(\"1\")",
        "type_of!(1)",
        "$x",
        "@",
    ] {
        let findings = findings_of("", condition);
        assert!(!findings.is_empty(), "`{condition}` is accepted");
    }
}

#[test]
fn functions_reach_no_further() {
    for body in [
        "print(1)",
        "let x = || true; x.call()",
        "let x = Fn(\"f\"); call(x)",
        "let x = f; x()",
        "let x = [1, 2]; true",
        "f.call()",
        "this.billing",
        "import \"x\" as y; true",
        "let x = #{}; true",
        "while true { throw 1; }",
        "for x in 0..9 { } true",
        "for x in role { } true",
        "fn g() { }",
        "user.billing += 1; true",
        "eval(\"true\")",
        "global::x",
    ] {
        let findings = findings_of(&format!("fn f() {{ {body} }}"), "true");
        assert!(!findings.is_empty(), "`{body}` is accepted");
    }
    assert!(!findings_of("fn user.f() { true }", "true").is_empty());
    assert!(!findings_of("fn contains(list, x) { true }", "true").is_empty());
    assert!(!findings_of("fn print(x) { true }", "true").is_empty());
}

/// Compiling and running are quick even in a build without optimisation.
#[test]
fn a_condition_takes_microseconds() {
    let sandbox = Sandbox::new(&Limits::default());
    let condition =
        "user.billing && (role == \"billing\" || matter_access in [\"open\", \"listed\"])";
    let start = std::time::Instant::now();
    let scripts: Vec<_> = (0..100)
        .map(|_| compile(&sandbox, "", condition).expect("compiles"))
        .collect();
    let compiled = start.elapsed() / 100;
    let known = everything(["false", "billing", "listed", "true", "true", "true", "all"]);
    let start = std::time::Instant::now();
    scripts
        .iter()
        .for_each(|script| assert_eq!(sandbox.run(script, &known), Ok(true)));
    let run = start.elapsed() / 100;
    println!("compile {compiled:?}, run {run:?}");
    assert!(
        compiled.as_millis() < 20 && run.as_millis() < 10,
        "compile {compiled:?}, run {run:?}"
    );
}

#[test]
fn what_never_ends_is_ended() {
    for (functions, code) in [
        ("fn f() { loop { } }", "script-too-many-operations"),
        ("fn f() { while true { } }", "script-too-many-operations"),
        (
            "fn f() { let x = 0; do { x += 1; } while true; }",
            "script-too-many-operations",
        ),
        (
            "fn f() { loop { try { loop { } } catch { } } }",
            "script-too-many-operations",
        ),
        ("fn f() { f() }", "script-too-deep"),
        ("fn f() { try { f() } catch { true } }", "script-too-deep"),
        (
            "fn f() { let s = role; loop { s += s; } }",
            "script-too-large",
        ),
        (
            "fn f() { let n = 9223372036854775807; n += 1; n == 0 }",
            "script-failed",
        ),
    ] {
        assert_eq!(
            failure_of(functions, "f()").code.name(),
            code,
            "{functions}"
        );
    }
}

#[test]
fn all_runs_of_a_load_share_their_operations() {
    let limits = Limits {
        script_operations: 1_000,
        ..Limits::default()
    };
    let sandbox = Sandbox::new(&limits);
    let script = compile(&sandbox, "", "true && (1 + 1 == 2)").expect("compiles");
    let runs = (0..1_000)
        .take_while(|_| sandbox.run(&script, &[]) == Ok(true))
        .count();
    assert!(runs > 10 && runs < 1_000, "{runs}");
    assert!(sandbox.operations_used() > 1_000);
    match sandbox.run(&script, &[]) {
        Err(RunStop::Failed(failure)) => {
            assert_eq!(failure.code.name(), "script-too-many-operations")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn depth_is_bounded_in_every_direction() {
    const MANY: usize = 50_000;
    let nested = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(MANY), close.repeat(MANY))
    };
    for condition in [
        nested("(", "true", ")"),
        nested("!", "true", ""),
        nested("- ", "1", ""),
        nested("[", "1", "]"),
        nested("1 in [", "1", "]"),
        nested("true && ", "true", ""),
        nested("true || ", "true", ""),
        nested("1 + ", "1", " == 1"),
        nested("1 == ", "1", ""),
        nested("if true { ", "true", " }"),
        nested("if true { true } else ", "true", ""),
        nested("switch true { true => ", "true", "}"),
        nested("f(", "true", ")"),
        nested("user.", "billing", ""),
        nested("/*", "", "*/") + "true",
        nested("(", "", ""),
        nested("{", "", ""),
        nested("#{a: ", "1", "}"),
        nested("|x| ", "1", ""),
        nested("`${", "1", "}`"),
    ] {
        let start: String = condition.chars().take(12).collect();
        let findings = findings_of("fn f(x) { x }", &condition);
        assert!(
            !findings.is_empty() || condition.ends_with("true"),
            "{start}"
        );
        let functions = format!("fn f(x) {{ {condition} }}");
        let _ = findings_of(&functions, "true");
    }
}

#[test]
fn the_deepest_script_that_compiles_fits_the_stack() {
    // The innermost part calls the function again, so that every level of calls is as deep as it can be.
    let shapes = [
        ("(", " && f(p, !p.enabled))"),
        ("!", ""),
        ("(", ")"),
        ("if p.enabled { ", " } else { false }"),
        ("switch p.enabled { true => ", ", _ => false }"),
        ("f(p, ", ")"),
        ("true && ", ""),
        ("true == ", ""),
        ("true in [", "]"),
        ("{ ", " }"),
        ("for i in [1] { ", " }"),
        ("try { ", " } catch { true }"),
        ("while true { ", " }"),
        ("let y = ", ""),
        ("return ", ""),
        ("return if p.enabled { ", " } else { true }"),
    ];
    for (open, close) in shapes {
        let compiled = (1..70).filter(|&n| {
            let inner = format!("{}f(p, x){}", open.repeat(n), close.repeat(n));
            let sandbox = Sandbox::new(&Limits::default());
            let condition = format!("{}f(user, true)", "!".repeat(34));
            let Ok(script) = compile(&sandbox, &format!("fn f(p, x) {{ {inner} }}"), &condition)
            else {
                return false;
            };
            let known = everything(["false", "billing", "listed", "true", "true", "true", "all"]);
            let _ = sandbox.run(&script, &known);
            true
        });
        assert!(compiled.count() > 0, "{open}");
    }
}

#[test]
fn odd_texts_are_harmless() {
    for text in [
        "\u{0}",
        "é",
        "\"é",
        "user.é",
        "日本",
        "\u{feff}true",
        "true\r\n&& true",
        "\u{2028}",
        "9223372036854775808",
        "0x1F == 31",
        "1e3",
        "1.5",
        "\"\\u{110000}\"",
        "\"\\",
        "`",
        "#\"",
        "'",
        "''",
        "''''",
        "//",
        "/*",
        "*/",
        ";",
        "true;",
        "\\",
        "a::b",
        "a!()",
        "::",
        "..",
        "...",
        "=>",
        "{",
        "}",
        "({[",
        "\t",
        "_",
        "__",
        "fn",
        "switch",
        "if",
        "in",
        "!in",
        "user.",
        ".user",
        "user..billing",
        "#!/bin/sh",
        "user . billing",
        "99999999999999999999",
    ] {
        let _ = findings_of("", text);
        let _ = findings_of(text, "true");
    }
    let long = format!("role == \"{}\"", "a".repeat(100_000));
    assert!(!findings_of("", &long).is_empty());
    let wide = format!("1 in [{}]", "1,".repeat(50_000));
    let _ = findings_of("", &wide);
}

/// The committed list of what scripts can call beyond their own functions. When the engine learns
/// something new, this fails until somebody has looked at it.
#[test]
fn scripts_can_call_what_is_listed_and_nothing_else() {
    let usable = |sign: &str| {
        ["true", "1"].iter().any(|operand| {
            let condition = match sign {
                "!" => "!true".to_owned(),
                "in" | "!in" => format!("1 {sign} [1]"),
                _ if sign.ends_with('=') && !["==", "!=", "<=", ">="].contains(&sign) => {
                    let functions = format!("fn f() {{ let x = 1; x {sign} 1; true }}");
                    return compile(&Sandbox::new(&Limits::default()), &functions, "f()").is_ok();
                }
                _ => format!("{operand} {sign} {operand}"),
            };
            compile(&Sandbox::new(&Limits::default()), "", &condition).is_ok()
        })
    };
    let signs = [
        "!", "!=", "!in", "%", "%=", "&", "&&", "&=", "*", "**", "**=", "*=", "+", "+=", "-", "-=",
        "..", "..=", "/", "/=", "<", "<<", "<<=", "<=", "==", ">", ">=", ">>", ">>=", "??", "^",
        "^=", "in", "|", "|=", "||",
    ];
    let found: Vec<&str> = signs.into_iter().filter(|sign| usable(sign)).collect();
    assert_eq!(found, callable());
}
