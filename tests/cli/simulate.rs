use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, prints, shipped};
use crate::who_can::FAR;

#[test]
fn what_is_gained_is_listed_with_its_targets() {
    Folder::new()
        .with("firm.yaml", FAR)
        .run(["simulate", "李四", "--grant", "admin"])
        .prints(
            0,
            "\
accept: Zoë 李 (zoë) may assign admin 李四 in Clio Grow

what would be altered
  李四  normal: true -> false
  李四  admin: false -> true

gained by 李四
  view_reports                See the reports
  export_contacts             Take contacts out as a file
  export_matters              Take matters out as a file
  invite_users                Invite people
  deactivate_users            Deactivate people
  add_licenses                Buy more licences
  remove_licenses             Give licences back
  update_billing_information  Keep how Clio Grow is paid
  edit_user_permission        Change a person's level: others only
",
            "",
        );
}

#[test]
fn others_gain_and_lose_as_well() {
    prints(
        ["simulate", "tomas", "--change", "transfer_ownership"],
        0,
        "\
accept: Nadia Hartley (nadia) may transfer_ownership tomas in Clio Manage

what would be altered
  Nadia Hartley (nadia)   primary_subscriber: true -> false
  Nadia Hartley (nadia)   administrator: false -> true
  Tomas Lindgren (tomas)  primary_subscriber: false -> true

what would follow
  firm_calendar_control_moves  Control of the firm calendar moves along

gained by Tomas Lindgren (tomas)
  transfer_ownership     Hand the account to another administrator
  control_firm_calendar  Control the firm calendar
  edit_user_profile      Change a person's details: Nadia Hartley (nadia)
  edit_user_login        Change how a person signs in: Nadia Hartley (nadia)
  edit_user_permissions  Change a person's permissions: Nadia Hartley (nadia)
  edit_user_visibility   Change what rates and hours a person sees: Nadia Hartley (nadia)

gained by Priya Moss (priya), Marek Zielinski (marek)
  edit_user_profile      Change a person's details: Nadia Hartley (nadia)
  edit_user_login        Change how a person signs in: Nadia Hartley (nadia)
  edit_user_permissions  Change a person's permissions: Nadia Hartley (nadia)
  edit_user_visibility   Change what rates and hours a person sees: Nadia Hartley (nadia)

lost by Nadia Hartley (nadia)
  transfer_ownership     Hand the account to another administrator
  control_firm_calendar  Control the firm calendar
  edit_user_profile      Change a person's details: Tomas Lindgren (tomas)
  edit_user_login        Change how a person signs in: Tomas Lindgren (tomas)
  edit_user_permissions  Change a person's permissions: Tomas Lindgren (tomas)
  edit_user_visibility   Change what rates and hours a person sees: Tomas Lindgren (tomas)

lost by Priya Moss (priya), Marek Zielinski (marek)
  edit_user_profile      Change a person's details: Tomas Lindgren (tomas)
  edit_user_login        Change how a person signs in: Tomas Lindgren (tomas)
  edit_user_permissions  Change a person's permissions: Tomas Lindgren (tomas)
  edit_user_visibility   Change what rates and hours a person sees: Tomas Lindgren (tomas)
",
        EXAMPLE,
    );
}

#[test]
fn a_change_that_nobody_may_make_is_simulated_all_the_same() {
    prints(
        ["simulate", "nadia", "--revoke", "billing"],
        1,
        "\
reject: nobody present may revoke billing nadia in Clio Manage; closest is Nadia Hartley (nadia)
  Nobody changes their own permissions; another administrator can (nobody_edits_their_own_permissions)
  Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody (nobody_edits_the_primary_subscriber)

what would be altered
  Nadia Hartley (nadia)  billing: true -> false

what would follow
  payment_notifications_stop  Messages about card payments stop

lost by Nadia Hartley (nadia)
  receive_payment_notifications  Get a message when a card payment comes in
",
        EXAMPLE,
    );
}

#[test]
fn the_first_rejection_ends_it_for_whoever_was_named() {
    prints(
        [
            "simulate",
            "wren",
            "--grant",
            "administrator",
            "--by",
            "leila",
            "--grant",
            "billing",
        ],
        1,
        "\
reject: Leila Farouk (leila) may not grant administrator wren in Clio Manage
  needs administrator (grant)
1 change after it is left out

nobody would gain or lose anything
",
        EXAMPLE,
    );
}

