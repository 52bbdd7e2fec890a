//! `batch --apply`: changes that are made, one line after the other.

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::program::{EXAMPLE, Folder};

const GRANT: &str =
    r#"{"ask":"apply","user":"tomas","change":"grant","role":"accounts","target":"otto"}"#;
const MAY: &str = r#"{"user":"otto","action":"view_accounts_tab"}"#;

fn of<'a>(answers: &'a [Value], key: &str) -> Vec<&'a Value> {
    answers.iter().map(|answer| &answer[key]).collect()
}

#[test]
fn what_is_applied_counts_for_the_lines_below_and_is_not_written() {
    let folder = Folder::new().with_firm();
    let before = folder.read("firm.yaml");
    let lines = [MAY, GRANT, MAY, GRANT].join("\n");
    let done = folder.run(["batch", "--apply"]).stdin(lines).done();
    assert_eq!((done.status, &*done.stderr), (0, ""));
    let answers = done.lines();
    assert_eq!(
        of(&answers, "yes"),
        [&json!(false), &json!(true), &json!(true), &json!(true)]
    );
    assert_eq!(of(&answers[1..2], "written"), [&json!(false)]);
    // What is so already makes no other state.
    assert_eq!(answers[1]["state"], answers[3]["state"]);
    assert_eq!(folder.read("firm.yaml"), before);
    // Without the switch nothing is applied, and the lines around it are answered.
    let done = folder.run(["batch"]).stdin([GRANT, MAY].join("\n")).done();
    assert_eq!(done.status, 2);
    let answers = done.lines();
    assert_eq!(answers[0]["error"]["code"], "nothing-is-applied");
    assert_eq!(answers[1]["yes"], false);
}

#[test]
fn what_is_written_is_written_before_it_is_answered() {
    let folder = Folder::new().with_firm();
    let revoke = GRANT.replace("grant", "revoke");
    let rejected = GRANT.replace("tomas", "otto");
    let lines = [GRANT, MAY, &rejected, &revoke, GRANT].join("\n");
    let done = folder
        .run(["batch", "--apply", "--write"])
        .stdin(lines)
        .done();
    assert_eq!((done.status, &*done.stderr), (0, ""));
    let answers = done.lines();
    assert_eq!(
        of(&answers, "written"),
        [
            &json!(true),
            &Value::Null,
            &json!(false),
            &json!(true),
            &json!(true)
        ]
    );
    assert!(
        folder
            .read("firm.yaml")
            .contains("roles: [reports, accounts]")
    );
    // The state is the same in another process, of the file as it is written now.
    let state = &answers[4]["state"];
    let again = format!(r#"{},"if_state":{state}}}"#, GRANT.trim_end_matches('}'));
    let lines = folder.run(["batch", "--apply"]).stdin(again).done().lines();
    assert_eq!(
        (&lines[0]["yes"], &lines[0]["state"]),
        (&json!(true), state)
    );
    let stale = format!(
        r#"{},"if_state":{}}}"#,
        GRANT.trim_end_matches('}'),
        answers[3]["state"]
    );
    let done = folder.run(["batch", "--apply"]).stdin(stale).done();
    assert_eq!(
        (done.status, &done.lines()[0]["error"]["code"]),
        (2, &json!("stale-verdict"))
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_not_applied() {
    let folder = Folder::new().with_firm();
    let mut batch = folder.run(["batch", "--apply", "--write"]).start();
    let mut input = batch.stdin.take().unwrap();
    let mut output = std::io::BufReader::new(batch.stdout.take().unwrap());
    let mut ask = |line: &str| -> Value {
        use std::io::{BufRead, Write};
        writeln!(input, "{line}").unwrap();
        let mut reply = String::new();
        output.read_line(&mut reply).unwrap();
        serde_json::from_str(&reply).unwrap()
    };
    assert_eq!(ask(MAY)["yes"], false);
    // Somebody else writes the file between two lines.
    let theirs = folder
        .read("firm.yaml")
        .replacen("roles: [reports]", "roles: [accounts]", 1);
    std::fs::write(folder.path().join("firm.yaml"), &theirs).unwrap();
    assert_eq!(ask(GRANT)["error"]["code"], "changed-meanwhile");
    assert_eq!(ask(MAY)["yes"], false);
    drop(input);
    assert_eq!(batch.wait().unwrap().code(), Some(2));
    assert_eq!(folder.read("firm.yaml"), theirs);
}

#[test]
fn there_has_to_be_a_file_to_write_to() {
    let done = Folder::new()
        .run(["batch", "--apply", "--write"])
        .stdin(GRANT)
        .done();
    assert_eq!((done.status, &*done.stdout), (2, ""));
    let start = format!("{EXAMPLE}error[no-firm-file]");
    assert!(done.stderr.starts_with(&start), "{}", done.stderr);
    for with in [
        &["--write"][..],
        &["--apply", "--jobs=2"],
        &["--apply", "--format=csv"],
    ] {
        let words = ["batch"].iter().chain(with).copied();
        assert_eq!(Folder::new().run(words).done().status, 2, "{with:?}");
    }
}
