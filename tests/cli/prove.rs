use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::program::{Folder, shipped};

/// One property of each product that does not hold, and one that does.
pub(crate) const MINE: &str = "\
- product: manage
  properties:
    who_bills_can_edit_bills:
      title: Whoever makes bills can edit them
      whoever: { can: create_bill }
      can: edit_bill
    billers_hold_it_themselves:
      title: Whoever makes bills was granted Billing
      whoever: { can: create_bill }
      can: receive_payment_notifications
- product: grow
  properties:
    one_admin:
      title: There is never more than one admin
      always: { role: admin, holders: at most one }
";

#[test]
fn what_the_shipped_rules_promise_holds() {
    let done = Folder::new().run(["prove"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = done.stdout.lines().collect();
    let held = lines.iter().filter(|line| line.starts_with("holds   "));
    assert_eq!(held.count(), 19);
    assert_eq!(lines.last(), Some(&"all 19 hold"));
    let last = "holds   A firm never loses its last admin [grow the_last_admin_stays]";
    let at = lines.iter().position(|line| *line == last).unwrap();
    assert!(lines[at + 1].starts_with("        by induction over 2 changes, "));
    assert!(!done.stdout.contains(" ms"));
}

#[test]
fn a_broken_property_is_drawn_with_a_firm_and_a_step_that_is_accepted() {
    let folder = Folder::new().with("mine.yaml", MINE);
    let done = folder.run(["prove", "mine.yaml"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    let (_, grow) = done.stdout.split_once("broken  There is never").unwrap();
    let grow = grow.trim_end_matches("\n2 of 3 broken\n");
    let expected = r#" more than one admin [grow one_admin]
        by induction over 2 changes, STATES

        in this firm
          firm: Counterexample
          users:
            - id: user
              grow:
                roles: [admin]
            - id: target
              grow:
                roles: [normal]
        this is accepted
          {"product":"grow","user":"user","change":"assign","role":"admin","target":"target"}
        and then
          2 people hold admin

"#;
    let states = grow.lines().nth(1).unwrap().split(", ").nth(1).unwrap();
    assert_eq!(grow, expected.replace("STATES", states));
    assert!(
        done.stdout.ends_with("\n2 of 3 broken\n"),
        "{}",
        done.stdout
    );
}

/// Every broken property of a run: what its firm and steps say when other commands are asked.
fn tried(folder: Folder, properties: &Value) -> Vec<String> {
    let broken = properties["properties"].as_array().unwrap().iter();
    let broken: Vec<&Value> = broken
        .filter(|property| property["holds"] == json!(false))
        .collect();
    let mut folder = folder;
    let mut said = Vec::new();
    for property in broken {
        let example = &property["counterexample"];
        folder = folder.with("broken.yaml", example["firm"].as_str().unwrap());
        let steps = example["steps"].as_array().unwrap();
        let lines: Vec<String> = steps.iter().map(Value::to_string).collect();
        let batch = folder.run(["batch", "--firm", "broken.yaml"]);
        let done = batch.stdin(lines.join("\n")).done();
        for verdict in done.lines() {
            assert_eq!(verdict["verdict"], "accept", "{verdict}");
        }
        assert_eq!(done.stdout.lines().count(), steps.len());
        if let (Some(question), []) = (example.get("question"), steps.as_slice()) {
            let batch = folder.run(["batch", "--firm", "broken.yaml"]);
            let answer = batch.stdin(question.to_string()).done().lines().remove(0);
            said.push(format!("{} {}", answer["action"], answer["decision"]));
        }
        said.push(example["end"].as_str().unwrap().to_owned());
    }
    said
}

#[test]
fn json_has_what_other_commands_take() {
    let folder = Folder::new().with("mine.yaml", MINE);
    let done = folder
        .run(["prove", "mine.yaml", "--format", "json"])
        .done();
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    let json = done.lines().remove(0);
    let first = &json["properties"][0];
    assert_eq!(
        (
            &first["name"],
            &first["product"],
            &first["holds"],
            &first["method"]
        ),
        (
            &json!("who_bills_can_edit_bills"),
            &json!("manage"),
            &json!(true),
            &json!("walk")
        )
    );
    assert_eq!(first["place"], "mine.yaml:3",);
    let said = tried(folder, &json);
    assert_eq!(
        said,
        [
            "\"receive_payment_notifications\" \"deny\"",
            "user may create_bill; but user may not receive_payment_notifications",
            "2 people hold admin",
        ]
    );
}

/// Rules with one line less each: the promise that stood on it is broken, and no other.
#[test]
fn a_rule_that_goes_breaks_the_property_that_stood_on_it() {
    let cases = [
        (
            "manage",
            "    allow: administrator\n    unless: [nobody_edits_their_own_permissions, nobody_edits_the_primary_subscriber]\n    does:\n      - give",
            "    allow: everyone\n    unless: [nobody_edits_the_primary_subscriber]\n    does:\n      - give",
            &[
                "permissions_are_given_by_others",
                "administrators_make_changes",
                "nobody_raises_themselves",
            ][..],
        ),
        (
            "manage",
            "unless: [ownership_stays_where_it_is, a_disabled_person_cannot_receive, only_an_administrator_can_receive]",
            "unless: [ownership_stays_where_it_is, a_disabled_person_cannot_receive]",
            &["only_the_owner_hands_on"][..],
        ),
        (
            "grow",
            "    allow: admin\n    unless: [nobody_edits_their_own_level]\n    does:",
            "    allow: admin\n    does:",
            &["the_last_admin_stays"][..],
        ),
        (
            "grow",
            "    allow: [normal, admin]",
            "    allow: normal",
            &["the_rest_is_open"][..],
        ),
    ];
    for (product, line, other, broken) in cases {
        let rules = shipped(&format!("rules/{product}.yaml"));
        assert_eq!(rules.matches(line).count(), 1, "{line}");
        let folder = Folder::new().with_rules();
        let folder = folder.with(&format!("rules/{product}.yaml"), rules.replace(line, other));
        let done = folder
            .run(["prove", "--rules", "rules", "--format", "json"])
            .done();
        let json = done.lines().remove(0);
        let properties = json["properties"].as_array().unwrap().iter();
        let found: Vec<&str> = properties
            .filter(|property| property["holds"] == json!(false))
            .map(|property| property["name"].as_str().unwrap())
            .collect();
        assert_eq!((found.as_slice(), done.status), (broken, 1), "{other}");
        let check = folder.run(["check", "--rules", "rules"]).done();
        assert_eq!(check.status, 2, "{}", check.stdout);
        for name in broken {
            assert!(
                check.stdout.contains("property-broken")
                    || check.stderr.contains("property-broken")
            );
            let place = format!("the property `{name}` of");
            assert!(
                check.stdout.contains(&place) || check.stderr.contains(&place),
                "{}{}",
                check.stdout,
                check.stderr
            );
        }
        tried(folder, &json);
    }
}

/// A promise about people whom there cannot be.
const OF_NOTHING: &str = "  nobody_in_particular:
    title: Whoever is an admin and is not brings in people
    whoever: { holds: [admin, normal] }
    can: invite_users
";

#[test]
fn a_promise_about_nobody_holds_and_says_so() {
    let file = format!("product: grow\nproperties:\n{OF_NOTHING}");
    let folder = Folder::new().with("mine.yaml", &*file);
    let done = folder.run(["prove", "mine.yaml"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = done.stdout.lines().collect();
    let (title, holds) = (
        "holds   Whoever is an admin and is not brings in people [grow nobody_in_particular]",
        "        holds, but nobody can be so: user holds admin, normal",
    );
    assert_eq!((lines[0], lines[2]), (title, holds));
    assert!(lines[1].starts_with("        walked "));
    assert_eq!(lines.last(), Some(&"all 1 hold"));
    let done = folder
        .run(["prove", "mine.yaml", "--format", "json"])
        .done();
    let json = &done.lines()[0]["properties"][0];
    assert_eq!(
        (&json["holds"], &json["vacuous"], &json["because"]),
        (
            &json!(true),
            &json!(true),
            &json!("nobody can be so: user holds admin, normal")
        )
    );
    let others = Folder::new().run(["prove", "--format", "json"]).done();
    let others = others.lines().remove(0);
    let mut others = others["properties"].as_array().unwrap().iter();
    assert!(others.all(|property| property.get("vacuous").is_none()));
}

#[test]
fn check_warns_of_a_promise_about_nobody() {
    let rules = shipped("rules/grow.yaml");
    assert_eq!(rules.matches("\nproperties:\n").count(), 1);
    let sourced = OF_NOTHING.trim_end().to_owned() + "\n    basis: stated\n    section: SECTION\n";
    let section = rules.split("section: ").nth(1).unwrap();
    let section = section.split(['\n', ',', ' ']).next().unwrap();
    let sourced = sourced.replace("SECTION", section);
    let rules = rules.replace("\nproperties:\n", &format!("\nproperties:\n{sourced}"));
    let folder = Folder::new().with("r/grow.yaml", rules);
    let done = folder.run(["check", "--rules", "r"]).done();
    assert_eq!(done.status, 0, "{}{}", done.stdout, done.stderr);
    let all = format!("{}{}", done.stdout, done.stderr);
    for said in [
        "warning[property-vacuous]",
        "`nobody_in_particular` of Clio Grow holds of nothing: nobody can be so: user holds admin, normal",
        "correct whom or what it speaks about, or remove the property",
        "r/grow.yaml:",
    ] {
        assert!(all.contains(said), "{said}\n{all}");
    }
    let done = folder
        .run(["check", "--rules", "r", "--deny-warnings"])
        .done();
    assert_eq!(done.status, 1);
}

#[test]
fn what_is_cut_off_is_undecided_and_everything_else_is_shown() {
    let folder = Folder::new();
    let done = folder.run(["prove", "--states", "30"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (2, ""));
    let begins = |word: &str| {
        done.stdout
            .lines()
            .filter(|line| line.starts_with(word))
            .count()
    };
    let (held, undecided) = (begins("holds   "), begins("undecided  "));
    assert_eq!((held + undecided, begins("broken")), (19, 0));
    assert!(held > 5 && undecided > 2, "{}", done.stdout);
    for said in [
        "        walked 30 states\n",
        "is not decided: the search was cut off after 30 states\n",
        "allow for more with `--states` and `--time`",
        &format!("\n{undecided} of 19 undecided\n"),
    ] {
        assert!(done.stdout.contains(said), "{said}\n{}", done.stdout);
    }
    let enough = folder.run(["prove", "--states", "1000"]).done();
    let usual = folder.run(["prove"]).done();
    assert_eq!((enough.status, enough.stdout), (0, usual.stdout));
}

#[test]
fn a_broken_property_beside_an_undecided_one_is_a_no() {
    let folder = Folder::new().with("mine.yaml", MINE);
    let done = folder
        .run(["prove", "mine.yaml", "--states", "6", "--format", "json"])
        .done();
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    let json = done.lines().remove(0);
    let holds: Vec<&Value> = json["properties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["holds"])
        .collect();
    assert!(
        holds.contains(&&Value::Null) && holds.contains(&&json!(false)),
        "{holds:?}"
    );
}

#[test]
fn check_warns_of_what_is_not_decided_and_ends_in_time() {
    let folder = Folder::new().with_rules();
    let run = |bound: [&'static str; 2]| {
        let [option, value] = bound;
        folder
            .run(["check", "--rules", "rules", option, value])
            .done()
    };
    for bound in [["--states", "30"], ["--time", "0s"]] {
        let done = run(bound);
        assert_eq!(done.status, 0, "{}{}", done.stdout, done.stderr);
        let all = format!("{}{}", done.stdout, done.stderr);
        assert!(all.contains("warning[property-not-decided]"), "{all}");
        assert!(all.contains("the search was cut off after "), "{all}");
    }
}

#[test]
fn mistakes_in_a_file_of_properties_have_their_place() {
    let file = "product: mange\nproperties: {}\n";
    let folder = Folder::new().with("mine.yaml", file);
    let done = folder.run(["prove", "mine.yaml"]).done();
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(
        done.stderr.contains("no product is called `mange`"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("mine.yaml:1:10"), "{}", done.stderr);
    let done = folder.run(["prove", "there_is_none.yaml"]).done();
    assert_eq!(done.status, 2);
    let file = "product: grow\nproperties:\n  p:\n    title: P\n    whoever: {holds: amdin}\n    can: view_reprots\n";
    let folder = Folder::new().with("mine.yaml", file);
    let done = folder
        .run(["prove", "mine.yaml", "--format", "json"])
        .done();
    assert_eq!(done.status, 2);
    for help in ["did you mean `admin`?", "did you mean `view_reports`?"] {
        assert!(
            format!("{}{}", done.stdout, done.stderr).contains(help),
            "{}{}",
            done.stdout,
            done.stderr
        );
    }
}

#[test]
fn rules_that_promise_nothing_are_said_to() {
    let folder = Folder::new().with(
        "r/door.yaml",
        shipped("tests/cases/loads/a_small_rulebook/rules/door.yaml"),
    );
    let stdout = "nothing is promised: no rule file has `properties`\n";
    folder.run(["prove", "--rules", "r"]).prints(0, stdout, "");
    let done = folder.run(["prove", "--rules", "there_is_none"]).done();
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(
        done.stderr
            .starts_with("error[cannot-read]: `there_is_none` cannot be read"),
        "{}",
        done.stderr
    );
}
