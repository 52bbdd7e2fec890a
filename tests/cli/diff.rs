//! `diff`: in what two rulebooks differ, or two states of a firm.

use pretty_assertions::{assert_eq, assert_ne};
use serde_json::json;

use crate::program::{Folder, shipped};

/// The shipped rules under `rules`, and under `old` as they are.
fn folder() -> Folder {
    let files = ["manage.yaml", "manage.rhai", "grow.yaml"];
    files
        .iter()
        .fold(Folder::new().with_rules(), |folder, name| {
            folder.with(&format!("old/{name}"), shipped(&format!("rules/{name}")))
        })
}

/// The same with an edit of one rule file.
fn edited(name: &str, from: &str, to: &str) -> Folder {
    let folder = folder();
    let text = folder.read(&format!("rules/{name}"));
    assert_ne!(text, text.replace(from, to), "`{from}` is there");
    folder.with(&format!("rules/{name}"), text.replace(from, to))
}

/// Two states of the example firm.
fn firms(edits: &[(&str, &str)]) -> Folder {
    let old = shipped("fixtures/firm.yaml");
    let new = edits.iter().fold(old.clone(), |text, (from, to)| {
        assert_ne!(text, text.replace(from, to), "`{from}` is there");
        text.replace(from, to)
    });
    Folder::new().with("old.yaml", old).with("new.yaml", new)
}

#[test]
fn equal_rules_say_so() {
    let folder = folder();
    let compared = [
        "decisions and verdicts, with their rules, reasons, missing roles, bases, sections and places in the product",
        "what changes alter, and the effects that follow",
        "what each rule says alone",
        "roles and what they bring, settings, readings, facts, actions, changes and effects: ids, values, defaults, titles, bases and sections",
        "conflicts, advice and properties, with their words",
        "the document, its sections, and the headings above actions",
    ];
    let not_compared = [
        "notes, comments and the titles of facts, which no answer shows",
        "the order of what is declared, and the files and lines where it stands",
    ];
    let said = format!(
        "equal: no question and no change can tell the two apart, and nothing else that was compared differs\n\nWhat was compared\n\ncompared\n  {}\n\nnot compared\n  {}\n",
        compared.join("\n  "),
        not_compared.join("\n  "),
    );
    let said = said.as_str();
    folder.run(["diff", "old", "rules"]).prints(0, said, "");
    let json = json!({
        "ask": "diff", "old": "old", "new": "rules", "yes": true, "equal": true, "changes": [],
        "compared": compared, "not_compared": not_compared,
    });
    let arguments = ["diff", "old", "rules", "--format", "json"];
    folder.run(arguments).prints_json(0, json, "");
    // What is written otherwise and decides alike is equal.
    let other = edited(
        "manage.rhai",
        "firm_feed_is_open || user.administrator",
        "if user.administrator { true } else { firm_feed_is_open }",
    );
    other.run(["diff", "old", "rules"]).prints(0, said, "");
}

#[test]
fn those_who_gain_stand_together() {
    let folder = edited(
        "manage.yaml",
        "    allow: administrator\n    unless: [nobody_edits_their_own_permissions, nobody_edits_the_primary_subscriber]",
        "    allow: administrator\n    unless: [nobody_edits_their_own_permissions]",
    );
    folder.run(["diff", "old", "rules"]).prints(
        1,
        "\
different: 5 decisions, 3 other differences

Clio Manage

gained by people with Administrator, for the Primary subscriber who is somebody else
  Change a person's permissions (edit_user_permissions)
  Change what rates and hours a person sees (edit_user_visibility)
  Grant a permission (grant)
  Revoke a permission (revoke)
  Set what rates or hours a person sees (set_visibility)

another reason for the Primary subscriber, for themselves
  from  Nobody changes their own permissions; another administrator can; Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody
  to    Nobody changes their own permissions; another administrator can
  Grant a permission (grant)
  Revoke a permission (revoke)
  Set what rates or hours a person sees (set_visibility)
",
        "",
    );
}

