//! What is different since the last review.

use pretty_assertions::assert_eq;

use super::*;

/// Two states of a firm: somebody came, somebody went, one is altered in one product and one in both.
fn then_and_now() -> [Firm; 2] {
    let rulebook = Rulebook::builtin().unwrap();
    let manage = || Seat::new("manage");
    let ada = || User::new("ada").seat(manage().role("primary_subscriber"));
    let then = [
        ada(),
        User::new("ben").seat(manage().role("billing")),
        User::new("cay").seat(manage()),
        User::new("dov").seat(manage()),
    ];
    let admin = Seat::new("grow").role("admin");
    let now = [
        ada(),
        User::new("ben").seat(manage().setting("billing_rate_visibility", "none")),
        User::new("cay").seat(manage().role("reports")).seat(admin),
        User::new("eve").seat(manage()),
    ];
    [("Firm", then), ("Firm", now)]
        .map(|(name, users)| Firm::of_users(&rulebook, name, users).unwrap())
}

#[test]
fn since_is_the_difference_of_the_two_firms() {
    let [then, now] = then_and_now();
    let review = now.review_since(&then).unwrap();
    let since = review.since.clone().unwrap();
    assert_eq!(since, then.difference(&now).unwrap());
    let users: Vec<&str> = since.users.iter().map(|user| &*user.user).collect();
    assert_eq!(users, ["ben", "cay", "eve", "dov"]);
    let without = Review {
        since: None,
        ..review
    };
    assert_eq!(without, now.review().unwrap());
    let same = now.review_since(&now).unwrap().since.unwrap();
    assert!(same.equal);
}

#[test]
fn since_keeps_to_the_product_that_is_kept() {
    let [then, now] = then_and_now();
    let kept = |product: &str| {
        let mut review = now.review_since(&then).unwrap();
        review.keep_product(product);
        review.since.unwrap()
    };
    let who = |since: &FirmDifference| -> Vec<String> {
        let users = since.users.iter();
        users.map(|user| user.user.to_string()).collect()
    };
    let [manage, grow] = ["manage", "grow"].map(kept);
    assert_eq!(who(&manage), ["ben", "cay", "eve", "dov"]);
    // Who came and who went belongs to no product.
    assert_eq!(who(&grow), ["cay", "eve", "dov"]);
    for (since, product) in [(&manage, "manage"), (&grow, "grow")] {
        for user in &since.users {
            let access = user.gained().iter().chain(user.lost());
            assert!(access.into_iter().all(|access| access.product == product));
            let steps = user.steps.iter().chain(&since.steps).chain(&since.then);
            assert!(steps.into_iter().all(|step| step.product() == product));
        }
    }
    let cay = |since: &FirmDifference| {
        since.users[who(since).iter().position(|id| id == "cay").unwrap()].clone()
    };
    let given = |since: &FirmDifference| -> Vec<String> {
        let roles = cay(since);
        roles
            .roles()
            .given
            .iter()
            .map(|role| role.role.to_string())
            .collect()
    };
    assert_eq!(
        (given(&manage), cay(&manage).outside.len()),
        (vec!["reports".to_owned()], 0)
    );
    assert_eq!((given(&grow), cay(&grow).outside.len()), (vec![], 1));
    assert!(!manage.equal && !grow.equal);
    let mut same = now.review_since(&now).unwrap();
    same.keep_product("grow");
    assert!(same.since.unwrap().equal);
}

#[test]
fn some_people_are_reviewed_since_the_last_review() {
    let [then, now] = then_and_now();
    let gone = then.users().find(|user| now.user(user).is_err()).unwrap();
    let review = now.review_of(&["ben", gone], Some(&then)).unwrap();
    let since = review.since.unwrap();
    let users: Vec<&str> = since.users.iter().map(|user| &*user.user).collect();
    assert_eq!(users, ["ben", gone]);
    let nobody = now.review_of(&[gone], Some(&then)).unwrap();
    assert_eq!(
        (nobody.people.len(), nobody.users),
        (0, now.users().count())
    );
    assert!(now.review_of(&[gone], None).is_err());
}
