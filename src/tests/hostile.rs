//! Files that nobody would keep in a repository: huge, deep, cut off, wrongly encoded.

use std::fmt::Write;
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;

use crate::{Findings, Firm, Limits, Loader, Question, Rulebook};

/// A rule file with nothing in it that could be left out, and with a script.
const DOOR: &str = include_str!("../../tests/cases/loads/a_small_rulebook/rules/door.yaml");

/// Files made here, and the codes they give; each has to be refused well within a minute, debug builds included.
#[test]
fn generated_files_are_refused_with_the_limit_that_they_meet() {
    for (name, expected, text) in refused() {
        let started = Instant::now();
        let findings = refusal(&text, &Limits::default());
        assert!(findings.starts_with("door.yaml:"), "{name}: {findings}");
        assert!(
            findings.contains(&format!("error[{expected}]: ")),
            "{name}: {findings}"
        );
        let took = started.elapsed();
        assert!(took < Duration::from_secs(30), "{name} took {took:?}");
    }
}

#[test]
fn tighter_limits_are_named_when_they_are_met() {
    let door = |condition: &str| with_condition(condition);
    let deciding = door("user.guest != user.owner && user.enabled");
    let tight = Limits::default();
    for (expected, named, limits, text) in [
        (
            "file-too-large",
            "100 are allowed",
            Limits {
                rule_file_bytes: 100,
                ..tight.clone()
            },
            DOOR.to_owned(),
        ),
        (
            "too-deep",
            "more than 2 levels",
            Limits {
                depth: 2,
                ..tight.clone()
            },
            DOOR.to_owned(),
        ),
        (
            "too-many-events",
            "more than 9 keys",
            Limits {
                events: 9,
                ..tight.clone()
            },
            DOOR.to_owned(),
        ),
        (
            "too-many-paths",
            "more than 2 paths",
            Limits {
                paths: 2,
                ..tight.clone()
            },
            deciding.clone(),
        ),
        (
            "script-too-long",
            "the limit is 8",
            Limits {
                script_bytes: 8,
                ..tight.clone()
            },
            deciding.clone(),
        ),
        (
            "script-too-many-operations",
            "the 3 steps",
            Limits {
                script_operations: 3,
                ..tight.clone()
            },
            deciding,
        ),
    ] {
        let findings = refusal(&text, &limits);
        assert!(
            findings.contains(&format!("[{expected}]: ")),
            "{expected}: {findings}"
        );
        assert!(findings.contains(named), "{expected}: {findings}");
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["one.yaml", "two.yaml"] {
        std::fs::write(folder.path().join(name), DOOR).unwrap();
    }
    let one_file = Limits { files: 1, ..tight };
    let error = Loader::new()
        .limits(&one_file)
        .rulebook_from_folder(folder.path())
        .unwrap_err();
    let found = error.findings().iter().next().unwrap();
    assert_eq!(found.code().name(), "too-many-files");
    assert!(
        found
            .message()
            .ends_with("holds 2 files, more than the limit of 1"),
        "{found}"
    );
}

/// The codes that the tests of this file give beside those of the case files.
pub(crate) const CODES: &[&str] = &[
    "file-too-large",
    "too-many-events",
    "too-many-names",
    "script-too-long",
    "too-many-paths",
];

fn refused() -> Vec<(&'static str, &'static str, String)> {
    let values = |count: usize| {
        (0..count)
            .map(|n| format!("v{n}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let settings = |count: usize| {
        let values = values(count);
        format!(
            "settings:\n  hours:\n    title: Hours\n    values: [{values}]\n    default: v0\n    basis: stated\n    section: doors\n"
        )
    };
    let nested_blocks = (0..200).fold(String::new(), |mut text, depth| {
        writeln!(text, "{}deep:", " ".repeat(depth)).unwrap();
        text
    });
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |mut text, n| {
        writeln!(text, "a{n}: &a{n} [*a{0}, *a{0}]", n - 1).unwrap();
        text
    });
    vec![
        ("a file of 100 MB", "file-too-large", "a,".repeat(50 << 20)),
        (
            "a binary file",
            "control-character",
            "\u{7f}ELF\u{2}\u{1}\u{1}\u{0}".to_owned(),
        ),
        ("nested blocks", "too-deep", nested_blocks),
        (
            "nested brackets",
            "too-deep",
            format!("{DOOR}deep: {}\n", "[".repeat(100_000)),
        ),
        (
            "nested braces",
            "too-deep",
            format!("{DOOR}deep: {}\n", "{a: ".repeat(100_000)),
        ),
        (
            "many brackets",
            "too-many-events",
            format!("{DOOR}many: [{}]\n", "[],".repeat(250_000)),
        ),
        ("repeated repetitions", "yaml-anchor", bomb),
        (
            "4097 values",
            "too-many-names",
            DOOR.replacen("grounds:", &format!("{}\ngrounds:", settings(4_097)), 1),
        ),
        (
            "a long value",
            "unknown-role",
            DOOR.replacen(
                "allow: owner",
                &format!("allow: {}", "o".repeat(200 << 10)),
                1,
            ),
        ),
        (
            "a long word in a condition",
            "script-unknown-name",
            with_condition(&"o".repeat(200 << 10)),
        ),
        (
            "a long condition",
            "script-too-long",
            with_condition(&format!(
                "user.guest{}",
                " ".repeat(300 << 10) + "&& user.owner"
            )),
        ),
    ]
}

fn with_condition(condition: &str) -> String {
    let rule = format!("allow: everyone\n    when: {condition}\n    because: The door stays shut");
    DOOR.replacen("allow: owner", &rule, 1)
}

fn refusal(text: &str, limits: &Limits) -> String {
    match Loader::new()
        .limits(limits)
        .rulebook_from_texts([("door.yaml", text)])
    {
        Ok(_) => panic!("this loads"),
        Err(error) => bounded(error.findings()),
    }
}

/// Findings as text: at most a hundred, each one line of bounded length.
fn bounded(findings: &Findings) -> String {
    let kept: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(kept.len() <= Findings::KEPT);
    for finding in &kept {
        assert!(finding.chars().count() < 1_000, "{finding}");
        assert!(!finding.contains('\n'), "{finding}");
    }
    kept.join("\n")
}

#[test]
fn a_rulebook_cut_off_anywhere_is_refused_or_loads_whole() {
    let script = "fn opens() {\n    user.guest && user.hours == \"day\"\n}\n";
    let rules = with_condition("opens()").replacen(
        "grounds:",
        "settings:\n  hours:\n    title: Hours\n    values: [day, night]\n    default: day\n    basis: stated\n    section: doors\n\ngrounds:",
        1,
    );
    let mut loaded = Vec::new();
    let mut cuts = |cut: usize, rules: &str, script: &str| match Rulebook::from_texts([
        ("door.yaml", rules),
        ("door.rhai", script),
    ]) {
        Ok(rulebook) => loaded.push((cut, rulebook)),
        Err(error) => assert_ne!(bounded(error.findings()), "", "cut at {cut}"),
    };
    for cut in 0..=rules.len() {
        cuts(cut, &rules[..cut], script);
    }
    for cut in 0..=script.len() {
        cuts(cut, &rules, &script[..cut]);
    }
    // Whole, without the last line's end, and with the last title cut short; each of them is a rulebook.
    let title = "Open the door\n".len() - 1;
    let whole = loaded.iter().filter(|(cut, _)| *cut == rules.len()).count();
    assert_eq!(whole, 1);
    assert!(loaded.len() >= title, "{} cuts load", loaded.len());
    for (cut, rulebook) in &loaded {
        assert_eq!(
            rulebook.products().collect::<Vec<_>>(),
            ["door"],
            "cut at {cut}"
        );
    }
}

#[test]
fn a_firm_cut_off_anywhere_is_refused_or_loads() {
    let rulebook = Rulebook::builtin().unwrap();
    let text = include_str!("../../tests/cases/loads/firm_with_everything/firm.yaml");
    let loads = |cut: &usize| match Firm::from_text(&rulebook, "firm.yaml", &text[..*cut]) {
        Ok(_) => true,
        Err(error) => {
            assert_ne!(bounded(error.findings()), "", "cut at {cut}");
            false
        }
    };
    let loading = (0..=text.len()).filter(loads).count();
    assert!(loading > 1 && loading < text.len(), "{loading} cuts load");
}

#[test]
fn bytes_changed_anywhere_never_bring_it_down() {
    for at in (0..DOOR.len()).step_by(5) {
        for with in [
            "", "\t", "\"", "'", "[", "}", ":", "- ", "|", ">", "#", "&a ", "*a ", "!", "%",
            "\u{85}", "é", "---\n",
        ] {
            let changed = format!("{}{with}{}", &DOOR[..at], &DOOR[at + 1..]);
            if let Err(error) = Rulebook::from_texts([("door.yaml", &*changed)]) {
                assert_ne!(bounded(error.findings()), "", "{with:?} at {at}");
            }
        }
    }
}

#[test]
fn other_encodings_are_refused_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("door.yaml");
    let utf_16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(DOOR.encode_utf16());
        units.flat_map(order).collect()
    };
    let latin_1 = DOOR
        .replacen("title: Door", "title: T\u{fc}r", 1)
        .chars()
        .map(|c| c as u8)
        .collect();
    for bytes in [utf_16(u16::to_be_bytes), utf_16(u16::to_le_bytes), latin_1] {
        std::fs::write(&file, &bytes).unwrap();
        let error = Rulebook::from_folder(folder.path()).unwrap_err();
        assert!(error.to_string().contains("error[not-utf8]"), "{error}");
    }
    std::fs::write(&file, DOOR).unwrap();
    assert!(Rulebook::from_folder(folder.path()).is_ok());
}

