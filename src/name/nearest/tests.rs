use super::*;
use pretty_assertions::assert_eq;

/// Numbers without order, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }

    /// A name of few kinds of letter, so that many are alike.
    fn name(&mut self, longest: usize) -> String {
        const LETTERS: [char; 8] = ['a', 'b', 'c', '_', '-', 'A', '1', 'é'];
        let length = self.below(longest + 1);
        (0..length)
            .map(|_| LETTERS[self.below(LETTERS.len())])
            .collect()
    }
}

fn of_plenty<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(name, known, &mut usize::MAX.clone())
}

/// The same by whole tables of distances, without any bound.
fn by_the_book<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(name);
    let near = known.iter().filter_map(|candidate| {
        let plain = plain(candidate);
        let longest = wanted.chars().count().max(plain.chars().count());
        let distance = strsim::osa_distance(&wanted, &plain);
        (distance <= longest.div_ceil(3)).then_some((distance, *candidate))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[test]
fn case_dashes_and_a_few_letters_are_forgiven() {
    let known = ["administrator", "billing", "create_bill"];
    assert_eq!(of_plenty("admnistrator", known), Some("administrator"));
    assert_eq!(of_plenty("Create-Bill", known), Some("create_bill"));
    assert_eq!(of_plenty("zebra", known), None);
    assert_eq!(of_plenty("", known), None);
}

#[test]
fn the_nearest_is_that_of_whole_tables() {
    let mut dice = Dice(29);
    let mut found = 0;
    for _ in 0..3_000 {
        let longest = 1 + dice.below(14);
        let known: Vec<String> = (0..dice.below(12)).map(|_| dice.name(longest)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let name = dice.name(longest);
        let nearest = of_plenty(&name, known.iter().copied());
        assert_eq!(nearest, by_the_book(&name, &known), "{name:?} in {known:?}");
        found += usize::from(nearest.is_some());
    }
    assert!((500..2_500).contains(&found), "{found}");
}

/// Unknown and known names that are made to take long.
fn hostile() -> Vec<(String, Vec<String>)> {
    let many = 20_000;
    let same = |letter: &str, length: usize| letter.repeat(length);
    let mut dice = Dice(31);
    vec![
        (same("a", 99), vec![same("a", 66); many]),
        (
            same("a", 100),
            (0..many).map(|n| same("ab", n % 50)).collect(),
        ),
        (same("ab", 50), vec![same("ba", 50); many]),
        (same("a", 1 << 20), vec![same("a", 1 << 20); 50]),
        (same("é", 50), vec![same("è", 50); many]),
        (same("a", 1 << 20), vec![same("a", 60); many]),
        (same("a", 60), vec![same("a", 1 << 20); 50]),
        (
            "user_1234567".to_owned(),
            (0..many).map(|n| format!("user_{n:06}x")).collect(),
        ),
        (dice.name(90), (0..many).map(|_| dice.name(90)).collect()),
        (String::new(), vec![String::new(); many]),
        ("x".to_owned(), (0..many).map(|_| "y".to_owned()).collect()),
    ]
}

#[test]
fn a_search_takes_no_more_steps_than_it_is_given() {
    for (name, known) in hostile() {
        for given in [0, 1, 10, 1_000, STEPS] {
            let mut steps = given;
            let mut looked_at = 0;
            let known = known.iter().map(String::as_str);
            let _ = nearest(&name, known.inspect(|_| looked_at += 1), &mut steps);
            let taken = given - steps;
            // Whatever is looked at takes a step, but for the last, which may find that none is left.
            assert!(looked_at <= taken + 1, "{looked_at} for {taken} of {given}");
        }
    }
}

#[test]
fn with_fewer_steps_it_finds_the_same_or_something_before_it() {
    let mut dice = Dice(37);
    for _ in 0..300 {
        let known: Vec<String> = (0..30).map(|_| dice.name(9)).collect();
        let known = || known.iter().map(String::as_str);
        let name = dice.name(9);
        let mut left = usize::MAX;
        let whole = nearest(&name, known(), &mut left);
        let needed = usize::MAX - left;
        assert_eq!(nearest(&name, known(), &mut needed.clone()), whole);
        let half = nearest(&name, known(), &mut (needed / 2));
        let place = |name: Option<&str>| known().position(|known| Some(known) == name);
        assert!(half.is_none() || whole.is_none() || place(half) <= place(whole));
    }
}

#[test]
fn names_that_are_shown_are_found_as_those_in_a_list() {
    let mut dice = Dice(41);
    for _ in 0..300 {
        let list: Vec<String> = (0..20).map(|_| dice.name(9)).collect();
        let shown = list.clone();
        let known = KnownName::new(move |look| shown.iter().try_for_each(|name| look(name)));
        let name = dice.name(9);
        let (mut of_list, mut of_shown) = (STEPS, STEPS);
        let in_list = nearest(&name, list.iter().map(String::as_str), &mut of_list);
        assert_eq!(known.nearest(&name, &mut of_shown).as_deref(), in_list);
        assert_eq!(of_list, of_shown);
    }
}
