use super::*;
use pretty_assertions::assert_eq;

fn two_of_three() -> Tree<char, bool> {
    let mut builder = TreeBuilder::new();
    let (no, yes) = (builder.leaf(false), builder.leaf(true));
    let c = builder.ask('c', vec![no, yes]);
    let b_if_not_a = builder.ask('b', vec![no, c]);
    let b_if_a = builder.ask('b', vec![c, yes]);
    let root = builder.ask('a', vec![b_if_not_a, b_if_a]);
    builder.finish(root)
}

fn answer(tree: &Tree<char, bool>, yes: &str) -> Option<bool> {
    let reader = |question| Ok::<_, ()>(Value::from(yes.contains(question)));
    tree.walk(reader).unwrap().copied()
}

#[test]
fn a_walk_follows_the_answers() {
    let tree = two_of_three();
    assert_eq!(answer(&tree, "ab"), Some(true));
    assert_eq!(answer(&tree, "bc"), Some(true));
    assert_eq!(answer(&tree, "c"), Some(false));
}

#[test]
fn questions_come_in_the_order_in_which_they_are_asked() {
    assert_eq!(two_of_three().questions(), ['a', 'b', 'c']);
}

#[test]
fn a_question_without_consequence_is_not_asked() {
    let mut builder = TreeBuilder::<char, bool>::new();
    let yes = builder.leaf(true);
    builder.leaf(false);
    let root = builder.ask('a', vec![yes, yes]);
    let tree = builder.finish(root);
    assert_eq!(tree.questions(), []);
    assert_eq!(tree.leaves().collect::<Vec<_>>(), [&true]);
}

#[test]
fn a_way_is_shortened_by_what_can_be_left_out() {
    let tree = two_of_three();
    let way = vec![
        ('a', vec![Value(1)]),
        ('b', vec![Value(0)]),
        ('c', vec![Value(1)]),
    ];
    let short = |left_out: &str| -> String {
        let way = tree.shortened(way.clone(), |leaf| *leaf, |one| left_out.contains(*one));
        way.iter().map(|(question, _)| *question).collect()
    };
    // Two of three are enough, whatever the third one is.
    assert_eq!([short("abc"), short("ac"), short("")], ["ac", "abc", "abc"]);
}

#[test]
fn a_value_outside_of_the_domain_leads_nowhere() {
    let tree = two_of_three();
    assert_eq!(tree.walk(|_| Ok::<_, ()>(Value(7))), Ok(None));
}

#[test]
fn ways_are_listed_up_to_the_limit() {
    let tree = two_of_three();
    let ways = |limit| tree.ways(|leaf| *leaf, limit).map(|ways| ways.len());
    // Yes is reached by a and b, by a and c without b, by b and c without a.
    assert_eq!([ways(4), ways(3), ways(2)], [Some(3), Some(3), None]);
    // Each of 65 answers leads to a leaf of its own: more are open than may be waiting for one way.
    let mut builder = TreeBuilder::new();
    let leaves = |builder: &mut TreeBuilder<char, u32>, count| {
        let leaves = (0..count).map(|leaf| builder.leaf(leaf)).collect();
        builder.ask('a', leaves)
    };
    let root = leaves(&mut builder, 65);
    let wide = builder.finish(root);
    assert!(wide.ways(|leaf| *leaf == 0, 1).is_none());
    let mut builder = TreeBuilder::new();
    let root = leaves(&mut builder, 64);
    let narrow = builder.finish(root);
    assert!(narrow.ways(|leaf| *leaf == 0, 1).is_some());
}

#[test]
fn equal_nodes_are_built_once_and_counted_once() {
    let mut builder = TreeBuilder::<char, bool>::new();
    assert_eq!(builder.len(), 0);
    let (no, yes) = (builder.leaf(false), builder.leaf(true));
    assert_eq!((builder.len(), builder.leaf(true)), (2, yes));
    let root = builder.ask('a', vec![no, yes]);
    assert_eq!((builder.len(), builder.ask('a', vec![no, yes])), (3, root));
    // A question without consequence is none.
    assert_eq!((builder.ask('b', vec![yes, yes]), builder.len()), (yes, 3));
}

#[test]
fn the_cheapest_way_pays_as_early_as_it_can() {
    let tree = two_of_three();
    let way = |wanted: bool, price: &dyn Fn(char) -> u64| {
        let cost = |question, value: Value| if value.is_yes() { price(question) } else { 0 };
        let way = tree.cheapest(|leaf| *leaf == wanted, cost);
        let way = way.unwrap().into_iter();
        way.map(|(question, value)| if value.is_yes() { question } else { '-' })
            .collect::<String>()
    };
    // Any two of the three cost as much as any other two: the first two are paid.
    assert_eq!(way(true, &|_| 1), "ab");
    assert_eq!(way(false, &|_| 1), "--");
    assert_eq!(way(true, &|q| if q == 'b' { 10 } else { 1 }), "a-c");
    assert_eq!(way(true, &|q| if q == 'a' { 10 } else { 1 }), "-bc");
    assert_eq!(way(true, &|q| if q == 'c' { 10 } else { 1 }), "ab");
    // What is too dear to be added up is dear, and not cheap.
    let dear = |q| if q == 'b' { u64::MAX } else { 1 };
    assert_eq!(way(true, &dear), "a-c");
    let nobody = tree.cheapest(|_| false, |_, _| 1);
    assert_eq!(nobody, None);
    // Where nothing has to be asked, the way is there already.
    let mut builder = TreeBuilder::<char, bool>::new();
    let root = builder.leaf(true);
    let leaf = builder.finish(root);
    assert_eq!(leaf.cheapest(|leaf| *leaf, |_, _| 1), Some(Vec::new()));
    assert_eq!(leaf.cheapest(|leaf| !*leaf, |_, _| 1), None);
}
