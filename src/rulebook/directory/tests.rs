use pretty_assertions::assert_eq;

use crate::Rulebook;

/// Names of actions are found without the slow way, which is there for those that are wrong.
#[test]
fn every_action_of_a_product_is_found_at_once() {
    let rulebook = Rulebook::builtin().unwrap();
    let mut number = 0;
    for compiled in rulebook.compiled() {
        for action in &compiled.product.actions {
            let found = rulebook.number_in(rulebook.lookups(), &compiled.product.id, &action.id);
            assert_eq!(found, Some(number), "{}", action.id);
            number += 1;
        }
        let id = &compiled.product.id;
        assert_eq!(
            rulebook.number_in(rulebook.lookups(), id, "fly"),
            None,
            "{id}"
        );
    }
    assert!(number > 50, "{number}");
    assert_eq!(
        rulebook.number_in(rulebook.lookups(), "draw", "view_reports"),
        None
    );
}
