//! Changes that cannot be asked.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn changes_that_cannot_be_asked() {
    let firm = example();
    for (asked, code, help) in [
        (
            change("tomas grnt billing wren"),
            "unknown-change",
            Some("did you mean `grant`?"),
        ),
        (
            change("tomsa grant billing wren"),
            "unknown-user",
            Some("did you mean `tomas`?"),
        ),
        (
            change("tomas grant billing wern"),
            "unknown-user",
            Some("did you mean `wren`?"),
        ),
        (
            change("tomas grant biling wren"),
            "unknown-role",
            Some("did you mean `billing`?"),
        ),
        (change("tomas grant admin wren"), "unknown-role", None),
        (
            change("tomas grant primary_subscriber wren"),
            "role-not-granted",
            Some("it is passed on by `transfer_ownership`"),
        ),
        (
            change("tomas set_visibility billing_rate_visibilty own wren"),
            "unknown-setting",
            Some("did you mean `billing_rate_visibility`?"),
        ),
        (
            change("tomas set_visibility receives_bill_reminder_replies true wren"),
            "setting-not-changed",
            Some("it can be billing_rate_visibility, activity_hours_visibility"),
        ),
        (
            change("tomas set_visibility billing_rate_visibility owm wren"),
            "unknown-value",
            Some("did you mean `own`?"),
        ),
        (
            change("tomas set_visibility activity_hours_visibility none wren"),
            "unknown-value",
            Some("its values are all, own"),
        ),
        (change("tomas grant wren"), "missing-argument", None),
        (
            Change::new("tomas", "grant").role("billing"),
            "missing-target",
            Some("name the user it is done to"),
        ),
        (
            Change::new("nadia", "transfer_ownership")
                .role("billing")
                .target("tomas"),
            "unexpected-argument",
            None,
        ),
        (
            Change::new("tomas", "grant")
                .role("billing")
                .setting("a", "b")
                .target("wren"),
            "unexpected-argument",
            None,
        ),
        (
            change("nadia assign admin wren").product("manage"),
            "unknown-change",
            None,
        ),
        (
            change("nadia assign admn wren"),
            "unknown-role",
            Some("did you mean `admin`?"),
        ),
    ] {
        let error = firm.judge(&asked).unwrap_err();
        assert_eq!(error.code().name(), code, "{asked:?}");
        if help.is_some() {
            assert_eq!(error.help(), help, "{asked:?}");
        }
    }
}

#[test]
fn bulk_changes_that_cannot_be_asked() {
    let firm = example();
    let good = "tomas grant billing wren";
    for (asked, code) in [
        (Bulk::new("tomas"), "empty-bulk"),
        (Bulk::new("tomsa"), "unknown-user"),
        (
            Bulk::new("nadia")
                .product("grow")
                .part(change("nadia assign admin wren")),
            "no-bulk",
        ),
        (Bulk::new("nadia").product("gorw"), "unknown-product"),
        (
            bulk(&[
                good,
                "tomas set_visibility billing_rate_visibility own wren",
            ]),
            "bulk-part-not-allowed",
        ),
        (
            bulk(&[good, "tomas transfer_ownership wren"]),
            "bulk-part-not-allowed",
        ),
        (bulk(&[good, "tomas grnt billing wren"]), "unknown-change"),
        (bulk(&[good, "tomas grant biling wren"]), "unknown-role"),
        (bulk(&[good, "tomas grant billing wern"]), "unknown-user"),
    ] {
        assert_eq!(
            firm.judge_bulk(&asked).unwrap_err().code().name(),
            code,
            "{asked:?}"
        );
    }
    let limits = Limits {
        bulk_parts: 2,
        ..Limits::default()
    };
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_texts(crate::load::builtin::RULES.iter().copied())
        .unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    assert!(firm.judge_bulk(&bulk(&[good, good])).is_ok());
    let error = firm.judge_bulk(&bulk(&[good, good, good])).unwrap_err();
    assert_eq!(error.code().name(), "bulk-too-large");
}
