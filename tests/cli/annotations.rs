//! `check` and `test` for reviewers: SARIF, and GitHub's workflow commands, read back.

use pretty_assertions::{assert_eq, assert_ne, assert_str_eq};
use serde_json::{Value, json};

use crate::program::{EXAMPLE, Folder, Run, shipped};

/// The first and only run in a log. Whether logs are sound by the schema of the standard, tests in `conformance/` hold.
#[track_caller]
fn log(run: Run<'_>, status: i32) -> Value {
    let done = run.done();
    assert_eq!(done.status, status, "{}", done.stderr);
    let log: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(log["runs"].as_array().map(Vec::len), Some(1), "{log:#}");
    log["runs"][0].clone()
}

/// A workflow command as GitHub's runner reads it: the command, its properties, its message.
#[derive(Debug, PartialEq)]
struct WorkflowCommand {
    command: String,
    properties: Vec<(String, String)>,
    message: String,
}

impl WorkflowCommand {
    fn read(line: &str) -> Option<Self> {
        let (head, message) = line.strip_prefix("::")?.split_once("::")?;
        let (command, properties) = head.split_once(' ').unwrap_or((head, ""));
        let data = |text: &str| {
            let text = text.replace("%0D", "\r").replace("%0A", "\n");
            text.replace("%25", "%")
        };
        let property = |text: &str| {
            let (name, value) = text.split_once('=')?;
            let value = value.replace("%3A", ":").replace("%2C", ",");
            Some((name.to_owned(), data(&value)))
        };
        Some(Self {
            command: command.to_owned(),
            properties: properties.split(',').filter_map(property).collect(),
            message: data(message),
        })
    }

