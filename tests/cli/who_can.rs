use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, in_file, prints};

/// Two people whose names and ids are not of the Latin alphabet.
pub(crate) const FAR: &str = "\
firm: Zoë
users:
  - id: zoë
    name: Zoë 李
    grow: { roles: [admin] }
  - id: 李四
    grow: { roles: [normal] }
";

/// A firm in which nobody works.
pub(crate) const EMPTY: &str = "firm: Empty\nusers: []\n";

#[test]
fn everybody_who_may_is_listed_with_the_rule() {
    prints(
        ["who-can", "create_bill"],
        0,
        "\
6 of 14 users may create_bill in Clio Manage

  Nadia Hartley (nadia)    granted by billing, by create_bill
  Tomas Lindgren (tomas)   granted by billing, by create_bill
  Priya Moss (priya)       granted by billing, by create_bill
  Marek Zielinski (marek)  granted by billing, by create_bill
  Leila Farouk (leila)     granted by billing, by create_bill
  Sami Okafor (sami)       granted by billing, by create_bill
",
        EXAMPLE,
    );
}

#[test]
fn the_others_are_listed_with_what_is_missing() {
    prints(
        ["who-can", "view_reports", "--not"],
        0,
        "\
12 of 14 users may not view_reports in Clio Grow

  Tomas Lindgren (tomas)   needs admin; missing: user holds admin
  Marek Zielinski (marek)  This person has no seat in Clio Grow; they need one first; missing: user has a seat in grow and user holds admin
  Leila Farouk (leila)     This person has no seat in Clio Grow; they need one first; missing: user has a seat in grow and user holds admin
  Sami Okafor (sami)       This person has no seat in Clio Grow; they need one first; missing: user has a seat in grow and user holds admin
  Ines Carvalho (ines)     This person has no seat in Clio Grow; they need one first; missing: user has a seat in grow and user holds admin
  Otto Brandt (otto)       needs admin; missing: user holds admin
  Wren Abernathy (wren)    needs admin; missing: user holds admin
  Freya Solberg (freya)    This person has no seat in Clio Grow; they need one first; missing: user has a seat in grow and user holds admin
  Bea Navarro (bea)        needs admin; missing: user holds admin
  Greta Vance (greta)      This person is disabled and can do nothing until they are enabled again; missing: user is enabled and user holds admin
  Hugo Petit (hugo)        This person is disabled and can do nothing until they are enabled again; missing: user is enabled
  Zeno Hartley (zeno)      This person has no seat in Clio Grow; they need one first; missing: user has a seat in grow and user holds admin
",
        EXAMPLE,
    );
}

#[test]
fn a_target_and_facts_are_part_of_the_question() {
    prints(
        ["who-can", "edit_user_profile", "nadia"],
        0,
        "\
1 of 14 users may edit_user_profile of Nadia Hartley (nadia) in Clio Manage

  Nadia Hartley (nadia)  open to everyone with a seat who meets its condition, by everyone_edits_their_own_details
",
        EXAMPLE,
    );
    prints(
        [
            "who-can",
            "open_matter",
            "--fact",
            "matter_access=not_listed",
        ],
        1,
        "0 of 14 users may open_matter (matter_access = not_listed) in Clio Manage\n",
        EXAMPLE,
    );
}

#[test]
fn json_has_both_sides() {
    let rule = json!({
        "rule": "view_reports",
        "basis": "stated",
        "place": in_file("rules/grow.yaml", "view_reports:"),
        "section": "Change user permissions in Clio Grow",
    });
    let with = |more: serde_json::Value| {
        let mut all = rule.clone();
        let more = more.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(more);
        all
    };
    let missing = json!([{ "of": "user", "kind": "role", "name": "admin", "text": "user holds admin", "from": false, "to": true }]);
    Folder::new()
        .with("firm.yaml", FAR)
        .run(["who-can", "view_reports", "--format", "json"])
        .prints_json(
            0,
            json!({
                "ask": "who_can",
                "product": "grow",
                "action": "view_reports",
                "yes": true,
                "allowed": [with(json!({ "user": "zoë", "reason": "granted by admin" }))],
                "denied": [with(json!({ "user": "李四", "reason": "needs admin", "missing": missing }))],
            }),
            "",
        );
}

#[test]
fn in_a_firm_without_users_nobody_may() {
    let folder = Folder::new().with("firm.yaml", EMPTY);
    let run = folder.run(["who-can", "view_reports"]);
    run.prints(1, "0 of 0 users may view_reports in Clio Grow\n", "");
    let run = folder.run(["who-can", "view_reports", "--not"]);
    run.prints(1, "0 of 0 users may not view_reports in Clio Grow\n", "");
}

#[test]
fn what_cannot_be_asked_is_an_error() {
    for (words, code, help) in [
        (
            "who-can creat_bill",
            "unknown-action",
            "did you mean `create_bill`?",
        ),
        (
            "who-can edit_user_profile",
            "missing-target",
            "name the user it is done to",
        ),
        (
            "who-can create_bill wren",
            "unexpected-target",
            "leave the target out",
        ),
        (
            "who-can edit_user_profile wern",
            "unknown-user",
            "did you mean `wren`?",
        ),
        (
            "who-can create_bill --product manag",
            "unknown-product",
            "did you mean `manage`?",
        ),
        (
            "who-can open_matter --fact matter_acces=listed",
            "unknown-fact",
            "did you mean `matter_access`?",
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
}
