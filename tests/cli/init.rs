//! `init`: a start that works, and that never overwrites.

use pretty_assertions::assert_eq;

use crate::program::Folder;

#[test]
fn a_start_is_checked_and_only_its_dormant_roles_are_found() {
    let folder = Folder::new();
    let done = folder.run(["init", "firm"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let start = Folder::at(folder.path().join("firm"));
    assert_eq!(start.names(), ["firm.yaml", "fixtures", "rules"]);
    let checked = start.run(["check", "--format", "json"]).done();
    assert_eq!(checked.status, 0, "{}{}", checked.stdout, checked.stderr);
    // Two people of the example firm have left, and hold what they held: the rules have nothing to be warned about.
    let lines = checked.lines();
    let findings = lines[0]["findings"].as_array().unwrap().iter();
    let codes: Vec<&str> = findings.map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["dormant-roles"; 3]);
}

#[test]
fn a_folder_that_has_any_of_the_files_is_refused_as_a_whole() {
    let folder = Folder::new().with("rules/grow.yaml", "mine\n");
    folder.run(["init", "."]).prints(
        2,
        "",
        "error[would-overwrite]: `./rules/grow.yaml` is there already\n |\n = help: choose another folder; nothing was written\n\n`clio-rules explain would-overwrite` says more\n",
    );
    assert_eq!(folder.names(), ["rules"]);
    assert_eq!(folder.read("rules/grow.yaml"), "mine\n");
}

#[test]
fn the_second_time_is_refused() {
    let folder = Folder::new();
    assert_eq!(folder.run(["init", "firm"]).done().status, 0);
    assert_eq!(folder.run(["init", "firm"]).done().status, 2);
}

#[test]
fn nothing_stays_where_one_file_cannot_be_written() {
    let folder = Folder::new().with("firm/fixtures", "a file where a folder is needed\n");
    let done = folder.run(["init", "firm"]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("error[cannot-create]"),
        "{}",
        done.stderr
    );
    assert!(!folder.path().join("firm/firm.yaml").exists());
    assert!(!folder.path().join("firm/rules/manage.yaml").exists());
}
