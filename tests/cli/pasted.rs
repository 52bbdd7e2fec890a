//! Commands that the program prints are pasted into real shells, with names that a shell would read otherwise.

use std::process::Command;

use pretty_assertions::assert_eq;

use crate::program::{Done, Folder};

/// What ids and names of files are put together from.
const PIECES: &[&str] = &[
    "ada",
    " ",
    "'",
    "\"",
    "$(touch pwned)",
    "`touch pwned`",
    "-v",
    "--",
    "; touch pwned",
    "\\",
    "!",
    "^",
    "*",
    "#",
    "~",
    "é",
    "=",
    "{a,b}",
    "&",
    "| cat",
    "%s",
    "$HOME",
    "\\n",
    "]",
    "?",
    "(",
    "<x",
    "of",
];

/// Chance that repeats itself.
struct Chance(u64);

impl Chance {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    /// An id that no other one is like.
    fn id(&mut self, number: usize) -> String {
        let count = 1 + self.below(4);
        let pieces: String = (0..count)
            .map(|_| PIECES[self.below(PIECES.len())])
            .collect();
        format!("{pieces}{number}")
    }
}

/// Runs a text in a shell, where the program is found by its name.
fn paste(folder: &Folder, shell: &str, text: &str) -> Done {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_clio-rules"));
    let path = std::env::var("PATH").unwrap();
    let output = Command::new(shell)
        .args(["-c", text])
        .current_dir(folder.path())
        .env(
            "PATH",
            format!("{}:{path}", program.parent().unwrap().display()),
        )
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    Done::of(output)
}

/// The lines to run of each plan.
fn plans(text: &str) -> Vec<Vec<String>> {
    let plans = text.split("\nplan ").skip(1);
    plans
        .map(|plan| {
            let lines = plan.lines().filter_map(|line| line.strip_prefix("  run "));
            lines.map(|line| line.trim_start().to_owned()).collect()
        })
        .collect()
}

/// A firm of a primary subscriber and somebody who holds nothing.
fn firm(owner: &str, other: &str) -> String {
    let quoted = |id: &str| serde_json::to_string(id).unwrap();
    format!(
        "firm: Shell\nusers:\n  - id: {}\n    manage:\n      roles: [primary_subscriber]\n  - id: {}\n    manage: {{}}\n",
        quoted(owner),
        quoted(other)
    )
}

/// What is left of the folder is what stood there.
fn nothing_was_touched(folder: &Folder, why: &str) {
    assert!(!folder.names().contains(&"pwned".to_owned()), "{why}");
}

const SHELLS: [&str; 2] = ["sh", "bash"];

#[test]
fn plans_of_several_steps_are_pasted_and_lead_where_they_say() {
    let mut chance = Chance(14);
    for round in 0..20 {
        let (owner, other) = (chance.id(1), chance.id(2));
        // A slash would name another folder.
        let file = format!("{}.yaml", chance.id(3));
        for shell in SHELLS {
            let folder = Folder::new().with(&file, firm(&owner, &other));
            let named = format!("--firm={file}");
            let asked = ["how-can", &named, "--", &other, "control_firm_calendar"];
            let done = folder.run(asked).done();
            assert_eq!(done.status, 0, "{}", done.stderr);
            let plan = plans(&done.stdout).remove(0);
            assert_eq!(plan.len(), 2, "{}", done.stdout);
            for line in &plan {
                let pasted = paste(&folder, shell, line);
                assert_eq!(
                    (pasted.status, pasted.stderr.as_str()),
                    (0, ""),
                    "{round} {shell}: {line}"
                );
            }
            let now = folder.run(["can", &named, "--", &other, "control_firm_calendar"]);
            assert_eq!(now.done().status, 0, "{shell}: {plan:?}");
            nothing_was_touched(&folder, &plan.join("\n"));
        }
    }
}

#[test]
fn steps_that_cannot_be_written_are_one_command_that_ends_with_yes() {
    let mut chance = Chance(15);
    for _ in 0..20 {
        let (owner, other) = (chance.id(1), chance.id(2));
        for shell in SHELLS {
            let folder = Folder::new().with("firm.yaml", firm(&owner, &other));
            let reading = ["--reading", "firm_feed_is_open=false"];
            let asked = ["how-can"].into_iter().chain(reading);
            let done = folder
                .run(asked.chain(["--", &other, "control_firm_calendar"]))
                .done();
            let plan = plans(&done.stdout).remove(0);
            let [line] = plan.as_slice() else {
                panic!("{}{}", done.stdout, done.stderr);
            };
            assert!(
                line.ends_with("| clio-rules batch --reading firm_feed_is_open=false --apply"),
                "{line}"
            );
            let pasted = paste(&folder, shell, line);
            assert_eq!(
                (pasted.status, pasted.stderr.as_str()),
                (0, ""),
                "{shell}: {line}"
            );
            let lines = pasted.lines();
            assert_eq!(
                (lines.len(), &lines[2]["decision"]),
                (3, &"allow".into()),
                "{line}"
            );
            assert_eq!(folder.read("firm.yaml"), firm(&owner, &other));
            nothing_was_touched(&folder, line);
        }
    }
}

