//! Questions that cannot be asked.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn questions_that_cannot_be_asked() {
    let firm = example();
    let ask = Question::new;
    for (question, code, help) in [
        (
            ask("wern", "create_bill"),
            "unknown-user",
            Some("did you mean `wren`?"),
        ),
        (
            ask("wren", "creat_bill"),
            "unknown-action",
            Some("did you mean `create_bill`?"),
        ),
        (
            ask("wren", "use_contacts").product("manage"),
            "unknown-action",
            None,
        ),
        (
            ask("wren", "create_bill").product("mange"),
            "unknown-product",
            Some("did you mean `manage`?"),
        ),
        (
            ask("wren", "edit_user_profile"),
            "missing-target",
            Some("name the user it is done to"),
        ),
        (
            ask("wren", "edit_user_profile").target("otot"),
            "unknown-user",
            Some("did you mean `otto`?"),
        ),
        (
            ask("wren", "create_bill").target("otto"),
            "unexpected-target",
            Some("leave the target out"),
        ),
        (
            ask("wren", "open_matter").fact("matter_acces", "listed"),
            "unknown-fact",
            Some("did you mean `matter_access`?"),
        ),
        (
            ask("wren", "create_bill").fact("matter_access", "listed"),
            "unknown-fact",
            None,
        ),
        (
            ask("wren", "open_matter").fact("matter_access", "lsted"),
            "unknown-value",
            Some("did you mean `listed`?"),
        ),
        (
            ask("wren", "open_matter").fact("matter_access", "zebra"),
            "unknown-value",
            Some("its values are everyone, listed, not_listed"),
        ),
        (
            ask("wren", "open_matter")
                .fact("matter_access", "listed")
                .fact("matter_access", "listed"),
            "duplicate-fact",
            Some("give it once"),
        ),
        // Unknown names come first, whatever else is wrong.
        (
            ask("wern", "edit_user_profile"),
            "unknown-user",
            Some("did you mean `wren`?"),
        ),
        (
            ask("wren", "create_bill").target("otot"),
            "unknown-user",
            Some("did you mean `otto`?"),
        ),
    ] {
        let error = firm.ask(&question).unwrap_err();
        assert_eq!(
            (error.code().name(), error.help()),
            (code, help),
            "{question:?}"
        );
    }
    let rules = [
        (
            "records.yaml",
            include_str!("../../../tests/rulebooks/records/rules/records.yaml"),
        ),
        (
            "records.rhai",
            include_str!("../../../tests/rulebooks/records/rules/records.rhai"),
        ),
    ];
    let records = Rulebook::from_texts(rules).unwrap();
    let firm = Firm::of_users(&records, "Records", [crate::User::new("alice")]).unwrap();
    let error = firm.ask(&ask("alice", "write")).unwrap_err();
    assert_eq!(error.code().name(), "missing-fact");
    assert_eq!(error.help(), Some("give it one of active, archived"));
}

#[test]
fn a_name_that_several_products_know_needs_the_product() {
    let door = include_str!("../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");
    let gate = door.replacen("product: door", "product: gate", 1);
    let rulebook = Rulebook::from_texts([("door.yaml", door), ("gate.yaml", &gate)]).unwrap();
    let owner = |product: &str| crate::Seat::new(product).role("owner");
    let firm = Firm::of_users(
        &rulebook,
        "House",
        [crate::User::new("olga").seat(owner("gate"))],
    )
    .unwrap();
    let error = firm.ask(&Question::new("olga", "open")).unwrap_err();
    assert_eq!(error.code().name(), "ambiguous-product");
    assert_eq!(
        error.message(),
        "more than one product knows `open`: door, gate"
    );
    for (product, allowed) in [("door", false), ("gate", true)] {
        let decision = firm
            .ask(&Question::new("olga", "open").product(product))
            .unwrap();
        assert_eq!(decision.is_allowed(), allowed, "{product}");
    }
}

#[test]
fn a_question_about_everybody_names_the_action_and_nobody() {
    let asked = Question::of_everybody("create_bill").product("manage");
    assert_eq!(asked, Question::new("", "create_bill").product("manage"));
    let firm = example();
    let who = firm.who_can(&asked).unwrap();
    let may: Vec<&str> = who.allowed().map(|ability| ability.user).collect();
    assert_eq!(may, ["nadia", "tomas", "priya", "marek", "leila", "sami"]);
}
