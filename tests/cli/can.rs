use serde_json::json;

use crate::program::{EXAMPLE, Folder, in_manage, prints, shipped};

#[test]
fn a_denial_says_why_and_exits_with_1() {
    let stdout = format!(
        "\
deny: Wren Abernathy may not create_bill in Clio Manage

  action   Create a bill
  reason   needs billing
  rule     create_bill at {}
  basis    stated
  section  Change user permissions in Clio Manage
",
        in_manage("create_bill:")
    );
    prints(["can", "wren", "create_bill"], 1, &stdout, EXAMPLE);
}

#[test]
fn an_allowed_action_says_where_it_is_done_and_exits_with_0() {
    let stdout = format!(
        "\
allow: Tomas Lindgren may edit_user_profile of Wren Abernathy in Clio Manage

  action   Change a person's details
  reason   granted by administrator
  rule     administrators_edit_the_details_of_others at {}
  basis    stated
  section  Understand account roles in Clio Manage
  where    Settings > Manage Users > the user
",
        in_manage("- rule: administrators_edit_the_details_of_others")
    );
    prints(
        ["can", "tomas", "edit_user_profile", "wren"],
        0,
        &stdout,
        EXAMPLE,
    );
}

#[test]
fn why_shows_what_was_looked_at_and_what_would_change_it() {
    let stdout = format!(
        "\
deny: Wren Abernathy may not create_bill in Clio Manage

  action   Create a bill
  reason   needs billing
  rule     create_bill at {}
  basis    stated
  section  Change user permissions in Clio Manage

what was looked at
  user holds billing              false
  administrator_opens_every_area  true
  user holds administrator        false
  user holds primary_subscriber   false

what would change the answer
  user holds billing             false -> true, by create_bill
  user holds administrator       false -> true, by create_bill
  user holds primary_subscriber  false -> true, by create_bill
",
        in_manage("create_bill:")
    );
    prints(["can", "wren", "create_bill", "--why"], 1, &stdout, EXAMPLE);
}

#[test]
fn json_is_the_decision() {
    Folder::new()
        .run(["can", "wren", "create_bill", "--format", "json"])
        .prints_json(
            1,
            json!({
                "product": "manage",
                "user": "wren",
                "action": "create_bill",
                "yes": false,
                "decision": "deny",
                "basis": "stated",
                "rule": "create_bill",
                "reason": "needs billing",
                "place": in_manage("create_bill:"),
                "section": "Change user permissions in Clio Manage",
                "needs": ["billing"],
            }),
            EXAMPLE,
        );
}

#[test]
fn json_with_why_is_the_explanation() {
    Folder::new()
        .run([
            "can",
            "wren",
            "open_matter",
            "--fact",
            "matter_access=not_listed",
            "--why",
            "--format",
            "json",
        ])
        .prints_json(
            1,
            json!({
                "ask": "explain",
                "product": "manage",
                "user": "wren",
                "action": "open_matter",
                "facts": {"matter_access": "not_listed"},
                "yes": false,
                "decision": "deny",
                "basis": "inferred",
                "rule": "matter_keeps_to_its_list",
                "reason": "The matter is limited to the people on its list; this user has to be put on the list first",
                "place": in_manage("matter_keeps_to_its_list:"),
                "section": "Change user permissions in Clio Manage",
                "needs": [],
                "inputs": [{"of": "fact", "name": "matter_access", "text": "matter_access", "value": "not_listed"}],
                "turns": [
                    {"of": "fact", "name": "matter_access", "text": "matter_access", "from": "not_listed", "to": "everyone", "rule": "open_matter"},
                    {"of": "fact", "name": "matter_access", "text": "matter_access", "from": "not_listed", "to": "listed", "rule": "open_matter"},
                ],
            }),
            EXAMPLE,
        );
}

#[test]
fn a_misspelt_name_is_no_denial() {
    let stderr = format!(
        "{EXAMPLE}\
error[unknown-user]: nobody in this firm has the id `wern`
 |
 = help: did you mean `wren`?

`clio-rules explain unknown-user` says more
"
    );
    prints(["can", "wern", "create_bill"], 2, "", &stderr);
}

#[test]
fn what_is_wrong_comes_as_json_where_json_was_asked_for() {
    Folder::new()
        .run(["can", "wren", "creat_bill", "--format", "json"])
        .prints_json(
            2,
            json!({
                "error": {
                    "code": "unknown-action",
                    "severity": "error",
                    "message": "there is no action `creat_bill` in Clio Grow, Clio Manage",
                    "labels": [],
                    "help": "did you mean `create_bill`?",
                    "subject": {"role": "action", "name": "creat_bill"},
                },
                "more": [],
            }),
            EXAMPLE,
        );
}

#[test]
fn a_missing_target_is_no_denial() {
    let done = Folder::new()
        .run(["can", "tomas", "edit_user_profile"])
        .done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("error[missing-target]"));
}

