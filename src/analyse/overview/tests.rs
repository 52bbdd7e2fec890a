use super::*;
use crate::{Firm, Loader, Rulebook};
use pretty_assertions::assert_eq;

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().expect("built in")).expect("built in")
}

fn row(firm: &Firm, product: &str, action: &str) -> MatrixRow {
    let matrix = firm.matrix(product).expect("it is a product");
    let rows = matrix.groups.into_iter().flat_map(|group| group.rows);
    rows.into_iter()
        .find(|row| row.action == action)
        .expect("it is an action")
}

fn depends(on: &[&str], when: &[&str]) -> Cell {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Cell::Depends {
        on: texts(on),
        when: texts(when),
    }
}

#[test]
fn columns_are_users_without_a_role_and_with_each_one() {
    let matrix = example().matrix("manage").expect("it is a product");
    let roles = [
        "-",
        "accounts",
        "reports",
        "billing",
        "administrator",
        "primary_subscriber",
    ];
    assert_eq!(matrix.roles, roles);
    assert_eq!(
        example().matrix("grow").expect("it is a product").roles,
        ["normal", "admin"]
    );
    assert_eq!(example().matrix("draft"), None);
}

#[test]
fn cells_say_on_what_they_depend() {
    let visible = depends(
        &["user.billing_rate_visibility"],
        &["user.billing_rate_visibility is all or own"],
    );
    assert_eq!(
        row(&example(), "manage", "view_own_billing_rate").cells,
        vec![visible; 6]
    );
    let own = depends(&["same_user"], &["same_user"]);
    let anybody_but_the_owner = depends(
        &["same_user", "target holds primary_subscriber"],
        &[
            "not same_user and not target holds primary_subscriber",
            "same_user",
        ],
    );
    let edit = row(&example(), "manage", "edit_user_profile");
    assert_eq!(edit.cells.first(), Some(&own));
    assert_eq!(edit.cells.get(4), Some(&anybody_but_the_owner));
    let open = depends(&["matter_access"], &["matter_access is everyone or listed"]);
    assert_eq!(
        row(&example(), "manage", "open_matter").cells.first(),
        Some(&open)
    );
}

#[test]
fn two_inputs_that_have_to_be_the_same_are_one_way() {
    let hub = ("hub.yaml", include_str!("../../tests/things/hub.yaml"));
    let rulebook = Rulebook::from_texts([hub]).expect("it loads");
    let firm = Firm::from_text(&rulebook, "firm.yaml", "firm: One\nusers: []\n");
    let audit = row(&firm.expect("it loads"), "hub", "audit");
    let both = ["user.office", "repository.office"];
    let same = depends(&both, &["user.office is repository.office"]);
    assert_eq!(audit.cells.first(), Some(&same));
}

#[test]
fn cells_follow_the_readings_of_the_firm() {
    let closed = example()
        .with_reading(Some("manage"), "firm_feed_is_open", false)
        .expect("it is a reading");
    let cells = |firm: &Firm| row(firm, "manage", "view_firm_feed").cells;
    assert_eq!(cells(&example()), vec![Cell::Allow; 6]);
    assert_eq!(
        cells(&closed),
        [
            Cell::Deny,
            Cell::Deny,
            Cell::Deny,
            Cell::Deny,
            Cell::Allow,
            Cell::Allow
        ]
    );
}

/// A cell without a condition has the answer that everybody with that role gets.
#[test]
fn cells_agree_with_answers() {
    let firm = example();
    let mut compared = 0;
    for product in firm.rulebook().products() {
        let matrix = firm.matrix(product).expect("it is a product");
        for (column, role) in matrix.roles.iter().enumerate() {
            let seat = crate::Seat::new(product);
            let seat = if role == "-" { seat } else { seat.role(role) };
            let owner = crate::Seat::new("manage").role("primary_subscriber");
            let mut users = vec![crate::User::new("it").seat(seat)];
            if role != "primary_subscriber" && product == "manage" {
                users.push(crate::User::new("owner").seat(owner));
            }
            let asked = Firm::of_users(firm.rulebook(), "columns", users).expect("it is a firm");
            for row in matrix.groups.iter().flat_map(|group| &group.rows) {
                let expected = match row.cells.get(column) {
                    Some(Cell::Allow) => true,
                    Some(Cell::Deny) => false,
                    _ => continue,
                };
                let mut question = crate::Question::new("it", &row.action).product(product);
                let catalogue = firm.rulebook().catalogue(product).expect("it is a product");
                if catalogue
                    .actions
                    .iter()
                    .any(|action| action.id == row.action && action.on_target)
                {
                    question = question.target("it");
                }
                assert_eq!(
                    asked.ask(&question).expect("it can be asked").is_allowed(),
                    expected,
                    "{role}: {}",
                    row.action
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 400, "only {compared} cells were compared");
}

#[test]
fn the_census_counts_what_the_catalogue_lists() {
    let rulebook = Rulebook::builtin().expect("built in");
    for census in rulebook.census() {
        let catalogue = rulebook
            .catalogue(&census.product)
            .expect("it is a product");
        assert_eq!(census.actions, catalogue.actions.len());
        assert_eq!(census.roles, catalogue.roles.len());
        assert_eq!(census.changes, catalogue.changes.len());
        assert_eq!(census.walked, 0, "every shipped decision fits a table");
        assert!(census.paths > census.scripts);
    }
}

#[test]
fn a_rulebook_is_counted_as_walked_where_tables_are_too_large() {
    let limits = crate::Limits {
        table_cells: 1,
        ..crate::Limits::default()
    };
    let rulebook = Loader::new()
        .limits(&limits)
        .rulebook_from_folder("rules")
        .expect("it loads");
    assert!(rulebook.census().iter().all(|census| census.walked > 0));
}

/// Equal conditions are explored once. A path is one way through a condition.
#[test]
fn conditions_and_their_paths_are_counted() {
    let door = include_str!("../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");
    let action = |id: &str, when: &str| {
        format!("      {id}: {{ title: A, target: user, when: {when}, because: No }}\n")
    };
    let actions = [
        action("both", "user.owner && user.guest"),
        action("again", "user.owner && user.guest"),
        action("other", "\"!same_user\""),
    ];
    let text = format!("{door}{}", actions.concat());
    let rulebook = Rulebook::from_texts([("door.yaml", text.as_str())]).expect("it loads");
    let census = &rulebook.census()[0];
    // No, yes and no, yes and yes; the same person, another one.
    assert_eq!((census.scripts, census.paths), (2, 3 + 2));
}
