use super::*;
use pretty_assertions::assert_eq;

#[test]
fn reserved_words_are_sorted_for_the_search() {
    let mut sorted = RESERVED.to_vec();
    sorted.sort_unstable();
    assert_eq!(RESERVED, sorted);
    assert!(is_reserved("default") && !is_reserved("billing"));
}

#[test]
fn ids_are_lower_case_words() {
    assert!(is_id("create_bill") && is_id("a1"));
    assert!(!is_id("") && !is_id("1a") && !is_id("Create") && !is_id("a-b") && !is_id("é"));
}
