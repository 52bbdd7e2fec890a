//! Every function and operator that scripts reach, by name and by the types that it takes, as committed in `callable.txt`.
//!
//! `BLESS=1 cargo test --lib callable` writes that file; read the difference before keeping it.

use std::collections::BTreeSet;
use std::path::Path;

use pretty_assertions::assert_eq;
use rhai::{Dynamic, EvalAltResult, ImmutableString, Scope};

use super::super::engine::{ScriptPerson, SharedRun, engine};
use super::*;

/// A value of each type that a script can hold, under a name of its own.
const TYPES: &[(&str, &str)] = &[
    ("yes", "bool"),
    ("number", "int"),
    ("word", "string"),
    ("list", "array"),
    ("person", "person"),
    ("nothing", "()"),
];

/// Operators that stand between two values, and in front of one.
const BETWEEN: &[&str] = &[
    "+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "&", "|", "^",
    "<<", ">>", "in", "!in", "..", "..=", "??",
];
const IN_FRONT: &[&str] = &["!", "-", "+"];

/// Functions of Rhai's packages and keywords, and names under which other engines offer time, files, environment, network,
/// chance, printing and state.
const NAMES: &[&str] = &[
    "abs",
    "acos",
    "all",
    "append",
    "args",
    "as_string",
    "asin",
    "atan",
    "bits",
    "blob",
    "bytes",
    "call",
    "ceiling",
    "chars",
    "chop",
    "clear",
    "connect",
    "contains",
    "copy",
    "cos",
    "crop",
    "curry",
    "date",
    "debug",
    "dedup",
    "drain",
    "elapsed",
    "elapsed_ms",
    "end",
    "ends_with",
    "env",
    "eval",
    "exec",
    "exit",
    "exp",
    "extract",
    "fetch",
    "fill_with",
    "filter",
    "find",
    "find_map",
    "floor",
    "fn",
    "Fn",
    "for_each",
    "get",
    "get_bit",
    "get_bits",
    "get_env",
    "global",
    "hash",
    "http_get",
    "import",
    "index_of",
    "insert",
    "is_anonymous",
    "is_def_fn",
    "is_def_var",
    "is_empty",
    "is_odd",
    "is_shared",
    "keys",
    "len",
    "ln",
    "load",
    "log",
    "make_lower",
    "make_upper",
    "map",
    "max",
    "min",
    "mixin",
    "name",
    "now",
    "open",
    "open_file",
    "order",
    "pad",
    "parse_bool",
    "parse_float",
    "parse_int",
    "parse_json",
    "pop",
    "print",
    "push",
    "rand",
    "random",
    "range",
    "read",
    "read_file",
    "reduce",
    "remove",
    "replace",
    "require",
    "retain",
    "reverse",
    "run",
    "send",
    "set",
    "set_bit",
    "set_env",
    "set_tag",
    "sha256",
    "shell",
    "shift",
    "shuffle",
    "sign",
    "sin",
    "sleep",
    "socket",
    "some",
    "sort",
    "spawn",
    "splice",
    "split",
    "sqrt",
    "start",
    "starts_with",
    "sub_string",
    "system",
    "system_time",
    "tag",
    "take",
    "tan",
    "time",
    "timestamp",
    "to_array",
    "to_chars",
    "to_debug",
    "to_float",
    "to_hex",
    "to_int",
    "to_json",
    "to_lower",
    "to_string",
    "to_upper",
    "trim",
    "truncate",
    "type_of",
    "unset",
    "uuid",
    "values",
    "write",
    "write_file",
    "zip",
];

/// Whether the bare engine has the function that a text calls with values of these types. The result does not matter.
fn is_known(text: &str) -> bool {
    let engine = engine(&Arc::new(SharedRun::default()), &Limits::DEFAULT);
    let mut scope = Scope::new();
    scope.push_dynamic("yes", Dynamic::from(true));
    scope.push_dynamic("number", Dynamic::from(1_i64));
    scope.push_dynamic("word", Dynamic::from(ImmutableString::from("word")));
    scope.push_dynamic("list", Dynamic::from(vec![Dynamic::from(1_i64)]));
    scope.push_dynamic("person", Dynamic::from(ScriptPerson(Person::User)));
    scope.push_dynamic("nothing", Dynamic::UNIT);
    let Ok(ast) = engine.compile_expression(text) else {
        return false;
    };
    match engine.eval_ast_with_scope::<Dynamic>(&mut scope, &ast) {
        Err(error) => !matches!(
            *error,
            EvalAltResult::ErrorFunctionNotFound(..) | EvalAltResult::ErrorMismatchDataType(..)
        ),
        Ok(_) => true,
    }
}

