use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, prints, shipped};

#[test]
fn what_is_built_in_has_nothing_wrong() {
    let stdout = "\
nothing wrong
  products  grow, manage
  firm      Hartley Moss LLP, 14 users
";
    prints(["check"], 0, stdout, EXAMPLE);
}

#[test]
fn json_has_findings_and_census() {
    Folder::new()
        .run(["check", "--format", "json"])
        .prints_json(
            0,
            json!({
                "findings": [],
                "census": {"products": ["grow", "manage"], "firm": "Hartley Moss LLP", "users": 14},
            }),
            EXAMPLE,
        );
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let script = shipped("rules/manage.rhai");
    let folder = Folder::new().with_rules().with("rules/lonely.rhai", script);
    let done = folder.run(["check"]).done();
    assert_eq!(done.status, 0);
    assert!(done.stderr.contains("warning[script-without-rules]"));
    assert!(done.stdout.starts_with("1 warning\n"));
    let denied = folder.run(["check", "--deny-warnings"]).done();
    assert_eq!(denied.status, 1);
    assert_eq!(denied.stdout, done.stdout);
}

#[test]
fn a_broken_rule_file_does_not_hide_a_broken_firm_file() {
    let folder = Folder::new()
        .with("rules/door.yaml", "product: door\ntitle: [\n")
        .with("firm.yaml", "firm: Two\nusers: []\nusers: []\n");
    let done = folder.run(["check", "--format", "json"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (2, "rules: ./rules\n"));
    let found = done.lines();
    let codes: Vec<_> = found[0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (&finding["code"], &finding["place"]["file"]))
        .collect();
    assert_eq!(
        codes,
        [
            (&json!("yaml-syntax"), &json!("rules/door.yaml")),
            (&json!("duplicate-key"), &json!("firm.yaml")),
        ]
    );
    assert_eq!(found[0].get("census"), None);
}

#[test]
fn a_firm_file_that_is_not_there_is_told() {
    let stderr = "\
error[cannot-read]: `none.yaml` cannot be read: no such file or directory
 |
 = help: check the path and who may read it

`clio-rules explain cannot-read` says more
";
    prints(["check", "--firm", "none.yaml"], 2, "1 error\n", stderr);
}

#[test]
fn a_folder_without_rules_is_told() {
    let folder = Folder::new().with("rules/notes.txt", "nothing");
    let done = folder.run(["check", "--rules", "rules"]).done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("error[no-rule-files]"));
}
