//! Changes by handles, and as words.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn handles_say_what_names_say() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let users: Vec<&str> = firm.users().collect();
    let (mut accepted, mut rejected) = (0, 0);
    let mut compare = |handle: ChangeHandle, change: Change, user: &str, target: &str| {
        let [by, to] = [user, target].map(|id| firm.user(id).unwrap());
        let judgement = firm.validate(by, handle, to).unwrap();
        let verdict = firm.judge(&change.target(target)).unwrap();
        assert_eq!(judgement.is_accepted(), verdict.is_accepted());
        assert!(
            judgement
                .effects()
                .eq(verdict.effects.iter().map(|id| &**id))
        );
        assert_eq!(judgement.basis(), verdict.grounds.basis);
        assert_eq!(judgement.altered(), verdict.altered.len());
        assert_eq!(judgement.reasons().next(), Some(&*verdict.grounds.reason));
        let rules: Vec<&str> = judgement.rules().collect();
        let actual: Vec<&str> = verdict
            .reasons
            .iter()
            .map(|reason| &*reason.grounds.rule)
            .collect();
        assert_eq!(
            rules,
            if verdict.is_accepted() {
                vec![&*verdict.grounds.rule]
            } else {
                actual
            }
        );
        *if verdict.is_accepted() {
            &mut accepted
        } else {
            &mut rejected
        } += 1;
    };
    for product in rulebook.products() {
        let catalogue = rulebook.catalogue(product).unwrap();
        for (user, target, declared) in users.iter().flat_map(|user| {
            let changes = &catalogue.changes;
            users
                .iter()
                .flat_map(move |target| changes.iter().map(move |change| (*user, *target, change)))
        }) {
            let named = || Change::new(user, &declared.id).product(product);
            let plain = rulebook.change(Some(product), &declared.id).unwrap();
            if declared.takes.is_empty() {
                compare(plain, named(), user, target);
            }
            for role in &catalogue.roles {
                if let Ok(handle) = plain.with_role(&rulebook, &role.id) {
                    compare(handle, named().role(&role.id), user, target);
                }
            }
            for setting in &catalogue.settings {
                if let Ok(handle) = plain.with_setting(&rulebook, &setting.id, &setting.values[0]) {
                    compare(
                        handle,
                        named().setting(&setting.id, &setting.values[0]),
                        user,
                        target,
                    );
                }
            }
        }
    }
    assert!(
        accepted > 100 && rejected > 1_000,
        "{accepted} accepted, {rejected} rejected"
    );
}

#[test]
fn handles_that_do_not_fit_are_errors() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let other = Firm::example(&rulebook).unwrap();
    let user = firm.user("tomas").unwrap();
    let grant = rulebook.change(Some("manage"), "grant").unwrap();
    let code = |error: crate::finding::AskError| error.code().name();
    assert_eq!(
        code(firm.validate(user, grant, user).unwrap_err()),
        "missing-argument"
    );
    let full = grant.with_role(&rulebook, "billing").unwrap();
    let stranger = other.user("wren").unwrap();
    assert_eq!(
        code(firm.validate(user, full, stranger).unwrap_err()),
        "foreign-handle"
    );
    assert_eq!(
        code(
            full.with_setting(&rulebook, "billing_rate_visibility", "own")
                .unwrap_err()
        ),
        "unexpected-argument"
    );
    assert_eq!(
        code(grant.with_role(&rulebook, "biling").unwrap_err()),
        "unknown-role"
    );
    let elsewhere = Rulebook::builtin()
        .unwrap()
        .change(None, "transfer_ownership")
        .unwrap();
    assert_eq!(
        code(firm.validate(user, elsewhere, user).unwrap_err()),
        "foreign-handle"
    );
    assert_eq!(
        code(rulebook.change(None, "grnat").unwrap_err()),
        "unknown-change"
    );
}

#[test]
fn a_judgement_is_shown_with_its_rules() {
    let firm = example();
    let grant = firm.rulebook().change(Some("manage"), "grant").unwrap();
    let grant = grant.with_role(firm.rulebook(), "billing").unwrap();
    let user = |id| firm.user(id).unwrap();
    let shown = |by, to| format!("{:?}", firm.validate(user(by), grant, user(to)).unwrap());
    assert_eq!(shown("tomas", "wren"), "Judgement(accept, [\"grant\"])");
    assert_eq!(
        shown("tomas", "tomas"),
        "Judgement(reject, [\"nobody_edits_their_own_permissions\"])"
    );
}

#[test]
fn conditions_read_the_value_that_is_set_by_names_and_by_handles() {
    let rules = include_str!("../../../tests/cases/loads/a_house/rules/door.yaml");
    let allow = "      value: a value of setting\n    allow: owner\n";
    assert_eq!(rules.matches(allow).count(), 1);
    let only_days = "    when: value != \"night\"\n    because: Nobody comes at night\n";
    let rules = rules.replace(allow, &format!("{allow}{only_days}"));
    let rulebook = Rulebook::from_texts([("door.yaml", rules.as_str())]).unwrap();
    let firm = include_str!("../../../tests/cases/loads/a_house/firm.yaml");
    let firm = Firm::from_text(&rulebook, "firm.yaml", firm).unwrap();
    let (olga, gus) = (firm.user("olga").unwrap(), firm.user("gus").unwrap());
    for (value, is_accepted) in [("day", true), ("night", false)] {
        let change = Change::new("olga", "set_hours")
            .setting("hours", value)
            .target("gus");
        assert_eq!(firm.judge(&change).unwrap().is_accepted(), is_accepted);
        let handle = rulebook.change(Some("door"), "set_hours").unwrap();
        let handle = handle.with_setting(&rulebook, "hours", value).unwrap();
        let judgement = firm.validate(olga, handle, gus).unwrap();
        assert_eq!(judgement.is_accepted(), is_accepted);
    }
}

#[test]
fn a_change_as_words_reads_as_the_same_change() {
    let rulebook = Rulebook::builtin().unwrap();
    for words in [
        &["grant", "billing", "wren"][..],
        &["set_visibility", "billing_rate_visibility", "own", "wren"],
        &["transfer_ownership", "tomas"],
        &["assign", "admin", "wren"],
    ] {
        let change = Change::from_words(&rulebook, None, "nadia", words).unwrap();
        assert_eq!(change.line(&rulebook).unwrap(), words.join(" "));
    }
}
