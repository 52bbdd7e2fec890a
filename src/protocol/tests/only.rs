//! Questions about everybody that list some people only, and words about what may be meant instead.

use pretty_assertions::assert_eq;

use crate::protocol::{AccessRequest, ReviewRequest, WhoCanRequest, World};
use crate::{Firm, Question, Rulebook};

fn example() -> Firm {
    Firm::example(&Rulebook::builtin().unwrap()).unwrap()
}

fn ids(users: &[&str]) -> Option<Vec<String>> {
    Some(users.iter().map(ToString::to_string).collect())
}

#[test]
fn whoever_is_listed_is_answered_as_among_all() {
    let firm = example();
    let world = World::new(&firm);
    let all = world.ask(WhoCanRequest::of("create_bill")).unwrap().reply;
    let only = ["wren", "nadia", "hugo", "wren"];
    let some = world
        .ask(WhoCanRequest {
            only: ids(&only),
            ..WhoCanRequest::of("create_bill")
        })
        .unwrap();
    assert!(some.yes);
    let kept = |user: &str| only.contains(&user);
    let allowed = all.allowed.into_iter().filter(|one| kept(&one.user));
    let denied = all.denied.into_iter().filter(|one| kept(&one.user));
    assert_eq!(some.reply.allowed, allowed.collect::<Vec<_>>());
    assert_eq!(some.reply.denied, denied.collect::<Vec<_>>());
    let access = world.ask(AccessRequest::default()).unwrap().reply.users;
    let request = AccessRequest {
        only: ids(&only),
        ..AccessRequest::default()
    };
    let some = world.ask(request.clone()).unwrap();
    let access: Vec<_> = access.into_iter().filter(|one| kept(&one.user)).collect();
    assert_eq!(some.reply.users, access);
    let written = serde_json::to_value(request.written_row_by_row(&world).unwrap()).unwrap();
    assert_eq!(written["users"], serde_json::to_value(&access).unwrap());
    assert_eq!(written["only"], serde_json::json!(only));
}

#[test]
fn pages_go_on_among_those_who_are_listed() {
    let firm = example();
    let world = World::new(&firm);
    let users: Vec<&str> = firm.users().step_by(2).collect();
    let (mut after, mut seen, mut of_access) = (None, Vec::new(), Vec::new());
    loop {
        let who = world.ask(WhoCanRequest {
            only: ids(&users),
            after: after.clone(),
            limit: Some(2),
            ..WhoCanRequest::of("create_bill")
        });
        let who = who.unwrap().reply;
        let allowed = who.allowed.iter().map(|one| one.user.to_string());
        seen.extend(allowed.chain(who.denied.iter().map(|one| one.user.to_string())));
        let page = world.ask(AccessRequest {
            product: Some("grow".to_owned()),
            only: ids(&users),
            after,
            limit: Some(2),
        });
        let page = page.unwrap().reply;
        of_access.extend(page.users.iter().map(|one| one.user.to_string()));
        assert_eq!(page.next, who.next);
        let Some(next) = who.next else { break };
        after = Some(next.to_string());
    }
    assert_eq!(of_access, users);
    seen.sort_unstable();
    let mut sorted = users;
    sorted.sort_unstable();
    assert_eq!(seen, sorted);
}

#[test]
fn an_unknown_id_and_none_are_errors() {
    let firm = example();
    let world = World::new(&firm);
    for (only, code) in [(ids(&["wern"]), "unknown-user"), (ids(&[]), "empty-list")] {
        let of_who = WhoCanRequest {
            only: only.clone(),
            ..WhoCanRequest::of("create_bill")
        };
        let of_access = AccessRequest {
            only: only.clone(),
            ..AccessRequest::default()
        };
        let of_review = ReviewRequest {
            only,
            ..ReviewRequest::default()
        };
        let failures = [
            world.ask(of_who).map(|_| ()),
            world.ask(of_access).map(|_| ()),
            world.ask(of_review).map(|_| ()),
        ];
        for failure in failures {
            assert_eq!(failure.unwrap_err().reply().error.code, code);
        }
    }
}

/// Somebody may think of another product: where one has an action of almost the same name, that is told.
#[test]
fn an_action_of_another_product_that_may_be_meant_is_told() {
    let firm = example();
    let world = World::new(&firm);
    let elsewhere = |question: Question<'static>| {
        let reply = world.ask(question).unwrap().reply;
        let named = reply.elsewhere.into_iter();
        named
            .map(|other| (other.product, other.action))
            .collect::<Vec<_>>()
    };
    let pair = |product: &str, action: &str| (product.to_owned(), action.to_owned());
    assert_eq!(
        elsewhere(Question::new("tomas", "view_reports")),
        [pair("manage", "view_reports_tab")]
    );
    assert_eq!(
        elsewhere(Question::new("tomas", "view_reports_tab")),
        [pair("grow", "view_reports")]
    );
    assert_eq!(
        elsewhere(Question::new("tomas", "view_reports").product("grow")),
        []
    );
    assert_eq!(elsewhere(Question::new("tomas", "create_bill")), []);
}
