//! Plans about things, beside trying every single change by everybody.

use pretty_assertions::assert_eq;

use super::model::FirmModel;
use super::{questions, rulebook};
use crate::tests::dice::cases;
use crate::{Change, Firm, Question};

/// Every change of the hub by anybody, with any words.
pub(super) fn every_change(firm: &Firm) -> Vec<Change> {
    let users: Vec<&str> = firm.users().collect();
    let groups: Vec<&str> = firm.groups().collect();
    let targets: Vec<&str> = users.iter().chain(&groups).copied().collect();
    let repositories: Vec<&str> = firm.things_of_kind("repository").collect();
    let mut all = Vec::new();
    for user in &users {
        let change = |name: &str| Change::new(*user, name);
        for repository in &repositories {
            for target in &targets {
                for list in ["write", "read", "lead"] {
                    let share = change("share").list(list);
                    all.push(share.thing(*repository).target(*target));
                }
                for list in ["write", "read"] {
                    let unshare = change("unshare").list(list);
                    all.push(unshare.thing(*repository).target(*target));
                }
                all.push(change("keep_for").thing(*repository).target(*target));
            }
            all.push(change("open_up").thing(*repository));
            for office in ["north", "south"] {
                let mut moved = change("move").thing(*repository);
                moved.value = Some(office.into());
                all.push(moved);
            }
        }
        for issue in firm.things_of_kind("issue") {
            all.push(change("lock").thing(issue));
        }
        for group in &groups {
            for target in &targets {
                all.push(change("join").group(*group).target(*target));
                all.push(change("leave").group(*group).target(*target));
            }
        }
    }
    all
}

/// Whether any single change by anybody leads to an allow.
fn is_one_change_away(firm: &Firm, all: &[Change], question: &Question<'_>) -> bool {
    all.iter().any(|change| {
        // A group that would be in itself is an error.
        let Ok(verdict) = firm.judge(change) else {
            return false;
        };
        verdict.is_accepted()
            && !verdict.altered_things.is_empty()
            && firm
                .after(&verdict)
                .unwrap()
                .answer(question)
                .unwrap()
                .is_allowed()
    })
}

#[test]
fn plans_lead_there_and_none_of_one_change_is_missed() {
    let rulebook = rulebook();
    let (mut planned, mut none, mut unknown, mut longer) = (0, 0, 0, 0);
    for seed in 0..cases(4, 12) {
        let model = FirmModel::by_chance(seed);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let all = every_change(&firm);
        let asked = questions(&model).into_iter().filter(|(.., allows)| !allows);
        for (question, _, thing, _) in asked.step_by(13) {
            let words = format!("{seed}: {question:?} about {thing:?} in {}", model.text());
            let plans = firm.how_can(&question).unwrap();
            for plan in &plans.plans {
                let mut after = firm.clone();
                for (step, by) in plan.steps.iter().zip(&plan.by) {
                    assert!(!after.answer(&question).unwrap().is_allowed(), "{words}");
                    for maker in by.may_be_made_by.iter().chain([&step.user]) {
                        let verdict = after.judge(&step.clone().by(maker)).unwrap();
                        assert!(verdict.is_accepted(), "{maker}: {step:?}: {words}");
                    }
                    let line = Change::from_line(&rulebook, None, &step.user, &by.line);
                    let verdict = after.judge(&line.unwrap()).unwrap();
                    assert_eq!(verdict.altered_things, by.altered_things);
                    after = after.after(&verdict).unwrap();
                }
                assert!(after.answer(&question).unwrap().is_allowed(), "{words}");
            }
            let one = plans.plans.iter().any(|plan| plan.steps.len() == 1);
            // Others can be put into groups as well, which helps nobody but them.
            assert_eq!(one, is_one_change_away(&firm, &all, &question), "{words}");
            planned += usize::from(!plans.plans.is_empty());
            longer += usize::from(!plans.plans.is_empty() && !one);
            if plans.plans.is_empty() {
                none += usize::from(plans.is_decided());
                unknown += usize::from(!plans.is_decided());
                assert_eq!(plans.why.is_some(), plans.is_decided(), "{words}");
            }
        }
    }
    let counts = (planned, none, unknown, longer);
    assert!(
        planned > 20 && none > 5 && unknown > 0 && longer > 0,
        "{counts:?}"
    );
}

#[test]
fn a_change_that_would_be_enough_and_that_nobody_may_make_is_named() {
    let rulebook = rulebook();
    let text = "firm: One
users: [{ id: ann, enabled: false, hub: { roles: [owner] } }, { id: ben, hub: {} }]
things: { repository: [{ id: web, write: [] }] }
";
    let firm = Firm::from_text(&rulebook, "firm.yaml", text).unwrap();
    let plans = firm
        .how_can(&Question::new("ben", "push").target("web"))
        .unwrap();
    assert!(plans.plans.is_empty());
    let lines: Vec<&str> = plans.would_take.iter().map(|one| &*one.line).collect();
    assert_eq!(lines, ["share web write ben"]);
}
