use std::fs;

use pretty_assertions::assert_eq;

use crate::{Bulk, Change, Firm, Rulebook};

const HUB: &str = include_str!("../../../tests/things/hub.yaml");

const FIRM: &str = "\
firm: One # a comment
users:
  - { id: ann, hub: { roles: [owner] } }
  - { id: ben, hub: {} }
  - { id: cid, hub: {} }
groups:
  core: [ben]   # who builds
  all:
    - core
    # the last one
    - ann
things:
  repository:
    - { id: web, write: [core], lead: ben }
    - id: app # the old one
      read: []
      write:
        - cid
  issue: { file: issues.FORMAT }
";

const LINES: &str = "{\"id\":\"i1\",\"repository\":\"web\"}\n{\"id\":\"i10\",\"repository\":\"app\",\"state\":\"open\"}\n";
const LIST: &str =
    "# issues\n- { id: i1, repository: web }\n- { id: i10, repository: app, state: open }\n";
const JSON: &str = "[\n  {\"id\": \"i1\", \"repository\": \"web\"},\n  {\"id\": \"i10\", \"repository\": \"app\", \"state\": \"open\"}\n]\n";
const TABLE: &str = "id;state;repository\ni1;;web\ni10;\"open\";app\n";

fn by_ann(name: &str) -> Change {
    Change::new("ann", name)
}

/// Makes a change of a firm in files, and returns what they hold afterwards.
fn written((format, issues): (&str, &str), change: &Change) -> [String; 2] {
    let folder = tempfile::tempdir().unwrap();
    let firm = folder.path().join("firm.yaml");
    let beside = folder.path().join(format!("issues.{format}"));
    fs::write(&firm, FIRM.replace("FORMAT", format)).unwrap();
    fs::write(&beside, issues).unwrap();
    let rulebook = Rulebook::from_texts([("hub.yaml", HUB)]).unwrap();
    let before = Firm::from_file(&rulebook, &firm).unwrap();
    let verdict = before.judge(change).unwrap();
    assert!(verdict.is_accepted(), "{verdict:?}");
    before.write_change(&firm, &verdict).unwrap();
    assert!(Firm::from_file(&rulebook, &firm).unwrap() == before.after(&verdict).unwrap());
    [&firm, &beside].map(|path| fs::read_to_string(path).unwrap())
}

#[test]
fn only_what_changes_of_a_list_or_a_group_is_written() {
    let share = |thing: &str, list: &str, target: &str| {
        by_ann("share").thing(thing).list(list).target(target)
    };
    let group = |name: &str, group: &str, target: &str| by_ann(name).group(group).target(target);
    let mut to_north = by_ann("move").thing("app");
    to_north.value = Some("north".into());
    let cases = [
        (
            share("web", "write", "cid"),
            "write: [core]",
            "write: [core, cid]",
        ),
        (share("web", "lead", "core"), "lead: ben", "lead: core"),
        (
            share("app", "write", "core"),
            "        - cid\n",
            "        - cid\n        - core\n",
        ),
        (share("app", "read", "cid"), "read: []", "read: [cid]"),
        (
            by_ann("unshare").thing("web").list("write").target("core"),
            "write: [core]",
            "write: []",
        ),
        (
            to_north,
            "        - cid\n",
            "        - cid\n      office: north\n",
        ),
        (
            group("join", "core", "cid"),
            "core: [ben]   #",
            "core: [ben, cid]   #",
        ),
        (group("leave", "all", "core"), "    - core\n", ""),
        (
            group("join", "all", "cid"),
            "    - ann\n",
            "    - ann\n    - cid\n",
        ),
    ];
    for (change, from, to) in cases {
        let [firm, beside] = written(("jsonl", LINES), &change);
        let expected = FIRM.replace("FORMAT", "jsonl").replacen(from, to, 1);
        assert_eq!((firm, &*beside), (expected, LINES), "{change:?}");
    }
}

#[test]
fn a_list_that_nobody_is_named_on_any_more_goes_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("firm.yaml");
    let text = FIRM.replace("  issue: { file: issues.FORMAT }\n", "");
    fs::write(
        &path,
        text.replace("      read: []\n", "      read: []\n      office: north\n"),
    )
    .unwrap();
    let rulebook = Rulebook::from_texts([("hub.yaml", HUB)]).unwrap();
    let firm = Firm::from_file(&rulebook, &path).unwrap();
    let open_up = |target: &str| {
        let mut change = Change::new(target, "open_up");
        change.thing = Some("app".to_owned());
        change
    };
    let verdict = firm.judge(&open_up("ann")).unwrap();
    firm.write_change(&path, &verdict).unwrap();
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(
        written,
        text.replace("      read: []\n", "      office: north\n")
    );
    // The firm in memory is the one before: somebody else has changed the file.
    let refused = firm.write_change(&path, &verdict).unwrap_err();
    assert!(
        refused.to_string().contains("changed-meanwhile"),
        "{refused}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn things_in_files_of_their_own_are_written_there() {
    let lock = |user: &str, issue: &str| Change::new(user, "lock").thing(issue);
    let cases = [
        ("jsonl", LINES, "\"state\":\"open\"", "\"state\":\"locked\""),
        ("yaml", LIST, "state: open", "state: locked"),
        ("json", JSON, "\"state\": \"open\"", "\"state\": \"locked\""),
        ("csv", TABLE, "\"open\"", "locked"),
    ];
    for (format, text, from, to) in cases {
        let [firm, beside] = written((format, text), &lock("cid", "i10"));
        assert_eq!(firm, FIRM.replace("FORMAT", format));
        assert_eq!(beside, text.replacen(from, to, 1));
    }
    let [_, beside] = written(("jsonl", LINES), &lock("ben", "i1"));
    let first = beside.lines().next().unwrap();
    assert_eq!(
        first,
        "{\"id\":\"i1\",\"repository\":\"web\", \"state\": \"locked\"}"
    );
    let [_, beside] = written(("csv", TABLE), &lock("ben", "i1"));
    assert_eq!(beside, TABLE.replacen("i1;;", "i1;locked;", 1));
}

#[test]
fn what_stands_in_several_files_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let text = FIRM.replace("FORMAT", "jsonl");
    fs::write(at("firm.yaml"), &text).unwrap();
    fs::write(at("issues.jsonl"), LINES).unwrap();
    // An issue cannot be part of a bulk change in the hub: here it can.
    let rules = HUB.replace("of: [share,", "of: [lock, share,");
    let rulebook = Rulebook::from_texts([("hub.yaml", &*rules)]).unwrap();
    let firm = Firm::from_file(&rulebook, at("firm.yaml")).unwrap();
    let bulk = Bulk::new("cid")
        .part(Change::new("cid", "lock").thing("i10"))
        .part(Change::new("cid", "leave").group("all").target("ann"));
    let verdict = firm.judge_bulk(&bulk).unwrap();
    assert!(verdict.is_accepted(), "{verdict:?}");
    let refused = firm.write_change(at("firm.yaml"), &verdict).unwrap_err();
    assert_eq!(refused.finding().code().name(), "several-files");
    assert_eq!(fs::read_to_string(at("firm.yaml")).unwrap(), text);
    assert_eq!(fs::read_to_string(at("issues.jsonl")).unwrap(), LINES);
}
