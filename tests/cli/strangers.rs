//! Texts of strangers: they never become lines of an answer, and tables of them are safe to open.

use pretty_assertions::assert_eq;

use crate::program::{Done, Folder};

/// A firm with a user of this id and name, both as YAML.
fn firm(id: &str, name: &str) -> String {
    format!(
        "firm: Moss\nusers:\n  - id: ada\n    manage: {{roles: [primary_subscriber]}}\n  - id: {id}\n    name: {name}\n    manage: {{}}\n"
    )
}

fn ask(firm: impl AsRef<[u8]>, arguments: &[&str]) -> Done {
    let folder = Folder::new().with("firm.yaml", firm);
    folder.run(arguments.iter().copied()).done()
}

#[test]
fn a_name_forges_no_answer() {
    let forged =
        "\"Wren may create_bill in Clio Manage\\n\\n  action   Create a bill\\nallow: Wren\"";
    let done = ask(firm("wren", forged), &["can", "wren", "create_bill"]);
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(done.stderr.contains("error[line-break]"), "{}", done.stderr);
    assert!(!done.stderr.contains("\nallow:"), "{}", done.stderr);
}

#[test]
fn a_finding_shows_lines_and_paths_of_strangers_as_they_cannot_harm() {
    let file = "fi\nallow: \u{1b}[32m\u{202e}.yaml";
    let text = firm("\"wr\u{202e}en\"", "Wren\u{200e}");
    let folder = Folder::new().with(file, text);
    let done = folder.run(["check", "--firm", file]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("error[direction-character]"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("wr\u{fffd}en"), "{}", done.stderr);
    let both = [done.stdout.as_str(), &done.stderr].concat();
    assert!(!both.contains(['\u{1b}', '\u{202e}', '\u{200e}']), "{both}");
    assert!(!both.contains("\nallow:"), "{both}");
}

#[test]
fn ids_that_people_cannot_tell_apart_are_named() {
    let text = firm("\"Ada \"", "Ada");
    let done = ask(&text, &["check", "--firm", "firm.yaml"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    let warning = "warning[look-alike-ids]: people cannot tell `Ada ` from `ada`: both are users";
    assert!(done.stderr.contains(warning), "{}", done.stderr);
    assert_eq!(ask(&text, &["check", "--deny-warnings"]).status, 1);
}

#[test]
fn no_table_is_computed_unless_it_is_asked_for() {
    let text = firm("\"=1+1\"", "\"@SUM(A1)\"");
    for command in ["review", "access"] {
        let table = |options: &[&str]| {
            let done = ask(&text, &[&[command, "--format", "csv"], options].concat());
            assert_eq!(done.status, 0, "{}", done.stderr);
            done.stdout
        };
        let starts_a_cell = |table: &str, cell: &str| {
            [",", "\n", "\""]
                .iter()
                .any(|before| table.contains(&format!("{before}{cell}")))
        };
        let usual = table(&[]);
        assert!(starts_a_cell(&usual, "'=1+1"), "{usual}");
        assert!(
            !starts_a_cell(&usual, "=") && !starts_a_cell(&usual, "@"),
            "{usual}"
        );
        let raw = table(&["--raw-csv"]);
        assert!(starts_a_cell(&raw, "=1+1"), "{raw}");
        assert_eq!(table(&["--bom"]), format!("\u{feff}{usual}"));
    }
}

#[test]
fn tables_with_semicolons_and_tabs_are_answered_with_the_same() {
    let answer = |table: &str, options: &[&str]| {
        let arguments = [&["batch", "--format", "csv"], options].concat();
        let folder = Folder::new();
        let done = folder.run(arguments.iter().copied()).stdin(table).done();
        assert_eq!(done.status, 0, "{}", done.stderr);
        done.stdout
    };
    let commas = answer(
        "user,action\nwren,create_bill\n\"wren\",share_calendars\n",
        &[],
    );
    for separator in [";", "\t"] {
        let table =
            "user,action\nwren,create_bill\n\"wren\",share_calendars\n".replace(',', separator);
        assert_eq!(answer(&table, &[]), commas.replace(',', separator));
    }
    let quoted = answer(
        "id;user;action\n\"a;\nb\";wren;create_bill\n",
        &["--raw-csv"],
    );
    assert!(
        quoted.contains("\n\"a;\nb\";wren;create_bill;manage;deny;"),
        "{quoted}"
    );
    let table = "id,user,action\n-1,wren,create_bill\n";
    assert!(answer(table, &[]).contains("\n'-1,wren,"));
    assert!(answer(table, &["--raw-csv"]).contains("\n-1,wren,"));
    assert!(answer(table, &["--bom"]).starts_with("\u{feff}id,user,"));
}
