//! Every possible question about a firm, answered by the tables and by the scripts.

use super::*;
use crate::{ProductEntry, Rulebook};
use pretty_assertions::assert_eq;

/// Every question about every action, target and combination of facts.
fn questions(firm: &Firm) -> Vec<Question<'_>> {
    let mut questions = Vec::new();
    for product in catalogue(firm) {
        for action in &product.actions {
            let facts = combinations(
                action
                    .facts
                    .iter()
                    .map(|fact| (fact.id.as_str(), &fact.values)),
            );
            let targets: Vec<Option<&str>> = if action.on_target {
                firm.users().map(Some).collect()
            } else {
                vec![None]
            };
            for user in firm.users() {
                for target in &targets {
                    for facts in &facts {
                        let mut question =
                            Question::new(user, action.id.clone()).product(product.id.clone());
                        if let Some(target) = target {
                            question = question.target(*target);
                        }
                        for (fact, value) in facts {
                            question = question.fact(fact.to_string(), value.to_string());
                        }
                        questions.push(question);
                    }
                }
            }
        }
    }
    questions
}

/// Every change by every user on every target, with every combination of arguments.
fn changes(firm: &Firm) -> Vec<Change> {
    let mut changes = Vec::new();
    for product in catalogue(firm) {
        for declared in &product.changes {
            for arguments in arguments(&product, &declared.takes) {
                for user in firm.users() {
                    for target in firm.users() {
                        let mut change = Change::new(user, &declared.id)
                            .product(&product.id)
                            .target(target);
                        for (name, word) in &arguments {
                            change
                                .argument(name, *word)
                                .expect("the catalogue names arguments");
                        }
                        changes.push(change);
                    }
                }
            }
        }
    }
    changes
}

fn arguments<'p>(product: &'p ProductEntry, takes: &'p [String]) -> Vec<Vec<(&'p str, &'p str)>> {
    let takes: Vec<&str> = takes.iter().map(String::as_str).collect();
    match takes.as_slice() {
        [] => vec![Vec::new()],
        ["role"] => product
            .roles
            .iter()
            .map(|role| vec![("role", role.id.as_str())])
            .collect(),
        ["setting", "value"] => {
            let pairs = product
                .settings
                .iter()
                .flat_map(|s| s.values.iter().map(|v| (s.id.as_str(), v.as_str())));
            pairs
                .map(|(setting, value)| vec![("setting", setting), ("value", value)])
                .collect()
        }
        other => panic!("this test does not know how to fill {other:?}"),
    }
}

fn combinations<'f>(
    facts: impl Iterator<Item = (&'f str, &'f Vec<String>)>,
) -> Vec<Vec<(&'f str, &'f str)>> {
    facts.fold(vec![Vec::new()], |known, (id, values)| {
        let longer = |start: &Vec<(&'f str, &'f str)>, value: &'f String| {
            start
                .iter()
                .copied()
                .chain([(id, value.as_str())])
                .collect()
        };
        known
            .iter()
            .flat_map(|start| values.iter().map(move |value| longer(start, value)))
            .collect()
    })
}

fn catalogue(firm: &Firm) -> Vec<ProductEntry> {
    let rulebook = firm.rulebook();
    rulebook
        .products()
        .filter_map(|id| rulebook.catalogue(id))
        .collect()
}

