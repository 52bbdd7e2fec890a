//! Helps that lead out, of findings that no case file can show: questions, suites, firms, the command line. Each way out is
//! taken, and the finding is gone. `src/tests/followed.rs` does so for the case files.

use std::collections::BTreeSet;

use clio_rules::Code;
use pretty_assertions::assert_eq;

use crate::program::{Folder, shipped};

/// A run that gives a finding, and the same after its help was followed.
struct Way {
    code: &'static str,
    before: Attempt,
    after: Attempt,
}

/// A run: files of the folder, words of the command line, standard input.
#[derive(Clone)]
struct Attempt {
    files: Vec<(&'static str, String)>,
    run: &'static str,
    stdin: String,
}

fn attempt(run: &'static str) -> Attempt {
    Attempt {
        files: Vec::new(),
        run,
        stdin: String::new(),
    }
}

impl Attempt {
    fn with(mut self, name: &'static str, text: &str) -> Self {
        self.files.push((name, text.to_owned()));
        self
    }

    fn stdin(self, text: &str) -> Self {
        let stdin = text.to_owned();
        Self { stdin, ..self }
    }

    /// The codes that it gives.
    fn codes(&self) -> BTreeSet<&'static str> {
        let folder = Folder::new().with("f.yaml", shipped("fixtures/firm.yaml"));
        let folder = self
            .files
            .iter()
            .fold(folder, |folder, (name, text)| folder.with(name, text));
        let run = folder.run(self.run.split(' ')).stdin(&self.stdin);
        let done = run.done();
        let text = format!("{}{}", done.stdout, done.stderr);
        let is_given = |code: &&str| {
            [format!("[{code}]"), format!("\"code\":\"{code}\"")]
                .iter()
                .any(|written| text.contains(written.as_str()))
                || text.contains(&format!(",{code},"))
        };
        Code::all().map(Code::name).filter(is_given).collect()
    }
}

/// Other words on the command line.
fn words(code: &'static str, before: &'static str, after: &'static str) -> Way {
    Way {
        code,
        before: attempt(before),
        after: attempt(after),
    }
}

/// Another request of a batch.
fn line(code: &'static str, before: &str, after: &str) -> Way {
    Way {
        code,
        before: attempt("batch").stdin(before),
        after: attempt("batch").stdin(after),
    }
}

/// Other tests in a suite.
fn suite(code: &'static str, before: &str, after: &str) -> Way {
    let attempt = |tests: &str| {
        let text = format!("suite: Ours\nproduct: manage\nfirm: ../f.yaml\ntests:{tests}");
        attempt("test fixtures").with("fixtures/ours.yaml", &text)
    };
    Way {
        code,
        before: attempt(before),
        after: attempt(after),
    }
}

/// Another firm file.
fn firm(code: &'static str, before: &str, after: &str) -> Way {
    let attempt = |users: &str| {
        let text = format!(
            "firm: Two\nusers:\n  - id: ada\n    manage: {{ roles: [primary_subscriber] }}\n{users}"
        );
        attempt("check --firm two.yaml").with("two.yaml", &text)
    };
    Way {
        code,
        before: attempt(before),
        after: attempt(after),
    }
}

const TEST: &str =
    "\n  - test: Bills\n    users: sami\n    actions: create_bill\n    allow: sami\n";

const GRANT: &str =
    r#"{"product":"manage","user":"tomas","change":"grant","role":"billing","target":"wren"}"#;

const APPLIED: &str =
    r#"{"ask":"apply","user":"tomas","change":"grant","role":"billing","target":"wren"}"#;

const ASKED: &str = r#"{"user":"wren","action":"create_bill"}"#;

const OLD: &str = r#"{"ask":"diff_firm","old":{"last.yaml":"firm: Two\nusers:\n  - id: ada\n"}}"#;

fn ways() -> Vec<Way> {
    let mut ways = on_the_command_line();
    ways.extend(in_requests());
    ways.extend(in_suites());
    ways.extend([
        firm(
            "dormant-roles",
            "  - id: bo\n    enabled: false\n    manage: { roles: [billing] }\n",
            "  - id: bo\n    enabled: false\n    manage: {}\n",
        ),
        firm(
            "advice-unmet",
            "  - id: bo\n    manage: { receives_bill_reminder_replies: true }\n",
            "  - id: bo\n    manage: { roles: [billing], receives_bill_reminder_replies: true }\n",
        ),
    ]);
    ways
}

