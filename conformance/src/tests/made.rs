//! Made rulebooks: they load, they use the whole language, and a flipped rule in one is found and cut down.

use crate::made::{Book, Defect, End, compare, examine, rejection, run};
use crate::progress::Progress;
use crate::walk::Stop;

/// How many rulebooks are made where they are only looked at.
const MANY: u64 = 1_000;

fn texts(seed: u64) -> String {
    let texts = Book::of_seed(seed).texts().into_iter();
    texts.map(|(_, text)| text).collect()
}

#[test]
fn at_most_one_in_a_hundred_is_rejected() {
    let rejected: Vec<_> = (1..=MANY)
        .filter_map(|seed| Some((seed, rejection(&Book::of_seed(seed))?)))
        .collect();
    assert!(rejected.len() as u64 * 100 <= MANY, "{rejected:#?}");
}

#[test]
fn a_seed_makes_the_same_rulebook_again_and_another_seed_another() {
    assert_eq!(texts(5), texts(5));
    assert_ne!(texts(5), texts(6));
}

#[test]
fn they_use_the_whole_language() {
    const PARTS: &[&str] = &[
        "brings:",
        "holders:",
        "enabled: true",
        "enabled: false",
        "moves_by:",
        "hold: exactly one of [",
        "values: [false, true]",
        "values: [true, false]",
        "question:",
        "facts:",
        "refusals:",
        "unless: [",
        "target: user",
        "whom: others",
        "whom: self",
        "whom: anyone",
        "rules:",
        "allow: everyone",
        "allow: [",
        "holds: role_",
        "when: '",
        "role: [",
        "setting: [",
        "value: a value of setting",
        "take: role,",
        "take: role_",
        "give: role,",
        "give: role_",
        "set: setting, of: user",
        "set: setting, of: target",
        "after: change_",
        "after: pass_on",
        "after: nothing changed",
        " && ",
        " || ",
        "!(",
        " == ",
        " != ",
        " in [",
        " !in [",
        "(if ",
        "} else if ",
        "} else {",
        "(switch ",
        "\" | \"",
        "true if ",
        "\" if ",
        "_ => ",
        "same_user",
        "user.enabled",
        "target.enabled",
        "person.",
        "role == \"",
        "setting == \"",
        "value == \"",
        "fact_0 == \"",
        "reading_0",
        "fn fn_0()",
        "fn fn_0(person)",
        "fn_0(user)",
        "fn_0(target)",
        "fn_0(person)",
        "return ",
        "for value_",
        "while ",
        "try {",
        "count += 1",
        "count % 2",
        "let found",
        "user.setting_0 == target.setting_0",
        "{ break; }",
        "values: common",
        "part_of: kind_0",
        "part_of: kind_1",
        "depth: 2",
        "state_0:",
        "brings: [list_0",
        "holds: one",
        "default: everyone",
        "from: { list: kind_0.list_",
        "from: { list: kind_1.kind_0.list_",
        "target: kind_0",
        "target: kind_1",
        "allow: kind_0.list_",
        ", kind_1.kind_0.list_",
        "kind_0.kind_0.list_",
        "kind_0.state_0 == \"",
        " == kind_0.state_0)",
        "taken_0 == \"",
        "fn fn_0(thing)",
        "fn_0(kind_0)",
        "fn_0(kind_1.kind_0)",
        "thing.list_0",
        "thing.kind_0.list_0",
    ];
    let all: String = (1..=MANY).map(texts).collect();
    let missing: Vec<_> = PARTS.iter().filter(|part| !all.contains(**part)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn tables_and_scripts_of_some_agree_and_both_answers_occur() {
    let made = run(1, 40, &Progress::hidden()).expect("they agree");
    assert_eq!((made.rulebooks, made.rejected.len()), (40, 0));
    let tally = made.tally;
    assert!(
        tally.decisions > 100_000 && tally.changes > 50_000,
        "{tally}"
    );
    assert!(
        tally.allowed * 20 > tally.decisions && tally.allowed * 2 < tally.decisions,
        "{tally}"
    );
    assert!(
        tally.accepted * 20 > tally.changes && tally.accepted * 2 < tally.changes,
        "{tally}"
    );
}

/// The rulebook whose last clause with a condition has the opposite one.
fn flipped(book: &Book) -> Book {
    let mut book = book.clone();
    let clauses = book.clauses_mut().into_iter();
    if let Some(when) = clauses
        .filter_map(|clause| clause.when.as_mut())
        .next_back()
    {
        *when = format!("!({when})");
    }
    book
}

/// The rulebook whose refusals are tried in the other order.
fn reordered(book: &Book) -> Book {
    let mut book = book.clone();
    for clause in book.clauses_mut() {
        clause.unless.reverse();
    }
    book
}

fn defect(seed: u64, altered: fn(&Book) -> Book) -> Defect {
    match examine(seed, Book::of_seed(seed), altered) {
        Err(End::Defect(defect)) => *defect,
        other => panic!("seed {seed}: nothing was found: {other:?}"),
    }
}

/// The rulebook whose conditions about things are the opposite.
fn flipped_on_things(book: &Book) -> Book {
    let mut book = book.clone();
    let groups = book.groups.iter_mut();
    let on_things = groups.filter(|group| group.thing.is_some());
    for clause in on_things.flat_map(|group| group.clauses_mut()) {
        if let Some(when) = &mut clause.when {
            *when = format!("!({when})");
        }
    }
    book
}

/// The rulebook whose lists are open to everyone where they were closed, and the other way round.
fn opened(book: &Book) -> Book {
    let mut book = book.clone();
    let lists = book.kinds.iter_mut().flat_map(|kind| &mut kind.lists);
    lists.for_each(|list| list.is_open = !list.is_open);
    book
}

/// The rulebook whose lists bring no others.
fn apart(book: &Book) -> Book {
    let mut book = book.clone();
    let lists = book.kinds.iter_mut().flat_map(|kind| &mut kind.lists);
    lists.for_each(|list| list.brings.clear());
    book
}

#[test]
fn what_is_altered_about_things_is_found() {
    for (altered, at_least) in [
        (flipped_on_things as fn(&Book) -> Book, 10),
        (opened as fn(&Book) -> Book, 5),
        (apart as fn(&Book) -> Book, 3),
    ] {
        let found = found_among(60, altered);
        assert!(found.len() >= at_least, "{found:?}");
        let defect = defect(found[0], altered);
        let thing = defect.difference.target.as_deref().unwrap_or_default();
        assert!(thing.contains("thing") || thing == "brought", "{defect}");
        let words = defect.to_string();
        assert!(words.contains("\nthings:\n"), "{words}");
    }
}

/// How many of the first rulebooks differ from what is made of them.
fn found(altered: fn(&Book) -> Book) -> Vec<u64> {
    found_among(20, altered)
}

fn found_among(seeds: u64, altered: fn(&Book) -> Book) -> Vec<u64> {
    let differs = |seed: &u64| {
        let book = Book::of_seed(*seed);
        matches!(compare(&book, &altered(&book)), Err(Stop::Difference(_)))
    };
    (1..=seeds).filter(differs).collect()
}

#[test]
fn a_flipped_condition_is_found_in_most() {
    // In the others it is reached by nobody, or there is none.
    let found = found(flipped);
    assert!(found.len() >= 15, "{found:?}");
}

#[test]
fn another_ground_is_found_where_refusals_overlap() {
    assert!(!found(reordered).is_empty());
}

#[test]
fn what_is_not_needed_for_a_difference_is_cut_away() {
    let seed = found(flipped)[0];
    let defect = defect(seed, flipped);
    let length = |book: &Book| {
        book.texts()
            .iter()
            .map(|(_, text)| text.len())
            .sum::<usize>()
    };
    assert!(length(&defect.book) * 2 < length(&Book::of_seed(seed)));
    let mut smallest = defect.book.clone();
    let conditions = smallest.clauses_mut().into_iter();
    assert_eq!(conditions.filter(|clause| clause.when.is_some()).count(), 1);
    assert!(examine(seed, defect.book.clone(), flipped).is_err());
    assert!(examine(seed, defect.book, Book::clone).is_ok());
}

#[test]
fn the_report_names_seed_inputs_and_rulebook() {
    let seed = found(flipped)[0];
    let defect = defect(seed, flipped);
    let words = defect.to_string();
    let asked = &defect.difference.asked;
    for part in [
        "the answers differ in made: table and scripts\n",
        &format!(" {asked}\n"),
        "\n  user     enabled, roles [",
        "\n  table    ",
        "\n  scripts  ",
        &format!("repeated by --rulebooks 1 --seed {seed};\n"),
        "\n--- made.yaml\nproduct: made\n",
    ] {
        assert!(words.contains(part), "{part:?} is missing in\n{words}");
    }
}
