//! Every user of every firm that loads can be changed in its file, in one pass.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::super::entry::{EntryEditor, EntryToEdit};
use super::super::same::{self, LocatedUsers};
use super::{TOGETHER, to_edit};
use crate::Loader;
use crate::change::Change;
use crate::finding::Findings;
use crate::firm::{Alteration, Firm, by_user};
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::tests::dice::cases;
use crate::text::Source;
use crate::yaml::{self, TextEdit, events_read, line_ending, read_once, read_usual};
use pretty_assertions::assert_eq;

/// A user: roles, and what they say of their rates.
type Person = (&'static [&'static str], Option<&'static str>);

const PEOPLE: [Person; 4] = [
    (&[], None),
    (&["billing"], Some("own")),
    (&["billing", "reports"], None),
    (&["accounts"], Some("none")),
];

/// One user in a layout.
type Layout = fn(&mut String, &str, &Person);

fn listed(roles: &[&str], mark: &str) -> String {
    let roles = roles.iter().map(|role| format!("{mark}{role}{mark}"));
    roles.collect::<Vec<_>>().join(", ")
}

/// Every layout: its name, what stands before the users, each of them, what stands between, and what stands behind.
const LAYOUTS: &[(&str, &str, Layout, &str, &str)] = &[
    ("lines", "firm: Many\nusers:\n", lines, "", ""),
    (
        "lines with a comment at the end",
        "firm: Many\nusers:\n",
        lines,
        "",
        "# Nobody else.",
    ),
    (
        "lines before the name",
        "users:\n",
        lines,
        "# Another.\n\n",
        "firm: Many\n",
    ),
    (
        "lines before readings",
        "# Ours.\n---\nfirm: 'Many'\nusers: # all\n",
        lines,
        "",
        "readings:\n  manage:\n    firm_feed_is_open: false\n",
    ),
    ("dashes", "firm: Many\nusers:\n", dashes, "", ""),
    (
        "dashes without indentation",
        "firm: Many\nusers:\n",
        bare,
        "",
        "\n# End\n",
    ),
    ("braces in lines", "firm: Many\nusers:\n", braces, "", ""),
    ("brackets", "firm: Many\nusers: [", inline, ", ", "]\n"),
    (
        "brackets without a line's end",
        "firm: Many\nusers: [",
        inline,
        ", ",
        "]",
    ),
    ("JSON", "{\"firm\":\"Many\",\"users\":[", json, ",", "]}"),
    (
        "JSON in lines",
        "{\n \"users\": [\n  ",
        json,
        ",\n  ",
        "\n ],\n \"firm\": \"Many\"\n}\n",
    ),
];

fn lines(text: &mut String, id: &str, (roles, rates): &Person) {
    let roles = listed(roles, "");
    write!(
        text,
        "  - id: {id} # a comment\n    name: O'Hara, \u{c9}va\n"
    )
    .unwrap();
    write!(text, "    manage:\n      roles: [{roles}]   # roles\n").unwrap();
    if let Some(rates) = rates {
        writeln!(text, "      billing_rate_visibility: {rates}").unwrap();
    }
    text.push_str("    grow:\n      roles: [normal]\n");
}

fn dashes(text: &mut String, id: &str, (roles, rates): &Person) {
    write!(text, "  -   id: \"{id}\"\n      manage:\n").unwrap();
    if let Some(rates) = rates {
        writeln!(text, "        billing_rate_visibility: '{rates}'").unwrap();
    }
    if roles.is_empty() {
        text.push_str("        roles: []\n");
    } else {
        text.push_str("        roles:\n");
    }
    for role in *roles {
        writeln!(text, "        # as {role}\n        - {role}").unwrap();
    }
}

fn bare(text: &mut String, id: &str, (roles, rates): &Person) {
    let rates = rates.map(|rates| format!("\n    billing_rate_visibility: {rates}"));
    let rates = rates.unwrap_or_default();
    let roles = listed(roles, "");
    write!(text, "- manage:{rates}\n    roles: [{roles}]\n  id: {id}\n").unwrap();
}

fn braces(text: &mut String, id: &str, person: &Person) {
    text.push_str("  - ");
    inline(text, id, person);
    text.push_str(" # in one line\n");
}

fn inline(text: &mut String, id: &str, (roles, rates): &Person) {
    let rates = rates.map(|rates| format!("billing_rate_visibility: {rates}"));
    let roles = Some(listed(roles, "'")).filter(|roles| !roles.is_empty());
    let roles = roles.map(|roles| format!("roles: [{roles}]"));
    let seat: Vec<String> = rates.into_iter().chain(roles).collect();
    write!(
        text,
        "{{id: {id}, enabled: true, manage: {{{}}}}}",
        seat.join(", ")
    )
    .unwrap();
}

