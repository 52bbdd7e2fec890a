use std::fs;

use super::*;
use crate::finding::WriteError;
use crate::{Bulk, Change, Limits, Loader, Question};
use pretty_assertions::assert_eq;

const EXAMPLE: &str = crate::load::builtin::FIRM.1;

fn builtin() -> Rulebook {
    Rulebook::builtin().unwrap()
}

fn written(firm: &Firm) -> String {
    serde_yaml::to_string(firm).unwrap()
}

/// The text of a firm file after a change was written into it.
fn after(text: &str, change: &Change) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    fs::write(&path, text).unwrap();
    let firm = Firm::from_file(&builtin(), &path).unwrap();
    let verdict = firm.judge(change).unwrap();
    assert!(verdict.is_accepted(), "{:?}", &verdict.reasons);
    firm.write_change(&path, &verdict).unwrap();
    let reread = Firm::from_file(&builtin(), &path).unwrap();
    assert_eq!(written(&reread), written(&firm.after(&verdict).unwrap()));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "a file was left behind");
    fs::read_to_string(&path).unwrap()
}

fn grant(role: &str, target: &str) -> Change {
    Change::new("ada", "grant").role(role).target(target)
}

fn revoke(role: &str, target: &str) -> Change {
    Change::new("ada", "revoke").role(role).target(target)
}

#[test]
fn a_firm_built_in_code_is_the_firm_of_its_file() {
    let rulebook = builtin();
    let built = Firm::of_users(
        &rulebook,
        "Two Friends",
        [
            User::new("ada").name("Ada Moss").seat(
                Seat::new("manage")
                    .role("primary_subscriber")
                    .setting("billing_rate_visibility", "own"),
            ),
            User::new("ben")
                .disabled()
                .seat(Seat::new("manage"))
                .seat(Seat::new("grow").role("admin")),
            User::new("cid"),
        ],
    )
    .unwrap();
    let text = "\
firm: Two Friends
users:
  - id: ada
    name: Ada Moss
    manage: { roles: [primary_subscriber], billing_rate_visibility: own }
  - id: ben
    enabled: false
    manage: {}
    grow: { roles: [admin] }
  - { id: cid }
";
    let read = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    assert_eq!(written(&built), written(&read));
    assert!(built.has_people_of(&read));
    assert_eq!((built.name(), read.name()), ("Two Friends", "Two Friends"));
    assert_eq!(built.users().collect::<Vec<_>>(), ["ada", "ben", "cid"]);
    for user in ["ada", "ben", "cid"] {
        let question = Question::new(user, "view_others_billing_rates");
        assert_eq!(built.ask(&question).unwrap(), read.ask(&question).unwrap());
    }
}

#[test]
fn a_firm_built_in_code_is_checked_like_a_file() {
    let rulebook = builtin();
    let manage = |roles: &[&str]| {
        roles
            .iter()
            .fold(Seat::new("manage"), |seat, role| seat.role(*role))
    };
    let ada = || User::new("ada").seat(manage(&["primary_subscriber"]));
    for (code, users) in [
        ("duplicate-user", vec![ada(), User::new("ada")]),
        (
            "duplicate-role",
            vec![
                ada(),
                User::new("ben").seat(manage(&["billing", "billing"])),
            ],
        ),
        (
            "unknown-role",
            vec![ada(), User::new("ben").seat(manage(&["biling"]))],
        ),
        (
            "unknown-product",
            vec![ada(), User::new("ben").seat(Seat::new("mange"))],
        ),
        (
            "unknown-setting",
            vec![
                ada(),
                User::new("ben").seat(manage(&[]).setting("zebra", "own")),
            ],
        ),
        (
            "unknown-value",
            vec![
                ada(),
                User::new("ben").seat(manage(&[]).setting("billing_rate_visibility", "owm")),
            ],
        ),
        ("no-holder", vec![User::new("ben").seat(manage(&[]))]),
        (
            "too-many-holders",
            vec![
                ada(),
                User::new("ben").seat(manage(&["primary_subscriber"])),
            ],
        ),
        ("holder-disabled", vec![ada().disabled()]),
        (
            "levels-not-one",
            vec![User::new("ben").seat(Seat::new("grow"))],
        ),
        (
            "levels-not-one",
            vec![User::new("ben").seat(Seat::new("grow").role("normal").role("admin"))],
        ),
    ] {
        let error = Firm::of_users(&rulebook, "Firm", users).unwrap_err();
        let found = error.findings().iter().next().unwrap();
        assert_eq!(found.code().name(), code, "{error}");
        assert_eq!(found.place(), None);
    }
}

