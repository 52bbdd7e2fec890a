use super::*;
use pretty_assertions::assert_eq;

#[test]
fn true_and_false_in_any_order_are_a_flag() {
    assert_eq!(Domain::of(["true", "false"]), Domain::Flag);
    assert_eq!(Domain::Flag.find("true"), Some(Value::YES));
    assert_eq!(Domain::Flag.word(Value::NO), "false");
}

#[test]
fn words_keep_their_order() {
    let domain = Domain::of(["all", "own", "none"]);
    assert_eq!(domain.find("none"), Some(Value(2)));
    assert_eq!(domain.word(Value(1)), "own");
    assert_eq!(domain.word(Value(9)), "");
    assert_eq!(domain.len(), 3);
}
