use super::*;
use crate::Rulebook;
use pretty_assertions::assert_eq;

mod interleaved;

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

fn grant(user: &str, role: &str, target: &str) -> Change {
    Change::new(user, "grant").role(role).target(target)
}

fn transfer(user: &str, target: &str) -> Change {
    Change::new(user, "transfer_ownership").target(target)
}

/// The code of the error that refuses a verdict.
fn refused(firm: &Firm, verdict: &Verdict) -> &'static str {
    firm.after(verdict).unwrap_err().code().name()
}

#[test]
fn a_verdict_counts_for_the_state_it_was_given_in() {
    let firm = example();
    let to_tomas = firm.judge(&transfer("nadia", "tomas")).unwrap();
    let to_priya = firm.judge(&transfer("nadia", "priya")).unwrap();
    let by_tomas = firm.judge(&grant("tomas", "billing", "wren")).unwrap();
    let parts = ["wren", "otto"].map(|target| grant("tomas", "accounts", target));
    let in_bulk = parts.into_iter().fold(Bulk::new("tomas"), Bulk::part);
    let in_bulk = firm.judge_bulk(&in_bulk).unwrap();
    assert!([&to_tomas, &to_priya, &by_tomas, &in_bulk].map(Verdict::is_accepted) == [true; 4]);

    // Both transfers together would leave two primary subscribers.
    let handed_on = firm.after(&to_tomas).unwrap();
    assert_eq!(refused(&handed_on, &to_priya), "stale-verdict");
    assert_eq!(refused(&handed_on, &to_tomas), "stale-verdict");
    // Somebody who is no longer administrator would still grant a role.
    let revoke = Change::new("nadia", "revoke")
        .role("administrator")
        .target("tomas");
    let revoked = firm.apply(&revoke).unwrap().firm;
    for verdict in [&by_tomas, &in_bulk] {
        assert_eq!(refused(&revoked, verdict), "stale-verdict");
    }
    let again = revoked.judge(&grant("tomas", "billing", "wren")).unwrap();
    assert_eq!(refused(&revoked, &again), "rejected-verdict");
    // The judged firm still exists, and its verdicts are still valid.
    assert!(
        [&to_tomas, &to_priya, &by_tomas, &in_bulk].map(|one| firm.after(one).is_ok()) == [true; 4]
    );
}

#[test]
fn every_choice_of_readings_is_another_state() {
    let firm = example();
    let verdict = firm.judge(&grant("tomas", "billing", "wren")).unwrap();
    let reading = "administrator_opens_every_area";
    let with = |firm: &Firm, choice| firm.with_reading(None, reading, choice).unwrap();
    assert_eq!(refused(&with(&firm, false), &verdict), "stale-verdict");
    assert_eq!(
        refused(&with(&with(&firm, false), true), &verdict),
        "stale-verdict"
    );
    // Choosing the reading that is already chosen changes nothing.
    assert!(with(&firm, true).after(&verdict).is_ok());
    assert!(firm.clone().after(&verdict).is_ok());
}

#[test]
fn a_change_that_alters_nothing_leaves_the_state() {
    let firm = example();
    let other = firm.judge(&grant("tomas", "billing", "wren")).unwrap();
    let AppliedChange { verdict, firm } = firm.apply(&grant("tomas", "billing", "leila")).unwrap();
    assert!(verdict.is_accepted() && verdict.altered.is_empty());
    assert!(firm.after(&other).is_ok());
    let AppliedChange { verdict, firm } = firm.apply(&grant("wren", "billing", "otto")).unwrap();
    assert!(!verdict.is_accepted());
    assert!(firm.after(&other).is_ok());
}

#[test]
fn a_firm_that_was_loaded_again_is_another_state() {
    let (firm, again) = (example(), example());
    let verdict = firm.judge(&grant("tomas", "billing", "wren")).unwrap();
    assert_eq!(refused(&again, &verdict), "stale-verdict");
}

#[test]
fn handles_outlive_a_change() {
    let firm = example();
    let (tomas, wren) = (firm.user("tomas").unwrap(), firm.user("wren").unwrap());
    let billing = firm.rulebook().change(Some("manage"), "grant").unwrap();
    let billing = billing.with_role(firm.rulebook(), "billing").unwrap();
    let after = firm.apply(&grant("nadia", "reports", "wren")).unwrap().firm;
    let again = after
        .apply(&grant("tomas", "billing", "wren"))
        .unwrap()
        .firm;
    let altered = |firm: &Firm| firm.validate(tomas, billing, wren).unwrap().altered();
    assert_eq!([&firm, &after, &again].map(altered), [1, 1, 0]);
}

#[test]
fn what_is_applied_in_one_step_is_what_judging_and_applying_make() {
    let firm = example();
    let applied = firm.apply(&transfer("nadia", "tomas")).unwrap();
    let after = firm.after(&firm.judge(&transfer("nadia", "tomas")).unwrap());
    assert_eq!(applied.firm.to_yaml(), after.unwrap().to_yaml());
    let bulk = |second: &str| {
        let part = |target: &str| grant("tomas", "billing", target);
        let bulk = Bulk::new("tomas").part(part("wren")).part(part(second));
        firm.apply_bulk(&bulk).unwrap()
    };
    let (all, none) = (bulk("otto"), bulk("nadia"));
    assert!(all.verdict.is_accepted() && !none.verdict.is_accepted());
    let verdict = firm.judge_bulk(&Bulk::new("tomas").part(grant("tomas", "billing", "wren")));
    assert!(none.firm.after(&verdict.unwrap()).is_ok());
    for user in ["wren", "otto"] {
        assert!(all.firm.roles("manage", user).unwrap().contains(&"billing"));
        assert!(
            !none
                .firm
                .roles("manage", user)
                .unwrap()
                .contains(&"billing")
        );
    }
    assert!(firm.apply(&grant("tomas", "biling", "wren")).is_err());
    assert!(firm.apply_bulk(&Bulk::new("tomas")).is_err());
}