#[test]
fn changes_are_made_in_the_order_of_the_options() {
    let lines = |words: &str| {
        let done = Folder::new().run(words.split(' ')).done();
        let simulated = done.lines().remove(0);
        let steps = simulated["steps"].as_array().unwrap().clone();
        let lines = steps
            .into_iter()
            .map(|step| step["line"].as_str().unwrap().to_owned());
        lines.collect::<Vec<_>>()
    };
    assert_eq!(
        lines(
            "simulate wren --grant billing --set billing_rate_visibility=own --grant reports --revoke billing --format json"
        ),
        [
            "grant billing wren",
            "set_visibility billing_rate_visibility own wren",
            "grant reports wren",
            "revoke billing wren"
        ]
    );
    let folder = Folder::new();
    let one = folder.run([
        "simulate",
        "wren",
        "--change",
        "revoke reports of otto",
        "--change",
        "grant billing",
        "--format",
        "json",
    ]);
    let simulated = one.done().lines().remove(0);
    let steps = &simulated["steps"];
    assert_eq!(
        (&steps[0]["line"], &steps[1]["line"]),
        (&json!("revoke reports otto"), &json!("grant billing wren"))
    );
    let lost = simulated["lost"].as_array().unwrap();
    assert!(lost.iter().all(|entry| entry["user"] == "otto") && !lost.is_empty());
}

/// The shipped rules with a pair of abilities that one person should not hold.
fn with_conflict() -> Folder {
    let conflicts = "
conflicts:
  bills_and_trust:
    title: Who writes bills does not book trust money
    both: [create_bill, record_incoming_transaction]
    except: [administrator]
    because: Two people should see every payment
    basis: inferred
    section: permissions
";
    let rules = shipped("rules/manage.yaml");
    let (rules, _) = rules.split_once("\nconflicts:").unwrap_or((&rules, ""));
    Folder::new()
        .with("rules/manage.yaml", format!("{rules}{conflicts}"))
        .with("rules/manage.rhai", shipped("rules/manage.rhai"))
        .with("rules/grow.yaml", shipped("rules/grow.yaml"))
        .with_firm()
}

#[test]
fn conflicts_that_are_newly_held_are_a_warning() {
    let warning = "\nwarning: Sami Okafor (sami) would hold both create_bill and record_incoming_transaction: Two people should see every payment (bills_and_trust)\n";
    let folder = with_conflict();
    for words in [
        "simulate sami --grant accounts",
        "change tomas grant accounts sami",
    ] {
        let done = folder.run(words.split(' ')).done();
        assert!(done.stdout.ends_with(warning), "{}", done.stdout);
        assert_eq!(done.status, 0);
    }
    let json = folder
        .run([
            "simulate", "sami", "--grant", "accounts", "--format", "json",
        ])
        .done();
    let held = &json.lines().remove(0)["conflicts"];
    assert_eq!(
        (&held[0]["user"], &held[0]["conflict"]),
        (&json!("sami"), &json!("bills_and_trust"))
    );
    assert_eq!(
        held[0]["both"],
        json!(["create_bill", "record_incoming_transaction"])
    );
    // Whoever held it before, and whoever is trusted with both, is no news.
    for words in [
        "change tomas grant reports leila",
        "change tomas grant administrator wren",
    ] {
        let done = folder.run(words.split(' ')).done();
        assert!(!done.stdout.contains("warning"), "{}", done.stdout);
        assert_eq!(done.status, 0);
    }
    let lines =
        "{\"user\":\"tomas\",\"change\":\"grant\",\"role\":\"accounts\",\"target\":\"sami\"}\n";
    let answers = folder.run(["batch"]).stdin(lines).done().lines();
    assert_eq!(&answers[0]["conflicts"], held);
    let cells = "user,change,role,target\ntomas,grant,accounts,sami\n";
    let table = folder
        .run(["batch", "--format", "csv"])
        .stdin(cells)
        .done()
        .stdout;
    assert!(
        table.contains(",conflicts.user,conflicts.conflict,"),
        "{table}"
    );
    assert!(table.contains(",sami,bills_and_trust,"), "{table}");
}

#[test]
fn what_cannot_be_asked_is_an_error() {
    for (words, code, help) in [
        (
            "simulate wern --grant billing",
            "unknown-user",
            "did you mean `wren`?",
        ),
        (
            "simulate wren --grant biling",
            "unknown-role",
            "did you mean `billing`?",
        ),
        (
            "simulate wren --set billing_rate_visibility=nun",
            "unknown-value",
            "did you mean `none`?",
        ),
        (
            "simulate wren --grant billing --by wern",
            "unknown-user",
            "did you mean `wren`?",
        ),
        (
            "simulate wren --change grnt",
            "unknown-change",
            "did you mean `grant`?",
        ),
        (
            "simulate wren",
            "empty-simulation",
            "name at least one change",
        ),
        (
            "simulate wren --set receives_bill_reminder_replies=true",
            "no-change-does",
            "name the change itself; there are grant, revoke, set_visibility, transfer_ownership",
        ),
    ] {
        let done = Folder::new().run(words.split(' ')).done();
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{words}");
        assert!(
            done.stderr.contains(&format!("error[{code}]")),
            "{}",
            done.stderr
        );
        assert!(done.stderr.contains(help), "{}", done.stderr);
    }
    let done = Folder::new().run(["simulate", "wren", "--set", "x"]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("write it as NAME=VALUE"),
        "{}",
        done.stderr
    );
}
