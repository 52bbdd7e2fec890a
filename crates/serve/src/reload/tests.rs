use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::stamps::Stamps;
use super::{TenantSource, hex};
use crate::config::{Limits, TenantOptions};

fn stamps(path: &Path) -> Stamps {
    Stamps::take(&BTreeSet::from([path.to_owned()]), None)
}

#[test]
fn a_file_of_the_same_length_and_time_that_was_replaced_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let [file, other] = ["a", "b"].map(|name| folder.path().join(name));
    let time = SystemTime::now() - Duration::from_secs(60);
    let write = |path: &Path, text: &str| {
        fs::write(path, text).unwrap();
        fs::File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(time)
            .unwrap();
    };
    write(&file, "one");
    let before = stamps(&file);
    assert_eq!(before, stamps(&file));
    assert!(before.are_older_than(SystemTime::now()));
    write(&other, "two");
    fs::rename(&other, &file).unwrap();
    assert_ne!(before, stamps(&file));
    fs::remove_file(&file).unwrap();
    assert_ne!(before, stamps(&file));
}

#[test]
fn what_was_just_written_may_still_change() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a");
    fs::write(&file, "one").unwrap();
    assert!(!stamps(&file).are_older_than(SystemTime::now()));
}

#[test]
fn further_files_do_not_disagree_with_those_that_were_known() {
    let folder = tempfile::tempdir().unwrap();
    let [file, other] = ["a", "b"].map(|name| folder.path().join(name));
    fs::write(&file, "one").unwrap();
    let before = stamps(&file);
    let both = Stamps::take(&BTreeSet::from([file.clone(), other]), None);
    assert!(both.agree_with(&before) && !before.agree_with(&both));
    fs::write(&file, "three").unwrap();
    assert!(!stamps(&file).agree_with(&before));
    let tomorrow = Stamps::take(&BTreeSet::from([file]), Some("2030-01-01".parse().unwrap()));
    assert!(!tomorrow.agree_with(&before), "a day is a change");
}

#[test]
fn things_in_files_beside_a_firm_are_watched_and_part_of_the_digest() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("rules")).unwrap();
    let rules = include_str!("../../tests/operation/house/rules/door.yaml");
    let volumes = "things:\n  volume:\n    title: Volume\n    properties:\n      damaged: { values: [false, true], default: false }\n\ngrounds:";
    let rules = rules
        .replace("product: door", "product: library")
        .replace("grounds:", volumes);
    fs::write(path("rules/library.yaml"), rules).unwrap();
    fs::write(path("firm.yaml"), "firm: City\nusers:\n  - { id: ada, library: {} }\nthings:\n  volume: { file: \"volumes.yaml\" } # of the city\n").unwrap();
    fs::write(path("volumes.yaml"), "- { id: v1, damaged: true }\n").unwrap();
    let options = TenantOptions {
        rules: Some(path("rules")),
        firm: Some(path("firm.yaml")),
        ..TenantOptions::default()
    };
    let source = TenantSource::new(options, &Limits::DEFAULT);
    let load = source.load_with_files();
    let has = |name: &str, files: &BTreeSet<PathBuf>| files.contains(&path(name));
    assert!(
        has("volumes.yaml", &load.files)
            && has("firm.yaml", &load.files)
            && has("rules/library.yaml", &load.files)
    );
    let first = load.outcome.unwrap();
    assert_eq!(first.digest(), source.load().unwrap().digest());
    fs::write(path("volumes.yaml"), "- { id: v1, damaged: false }\n").unwrap();
    assert_ne!(first.digest(), source.load().unwrap().digest());
}

#[test]
fn bytes_are_written_as_digits() {
    assert_eq!(hex(&[0, 1, 0xaf, 0xff]), "0001afff");
}