#[test]
fn a_firm_of_100_000_users_loads_and_answers() {
    let rulebook = Rulebook::builtin().unwrap();
    let mut text =
        "firm: Many\nusers:\n  - id: u0\n    manage: { roles: [primary_subscriber] }\n".to_owned();
    for n in 1..100_000 {
        writeln!(text, "  - id: u{n}\n    manage: {{}}").unwrap();
    }
    let started = Instant::now();
    let firm = Firm::from_text(&rulebook, "firm.yaml", &text).unwrap();
    let took = started.elapsed();
    assert!(took < Duration::from_secs(60), "it took {took:?}");
    println!("100,000 users load in {took:?}");
    assert_eq!(firm.users().count(), 100_000);
    let last = firm
        .ask(&Question::new("u99999", "share_calendars").product("manage"))
        .unwrap();
    assert!(last.is_allowed());
    let nobody = firm
        .ask(&Question::new("u100000", "create_bill"))
        .unwrap_err();
    assert_eq!(nobody.code().name(), "unknown-user");
}

#[test]
fn a_firm_with_a_hundred_thousand_mistakes_names_a_hundred() {
    let rulebook = Rulebook::builtin().unwrap();
    let users = "  - id: ada\n    manage: { roles: [biling] }\n".repeat(20_000);
    let error = Firm::from_text(
        &rulebook,
        "firm.yaml",
        &format!("firm: Many\nusers:\n{users}"),
    )
    .unwrap_err();
    assert_eq!(error.findings().iter().count(), Findings::KEPT);
    // It is not read to its end.
    let met = error.findings().beyond() + crate::Findings::KEPT;
    assert!((1_000..1_100).contains(&met), "{met}");
    assert!(error.to_string().ends_with("more"), "{error}");
}