#[test]
fn one_step_keeps_rules_firm_and_readings() {
    let folder = Folder::new()
        .with_rules()
        .with("-our firm.yaml", firm("o'neil", "-v"));
    std::fs::rename(folder.path().join("rules"), folder.path().join("our rules")).unwrap();
    let asked = [
        "how-can",
        "--rules",
        "our rules",
        "--firm=-our firm.yaml",
        "--reading",
        "firm_feed_is_open=true",
    ];
    let done = folder
        .run(asked.into_iter().chain(["--", "-v", "create_bill"]))
        .done();
    let plan = plans(&done.stdout).remove(0);
    let line = "clio-rules change --product manage --rules 'our rules' '--firm=-our firm.yaml' \
                --reading firm_feed_is_open=true -- \"o'neil\" grant billing -v";
    assert_eq!(plan, [line]);
    for shell in SHELLS {
        let pasted = paste(&folder, shell, line);
        assert_eq!((pasted.status, pasted.stderr.as_str()), (0, ""));
        assert!(pasted.stdout.starts_with("accept: "), "{}", pasted.stdout);
    }
}

#[test]
fn what_init_says_to_do_there_is_done_there() {
    for name in ["my firm", "-x", "$(touch pwned)", "it's"] {
        let folder = Folder::new();
        let done = folder.run(["init", "--", name]).done();
        let (_, lines) = done.stdout.split_once("What to do there:\n").unwrap();
        let lines = lines
            .replace("\n", " || exit 9\n")
            .replace("--why || exit 9", "--why");
        let pasted = paste(&folder, "sh", &lines);
        assert_eq!(
            pasted.status, 0,
            "{name}: {}{}",
            pasted.stdout, pasted.stderr
        );
        assert!(
            pasted.stderr.contains("rules: ./rules"),
            "{}",
            pasted.stderr
        );
        nothing_was_touched(&folder, &lines);
    }
}

#[test]
fn people_in_words_may_stand_between_quotes() {
    let mut chance = Chance(16);
    for _ in 0..20 {
        let (owner, other) = (chance.id(1), chance.id(2));
        let quoted = clio_rules::render::quoted_words([&other]);
        let words = format!("grant billing {quoted}");
        let as_yaml = serde_json::to_string(&words).unwrap();
        let folder = Folder::new()
            .with("firm.yaml", firm(&owner, &other))
            .with("changes.yaml", format!("- {as_yaml}\n"))
            .with("fixtures/words.yaml", suite(&owner, &other, &words));
        let file = folder
            .run(["change", "--file", "changes.yaml", "--", &owner])
            .done();
        assert_eq!(file.status, 0, "{words}: {}", file.stderr);
        let change = format!("--change=grant billing of {quoted}");
        let by = format!("--by={owner}");
        let simulated = folder.run(["simulate", &change, &by, "--", &owner]).done();
        assert_eq!(simulated.status, 0, "{words}: {}", simulated.stderr);
        let line = format!(" may grant billing {quoted} in Clio Manage");
        assert!(simulated.stdout.contains(&line), "{}", simulated.stdout);
        let tested = folder.run(["test"]).done();
        assert_eq!(tested.status, 0, "{}{}", tested.stdout, tested.stderr);
    }
}

/// Questions and changes about people whose ids stand between quotes.
fn suite(owner: &str, other: &str, words: &str) -> String {
    let yaml = |text: &str| serde_json::to_string(text).unwrap();
    let quoted = |ids: &[&str]| yaml(&clio_rules::render::quoted_words(ids));
    format!(
        "suite: Words\nfirm: ../firm.yaml\nproduct: manage\ntests:\n\
         \x20 - test: changes\n    users: [{owner_id}]\n    changes: [{words}]\n    verdict: accept\n\
         \x20 - test: bulk\n    users: [{owner_id}]\n    bulk: [{words}]\n    verdict: accept\n\
         \x20 - test: how\n    how_can: {how}\n    plans: [{words}, {admin}]\n\
         \x20 - test: why\n    why_not: {how}\n    missing: user holds billing\n\
         \x20 - test: what if\n    simulate: {user}\n    changes: [{words}]\n    verdict: accept\n",
        owner_id = yaml(owner),
        words = yaml(words),
        how = quoted(&[other, "create_bill"]),
        admin = quoted(&["grant", "administrator", other]),
        user = quoted(&[other]),
    )
}