fn json(text: &mut String, id: &str, (roles, rates): &Person) {
    let rates = rates.map(|rates| format!(", \"billing_rate_visibility\": \"{rates}\""));
    let (rates, roles) = (rates.unwrap_or_default(), listed(roles, "\""));
    write!(
        text,
        "{{\"id\": \"{id}\", \"manage\": {{\"roles\": [{roles}]{rates}}}}}"
    )
    .unwrap();
}

/// A firm file with so many users, and where the entry of each begins and ends.
fn file(
    (_, head, layout, between, tail): &(&str, &str, Layout, &str, &str),
    users: usize,
) -> String {
    let mut text = (*head).to_owned();
    layout(&mut text, "head", &(&["primary_subscriber"], None));
    for user in 0..users {
        text.push_str(between);
        layout(&mut text, &format!("u{user}"), &PEOPLE[user % PEOPLE.len()]);
    }
    text + *tail
}

/// Changes of a user, of which those are made that alter something.
fn changes(target: &str) -> Vec<Change> {
    let change = |name: &str| Change::new("head", name).target(target);
    let roles = ["billing", "reports", "accounts"];
    let grants = roles.map(|role| change("grant").role(role));
    let revokes = roles.map(|role| change("revoke").role(role));
    let rates = ["all", "own", "none"];
    let sets = rates.map(|word| change("set_visibility").setting("billing_rate_visibility", word));
    [grants.to_vec(), revokes.to_vec(), sets.to_vec()].concat()
}

fn within(limits: &Limits) -> Rulebook {
    Loader::new()
        .limits(limits)
        .rulebook_from_texts(crate::load::builtin::RULES.iter().copied())
        .unwrap()
}

/// Limits under which no file but a usual one loads, as one of a million users is.
fn usual_only() -> Limits {
    Limits {
        firm_events: 30,
        ..Limits::default()
    }
}

fn as_data(firm: &Firm) -> String {
    serde_yaml::to_string(firm).unwrap()
}

/// Writes a change, and reads the file again: it is the firm after it. How many changes were written, of one that may alter
/// nothing.
fn writes(path: &Path, firm: &Firm, text: &str, change: &Change, told: &str) -> usize {
    let verdict = firm.judge(change).unwrap();
    assert!(verdict.is_accepted(), "{told}: {verdict:?}");
    if verdict.altered.is_empty() {
        return 0;
    }
    fs::write(path, text).unwrap();
    firm.write_change(path, &verdict)
        .unwrap_or_else(|error| panic!("{told}: {error}\n{verdict:?}\n{text}"));
    let new = fs::read_to_string(path).unwrap();
    let reread = Firm::from_file(firm.rulebook(), path)
        .unwrap_or_else(|error| panic!("{told}: {error}\n{new}"));
    assert_eq!(
        as_data(&reread),
        as_data(&firm.after(&verdict).unwrap()),
        "{told}\n{new}"
    );
    if text.starts_with('{') {
        serde_json::from_str::<serde_json::Value>(&new)
            .unwrap_or_else(|error| panic!("{told}: {error}\n{new}"));
    }
    let target = verdict.altered.first().unwrap().user.as_str();
    only_near(text, &new, target, told);
    1
}

/// What differs lies between the id before the user's and the id of the next one.
fn only_near(old: &str, new: &str, user: &str, told: &str) {
    let same =
        |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let before = same(&mut old.bytes().zip(new.bytes()));
    let behind = same(&mut old.bytes().rev().zip(new.bytes().rev()));
    let end = (old.len() - behind).max(before);
    let number: usize = user.trim_start_matches('u').parse().unwrap();
    let place = |number: usize| old.find(&format!("u{number}")).unwrap_or(old.len());
    let from = number.checked_sub(1).map_or(0, place);
    let is_near = from <= before && end <= place(number + 2).min(old.len());
    assert!(is_near, "{told}: {before}..{end}\n{old}\n---\n{new}");
}

#[test]
fn every_user_of_every_usual_layout_can_be_changed_beyond_the_limit_of_events() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    let rulebook = within(&usual_only());
    let mut written = 0;
    for layout in LAYOUTS {
        let text = file(layout, 5);
        let windows = text.replace('\n', "\r\n");
        let marked = format!("\u{feff}{text}");
        for (kind, text) in [
            ("", &text),
            (" with CRLF", &windows),
            (" with a mark", &marked),
        ] {
            let firm = Firm::from_text(&rulebook, layout.0, text);
            let firm = firm.unwrap_or_else(|error| panic!("{}{kind}: {error}", layout.0));
            for user in 0..5 {
                for change in changes(&format!("u{user}")) {
                    let told = format!("{}{kind}, {change:?}", layout.0);
                    written += writes(&path, &firm, text, &change, &told);
                }
            }
        }
    }
    assert!(
        written > LAYOUTS.len() * 3 * 5 * 4,
        "{written} changes were written"
    );
}