#[test]
fn a_reading_can_be_chosen_for_one_run() {
    let ask = |choice: &str| {
        let reading = format!("--reading=firm_feed_is_open={choice}");
        Folder::new()
            .run(["can", "wren", "view_firm_feed", &reading])
            .done()
            .status
    };
    assert_eq!([ask("true"), ask("false"), ask("maybe")], [0, 1, 2]);
}

#[test]
fn an_unknown_reading_has_a_nearest_name() {
    let done = Folder::new()
        .run([
            "can",
            "wren",
            "create_bill",
            "--reading",
            "firm_fed_is_open=true",
        ])
        .done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("did you mean `firm_feed_is_open`?"));
}

#[test]
fn a_product_can_be_named() {
    let ask = |product: &str| {
        let folder = Folder::new();
        let run = folder.run(["can", "wren", "use_tasks", "--product", product]);
        run.done().status
    };
    assert_eq!([ask("grow"), ask("manage"), ask("draft")], [0, 2, 2]);
}

#[test]
fn rules_here_come_before_the_built_in_ones_and_are_announced() {
    let folder = Folder::new().with_rules().with_firm();
    let done = folder
        .run(["can", "wren", "create_bill", "--format", "json"])
        .done();
    assert_eq!(done.stderr, "rules: ./rules\n");
    assert_eq!(done.lines()[0]["place"], in_manage("create_bill:"));
}

#[test]
fn a_folder_that_is_named_is_called_as_it_was_named() {
    let folder = Folder::new().with("mine/manage.yaml", shipped("rules/manage.yaml"));
    let folder = folder.with("mine/manage.rhai", shipped("rules/manage.rhai"));
    let folder = folder.with("mine/grow.yaml", shipped("rules/grow.yaml"));
    let done = folder
        .run([
            "can",
            "wren",
            "create_bill",
            "--rules",
            "./mine",
            "--format",
            "json",
        ])
        .done();
    assert_eq!(done.stderr, EXAMPLE);
    let place = in_manage("create_bill:").replace("rules/", "mine/");
    assert_eq!(done.lines()[0]["place"], place);
}

#[test]
fn rules_that_the_example_does_not_fit_ask_for_a_firm() {
    let records = "tests/rulebooks/records/rules/records";
    let folder = Folder::new()
        .with("rules/records.yaml", shipped(&format!("{records}.yaml")))
        .with("rules/records.rhai", shipped(&format!("{records}.rhai")));
    let stderr = format!(
        "rules: ./rules\n{EXAMPLE}\
error[example-does-not-fit]: the built-in example firm does not fit these rules: no product is called `manage`
 |
 = help: name your own firm file with `--firm`, or put a `firm.yaml` here

`clio-rules explain example-does-not-fit` says more
"
    );
    folder.run(["can", "wren", "read"]).prints(2, "", &stderr);
}

#[test]
fn a_broken_firm_file_is_shown_with_its_line() {
    let folder = Folder::new().with(
        "firm.yaml",
        "firm: Two\nusers:\n  - id: ada\n    manage:\n      roles: [primary_subscriber, biling]\n",
    );
    let stderr = "\
error[unknown-role]: there is no role `biling` in Clio Manage
 --> firm.yaml:5:35
  |
5 |       roles: [primary_subscriber, biling]
  |                                   ^^^^^^
  |
  = help: did you mean `billing`?

`clio-rules explain unknown-role` says more
";
    folder
        .run(["can", "ada", "create_bill"])
        .prints(2, "", stderr);
}

#[test]
fn colour_comes_only_when_it_is_asked_for() {
    let run = |color: &str| {
        let folder = Folder::new();
        folder
            .run(["can", "wren", "create_bill", "--color", color])
            .done()
            .stdout
    };
    assert!(run("always").starts_with("\u{1b}["));
    assert!(run("auto").starts_with("deny: "));
    assert!(run("never").starts_with("deny: "));
}

#[test]
fn why_says_what_would_change_an_answer_that_comes_before_any_rule() {
    let turns = |arguments: [&str; 3]| {
        let words = arguments.into_iter().chain(["--why", "--format", "json"]);
        let done = Folder::new().run(words).done();
        assert_eq!(done.status, 1);
        done.lines()[0]["turns"].clone()
    };
    assert_eq!(
        turns(["can", "hugo", "create_bill"]),
        json!([{"of": "user", "kind": "enabled", "text": "user is enabled", "from": false, "to": true, "rule": "create_bill"}])
    );
    assert_eq!(
        turns(["can", "bea", "share_calendars"]),
        json!([{"of": "user", "kind": "seat", "name": "manage", "text": "user has a seat in manage", "from": false, "to": true, "rule": "share_calendars"}])
    );
    // A seat alone would not be enough, nor would anything else alone.
    assert_eq!(turns(["can", "bea", "create_bill"]), json!([]));
}
