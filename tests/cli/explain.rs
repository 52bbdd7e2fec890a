use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{Folder, prints};

#[test]
fn a_code_is_explained() {
    let stdout = "\
error[wrong-words]: `…` takes … after it, not …

A change is written as its name, then its arguments in the order of the rule file (`takes`), then the user it is done to: `grant billing wren`.
";
    prints(["explain", "wrong-words"], 0, stdout, "");
}

#[test]
fn an_unknown_code_has_a_nearest() {
    let stderr = "\
error[unknown-code]: no finding has the code `unknown-usr`
 |
 = help: did you mean `unknown-user`?

`clio-rules explain unknown-code` says more
";
    prints(["explain", "unknown-usr"], 2, "", stderr);
}

#[test]
fn json_has_all_of_it() {
    Folder::new()
        .run(["explain", "empty-bulk", "--format", "json"])
        .prints_json(
            0,
            json!({
                "code": "empty-bulk",
                "severity": "error",
                "text": "this bulk change has no parts",
                "help": "list at least one change",
                "explanation": "A bulk change without parts is most likely a file that was not filled in, so it is an error and not an acceptance.",
            }),
            "",
        );
}

#[test]
fn without_a_code_all_are_listed() {
    let text = Folder::new().run(["explain"]).done();
    let done = Folder::new().run(["explain", "--format", "json"]).done();
    let all = done.lines();
    assert_eq!((text.status, done.status), (0, 0));
    assert_eq!(
        text.stdout.lines().count(),
        all[0].as_array().unwrap().len()
    );
    assert!(text.stdout.contains("\n  unknown-user "));
}
