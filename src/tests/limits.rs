//! Every limit: what reaches it exactly is accepted, and what is one over is refused by name.

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use crate::{Bulk, Change, Firm, Limits, LoadError, Loader, Rulebook};

const DOOR: &str = include_str!("../../tests/cases/loads/a_small_rulebook/rules/door.yaml");
const SCRIPT: &str =
    "fn opens() { let a = user.guest; let b = user.owner; ours(a, b) }\nfn ours(a, b) { a == b }\n";
const FIRM: &str = "firm: Three\nusers:\n  - id: ada\n    door: {roles: [owner]}\n  - id: ben\n    door: {}\n  - id: cyd\n";
/// With a tab in it, so that it is looked at closely.
const ODD: &str = "firm: Three\t# here\nusers:\n  - id: ada\n    door: {roles: [owner]}\n  - id: ben\n    door: {}\n  - id: cyd\n";
const SUITE: &str =
    "suite: Ours\ntests:\n  - test: It loads\n    load: firm.yaml\n    findings: []\n";

/// Tries something within limits: the name of the code that refuses it.
type Try = fn(&Limits) -> Result<(), String>;

/// A limit by its name, its place, what is tried, the least that it takes where that is known, and what refuses less.
type Case = (
    &'static str,
    fn(&mut Limits) -> &mut usize,
    Try,
    Option<usize>,
    &'static str,
);

fn code(error: &LoadError) -> String {
    let first = error.findings().iter().next().unwrap();
    first.code().name().to_owned()
}

fn rules(condition: &str, script: Option<&str>, limits: &Limits) -> Result<Rulebook, String> {
    let rule = format!("allow: everyone\n    when: {condition}\n    because: The door stays shut");
    let text = DOOR.replacen("allow: owner", &rule, 1);
    let script = script.map(|text| ("door.rhai", text));
    Loader::new()
        .limits(limits)
        .rulebook_from_texts([("door.yaml", text.as_str())].into_iter().chain(script))
        .map_err(|error| code(&error))
}

fn door(limits: &Limits) -> Result<(), String> {
    Loader::new()
        .limits(limits)
        .rulebook_from_texts([("door.yaml", DOOR)])
        .map(drop)
        .map_err(|error| code(&error))
}

fn proof(limits: &Limits) -> Result<(), String> {
    let promise = "properties:\n  owners_open:\n    title: Owners open\n    whoever: {can: open}\n    holds: owner\n    \
                   basis: stated\n    section: doors\n";
    let text = format!("{DOOR}{promise}");
    let rulebook = Loader::new()
        .limits(limits)
        .rulebook_from_texts([("door.yaml", text.as_str())]);
    let proof = rulebook.map_err(|error| code(&error))?.prove();
    match proof
        .properties
        .iter()
        .find_map(|one| one.undecided.as_ref())
    {
        Some(undecided) => Err(undecided.code.clone()),
        None => Ok(()),
    }
}

fn scripted(limits: &Limits) -> Result<(), String> {
    rules("opens()", Some(SCRIPT), limits).map(drop)
}

fn firm(text: &str, limits: &Limits) -> Result<(), String> {
    // The rules are within all limits: only the firm meets them.
    let rulebook = Loader::new()
        .limits(&of_firms(limits))
        .rulebook_from_texts([("door.yaml", DOOR)])
        .map_err(|error| code(&error))?;
    Firm::from_text(&rulebook, "firm.yaml", text)
        .map(drop)
        .map_err(|error| code(&error))
}

/// The limits that only firms meet.
fn of_firms(limits: &Limits) -> Limits {
    Limits {
        firm_bytes: limits.firm_bytes,
        firm_events: limits.firm_events,
        events_per_user: limits.events_per_user,
        users: limits.users,
        bulk_parts: limits.bulk_parts,
        ..Limits::DEFAULT
    }
}

fn folder(limits: &Limits) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("door.yaml", DOOR), ("door.rhai", SCRIPT)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    Loader::new()
        .limits(limits)
        .rulebook_from_folder(folder.path())
        .map(drop)
        .map_err(|error| code(&error))
}

fn suite(limits: &Limits) -> Result<(), String> {
    Loader::new()
        .limits(limits)
        .suites_from_texts([("suite.yaml", SUITE), ("firm.yaml", FIRM)])
        .map(drop)
        .map_err(|error| code(&error))
}

fn shipped(limits: &Limits) -> Result<Rulebook, String> {
    Loader::new()
        .limits(limits)
        .rulebook_from_texts(crate::load::builtin::RULES.iter().copied())
        .map_err(|error| code(&error))
}

fn bulk(limits: &Limits) -> Result<(), String> {
    let firm = Firm::example(&shipped(limits)?).unwrap();
    let grant = |role| Change::new("tomas", "grant").role(role).target("wren");
    let bulk = Bulk::new("tomas")
        .part(grant("billing"))
        .part(grant("reports"));
    firm.judge_bulk(&bulk)
        .map(drop)
        .map_err(|error| error.code().name().to_owned())
}