#[test]
fn users_of_files_that_are_not_written_as_usual_can_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    let rulebook = within(&Limits::default());
    let head = "\"firm\": Many # with a key in quotes\nusers:\n  - id: head\n    manage: { roles: [primary_subscriber] }\n";
    for entry in [
        "  - id: u0\n    manage:\n      roles: [billing,\n        reports]\n",
        "  - \"id\": u0\n    manage:\n      roles: &none []\n"
            .replace("&none ", "")
            .as_str(),
        "  - id: u0\n    name: |\n      In lines\n    manage: {roles: [billing, ]}\n",
        "  - id: u0\n    manage:\n      roles: billing\n",
        "  -\n    id: u0\n    manage:\n",
        "  - id: u0\n    manage: {\n      roles: [billing], billing_rate_visibility: own }\n",
    ] {
        let text = format!("{head}{entry}");
        for change in changes("u0") {
            fs::write(&path, &text).unwrap();
            let Ok(firm) = Firm::from_file(&rulebook, &path) else {
                continue;
            };
            let verdict = firm.judge(&change).unwrap();
            firm.write_change(&path, &verdict)
                .unwrap_or_else(|error| panic!("{error}\n{text}"));
            let reread = Firm::from_file(&rulebook, &path).unwrap();
            assert_eq!(
                as_data(&reread),
                as_data(&firm.after(&verdict).unwrap()),
                "{text}"
            );
        }
    }
}

/// The close reader is slow, and stops at a limit: it sees nothing of a file that is written as usual.
#[test]
fn the_close_reader_sees_nothing_of_a_usual_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    let rulebook = within(&Limits::default());
    for layout in LAYOUTS {
        fs::write(&path, file(layout, 43)).unwrap();
        let firm = Firm::from_file(&rulebook, &path).unwrap();
        let grant = Change::new("head", "grant").role("accounts").target("u42");
        let verdict = firm.judge(&grant).unwrap();
        assert!(!verdict.altered.is_empty());
        let before = events_read();
        firm.write_change(&path, &verdict).unwrap();
        assert_eq!(events_read(), before, "{}", layout.0);
    }
}

/// A file that somebody else changed is not written over, whoever they changed; where they changed what no change is
/// judged by, both changes are kept.
#[test]
fn a_file_that_reads_as_another_firm_is_refused_and_a_comment_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    let rulebook = within(&usual_only());
    for layout in LAYOUTS {
        let text = file(layout, 8);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &text).unwrap();
        let change = Change::new("head", "grant").role("reports").target("u4");
        let verdict = firm.judge(&change).unwrap();
        let others = [
            text.replace("u7", "u8"),
            text.replacen("billing", "accounts", 1),
            file(layout, 7),
            file(layout, 9),
            text.replace("u3", "x")
                .replace("u5", "u3")
                .replace('x', "u5"),
        ];
        for other in others {
            fs::write(&path, &other).unwrap();
            let error = firm.write_change(&path, &verdict).unwrap_err();
            assert_eq!(
                error.finding().code().name(),
                "changed-meanwhile",
                "{other}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), other);
        }
        if !text.starts_with('{') {
            let commented = format!("# Theirs.\n{text}");
            fs::write(&path, &commented).unwrap();
            firm.write_change(&path, &verdict).unwrap();
            let new = fs::read_to_string(&path).unwrap();
            assert!(new.starts_with("# Theirs.\n") && new.len() > commented.len());
        }
    }
}

/// Many users at once are edited in parts, side by side.
#[test]
fn everybody_of_a_firm_can_be_changed_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    let rulebook = within(&usual_only());
    for layout in LAYOUTS {
        let text = file(layout, 600);
        fs::write(&path, &text).unwrap();
        let firm = Firm::from_file(&rulebook, &path).unwrap();
        let grant = |user: usize| {
            let change = Change::new("head", "grant").role("accounts");
            change.target(format!("u{user}"))
        };
        let bulk = (0..600)
            .map(grant)
            .fold(crate::Bulk::new("head"), crate::Bulk::part);
        let verdict = firm.judge_bulk(&bulk).unwrap();
        assert_eq!(verdict.altered.len(), 450);
        firm.write_change(&path, &verdict).unwrap();
        let reread = Firm::from_file(&rulebook, &path).unwrap();
        assert_eq!(as_data(&reread), as_data(&firm.after(&verdict).unwrap()));
    }
}

