//! Flipped rules about permission changes.

use super::*;

const OWN_PERMISSIONS: [&str; 2] = [
    "unless: [nobody_edits_their_own_permissions, nobody_edits_the_primary_subscriber]",
    "unless: [nobody_edits_the_primary_subscriber]",
];

#[test]
fn a_flipped_script_differs_from_table_and_cedar() {
    let [from, _] = OWN_PERMISSIONS;
    let found = Bench::manage()
        .flip_scripts("\n  grant:\n", from, "note: Whoever they are")
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), SCRIPTS_ALONE);
    assert!(found.is_change);
    assert_eq!(found.asked, "grant role=accounts");
    assert_eq!(found.target.as_deref(), Some("the user themselves"));
    assert!(found.user.contains("primary_subscriber"));
    assert_eq!(
        found.table.rules,
        [
            "nobody_edits_their_own_permissions",
            "nobody_edits_the_primary_subscriber"
        ]
    );
    assert_eq!(found.scripts.rules, ["grant"]);
    assert_eq!(found.cedar, Some(false));
}

#[test]
fn a_flipped_table_differs_from_scripts_and_cedar() {
    let receiver = ", only_an_administrator_can_receive]";
    let found = Bench::manage()
        .flip_tables("\n  transfer_ownership:\n    title: Make", receiver, "]")
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), TABLE_ALONE);
    assert_eq!(found.asked, "transfer_ownership");
    assert!(found.user.contains("primary_subscriber"));
    let target = found.target.expect("a change has a target");
    assert!(
        target.starts_with("somebody else: enabled, roles []"),
        "{target}"
    );
    assert!(found.table.yes && !found.scripts.yes);
}

#[test]
fn table_and_scripts_that_err_together_differ_from_cedar() {
    let [from, to] = OWN_PERMISSIONS;
    let found = Bench::manage()
        .flip_tables("\n  revoke:\n", from, to)
        .flip_scripts("\n  revoke:\n", from, to)
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), CEDAR_ALONE);
    assert_eq!(found.asked, "revoke role=accounts");
    assert_eq!(found.target.as_deref(), Some("the user themselves"));
}

#[test]
fn a_flipped_policy_differs_from_table_and_scripts() {
    let found = Bench::manage()
        .flip_policies("@id(\"set_visibility\")", ", \"none\"", "")
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), CEDAR_ALONE);
    assert_eq!(
        found.asked,
        "set_visibility setting=billing_rate_visibility value=none"
    );
    assert_eq!(found.cedar, Some(false));
    assert!(found.table.yes);
}

#[test]
fn a_ground_that_only_one_names_is_a_difference_of_table_and_scripts_alone() {
    let found = Bench::manage()
        .flip_scripts(
            "\n  transfer_ownership:\n    title: Make",
            "a_disabled_person_cannot_receive, only",
            "only",
        )
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), ["table and scripts"]);
    let target = found.target.expect("a change has a target");
    assert!(target.starts_with("somebody else: disabled"), "{target}");
    assert_eq!(
        found.table.rules,
        [
            "a_disabled_person_cannot_receive",
            "only_an_administrator_can_receive"
        ]
    );
    assert_eq!(found.scripts.rules, ["only_an_administrator_can_receive"]);
}

#[test]
fn in_grow_a_flipped_statement_is_found_as_well() {
    let unless = "unless: [nobody_edits_their_own_level]";
    let scripts = Bench::grow()
        .flip_scripts("\n  assign:\n", unless, "note: Even their own")
        .difference(Reach::Quick);
    assert_eq!(scripts.pairs(), SCRIPTS_ALONE);
    assert_eq!(scripts.asked, "assign role=admin");
    let policies = Bench::grow()
        .flip_policies("Change::Action", "context.role == \"normal\" || ", "")
        .difference(Reach::Quick);
    assert_eq!(policies.pairs(), CEDAR_ALONE);
    assert_eq!(policies.asked, "assign role=normal");
    let tables = Bench::grow()
        .flip_tables("\n  assign:\n", unless, "note: Even their own")
        .difference(Reach::Quick);
    assert_eq!(tables.pairs(), TABLE_ALONE);
    assert_eq!(tables.target.as_deref(), Some("the user themselves"));
}