    fn property(&self, name: &str) -> Option<&str> {
        let mut properties = self.properties.iter();
        let found = properties.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The commands of a run, and the line behind them.
#[track_caller]
fn commands(run: Run<'_>, status: i32) -> (Vec<WorkflowCommand>, String) {
    let done = run.done();
    assert_eq!(done.status, status, "{}", done.stderr);
    let mut lines: Vec<&str> = done.stdout.lines().collect();
    let last = lines.pop().unwrap().to_owned();
    let commands = lines
        .iter()
        .map(|line| WorkflowCommand::read(line).unwrap_or_else(|| panic!("{line}")));
    (commands.collect(), last)
}

const SARIF: [&str; 3] = ["check", "--format", "sarif"];
const GITHUB: [&str; 3] = ["check", "--format", "github"];

const FIRM: &str = "\
firm: Two
users:
  - id: nadia
    manage: { roles: [primary_subscriber, biling] }
  - id: nadia
";

#[test]
fn what_is_sound_has_no_results() {
    let run = log(Folder::new().run(SARIF), 0);
    assert_eq!(run["results"], json!([]));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let sound = "nothing wrong\n";
    Folder::new().run(GITHUB).prints(0, sound, EXAMPLE);
}

#[test]
fn a_finding_is_a_result_at_its_place_and_its_code_a_rule() {
    let folder = Folder::new().with("firm.yaml", FIRM);
    let run = log(folder.run(SARIF), 2);
    let results = run["results"].as_array().unwrap();
    let rules = &run["tool"]["driver"]["rules"];
    let explained = folder
        .run(["explain", "unknown-role", "--format", "json"])
        .done();
    let explanation = &explained.lines()[0]["explanation"];
    let unknown = results
        .iter()
        .find(|result| result["ruleId"] == "unknown-role")
        .unwrap();
    assert_eq!(unknown["level"], "error");
    assert_eq!(
        unknown["message"]["text"],
        "there is no role `biling` in Clio Manage; did you mean `billing`?"
    );
    assert_eq!(
        unknown["locations"],
        json!([{"physicalLocation": {
            "artifactLocation": {"uri": "firm.yaml", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 4, "startColumn": 43, "endLine": 4, "endColumn": 49},
        }}])
    );
    let rule = &rules[unknown["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], "unknown-role");
    assert_eq!(
        rule["shortDescription"]["text"],
        "there is no role `…` in …"
    );
    assert_eq!(&rule["fullDescription"]["text"], explanation);
    // The first `nadia` belongs to the second.
    let again = results
        .iter()
        .find(|result| result["ruleId"] == "duplicate-user")
        .unwrap();
    assert_eq!(
        again["relatedLocations"][0]["physicalLocation"]["region"]["startLine"],
        3
    );
}

#[test]
fn a_pull_request_gets_a_command_for_each_finding() {
    let folder = Folder::new().with("firm.yaml", FIRM);
    let (found, last) = commands(folder.run(GITHUB), 2);
    assert_eq!(last, "2 errors");
    let unknown = found
        .iter()
        .find(|one| one.property("title") == Some("unknown-role"));
    assert_eq!(
        unknown,
        Some(&WorkflowCommand {
            command: "error".to_owned(),
            properties: [
                ("file", "firm.yaml"),
                ("line", "4"),
                ("col", "43"),
                ("endColumn", "49"),
                ("title", "unknown-role"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
            message: "there is no role `biling` in Clio Manage\ndid you mean `billing`?".to_owned(),
        })
    );
}

/// What a line says goes along when lines are added above it, and two that say the same are told apart.
#[test]
fn a_result_is_known_again_when_its_line_moves() {
    let prints = |firm: &str| {
        let folder = Folder::new().with("firm.yaml", firm);
        let run = log(folder.run(SARIF), 2);
        let results = run["results"].as_array().unwrap().clone();
        let prints: Vec<String> = results
            .iter()
            .map(|result| result["partialFingerprints"]["clioRules/v1"].to_string())
            .collect();
        prints
    };
    let twice = "firm: F\nusers:\n  - { id: ada, manage: { roles: [primary_subscriber, biling] } }\n  - { id: ben, manage: { roles: [biling] } }\n";
    let before = prints(twice);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_eq!(prints(&format!("# A line.\n\n{twice}")), before);
    assert_ne!(prints(&twice.replace("biling", "bling")), before);
}

#[test]
fn what_is_in_no_file_is_about_the_run() {
    for command in ["check", "test"] {
        let folder = Folder::new();
        let missing = [command, "--rules", "nowhere", "--format", "sarif"];
        let run = log(folder.run(missing), 2);
        assert_eq!(run["results"], json!([]));
        let invocation = &run["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        let notification = &invocation["toolExecutionNotifications"][0];
        assert_eq!(notification["descriptor"]["id"], "cannot-read");
        let index = notification["descriptor"]["index"].as_u64().unwrap();
        assert_eq!(
            run["tool"]["driver"]["notifications"][index as usize]["id"],
            "cannot-read"
        );
        let missing = [command, "--rules", "nowhere", "--format", "github"];
        let (found, last) = commands(folder.run(missing), 2);
        assert_eq!(last, "1 error");
        assert_eq!(found[0].command, "error");
        assert_eq!(found[0].property("file"), None);
        assert_eq!(found[0].property("title"), Some("cannot-read"));
    }
}

/// Names of files and of people are words of strangers.
#[test]
fn whatever_names_hold_a_log_is_sound_and_a_command_is_one() {
    let name = "50%, a: [x](y) {0}\u{202e}ü.yaml";
    let firm = "firm: F\nusers:\n  - id: ada\n    manage: { roles: [primary_subscriber, \"::error::[x](http://y) {0}, 100%\"] }\n";
    let folder = Folder::new().with(name, firm);
    let arguments = |format| ["check", "--firm", name, "--format", format];
    let run = log(folder.run(arguments("sarif")), 2);
    let result = &run["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "50%25%2C%20a%3A%20%5Bx%5D%28y%29%20%7B0%7D%E2%80%AE%C3%BC.yaml"
    );
    let text = result["message"]["text"].as_str().unwrap();
    assert!(
        text.contains("`::error::[x] (http://y) {{0}}, 100%`"),
        "{text}"
    );
    let (found, _) = commands(folder.run(arguments("github")), 2);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].property("file"),
        Some("50%, a: [x](y) {0}\u{fffd}ü.yaml")
    );
    assert!(
        found[0]
            .message
            .contains("`::error::[x](http://y) {0}, 100%`")
    );
}

/// Where GitHub's runner says where the repository is, paths count from there.
#[test]
fn paths_count_from_the_top_of_the_repository() {
    let folder = Folder::new().with("access/firm.yaml", FIRM);
    let top = folder.path().canonicalize().unwrap();
    let inside = Folder::at(folder.path().join("access"));
    let top = top.to_str().unwrap();
    let file = |arguments: &[&str], top: &str| {
        let run = inside.run(arguments.iter().copied());
        let (found, _) = commands(run.env("GITHUB_WORKSPACE", top), 2);
        found[0].property("file").unwrap().to_owned()
    };
    assert_eq!(file(&GITHUB, top), "access/firm.yaml");
    assert_eq!(file(&GITHUB, "/elsewhere"), "firm.yaml");
    let absolute = format!("{top}/access/firm.yaml");
    let named = |firm: &str| file(&["check", "--firm", firm, "--format", "github"], top);
    assert_eq!(named(&absolute), "access/firm.yaml");
    assert_eq!(named("../access/./firm.yaml"), "access/firm.yaml");
    let outside = Folder::new().with("firm.yaml", FIRM);
    let outside = outside.path().join("firm.yaml");
    let outside = outside.to_str().unwrap();
    assert_eq!(named(outside), outside);
    let arguments = ["check", "--firm", outside, "--format", "sarif"];
    let run = log(inside.run(arguments), 2);
    assert_eq!(
        run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"],
        json!({"uri": format!("file://{outside}")})
    );
}

const SUITE: &str = "\
suite: Ours
product: manage
firm: ../firm.yaml
tests:
  - test: Clerks bill, 100%
    actions: create_bill
    allow: [sami, wren]
    deny: ines
  - test: Permissions are given
    users: wren
    changes: grant billing otto
    verdict: accept
";

#[test]
fn a_failed_test_is_a_result_at_what_it_expects() {
    let folder = Folder::new()
        .with_rules()
        .with_firm()
        .with("fixtures/ours.yaml", SUITE);
    let run = log(folder.run(["test", "--format", "sarif"]), 1);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    let places: Vec<(&Value, &Value)> = results
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            (&place["artifactLocation"]["uri"], &place["region"])
        })
        .collect();
    let suite = json!("fixtures/ours.yaml");
    let first = json!({"startLine": 7, "startColumn": 19});
    let second = json!({"startLine": 12, "startColumn": 14});
    assert_eq!(places, [(&suite, &first), (&suite, &second)]);
    let text = results[0]["message"]["text"].as_str().unwrap();
    let said = "`Clerks bill, 100%` fails: wren create_bill: expected allow, got deny; create_bill: needs billing (rules/manage.yaml:";
    assert!(text.starts_with(said), "{text}");
    let related = &results[0]["relatedLocations"][0]["physicalLocation"];
    assert_eq!(related["artifactLocation"]["uri"], "rules/manage.yaml");
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "test-failed");
    let (found, last) = commands(folder.run(["test", "--format", "github"]), 1);
    assert_eq!(last, "0 passed, 2 failed, 0 skipped");
    assert_eq!(found[0].property("title"), Some("Clerks bill, 100%"));
    assert_eq!(found[0].property("line"), Some("7"));
    assert_eq!(found[0].property("col"), Some("19"));
    let (covered, _) = commands(folder.run(["test", "--coverage", "--format", "github"]), 1);
    assert_eq!(covered, found);
}

#[test]
fn a_mutant_that_survived_is_a_warning_at_its_place_in_the_rules() {
    let names = [
        "rules/records.yaml",
        "rules/records.rhai",
        "fixtures/firm.yaml",
        "fixtures/records.yaml",
    ];
    let folder = names.iter().fold(Folder::new(), |folder, name| {
        let text = shipped(&format!("tests/rulebooks/records/{name}"));
        folder.with(name, text)
    });
    let survived = |format| folder.run(["test", "--mutate", "--format", format]);
    let json = survived("json").done().lines();
    let survivors = json[0]["survivors"].as_array().unwrap();
    let run = log(survived("sarif"), 1);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), survivors.len());
    assert!(!results.is_empty());
    for (result, survivor) in results.iter().zip(survivors) {
        let place = &result["locations"][0]["physicalLocation"];
        let (file, region) = (&place["artifactLocation"]["uri"], &place["region"]);
        let place = format!(
            "{}:{}:{}",
            file.as_str().unwrap(),
            region["startLine"],
            region["startColumn"]
        );
        assert_str_eq!(place, survivor["place"].as_str().unwrap());
        assert_eq!(result["level"], "warning");
    }
    let (found, _) = commands(survived("github"), 1);
    assert_eq!(found.len(), survivors.len());
}

