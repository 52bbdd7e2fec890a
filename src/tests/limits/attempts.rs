//! What meets each limit.

use super::*;

const SCRIPT: &str =
    "fn opens() { let a = user.guest; let b = user.owner; ours(a, b) }\nfn ours(a, b) { a == b }\n";

const FIRM: &str = "firm: Three\nusers:\n  - id: ada\n    door: {roles: [owner]}\n  - id: ben\n    door: {}\n  - id: cyd\n";

/// With a tab in it, so that it is looked at closely.
const ODD: &str = "firm: Three\t# here\nusers:\n  - id: ada\n    door: {roles: [owner]}\n  - id: ben\n    door: {}\n  - id: cyd\n";
const GROUPS: &str = "firm: One\nusers:\n  - id: ada\n    door: {roles: [owner]}\ngroups:\n  all: some\n  some: ada\n";
const THINGS: &str = "firm: One\nusers:\n  - id: ada\n    door: {roles: [owner]}\nthings:\n  key:\n    - id: front\n    - id: back\n";
const SUITE: &str =
    "suite: Ours\ntests:\n  - test: It loads\n    load: firm.yaml\n    findings: []\n";

/// Tries something within limits: the name of the code that refuses it.
pub(super) type Try = fn(&Limits) -> Result<(), String>;

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

pub(super) fn scripted(limits: &Limits) -> Result<(), String> {
    rules("opens()", Some(SCRIPT), limits).map(drop)
}

fn firm(text: &str, limits: &Limits) -> Result<(), String> {
    firm_under(DOOR, text, limits)
}

fn firm_under(rules: &str, text: &str, limits: &Limits) -> Result<(), String> {
    // The rules are within all limits: only the firm meets them.
    let rulebook = Loader::new()
        .limits(&of_firms(limits))
        .rulebook_from_texts([("door.yaml", rules)])
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
        things: limits.things,
        memberships: limits.memberships,
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

pub(super) const CASES: &[Case] = &[
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
        "things",
        |limits| &mut limits.things,
        |limits| {
            firm_under(
                &format!("{DOOR}things:\n  key: {{ title: Key }}\n"),
                THINGS,
                limits,
            )
        },
        Some(2),
        "too-many-things",
    ),
    (
        "memberships",
        |limits| &mut limits.memberships,
        |limits| firm(GROUPS, limits),
        // `all` has one group, and through it one person; `some` has one person.
        Some(3),
        "too-many-members",
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
