//! Compares the matrix with all possible people: each cell has the answers that users of that kind get.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::{Cell, Matrix, MatrixRow};
use crate::firm::is_enabled;
use crate::tests::decided::DecisionsSeen;
use crate::tests::dice::cases;
use crate::tests::generated;
use crate::{Firm, Question, Rulebook};

/// Whether users who hold exactly these roles are ever allowed an action, and ever denied.
type AnswersByKind = BTreeMap<(String, BTreeSet<String>), DecisionsSeen>;

/// Whether anybody is ever allowed an action where a fact has a value, and ever denied.
type AnswersByFact = BTreeMap<(String, String, String), DecisionsSeen>;

/// Asks every question of all possible people, with each value of each fact.
fn ask_everybody(firms: &[Firm], rulebook: &Rulebook) -> (AnswersByKind, AnswersByFact) {
    let mut answers = AnswersByKind::new();
    let mut by_fact = AnswersByFact::new();
    let actions = rulebook.catalogue("p").unwrap().actions;
    for firm in firms {
        let users: Vec<&str> = firm.users().collect();
        let enabled: Vec<&str> = users
            .iter()
            .copied()
            .filter(|user| is_enabled(firm.roster.profile(0, firm.user_number(user).unwrap())))
            .collect();
        for action in &actions {
            let mut questions = vec![Question::new("", action.id.clone())];
            for fact in &action.facts {
                let with = |question: Question<'static>| {
                    let values = fact.values.clone().into_iter();
                    values.map(move |value| question.clone().fact(fact.id.clone(), value))
                };
                questions = questions.into_iter().flat_map(with).collect();
            }
            let targets: Vec<Option<&str>> = if action.on_target {
                users.iter().copied().map(Some).collect()
            } else {
                vec![None]
            };
            for user in &enabled {
                let roles = firm.roles("p", user).unwrap();
                let roles = roles.iter().map(|role| (*role).to_owned()).collect();
                let entry = answers.entry((action.id.clone(), roles)).or_default();
                for target in &targets {
                    for question in &questions {
                        let mut question = question.clone();
                        question.user = (*user).to_owned().into();
                        question.target = target.map(|target| target.to_owned().into());
                        let allowed = firm.answer(&question).unwrap().is_allowed();
                        entry.note(allowed);
                        for (fact, value) in &question.facts {
                            let of = [&*action.id, &**fact, &**value].map(str::to_owned);
                            by_fact.entry(of.into()).or_default().note(allowed);
                        }
                    }
                }
            }
        }
    }
    (answers, by_fact)
}

/// The answers about an action for users who hold exactly these roles, plus any level if none is named.
fn of_kind(
    answers: &AnswersByKind,
    action: &str,
    roles: &BTreeSet<&str>,
    levels: &[String],
) -> DecisionsSeen {
    let is_level = |role: &str| levels.iter().any(|level| level == role);
    let names_level = roles.iter().any(|role| is_level(role));
    let mut all = DecisionsSeen::default();
    for ((of, held), seen) in answers {
        let held: BTreeSet<&str> = held
            .iter()
            .map(String::as_str)
            .filter(|role| names_level || !is_level(role))
            .collect();
        if of == action && held == *roles {
            all.note_all(*seen);
        }
    }
    all
}

fn rows(matrix: &Matrix) -> impl Iterator<Item = &MatrixRow> {
    matrix.groups.iter().flat_map(|group| &group.rows)
}