#[test]
fn programs_get_the_exact_conditions_and_pull_requests_markdown() {
    let folder = edited(
        "manage.yaml",
        "      run_global_export: Export everything the firm has",
        "      run_global_export:\n        title: Export everything the firm has\n        allow: [administrator, reports]",
    );
    let json = json!({"ask": "diff", "old": "old", "new": "rules", "yes": false, "equal": false, "compared": [], "not_compared": [], "changes": [
        {
            "product": "manage", "kind": "decision", "action": "run_global_export", "has_target": false,
            "title": "Export everything the firm has", "from": "deny", "to": "allow",
            "when": "people with Reports without Administrator",
            "conditions": [{
                "user holds administrator": ["false"],
                "user holds primary_subscriber": ["false"],
                "user holds reports": ["true"],
            }],
        },
        {
            "product": "manage", "kind": "reason", "action": "run_global_export", "has_target": false,
            "title": "Export everything the firm has",
            "from": "granted by administrator", "to": "granted by administrator or reports",
            "when": "people with Administrator",
            "conditions": [
                {"user holds primary_subscriber": ["true"]},
                {"user holds administrator": ["true"]},
            ],
        },
        {
            "product": "manage", "kind": "reason", "action": "run_global_export", "has_target": false,
            "title": "Export everything the firm has",
            "from": "needs administrator", "to": "needs administrator or reports",
            "when": "people without Administrator or Reports",
            "conditions": [{
                "user holds administrator": ["false"],
                "user holds primary_subscriber": ["false"],
                "user holds reports": ["false"],
            }],
        },
    ]});
    let arguments = ["diff", "old", "rules", "--format", "json"];
    folder.run(arguments).prints_json(1, json, "");
    let arguments = ["diff", "old", "rules", "--format", "markdown"];
    let markdown = "\
**different**: 1 decision, 2 other differences

## Clio Manage

### gained by people with Reports without Administrator

- Export everything the firm has (`run_global_export`)

### another reason for people with Administrator

- from: granted by administrator
- to: granted by administrator or reports
- Export everything the firm has (`run_global_export`)

### another reason for people without Administrator or Reports

- from: needs administrator
- to: needs administrator or reports
- Export everything the firm has (`run_global_export`)
";
    folder.run(arguments).prints(1, markdown, "");
}