/// A firm, a change of most of its users that is accepted one by one, and the firm after it.
fn with_most_changed(firm: &Firm, users: usize) -> (Firm, Vec<(u32, Vec<Alteration>)>) {
    let alterations = (0..users).flat_map(|user| {
        let changes = changes(&format!("u{user}"));
        let verdict = firm.judge(&changes[user % changes.len()]).unwrap();
        assert!(verdict.is_accepted(), "{verdict:?}");
        verdict.alterations
    });
    let alterations: Vec<Alteration> = alterations.collect();
    let mut altered = by_user(&alterations);
    altered.sort_unstable_by_key(|(user, _)| *user);
    (firm.altered(&alterations), altered)
}

/// Edits of entries, so many of them read together.
fn edits_of(
    (before, after): (&Firm, &Firm),
    source: &Source,
    entries: &[EntryToEdit<'_>],
    together: usize,
) -> Option<Vec<TextEdit>> {
    let ending = line_ending(source.text());
    let parts = entries.chunks(together).map(|entries| {
        let mut editor = EntryEditor::new(before, after, source, ending);
        editor.edits(entries)
    });
    let parts: Option<Vec<Vec<TextEdit>>> = parts.collect();
    parts.map(|parts| parts.concat())
}

/// Entries become the same however many of them are read together, and the close reader sees in the edited file what the
/// quick reader sees.
fn become_what_they_become_alone(
    firms: (&Firm, &Firm),
    source: &Source,
    mut entries: Vec<EntryToEdit<'_>>,
) -> Vec<TextEdit> {
    let name = source.name();
    let alone = edits_of(firms, source, &entries, 1).expect(name);
    for together in [2, TOGETHER - 1, entries.len()] {
        let edits = edits_of(firms, source, &entries, together);
        assert!(edits.as_ref() == Some(&alone), "{name}, {together} at once");
    }
    let edited = yaml::apply(source.text(), alone.clone()).expect(name);
    let written = Firm::from_text(&within(&Limits::default()), name, &edited).expect(name);
    assert_eq!(as_data(&written), as_data(firms.1), "{name}");
    let is_same = same::closely(&written, &Source::new(name, edited), &[]).is_some();
    assert!(is_same, "{name} is another firm to the close reader");
    // An entry of another user spoils it for all.
    (entries[0].user, entries[1].user) = (entries[1].user, entries[0].user);
    let edits = edits_of(firms, source, &entries, entries.len());
    assert!(edits.is_none(), "{name}");
    alone
}

/// Within the same limits, at the borders of what is read together as well.
#[test]
fn entries_are_edited_together_as_they_are_alone() {
    const USERS: usize = 2 * TOGETHER + 3;
    let rulebook = within(&Limits {
        events: 5_000,
        events_per_user: 600,
        ..usual_only()
    });
    for layout in LAYOUTS {
        let unix = file(layout, USERS);
        for text in [unix.replace('\n', "\r\n"), unix]
            .into_iter()
            .take(cases(1, 2))
        {
            let firm = Firm::from_text(&rulebook, layout.0, &text).unwrap();
            let source = Source::new(layout.0, &*text);
            let (after, altered) = with_most_changed(&firm, USERS);
            let users: Vec<u32> = altered.iter().map(|(user, _)| *user).collect();
            assert!(users.len() > TOGETHER, "{}: {}", layout.0, users.len());
            let Some(LocatedUsers::Places(places)) = same::locate(&firm, &source, &users) else {
                panic!("{} is written as usual", layout.0);
            };
            let entries = to_edit(&places, &altered).unwrap();
            let alone = become_what_they_become_alone((&firm, &after), &source, entries);
            let edits = firm.apart(&after, &source, &places, &altered);
            assert!(edits == Some(alone), "{}", layout.0);
        }
    }
}

/// Edits are made with the quick reader's nodes: they are those of the close reader, with the same places.
#[test]
fn the_quick_reader_tells_the_nodes_of_the_close_reader() {
    let limits = Limits::default();
    let others = [
        "firm: \"Many\"\nusers:\n- id: 'O''Hara'\n  name: \"\\u00c9va \\\"E\\\"\"\n  manage: {}\n",
        "users: []\nfirm: M\u{e4}ny   # blanks\nreadings:\n  a:\n    # c\n\n    b: true\n",
        "{ \"users\": [ { } , {\"id\":\"a\\u00e9\",\n \"enabled\":   true } ] ,\n\"firm\":\"x\" }",
    ];
    let usual = LAYOUTS.iter().map(|layout| file(layout, 9));
    for unix in usual.chain(others.map(str::to_owned)) {
        for text in [unix.replace('\n', "\r\n"), unix] {
            let mut findings = Findings::new();
            let source = Source::new("firm.yaml", &*text);
            let close = read_once(&source, &limits, &mut findings).unwrap();
            if let Some(quick) = read_usual(&text, &limits) {
                assert_eq!(quick, close, "{text}");
            } else {
                panic!("{text} is written as usual");
            }
        }
    }
}
