use pretty_assertions::assert_eq;
use serde_json::json;

use super::firms::{HOUSE, actions, firms, rulebooks};
use super::wide;
use crate::analyse::crowd::taken_looks;
use crate::{Firm, Question, Rulebook, Seat, User};

#[test]
fn where_can_says_what_each_question_says() {
    let (mut allowed, mut denied, mut of_oneself, mut nowhere) = (0, 0, 0, 0);
    for firm in rulebooks().iter().flat_map(firms) {
        let users: Vec<&str> = firm.users().collect();
        for action in actions(firm.rulebook()).iter().filter(|one| one.on_target) {
            for (user, facts) in users
                .iter()
                .flat_map(|user| action.choices.iter().map(move |facts| (*user, facts)))
            {
                let on_whom = firm.where_can(&action.question(user, None, facts)).unwrap();
                let named = (on_whom.product(), on_whom.user(), on_whom.action());
                assert_eq!(named, (&*action.product, user, &*action.id));
                let mut may = on_whom.allowed();
                let before = allowed;
                for target in &users {
                    let asked = action.question(user, Some(target), facts);
                    let answer = firm.answer(&asked).unwrap();
                    if !answer.is_allowed() {
                        denied += 1;
                        continue;
                    }
                    let entry = may.next().unwrap();
                    let got = (entry.target, entry.answer.code());
                    assert_eq!(got, (*target, answer.code()), "{asked:?}");
                    allowed += 1;
                    of_oneself += usize::from(*target == user);
                }
                assert!(may.next().is_none());
                assert_eq!(on_whom.count(), allowed - before);
                nowhere += usize::from(allowed == before);
            }
        }
    }
    let all = [allowed, denied, of_oneself, nowhere];
    assert!(all.iter().all(|count| *count > 50), "{all:?}");
}

#[test]
fn each_profile_is_looked_at_once_however_many_have_it() {
    let rulebook = Rulebook::from_texts([("house.yaml", HOUSE)]).unwrap();
    let looked = |users: usize| {
        let users = (0..users).map(|user| {
            let role = ["owner", "tenant", "guest"][user % 3];
            let floor = ["ground", "first", "roof"][user / 3 % 3];
            let seat = Seat::new("house").role(role).setting("floor", floor);
            User::new(format!("u{user}")).seat(seat)
        });
        let firm = Firm::of_users(&rulebook, "House", users).unwrap();
        taken_looks();
        let on_whom = firm.where_can(&Question::new("u0", "visit")).unwrap();
        (on_whom.count(), taken_looks())
    };
    // Themselves and every profile; nobody climbs after those on the roof.
    assert_eq!(looked(90), (60, 10));
    assert_eq!(looked(9_000), (6_000, 10));
}

#[test]
fn a_firm_in_which_nobody_is_like_anybody_else_is_looked_at_once() {
    let rulebook = wide::rulebook();
    for users in [500, 2_000] {
        let firm = wide::firm(&rulebook, users, 0);
        taken_looks();
        firm.where_can(&Question::new("u5", "edit")).unwrap();
        assert_eq!(taken_looks(), users as u64);
    }
}

#[test]
fn where_an_action_is_done_to_nobody_there_is_nothing_to_list() {
    let mut refused = 0;
    for rulebook in rulebooks() {
        let firm = firms(&rulebook).remove(0);
        let user = firm.users().next().unwrap();
        let all = actions(&rulebook);
        for action in all.iter().filter(|one| !one.on_target && !one.is_on_things) {
            for facts in action.choices.iter().chain([&Vec::new()]) {
                let error = firm.where_can(&action.question(user, None, facts));
                assert_eq!(error.unwrap_err().code().name(), "no-targets");
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn json_says_on_whom_and_by_which_rule() {
    let rulebook = Rulebook::from_texts([("house.yaml", HOUSE)]).unwrap();
    let text = "firm: One\nusers: [{id: ada, house: {roles: [guest]}}, {id: bob, house: {roles: [owner]}}]";
    let firm = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let on_whom = firm.where_can(&Question::new("bob", "visit")).unwrap();
    let json = serde_json::to_value(&on_whom).unwrap();
    let targets = json["allowed"].as_array().unwrap().iter();
    let targets: Vec<_> = targets.map(|one| (&one["target"], &one["rule"])).collect();
    assert_eq!(
        targets,
        [
            (&json!("ada"), &json!("owners_visit_others")),
            (&json!("bob"), &json!("everybody_visits_themselves")),
        ]
    );
    let question = [&json["product"], &json["user"], &json["action"]];
    assert_eq!(question, ["house", "bob", "visit"]);
    assert_eq!(format!("{on_whom:?}"), "WhereCan(bob, visit, of 2)");
}