fn on_the_command_line() -> Vec<Way> {
    let in_a_folder = |run| attempt(run).with("there/rules/manage.yaml", "product: manage\n");
    vec![
        words(
            "cannot-read",
            "can wren create_bill --firm none.yaml",
            "can wren create_bill --firm f.yaml",
        ),
        words(
            "no-firm-file",
            "change tomas grant billing wren --write",
            "change tomas grant billing wren --write --firm f.yaml",
        ),
        words(
            "output-in-use",
            "review --html f.yaml --firm f.yaml",
            "review --html review.html --firm f.yaml",
        ),
        words(
            "report-not-written",
            "test --junit none/report.xml",
            "test --junit report.xml",
        ),
        words("no-test-matches", "test --filter zzz", "test --filter wren"),
        words(
            "missing-target",
            "can tomas edit_user_profile",
            "can tomas edit_user_profile wren",
        ),
        words(
            "unexpected-target",
            "can wren create_bill tomas",
            "can wren create_bill",
        ),
        words(
            "no-targets",
            "where-can wren create_bill",
            "can wren create_bill",
        ),
        words(
            "duplicate-fact",
            "can wren open_matter --fact matter_access=listed --fact matter_access=listed",
            "can wren open_matter --fact matter_access=listed",
        ),
        words(
            "empty-simulation",
            "simulate wren",
            "simulate wren --grant billing",
        ),
        words("unknown-code", "explain nonsense", "explain"),
        words("cannot-create", "init f.yaml/new", "init new"),
        Way {
            code: "stream-in-use",
            before: attempt("review --firm - --since -"),
            after: attempt("review --firm - --since f.yaml").stdin(&shipped("fixtures/firm.yaml")),
        },
        Way {
            code: "would-overwrite",
            before: in_a_folder("init there"),
            after: in_a_folder("init elsewhere"),
        },
        Way {
            code: "no-suite",
            before: attempt("test none").with("none/readme.txt", "Nothing yet.\n"),
            after: attempt("test none").with(
                "none/ours.yaml",
                &format!("suite: Ours\nproduct: manage\nfirm: ../f.yaml\ntests:{TEST}"),
            ),
        },
    ]
}