#[test]
fn a_firm_in_code_names_everything() {
    let rulebook = builtin();
    for (firm, id, name) in [
        (" ", "ada", "Ada"),
        ("Firm", "", "Ada"),
        ("Firm", "ada", ""),
    ] {
        let error = Firm::of_users(&rulebook, firm, [User::new(id).name(name)]).unwrap_err();
        let found = error.findings().iter().next().unwrap();
        assert_eq!(found.code().name(), "empty-value", "{error}");
        assert_ne!(found.help(), found.code().help(), "it says what is empty");
    }
}

#[test]
fn a_firm_written_as_yaml_reads_back_equal() {
    let rulebook = builtin();
    let example = Firm::example(&rulebook).unwrap();
    let otherwise = example
        .with_reading(None, "firm_feed_is_open", false)
        .unwrap();
    let numbers = Firm::of_users(
        &rulebook,
        "0x1F",
        ["true", "12", "0o14", "~", "a: b", "1e3", "- x"].map(User::new),
    )
    .unwrap();
    for firm in [example, otherwise, numbers] {
        let text = written(&firm);
        let read = Firm::from_text(&rulebook, "firm.yaml", &text).unwrap();
        assert_eq!(written(&read), text);
        assert!(read.has_people_of(&firm));
        assert_eq!(read.readings, firm.readings);
        assert_eq!(read.name(), firm.name());
    }
}

#[test]
fn a_written_change_touches_only_what_changes() {
    let change = Change::new("tomas", "grant").role("reports").target("sami");
    let text = after(EXAMPLE, &change);
    let differing: Vec<(&str, &str)> = EXAMPLE
        .lines()
        .zip(text.lines())
        .filter(|(one, other)| one != other)
        .collect();
    assert_eq!(text.lines().count(), EXAMPLE.lines().count());
    assert_eq!(
        differing,
        [("      roles: [billing]", "      roles: [billing, reports]")]
    );
}

#[test]
fn edits_keep_comments_order_and_layout() {
    let head = "# Ours.\nfirm: Moss   # since 1990\nusers:\n  - id: ada\n    manage: { roles: [primary_subscriber] }\n";
    for (before, change, expected) in [
        // A list in brackets grows and shrinks in its place.
        (
            "  - id: ben # the clerk\n    manage:\n      roles: [ billing ]   # for now\n",
            grant("reports", "ben"),
            "  - id: ben # the clerk\n    manage:\n      roles: [ billing, reports ]   # for now\n",
        ),
        (
            "  - id: ben\n    manage: { roles: [billing, reports] }\n",
            revoke("billing", "ben"),
            "  - id: ben\n    manage: { roles: [reports] }\n",
        ),
        // A list of lines.
        (
            "  - id: ben\n    manage:\n      roles:\n        - billing   # bills\n        - reports\n  - id: cid\n",
            grant("accounts", "ben"),
            "  - id: ben\n    manage:\n      roles:\n        - billing   # bills\n        - reports\n        - accounts\n  - id: cid\n",
        ),
        (
            "  - id: ben\n    manage:\n      roles:\n        - billing   # bills\n        - reports\n  - id: cid\n",
            revoke("reports", "ben"),
            "  - id: ben\n    manage:\n      roles:\n        - billing   # bills\n  - id: cid\n",
        ),
        // A key that is missing is added.
        (
            "  - id: ben\n    manage: {}\n",
            grant("billing", "ben"),
            "  - id: ben\n    manage: {roles: [billing]}\n",
        ),
        (
            "  - id: ben\n    manage:\n      billing_rate_visibility: own # his own\n  - id: cid\n",
            grant("billing", "ben"),
            "  - id: ben\n    manage:\n      billing_rate_visibility: own # his own\n      roles: [billing]\n  - id: cid\n",
        ),
        (
            "  - id: ben\n    manage:\n      roles: [billing]\n",
            Change::new("ada", "set_visibility")
                .setting("billing_rate_visibility", "own")
                .target("ben"),
            "  - id: ben\n    manage:\n      roles: [billing]\n      billing_rate_visibility: own\n",
        ),
        // A value that is there is replaced.
        (
            "  - id: ben\n    manage:\n      billing_rate_visibility: 'own'   # his own\n",
            Change::new("ada", "set_visibility")
                .setting("billing_rate_visibility", "none")
                .target("ben"),
            "  - id: ben\n    manage:\n      billing_rate_visibility: none   # his own\n",
        ),
        // No line end at the end of the file.
        (
            "  - id: ben\n    manage:\n      roles: [billing]",
            grant("reports", "ben"),
            "  - id: ben\n    manage:\n      roles: [billing, reports]",
        ),
    ] {
        let text = format!("{head}{before}");
        assert_eq!(
            after(&text, &change),
            format!("{head}{expected}"),
            "{before}"
        );
        let windows = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(
            after(&windows(&text), &change),
            windows(&format!("{head}{expected}")),
            "{before}"
        );
    }
}

