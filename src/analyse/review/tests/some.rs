//! Reviews of some people or of one product, and firms that are too large for one.

use pretty_assertions::assert_eq;

use super::*;

/// The example firm, under a limit of one user less.
fn too_large() -> Firm {
    let limits = Limits {
        review_users: 13,
        ..Limits::DEFAULT
    };
    let rules = Loader::new().limits(&limits).rulebook_from_folder("rules");
    Firm::example(&rules.unwrap()).unwrap()
}

#[test]
fn what_cannot_be_reviewed() {
    let large = too_large();
    let error = large.review().unwrap_err();
    assert_eq!(error.code().name(), "review-too-large");
    assert_eq!(
        error.message(),
        "a review of 14 users is larger than 13 users"
    );
    // The earlier firm is bounded too.
    let small = Firm::of_users(
        large.rulebook(),
        "Small",
        [User::new("ada").seat(Seat::new("manage").role("primary_subscriber"))],
    )
    .unwrap();
    let error = small.review_since(&large).unwrap_err();
    assert_eq!(error.code().name(), "review-too-large");
    let foreign = example().review_since(&example()).unwrap_err();
    assert_eq!(foreign.code().name(), "foreign-handle");
}

#[test]
fn one_product_can_be_kept() {
    let firm = example();
    let mut review = firm.review_since(&firm).unwrap();
    review.keep_product("grow");
    assert_eq!(review.products.len(), 1);
    assert!(
        review
            .people
            .iter()
            .flat_map(|person| &person.seats)
            .all(|seat| seat.product == "grow")
    );
    assert_eq!(review.people.len(), 14);
}

/// Some people of a review are those of the whole review: numbers of the firm, and for each of them the same.
#[test]
fn some_people_are_reviewed_in_the_whole_firm() {
    for firm in firms() {
        let whole = firm.review().unwrap();
        let ids: Vec<&str> = firm.users().step_by(3).collect();
        if ids.is_empty() {
            continue;
        }
        let review = firm.review_of(&ids, None).unwrap();
        let is_one = |user: &String| ids.contains(&user.as_str());
        assert_eq!(
            (review.users, review.disabled, review.without_seat),
            (whole.users, whole.disabled, whole.without_seat)
        );
        let people: Vec<&str> = review.people.iter().map(|person| &*person.user).collect();
        assert_eq!(people, ids);
        for (some, all) in review.products.iter().zip(&whole.products) {
            assert_eq!((&some.roles, &some.settings), (&all.roles, &all.settings));
            assert_eq!((some.seats, some.disabled), (all.seats, all.disabled));
            for (some, all) in some.conflicts.iter().zip(&all.conflicts) {
                let kept = |users: &[String]| -> Vec<String> {
                    users.iter().filter(|user| is_one(user)).cloned().collect()
                };
                assert_eq!(some.users, kept(&all.users));
                assert_eq!(some.trusted, kept(&all.trusted));
            }
            let steps = |product: &ReviewProduct| -> Vec<(String, String, Vec<String>)> {
                let steps = product.one_step.iter().flat_map(|step| {
                    let users = step.users.iter().filter(|user| is_one(user));
                    users.map(|user| (user.clone(), step.change.clone(), step.by.clone()))
                });
                steps.collect()
            };
            assert_eq!(steps(some), steps(all));
            let dormant = all.dormant.iter().filter(|one| is_one(&one.user));
            assert_eq!(some.dormant, dormant.cloned().collect::<Vec<_>>());
        }
        for person in &review.people {
            let same = whole.people.iter().find(|one| one.user == person.user);
            for (seat, of_whole) in person.seats.iter().zip(&same.unwrap().seats) {
                assert_eq!((&seat.holds, seat.can), (&of_whole.holds, of_whole.can));
                let of = |review: &Review, row: usize| {
                    let mut products = review.products.iter();
                    let product = products.find(|one| one.product == seat.product).unwrap();
                    let columns = 0..product.actions.len();
                    let notes = columns.map(|column| product.note(row, column).unwrap());
                    notes
                        .map(|note| (note.access, note.answers.clone()))
                        .collect::<Vec<_>>()
                };
                assert_eq!(of(&review, seat.row), of(&whole, of_whole.row));
            }
        }
    }
}

#[test]
fn departments_of_a_large_firm_are_reviewed_one_by_one() {
    let large = too_large();
    assert!(large.review().is_err());
    let (one, other): (Vec<&str>, Vec<&str>) = large.users().partition(|user| *user < "m");
    let [one, other] = [one, other].map(|ids| large.review_of(&ids, None).unwrap());
    assert_eq!(one.people.len() + other.people.len(), 14);
    assert_eq!(one.products[0].roles, other.products[0].roles);
    let refused = |ids: &[&str]| large.review_of(ids, None).unwrap_err();
    assert_eq!(refused(&["wern"]).help(), Some("did you mean `wren`?"));
    assert_eq!(refused(&[]).code().name(), "empty-list");
    let all: Vec<&str> = large.users().collect();
    assert_eq!(refused(&all).code().name(), "review-too-large");
}
