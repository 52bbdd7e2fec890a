//! Which roles are powerful.

use pretty_assertions::assert_eq;

use super::*;

#[test]
fn powerful_roles_are_found_in_the_rules() {
    let review = example().review().unwrap();
    let powerful = |product: &ReviewProduct| -> Vec<String> {
        let roles = product.roles.iter().filter(|role| role.is_powerful);
        roles.map(|role| role.role.clone()).collect()
    };
    let powerful: Vec<Vec<String>> = review.products.iter().map(powerful).collect();
    assert_eq!(
        powerful,
        [vec!["admin"], vec!["administrator", "primary_subscriber"]]
    );
}

/// However a change asks for a role: by whom it allows, by a condition, or by a refusal of everybody else.
#[test]
fn a_role_is_powerful_however_a_change_asks_for_it() {
    const DOOR: &str =
        include_str!("../../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");
    let powerful = |who: &str| -> Vec<String> {
        let rules = format!(
            "{DOOR}refusals:\n  owners_only: {{ when: \"!user.owner\", because: No }}\n  not_for_guests: {{ when: user.guest, because: No }}\n\
             changes:\n  invite:\n    title: Invite\n    section: doors\n    basis: stated\n    {who}\n    does: [{{ give: guest, to: target }}]\n"
        );
        let rulebook = Rulebook::from_texts([("door.yaml", rules.as_str())]).unwrap();
        let text = "firm: F\nusers: [{ id: u, door: { roles: [owner] } }]\n";
        let firm = Firm::from_text(&rulebook, "f.yaml", text).unwrap();
        let review = firm.review().unwrap();
        let roles = review.products[0].roles.iter();
        let roles = roles.filter(|role| role.is_powerful);
        roles.map(|role| role.role.clone()).collect()
    };
    for (who, expected) in [
        ("allow: owner", &["owner"][..]),
        (
            "allow: everyone\n    when: user.owner\n    because: No",
            &["owner"],
        ),
        ("allow: everyone\n    unless: owners_only", &["owner"]),
        (
            "allow: everyone\n    when: user.owner || user.guest\n    because: No",
            &["guest", "owner"],
        ),
        (
            "allow: owner\n    when: user.guest\n    because: No",
            &["guest", "owner"],
        ),
        // Whoever does not hold it may as well, or alone may.
        ("allow: everyone", &[]),
        ("allow: everyone\n    unless: not_for_guests", &[]),
        (
            "allow: everyone\n    when: target.owner\n    because: No",
            &[],
        ),
    ] {
        assert_eq!(powerful(who), expected, "{who}");
    }
}

#[test]
fn a_role_is_brought_where_the_reading_says_so() {
    let by = |firm: &Firm| -> Vec<(String, String)> {
        let review = firm.review().unwrap();
        let nadia = &review.people[0];
        let brought = nadia.seats.iter().flat_map(|seat| &seat.brought);
        brought
            .map(|brought| (brought.role.clone(), brought.by.clone()))
            .collect()
    };
    let through = |role: &str, by: &str| (role.to_owned(), by.to_owned());
    let subscriber = "primary_subscriber";
    let brought = ["accounts", "reports", "administrator"].map(|role| through(role, subscriber));
    assert_eq!(by(&example()), brought);
    let independent = example()
        .with_reading(None, "administrator_opens_every_area", false)
        .unwrap();
    assert_eq!(by(&independent), [through("administrator", subscriber)]);
}