#[test]
fn a_product_that_comes_is_new_and_one_that_goes_is_gone() {
    let folder = folder().with("new/grow.yaml", shipped("rules/grow.yaml"));
    let done = folder.run(["diff", "old", "new"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    assert!(
        done.stdout
            .contains("\nClio Manage, which is gone\n\nlost by people with Administrator\n  Add court rules (add_court_rules)\n")
    );
    let done = folder.run(["diff", "new", "old"]).done();
    assert!(
        done.stdout
            .contains("\nClio Manage, which is new\n\ngained by people with Administrator\n  Add court rules (add_court_rules)\n")
    );
    assert!(!done.stdout.contains("Clio Grow"));
}

#[test]
fn a_person_is_shown_with_what_led_there() {
    let folder = firms(&[
        ("    manage: {}", "    manage: { roles: [reports] }"),
        (
            "roles: [primary_subscriber, billing]",
            "roles: [primary_subscriber, billing, accounts]",
        ),
        ("  - id: zeno", "  - id: yan\n  - id: zeno"),
    ]);
    let own = "Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody; Nobody changes their own permissions; another administrator can";
    let text = format!(
        "\
different: 3 people, 1 that no permitted change makes so

Nadia Hartley (nadia)
  given       accounts in Clio Manage
  impossible  accounts: false -> true; whoever makes such changes is refused: {own}

Wren Abernathy (wren)
  given  reports in Clio Manage
  gains  view_reports_tab, generate_reports
  step   nadia grant reports wren

yan
  outside  is new

The steps

permitted changes, in an order in which they can be made
  nadia grant reports wren
"
    );
    let arguments = ["diff", "--firm", "old.yaml", "new.yaml"];
    folder.run(arguments).prints(1, &text, "");
    let [refused, own] = own
        .split_once("anybody; ")
        .map(|(one, other)| [format!("{one}anybody"), other.to_owned()])
        .unwrap();
    let of = |user: &str, name: &str| {
        json!({
            "user": user, "name": name, "outside": [], "roles": {"given": [], "taken": []},
            "settings": [], "ends": [], "gained": [], "lost": [], "steps": [], "impossible": [],
        })
    };
    let step = json!({"product": "manage", "user": "nadia", "change": "grant", "role": "reports", "target": "wren"});
    let [mut nadia, mut wren, mut yan] = [
        of("nadia", "Nadia Hartley"),
        of("wren", "Wren Abernathy"),
        of("yan", "yan"),
    ];
    nadia["roles"]["given"] = json!([{"product": "manage", "role": "accounts"}]);
    nadia["impossible"] = json!([{
        "product": "manage", "what": "accounts", "from": "false", "to": "true",
        "why": "whoever makes such changes is refused", "reasons": [refused, own],
    }]);
    wren["roles"]["given"] = json!([{"product": "manage", "role": "reports"}]);
    wren["gained"] = json!([
        {"product": "manage", "action": "view_reports_tab"},
        {"product": "manage", "action": "generate_reports"},
    ]);
    wren["steps"] = json!([step]);
    yan["outside"] = json!([{"kind": "added"}]);
    let json = json!({
        "ask": "diff_firm", "old": "old.yaml", "new": "new.yaml", "yes": false,
        "equal": false, "readings": [], "conflicts": [], "groups": [], "things": [], "users": [nadia, wren, yan], "steps": [step], "then": [],
    });
    let arguments = ["diff", "--firm", "old.yaml", "new.yaml", "--format", "json"];
    let done = folder.run(arguments).done();
    assert_eq!(done.lines(), std::slice::from_ref(&json));
    // Each step is a line of `batch`.
    let batch = ["batch", "--firm", "old.yaml"];
    let done = folder.run(batch).stdin(format!("{step}\n")).done();
    assert_eq!(done.lines()[0]["verdict"], "accept");
}

#[test]
fn equal_firms_say_so_and_a_second_owner_is_a_mistake_in_the_file() {
    let folder = firms(&[(
        "roles: [administrator]\n    grow:\n      roles: [normal]",
        "roles: [primary_subscriber]\n    grow:\n      roles: [normal]",
    )]);
    let arguments = ["diff", "--firm", "old.yaml", "old.yaml"];
    folder
        .run(arguments)
        .prints(0, "equal: the two firms are the same\n", "");
    let done = folder
        .run(["diff", "--firm", "old.yaml", "new.yaml"])
        .done();
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(
        done.stderr.contains("error[too-many-holders]"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("new.yaml:"), "{}", done.stderr);
}

#[test]
fn what_is_not_there_cannot_be_compared() {
    let done = folder().run(["diff", "old", "nowhere"]).done();
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(done.stderr.contains("error["), "{}", done.stderr);
    // Whoever names files most likely has two firms.
    let folder = folder().with_firm();
    folder.run(["diff", "firm.yaml", "firm.yaml"]).prints(
        2,
        "",
        "\
error[cannot-read]: `firm.yaml` cannot be read: it is no folder of rules
 |
 = help: name the folder it is in; with --firm two firm files are compared

`clio-rules explain cannot-read` says more
",
    );
    let done = folder
        .run(["diff", "old", "rules", "--rules", "rules"])
        .done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("--firm"), "{}", done.stderr);
}

/// Rules by which a key is handed on: whoever gives it has it no more.
const KEYS: &str = "\
product: door
title: Door
document: {title: House rules, sections: {keys: Keys}}
roles:
  key: {title: Key, basis: stated, section: keys}
grounds:
  user_disabled: {because: Disabled, basis: inferred, section: keys}
  user_has_no_seat: {because: No seat, basis: inferred, section: keys}
  target_has_no_seat: {because: No seat, basis: inferred, section: keys}
actions:
  - {group: Doors, basis: stated, section: keys, allow: key, actions: {open: Open the door}}
changes:
  hand_on:
    title: Hand the key on
    section: keys
    basis: stated
    allow: key
    does:
      - {take: key, from: user}
      - {give: key, to: target}
";

#[test]
fn what_was_not_looked_for_to_the_end_is_counted_and_never_called_impossible() {
    let firm = |has_key: fn(usize) -> bool| {
        let people = (0..1_000).map(|user| {
            if has_key(user) {
                format!("  - {{id: u{user}, door: {{roles: [key]}}}}\n")
            } else {
                format!("  - {{id: u{user}, door: {{}}}}\n")
            }
        });
        format!("firm: House\nusers:\n{}", people.collect::<String>())
    };
    let folder = Folder::new()
        .with("keys/door.yaml", KEYS)
        .with("old.yaml", firm(|user| user < 500))
        .with("new.yaml", firm(|user| user >= 500));
    let arguments = ["diff", "--firm", "old.yaml", "new.yaml", "--rules", "keys"];
    let done = folder.run(arguments).done();
    let json = folder.run(arguments.into_iter().chain(["--format", "json"]));
    let left = json.done().lines()[0]["unplanned"].as_u64().unwrap();
    assert!(left > 100 && left < 1_000, "{left}");
    let told = format!(
        "not planned  {left} roles and settings are left; more rounds than the limit would show whether permitted changes make them so\n"
    );
    assert_eq!(done.status, 1);
    assert!(done.stdout.contains(&told), "{}", &done.stdout[..300]);
    assert!(!done.stdout.contains("impossible"));
}

/// The shipped rules of Clio Grow, and the same with edits.
fn grow(edits: &[(&str, &str)]) -> Folder {
    let old = shipped("rules/grow.yaml");
    let new = edits.iter().fold(old.clone(), |text, (from, to)| {
        assert_ne!(text, text.replace(from, to), "`{from}` is there");
        text.replace(from, to)
    });
    Folder::new()
        .with("old/grow.yaml", old)
        .with("new/grow.yaml", new)
}

#[test]
fn what_was_only_renamed_is_said_and_what_follows_stands_under_the_new_name() {
    let folder = grow(&[("view_reports", "see_reports")]);
    folder.run(["diff", "old", "new"]).prints(
        1,
        "\
different: view_reports is called see_reports now; nothing else differs

Clio Grow

renamed
  the action view_reports is called see_reports now
",
        "",
    );
    let json = json!({"ask": "diff", "old": "old", "new": "new", "yes": false, "equal": false, "compared": [], "not_compared": [], "changes": [
        {"product": "grow", "kind": "renamed", "what": "the action", "from": "view_reports", "to": "see_reports", "conditions": []},
    ]});
    let arguments = ["diff", "old", "new", "--format", "json"];
    folder.run(arguments).prints_json(1, json, "");
    // A product under another id, with one title less.
    let folder = grow(&[
        ("product: grow", "product: growth"),
        ("Work with tasks", "Do tasks"),
    ]);
    folder.run(["diff", "old", "new"]).prints(
        1,
        "\
different: 1 other name, 1 other difference

Clio Grow

renamed
  the product grow is called growth now

called otherwise
  what the action use_tasks is called: Work with tasks -> Do tasks
",
        "",
    );
}

#[test]
fn conflicts_properties_and_advice_stand_under_headings_of_their_own() {
    for (from, to, said) in [
        (
            "both: [create_bill, record_outgoing_transaction]",
            "both: [edit_bill, record_outgoing_transaction]",
            "conflicts\n  the conflict bills_and_payouts: create_bill, record_outgoing_transaction, except administrator -> edit_bill, record_outgoing_transaction, except administrator\n",
        ),
        (
            "    always: { role: primary_subscriber, holders: exactly one, enabled: true }",
            "    always: { role: primary_subscriber, holders: at least one, enabled: true }",
            "properties\n  the property always_one_owner: always exactly one primary_subscriber who is enabled -> always at least one primary_subscriber who is enabled\n",
        ),
        (
            "    should: user.enabled && user.billing",
            "    should: user.enabled && (user.billing || user.reports)",
            "advice about ",
        ),
        (
            "    title: Messages about card payments start",
            "    title: Messages about cards start",
            "other effects for ",
        ),
    ] {
        let folder = edited("manage.yaml", from, to);
        let done = folder.run(["diff", "old", "rules"]).done();
        assert_eq!(done.status, 1, "{}", done.stdout);
        assert!(done.stdout.contains(said), "{said}\n{}", done.stdout);
    }
}
