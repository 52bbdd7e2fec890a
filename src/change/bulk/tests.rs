use crate::{Bulk, Change, Firm, Rulebook};
use pretty_assertions::assert_eq;

/// The built-in rules, with ownership in the list of what can be changed in bulk.
fn with_transfers_in_bulk() -> Firm {
    let texts: Vec<(&str, String)> = crate::builtin::RULES
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

/// Each transfer alone leaves one primary subscriber; together they would leave two.
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
        .reasons()
        .iter()
        .map(|reason| (reason.part(), reason.rule()))
        .collect();
    assert_eq!(
        reasons,
        [
            (Some(1), "primary_subscriber"),
            (Some(2), "primary_subscriber")
        ]
    );
    assert!(both.altered().is_empty());
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
