//! `matrix`: roles across, actions down, in every form.

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::program::{EXAMPLE, Folder};

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