/// The number of questions and changes compared, and those on which tables and scripts differ.
fn differences(firm: &Firm, direct: &Direct) -> (usize, Vec<String>) {
    let (questions, changes) = (questions(firm), changes(firm));
    let mut differing = Vec::new();
    for question in &questions {
        let table = firm
            .ask(question)
            .map(|d| (d.is_allowed(), vec![d.grounds.rule.to_string()]))
            .map_err(|e| e.to_string());
        let script = direct
            .ask(firm, question)
            .map(|a| (a.yes, a.rules))
            .map_err(|e| e.to_string());
        if table != script {
            differing.push(format!("{question:?}: {table:?}, {script:?}"));
        }
    }
    for change in &changes {
        let rules = |v: &crate::Verdict| match &v.reasons[..] {
            [] => vec![v.grounds.rule.to_string()],
            reasons => reasons
                .iter()
                .map(|reason| reason.grounds.rule.to_string())
                .collect(),
        };
        let table = firm
            .judge(change)
            .map(|v| (v.is_accepted(), rules(&v)))
            .map_err(|e| e.to_string());
        let script = direct
            .judge(firm, change)
            .map(|a| (a.yes, a.rules))
            .map_err(|e| e.to_string());
        if table != script {
            differing.push(format!("{change:?}: {table:?}, {script:?}"));
        }
    }
    (questions.len() + changes.len(), differing)
}

/// Both choices of every reading, one at a time.
fn firms_with_readings(firm: &Firm) -> Vec<Firm> {
    let mut firms = vec![firm.clone()];
    for product in catalogue(firm) {
        for reading in &product.readings {
            firms.push(
                firm.with_reading(Some(&product.id), &reading.id, !reading.default)
                    .expect("it is declared"),
            );
        }
    }
    firms
}

#[test]
fn tables_answer_as_the_scripts_do() {
    let direct = Direct::builtin().expect("built in");
    let firm = Firm::example(&Rulebook::builtin().expect("built in")).expect("built in");
    let mut compared = 0;
    for firm in firms_with_readings(&firm) {
        let (count, differing) = differences(&firm, &direct);
        assert_eq!(differing, Vec::<String>::new());
        compared += count;
    }
    println!("compared {compared} questions and changes");
    assert!(compared > 10_000, "only {compared} were compared");
}

const RECORDS: [(&str, &str); 2] = [
    (
        "records.yaml",
        include_str!("../../../tests/rulebooks/records/rules/records.yaml"),
    ),
    (
        "records.rhai",
        include_str!("../../../tests/rulebooks/records/rules/records.rhai"),
    ),
];

fn records() -> Firm {
    let rulebook = Rulebook::from_texts(RECORDS).expect("the AuthZEN rulebook loads");
    let text = include_str!("../../../tests/rulebooks/records/fixtures/firms/with_admins.yaml");
    Firm::from_text(&rulebook, "with_admins.yaml", text).expect("its firm loads")
}

#[test]
fn tables_answer_as_the_scripts_do_for_an_unrelated_rulebook() {
    let direct = Direct::from_texts(RECORDS).expect("the AuthZEN rulebook loads");
    let (count, differing) = differences(&records(), &direct);
    assert_eq!(differing, Vec::<String>::new());
    assert!(count > 10);
}

#[test]
fn a_flipped_script_is_found() {
    let [(rules, yaml), (script, text)] = RECORDS;
    let flipped = text.replace(r#""archived" => true"#, r#""archived" => !true"#);
    let direct = Direct::from_texts([(rules, yaml), (script, &flipped)]).expect("it loads");
    let (_, differing) = differences(&records(), &direct);
    assert!(
        differing.iter().any(|line| line.contains("archived")),
        "{differing:?}"
    );
}

#[test]
fn a_dropped_refusal_is_found() {
    let dropped: Vec<(&str, String)> = crate::load::builtin::RULES
        .iter()
        .map(|(name, text)| {
            (
                *name,
                text.replace(", nobody_edits_the_primary_subscriber]", "]"),
            )
        })
        .collect();
    let direct = Direct::from_texts(dropped.iter().map(|(name, text)| (*name, text.as_str())))
        .expect("it loads");
    let firm = Firm::example(&Rulebook::builtin().expect("built in")).expect("built in");
    let (_, differing) = differences(&firm, &direct);
    assert!(
        differing
            .iter()
            .any(|line| line.contains("edit_user_permissions")),
        "{differing:?}"
    );
}
