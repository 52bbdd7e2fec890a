use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, in_manage, prints, shipped};

#[test]
fn an_accepted_change_says_what_follows() {
    let stdout = format!(
        "\
accept: Tomas Lindgren may grant billing wren in Clio Manage

  change   Grant a permission
  reason   granted by administrator
  rule     grant at {}
  basis    stated
  section  Change user permissions in Clio Manage
  where    Settings > Manage Users > the user

what follows
  payment_notifications_start  Messages about card payments start

what is altered
  Wren Abernathy  billing: false -> true
",
        in_manage("grant:")
    );
    prints(
        ["change", "tomas", "grant", "billing", "wren"],
        0,
        &stdout,
        EXAMPLE,
    );
}

#[test]
fn a_rejected_change_exits_with_1() {
    let stdout = format!(
        "\
reject: Nadia Hartley may not transfer_ownership hugo in Clio Manage

  change   Make another administrator the primary subscriber
  reason   The receiver is disabled; enable them first, or choose another administrator
  rule     a_disabled_person_cannot_receive at {}
  basis    inferred
  section  Transfer account ownership and change primary subscriber
",
        in_manage("a_disabled_person_cannot_receive:")
    );
    prints(
        ["change", "nadia", "transfer_ownership", "hugo"],
        1,
        &stdout,
        EXAMPLE,
    );
}

#[test]
fn each_change_takes_its_words_in_the_order_of_the_rule_file() {
    let status = |words: &[&str]| {
        let words = ["change"].iter().chain(words).copied();
        Folder::new().run(words).done().status
    };
    let visibility = [
        "tomas",
        "set_visibility",
        "billing_rate_visibility",
        "own",
        "wren",
    ];
    assert_eq!(status(&visibility), 0);
    assert_eq!(status(&["nadia", "assign", "admin", "wren"]), 0);
    assert_eq!(status(&["nadia", "transfer_ownership", "tomas"]), 0);
    assert_eq!(status(&["wren", "grant", "billing", "wren"]), 1);
    assert_eq!(status(&["tomas", "grnat", "billing", "wren"]), 2);
    assert_eq!(status(&["tomas", "grant", "biling", "wren"]), 2);
}

#[test]
fn too_few_words_are_told_which_there_are() {
    let stderr = format!(
        "{EXAMPLE}\
error[wrong-words]: `grant` takes 2 words after it, not 1
 |
 = help: write `grant ROLE TARGET`

`clio-rules explain wrong-words` says more
"
    );
    prints(["change", "tomas", "grant", "wren"], 2, "", &stderr);
}

#[test]
fn json_is_the_verdict() {
    Folder::new()
        .run([
            "change", "tomas", "grant", "billing", "wren", "--format", "json",
        ])
        .prints_json(
            0,
            json!({
                "product": "manage",
                "user": "tomas",
                "change": "grant",
                "role": "billing",
                "target": "wren",
                "yes": true,
                "verdict": "accept",
                "effects": ["payment_notifications_start"],
                "basis": "stated",
                "rule": "grant",
                "reason": "granted by administrator",
                "place": in_manage("grant:"),
                "section": "Change user permissions in Clio Manage",
                "where": "Settings > Manage Users > the user",
                "reasons": [],
                "altered": [{"product": "manage", "user": "wren", "kind": "role", "name": "billing", "from": false, "to": true}],
                "altered_things": [],
                "conflicts": [],
                "advice": [],
            }),
            EXAMPLE,
        );
}

pub(crate) const CHANGES: &str = "\
# what the new billing team needs
- grant administrator nadia
- { change: grant, role: billing, target: wren }
- revoke billing wren
";

#[test]
fn a_file_of_changes_is_judged_as_one_and_numbers_its_reasons() {
    let (subscriber, contradict) = (
        in_manage("nobody_edits_the_primary_subscriber:"),
        in_manage("rule: parts_contradict"),
    );
    let stdout = format!(
        "\
reject: Tomas Lindgren may not make the changes of changes.yaml in Clio Manage

  reason   Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody
  rule     nobody_edits_the_primary_subscriber at {subscriber}
  basis    stated
  section  Change user permissions in Clio Manage

all reasons
  part 1  Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody (nobody_edits_the_primary_subscriber at {subscriber}, stated)
  part 2  Another part of the same bulk change does the opposite; keep one of the two (parts_contradict at {contradict}, inferred)
  part 3  Another part of the same bulk change does the opposite; keep one of the two (parts_contradict at {contradict}, inferred)
"
    );
    let folder = Folder::new().with("changes.yaml", CHANGES);
    folder
        .run(["change", "tomas", "--file", "changes.yaml"])
        .prints(1, &stdout, EXAMPLE);
}

