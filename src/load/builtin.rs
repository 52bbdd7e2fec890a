//! The rulebooks, the example firm and the fixtures that come with this crate.

/// Files that become part of the program, as pairs of path and text.
macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../", $path)))),*]
    };
}

/// Rule files and scripts.
pub(crate) const RULES: &[(&str, &str)] =
    embedded!["rules/grow.yaml", "rules/manage.rhai", "rules/manage.yaml",];

/// The example firm.
pub(crate) const FIRM: (&str, &str) = (
    "fixtures/firm.yaml",
    include_str!("../../fixtures/firm.yaml"),
);

/// The JSON Schemas that the first lines of the files name.
pub(crate) const SCHEMAS: &[(&str, &str)] = embedded![
    "rules/firm.schema.json",
    "rules/fixture.schema.json",
    "rules/properties.schema.json",
    "rules/rulebook.schema.json",
];

/// Fixture suites, and the firms that they ask about.
pub(crate) const FIXTURES: &[(&str, &str)] = embedded![
    "fixtures/before_any_rule.yaml",
    "fixtures/broken/conflict_about_a_person.yaml",
    "fixtures/broken/conflict_of_the_rules.yaml",
    "fixtures/broken/disabled_primary_subscriber.yaml",
    "fixtures/broken/empty_value.yaml",
    "fixtures/broken/no_grow_level.yaml",
    "fixtures/broken/no_primary_subscriber.yaml",
    "fixtures/broken/role_listed_twice.yaml",
    "fixtures/broken/role_of_the_other_product.yaml",
    "fixtures/broken/same_id_twice.yaml",
    "fixtures/broken/two_grow_levels.yaml",
    "fixtures/broken/two_primary_subscribers.yaml",
    "fixtures/broken/unknown_key.yaml",
    "fixtures/broken/unknown_product.yaml",
    "fixtures/broken/unknown_role.yaml",
    "fixtures/broken/unknown_setting.yaml",
    "fixtures/broken/unknown_value.yaml",
    "fixtures/broken/value_of_the_other_setting.yaml",
    "fixtures/broken_firms.yaml",
    "fixtures/firm.yaml",
    "fixtures/first_draft/grow.yaml",
    "fixtures/first_draft/manage.yaml",
    "fixtures/firms/handed_on.yaml",
    "fixtures/firms/in_spring.yaml",
    "fixtures/firms/intake_only.yaml",
    "fixtures/firms/lindqvist.yaml",
    "fixtures/firms/own_policy.yaml",
    "fixtures/firms_that_choose_otherwise.yaml",
    "fixtures/grow_areas.yaml",
    "fixtures/grow_levels.yaml",
    "fixtures/grow_without_manage.yaml",
    "fixtures/manage_accounts.yaml",
    "fixtures/manage_administration.yaml",
    "fixtures/manage_after_a_transfer.yaml",
    "fixtures/manage_billing.yaml",
    "fixtures/manage_bulk.yaml",
    "fixtures/manage_everyday_work.yaml",
    "fixtures/manage_firm_feed.yaml",
    "fixtures/manage_grants.yaml",
    "fixtures/manage_matters.yaml",
    "fixtures/manage_people.yaml",
    "fixtures/manage_rates_and_hours.yaml",
    "fixtures/manage_reports.yaml",
    "fixtures/manage_transfer.yaml",
    "fixtures/manage_visibility_changes.yaml",
    "fixtures/questions.yaml",
    "fixtures/questions_that_cannot_be_asked.yaml",
    "fixtures/what_a_firm_should_be.yaml",
    "fixtures/what_is_different.yaml",
];

#[cfg(test)]
mod tests;
