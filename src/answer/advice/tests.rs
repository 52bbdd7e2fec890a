use pretty_assertions::assert_eq;
use serde_json::json;

use crate::{Change, Firm, Rulebook, Seat, User};

const ROLES: [&str; 4] = ["primary_subscriber", "administrator", "billing", "reports"];

/// A user with these roles of the first three, who gets the replies or not, and is enabled or not.
fn person(id: &str, roles: &[bool; 3], gets: bool, enabled: bool) -> User {
    let held = ROLES.iter().zip(roles).filter(|(_, held)| **held);
    let seat = held.fold(Seat::new("manage"), |seat, (role, _)| seat.role(*role));
    let seat = seat.setting("receives_bill_reminder_replies", gets.to_string());
    let user = User::new(id).seat(seat);
    if enabled { user } else { user.disabled() }
}

/// Whether the article's author would be content: nothing comes to them, or they are there and work with bills.
fn is_met(
    [owner, administrator, billing]: [bool; 3],
    gets: bool,
    enabled: bool,
    opens: bool,
) -> bool {
    !gets || enabled && (billing || opens && (owner || administrator))
}

/// The firms of an owner and somebody else of every kind, with both choices of the reading.
fn firms() -> impl Iterator<Item = (Firm, [[bool; 3]; 2], [bool; 2], bool, bool)> {
    let rulebook = Rulebook::builtin().unwrap();
    (0..128_u32).map(move |bits| {
        let bit = |at: u32| bits >> at & 1 == 1;
        let roles = [[true, false, bit(0)], [false, bit(1), bit(2)]];
        let (gets, enabled, opens) = ([bit(3), bit(4)], bit(5), bit(6));
        let users = [
            person("owner", &roles[0], gets[0], true),
            person("other", &roles[1], gets[1], enabled),
        ];
        let firm = Firm::of_users(&rulebook, "Two", users).unwrap();
        let firm = firm.with_reading(None, "administrator_opens_every_area", opens);
        (firm.unwrap(), roles, gets, enabled, opens)
    })
}

#[test]
fn whoever_gets_the_replies_is_enabled_and_bills() {
    for (firm, roles, gets, enabled, opens) in firms() {
        let expected = [
            is_met(roles[0], gets[0], true, opens),
            is_met(roles[1], gets[1], enabled, opens),
        ];
        let met = ["owner", "other"].map(|user| firm.unmet_advice(user).unwrap().is_empty());
        assert_eq!(met, expected, "{}", firm.to_yaml());
        let pointed_out = firm
            .warnings()
            .iter()
            .filter(|one| one.code().name() == "advice-unmet")
            .count();
        assert_eq!(pointed_out, expected.iter().filter(|met| !**met).count());
    }
}

/// A change warns of what is newly so, of everybody it alters, by effects as well; and handing the account on never leads there.
#[test]
fn a_change_warns_of_what_it_leads_to() {
    let mut warned = 0;
    for (firm, ..) in firms() {
        let grants = ["grant", "revoke"].iter().flat_map(|change| {
            ROLES[1..]
                .iter()
                .map(|role| Change::new("owner", *change).role(*role).target("other"))
        });
        let transfer = Change::new("owner", "transfer_ownership").target("other");
        for change in grants.chain([transfer]) {
            let verdict = firm.judge(&change).unwrap();
            let newly = |after: &Firm, user: &str| {
                let before = firm.unmet_advice(user).unwrap();
                after
                    .unmet_advice(user)
                    .unwrap()
                    .into_iter()
                    .filter(move |unmet| !before.contains(unmet))
            };
            let expected: Vec<_> = match firm.after(&verdict) {
                Ok(after) => ["owner", "other"]
                    .iter()
                    .flat_map(|user| newly(&after, user))
                    .collect(),
                Err(_) => Vec::new(),
            };
            assert_eq!(verdict.advice, expected, "{change:?}\n{}", firm.to_yaml());
            warned += expected.len();
            let is_transfer =
                serde_json::to_value(&verdict).unwrap()["change"] == "transfer_ownership";
            assert!(!is_transfer || expected.is_empty());
        }
    }
    assert!(warned > 4, "{warned}");
}

#[test]
fn advice_says_all_that_its_rule_file_says() {
    let rulebook = Rulebook::builtin().unwrap();
    let owner = User::new("ada").seat(Seat::new("manage").role("primary_subscriber"));
    let firm = Firm::of_users(
        &rulebook,
        "Two",
        [owner, person("ben", &[false; 3], true, true)],
    )
    .unwrap();
    let unmet = firm.unmet_advice("ben").unwrap();
    let declared = &rulebook.catalogue("manage").unwrap().advice[0];
    assert_eq!(
        serde_json::to_value(&unmet).unwrap(),
        json!([{
            "user": "ben",
            "product": "manage",
            "advice": "bill_reminder_replies_have_a_reader",
            "title": declared.title,
            "because": declared.because,
            "basis": "inferred",
            "place": declared.place,
            "section": "Change user permissions in Clio Manage",
        }])
    );
    assert_eq!(firm.unmet_advice("ada").unwrap(), []);
    assert_eq!(
        firm.unmet_advice("bne").unwrap_err().code().name(),
        "unknown-user"
    );
}

/// Without `when` it is about everybody with a seat, and about nobody without one.
#[test]
fn advice_without_when_is_about_every_seat() {
    let rules = include_str!("../../../tests/cases/loads/a_small_rulebook/rules/door.yaml");
    let advice = "
advice:
  everybody_is_there: { title: All are there, should: user.enabled, because: Be there, basis: stated, section: doors }
";
    let rulebook = Rulebook::from_texts([("door.yaml", &*format!("{rules}{advice}"))]).unwrap();
    let users = [
        User::new("here").seat(Seat::new("door")),
        User::new("gone").seat(Seat::new("door")).disabled(),
        User::new("guest").disabled(),
    ];
    let firm = Firm::of_users(&rulebook, "House", users).unwrap();
    let met = ["here", "gone", "guest"].map(|user| firm.unmet_advice(user).unwrap().is_empty());
    assert_eq!(met, [true, false, true]);
}