#[test]
fn a_change_of_several_people_is_written_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    fs::write(&path, EXAMPLE).unwrap();
    let firm = Firm::from_file(&builtin(), &path).unwrap();
    let verdict = firm
        .judge(&Change::new("nadia", "transfer_ownership").target("tomas"))
        .unwrap();
    firm.write_change(&path, &verdict).unwrap();
    let reread = Firm::from_file(&builtin(), &path).unwrap();
    assert_eq!(written(&reread), written(&firm.after(&verdict).unwrap()));
    assert!(
        reread
            .ask(&Question::new("tomas", "control_firm_calendar"))
            .unwrap()
            .is_allowed()
    );

    let parts = ["wren", "otto", "freya"]
        .map(|target| Change::new("priya", "grant").role("billing").target(target));
    let bulk = parts.into_iter().fold(Bulk::new("priya"), Bulk::part);
    let verdict = reread.judge_bulk(&bulk).unwrap();
    reread.write_change(&path, &verdict).unwrap();
    let last = Firm::from_file(&builtin(), &path).unwrap();
    assert_eq!(written(&last), written(&reread.after(&verdict).unwrap()));
}

#[test]
fn a_rejection_and_a_change_without_effect_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    fs::write(&path, EXAMPLE).unwrap();
    let firm = Firm::from_file(&builtin(), &path).unwrap();
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    for (user, role, target, accepted) in [
        ("wren", "billing", "otto", false),
        ("tomas", "billing", "leila", true),
    ] {
        let verdict = firm
            .judge(&Change::new(user, "grant").role(role).target(target))
            .unwrap();
        assert_eq!(verdict.is_accepted(), accepted);
        let written = firm.write_change(&path, &verdict);
        let refused = written.map_err(|error| error.finding().code().name());
        let expected = if accepted {
            Ok(())
        } else {
            Err("rejected-verdict")
        };
        assert_eq!(refused, expected);
        assert_eq!(fs::read_to_string(&path).unwrap(), EXAMPLE);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    }
}

