//! `matrix`: roles across, actions down, in every form.

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::program::{EXAMPLE, Folder, shipped};

#[test]
fn text_says_what_a_cell_depends_on() {
    Folder::new().run(["matrix", "--product", "grow"]).prints(
        0,
        "Clio Grow
                               normal  admin

 Reserved to admins
   view_reports                   -     yes
   export_contacts                -     yes
   export_matters                 -     yes
   invite_users                   -     yes
   deactivate_users               -     yes
   add_licenses                   -     yes
   remove_licenses                -     yes
   update_billing_information     -     yes

 Open to everyone
   use_contacts                  yes    yes
   use_matters                   yes    yes
   use_tasks                     yes    yes
   use_calendar                  yes    yes
   use_documents                 yes    yes
   use_communications            yes    yes

 Editing people
   edit_user_permission           -     [1]

  [1] if not same_user
",
        EXAMPLE,
    );
}

/// The cells of one action.
fn row(arguments: &[&str], action: &str) -> Vec<String> {
    let arguments = ["matrix", "--product", "manage", "--format", "csv"]
        .iter()
        .chain(arguments);
    let done = Folder::new().run(arguments.copied()).done();
    let lines = done
        .stdout
        .lines()
        .filter(|line| line.contains(&format!(",{action},")));
    let cells: Vec<_> = lines
        .flat_map(|line| line.split(',').skip(4))
        .map(str::to_owned)
        .collect();
    assert_eq!(cells.len(), 6, "{cells:?}");
    cells
}

#[test]
fn csv_has_a_line_for_each_action_and_follows_the_readings() {
    assert_eq!(
        row(&[], "create_bill"),
        ["deny", "deny", "deny", "allow", "allow", "allow"]
    );
    let independent = ["--reading", "administrator_opens_every_area=false"];
    assert_eq!(
        row(&independent, "create_bill"),
        ["deny", "deny", "deny", "allow", "deny", "deny"]
    );
    let dependent = "if user.billing_rate_visibility is all or own";
    assert_eq!(row(&[], "view_own_billing_rate"), [dependent; 6]);
}

