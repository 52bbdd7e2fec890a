//! Compares a difference with what asking every question in both firms says.

use pretty_assertions::assert_eq;

use super::*;

/// What somebody gains or loses: product, action, number of targets and first target.
type Claims = BTreeMap<(String, bool), Vec<(String, String, usize, Vec<String>)>>;

/// Everybody's abilities, found by asking one by one.
fn allowed(firm: &Firm) -> BTreeMap<(String, String, String), Vec<String>> {
    let users: Vec<&str> = firm.users().collect();
    let mut allowed = BTreeMap::new();
    for compiled in firm.rulebook.compiled() {
        let product = &compiled.product;
        for action in &product.actions {
            for user in &users {
                let ask = |target: Option<&str>| {
                    let mut question = Question::new(*user, &*action.id).product(&*product.id);
                    if let Some(target) = target {
                        question = question.target(target.to_owned());
                    }
                    firm.ask(&question).unwrap().is_allowed()
                };
                let on: Vec<String> = if action.on_target {
                    let on = users.iter().filter(|target| ask(Some(target)));
                    on.map(|target| target.to_string()).collect()
                } else {
                    vec!["".to_owned(); usize::from(ask(None))]
                };
                let key = (
                    user.to_string(),
                    product.id.to_string(),
                    action.id.to_string(),
                );
                allowed.insert(key, on);
            }
        }
    }
    allowed
}

/// Compares gains and losses with the answers to all questions in both states.
pub(super) fn check_access(old: &Firm, new: &Firm, difference: &FirmDifference) -> usize {
    let (before, after) = (allowed(old), allowed(new));
    let nothing = Vec::new();
    let mut expected: Claims = BTreeMap::new();
    let in_both = |user: &String| {
        user.is_empty() || old.users().any(|it| it == user) && new.users().any(|it| it == user)
    };
    // Those of the new state in order, followed by removed people.
    let ids = new.users().chain(
        old.users()
            .filter(|it| !new.users().any(|user| user == *it)),
    );
    let mut compared = 0;
    let ids: Vec<&str> = ids.collect();
    for user in ids.iter().copied() {
        for compiled in old.rulebook.compiled() {
            for action in &compiled.product.actions {
                let key = (
                    user.to_owned(),
                    compiled.product.id.to_string(),
                    action.id.to_string(),
                );
                let (was, is) = (
                    before.get(&key).unwrap_or(&nothing),
                    after.get(&key).unwrap_or(&nothing),
                );
                let without = |all: &[String], other: &[String]| -> Vec<String> {
                    let all = all
                        .iter()
                        .filter(|it| !other.contains(it) && (in_both(it) || *it == user));
                    all.cloned().collect()
                };
                for (gains, mut on) in [(true, without(is, was)), (false, without(was, is))] {
                    compared += 1;
                    on.sort_by_key(|it| ids.iter().position(|id| id == it));
                    if !on.is_empty() {
                        let count = on.len();
                        let first = on.into_iter().filter(|it| !it.is_empty()).take(5).collect();
                        let (_, product, action) = key.clone();
                        let list = expected.entry((user.to_owned(), gains)).or_default();
                        list.push((product, action, count, first));
                    }
                }
            }
        }
    }
    let mut claimed: Claims = BTreeMap::new();
    for user in difference.users.clone() {
        for (gains, list) in [(true, user.gained()), (false, user.lost())] {
            for access in list {
                let (count, first) = access.on.map_or((1, Vec::new()), |on| {
                    (on.count, on.users.iter().map(ToString::to_string).collect())
                });
                let claimed = claimed.entry((user.user.to_string(), gains)).or_default();
                claimed.push((
                    access.product.to_string(),
                    access.action.to_string(),
                    count,
                    first,
                ));
            }
        }
    }
    for key in claimed.keys().chain(expected.keys()) {
        assert_eq!(claimed.get(key), expected.get(key), "{key:?}");
    }
    compared
}

/// Checks that two firms whose steps lead from one to the other agree in everything but the outside and impossible
/// differences.
pub(super) fn check_steps(old: &Firm, new: &Firm, difference: &FirmDifference) {
    let reached = after(old, &difference.steps);
    for user in difference.users.clone() {
        let was_there = old.users().any(|it| it == &*user.user);
        let is_there = new.users().any(|it| it == &*user.user);
        if !was_there || !is_there || !difference.then.is_empty() {
            continue;
        }
        for compiled in old.rulebook.compiled() {
            let id = &*compiled.product.id;
            let seats = [old, new].map(|firm| {
                crate::firm::has_seat(firm.roster.profile(
                    old.rulebook.product_number(id).unwrap(),
                    firm.roster.find(&user.user).unwrap(),
                ))
            });
            if seats != [true, true] {
                continue;
            }
            let impossible = |what: &str| {
                user.impossible
                    .iter()
                    .any(|it| &*it.product == id && &*it.what == what)
            };
            for role in compiled
                .product
                .roles
                .iter()
                .filter(|role| !impossible(&role.id))
            {
                let holds = |firm: &Firm| firm.roles(id, &user.user).unwrap().contains(&&*role.id);
                assert_eq!(holds(&reached), holds(new), "{} {}", &*user.user, role.id);
            }
            for setting in compiled
                .product
                .settings
                .iter()
                .filter(|it| !impossible(&it.id))
            {
                let is = |firm: &Firm| {
                    firm.setting(id, &user.user, &setting.id)
                        .unwrap()
                        .map(str::to_owned)
                };
                assert_eq!(is(&reached), is(new), "{} {}", &*user.user, setting.id);
            }
        }
    }
}
