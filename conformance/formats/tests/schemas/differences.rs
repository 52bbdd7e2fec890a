//! Where schema and program differ, and why that is right.

use clio_rules::SchemaKind;

use crate::changes::ChangedFile;

/// Codes of what a schema can see: a file that the program refuses for one of them, the schema refuses as well.
pub(crate) const SHAPES: &[&str] = &[
    "unknown-key",
    "missing-key",
    "empty-value",
    "expected-text",
    "expected-flag",
    "expected-list",
    "expected-map",
    "unknown-word",
];

/// A kind of change of which schema and program say different things.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) kind: SchemaKind,
    /// Whether the schema accepts it, and the program refuses.
    schema_accepts: bool,
    /// How the path to it ends.
    path: &'static str,
    /// Part of what is different, in words.
    what: &'static str,
    /// Why.
    pub(crate) why: &'static str,
}

impl Difference {
    pub(crate) fn is_met(
        &self,
        kind: SchemaKind,
        changed: &ChangedFile,
        schema_accepts: bool,
    ) -> bool {
        self.kind == kind
            && self.schema_accepts == schema_accepts
            && changed.path.ends_with(self.path)
            && changed.what.contains(self.what)
    }
}

/// The schema accepts, and the program refuses.
const fn looser(
    kind: SchemaKind,
    path: &'static str,
    what: &'static str,
    why: &'static str,
) -> Difference {
    Difference {
        kind,
        schema_accepts: true,
        path,
        what,
        why,
    }
}

/// The schema refuses, and the program accepts.
const fn stricter(
    kind: SchemaKind,
    path: &'static str,
    what: &'static str,
    why: &'static str,
) -> Difference {
    Difference {
        kind,
        schema_accepts: false,
        path,
        what,
        why,
    }
}

const PERSON: &str = "besides `user` and `target` it may name an argument of the change, which has a name that the author chose";
const BY_KIND: &str = "which words can stand there depends on `kind`, and on whether it is about an action or a change";
const OF_SUITE: &str = "it stands in the suite or in each test; a schema that says so would tell editors to complete neither";
const ONE_WORD: &str = "of roles there can be none, and a setting has a value: the schema does not know which of the keys are settings";

const KIND: &str = "beside `user` the target is a kind of thing, which has a name that the author chose under `things`";

const COUNT: &str = "how many there are is a number, which the program also reads between quotes; the schema takes any text";

pub(crate) const DIFFERENCES: &[Difference] = &[
    looser(SchemaKind::Rulebook, "/does/#/to", "", PERSON),
    looser(SchemaKind::Rulebook, "/does/#/from", "", PERSON),
    looser(SchemaKind::Rulebook, "/does/#/of", "", PERSON),
    looser(SchemaKind::Rulebook, "/target", "", KIND),
    looser(SchemaKind::Rulebook, "/things", "", KIND),
    looser(SchemaKind::Fixture, "/from", "", BY_KIND),
    looser(SchemaKind::Fixture, "/to", "", BY_KIND),
    looser(SchemaKind::Fixture, "", " loses product", OF_SUITE),
    looser(SchemaKind::Fixture, "", " loses firm", OF_SUITE),
    looser(SchemaKind::Fixture, "/*", "becomes []", ONE_WORD),
    looser(SchemaKind::Fixture, "", "/review/", COUNT),
    stricter(
        SchemaKind::Firm,
        "/receives_bill_reminder_replies",
        "becomes \"true\"",
        "a quoted `true` is the same word for the program; editors should offer the one without quotes",
    ),
];
