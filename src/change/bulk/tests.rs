use crate::{Bulk, Change, Firm, Loader, Rulebook};
use pretty_assertions::assert_eq;

/// The built-in rules, with ownership added to the bulk changes.
fn with_transfers_in_bulk() -> Firm {
    let texts: Vec<(&str, String)> = crate::load::builtin::RULES
        .iter()
        .map(|(name, text)| {
            (
                *name,
                text.replace(
                    "of: [grant, revoke]",
                    "of: [grant, revoke, transfer_ownership]",
                ),
            )
        })
        .collect();
    let rulebook = Rulebook::from_texts(texts.iter().map(|(name, text)| (*name, text.as_str())))
        .expect("it loads");
    Firm::example(&rulebook).expect("the example fits")
}

/// Each transfer alone leaves one primary subscriber. Together they would leave two.
#[test]
fn parts_that_break_an_invariant_together_are_refused_together() {
    let firm = with_transfers_in_bulk();
    let to = |target: &str| Change::new("nadia", "transfer_ownership").target(target);
    let alone = firm
        .judge_bulk(&Bulk::new("nadia").part(to("tomas")))
        .expect("it can be asked");
    assert!(alone.is_accepted());
    let both = firm
        .judge_bulk(&Bulk::new("nadia").part(to("tomas")).part(to("priya")))
        .expect("it can be asked");
    assert!(!both.is_accepted());
    let reasons: Vec<_> = both
        .reasons
        .iter()
        .map(|reason| (reason.part, &*reason.grounds.rule))
        .collect();
    assert_eq!(
        reasons,
        [
            (Some(1), "primary_subscriber"),
            (Some(2), "primary_subscriber")
        ]
    );
    assert!(both.altered.is_empty());
}

#[test]
fn a_verdict_about_another_firm_is_refused() {
    let rulebook = Rulebook::builtin().expect("built in");
    let (firm, other) = (
        Firm::example(&rulebook).expect("built in"),
        Firm::example(&rulebook).expect("built in"),
    );
    let verdict = firm
        .judge(&Change::new("tomas", "grant").role("billing").target("wren"))
        .expect("it can be asked");
    assert_eq!(
        other
            .after(&verdict)
            .expect_err("it is another firm")
            .code()
            .name(),
        "stale-verdict"
    );
    assert!(firm.after(&verdict).is_ok());
}

/// The search for the nearest name is slow. A file full of wrong names is read only up to the limit of errors.
#[test]
fn a_file_of_wrong_names_is_read_up_to_the_limit_of_errors() {
    let limits = crate::Limits {
        errors: 20,
        ..crate::Limits::default()
    };
    let rules = crate::load::builtin::RULES.iter().copied();
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_texts(rules)
        .expect("built in");
    let firm = Firm::example(&rulebook).expect("built in");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("changes.yaml");
    let found = |parts: usize| {
        let part = |number| format!("- grant billing nobody_{number}\n");
        std::fs::write(&path, (0..parts).map(part).collect::<String>()).expect("a file");
        let refused = Bulk::from_file(&firm, None, "tomas", &path).expect_err("wrong names");
        refused.findings().errors()
    };
    assert_eq!(
        [found(1), found(20), found(21), found(500)],
        [1, 20, 21, 21]
    );
}
