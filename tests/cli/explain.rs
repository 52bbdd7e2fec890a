use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{Folder, prints};

#[test]
fn a_code_is_explained() {
    let stdout = "\
error[wrong-words]: `…` takes … after it, not …

A change is written as its name, then its arguments in the order of the rule file (`takes`), then the user or group it is done to, if there is one: `grant billing wren`.
";
    prints(["explain", "wrong-words"], 0, stdout, "");
}

#[test]
fn an_unknown_code_has_a_nearest() {
    let stderr = "\
error[unknown-code]: no finding has the code `unknown-usr`
 |
 = help: did you mean `unknown-user`?

`clio-rules explain unknown-code` says more
";
    prints(["explain", "unknown-usr"], 2, "", stderr);
}

#[test]
fn json_has_all_of_it() {
    Folder::new()
        .run(["explain", "empty-bulk", "--format", "json"])
        .prints_json(
            0,
            json!({
                "code": "empty-bulk",
                "severity": "error",
                "text": "this bulk change has no parts",
                "help": "list at least one change",
                "explanation": "A bulk change without parts is most likely a file that was not filled in, so it is an error and not an acceptance.",
            }),
            "",
        );
}

#[test]
fn without_a_code_all_are_listed() {
    let text = Folder::new().run(["explain"]).done();
    let done = Folder::new().run(["explain", "--format", "json"]).done();
    let all = done.lines();
    assert_eq!((text.status, done.status), (0, 0));
    assert_eq!(
        text.stdout.lines().count(),
        all[0].as_array().unwrap().len()
    );
    assert!(text.stdout.contains("\n  unknown-user "));
}

/// A help names an option only where one of the commands has it, and no help speaks of a limit without naming what raises it.
#[test]
fn options_that_helps_name_exist() {
    let folder = Folder::new();
    let commands = folder.run(["--help"]).done().stdout;
    let commands = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|word| word.starts_with(|letter: char| letter.is_ascii_lowercase()));
    let of_each = commands.map(|command| folder.run([command, "--help"]).done().stdout);
    let options: String = of_each.collect();
    assert!(options.contains("--states"), "no command was found");
    let mut named = 0;
    for code in clio_rules::Code::all() {
        let help = code.help().unwrap_or_default();
        for text in [help, code.explanation()] {
            for word in text.split(|letter: char| !letter.is_ascii_lowercase() && letter != '-') {
                if word.starts_with("--") && !word.trim_matches('-').is_empty() {
                    named += 1;
                    assert!(
                        options.contains(&format!("{word} "))
                            || options.contains(&format!("{word}\n")),
                        "{code} names {word}"
                    );
                }
            }
        }
        let raises = ["raise", "allow more", "allow for more"]
            .iter()
            .any(|words| help.contains(words));
        let says_how = help.contains("`--") || help.contains("`Limits::");
        assert!(!raises || says_how, "{code}: {help}");
    }
    assert!(named > 5, "{named}");
}
