//! Bounds on files, scripts and searches, in one structure that embedders can tighten.

use std::time::Duration;

use crate::budget::Budget;

/// Bounds on everything that a stranger can send. An input at its limit is accepted. An input one larger is refused, and the finding
/// names the limit.
///
/// | of | limits, with their defaults |
/// |---|---|
/// | files | `rule_file_bytes` 1 MiB, `script_bytes` 256 KiB, `fixture_bytes` 16 MiB (suites, and lists of changes), `firm_bytes` 1 GiB, `files` 1,000 |
/// | YAML | `depth` 64, `events` 400,000, `text_bytes` 4 MiB, `errors` 1,000 |
/// | firms | `users` 2,000,000, `things` 2,000,000, `memberships` 10,000,000, `events_per_user` 10,000, `firm_events` 5,000,000 |
/// | scripts | `script_functions` 1,000, `script_variables` 256, `script_string_bytes` 4 KiB, `script_elements` 1,000, `script_run_operations` 100,000, `script_operations` 20,000,000, `paths` 100,000 |
/// | changes | `bulk_parts` 100,000 |
/// | plans | `plan_states` 100,000, `plan_steps` 2, `plans` 50 |
/// | tables | `table_cells` 65,536; nothing is refused for it |
/// | proofs | `proof_states` 1,000,000 |
/// | reviews | `review_users` 5,000 |
/// | access to things | `thing_rows` 5,000; things behind them are counted |
/// | differences | `difference_ways` 4,096, `difference_states` 10,000,000, `difference_rounds` 64 |
/// | mutants | `mutation_time` 10 minutes for all of them together |
/// | searches | `search_time` 60 s for each: one plan, one property, one difference |
/// | `batch` | `line_bytes` 1 MiB, `name_steps` 3,000,000; behind those, no nearest name is searched for |
///
/// Give them to a [`Loader`](crate::Loader) or to [`Firm::check_yaml`](crate::Firm::check_yaml). Firms and bulk changes keep to the
/// limits of their rulebook.
///
/// Within them no file of 100 MB takes more than 200 MB of memory or 5 seconds, whatever is in it. A sound firm of a million
/// users may take more: most of it is the memory kept for each user. The nesting of a script (40 levels, 24 in
/// a function, 4 calls) is fixed, because the stack of the thread bounds it.
///
/// ```
/// use clio_rules::{Limits, Loader};
///
/// let tight = Limits { rule_file_bytes: 10, ..Limits::DEFAULT };
/// let refused = Loader::new().limits(&tight).rulebook_from_texts([("door.yaml", "product: door\n")]).unwrap_err();
/// assert!(refused.to_string().contains("file-too-large"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one rule file.
    pub rule_file_bytes: usize,
    /// Bytes of one script file.
    pub script_bytes: usize,
    /// Bytes of one fixture file.
    pub fixture_bytes: usize,
    /// Bytes of a firm file, which is streamed user by user.
    pub firm_bytes: usize,
    /// Files of one folder of rules or fixtures.
    pub files: usize,
    /// Levels of nesting in a YAML file.
    pub depth: usize,
    /// YAML events (keys, values, brackets) of one rule or fixture file. A list of changes may have as many as `bulk_parts` take.
    pub events: usize,
    /// YAML events of one user in a firm file.
    pub events_per_user: usize,
    /// YAML events of a firm file that is looked at closely, because something in it is wrong or not written as usual. A
    /// firm file of the usual layout is read in one sweep, whatever its length.
    pub firm_events: usize,
    /// Users of a firm.
    pub users: usize,
    /// Things of a firm, of all kinds together; a kind that several products have counts once for each.
    pub things: usize,
    /// Members of groups of a firm, counted anew for each group that the group they are in is in.
    pub memberships: usize,
    /// Bytes of one text in a YAML file, and of comments and blank lines between two.
    pub text_bytes: usize,
    /// Errors after which a file is not read any further.
    pub errors: usize,
    /// Functions of one script file.
    pub script_functions: usize,
    /// Variables of a script that are alive at one time.
    pub script_variables: usize,
    /// Operations of one run of a script; a condition of a rulebook takes a few dozen.
    pub script_run_operations: u64,
    /// Operations of all scripts of one load together.
    pub script_operations: u64,
    /// Bytes of one string inside a script.
    pub script_string_bytes: usize,
    /// Elements of one array or map inside a script.
    pub script_elements: usize,
    /// Paths through one condition, and nodes of one decision tree.
    pub paths: usize,
    /// Parts of one bulk change.
    pub bulk_parts: usize,
    /// Kinds of firm that are gone through in search of plans for one question; a search that takes more is cut off.
    pub plan_states: usize,
    /// Changes of a plan up to which every smallest set is listed. Where none is that small, all with the fewest changes are.
    pub plan_steps: usize,
    /// Plans of one answer; of more, the best are listed and the others counted.
    pub plans: usize,
    /// Cells of one decision table; where a table would be larger, its tree is walked instead.
    pub table_cells: usize,
    /// States that the proof of one property may look at; a property that takes more, and is not known to be broken by then, is
    /// not decided.
    pub proof_states: usize,
    /// Users of a firm whose access is reviewed.
    pub review_users: usize,
    /// Rows of one answer that say who may do what on which things. Things whose rows would come after these are only counted.
    pub thing_rows: usize,
    /// Ways through the decision trees of two rulebooks side by side, of one action or change, to one difference.
    pub difference_ways: usize,
    /// Paths through the decision trees of two rulebooks, side by side, that are looked at for one difference.
    pub difference_states: usize,
    /// How long all mutants of a rulebook may take together. Those left then are only counted.
    pub mutation_time: Duration,
    /// How long one search may take: for a plan, for the proof of one property, for a difference. What it found until then is
    /// shown, with the note that it was cut off.
    pub search_time: Duration,
    /// Rounds in which the steps between two states of a firm are looked for: each goes through everything that is left to
    /// alter. What is left after the last is counted, and the answer says so.
    pub difference_rounds: usize,
    /// Bytes of one line or record that the command line's `batch` answers.
    pub line_bytes: usize,
    /// Steps that all searches for the nearest names of unknown ones may take together in one run of the command line's `batch`.
    pub name_steps: usize,
}

impl Limits {
    /// The default limits.
    pub const DEFAULT: Self = Self {
        rule_file_bytes: 1 << 20,
        script_bytes: 256 << 10,
        fixture_bytes: 16 << 20,
        firm_bytes: 1 << 30,
        files: 1_000,
        depth: 64,
        events: 400_000,
        events_per_user: 10_000,
        firm_events: 5_000_000,
        users: 2_000_000,
        things: 2_000_000,
        memberships: 10_000_000,
        text_bytes: 4 << 20,
        errors: 1_000,
        script_functions: 1_000,
        script_variables: 256,
        script_run_operations: 100_000,
        script_operations: 20_000_000,
        script_string_bytes: 4 << 10,
        script_elements: 1_000,
        paths: 100_000,
        bulk_parts: 100_000,
        plan_states: 100_000,
        plan_steps: 2,
        plans: 50,
        table_cells: 1 << 16,
        proof_states: 1_000_000,
        review_users: 5_000,
        thing_rows: 5_000,
        difference_ways: 4_096,
        difference_states: 10_000_000,
        mutation_time: Duration::from_secs(600),
        search_time: Duration::from_secs(60),
        difference_rounds: 64,
        line_bytes: 1 << 20,
        name_steps: 3_000_000,
    };

    /// The budget of a search that begins now and may examine `states` states.
    pub(crate) fn budget(&self, states: usize) -> Budget {
        Budget::of(states, self.search_time)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
