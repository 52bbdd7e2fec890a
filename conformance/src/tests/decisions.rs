//! Flipped rules about actions.

use super::*;

/// The rule of manage.rhai that the first tests turn: where it stands, as it is, and turned.
const OWN_RATE: [&str; 3] = [
    "fn sees_own_billing_rate",
    "\"own\" => true",
    "\"own\" => false",
];

#[test]
fn a_flipped_script_differs_from_table_and_cedar() {
    let [after, from, to] = OWN_RATE;
    let found = Bench::manage()
        .flip_scripts(after, from, to)
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), SCRIPTS_ALONE);
    assert_eq!(found.asked, "view_own_billing_rate");
    assert!(found.user.contains("billing_rate_visibility own"));
    assert_eq!(found.target, None);
    assert!(found.table.yes && !found.scripts.yes);
    assert_eq!(found.cedar, Some(true));
}

#[test]
fn a_flipped_table_differs_from_scripts_and_cedar() {
    let [after, from, to] = OWN_RATE;
    let found = Bench::manage()
        .flip_tables(after, from, to)
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), TABLE_ALONE);
    assert_eq!(found.asked, "view_own_billing_rate");
    assert!(found.user.contains("billing_rate_visibility own"));
}

#[test]
fn table_and_scripts_that_err_together_differ_from_cedar() {
    let [after, from, to] = OWN_RATE;
    let found = Bench::manage()
        .flip_tables(after, from, to)
        .flip_scripts(after, from, to)
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), CEDAR_ALONE);
    assert!(found.user.contains("billing_rate_visibility own"));
}

#[test]
fn a_flipped_policy_differs_from_table_and_scripts() {
    let policy = "@id(\"matters\")";
    let found = Bench::manage()
        .flip_policies(policy, " || context.matter_access == \"listed\"", "")
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), CEDAR_ALONE);
    assert_eq!(found.asked, "delete_matter matter_access=listed");
}

#[test]
fn another_rule_with_the_same_answer_is_a_difference_of_table_and_scripts_alone() {
    let found = Bench::manage()
        .flip_scripts(
            "- group: Other people's permissions",
            "unless: [nobody_edits_their_own_permissions, nobody_edits_the_primary_subscriber]",
            "unless: [nobody_edits_the_primary_subscriber, nobody_edits_their_own_permissions]",
        )
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), ["table and scripts"]);
    assert_eq!(found.table.rules, ["nobody_edits_their_own_permissions"]);
    assert_eq!(found.scripts.rules, ["nobody_edits_the_primary_subscriber"]);
    assert_eq!(found.target.as_deref(), Some("the user themselves"));
    assert!(found.user.contains("primary_subscriber"));
}

#[test]
fn a_flipped_reading_is_named_with_its_choice() {
    let found = Bench::manage()
        .flip_tables(
            "- rule: everyone_edits_their_own_details",
            "when: own_profile_is_editable",
            "when: \"!own_profile_is_editable\"",
        )
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), TABLE_ALONE);
    assert_eq!(found.asked, "edit_user_login");
    assert_eq!(found.target.as_deref(), Some("the user themselves"));
    let readings = &found.readings;
    assert!(readings.contains(&("own_profile_is_editable".to_owned(), found.scripts.yes)));
    assert_eq!(readings.len(), 3);
}

#[test]
fn a_role_that_is_forgotten_is_named() {
    let found = Bench::manage()
        .flip_policies(
            "@id(\"reports\")",
            "principal in [Role::\"administrator\", Role::\"primary_subscriber\"]",
            "principal in [Role::\"administrator\"]",
        )
        .difference(Reach::Quick);
    assert_eq!(found.pairs(), CEDAR_ALONE);
    assert_eq!(found.asked, "generate_reports");
    assert_eq!(
        found.user,
        "enabled, roles [primary_subscriber], billing_rate_visibility all, \
         activity_hours_visibility all, receives_bill_reminder_replies false"
    );
    assert!(
        found
            .readings
            .contains(&("administrator_opens_every_area".to_owned(), true))
    );
}

/// A setting of the target is read by no rule of ours. The walk would notice if one did.
#[test]
fn a_policy_that_reads_a_setting_of_the_target_is_found() {
    let found = Bench::manage()
        .flip_policies(
            "@id(\"activity\")",
            ";",
            "unless { resource has receives_bill_reminder_replies && resource.receives_bill_reminder_replies == \"true\" };",
        )
        .difference(Reach::Usual);
    assert_eq!(found.pairs(), CEDAR_ALONE);
    assert_eq!(found.asked, "view_user_activity");
    let target = found.target.expect("somebody is asked about");
    assert!(target.starts_with("somebody else: enabled"), "{target}");
    assert!(target.contains("receives_bill_reminder_replies true"));
}

#[test]
fn a_table_that_reads_settings_of_both_is_found() {
    let when = "    when: target.activity_hours_visibility == \"own\" && user.receives_bill_reminder_replies\n    because: No\n";
    let found = Bench::manage()
        .flip_tables(
            "- group: What people did",
            "    allow: administrator\n",
            &format!("    allow: administrator\n{when}"),
        )
        .difference(Reach::Usual);
    assert_eq!(found.pairs(), TABLE_ALONE);
    assert_eq!(found.asked, "view_user_activity");
}

#[test]
fn in_grow_a_flipped_statement_is_found_as_well() {
    let tables = Bench::grow()
        .flip_tables("- group: Open to everyone", "[normal, admin]", "admin")
        .difference(Reach::Quick);
    assert_eq!(tables.pairs(), TABLE_ALONE);
    assert_eq!(
        (&*tables.asked, &*tables.user),
        ("use_calendar", "enabled, roles [normal]")
    );
    let policies = Bench::grow()
        .flip_policies(
            "edit_user_permission",
            "unless { principal == resource };",
            ";",
        )
        .difference(Reach::Quick);
    assert_eq!(policies.pairs(), CEDAR_ALONE);
    assert_eq!(policies.target.as_deref(), Some("the user themselves"));
}

#[test]
fn the_report_names_everything_that_went_in() {
    let [after, from, to] = OWN_RATE;
    let found = Bench::manage()
        .flip_scripts(after, from, to)
        .difference(Reach::Quick);
    assert_eq!(
        found.to_string(),
        "the answers differ in manage: table and scripts, scripts and Cedar
  action   view_own_billing_rate
  user     enabled, roles [primary_subscriber], billing_rate_visibility own, activity_hours_visibility all, receives_bill_reminder_replies false
  reading  administrator_opens_every_area = false
  reading  own_profile_is_editable = false
  reading  firm_feed_is_open = false
  table    allow by view_own_billing_rate
  scripts  deny by view_own_billing_rate
  Cedar    allow"
    );
}