#[test]
fn every_mistake_in_a_file_of_changes_has_its_place() {
    let folder = Folder::new().with(
        "changes.yaml",
        "- grant biling wren\n- {change: grant, role: billing, target: wern}\n- grant wren\n- assign admin wren\n",
    );
    let stderr = format!(
        "{EXAMPLE}\
error[unknown-role]: there is no role `biling` in Clio Manage
 --> changes.yaml:1:3
  |
1 | - grant biling wren
  |   ^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `billing`?

error[unknown-user]: nobody in this firm has the id `wern`
 --> changes.yaml:2:12
  |
2 | - {{change: grant, role: billing, target: wern}}
  |            ^^^^^
  |
  = help: did you mean `wren`?

error[wrong-words]: `grant` takes 2 words after it, not 1
 --> changes.yaml:3:3
  |
3 | - grant wren
  |   ^^^^^^^^^^
  |
  = help: write `grant ROLE TARGET`

error[unknown-change]: there is no change `assign` in Clio Manage
 --> changes.yaml:4:3
  |
4 | - assign admin wren
  |   ^^^^^^^^^^^^^^^^^

`clio-rules explain unknown-role` says more
"
    );
    folder
        .run(["change", "tomas", "--file", "changes.yaml"])
        .prints(2, "", &stderr);
}

#[test]
fn a_file_of_changes_has_strict_keys() {
    let code = |text: &str| {
        let folder = Folder::new().with("changes.yaml", text);
        let run = folder.run([
            "change",
            "tomas",
            "--file",
            "changes.yaml",
            "--format",
            "json",
        ]);
        let done = run.done();
        assert_eq!(done.status, 2);
        done.lines()[0]["error"]["code"].clone()
    };
    assert_eq!(
        code("- {change: grant, role: billing, role: reports, target: wren}\n"),
        "duplicate-key"
    );
    assert_eq!(
        code("- {change: grant, role: billing, tarqet: wren}\n"),
        "unknown-key"
    );
    assert_eq!(code("- {change: grant, role: billing}\n"), "missing-target");
    assert_eq!(code("[]\n"), "empty-bulk");
    assert_eq!(code(""), "empty-file");
    assert_eq!(code("grant: billing\n"), "expected-list");
}

#[test]
fn a_change_that_leads_where_a_firm_should_not_be_warns() {
    let folder = Folder::new().with("firm.yaml", shipped("fixtures/firms/own_policy.yaml"));
    let revoke = ["change", "june", "revoke", "administrator", "ravi"];
    let done = folder.run(revoke).done();
    let warning = "\nwarning: Ravi Menon (ravi) would not be as the rules advise: Whoever gets the answers to bill reminders should be \
        enabled and hold Billing, or the answers should go to somebody else (bill_reminder_replies_have_a_reader)\n";
    assert_eq!(done.status, 0);
    assert!(done.stdout.ends_with(warning), "{}", done.stdout);
    let json = folder
        .run(revoke.into_iter().chain(["--format", "json"]))
        .done()
        .lines();
    assert_eq!(json[0]["advice"][0]["user"], "ravi");
    assert_eq!(
        json[0]["advice"][0]["advice"],
        "bill_reminder_replies_have_a_reader"
    );
    let wished = ["simulate", "ravi", "--change", "revoke administrator"];
    let simulated = folder.run(wished).done().stdout;
    assert!(simulated.ends_with(warning), "{simulated}");
    let owned = ["change", "june", "grant", "billing", "pilar"];
    let conflict = "(payments_taken_and_deleted)";
    assert!(
        folder.run(owned).done().stdout.contains(conflict),
        "the firm's own conflict"
    );
}

#[test]
fn a_reason_that_says_more_than_the_rule_has_its_own_basis() {
    let done = Folder::new()
        .run(["change", "tomas", "transfer_ownership", "marek"])
        .done();
    let basis = "  basis    stated; the reason is inferred\n";
    assert!(done.stdout.contains(basis), "{}", done.stdout);
    let json = [
        "change",
        "tomas",
        "transfer_ownership",
        "marek",
        "--format",
        "json",
    ];
    let json = Folder::new().run(json).done().lines();
    let bases = |of: &serde_json::Value| [of["basis"].clone(), of["reason_basis"].clone()];
    assert_eq!(bases(&json[0]), ["stated", "inferred"]);
    assert_eq!(bases(&json[0]["reasons"][0]), ["stated", "inferred"]);
}
