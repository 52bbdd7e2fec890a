use std::collections::BTreeSet;

use super::*;
use crate::tests::{cases, hostile, limits};
use pretty_assertions::assert_eq;

mod documented;
mod nearest;

const ANSWER: &str = include_str!("../answer/tests/unasked.rs");
const APPLIED: &str = include_str!("../change/applied/tests.rs");
const OF_THINGS: &str = include_str!("../tests/things/changes.rs");
const CHANGE: &str = include_str!("../change/tests/unasked.rs");
const FIRM: &str = include_str!("../firm/tests.rs");
const SIMULATED: &str = include_str!("../analyse/tests/simulated.rs");
const WHERE_CAN: &str = include_str!("../analyse/tests/where_can.rs");
const IDLE: &str = include_str!("../analyse/idle/tests.rs");
const PROVE: &str = concat!(
    include_str!("../analyse/prove/tests.rs"),
    include_str!("../analyse/prove/tests/bounds.rs"),
    include_str!("../analyse/prove/tests/decisions.rs"),
    include_str!("../analyse/prove/tests/files.rs"),
    include_str!("../analyse/prove/tests/large.rs"),
    include_str!("../analyse/prove/tests/of_nothing.rs"),
    include_str!("../analyse/prove/tests/sequences.rs"),
    include_str!("../analyse/prove/tests/smallest.rs"),
);

const REVIEW: &str = include_str!("../analyse/review/tests/some.rs");

#[cfg(feature = "protocol")]
const PROTOCOL: &str = include_str!("../protocol/tests/mod.rs");
const FAILING: &str = include_str!("../testing/fixture/tests/failing/questions.rs");
const THINGS: &str = include_str!("../tests/things.rs");
const LIBRARY: &str = include_str!("../tests/hostile.rs");

/// Codes that no rule or firm file gives: the test that proves each, by its file and name.
const IN_TESTS: &[(&str, &str, &str)] = &[
    (
        "ambiguous-thing",
        THINGS,
        "names_without_a_kind_say_which_kinds_have_them",
    ),
    (
        "missing-thing",
        THINGS,
        "names_without_a_kind_say_which_kinds_have_them",
    ),
    (
        "unknown-columns",
        include_str!("../analyse/overview/matrix/tests.rs"),
        "what_columns_cannot_stand_for_is_named",
    ),
    (
        "advice-unmet",
        include_str!("../answer/advice/tests.rs"),
        "whoever_gets_the_replies_is_enabled_and_bills",
    ),
    (
        "dormant-roles",
        include_str!("../analyse/warnings/tests.rs"),
        "every_warning_stands_where_its_user_does",
    ),
    (
        "dormant-entries",
        include_str!("../tests/things/disabled.rs"),
        "whoever_would_be_let_in_once_enabled_is_named",
    ),
    #[cfg(feature = "protocol")]
    (
        "unknown-source",
        PROTOCOL,
        "a_source_is_loaded_by_name_or_brought_along",
    ),
    #[cfg(feature = "protocol")]
    (
        "not-one-text",
        PROTOCOL,
        "a_source_is_loaded_by_name_or_brought_along",
    ),
    #[cfg(feature = "protocol")]
    (
        "not-one-change",
        PROTOCOL,
        "a_change_of_a_simulation_is_exactly_one",
    ),
    (
        "difference-cut-off",
        FAILING,
        "a_question_that_is_cut_off_is_a_failure",
    ),
    ("review-too-large", REVIEW, "what_cannot_be_reviewed"),
    (
        "ambiguous-product",
        ANSWER,
        "a_name_that_several_products_know_needs_the_product",
    ),
    ("missing-target", ANSWER, "questions_that_cannot_be_asked"),
    (
        "unexpected-target",
        ANSWER,
        "questions_that_cannot_be_asked",
    ),
    (
        "no-targets",
        WHERE_CAN,
        "where_an_action_is_done_to_nobody_there_is_nothing_to_list",
    ),
    ("missing-fact", ANSWER, "questions_that_cannot_be_asked"),
    ("duplicate-fact", ANSWER, "questions_that_cannot_be_asked"),
    ("unknown-user", ANSWER, "questions_that_cannot_be_asked"),
    ("unknown-action", ANSWER, "questions_that_cannot_be_asked"),
    ("unknown-fact", ANSWER, "questions_that_cannot_be_asked"),
    (
        "foreign-handle",
        include_str!("../answer/tests/handles.rs"),
        "foreign_handles_are_refused",
    ),
    (
        "not-in-state",
        include_str!("../load/firm/firm_edit/tests.rs"),
        "a_handle_of_one_branch_is_nobody_in_another",
    ),
    (
        "stale-verdict",
        APPLIED,
        "a_verdict_counts_for_the_state_it_was_given_in",
    ),
    (
        "rejected-verdict",
        APPLIED,
        "a_verdict_counts_for_the_state_it_was_given_in",
    ),
    ("missing-argument", CHANGE, "changes_that_cannot_be_asked"),
    (
        "unexpected-argument",
        CHANGE,
        "changes_that_cannot_be_asked",
    ),
    ("role-not-granted", CHANGE, "changes_that_cannot_be_asked"),
    (
        "setting-not-changed",
        CHANGE,
        "changes_that_cannot_be_asked",
    ),
    ("unknown-group", OF_THINGS, "changes_that_cannot_be_asked"),
    (
        "list-not-changed",
        OF_THINGS,
        "changes_that_cannot_be_asked",
    ),
    ("group-in-itself", OF_THINGS, "changes_that_cannot_be_asked"),
    (
        "several-files",
        include_str!("../load/firm/edit_things/tests.rs"),
        "what_stands_in_several_files_is_not_written",
    ),
    ("no-bulk", CHANGE, "bulk_changes_that_cannot_be_asked"),
    ("empty-bulk", CHANGE, "bulk_changes_that_cannot_be_asked"),
    (
        "bulk-too-large",
        CHANGE,
        "bulk_changes_that_cannot_be_asked",
    ),
    (
        "bulk-part-not-allowed",
        CHANGE,
        "bulk_changes_that_cannot_be_asked",
    ),
    ("no-change-does", SIMULATED, "changes_that_cannot_be_found"),
    (
        "several-changes-do",
        SIMULATED,
        "changes_that_cannot_be_found",
    ),
    (
        "empty-simulation",
        SIMULATED,
        "changes_that_cannot_be_found",
    ),
    ("cannot-read", FIRM, "files_that_cannot_be_read_or_written"),
    ("cannot-write", FIRM, "files_that_cannot_be_read_or_written"),
    (
        "changed-meanwhile",
        FIRM,
        "files_that_cannot_be_read_or_written",
    ),
    ("edit-failed", FIRM, "files_that_cannot_be_read_or_written"),
    (
        "idle-parts-cut-off",
        IDLE,
        "a_search_that_is_cut_off_says_so",
    ),
    (
        "property-not-decided",
        PROVE,
        "what_is_cut_off_is_not_decided_and_the_others_are_proven_all_the_same",
    ),
    (
        "property-vacuous",
        PROVE,
        "a_property_of_nothing_is_warned_of_at_its_place",
    ),
    (
        "property-broken",
        PROVE,
        "a_broken_property_of_a_rule_file_is_a_finding_with_its_place",
    ),
    (
        "property-twice",
        PROVE,
        "a_file_of_properties_has_ids_of_its_own",
    ),
    (
        "file-apart",
        include_str!("../load/firm/thing_file/tests.rs"),
        "only_files_in_the_folder_of_the_firm_are_read",
    ),
    (
        "too-many-files",
        LIBRARY,
        "tighter_limits_are_named_when_they_are_met",
    ),
];

