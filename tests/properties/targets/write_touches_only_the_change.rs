//! Writing a change into a firm file touches the entries that are altered, and no other byte.

use std::collections::BTreeMap;
use std::ops::Range;

use clio_rules::Firm;

use super::choices::Choices;
use super::firm::{BUILTIN, reads_as};
use super::page::{Page, Seat};
use super::people;
use super::write_and_read::accepted;

/// Choices: a firm, how its file is laid out, and a change in it.
pub fn holds(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let Some(firm) = people::firm(&BUILTIN, &mut choices) else {
        return;
    };
    let page = Page::of(&firm, &mut choices);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = folder.path().join("firm.yaml");
    std::fs::write(&path, &page.text).expect("there is room for a file");
    let firm =
        Firm::from_file(&BUILTIN, &path).unwrap_or_else(|error| panic!("{error}\n{}", page.text));
    let Some(verdict) = accepted(&firm, &mut choices) else {
        return;
    };
    firm.write_change(&path, &verdict)
        .unwrap_or_else(|error| panic!("{error}: {verdict:?}\n{}", page.text));
    let new = std::fs::read_to_string(&path).expect("it was written");
    reads_as(&new, &firm.after(&verdict).expect("it is about this firm"));

    let mut altered: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in &verdict.altered {
        altered.entry(&entry.user).or_default().push(&entry.what);
    }
    let mut touched = Vec::new();
    for (user, whats) in altered {
        let seat = &page.seats[&(user.to_owned(), verdict.product().to_owned())];
        let places = places(seat, &whats);
        touched.extend(places);
    }
    assert!(
        differ_only_in(&page.text, &new, touched),
        "{verdict:?}\n--- before\n{}\n--- after\n{new}",
        page.text
    );
}

/// The places that a change of these roles and settings may touch: their entries, or the whole seat where one is new.
fn places(seat: &Seat, whats: &[&str]) -> Vec<Range<usize>> {
    let place = |what: &&str| {
        let settings = seat.entries.get(*what);
        let key = if *what == "roles" || is_setting(what) {
            settings
        } else {
            seat.entries.get("roles")
        };
        key.cloned().unwrap_or_else(|| seat.place.clone())
    };
    whats.iter().map(place).collect()
}

fn is_setting(what: &str) -> bool {
    what.ends_with("_visibility") || what.starts_with("receives_")
}

/// Whether two texts are the same outside of these places.
pub fn differ_only_in(old: &str, new: &str, mut places: Vec<Range<usize>>) -> bool {
    places.sort_by_key(|place| place.start);
    let mut kept = Vec::new();
    let mut from = 0;
    for place in places {
        if place.start >= from {
            kept.push(&old[from..place.start]);
        }
        from = from.max(place.end);
    }
    kept.push(&old[from..]);
    let (first, rest) = kept.split_first().expect("there is one");
    new.strip_prefix(first)
        .is_some_and(|new| follows(new, rest))
}

/// Whether these pieces stand in a text in this order, and the last at its end.
fn follows(text: &str, pieces: &[&str]) -> bool {
    match pieces {
        [] => true,
        [last] => text.ends_with(last),
        [piece, rest @ ..] => {
            let mut places = text.match_indices(piece);
            places.any(|(at, _)| follows(&text[at + piece.len()..], rest))
        }
    }
}