/// What can be written with operators: the text of each, and how it is listed.
fn operations() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (value, of) in TYPES {
        all.extend(
            IN_FRONT
                .iter()
                .map(|sign| (format!("{sign} {value}"), format!("{sign} {of}"))),
        );
        for (other, with) in TYPES {
            all.extend(BETWEEN.iter().map(|sign| {
                (
                    format!("{value} {sign} {other}"),
                    format!("{of} {sign} {with}"),
                )
            }));
        }
    }
    all
}

/// What can be written with names: functions of no, one and two values.
fn calls() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for name in NAMES {
        all.push((format!("{name}()"), format!("{name}()")));
        for (value, of) in TYPES {
            all.push((format!("{name}({value})"), format!("{name}({of})")));
            all.extend(TYPES.iter().map(|(other, with)| {
                (
                    format!("{name}({value}, {other})"),
                    format!("{name}({of}, {with})"),
                )
            }));
        }
    }
    all
}

/// Whether scripts may use an operator at all.
fn passes(listed: &str) -> bool {
    listed.split(' ').any(|sign| callable().contains(&sign))
}

#[test]
fn every_function_that_scripts_reach_is_listed() {
    let known = |written: Vec<(String, String)>| -> BTreeSet<String> {
        let known = written.into_iter().filter(|(text, _)| is_known(text));
        known.map(|(_, listed)| listed).collect()
    };
    let (open, closed): (Vec<String>, Vec<String>) = known(operations())
        .into_iter()
        .partition(|listed| passes(listed));
    // No function of the engine's is called from a script: its names are those of the script's own file.
    let closed: Vec<String> = closed.into_iter().chain(known(calls())).collect();
    let engine = engine(&Arc::new(SharedRun::default()), &Limits::DEFAULT);
    let debugged = format!("{engine:?}");
    let count = |kind: &str| debugged.matches(kind).count();
    let list = format!(
        "scripts may write:\n{}\n\nthe engine knows, and no script may write:\n{}\n\nregistered: {} functions, {} methods, {} of packages, {} modules\n",
        open.join("\n"),
        closed.join("\n"),
        count("NativePureFunction"),
        count("NativeMethod"),
        count("PluginFunction"),
        count("Module {"),
    );
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/script/tests/callable.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &list).expect("it can be written");
    }
    assert_eq!(
        std::fs::read_to_string(&file).expect("it is committed"),
        list
    );
}

#[test]
fn no_name_of_others_is_called_wherever_it_stands() {
    for name in NAMES {
        for call in [
            format!("{name}()"),
            format!("{name}(1)"),
            format!("{name}(\"billing\")"),
            format!("{name}(user)"),
            format!("{name}(user, \"billing\")"),
            format!("user.{name}()"),
            format!("role.{name}()"),
            format!("role.{name}"),
            name.to_string(),
            format!("true || {name}() == 1"),
            format!("std::{name}()"),
            format!("{name}!(1)"),
            format!("[1].{name}(1)"),
        ] {
            assert!(!findings_of("", &call).is_empty(), "`{call}` is accepted");
            let function = format!("fn f() {{ if false {{ {call}; }} true }}");
            assert!(
                !findings_of(&function, "f()").is_empty(),
                "`{function}` is accepted"
            );
        }
    }
}

/// A function of the file has nothing but its own variables: what another condition did is not there, and cannot be.
#[test]
fn no_rule_sees_what_another_left() {
    for (functions, condition) in [
        (
            "fn put() { let kept = 1; true } fn get() { kept == 1 }",
            "put() && get()",
        ),
        ("let kept = 1; fn get() { kept == 1 }", "get()"),
        ("const KEPT = 1; fn get() { KEPT == 1 }", "get()"),
        ("fn get() { global::KEPT == 1 }", "get()"),
        ("fn put() { this.kept = 1; true }", "put()"),
        ("fn put() { user.kept = 1; true }", "put()"),
        ("fn put() { role = \"billing\"; true }", "put()"),
        ("import \"other\" as other; fn f() { other::f() }", "f()"),
        ("fn f() { export role; true }", "f()"),
    ] {
        assert!(
            !findings_of(functions, condition).is_empty(),
            "`{functions}` is accepted"
        );
    }
    let sandbox = Sandbox::new(&Limits::default());
    let functions = "fn count() { let n = 0; n += 1; n == 1 }";
    let script = compile(&sandbox, functions, "count()").expect("compiles");
    for _ in 0..3 {
        assert_eq!(sandbox.run(&script, &[]), Ok(true));
    }
}
