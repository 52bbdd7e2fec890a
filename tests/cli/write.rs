//! `change --write`: what it touches and what it leaves alone.

use pretty_assertions::assert_eq;

use crate::change::CHANGES;
use crate::program::{EXAMPLE, Folder, prints, shipped};

#[test]
fn an_accepted_change_is_written_and_everything_else_survives() {
    let folder = Folder::new().with_firm();
    let before = folder.read("firm.yaml");
    let done = folder
        .run(["change", "tomas", "grant", "accounts", "otto", "--write"])
        .done();
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.ends_with("\nwritten to firm.yaml\n"));
    let after = folder.read("firm.yaml");
    let differing: Vec<(&str, &str)> = before
        .lines()
        .zip(after.lines())
        .filter(|(before, after)| before != after)
        .collect();
    assert_eq!(
        differing,
        [("      roles: [reports]", "      roles: [reports, accounts]")]
    );
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(folder.names(), ["firm.yaml"]);
    let ask = folder.run(["can", "otto", "view_accounts_tab"]).done();
    assert_eq!(ask.status, 0);
}

#[test]
fn a_refused_change_writes_nothing() {
    let folder = Folder::new().with_firm().with("changes.yaml", CHANGES);
    let before = folder.read("firm.yaml");
    let done = folder
        .run([
            "change",
            "tomas",
            "--file",
            "changes.yaml",
            "--write",
            "--format",
            "json",
        ])
        .done();
    assert_eq!(done.status, 1);
    assert_eq!(done.lines()[0]["written"], false);
    assert_eq!(folder.read("firm.yaml"), before);
}

#[test]
fn a_change_that_alters_nothing_writes_nothing() {
    let folder = Folder::new().with_firm();
    let before = folder.read("firm.yaml");
    let done = folder
        .run(["change", "tomas", "grant", "billing", "sami", "--write"])
        .done();
    assert_eq!(done.status, 0);
    assert!(
        done.stdout
            .ends_with("\nnothing written, firm.yaml is as it was\n")
    );
    assert_eq!(folder.read("firm.yaml"), before);
}

#[test]
fn writers_one_after_the_other_keep_each_others_changes() {
    let folder = Folder::new().with_firm();
    for role in ["accounts", "billing"] {
        let done = folder
            .run(["change", "tomas", "grant", role, "otto", "--write"])
            .done();
        assert_eq!(done.status, 0);
    }
    assert!(
        folder
            .read("firm.yaml")
            .contains("roles: [reports, accounts, billing]")
    );
}

#[test]
fn the_example_firm_is_not_written_to() {
    let stderr = format!(
        "{EXAMPLE}\
error[no-firm-file]: there is no firm file to write to: the firm is the built-in example
 |
 = help: name a firm file with `--firm`, or make one with `clio-rules init`

`clio-rules explain no-firm-file` says more
"
    );
    prints(
        ["change", "tomas", "grant", "billing", "wren", "--write"],
        2,
        "",
        &stderr,
    );
}

#[test]
fn a_read_only_file_stays_as_it_is() {
    let folder = Folder::new().with_firm();
    let path = folder.path().join("firm.yaml");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let stderr = "\
error[cannot-write]: `firm.yaml` cannot be written: permission denied
 |
 = help: the file is as it was; check its folder, its permissions and the space on the disk

`clio-rules explain cannot-write` says more
";
    folder
        .run(["change", "tomas", "grant", "billing", "wren", "--write"])
        .prints(2, "", stderr);
    assert_eq!(folder.read("firm.yaml"), shipped("fixtures/firm.yaml"));
}

#[test]
fn what_is_written_is_judged_by_the_firms_own_readings() {
    let folder = Folder::new().with_firm();
    let done = folder
        .run([
            "change",
            "tomas",
            "grant",
            "billing",
            "wren",
            "--write",
            "--reading",
            "firm_feed_is_open=false",
        ])
        .done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("cannot be used with"));
}

#[test]
fn a_byte_order_mark_stays() {
    let firm = format!("\u{feff}{}", shipped("fixtures/firm.yaml"));
    let folder = Folder::new().with("firm.yaml", &firm);
    let run = folder.run(["change", "tomas", "grant", "accounts", "otto", "--write"]);
    assert_eq!(run.done().status, 0);
    let written = firm.replacen("roles: [reports]", "roles: [reports, accounts]", 1);
    assert_eq!(folder.read("firm.yaml"), written);
}
