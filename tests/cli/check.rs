use clio_rules::{Census, Rulebook};
use pretty_assertions::assert_eq;
use serde_json::json;

use crate::program::{EXAMPLE, Folder, prints, shipped};

#[test]
fn what_is_built_in_has_nothing_wrong() {
    let census = Rulebook::builtin().unwrap().census();
    let [grow, manage] = census.as_slice() else {
        panic!("{census:?}")
    };
    let counts = |product: &Census| {
        let Census {
            roles,
            actions,
            rules,
            stated,
            inferred,
            ..
        } = product;
        format!(
            "{roles} roles, {actions} actions, {rules} rules ({stated} stated, {inferred} inferred)"
        )
    };
    let stdout = format!(
        "\
nothing wrong
  grow    {}, 1 script over {} paths, {} tables of {} cells
  manage  {}, {} scripts over {} paths, {} tables of {} cells
  firm    Hartley Moss LLP, 14 users, 3 groups, 4 things
",
        counts(grow),
        grow.paths,
        grow.tables,
        grow.cells,
        counts(manage),
        manage.scripts,
        manage.paths,
        manage.tables,
        manage.cells
    );
    prints(["check"], 0, &stdout, EXAMPLE);
}

/// Seventeen settings that one action reads: more than a table has cells for.
#[test]
fn a_table_that_would_be_too_large_is_said_to_be_walked() {
    let door = include_str!("../cases/loads/a_small_rulebook/rules/door.yaml");
    let names: Vec<String> = (0..17).map(|n| format!("s{n}")).collect();
    let settings = names.iter().map(|name| {
        format!("  {name}: {{ title: S, values: [false, true], default: true, basis: stated, section: doors }}\n")
    });
    let settings = format!("settings:\n{}\ngrounds:", settings.collect::<String>());
    let when: Vec<String> = names.iter().map(|name| format!("user.{name}")).collect();
    let action = format!(
        "      leave: {{ title: Leave, allow: everyone, when: '{}', because: No }}\n",
        when.join(" && ")
    );
    let rules = door.replacen("grounds:", &settings, 1) + action.as_str();
    let firm =
        "firm: House\nusers:\n  - { id: ada, door: {} }\n  - { id: ben, door: { s16: false } }\n";
    let folder = Folder::new()
        .with("rules/door.yaml", &rules)
        .with("firm.yaml", firm);
    let checked = folder.run(["check"]).done().stdout;
    assert!(
        checked.contains("1 table of 2 cells, 1 tree walked\n"),
        "{checked}"
    );
    assert_eq!(folder.run(["can", "ada", "leave"]).done().status, 0);
    assert_eq!(folder.run(["can", "ben", "leave"]).done().status, 1);
}

#[test]
fn json_has_findings_and_census() {
    Folder::new()
        .run(["check", "--format", "json"])
        .prints_json(
            0,
            json!({
                "ask": "check",
                "yes": true,
                "findings": [],
                "census": {
                    "products": Rulebook::builtin().unwrap().census(),
                    "firm": "Hartley Moss LLP",
                    "users": 14, "groups": 3, "things": 4,
                },
            }),
            EXAMPLE,
        );
}

#[test]
fn a_line_that_no_person_wrote_is_not_drawn() {
    let far = " ".repeat(2_000);
    let firm = format!(
        "firm: X\nusers: [{{id: a, manage: {{roles: [primary_subscriber]}}}}, {far}{{id: b, manage: {{roles: [biling]}}}}]\n"
    );
    let folder = Folder::new().with("firm.yaml", firm);
    let stderr = "\
error[unknown-role]: there is no role `biling` in Clio Manage
--> firm.yaml:2:2082
 = help: did you mean `billing`?

`clio-rules explain unknown-role` says more
";
    folder.run(["check"]).prints(2, "1 error\n", stderr);
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let script = shipped("rules/manage.rhai");
    let folder = Folder::new().with_rules().with("rules/lonely.rhai", script);
    let done = folder.run(["check"]).done();
    assert_eq!(done.status, 0);
    assert!(done.stderr.contains("warning[script-without-rules]"));
    assert!(done.stdout.starts_with("1 warning\n"));
    let denied = folder.run(["check", "--deny-warnings"]).done();
    assert_eq!(denied.status, 1);
    assert_eq!(denied.stdout, done.stdout);
}

#[test]
fn a_broken_rule_file_does_not_hide_a_broken_firm_file() {
    let folder = Folder::new()
        .with("rules/door.yaml", "product: door\ntitle: [\n")
        .with("firm.yaml", "firm: Two\nusers: []\nusers: []\n");
    let done = folder.run(["check", "--format", "json"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (2, "rules: ./rules\n"));
    let found = done.lines();
    let codes: Vec<_> = found[0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let place = finding["place"].as_str().unwrap();
            (finding["code"].as_str().unwrap(), place)
        })
        .collect();
    assert_eq!(
        codes,
        [
            ("yaml-syntax", "rules/door.yaml:3:1"),
            ("duplicate-key", "firm.yaml:3:1"),
        ]
    );
    assert_eq!(found[0].get("census"), None);
}

