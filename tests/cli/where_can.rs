use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, in_manage, prints};
use crate::who_can::EMPTY;

#[test]
fn everybody_to_whom_it_may_be_done_is_listed_with_the_rule() {
    prints(
        ["where-can", "tomas", "edit_user_profile"],
        0,
        "\
Tomas Lindgren (tomas) may edit_user_profile of 11 of 14 users in Clio Manage

  Tomas Lindgren (tomas)   open to everyone with a seat who meets its condition, by everyone_edits_their_own_details
  Priya Moss (priya)       granted by administrator, by administrators_edit_the_details_of_others
  Marek Zielinski (marek)  granted by administrator, by administrators_edit_the_details_of_others
  Leila Farouk (leila)     granted by administrator, by administrators_edit_the_details_of_others
  Sami Okafor (sami)       granted by administrator, by administrators_edit_the_details_of_others
  Ines Carvalho (ines)     granted by administrator, by administrators_edit_the_details_of_others
  Otto Brandt (otto)       granted by administrator, by administrators_edit_the_details_of_others
  Wren Abernathy (wren)    granted by administrator, by administrators_edit_the_details_of_others
  Freya Solberg (freya)    granted by administrator, by administrators_edit_the_details_of_others
  Greta Vance (greta)      granted by administrator, by administrators_edit_the_details_of_others
  Hugo Petit (hugo)        granted by administrator, by administrators_edit_the_details_of_others
",
        EXAMPLE,
    );
}

#[test]
fn where_there_is_nobody_the_exit_code_says_so() {
    prints(
        ["where-can", "wren", "view_user_activity"],
        1,
        "Wren Abernathy (wren) may view_user_activity of 0 of 14 users in Clio Manage\n",
        EXAMPLE,
    );
    prints(
        ["where-can", "greta", "edit_user_profile"],
        1,
        "Greta Vance (greta) may edit_user_profile of 0 of 14 users in Clio Manage\n",
        EXAMPLE,
    );
}

#[test]
fn facts_are_part_of_the_question() {
    let rules = "\
product: door
title: Door
document: { title: Door, sections: { all: All } }
roles: { host: { title: Host, basis: stated, section: all } }
grounds:
  user_disabled: { because: Disabled, basis: stated, section: all }
  user_has_no_seat: { because: No seat, basis: stated, section: all }
  target_has_no_seat: { because: No seat, basis: stated, section: all }
actions:
  - group: All
    section: all
    basis: stated
    target: user
    actions:
      greet:
        title: Greet
        facts: { late: { title: Whether it is late, values: [false, true] } }
        allow: everyone
        when: \"!late || target.host\"
        because: Only hosts are up
";
    let folder = Folder::new().with("rules/door.yaml", rules).with(
        "firm.yaml",
        "firm: One\nusers: [{id: ada, door: {}}, {id: bob, door: {roles: [host]}}]",
    );
    let run = folder.run(["where-can", "ada", "greet", "--fact", "late=true"]);
    run.prints(
        0,
        "ada may greet (late = true) of 1 of 2 users in Door\n\n  bob  open to everyone with a seat who meets its condition, by greet\n",
        "rules: ./rules\n",
    );
    let done = folder.run(["where-can", "ada", "greet"]).done();
    assert_eq!(done.status, 2);
    let said = "error[missing-fact]";
    assert!(done.stderr.contains(said), "{}", done.stderr);
}

#[test]
fn json_has_each_target_with_its_rule() {
    let words = "where-can wren edit_user_profile --format json";
    Folder::new().run(words.split(' ')).prints_json(
        0,
        json!({
            "ask": "where_can",
            "product": "manage",
            "user": "wren",
            "action": "edit_user_profile",
            "yes": true,
            "allowed": [{
                "target": "wren",
                "rule": "everyone_edits_their_own_details",
                "reason": "open to everyone with a seat who meets its condition",
                "basis": "inferred",
                "place": in_manage("- rule: everyone_edits_their_own_details"),
                "section": "Understand account roles in Clio Manage",
            }],
        }),
        EXAMPLE,
    );
}

#[test]
fn what_cannot_be_asked_is_an_error() {
    for (words, code, help) in [
        (
            "where-can wren create_bill",
            "no-targets",
            "`can` says whether the user may do it",
        ),
        (
            "where-can wren edit_user_profil",
            "unknown-action",
            "did you mean `edit_user_profile`?",
        ),
        (
            "where-can wern edit_user_profile",
            "unknown-user",
            "did you mean `wren`?",
        ),
        (
            "where-can wren edit_user_profile --product manag",
            "unknown-product",
            "did you mean `manage`?",
        ),
    ] {
        let done = Folder::new().run(words.split(' ')).done();
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{words}");
        let said = format!("error[{code}]");
        assert!(done.stderr.contains(&said), "{}", done.stderr);
        assert!(done.stderr.contains(help), "{}", done.stderr);
    }
    let folder = Folder::new().with("firm.yaml", EMPTY);
    let done = folder
        .run(["where-can", "wren", "edit_user_profile"])
        .done();
    assert_eq!(done.status, 2);
    let said = "error[unknown-user]";
    assert!(done.stderr.contains(said), "{}", done.stderr);
}

#[test]
fn help_says_how_it_is_asked() {
    let done = Folder::new().run(["where-can", "--help"]).done();
    for part in [
        "Lists the people or things to which a user may do an action",
        "clio-rules where-can tomas edit_user_profile",
        "1 there is nobody",
    ] {
        assert!(done.stdout.contains(part), "{}", done.stdout);
    }
    assert_eq!(done.status, 0);
}
