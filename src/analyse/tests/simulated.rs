use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use super::asked::spelt_out;
use super::firms::{Action, actions, firms, rulebooks};
use crate::{Change, Firm, Rulebook, Shift, Simulation};

/// Everything that anybody may do, to everybody.
fn abilities(firm: &Firm, actions: &[Action]) -> BTreeSet<String> {
    let users: Vec<&str> = firm.users().collect();
    let mut all = BTreeSet::new();
    for action in actions {
        for (target, facts) in action.asked(&users) {
            for user in &users {
                let asked = action.question(user, target, facts);
                if firm.answer(&asked).unwrap().is_allowed() {
                    let (product, id) = (&action.product, &action.id);
                    let target = target.unwrap_or("-");
                    all.insert(format!("{product} {user} {id} {facts:?} {target}"));
                }
            }
        }
    }
    all
}

fn spelt(firm: &Firm, shifts: &[Shift]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for shift in shifts {
        let ability = &shift.ability;
        for user in shift.users.iter() {
            let targets = match &ability.targets {
                Some(targets) => spelt_out(firm, &ability.product, &shift.users[0], targets),
                None => vec!["-".to_owned()],
            };
            for target in targets {
                let (product, action, facts) = (&ability.product, &ability.action, &ability.facts);
                assert!(
                    all.insert(format!("{product} {user} {action} {facts:?} {target}")),
                    "said twice"
                );
            }
        }
    }
    all
}

/// Every change of a product that takes a role or a setting, as words without a target.
fn lines(firm: &Firm, product: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for change in firm.rulebook().catalogue(product).unwrap().changes {
        let compiled = &firm.rulebook.compiled()[firm.rulebook.product_number(product).unwrap()];
        let declared =
            &compiled.product.changes[compiled.product.names.changes[change.id.as_str()].index()];
        let roles = declared
            .roles
            .iter()
            .map(|role| compiled.product.role_name(*role).to_owned());
        let settings = declared
            .settings
            .iter()
            .filter_map(|id| compiled.product.setting(*id));
        let values = settings.flat_map(|setting| {
            setting
                .domain
                .words()
                .map(|word| format!("{} {word}", setting.id))
        });
        let words: Vec<String> = roles.chain(values).collect();
        if words.is_empty() {
            lines.push(change.id.clone())
        } else {
            lines.extend(words.iter().map(|words| format!("{} {words}", change.id)))
        }
    }
    lines
}

#[test]
fn a_simulation_says_what_every_question_before_and_after_says() {
    let (mut accepted, mut beyond, mut of_others) = (0, 0, 0);
    for firm in rulebooks().iter().take(3).flat_map(firms) {
        let actions = actions(firm.rulebook());
        let before = abilities(&firm, &actions);
        let users: Vec<&str> = firm.users().collect();
        for product in firm.rulebook().products() {
            for line in lines(&firm, product) {
                for user in users.iter().step_by(4) {
                    let simulation = Simulation::of(*user).product(product).change(&line);
                    let simulated = firm.simulate(&simulation).unwrap();
                    let after = abilities(&simulated.after, &actions);
                    let gained: BTreeSet<String> = after.difference(&before).cloned().collect();
                    let lost: BTreeSet<String> = before.difference(&after).cloned().collect();
                    assert_eq!(spelt(&firm, &simulated.gained.0), gained, "{line} {user}");
                    assert_eq!(spelt(&firm, &simulated.lost.0), lost, "{line} {user}");
                    let all = simulated.gained.0.iter().chain(&simulated.lost.0);
                    of_others += all
                        .filter(|shift| shift.users.iter().all(|other| **other != **user))
                        .count();
                    // The first user who may make it does. A change marked as impossible can be made by nobody.
                    let words = format!("{line} {user}");
                    let words: Vec<&str> = words.split(' ').collect();
                    let may = |by: &&str| {
                        let change =
                            Change::from_words(firm.rulebook(), Some(product), by, &words).unwrap();
                        firm.judge(&change).unwrap().is_accepted()
                    };
                    let [step] = &simulated.steps[..] else {
                        panic!("it has one step")
                    };
                    match users.iter().copied().find(may) {
                        Some(first) => {
                            assert_eq!(step.verdict.user(), first);
                            assert!(simulated.accepted && !step.is_beyond_all());
                            accepted += 1;
                        }
                        None => {
                            assert!(!simulated.accepted && step.is_beyond_all());
                            assert!(!step.verdict.reasons.is_empty());
                            beyond += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(
        accepted > 50 && beyond > 50 && of_others > 10,
        "{accepted} {beyond} {of_others}"
    );
}

#[test]
fn changes_that_cannot_be_found() {
    let rulebook = Rulebook::builtin().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let code = |firm: &Firm, simulation: &Simulation| {
        firm.simulate(simulation)
            .map(drop)
            .unwrap_err()
            .code()
            .name()
    };
    let wren = Simulation::of("wren");
    assert_eq!(code(&firm, &wren), "empty-simulation");
    let set = wren.clone().set("receives_bill_reminder_replies", "true");
    assert_eq!(code(&firm, &set), "no-change-does");
    assert_eq!(
        code(&firm, &wren.clone().revoke("primary_subscriber")),
        "no-change-does"
    );
    assert_eq!(code(&firm, &wren.clone().grant("biling")), "unknown-role");
    assert_eq!(code(&firm, &wren.clone().change("grant")), "wrong-words");
    assert_eq!(
        code(&firm, &wren.by("wern").grant("billing")),
        "unknown-user"
    );
    // Two changes that do the same to their target.
    let rules = super::firms::HOUSE.replace(
        "  move_in:",
        "  crown:\n    title: Crown\n    section: all\n    basis: stated\n    allow: owner\n    does:\n      - give: owner\n        to: target\n  move_in:",
    );
    let rulebook = Rulebook::from_texts([("house.yaml", &*rules)]).unwrap();
    let text = "firm: F\nusers:\n  - id: ada\n    house: { roles: [owner] }\n";
    let firm = Firm::from_text(&rulebook, "f.yaml", text).unwrap();
    let ada = Simulation::of("ada");
    assert_eq!(
        code(&firm, &ada.clone().grant("owner")),
        "several-changes-do"
    );
    assert!(firm.simulate(&ada.grant("tenant")).unwrap().accepted);
}

/// Changes that nobody may make are simulated all the same, except on users without a seat.
#[test]
fn a_change_that_nobody_may_make_is_done_anyway_to_those_with_a_seat() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let in_manage = |user| Simulation::of(user).product("manage");
    for (simulation, altered, effects) in [
        (
            in_manage("nadia").revoke("billing"),
            &["nadia billing true false"][..],
            &["payment_notifications_stop"][..],
        ),
        (in_manage("bea").grant("billing"), &[], &[]),
    ] {
        let simulated = firm.simulate(&simulation).unwrap();
        let [step] = &simulated.steps[..] else {
            panic!("one step")
        };
        assert!(!simulated.accepted && step.is_beyond_all());
        let words = step.altered().iter();
        let words: Vec<String> = words
            .map(|a| format!("{} {} {} {}", a.user, a.what, a.from, a.to))
            .collect();
        assert_eq!(words, altered);
        assert_eq!(simulated.effects.join(" "), effects.join(" "));
    }
}
