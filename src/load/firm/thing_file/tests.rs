//! Things in files of their own, in every format.

use std::fs;
use std::path::Path;

use pretty_assertions::assert_eq;
use tempfile::TempDir;

use crate::{Day, Firm, FirmLoader, Limits, LoadError, Loader, Rulebook};

const DOOR: &str = include_str!("../../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");

const KINDS: &str = "\
things:
  record:
    title: Record
    properties:
      status: { values: [open, closed], default: open }
      kind: { values: [plain, secret], default: plain }
    lists:
      readers: { default: everyone }
      owner: { holds: one }
";

const USERS: &str = "users:\n  - id: ada\n    door: { roles: [owner] }\n  - id: ben\n    door: {}\n  - id: cyd\n    door: {}\ngroups:\n  team: [ben, cyd]\n";

/// The same records in the firm file, and in a file of each format.
const LISTED: &str = "\
things:
  record:
    - { id: r1, title: 'One, of many', status: closed, owner: ada, readers: [team, ada] }
    - { id: r2, readers: [] }
    - { id: r3, kind: secret }
    - { id: 'r;4', title: Say \"yes\", readers: ben }
";

const FILES: [(&str, &str); 6] = [
    (
        "records.yaml",
        "- id: r1\n  title: One, of many\n  status: closed\n  owner: ada\n  readers: [team, ada]\n- { id: r2, readers: [] }\n- id: r3\n  kind: secret\n- id: r;4\n  title: Say \"yes\"\n  readers: ben\n",
    ),
    (
        "records.yml",
        "# Only the close reader reads this.\n- id: r1\n  title: >-\n    One,\n    of many\n  status: closed\n  owner: ada\n  readers: [team, ada]\n- { id: r2, readers: [] }\n- id: r3\n  kind: secret\n- id: r;4\n  title: Say \"yes\"\n  readers: ben\n",
    ),
    (
        "records.json",
        "[{\"id\":\"r1\",\"title\":\"One, of many\",\"status\":\"closed\",\"owner\":\"ada\",\"readers\":[\"team\",\"ada\"]},\n {\"id\":\"r2\",\"readers\":[]},{\"id\":\"r3\",\"kind\":\"secret\"},{\"id\":\"r;4\",\"title\":\"Say \\\"yes\\\"\",\"readers\":\"ben\"}]\n",
    ),
    (
        "records.jsonl",
        "{\"id\":\"r1\",\"title\":\"One, of many\",\"status\":\"closed\",\"owner\":\"ada\",\"readers\":[\"team\",\"ada\"]}\n\n{\"id\":\"r2\",\"readers\":[]}\r\n{\"id\": \"r3\", \"kind\": \"secret\"}\n{\"id\":\"r;4\",\"title\":\"Say \\\"yes\\\"\",\"readers\":\"ben\"}",
    ),
    (
        "records.ndjson",
        "{\"id\":\"r1\",\t\"title\":\"One, of many\",\"status\":\"closed\",\"owner\":\"ada\",\"readers\":[\"team\",\"ada\"]}\n{\"id\":\"r2\",\"readers\":[]}\n{\"id\":\"r3\",\"kind\":\"secret\"}\n{\"id\":\"r;4\",\"title\":\"Say \\\"yes\\\"\",\"readers\":\"ben\"}\n",
    ),
    (
        "records.csv",
        "id,title,status,kind,owner,readers\r\nr1,\"One, of many\",closed,,ada,team; ada\r\n\r\nr2,,,,,-\r\nr3,,,secret,,\r\nr;4,\"Say \"\"yes\"\"\",,,,ben",
    ),
];

fn rulebook() -> Rulebook {
    within(&Limits::DEFAULT)
}

fn within(limits: &Limits) -> Rulebook {
    let loader = Loader::new().limits(limits);
    let rules = [DOOR, KINDS].concat();
    let rulebook = loader.rulebook_from_texts([("door.yaml", &*rules)]);
    rulebook.unwrap_or_else(|error| panic!("{error}"))
}

/// A folder with a firm file that names a file, and perhaps that file.
fn folder(file: &str, text: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let firm = format!("firm: F\n{USERS}things:\n  record: {{ file: {file} }}\n");
    fs::write(folder.path().join("firm.yaml"), firm).unwrap();
    if let Some(text) = text {
        fs::write(folder.path().join(file), text).unwrap();
    }
    folder
}

fn load(rulebook: &Rulebook, folder: &Path) -> Result<Firm, LoadError> {
    let day = Day::new(2026, 6, 30).unwrap();
    let loader = FirmLoader::new(rulebook).on(day);
    loader.from_file(folder.join("firm.yaml"))
}

/// Codes with their places in the folder.
fn refused(rulebook: &Rulebook, folder: &Path) -> Vec<String> {
    let error = load(rulebook, folder).unwrap_err();
    let findings = error.findings().iter();
    let found = findings.map(|finding| {
        let place = finding.place().map(ToString::to_string).unwrap_or_default();
        let place = place.rsplit('/').next().unwrap_or_default().to_owned();
        format!("{place} {}", finding.code().name())
    });
    found.collect()
}

#[test]
fn every_format_gives_the_same_firm() {
    let rulebook = rulebook();
    let text = format!("firm: F\n{USERS}{LISTED}");
    let listed = Firm::from_text(&rulebook, "firm.yaml", &text).unwrap();
    for (file, text) in FILES {
        let folder = folder(file, Some(text));
        let firm = load(&rulebook, folder.path());
        let firm = firm.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(firm.to_yaml(), listed.to_yaml(), "{file}");
        assert!(firm == listed);
        assert_eq!(firm.state(), listed.state());
    }
    let written = Firm::from_text(&rulebook, "firm.yaml", &listed.to_yaml());
    assert!(written.unwrap() == listed);
}

#[test]
fn mistakes_have_their_place_in_the_file() {
    let rulebook = rulebook();
    let cases = [
        (
            "r.jsonl",
            "{\"id\":\"a\"}\n{\"id\":\"b\",\"readers\":[\"ada\",\"bem\"]}\n{\"id\":\"a\"}\n",
            vec!["r.jsonl:2:28 unknown-member", "r.jsonl:3:7 duplicate-thing"],
        ),
        (
            "r.jsonl",
            "{\"id\":\"a\"}\n{\"id\":\"b\",\"status\":\"shut\",\"colour\":\"red\"}\n",
            vec!["r.jsonl:2:27 unknown-key", "r.jsonl:2:20 unknown-value"],
        ),
        (
            "r.jsonl",
            "{\"id\":\"a\"}\n{\"title\":\"b\"}\n{\"id\":\"c\"\n{\"id\":[]}\n",
            vec![
                "r.jsonl:2:2 missing-key",
                "r.jsonl:4:1 yaml-syntax",
                "r.jsonl:4:7 expected-text",
            ],
        ),
        (
            "r.json",
            "[{\"id\":\"a\"},\n{\"id\":\"a\"}]",
            vec!["r.json:2:7 duplicate-thing"],
        ),
        (
            "r.json",
            "[{\"id\":\"a\"},\n{\"id\":7,\"owner\":[\"ada\",\"ben\"]}, 5]",
            vec!["r.json:2:24 one-entry-wanted", "r.json:2:33 expected-map"],
        ),
        (
            "r.yaml",
            "records:\n  - id: a\n",
            vec!["r.yaml:1:1 expected-list"],
        ),
        ("r.yaml", "", vec!["r.yaml:1:1 empty-file"]),
        ("r.csv", "", vec!["r.csv:1:1 empty-file"]),
        ("r.csv", "title,readers\n", vec!["r.csv:1:1 missing-key"]),
        ("r.csv", "id,title,id\n", vec!["r.csv:1:10 duplicate-key"]),
        (
            "r.csv",
            "id,colour\na,red\nb,blue\n",
            vec!["r.csv:1:4 unknown-key"],
        ),
        (
            "r.csv",
            "id,readers\na,ada;bem\n,ada\nb,ada,\na,-\n",
            vec![
                "r.csv:2:3 unknown-member",
                "r.csv:3:1 missing-key",
                "r.csv:4:1 not-csv",
                "r.csv:5:1 duplicate-thing",
            ],
        ),
        ("r.csv", "id,title\na,\"b\n", vec!["r.csv:2:3 not-csv"]),
        ("r.csv", "id,title\na,b\"c\"\n", vec!["r.csv:2:3 not-csv"]),
        ("r.csv", "id,title\na,\"b\"c\n", vec!["r.csv:2:6 not-csv"]),
        (
            "r.csv",
            "id,status\na,open;closed\nb,-\n",
            vec!["r.csv:2:3 one-value-wanted", "r.csv:1:4 one-value-wanted"],
        ),
    ];
    for (file, text, expected) in cases {
        let folder = folder(file, Some(text));
        assert_eq!(refused(&rulebook, folder.path()), expected, "{text}");
    }
}

#[test]
fn entries_in_files_end_and_what_has_ended_is_named_at_its_place() {
    let rulebook = rulebook();
    let text = "{\"id\":\"a\",\"readers\":[{\"id\":\"ada\",\"until\":\"2026-06-29\"}]}\n{\"id\":\"b\",\"readers\":[{\"id\":\"ben\",\"until\":\"2026-06-29\"},\"ada\"]}\n";
    let folder = folder("r.jsonl", Some(text));
    let firm = load(&rulebook, folder.path()).unwrap();
    let findings = firm.placed(folder.path().join("firm.yaml"), firm.warnings());
    let found = findings.iter().map(|finding| {
        let place = finding.place().map(ToString::to_string).unwrap_or_default();
        format!(
            "{} {}",
            place.rsplit('/').next().unwrap(),
            finding.code().name()
        )
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        ["r.jsonl:1:42 entry-ended", "r.jsonl:2:42 entry-ended"]
    );
}

#[test]
fn only_files_in_the_folder_of_the_firm_are_read() {
    let rulebook = rulebook();
    for (file, code) in [
        ("../r.jsonl", "file-outside"),
        ("/r.jsonl", "file-outside"),
        ("sub/../r.jsonl", "file-outside"),
        ("r.txt", "unknown-file-kind"),
        ("records", "unknown-file-kind"),
        ("r.jsonl", "cannot-read"),
    ] {
        let folder = folder(file, None);
        let error = load(&rulebook, folder.path()).unwrap_err();
        let first = error.findings().iter().next().unwrap();
        assert_eq!(first.code().name(), code, "{file}");
    }
    let apart = format!("firm: F\n{USERS}things:\n  record: {{ file: r.jsonl }}\n");
    let texts = [
        Firm::from_text(&rulebook, "firm.yaml", &apart),
        Firm::from_reader(&rulebook, "input", apart.as_bytes()),
    ];
    for refused in texts {
        let error = refused.unwrap_err();
        let first = error.findings().iter().next().unwrap();
        assert_eq!(first.code().name(), "file-apart");
        assert_eq!(first.place().unwrap().line(), 12);
    }
    let folder = folder("r.jsonl", None);
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/r.jsonl"), "{\"id\":\"a\"}").unwrap();
    let firm = fs::read_to_string(folder.path().join("firm.yaml")).unwrap();
    fs::write(
        folder.path().join("firm.yaml"),
        firm.replace("r.jsonl", "./sub/r.jsonl"),
    )
    .unwrap();
    assert!(load(&rulebook, folder.path()).is_ok());
}

#[test]
fn a_firm_has_so_many_things_wherever_they_are() {
    let limits = Limits {
        things: 3,
        ..Limits::DEFAULT
    };
    let rulebook = within(&limits);
    for (file, text) in FILES {
        let folder = folder(file, Some(text));
        let found = refused(&rulebook, folder.path());
        assert!(
            found.iter().all(|found| found.ends_with("too-many-things")),
            "{found:?}"
        );
        assert_eq!(found.len(), 1);
    }
    let text = format!("firm: F\n{USERS}{LISTED}");
    let listed = Firm::from_text(&rulebook, "firm.yaml", &text).unwrap_err();
    assert_eq!(
        listed.findings().iter().next().unwrap().code().name(),
        "too-many-things"
    );
}
