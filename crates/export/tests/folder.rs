//! The folder of an export: whole, or not at all, and never in the place of what is not ours.
#![allow(
    clippy::expect_used,
    reason = "what cannot be made or read is a failed test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clio_rules::{Firm, Rulebook};
use clio_rules_export::{ExportError, Format, export};

const FORMATS: [Format; 3] = [Format::Parquet, Format::Csv, Format::Sql];

fn firm() -> Firm {
    Firm::example(&Rulebook::builtin().expect("it loads")).expect("it loads")
}

/// Every file of a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("it is a folder");
    let files = entries.map(|entry| {
        let entry = entry.expect("it can be read");
        let name = entry.file_name().into_string().expect("it is a text");
        (name, fs::read(entry.path()).expect("it is a file"))
    });
    files.collect()
}

/// The names of what stands in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is a folder");
    let names = entries.map(|entry| entry.expect("it can be read").file_name());
    names
        .map(|name| name.into_string().expect("it is a text"))
        .collect()
}

#[test]
fn a_folder_that_is_not_there_is_made_and_nothing_stands_beside_it() {
    let firm = firm();
    for format in FORMATS {
        let above = tempfile::tempdir().expect("it is made");
        let folder = above.path().join("one/two");
        export(&firm, format, &folder, false).expect("it is written");
        assert!(files(&folder).contains_key("decide.postgres.sql"));
        assert_eq!(names(&above.path().join("one")), ["two"]);
    }
}

#[test]
fn the_same_firm_is_written_with_the_same_bytes() {
    let firm = firm();
    for format in FORMATS {
        let [one, other] = [(); 2].map(|()| tempfile::tempdir().expect("it is made"));
        for folder in [&one, &other] {
            export(&firm, format, folder.path(), false).expect("it is written");
        }
        assert!(files(one.path()) == files(other.path()), "{format:?}");
    }
}

#[test]
fn an_export_is_replaced_only_where_that_is_asked_for() {
    let firm = firm();
    let folder = tempfile::tempdir().expect("it is made");
    export(&firm, Format::Csv, folder.path(), false).expect("it is written");
    let before = files(folder.path());
    let again = export(&firm, Format::Parquet, folder.path(), false);
    assert!(matches!(again, Err(ExportError::NotEmpty(_))), "{again:?}");
    assert!(files(folder.path()) == before);
    export(&firm, Format::Parquet, folder.path(), true).expect("it is replaced");
    let after = files(folder.path());
    assert!(after.contains_key("users.parquet") && !after.contains_key("users.csv"));
}

#[test]
fn what_no_export_writes_is_never_replaced() {
    let firm = firm();
    let folder = tempfile::tempdir().expect("it is made");
    export(&firm, Format::Csv, folder.path(), false).expect("it is written");
    fs::write(folder.path().join("notes.txt"), "ours").expect("it is written");
    let before = files(folder.path());
    let forced = export(&firm, Format::Csv, folder.path(), true);
    let Err(ExportError::NotAnExport { found, .. }) = forced else {
        panic!("{forced:?}");
    };
    assert_eq!(found, "notes.txt");
    assert!(files(folder.path()) == before);

    let file = folder.path().join("notes.txt");
    let on_file = export(&firm, Format::Csv, &file, true);
    assert!(
        matches!(on_file, Err(ExportError::NotAFolder(_))),
        "{on_file:?}"
    );
    assert_eq!(fs::read(&file).expect("it is there"), b"ours");
}