/// Each step of the workflow that `docs/ci.md` shows, as a runner runs it: on the base of a pull request and on a change of it.
#[test]
fn the_workflow_of_the_document_works() {
    let document = shipped("docs/ci.md");
    let workflow = document.split("```yaml\n").nth(1).unwrap();
    let workflow = workflow.split("\n```").next().unwrap();
    let workflow: Value = serde_yaml::from_str(workflow).unwrap();
    let steps = workflow["jobs"]["rules"]["steps"].as_array().unwrap();
    let scripts: Vec<&str> = steps
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert_eq!(scripts.len(), 5);
    let folder = Folder::new();
    let repository = folder.path().join("repository");
    let at = repository.to_str().unwrap().to_owned();
    assert_eq!(folder.run(["init", &at]).done().status, 0);
    // The runner has programs that are not here: one installs, one posts.
    let bin = Folder::new().with("cargo", "#!/bin/sh\n").with(
        "gh",
        "#!/bin/sh\nfor last; do :; done\ncp \"$last\" ../posted.md\n",
    );
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_clio-rules"));
    let shell = |script: &str| {
        let path = std::env::var("PATH").unwrap();
        let (bin, built) = (bin.path().display(), program.parent().unwrap().display());
        let script = format!("chmod +x {bin}/*; PATH={bin}:{built}:{path}; {script}");
        let output = std::process::Command::new("bash")
            .args(["-e", "-o", "pipefail", "-c", &script])
            .current_dir(&repository)
            .env("GITHUB_WORKSPACE", &repository)
            .env("GITHUB_BASE_REF", "main")
            .env("GITHUB_HEAD_REF", "change")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let git = "git -c user.name=A -c user.email=a@example.com";
    let (code, _, error) = shell(&format!(
        "git init -q; git add .; {git} commit -qm start; git update-ref refs/remotes/origin/main HEAD"
    ));
    assert_eq!(code, Some(0), "{error}");
    let rules = folder.read("repository/rules/manage.yaml");
    let before = "      run_global_export: Export everything the firm has";
    let after = format!(
        "{}\n        title: Export everything the firm has\n        allow: [administrator, reports]",
        "      run_global_export:"
    );
    assert!(rules.contains(before));
    let folder = folder.with(
        "repository/rules/manage.yaml",
        rules.replace(before, &after),
    );
    let done: Vec<_> = scripts.iter().map(|script| shell(script)).collect();
    let codes: Vec<Option<i32>> = done.iter().map(|(code, ..)| *code).collect();
    // A property and fixtures assert what was changed, so check and test fail; no other step does.
    let expected = [Some(0), Some(2), Some(1), Some(0), Some(0)];
    assert_eq!(codes, expected, "{done:#?}");
    assert!(
        done[2].1.starts_with("::error file=fixtures/"),
        "{}",
        done[2].1
    );
    let log: Value = serde_json::from_str(&folder.read("repository/check.sarif")).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "property-broken");
    let posted = folder.read("posted.md");
    assert!(posted.starts_with("**different**: "), "{posted}");
    assert!(
        posted.contains("- Export everything the firm has (`run_global_export`)\n"),
        "{posted}"
    );
}
