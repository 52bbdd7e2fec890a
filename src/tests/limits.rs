//! Every limit: what reaches it exactly is accepted, and what is one over is refused by name.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use crate::{Bulk, Change, Firm, Limits, LoadError, Loader, Rulebook};

mod attempts;

use attempts::{CASES, Try, scripted};

const DOOR: &str = include_str!("../../tests/cases/loads/a_small_rulebook/rules/door.yaml");

/// Those that are proved elsewhere, and where.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "difference_states",
        include_str!("../analyse/difference/tests/mod.rs"),
        "a_difference_that_is_cut_off_says_so",
    ),
    (
        "mutation_time",
        include_str!("../testing/mutation/tests.rs"),
        "mutants_without_time_or_states_are_counted_and_never_called_caught",
    ),
    (
        "search_time",
        include_str!("../budget/tests.rs"),
        "time_ends_a_search_whether_it_takes_states_or_not",
    ),
    (
        "difference_rounds",
        include_str!("../analyse/firm_difference/tests/growth.rs"),
        "rounds_end_at_their_limit_and_what_is_left_is_counted",
    ),
    (
        "review_users",
        include_str!("../analyse/review/tests/some.rs"),
        "what_cannot_be_reviewed",
    ),
    (
        "thing_rows",
        include_str!("things/compared.rs"),
        "what_is_not_compared_is_said",
    ),
    (
        "errors",
        include_str!("limits.rs"),
        "a_file_is_not_read_beyond_its_errors",
    ),
    (
        "script_operations",
        include_str!("limits.rs"),
        "operations_are_counted_for_a_run_and_for_all",
    ),
    (
        "script_run_operations",
        include_str!("limits.rs"),
        "operations_are_counted_for_a_run_and_for_all",
    ),
    (
        "plan_states",
        include_str!("../analyse/how_can/tests/limits.rs"),
        "a_search_that_is_cut_off_says_so",
    ),
    (
        "plan_steps",
        include_str!("../analyse/how_can/tests/limits.rs"),
        "limits_of_plans_are_kept",
    ),
    (
        "plans",
        include_str!("../analyse/how_can/tests/limits.rs"),
        "limits_of_plans_are_kept",
    ),
    (
        "table_cells",
        include_str!("limits.rs"),
        "where_a_table_would_be_too_large_its_tree_answers_alike",
    ),
    (
        "line_bytes",
        include_str!("../../tests/cli/lines.rs"),
        "a_line_is_bounded_to_the_byte",
    ),
    (
        "name_steps",
        include_str!("../../tests/cli/lines.rs"),
        "a_flood_of_unknown_names_gets_help_at_its_start_alone_whoever_answers_it",
    ),
];

/// The least value of a limit within which something is accepted.
fn least(name: &str, place: fn(&mut Limits) -> &mut usize, attempt: Try) -> usize {
    let accepts = |value: usize| {
        let mut limits = Limits::DEFAULT;
        *place(&mut limits) = value;
        attempt(&limits).is_ok()
    };
    let (mut refused, mut accepted) = (0, 1);
    while !accepts(accepted) {
        (refused, accepted) = (accepted, accepted * 2);
        assert!(accepted < 1 << 20, "{name} is never accepted");
    }
    while accepted - refused > 1 {
        let middle = refused + (accepted - refused) / 2;
        if accepts(middle) {
            accepted = middle
        } else {
            refused = middle
        }
    }
    accepted
}

#[test]
fn each_limit_is_kept_to_the_last_unit() {
    for (name, place, attempt, expected, code) in CASES {
        let least = least(name, *place, *attempt);
        assert!(
            expected.is_none_or(|expected| expected == least),
            "{name} takes {least}"
        );
        assert!(least > 1, "{name} has no value that refuses");
        let mut limits = Limits::DEFAULT;
        *place(&mut limits) = least - 1;
        assert_eq!(
            attempt(&limits),
            Err((*code).to_owned()),
            "{name} of {}",
            least - 1
        );
    }
}

/// The codes that this test gives.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    CASES.iter().map(|(.., code)| *code)
}

#[test]
fn every_limit_is_proved() {
    let shown = format!("{:?}", Limits::DEFAULT);
    let fields = shown.trim_start_matches("Limits { ").split(", ");
    let fields: BTreeSet<&str> = fields
        .map(|field| field.split(':').next().unwrap())
        .collect();
    let mut proved: BTreeSet<&str> = CASES.iter().map(|(name, ..)| *name).collect();
    for (name, file, test) in ELSEWHERE {
        assert!(
            file.contains(&format!("fn {test}()")),
            "there is no test {test} for {name}"
        );
        proved.insert(name);
    }
    assert_eq!(fields, proved);
}

#[test]
fn a_file_is_not_read_beyond_its_errors() {
    let limits = Limits {
        errors: 3,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_texts([("door.yaml", DOOR)])
        .unwrap();
    let wrong = |users: usize| {
        let users = "  - id: ada\n    door: {roles: [owmer]}\n".repeat(users);
        let error = Firm::from_text(&rulebook, "firm.yaml", &format!("firm: F\nusers:\n{users}"))
            .unwrap_err();
        error.findings().errors()
    };
    assert_eq!(
        (wrong(1), wrong(2)),
        (1, 3),
        "a role and an id that stands twice"
    );
    assert!(wrong(500) < 8, "{}", wrong(500));
}

#[test]
fn operations_are_counted_for_a_run_and_for_all() {
    let attempt = |run: u64, all: u64| {
        let limits = Limits {
            script_run_operations: run,
            script_operations: all,
            ..Limits::DEFAULT
        };
        scripted(&limits)
    };
    let all = Limits::DEFAULT.script_operations;
    let least = |accepts: &dyn Fn(u64) -> bool| (1..100_000).find(|value| accepts(*value)).unwrap();
    let one_run = least(&|run| attempt(run, all).is_ok());
    assert_eq!(
        attempt(one_run - 1, all),
        Err("script-too-many-operations".to_owned())
    );
    let all_runs = least(&|all| attempt(one_run, all).is_ok());
    assert_eq!(
        attempt(one_run, all_runs - 1),
        Err("script-too-many-operations".to_owned())
    );
    assert!(
        all_runs > one_run,
        "all runs take {all_runs}, one takes {one_run}"
    );
}

#[test]
fn where_a_table_would_be_too_large_its_tree_answers_alike() {
    let limits = Limits {
        table_cells: 1,
        ..Limits::DEFAULT
    };
    let texts = || crate::load::builtin::RULES.iter().copied();
    let walked = Firm::example(
        &Loader::new()
            .limits(&limits)
            .rulebook_from_texts(texts())
            .unwrap(),
    )
    .unwrap();
    let looked_up = Firm::example(&Rulebook::from_texts(texts()).unwrap()).unwrap();
    for user in looked_up.users() {
        for action in [
            "create_bill",
            "view_firm_feed",
            "view_others_billing_rates",
            "open_matter",
        ] {
            let question = crate::Question::new(user, action);
            let [one, other] = [&walked, &looked_up]
                .map(|firm| serde_json::to_string(&firm.ask(&question).unwrap()).unwrap());
            assert_eq!(one, other);
        }
    }
}