#[test]
fn json_has_every_action_of_every_product() {
    let done = Folder::new().run(["matrix", "--format", "json"]).done();
    let matrices: Value = serde_json::from_str(&done.stdout).unwrap();
    let rows = |product: &Value| -> usize {
        product["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| group["rows"].as_array().unwrap().len())
            .sum()
    };
    let counts: Vec<usize> = matrices["matrices"]
        .as_array()
        .unwrap()
        .iter()
        .map(rows)
        .collect();
    assert_eq!(counts, [15, 75]);
}

#[test]
fn markdown_and_html_carry_the_same_cells() {
    let folder = Folder::new();
    let markdown = folder
        .run(["matrix", "--format", "markdown", "--product", "grow"])
        .done()
        .stdout;
    assert!(
        markdown.contains("| `view_reports` | – | yes |\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("| `edit_user_permission` | – | (1) |\n"),
        "{markdown}"
    );
    let html = folder
        .run(["matrix", "--format", "html", "--product", "grow"])
        .done()
        .stdout;
    assert!(html.starts_with("<!doctype html>\n"));
    assert_eq!(html.matches("<tr><th scope=\"row\">").count(), 15);
    assert!(
        html.contains("<li id=\"grow-1\">if not same_user</li>"),
        "{html}"
    );
    assert!(
        !html.contains("http"),
        "a page of its own asks nothing of the network"
    );
}

#[test]
fn an_unknown_product_is_named_with_its_nearest() {
    let done = Folder::new().run(["matrix", "--product", "mange"]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("did you mean `manage`?"),
        "{}",
        done.stderr
    );
}

/// A level opens one action, an option another, two options a third; and one is open to nobody.
const BESIDE: &str = "\
product: x
title: X
document: { title: D, sections: { s: S } }
roles:
  low: { title: Low, basis: stated, section: s }
  high: { title: High, basis: stated, section: s }
  option: { title: Option, basis: stated, section: s }
  extra: { title: Extra, basis: stated, section: s }
seats: { hold: \"exactly one of [low, high]\" }
settings:
  mode: { title: Mode, values: [fast, slow], default: fast, basis: stated, section: s }
grounds:
  user_disabled: { because: b, basis: stated, section: s }
  user_has_no_seat: { because: b, basis: stated, section: s }
  target_has_no_seat: { because: b, basis: stated, section: s }
actions:
  - group: G
    section: s
    basis: stated
    actions:
      lead: { title: Lead, allow: high }
      opt: { title: Opt, allow: option }
      climb: { title: Climb, allow: high, when: user.option, because: No }
      mix: { title: Mix, allow: option, when: user.extra, because: No }
      race:
        title: Race
        allow: option
        when: user.extra && user.mode == \"fast\" && user.high
        because: No
      rest: { title: Rest, allow: low, when: user.high, because: No }
";

#[test]
fn roles_beside_the_levels_and_roles_together_are_shown() {
    let folder = Folder::new().with("rules/x.yaml", BESIDE).with(
        "firm.yaml",
        "firm: F\nusers: [{ id: u, x: { roles: [low, option] } }]\n",
    );
    let run = |format: &'static str| folder.run(["matrix", "--format", format]).done().stdout;
    pretty_assertions::assert_str_eq!(
        run("text"),
        "\
X
          low  high  option  extra  together

 G
   lead    -    yes    [1]    [1]       -
   opt     -     -     yes     -        -
   climb   -     -     [1]     -        -
   mix     -     -      -      -       [2]
   race    -     -      -      -       [3]
   rest    -     -      -      -        -

  [1] if user holds high
  [2] with option and extra
  [3] with option and extra, if user.mode is fast and user holds high
"
    );
    let csv = run("csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "product,group,action,title,low,high,option,extra,together"
    );
    assert_eq!(
        lines[4],
        "x,G,mix,Mix,deny,deny,deny,deny,with option and extra"
    );
    assert_eq!(lines[6], "x,G,rest,Rest,deny,deny,deny,deny,deny");
    let markdown = run("markdown");
    assert!(markdown.contains("| action | low | high | option | extra | together |\n"));
    assert!(
        markdown.contains("| `mix` | – | – | – | – | (2) |\n"),
        "{markdown}"
    );
    let html = run("html");
    assert!(
        html.contains("<th scope=\"col\">together</th>\n</tr>"),
        "{html}"
    );
    assert!(
        html.contains("title=\"with option and extra\">with 2</a>"),
        "{html}"
    );
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let row = |number: usize| &json["matrices"][0]["groups"][0]["rows"][number];
    assert_eq!(
        row(3)["together"],
        serde_json::json!([{"roles": ["option", "extra"], "decision": "allow"}])
    );
    assert_eq!(row(5)["together"], serde_json::json!([]));
}

#[test]
fn columns_can_stand_for_values_and_lists() {
    let by = |by: &str| {
        let folder = Folder::new();
        let done = folder.run(["matrix", "--by", by]).done();
        assert_eq!(done.status, 0, "{}", done.stderr);
        done.stdout
    };
    pretty_assertions::assert_str_eq!(
        by("billing_rate_visibility"),
        "\
Clio Manage, by billing_rate_visibility
                              all  own  none

 Rates and hours
   view_own_billing_rate      yes  yes    -
   view_others_billing_rates  yes   -     -

  73 other actions have nothing to do with billing_rate_visibility
"
    );
    assert!(
        by("matter_access").contains("everyone  listed  not_listed\n"),
        "{}",
        by("matter_access")
    );
    pretty_assertions::assert_str_eq!(
        by("matter"),
        "\
Clio Manage, by matter
                       -  access

 What every user does
   delete_matter       -    yes

 Matters
   open_matter         -    yes

  73 other actions have nothing to do with matter
"
    );
    // A list of its own has its two values, and what follows from them.
    let csv = Folder::new()
        .run(["matrix", "--by", "matter.access", "--format", "csv"])
        .done();
    let lines: Vec<&str> = csv.stdout.lines().collect();
    assert_eq!(lines[0], "product,group,action,title,false,true");
    assert!(lines[1].ends_with(",deny,allow"), "{}", csv.stdout);
    let folder = Folder::new();
    let html = folder.run(["matrix", "--by", "matter", "--format", "html"]);
    let page = html.done().stdout;
    assert!(page.contains("<th scope=\"col\">no list</th>"), "{page}");
    assert!(page.contains("<p>73 other actions"), "{page}");
    let roles = Folder::new().run(["matrix"]).done().stdout;
    assert_eq!(by("roles"), roles);
}

#[test]
fn what_columns_cannot_stand_for_is_named_with_its_nearest() {
    for product in [&[][..], &["--product", "manage"]] {
        let arguments = [&["matrix", "--by", "billing_rate_visiblity"], product].concat();
        let done = Folder::new().run(arguments).done();
        assert_eq!(done.status, 2);
        let help = "did you mean `billing_rate_visibility`?";
        assert!(
            done.stderr.contains("error[unknown-columns]"),
            "{}",
            done.stderr
        );
        assert!(done.stderr.contains(help), "{}", done.stderr);
    }
}

#[test]
fn rules_without_a_firm_have_a_matrix() {
    let note = "firm: none, with the readings that the rules choose\n";
    let records = shipped("tests/rulebooks/records/rules/records.yaml");
    let script = shipped("tests/rulebooks/records/rules/records.rhai");
    let folder = Folder::new()
        .with("records/records.yaml", records)
        .with("records/records.rhai", script);
    let arguments = ["matrix", "--rules", "records"];
    let done = folder.run(arguments).done();
    assert_eq!((done.status, done.stderr.as_str()), (0, note));
    assert!(done.stdout.contains("read"), "{}", done.stdout);
    // A firm that lies here and is about other rules is left aside, and said to be.
    let with_firm = folder.with(
        "firm.yaml",
        "firm: Other\nusers: [{id: ada, manage: {roles: [billing]}}]\n",
    );
    let beside = with_firm.run(arguments).done();
    assert_eq!((beside.status, beside.stderr.as_str()), (0, note));
    assert_eq!(beside.stdout, done.stdout);
    // One that is asked for has to fit.
    let named = with_firm
        .run(["matrix", "--rules", "records", "--firm", "firm.yaml"])
        .done();
    assert_eq!(named.status, 2, "{}", named.stdout);
}