#[test]
fn a_firm_file_that_is_not_there_is_told() {
    let stderr = "\
error[cannot-read]: `none.yaml` cannot be read: no such file or directory
 |
 = help: check the path and who may read it

`clio-rules explain cannot-read` says more
";
    prints(["check", "--firm", "none.yaml"], 2, "1 error\n", stderr);
}

#[test]
fn a_folder_without_rules_is_told() {
    let folder = Folder::new().with("rules/notes.txt", "nothing");
    let done = folder.run(["check", "--rules", "rules"]).done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("error[no-rule-files]"));
    let done = folder.run(["check", "--rules", "rules/notes.txt"]).done();
    assert_eq!(done.status, 2);
    let told = "`rules/notes.txt` cannot be read: not a directory\n |\n = help: name the folder it is in\n";
    assert!(done.stderr.contains(told), "{}", done.stderr);
}

#[test]
fn fixtures_are_checked_with_the_rest() {
    let suite = "suite: Ours\nproduct: manage\nfirm: firm.yaml\ntests:\n  - test: Nobody\n    actions: create_bill\n    deny: [wern]\n";
    let folder = Folder::new()
        .with("fixtures/firm.yaml", shipped("fixtures/firm.yaml"))
        .with("fixtures/ours.yaml", suite);
    let stderr = "\
firm: the built-in example firm
fixtures: ./fixtures
error[unknown-user]: nobody in this firm has the id `wern`
 --> fixtures/ours.yaml:7:12
  |
7 |     deny: [wern]
  |            ^^^^
  |
  = help: did you mean `wren`?

`clio-rules explain unknown-user` says more
";
    folder.run(["check"]).prints(2, "1 error\n", stderr);
    let sound = folder.with("fixtures/ours.yaml", suite.replace("wern", "wren"));
    let done = sound.run(["check"]).done();
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(
        done.stdout.ends_with("\n  fixtures  1 suite\n"),
        "{}",
        done.stdout
    );
}

#[test]
fn rules_that_the_example_firm_does_not_fit_are_checked_alone() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rulebooks/records/rules");
    let done = Folder::new()
        .run(["check", "--rules", rules, "--deny-warnings"])
        .done();
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(
        done.stdout.starts_with("nothing wrong\n  records  "),
        "{}",
        done.stdout
    );
}

#[test]
fn what_can_never_matter_is_warned_of() {
    let rules = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/cases/idle/rule_behind_one/rules"
    );
    let check = |more: &[&'static str]| {
        let arguments = ["check", "--rules", rules].into_iter();
        let arguments = arguments.chain(more.iter().copied());
        Folder::new().run(arguments).done()
    };
    let done = check(&[]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stdout.starts_with("1 warning\n"), "{}", done.stdout);
    let proof = "warning[rule-never-decides]: the rule `owners_open` never decides: whomever it would allow, \
                 `everybody_opens` has allowed already\n";
    assert!(done.stderr.contains(proof), "{}", done.stderr);
    assert_eq!(check(&["--deny-warnings"]).status, 1);
    let json = check(&["--format", "json"]).lines().remove(0);
    let found = &json["findings"][0];
    assert_eq!(found["code"], "rule-never-decides");
    assert_eq!(found["severity"], "warning");
    let place = found["place"].as_str().unwrap();
    assert!(place.ends_with("door.yaml:31:21"), "{place}");
    let few = check(&["--states", "1"]);
    assert_eq!(few.status, 0, "{}", few.stderr);
    assert!(
        few.stderr.contains("warning[idle-parts-cut-off]"),
        "{}",
        few.stderr
    );
}

/// A firm is sound where it is not as it should be: each warning stands at its user.
#[test]
fn a_firm_that_is_not_as_it_should_be_is_warned_about() {
    let folder = Folder::new().with("firm.yaml", shipped("fixtures/firms/own_policy.yaml"));
    let done = folder.run(["check"]).done();
    assert_eq!(done.status, 0);
    assert!(done.stdout.starts_with("4 warnings\n"), "{}", done.stdout);
    for (warning, place) in [
        (
            "warning[advice-unmet]: `cole` is not as the rules of Clio Manage advise: Whoever gets",
            "firm.yaml:32:9",
        ),
        (
            "warning[dormant-roles]: `tessa` is disabled and still holds `billing` in Clio Manage",
            "firm.yaml:37:9",
        ),
    ] {
        let (_, found) = done.stderr.split_once(warning).expect(warning);
        assert!(found.contains(&format!("--> {place}\n")), "{found}");
    }
    let denied = folder.run(["check", "--deny-warnings"]).done();
    assert_eq!(denied.status, 1);
    let json = folder.run(["check", "--format", "json"]).done().lines();
    let findings = json[0]["findings"].as_array().unwrap().iter();
    let places = findings.map(|finding| finding["place"].as_str().unwrap());
    let expected = [
        "firm.yaml:37:9",
        "firm.yaml:32:9",
        "firm.yaml:37:9",
        "firm.yaml:37:9",
    ];
    assert_eq!(places.collect::<Vec<_>>(), expected);
}
