use std::fs;
use std::path::Path;

use pretty_assertions::assert_eq;
use tempfile::TempDir;

use super::{FileKind, files, has_ending, holds, keys_at_top, left_out};

const SUITES: FileKind = FileKind {
    nouns: ["suite", "suites"],
    endings: &["yaml", "yml"],
    keys: &["suite", "tests"],
    foreign_key: "users",
};

const SUITE: &str = "suite: Ours\ntests:\n  - test: x\n";

/// A folder with a suite under each name.
fn folder(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in names {
        put(folder.path(), name, SUITE);
    }
    folder
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("it can be written");
}

fn read(folder: &TempDir) -> Vec<String> {
    let files = files(folder.path(), SUITES.endings).into_iter();
    let names = files.map(|path| path.file_name().expect("a name").to_owned());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// What is told, without the path of the folder.
fn told(folder: &TempDir) -> Vec<String> {
    let findings = left_out(folder.path(), &SUITES);
    let path = format!("{}/", folder.path().display());
    findings
        .iter()
        .map(|finding| finding.message().replace(&path, ""))
        .collect()
}

/// Each name is either read or told, and none is both.
#[test]
fn what_is_not_read_is_told() {
    let read_alone = [
        "a.yaml",
        "a.yml",
        "a.YAML",
        "a.Yml",
        "copy.yaml",
        "a copy.yaml",
        "a (1).yaml",
        "a b.c.yaml",
    ];
    for name in read_alone {
        let folder = folder(&[name]);
        assert_eq!(
            (read(&folder), told(&folder)),
            (vec![name.to_owned()], vec![])
        );
    }
    let told_alone = [
        "._a.yaml",
        ".a.yaml",
        ".a.YML",
        "a.yaml~",
        "a.yml.bak",
        "a.YAML.orig",
        "#a.yaml#",
        ".a.yaml.swp",
        "a.json",
        "a.txt",
        "a",
        "a.yaml.txt",
    ];
    for name in told_alone {
        let folder = folder(&[name]);
        assert_eq!(read(&folder), Vec::<String>::new(), "{name}");
        let told = told(&folder);
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert!(
            told[0].starts_with(&format!("`{name}` is not read: ")),
            "{told:?}"
        );
        assert!(holds(folder.path(), SUITES.endings, &SUITES), "{name}");
    }
}

#[test]
fn a_copy_is_told_beside_what_it_is_a_copy_of() {
    let marks = [
        "a copy.yaml",
        "a copy 2.yaml",
        "a (1).yaml",
        "a - Copy.yaml",
        "a - Copy (2).yaml",
        "a (copy).yaml",
        "a (another copy).yaml",
        "Copy of a.yaml",
        "a (Ada's conflicted copy 2026-01-02).yaml",
    ];
    for name in marks {
        let folder = folder(&["a.yaml", name]);
        assert_eq!(read(&folder), ["a.yaml"], "{name}");
        let said = format!("`{name}` is not read: by its name it is a copy of `a.yaml`");
        assert_eq!(told(&folder), [said]);
    }
    let others = [
        "a copyright.yaml",
        "a copy rights.yaml",
        "acopy.yaml",
        "a (b).yaml",
        "a (1) b.yaml",
        "a copy.yml",
        "a 2.yaml",
    ];
    for name in others {
        let folder = folder(&["a.yaml", name]);
        assert_eq!((read(&folder).len(), told(&folder)), (2, vec![]), "{name}");
    }
}

#[test]
fn what_is_no_suite_is_not_told() {
    let folder = folder(&["a.yaml", "inner/b.txt", ".git/c.yaml"]);
    for (name, text) in [
        ("notes.txt", "suite: x\n"),
        (".DS_Store", SUITE.get(..3).unwrap_or_default()),
        ("._notes.txt", "x"),
        ("firm.json", r#"{"users": [], "suite": 1, "tests": 2}"#),
        ("schema.json", r#"{"properties": {"suite": 1, "tests": 2}}"#),
        ("inner/firm.yaml", "firm: F\nusers: []\n"),
        (".clio-rules-abcdef", SUITE),
    ] {
        put(folder.path(), name, text);
    }
    assert_eq!(
        (read(&folder), told(&folder)),
        (vec!["a.yaml".to_owned()], vec![])
    );
}

#[test]
fn folders_of_suites_in_the_folder_are_told_once_each() {
    let folder = folder(&["a.yaml", "b/c.yaml", "b/d/e.yml", "f/g.yaml"]);
    let expected = [
        "`b` is not read: it is a folder in the folder (2 suites in it)",
        "`f` is not read: it is a folder in the folder (1 suite in it)",
    ];
    assert_eq!(
        (read(&folder), told(&folder)),
        (
            vec!["a.yaml".to_owned()],
            expected.map(str::to_owned).to_vec()
        )
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_told() {
    let folder = folder(&["a.yaml"]);
    std::os::unix::fs::symlink("nowhere", folder.path().join("b.yaml")).expect("a link");
    std::os::unix::fs::symlink("a.yaml", folder.path().join("c.yaml")).expect("a link");
    assert_eq!(read(&folder), ["a.yaml", "c.yaml"]);
    assert_eq!(
        told(&folder),
        ["`b.yaml` is not read: it is no file, or a link that leads to none"]
    );
}

#[test]
fn a_folder_that_is_not_there_holds_nothing() {
    assert!(!holds(Path::new("no/such/folder"), SUITES.endings, &SUITES));
    assert!(left_out(Path::new("no/such/folder"), &SUITES).is_empty());
    assert!(!has_ending("yaml", SUITES.endings) && !has_ending(".yaml", SUITES.endings));
}

#[test]
fn keys_at_the_top_are_those_of_yaml_and_of_json() {
    let keys = |text: &str| {
        keys_at_top(text)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(keys("a: 1\nb:\n# d\n"), ["a", "b"]);
    assert!(!keys("b:\n  c: 2\n").contains(&"c".to_owned()));
    assert_eq!(
        keys(r#" {"a": {"c": 1}, "b" : ["d", {"e": 2}], "f": "g\":"}"#),
        ["a", "b", "f"]
    );
    assert_eq!(keys(r#"{"a": "\\", "b": "#), ["a", "b"]);
    assert_eq!(keys("{\"a"), Vec::<String>::new());
}
