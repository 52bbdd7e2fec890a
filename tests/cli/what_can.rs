use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, in_manage, prints};
use crate::who_can::{EMPTY, FAR};

#[test]
fn actions_stand_in_their_groups() {
    Folder::new()
        .with("firm.yaml", FAR)
        .run(["what-can", "zoë"])
        .prints(
            0,
            "\
Zoë 李 (zoë) may do 15 of 15 actions

Clio Grow

Reserved to admins (Change user permissions in Clio Grow)
  view_reports                See the reports
  export_contacts             Take contacts out as a file
  export_matters              Take matters out as a file
  invite_users                Invite people
  deactivate_users            Deactivate people
  add_licenses                Buy more licences
  remove_licenses             Give licences back
  update_billing_information  Keep how Clio Grow is paid

Open to everyone (Change user permissions in Clio Grow)
  use_contacts        Work with contacts
  use_matters         Work with matters
  use_tasks           Work with tasks
  use_calendar        Work with the calendar
  use_documents       Work with documents
  use_communications  Work with messages and calls

Editing people (Change user permissions in Clio Grow)
  edit_user_permission  Change a person's level: others only
",
            "",
        );
}

#[test]
fn targets_and_facts_are_said() {
    let done = Folder::new().run(["what-can", "tomas"]).done();
    for line in [
        "Tomas Lindgren (tomas) may do 78 of 90 actions\n",
        "  open_matter  Open a matter: Ombre v. Vale (ombre_v_vale), Rowan Street lease (rowan_lease); another answer where matter_access is not_listed\n",
        "  edit_user_profile  Change a person's details: everybody but Nadia Hartley (nadia)\n",
        "  view_user_activity  See what a person did: anybody\n",
    ] {
        assert!(
            done.stdout.contains(line),
            "{line} is not in {}",
            done.stdout
        );
    }
    let done = Folder::new()
        .run(["what-can", "wren", "--product", "manage"])
        .done();
    let line = "  edit_user_profile  Change a person's details: themselves only\n";
    assert!(done.stdout.contains(line), "{}", done.stdout);
    assert!(!done.stdout.contains("Clio Grow"));
}

#[test]
fn whoever_may_do_nothing_hears_why() {
    prints(
        ["what-can", "greta"],
        1,
        "\
Greta Vance (greta) may do 0 of 90 actions

  user_disabled  This person is disabled and can do nothing until they are enabled again
",
        EXAMPLE,
    );
    prints(
        ["what-can", "zeno", "--product", "grow"],
        1,
        "\
Zeno Hartley (zeno) may do 0 of 15 actions

  user_has_no_seat  This person has no seat in Clio Grow; they need one first
",
        EXAMPLE,
    );
}

#[test]
fn json_lists_what_is_allowed_and_what_is_denied() {
    let run = Folder::new()
        .run([
            "what-can",
            "wren",
            "--product",
            "manage",
            "--format",
            "json",
        ])
        .done();
    let what = run.lines().remove(0);
    let find = |list: &str, action: &str| {
        let list = what[list].as_array().unwrap().iter();
        list.into_iter()
            .find(|entry| entry["action"] == action)
            .cloned()
    };
    assert_eq!(
        find("actions", "edit_user_profile").unwrap(),
        json!({
            "product": "manage",
            "action": "edit_user_profile",
            "title": "Change a person's details",
            "group": "Other people's details, and one's own",
            "rule": "everyone_edits_their_own_details",
            "reason": "open to everyone with a seat who meets its condition",
            "basis": "inferred",
            "place": in_manage("- rule: everyone_edits_their_own_details"),
            "section": "Understand account roles in Clio Manage",
            "targets": { "whom": "oneself", "count": 1, "of": 12, "users": [], "except": [] },
            "turned_by": [],
            "missing": [],
        })
    );
    let open = find("actions", "open_matter").unwrap();
    let turned = json!([{ "of": "fact", "name": "matter_access", "text": "matter_access", "from": "everyone", "to": "not_listed" }]);
    assert_eq!(open["turned_by"], turned);
    let bill = find("denied", "create_bill").unwrap();
    assert_eq!(
        bill["missing"],
        json!([{ "of": "user", "kind": "role", "name": "billing", "text": "user holds billing", "from": false, "to": true }])
    );
    assert_eq!((run.status, &what["user"]), (0, &json!("wren")));
    assert_eq!(what["actions"].as_array().unwrap().len(), 17);
}

#[test]
fn what_cannot_be_asked_is_an_error() {
    let folder = Folder::new().with("firm.yaml", EMPTY);
    let done = folder.run(["what-can", "wren"]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("error[unknown-user]"),
        "{}",
        done.stderr
    );
    let done = Folder::new().run(["what-can", "wern"]).done();
    assert!(
        done.stderr.contains("did you mean `wren`?"),
        "{}",
        done.stderr
    );
    assert_eq!(done.status, 2);
}
