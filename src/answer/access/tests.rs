use super::*;
use crate::{Question, Rulebook, Seat, User};
use pretty_assertions::assert_eq;

/// A firm with more users than one batch holds, and several kinds of users.
fn large(rulebook: &Rulebook) -> Firm {
    let users = (0..10_000_usize).map(|number| {
        let mut seat = Seat::new("manage");
        if number == 0 {
            seat = seat.role("primary_subscriber");
        }
        for (bit, role) in ["administrator", "accounts", "reports", "billing"]
            .into_iter()
            .enumerate()
        {
            if (number / 3) >> bit & 1 == 1 {
                seat = seat.role(role);
            }
        }
        let user = User::new(format!("u{number}"));
        match number % 5 {
            3 => user,
            4 => user.seat(seat).disabled(),
            _ => user.seat(seat),
        }
    });
    Firm::of_users(rulebook, "Large", users).unwrap()
}

#[test]
fn rows_say_what_each_question_says() {
    let rulebook = Rulebook::builtin().unwrap();
    for firm in [Firm::example(&rulebook).unwrap(), large(&rulebook)] {
        for product in rulebook.products() {
            let access = firm.access(product).unwrap();
            let actions: Vec<&str> = access.actions().collect();
            assert!(actions.len() > 10);
            assert_eq!(access.users(), firm.users().count());
            let mut users = firm.users();
            let mut asked = 0;
            for row in access.rows() {
                assert_eq!(Some(row.user()), users.next());
                for (column, (action, answer)) in actions.iter().zip(row.answers()).enumerate() {
                    let question = Question::new(row.user(), *action).product(product);
                    let expected = firm.answer(&question).unwrap();
                    assert_eq!(answer.code(), expected.code());
                    assert_eq!(answer.action(), *action);
                    assert_eq!(row.is_allowed(column), expected.is_allowed());
                    asked += 1;
                }
                assert_eq!(row.allowed().len(), actions.len());
                assert!(!row.is_allowed(actions.len()));
            }
            assert_eq!(
                (users.next(), asked),
                (None, firm.users().count() * actions.len())
            );
        }
    }
}

#[test]
fn equal_profiles_share_a_row() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = large(&rulebook);
    let access = firm.access("manage").unwrap();
    let mut rows: Vec<*const DecisionCode> = access.rows().map(|row| row.codes.as_ptr()).collect();
    assert_eq!(access.rows().len(), rows.len());
    rows.sort_unstable();
    rows.dedup();
    assert!(rows.len() < 100, "{} rows", rows.len());
}

#[test]
fn a_product_that_is_not_there_has_no_matrix() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    assert!(firm.access("draw").is_none());
}

#[test]
fn a_matrix_says_what_it_is_of() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let access = firm.access("grow").unwrap();
    assert_eq!((access.product(), access.title()), ("grow", "Clio Grow"));
    assert_eq!(format!("{access:?}"), "AccessMatrix(14 users, 14 actions)");
    let mut rows = access.rows();
    assert_eq!(rows.len(), 14);
    rows.next();
    rows.next();
    assert_eq!(rows.size_hint(), (12, Some(12)));
    assert_eq!(rows.count(), 12);
}
