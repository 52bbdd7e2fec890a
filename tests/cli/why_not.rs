use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, in_manage, prints};
use crate::who_can::FAR;

#[test]
fn each_rule_says_what_it_would_take() {
    prints(
        ["why-not", "tomas", "edit_user_profile", "nadia"],
        1,
        "\
deny: Tomas Lindgren (tomas) may not edit_user_profile of Nadia Hartley (nadia) in Clio Manage

what stands in the way
  nobody_edits_the_primary_subscriber  Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody

what each rule would take
  administrators_edit_the_details_of_others  Nobody else edits the primary subscriber; after handing the account on they can be edited like anybody; missing: not target holds primary_subscriber
  everyone_edits_their_own_details           speaks only about people themselves; missing: same_user
",
        EXAMPLE,
    );
}

#[test]
fn every_ground_and_refusal_that_holds_is_named() {
    prints(
        ["why-not", "hugo", "edit_user_permissions", "hugo"],
        1,
        "\
deny: Hugo Petit (hugo) may not edit_user_permissions of Hugo Petit (hugo) in Clio Manage

what stands in the way
  user_disabled                       This person is disabled and can do nothing until they are enabled again
  nobody_edits_their_own_permissions  Nobody changes their own permissions; another administrator can

what each rule would take
  edit_user_permissions  Nobody changes their own permissions; another administrator can; missing: user is enabled and not same_user
",
        EXAMPLE,
    );
}

#[test]
fn what_is_allowed_says_so() {
    let stdout = format!(
        "\
allow: Nadia Hartley (nadia) may create_bill in Clio Manage

  granted by billing, by create_bill at {}
",
        in_manage("create_bill:")
    );
    prints(["why-not", "nadia", "create_bill"], 0, &stdout, EXAMPLE);
}

#[test]
fn json_has_the_words_of_the_decision() {
    let folder = Folder::new();
    let run = folder.run([
        "why-not",
        "hugo",
        "edit_user_permissions",
        "hugo",
        "--format",
        "json",
    ]);
    let done = run.done();
    let why_not = done.lines().remove(0);
    let [rule] = why_not["rules"].as_array().unwrap().as_slice() else {
        panic!("{why_not}");
    };
    let missing = json!([
        { "of": "user", "kind": "enabled", "text": "user is enabled", "from": false, "to": true },
        { "of": "same_user", "text": "same_user", "from": true, "to": false },
    ]);
    assert_eq!(
        (&rule["missing"], &why_not["missing"]),
        (&missing, &missing)
    );
    assert_eq!(rule["rule"], "edit_user_permissions");
    assert_eq!(
        rule["refusals"][0]["rule"],
        "nobody_edits_their_own_permissions"
    );
    assert_eq!(why_not["grounds"][0]["rule"], "user_disabled");
    assert_eq!(
        (&why_not["decision"], &why_not["rule"]),
        (&json!("deny"), &json!("user_disabled"))
    );
    assert_eq!(done.status, 1);
}

#[test]
fn names_of_any_alphabet_are_asked() {
    let folder = Folder::new().with("firm.yaml", FAR);
    folder
        .run(["why-not", "李四", "edit_user_permission", "zoë"])
        .prints(
            1,
            "\
deny: 李四 may not edit_user_permission of Zoë 李 (zoë) in Clio Grow

what each rule would take
  edit_user_permission  needs admin; missing: user holds admin
",
            "",
        );
}

#[test]
fn what_cannot_be_asked_is_an_error() {
    for (words, code) in [
        ("why-not wern create_bill", "unknown-user"),
        ("why-not wren creat_bill", "unknown-action"),
        (
            "why-not wren open_matter --fact matter_access=maybe",
            "unknown-value",
        ),
        ("why-not wren edit_user_profile", "missing-target"),
    ] {
        let done = Folder::new().run(words.split(' ')).done();
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{words}");
        assert!(
            done.stderr.contains(&format!("error[{code}]")),
            "{}",
            done.stderr
        );
    }
}