const CASES: &[Case] = &[
    (
        "proof_states",
        |limits| &mut limits.proof_states,
        proof,
        Some(2),
        "property-not-decided",
    ),
    (
        "rule_file_bytes",
        |limits| &mut limits.rule_file_bytes,
        door,
        Some(DOOR.len()),
        "file-too-large",
    ),
    (
        "script_bytes",
        |limits| &mut limits.script_bytes,
        scripted,
        Some(SCRIPT.len()),
        "file-too-large",
    ),
    (
        "fixture_bytes",
        |limits| &mut limits.fixture_bytes,
        suite,
        Some(SUITE.len()),
        "file-too-large",
    ),
    (
        "firm_bytes",
        |limits| &mut limits.firm_bytes,
        |limits| firm(FIRM, limits),
        Some(FIRM.len()),
        "file-too-large",
    ),
    (
        "files",
        |limits| &mut limits.files,
        folder,
        Some(2),
        "too-many-files",
    ),
    ("depth", |limits| &mut limits.depth, door, None, "too-deep"),
    (
        "events",
        |limits| &mut limits.events,
        door,
        None,
        "too-many-events",
    ),
    (
        "events_per_user",
        |limits| &mut limits.events_per_user,
        |limits| firm(FIRM, limits),
        None,
        "too-many-events",
    ),
    (
        "firm_events",
        |limits| &mut limits.firm_events,
        |limits| firm(ODD, limits),
        None,
        "too-many-events",
    ),
    (
        "users",
        |limits| &mut limits.users,
        |limits| firm(FIRM, limits),
        Some(3),
        "too-many-users",
    ),
    (
        "text_bytes",
        |limits| &mut limits.text_bytes,
        door,
        None,
        "text-too-long",
    ),
    (
        "script_functions",
        |limits| &mut limits.script_functions,
        scripted,
        Some(2),
        "script-too-large",
    ),
    (
        "script_variables",
        |limits| &mut limits.script_variables,
        scripted,
        None,
        "script-too-large",
    ),
    (
        "script_string_bytes",
        |limits| &mut limits.script_string_bytes,
        |limits| shipped(limits).map(drop),
        None,
        "script-too-large",
    ),
    (
        "script_elements",
        |limits| &mut limits.script_elements,
        |limits| rules("1 in [1, 2, 3] && user.owner", None, limits).map(drop),
        Some(3),
        "script-too-large",
    ),
    (
        "paths",
        |limits| &mut limits.paths,
        scripted,
        None,
        "too-many-paths",
    ),
    (
        "bulk_parts",
        |limits| &mut limits.bulk_parts,
        bulk,
        Some(2),
        "bulk-too-large",
    ),
    (
        "difference_ways",
        |limits| &mut limits.difference_ways,
        |limits| {
            let of_firms = kinds_of_people(limits);
            let of_rules = ways_to_differ(limits);
            of_firms.and(of_rules)
        },
        None,
        "difference-too-large",
    ),
];

/// Three kinds of people, one of whom is altered: who may do what to whom is worked out for each pair of kinds.
fn kinds_of_people(limits: &Limits) -> Result<(), String> {
    let rulebook = shipped(limits)?;
    let firm = |role: &str| {
        let people = [
            ("ada", "primary_subscriber"),
            ("ben", role),
            ("cid", "billing"),
        ];
        let users = people
            .map(|(id, role)| crate::User::new(id).seat(crate::Seat::new("manage").role(role)));
        Firm::of_users(&rulebook, "Three", users).map_err(|error| code(&error))
    };
    let difference = firm("administrator")?.difference(&firm("accounts")?);
    difference
        .map(drop)
        .map_err(|error| error.code().name().to_owned())
}

/// Rules that differ for some: the ways to where they do, and to where they do not.
fn ways_to_differ(limits: &Limits) -> Result<(), String> {
    let new = rules("user.guest != user.owner", None, limits)?;
    let old = Loader::new()
        .limits(limits)
        .rulebook_from_texts([("door.yaml", DOOR)]);
    let old = old.map_err(|error| code(&error))?;
    let difference = old.difference(&new);
    difference
        .map(drop)
        .map_err(|error| error.code().name().to_owned())
}

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
        include_str!("../analyse/review/tests.rs"),
        "what_cannot_be_reviewed",
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
        include_str!("../analyse/how_can/tests.rs"),
        "a_search_that_is_cut_off_says_so",
    ),
    (
        "plan_steps",
        include_str!("../analyse/how_can/tests.rs"),
        "limits_of_plans_are_kept",
    ),
    (
        "plans",
        include_str!("../analyse/how_can/tests.rs"),
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
