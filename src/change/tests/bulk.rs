//! Bulk changes.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn bulk_changes_are_all_or_nothing() {
    let firm = example();
    for (parts, expected) in [
        (
            &["tomas grant billing wren", "tomas grant reports wren"][..],
            "accept stated [\"payment_notifications_start\"]",
        ),
        (
            &[
                "tomas grant billing wren",
                "tomas grant billing nadia",
                "tomas revoke billing tomas",
            ],
            "reject stated 2:nobody_edits_the_primary_subscriber 3:nobody_edits_their_own_permissions",
        ),
        // A repeated part counts once.
        (
            &["tomas grant billing wren", "tomas grant billing wren"],
            "accept stated [\"payment_notifications_start\"]",
        ),
        // Parts that undo each other are all refused.
        (
            &["tomas grant billing wren", "tomas revoke billing wren"],
            "reject inferred 1:parts_contradict 2:parts_contradict",
        ),
        (
            &[
                "tomas grant billing wren",
                "tomas grant reports wren",
                "tomas revoke billing wren",
            ],
            "reject inferred 1:parts_contradict 3:parts_contradict",
        ),
        (
            &["tomas grant billing nadia", "tomas revoke billing nadia"],
            "reject stated 1:nobody_edits_the_primary_subscriber 1:parts_contradict 2:nobody_edits_the_primary_subscriber 2:parts_contradict",
        ),
        // Every part is judged against the firm as it is: nobody becomes administrator half-way.
        (
            &["wren grant reports otto", "wren grant billing otto"],
            "reject stated 1:grant 2:grant",
        ),
        // Effects in the order of the rule file, whatever the order of the parts.
        (
            &["tomas grant billing wren", "tomas revoke billing leila"],
            "accept stated [\"payment_notifications_start\", \"payment_notifications_stop\"]",
        ),
        (
            &["tomas revoke billing sami", "tomas grant billing wren"],
            "accept stated [\"bill_reminder_replies_go_to_primary_subscriber\", \"payment_notifications_start\", \"payment_notifications_stop\"]",
        ),
        // `no_effect` only when nothing at all changes.
        (
            &["tomas grant billing leila", "tomas grant reports wren"],
            "accept stated []",
        ),
        (
            &["tomas grant billing leila", "tomas revoke reports wren"],
            "accept stated [\"no_effect\"]",
        ),
        (
            &["hugo grant billing wren", "hugo revoke billing wren"],
            "reject inferred 1:user_disabled 2:user_disabled",
        ),
        (
            &["tomas grant billing bea", "tomas grant billing wren"],
            "reject inferred 1:target_has_no_seat",
        ),
    ] {
        let verdict = firm.judge_bulk(&bulk(parts)).unwrap();
        let actual = line(&verdict);
        assert_eq!(actual, expected, "{parts:?}");
        if !verdict.is_accepted() {
            assert!(verdict.altered.is_empty() && verdict.effects.is_empty());
        }
        // The first rejected part gives the reason for the whole bulk change.
        let spoke = verdict.reasons.first().map(|reason| &*reason.grounds.rule);
        assert_eq!(&*verdict.grounds.rule, spoke.unwrap_or("bulk"), "{parts:?}");
    }
}