/// Codes that only the program gives, and the tests of the program that expect them.
const IN_PROGRAM: &[(&str, &str)] = &[
    ("no-test-bench", include_str!("../protocol/tests/suites.rs")),
    ("output-in-use", include_str!("../../tests/cli/outputs.rs")),
    ("stream-in-use", include_str!("../../tests/cli/outputs.rs")),
    ("would-overwrite", include_str!("../../tests/cli/init.rs")),
    ("cannot-create", include_str!("../../tests/cli/init.rs")),
    (
        "example-does-not-fit",
        include_str!("../../tests/cli/can.rs"),
    ),
    ("no-firm-file", include_str!("../../tests/cli/write.rs")),
    ("unknown-code", include_str!("../../tests/cli/explain.rs")),
    (
        "nothing-is-applied",
        include_str!("../../tests/cli/apply.rs"),
    ),
    ("wrong-words", include_str!("../../tests/cli/change.rs")),
    ("line-too-long", include_str!("../../tests/cli/lines.rs")),
    ("not-csv", include_str!("../../tests/cli/csv.rs")),
    ("not-json", include_str!("../../tests/cli/lines.rs")),
    ("not-one-question", include_str!("../../tests/cli/lines.rs")),
    ("unknown-question", include_str!("../../tests/cli/lines.rs")),
    ("unknown-version", include_str!("../../tests/cli/lines.rs")),
    ("wrong-type", include_str!("../../tests/cli/lines.rs")),
];

#[test]
fn every_code_is_given_by_a_case_or_a_test() {
    let mut given = cases::codes_of_cases();
    given.extend(hostile::CODES);
    given.extend(limits::codes());
    for (code, file, test) in IN_TESTS {
        let Some((_, test)) = file.split_once(&format!("fn {test}()")) else {
            panic!("there is no test {test} for {code}");
        };
        let test = test.split("\n}\n").next().unwrap_or_default();
        assert!(expects(test, code), "{code} is not in its test");
        given.insert(code);
    }
    for (code, tests) in IN_PROGRAM {
        assert!(expects(tests, code), "{code} is not in its tests");
        given.insert(code);
    }
    // Those about fixtures are proved beside the code that runs fixtures.
    given.extend(fixture::CODES.iter().map(|code| code.name()));
    let all: BTreeSet<&str> = Code::all().map(Code::name).collect();
    assert_eq!(given, all);
}