fn in_requests() -> Vec<Way> {
    let table = |text: &str| attempt("batch --format csv").stdin(text);
    vec![
        line("not-json", "is wren allowed?", ASKED),
        line(
            "not-one-question",
            r#"{"user":"wren","action":"create_bill","change":"grant"}"#,
            ASKED,
        ),
        line(
            "unknown-version",
            r#"{"v":2,"user":"wren","action":"create_bill"}"#,
            ASKED,
        ),
        line(
            "no-bulk",
            r#"{"product":"grow","user":"nadia","parts":[{"change":"assign","role":"admin","target":"wren"}]}"#,
            r#"{"product":"grow","user":"nadia","change":"assign","role":"admin","target":"wren"}"#,
        ),
        line(
            "empty-bulk",
            r#"{"product":"manage","user":"tomas","parts":[]}"#,
            r#"{"product":"manage","user":"tomas","parts":[{"change":"grant","role":"billing","target":"wren"}]}"#,
        ),
        line(
            "unknown-source",
            r#"{"ask":"diff_firm","old":"last.yaml"}"#,
            OLD,
        ),
        line("not-one-text", r#"{"ask":"diff_firm","old":{}}"#, OLD),
        line(
            "stale-verdict",
            &GRANT.replace("}", ",\"if_state\":\"0\"}"),
            GRANT,
        ),
        Way {
            code: "nothing-is-applied",
            before: attempt("batch").stdin(APPLIED),
            after: attempt("batch --apply").stdin(APPLIED),
        },
        Way {
            code: "not-csv",
            before: table("user,action\nwren,create_bill,\"\n"),
            after: table("user,action\nwren,create_bill\n"),
        },
    ]
}

fn in_suites() -> Vec<Way> {
    let test = |users: &str, expected: &str| {
        format!("\n  - test: Bills\n    users: {users}\n    actions: create_bill\n    {expected}\n")
    };
    let other = TEST.replace("Bills", "Again");
    let who = |words: &str| format!("\n  - test: Who\n    who_can: {words}\n    allowed: [sami]\n");
    let twice = |name: &str| {
        let text = |name| format!("suite: {name}\nproduct: manage\nfirm: ../f.yaml\ntests:{TEST}");
        attempt("test fixtures")
            .with("fixtures/one.yaml", &text("Ours"))
            .with("fixtures/two.yaml", &text(name))
    };
    vec![
        suite("empty-suite", " []\n", TEST),
        suite("empty-test", "\n  - test: Bills\n    users: sami\n", TEST),
        suite(
            "duplicate-test",
            &[TEST, TEST].concat(),
            &[TEST, &other].concat(),
        ),
        suite("named-twice", &test("[sami, sami]", "allow: sami"), TEST),
        suite(
            "allowed-and-denied",
            &test("sami", "allow: sami\n    deny: sami"),
            TEST,
        ),
        suite(
            "no-expectation",
            &test("[sami, wren]", "allow: sami"),
            &test("[sami, wren]", "allow: sami\n    otherwise: deny"),
        ),
        suite(
            "not-asked",
            &test("sami", "allow: [sami, nadia]"),
            &test("[sami, nadia]", "allow: [sami, nadia]"),
        ),
        suite(
            "nobody-left",
            &test("sami", "allow: sami\n    otherwise: deny"),
            TEST,
        ),
        suite(
            "wrong-number-of-words",
            &who("create_bill wren tomas"),
            &who("create_bill"),
        ),
        Way {
            code: "duplicate-suite",
            before: twice("Ours"),
            after: twice("Theirs"),
        },
    ]
}

/// Codes with a help that nothing follows here or in the case files, and what stands in the way.
const ELSEWHERE: &[(&str, &[&str])] = &[
    (
        "it takes a file or a question beyond a limit",
        &[
            "bulk-too-large",
            "difference-too-large",
            "file-too-large",
            "line-too-long",
            "review-too-large",
            "script-too-long",
            "text-too-long",
            "too-many-events",
            "too-many-paths",
        ],
    ),
    (
        "it takes a search that ends early",
        &[
            "difference-cut-off",
            "idle-parts-cut-off",
            "property-not-decided",
        ],
    ),
    (
        "only programs that embed the library meet it",
        &[
            "foreign-handle",
            "no-test-bench",
            "not-in-state",
            "rejected-verdict",
        ],
    ),
    (
        "the way out is outside: the disk, or another program that writes the file",
        &["cannot-write", "changed-meanwhile", "edit-failed"],
    ),
    (
        "it takes rules of another product, or of one's own",
        &[
            "ambiguous-product",
            "example-does-not-fit",
            "no-such-part",
            "property-broken",
            "property-twice",
            "property-vacuous",
            "several-changes-do",
            "stated-without-fixture",
        ],
    ),
];
#[test]
fn whoever_follows_a_help_no_longer_gets_the_finding() {
    for Way {
        code,
        before,
        after,
    } in ways()
    {
        assert!(before.codes().contains(code), "{code}: {}", before.run);
        assert!(!after.codes().contains(code), "{code}: {}", after.run);
    }
}

#[test]
fn every_help_is_followed_somewhere() {
    let mut shown = BTreeSet::new();
    let mut folders = vec![shipped_folder("tests/cases")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("expected.txt") {
                let text = std::fs::read_to_string(path).unwrap();
                let is_given = |code: &&str| text.contains(&format!("[{code}]"));
                shown.extend(Code::all().map(Code::name).filter(is_given));
            }
        }
    }
    let followed: BTreeSet<&str> = ways().iter().map(|way| way.code).collect();
    let with_help = Code::all().filter(|code| code.help().is_some());
    let left: BTreeSet<&str> = with_help
        .map(Code::name)
        .filter(|code| !shown.contains(code) && !followed.contains(code))
        .collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE
        .iter()
        .flat_map(|(_, codes)| codes.iter().copied())
        .collect();
    assert_eq!(
        left, elsewhere,
        "a help that nobody follows, or that somebody follows now"
    );
}

fn shipped_folder(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}