#[test]
fn each_cell_is_what_users_of_that_kind_are_told_and_no_row_hides_anybody() {
    let (mut rulebooks, mut together, mut dead, mut of_options, mut bosses) = (0, 0, 0, 0, 0);
    let mut of_facts = 0;
    for seed in 0..cases(30, 90) {
        let generated = generated::rulebook(seed);
        // Every combination of bosses needs its own firm, so few such rulebooks are tested.
        let is_large = generated.levels.len() + generated.options.len() > 4;
        if generated.has_boss && (is_large || bosses >= 5) {
            continue;
        }
        let Ok(rulebook) = Rulebook::from_texts([("p.yaml", generated.rules.as_str())]) else {
            continue;
        };
        rulebooks += 1;
        bosses += usize::from(generated.has_boss);
        let firms = generated::firms(&generated);
        let firms = firms
            .iter()
            .map(|firm| Firm::from_text(&rulebook, "firm.yaml", firm).unwrap());
        let firms: Vec<Firm> = firms.collect();
        for reading in [true, false] {
            let firms = firms.iter();
            let firms = firms.map(|firm| firm.with_reading(Some("p"), "reading", reading).unwrap());
            let firms: Vec<Firm> = firms.collect();
            let (answers, by_fact) = ask_everybody(&firms, &rulebook);
            let facts: BTreeSet<&String> = by_fact.keys().map(|(_, fact, _)| fact).collect();
            for fact in facts {
                let matrix = firms[0].matrix_by("p", fact).unwrap();
                for row in rows(&matrix) {
                    for (value, cell) in matrix.columns.iter().zip(&row.cells) {
                        let of = (row.action.clone(), fact.clone(), value.clone());
                        let what = format!("seed {seed} {of:?}\n{}", generated.rules);
                        by_fact[&of].assert_said_by(cell, &what);
                        of_facts += 1;
                    }
                }
            }
            let matrix = firms[0].matrix("p").unwrap();
            for row in rows(&matrix) {
                let what =
                    |kind: &str| format!("seed {seed} {} {kind}\n{}", row.action, generated.rules);
                let mut open: Vec<BTreeSet<&str>> = Vec::new();
                for (role, cell) in matrix.roles.iter().zip(&row.cells) {
                    let roles: BTreeSet<&str> = [role.as_str()].into();
                    let roles = if role == "-" { BTreeSet::new() } else { roles };
                    let answers = of_kind(&answers, &row.action, &roles, &generated.levels);
                    answers.assert_said_by(cell, &what(role));
                    if *cell != Cell::Deny {
                        of_options +=
                            usize::from(generated.levels.len() > 1 && role.starts_with("option"));
                        open.push(roles);
                    }
                }
                for set in &row.together {
                    let roles: BTreeSet<&str> = set.roles.iter().map(String::as_str).collect();
                    assert!(roles.len() > 1);
                    let answers = of_kind(&answers, &row.action, &roles, &generated.levels);
                    answers.assert_said_by(&set.cell, &what(&set.roles.join("+")));
                    open.push(roles);
                    together += 1;
                }
                // Everybody who is allowed holds roles that some cell shows as enough.
                let may = answers
                    .iter()
                    .filter(|((action, _), answers)| *action == row.action && answers.allowed);
                for ((_, held), _) in may {
                    let is_shown = |roles: &BTreeSet<&str>| roles.iter().all(|r| held.contains(*r));
                    assert!(open.iter().any(is_shown), "{} hides {held:?}", what(""));
                }
                dead += usize::from(open.is_empty());
            }
        }
    }
    assert!(
        rulebooks > cases(15, 40)
            && together > 10
            && dead > 3
            && of_options > 20
            && of_facts > 20
            && bosses >= cases(2, 4),
        "{rulebooks} {together} {dead} {of_options} {of_facts} {bosses}"
    );
}

#[test]
fn what_columns_cannot_stand_for_is_named() {
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let error = firm.matrix_by("manage", "matter.acess").unwrap_err();
    assert_eq!(error.code().name(), "unknown-columns");
    assert_eq!(error.help(), Some("did you mean `matter.access`?"));
    // The name of a column in one product is none in another.
    assert!(firm.matrix_by("grow", "matter").is_err());
    let error = firm.matrix_by("mange", "matter").unwrap_err();
    assert_eq!(error.code().name(), "unknown-product");
}
