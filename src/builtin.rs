//! The rulebooks, the example firm and the fixtures that come with this crate.

/// Rule files and scripts, as pairs of file name and text.
pub(crate) const RULES: &[(&str, &str)] = &[
    ("rules/grow.yaml", include_str!("../rules/grow.yaml")),
    ("rules/manage.rhai", include_str!("../rules/manage.rhai")),
    ("rules/manage.yaml", include_str!("../rules/manage.yaml")),
];

/// The example firm.
pub(crate) const FIRM: (&str, &str) = ("fixtures/firm.yaml", include_str!("../fixtures/firm.yaml"));