/// The verdict, the firm and the file are one state, or nothing is written.
#[test]
fn what_is_written_is_a_change_of_the_state_that_was_judged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    fs::write(&path, EXAMPLE).unwrap();
    let firm = Firm::from_file(&builtin(), &path).unwrap();
    let judge = |change: &Change| firm.judge(change).unwrap();
    let transfer = |target: &str| Change::new("nadia", "transfer_ownership").target(target);
    let (to_tomas, to_priya) = (judge(&transfer("tomas")), judge(&transfer("priya")));
    let nothing = Change::new("tomas", "grant").role("billing");
    let nothing = judge(&nothing.target("leila"));
    let code = |firm: &Firm, verdict| {
        let refused = firm.write_change(&path, verdict).unwrap_err();
        refused.finding().code().name()
    };
    assert!(firm.write_change(&path, &nothing).is_ok());
    firm.write_change(&path, &to_tomas).unwrap();
    let written = fs::read_to_string(&path).unwrap();
    // The firm at hand is what the file was.
    assert_eq!(code(&firm, &to_priya), "changed-meanwhile");
    assert_eq!(code(&firm, &nothing), "changed-meanwhile");
    // The firm at hand is what the file is, and the verdict is about what it was.
    let after = firm.after(&to_tomas).unwrap();
    assert_eq!(code(&after, &to_priya), "stale-verdict");
    let again = Firm::from_file(&builtin(), &path).unwrap();
    assert_eq!(code(&again, &to_priya), "stale-verdict");
    assert_eq!(fs::read_to_string(&path).unwrap(), written);
    let back = after.judge(&Change::new("tomas", "transfer_ownership").target("nadia"));
    after.write_change(&path, &back.unwrap()).unwrap();
    assert_ne!(fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn files_that_cannot_be_read_or_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    let text = "firm: Moss\nusers:\n  - id: ada\n    manage: { roles: [primary_subscriber] }\n  - id: ben\n    manage: { roles: [billing] }\n";
    let code = |error: &WriteError| error.finding().code().name();
    let rulebook = builtin();

    let error = Firm::from_file(&rulebook, &path).unwrap_err();
    let found = error.findings().iter().next().unwrap();
    assert_eq!(found.code().name(), "cannot-read");
    assert!(
        found
            .message()
            .ends_with("firm.yaml` cannot be read: no such file or directory"),
        "{found}"
    );
    assert_eq!(
        Firm::from_file(&rulebook, folder.path())
            .unwrap_err()
            .findings()
            .errors(),
        1
    );

    fs::write(&path, text).unwrap();
    let firm = Firm::from_file(&rulebook, &path).unwrap();
    let verdict = firm.judge(&grant("reports", "ben")).unwrap();
    let missing = firm
        .write_change(folder.path().join("other.yaml"), &verdict)
        .unwrap_err();
    assert_eq!(code(&missing), "cannot-read");

    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions.clone()).unwrap();
    assert_eq!(
        code(&firm.write_change(&path, &verdict).unwrap_err()),
        "cannot-write"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    fs::remove_file(&path).unwrap();

    let theirs = text.replace("[billing]", "[accounts]");
    let read_otherwise = format!("{text}readings: {{ manage: {{ firm_feed_is_open: false }} }}\n");
    for theirs in [&theirs, &read_otherwise, "firm: Moss\n", ""] {
        fs::write(&path, theirs).unwrap();
        assert_eq!(
            code(&firm.write_change(&path, &verdict).unwrap_err()),
            "changed-meanwhile"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    }

    // One more role would be one event too many for this user: what would not read back is not written.
    fs::write(&path, text).unwrap();
    let fits = |events: &usize| {
        let limits = Limits {
            events_per_user: *events,
            ..Limits::default()
        };
        let rulebook = Loader::new()
            .limits(&limits)
            .rulebook_from_texts(crate::load::builtin::RULES.iter().copied())
            .unwrap();
        Firm::from_file(&rulebook, &path).ok()
    };
    let tight = (1..100).find_map(|events| fits(&events)).unwrap();
    let verdict = tight.judge(&grant("reports", "ben")).unwrap();
    assert_eq!(
        code(&tight.write_change(&path, &verdict).unwrap_err()),
        "edit-failed"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

/// Somebody who is asked for by name is suggested by id.
#[test]
fn a_name_is_answered_with_the_id() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    for (name, help) in [
        ("Tomas Lindgren", Some("did you mean `tomas`?")),
        ("tomas lindgren", Some("did you mean `tomas`?")),
        ("Tomas Lindgrem", Some("did you mean `tomas`?")),
        ("Wren", Some("did you mean `wren`?")),
        ("Nobody Of That Name At All", None),
    ] {
        let error = firm.user(name).unwrap_err();
        assert_eq!(error.help(), help, "{name}");
        let finding = firm.user(name).unwrap_err().into_finding();
        assert_eq!(finding.help_within(&mut 0), None, "{name}");
    }
}
