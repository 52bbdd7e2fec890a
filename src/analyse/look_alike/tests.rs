use pretty_assertions::assert_eq;

use super::SeenIds;

fn are_alike(one: &str, other: &str) -> bool {
    let mut seen = SeenIds::default();
    assert_eq!(seen.insert(one, None), None);
    seen.insert(other, None).is_some()
}

#[test]
fn what_people_cannot_tell_apart_is_alike() {
    for (one, other) in [
        ("ada", "Ada"),
        ("ada", "ada "),
        ("ada", "\u{a0}ada"),
        ("\u{e9}", "e\u{301}"),
        ("É", "e\u{301}"),
        ("ada", "аda"),
        ("ada", "ａｄａ"),
        ("al", "a1"),
        ("Ian", "lan"),
        ("modern", "modem"),
    ] {
        assert!(
            are_alike(one, other) && are_alike(other, one),
            "{one} {other}"
        );
    }
}

#[test]
fn what_people_can_tell_apart_is_not() {
    let mut seen = SeenIds::default();
    for id in [
        "ada", "eda", "a_da", "a.da", "ad", "u1", "u2", "u10", "u11", "é", "e", "имя", "שם", "姓名",
    ] {
        assert_eq!(seen.insert(id, None), None, "{id}");
    }
}

#[test]
fn ids_that_are_counted_are_told_apart() {
    let ids: Vec<String> = (0..5_000).map(|number| format!("user{number}")).collect();
    let mut seen = SeenIds::default();
    assert!(ids.iter().all(|id| seen.insert(id, None).is_none()));
}
