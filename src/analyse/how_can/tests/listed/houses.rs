//! The full lists of plans of small houses, and of the shipped rules.

use super::*;

#[test]
fn all_plans_of_a_house_are_listed() {
    let firms: [&[(&str, &[&str])]; 3] = [
        &[
            ("ada", &["friend", "owner"]),
            ("ben", &["guest"]),
            ("cleo", &["friend", "porter"]),
        ],
        &[
            ("ada", &["guest", "owner"]),
            ("ben", &["guest"]),
            ("cleo", &["guest"]),
        ],
        &[
            ("ada", &["friend", "owner", "porter"]),
            ("ben", &["friend"]),
            ("cleo", &["friend"]),
        ],
    ];
    let mut all = BTreeMap::new();
    let rulebook = with_all_plans("house.yaml", HOUSE, 3);
    for people in firms.into_iter().take(cases(1, 3)) {
        let people = people.iter().map(|(id, roles)| tenant(id, roles));
        for (steps, count) in compare_lists(&firm_of(&rulebook, people), 4) {
            *all.entry(steps).or_insert(0) += count;
        }
    }
    assert!((1..=4).all(|steps| all.contains_key(&steps)), "{all:?}");
}

#[test]
fn all_plans_of_four_tenants_are_listed_though_three_are_alike() {
    let rulebook = with_all_plans("house.yaml", HOUSE, 2);
    let people = [
        tenant("ada", &["friend", "owner", "porter"]),
        tenant("ben", &["guest"]),
        tenant("cleo", &["guest"]),
        tenant("dan", &["guest"]),
    ];
    let plan_counts = compare_lists(&firm_of(&rulebook, people), 3);
    assert!(plan_counts.keys().max() >= Some(&2), "{plan_counts:?}");
}

#[test]
fn all_plans_of_the_shipped_rules_are_listed() {
    let limits = Limits {
        plans: 100_000,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new().limits(&limits).builtin_rulebook().unwrap();
    let mut all = BTreeMap::new();
    for people in [
        vec![
            manage("olga", &["primary_subscriber"]),
            manage("ann", &["administrator"]),
            manage("pia", &[]),
            manage("pit", &[]),
        ],
        vec![
            grow("ada", "admin"),
            grow("ben", "normal"),
            grow("cleo", "normal"),
            grow("dan", "normal"),
            grow("eve", "admin"),
        ],
    ] {
        for (steps, count) in compare_lists(&firm_of(&rulebook, people), 2) {
            *all.entry(steps).or_insert(0) += count;
        }
    }
    assert!(all.contains_key(&1) && all.contains_key(&2), "{all:?}");
}
