use pretty_assertions::assert_eq;
use serde_json::json;

use crate::{Basis, Bulk, Change, Firm, Rulebook, Seat, User};

const RULES: &str = "
product: door
title: Door
document: {title: House rules, sections: {doors: Doors and keys}}
roles:
  opener: {title: Opener, basis: stated, section: doors}
  locker: {title: Locker, basis: stated, section: doors}
  keeper: {title: Keeper, basis: stated, section: doors}
  owner:
    title: Owner
    basis: stated
    section: doors
    brings:
      - roles: keeper
        when: is_open
readings:
  is_open: {question: Do owners count as keepers?, default: true, section: doors}
grounds:
  user_disabled: {because: Disabled, basis: inferred, section: doors}
  user_has_no_seat: {because: No key, basis: inferred, section: doors}
  target_has_no_seat: {because: No key, basis: inferred, section: doors}
actions:
  - group: Doors
    basis: stated
    section: doors
    actions:
      open: {title: Open, allow: opener}
      lock: {title: Lock, allow: locker}
      air:
        title: Air
        facts:
          weather: {values: [sun, rain], default: rain}
        allow: locker
        when: weather == \"rain\"
        because: The sun shines
      sun:
        title: Let the sun in
        facts:
          weather: {values: [sun, rain], default: rain}
        allow: locker
        when: weather == \"sun\"
        because: It rains
changes:
  grant:
    title: Give a key
    section: doors
    basis: stated
    takes: {role: [opener, locker, keeper]}
    allow: everyone
    does:
      - {give: role, to: target}
bulk:
  title: Many at once
  of: [grant]
  section: doors
  basis: stated
  all_or_nothing: {basis: inferred}
  contradiction: {rule: parts_contradict, because: Opposites, basis: inferred}
conflicts:
  open_and_lock:
    title: Opens and locks
    both: [open, lock]
    except: keeper
    because: Two people should see every door
    basis: inferred
    section: doors
  open_and_air:
    title: Opens and airs
    both: [open, air]
    because: It draws
    basis: stated
    section: doors
  open_and_sun:
    title: Opens and lets the sun in
    both: [open, sun]
    because: It is hot
    basis: stated
    section: doors
";

fn house() -> Firm {
    let rulebook = Rulebook::from_texts([("door.yaml", RULES)]).unwrap();
    let with = |id: &str, roles: &[&str]| {
        let seat = Seat::new("door");
        let seat = roles.iter().fold(seat, |seat, role| seat.role(*role));
        User::new(id).seat(seat)
    };
    let users = [
        with("both", &["opener", "locker"]),
        with("one", &["opener"]),
        with("other", &["locker"]),
        with("neither", &[]),
        with("trusted", &["opener", "locker", "keeper"]),
        with("owner", &["opener", "locker", "owner"]),
        with("gone", &["opener", "locker"]).disabled(),
        User::new("guest"),
    ];
    Firm::of_users(&rulebook, "House", users).unwrap()
}

fn held(firm: &Firm, user: &str) -> Vec<String> {
    let held = firm.conflicts(user).unwrap();
    held.iter().map(|held| held.conflict.to_string()).collect()
}

#[test]
fn whoever_may_do_both_holds_a_conflict_unless_trusted_with_it() {
    let firm = house();
    for (user, expected) in [
        // In the order of the rule file. The fact has its default: it rains, and nobody lets the sun in.
        ("both", &["open_and_lock", "open_and_air"][..]),
        ("one", &[]),
        ("other", &[]),
        ("neither", &[]),
        ("trusted", &["open_and_air"]),
        // Trusted by a role that another role brings, as long as the firm chooses that reading.
        ("owner", &["open_and_air"]),
        ("gone", &[]),
        ("guest", &[]),
    ] {
        assert_eq!(held(&firm, user), expected, "{user}");
    }
    let closed = firm.with_reading(Some("door"), "is_open", false).unwrap();
    assert_eq!(held(&closed, "owner"), ["open_and_lock", "open_and_air"]);
    assert_eq!(held(&closed, "trusted"), ["open_and_air"]);
    let error = firm.conflicts("boht").unwrap_err();
    assert_eq!(error.code().name(), "unknown-user");
    assert_eq!(error.help(), Some("did you mean `both`?"));
}

#[test]
fn a_conflict_says_all_that_its_rule_file_says() {
    let firm = house();
    let [first, _] = &firm.conflicts("both").unwrap()[..] else {
        panic!("two are held")
    };
    let line = RULES
        .lines()
        .position(|line| line == "  open_and_lock:")
        .unwrap();
    let place = format!("door.yaml:{}", line + 1);
    let expected = json!({
        "user": "both",
        "product": "door",
        "conflict": "open_and_lock",
        "title": "Opens and locks",
        "both": ["open", "lock"],
        "because": "Two people should see every door",
        "basis": "inferred",
        "place": place,
        "section": "Doors and keys",
    });
    assert_eq!(serde_json::to_value(first).unwrap(), expected);
    assert_eq!(
        [&*first.user, &*first.product, &*first.conflict],
        ["both", "door", "open_and_lock"]
    );
    assert_eq!(
        [
            &*first.title,
            &*first.because,
            &*first.place,
            first.section.as_deref().unwrap_or_default()
        ],
        [
            "Opens and locks",
            "Two people should see every door",
            &*place,
            "Doors and keys"
        ]
    );
    assert_eq!(
        (first.both.join(" "), first.basis),
        ("open lock".to_owned(), Basis::Inferred)
    );
}

/// A change warns of conflicts that its target newly holds, and not of those it held before.
#[test]
fn only_what_comes_with_a_change_is_new() {
    let firm = house();
    for (role, target, expected) in [
        ("locker", "one", &["open_and_lock", "open_and_air"][..]),
        ("opener", "other", &["open_and_lock", "open_and_air"]),
        ("opener", "neither", &[]),
        ("keeper", "both", &[]),
        ("locker", "both", &[]),
        ("keeper", "one", &[]),
    ] {
        let change = Change::new("both", "grant").role(role).target(target);
        let verdict = firm.judge(&change).unwrap();
        assert!(verdict.is_accepted());
        let newly: Vec<&str> = verdict
            .conflicts
            .iter()
            .map(|held| &*held.conflict)
            .collect();
        assert_eq!(newly, expected, "{role} {target}");
        assert!(verdict.conflicts.iter().all(|held| &*held.user == target));
        let after = firm.after(&verdict).unwrap();
        let mut all = held(&firm, target);
        all.extend(newly.into_iter().map(str::to_owned));
        let expected: Vec<String> = match (role, target) {
            // The new trusted role ends the conflict.
            ("keeper", "both") => vec!["open_and_air".to_owned()],
            _ => all,
        };
        assert_eq!(held(&after, target), expected, "{role} {target}");
    }
}

/// The parts of a bulk change that affect one person are checked together, once.
#[test]
fn parts_about_one_person_are_taken_together() {
    let firm = house();
    let grant = |role, target| Change::new("both", "grant").role(role).target(target);
    let bulk = Bulk::new("both")
        .part(grant("locker", "one"))
        .part(grant("opener", "other"))
        .part(grant("keeper", "one"));
    let verdict = firm.judge_bulk(&bulk).unwrap();
    let newly: Vec<(&str, &str)> = verdict
        .conflicts
        .iter()
        .map(|held| (&*held.user, &*held.conflict))
        .collect();
    let expected = [
        ("one", "open_and_air"),
        ("other", "open_and_lock"),
        ("other", "open_and_air"),
    ];
    assert_eq!(newly, expected);
}