fn expects(test: &str, code: &str) -> bool {
    test.contains(&format!("\"{code}\""))
        || test.contains(&format!("[{code}]: "))
        || test.contains(&format!("[{code}]\""))
}

#[test]
fn the_reference_lists_what_can_never_matter() {
    let reference = include_str!("../../docs/rules.md");
    let (_, chapter) = reference
        .split_once("\n## What `check` warns of\n")
        .unwrap();
    let chapter = chapter.split("\n## ").next().unwrap();
    for code in idle::CODES {
        assert!(chapter.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn codes_are_unique_and_found_by_name() {
    let names: Vec<&str> = Code::all().map(Code::name).collect();
    let unique: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), unique.len());
    for name in names {
        assert_eq!(Code::find(name).unwrap().name(), name);
        let is_kebab = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        assert!(name.split('-').all(is_kebab), "{name}");
    }
    assert_eq!(Code::find("no-such-code"), None);
}

#[test]
fn every_code_sounds_like_the_others() {
    for code in Code::all() {
        let line = |text: &str| {
            assert!(!text.trim().is_empty(), "{code} says nothing");
            assert!(!text.ends_with(['.', '!', ' ']), "{code}: {text}");
            assert!(
                !text.starts_with(|c: char| c.is_uppercase() || c == ' '),
                "{code}: {text}"
            );
            assert!(sounds_plain(text), "{code}: {text}");
        };
        line(code.text());
        code.help().into_iter().for_each(line);
        let explanation = code.explanation();
        assert!(
            explanation.len() > 40 && explanation.ends_with('.'),
            "{code}: {explanation}"
        );
        assert!(
            explanation.starts_with(|c: char| c.is_uppercase() || c == '`'),
            "{code}: {explanation}"
        );
        assert!(sounds_plain(explanation), "{code}: {explanation}");
        assert_ne!(explanation.trim_end_matches('.'), code.text());
    }
}

#[test]
fn what_does_not_sound_plain_is_noticed() {
    assert!(sounds_plain("there is no role `{0}` in {1}"));
    for wrong in [
        "no `role",
        "two\nlines",
        "an Option<Text>",
        "a String stands",
        "expected u32",
        "RoleId(3)",
    ] {
        assert!(!sounds_plain(wrong), "{wrong}");
    }
}

/// One line, backticks in pairs, and no word that only a Rust programmer knows.
fn sounds_plain(text: &str) -> bool {
    const TYPES: &[&str] = &[
        "String", "Vec", "Option", "usize", "u32", "u64", "i64", "INT", "Dynamic", "struct", "enum",
    ];
    let outside = text.split('`').step_by(2).collect::<String>();
    let words: Vec<&str> = outside
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    let is_camel = |word: &&str| {
        word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
    };
    text.matches('`').count().is_multiple_of(2)
        && !text.contains('\n')
        && !words.iter().any(|word| TYPES.contains(word))
        && !words.iter().filter(|word| **word != "JUnit").any(is_camel)
        && !outside.contains("::")
        && !outside.contains('<')
}

#[test]
fn placeholders_are_filled_once_whatever_the_words_hold() {
    let code = Code::find("unknown-role").unwrap();
    let words: [&dyn fmt::Display; 2] = [&"{1}", &"Door"];
    assert_eq!(code.message(&words), "there is no role `{1}` in Door");
    let long = "x".repeat(500);
    let words: [&dyn fmt::Display; 2] = [&"two\nlines", &long];
    let message = code.message(&words);
    assert!(
        message.starts_with("there is no role `two\u{fffd}lines` in xxx"),
        "{message}"
    );
    assert!(
        message.ends_with('…') && message.chars().count() < 250,
        "{message}"
    );
}

#[test]
fn findings_are_kept_up_to_a_hundred_and_counted_beyond() {
    let mut findings = Findings::new();
    for n in 0..150 {
        let code = Code::find(if n % 2 == 0 {
            "unknown-role"
        } else {
            "unused-section"
        })
        .unwrap();
        findings.push(Finding::new(code, None, &[&n, &"Door"]));
    }
    assert_eq!(findings.iter().count(), Findings::KEPT);
    assert_eq!(
        (findings.beyond(), findings.errors(), findings.warnings()),
        (50, 75, 75)
    );
    assert!(findings.has_errors() && !findings.is_empty());
    assert!(findings.to_string().ends_with("\nand 50 more"));
}
