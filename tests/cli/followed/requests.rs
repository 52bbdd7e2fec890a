//! Other requests of `batch`.

use super::{Way, attempt, program};

/// Another request of a batch.
fn line(code: &'static str, before: &str, after: &str) -> Way {
    program(
        code,
        attempt("batch").stdin(before),
        attempt("batch").stdin(after),
    )
}

const GRANT: &str =
    r#"{"product":"manage","user":"tomas","change":"grant","role":"billing","target":"wren"}"#;

const APPLIED: &str =
    r#"{"ask":"apply","user":"tomas","change":"grant","role":"billing","target":"wren"}"#;

const ASKED: &str = r#"{"user":"wren","action":"create_bill"}"#;

const OLD: &str = r#"{"ask":"diff_firm","old":{"last.yaml":"firm: Two\nusers:\n  - id: ada\n"}}"#;

pub(super) fn ways() -> Vec<Way> {
    let table = |text: &str| attempt("batch --format csv").stdin(text);
    vec![
        line("not-json", "is wren allowed?", ASKED),
        line(
            "not-one-question",
            r#"{"user":"wren","action":"create_bill","change":"grant"}"#,
            ASKED,
        ),
        line(
            "unknown-version",
            r#"{"v":2,"user":"wren","action":"create_bill"}"#,
            ASKED,
        ),
        line(
            "no-bulk",
            r#"{"product":"grow","user":"nadia","parts":[{"change":"assign","role":"admin","target":"wren"}]}"#,
            r#"{"product":"grow","user":"nadia","change":"assign","role":"admin","target":"wren"}"#,
        ),
        line(
            "empty-bulk",
            r#"{"product":"manage","user":"tomas","parts":[]}"#,
            r#"{"product":"manage","user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"}]}"#,
        ),
        line(
            "unknown-source",
            r#"{"ask":"diff_firm","old":"last.yaml"}"#,
            OLD,
        ),
        line("not-one-text", r#"{"ask":"diff_firm","old":{}}"#, OLD),
        line(
            "stale-verdict",
            &GRANT.replace("}", ",\"if_state\":\"0\"}"),
            GRANT,
        ),
        program(
            "nothing-is-applied",
            attempt("batch").stdin(APPLIED),
            attempt("batch --apply").stdin(APPLIED),
        ),
        program(
            "not-csv",
            table("user,action\nwren,create_bill,\"\n"),
            table("user,action\nwren,create_bill\n"),
        ),
    ]
}
