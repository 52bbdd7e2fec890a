//! Files of one stage that know each other in a circle: few, and each is named here with its reason.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::sources::{File, all};

/// Files that know each other, and why it stays so.
const CIRCLES: &[(&[&str], &str)] = &[
    (
        &["analyse/crowd.rs", "analyse/targets.rs"],
        "targets are listed kind by kind of a crowd",
    ),
    (
        &[
            "analyse/firm_difference/access.rs",
            "analyse/firm_difference/others.rs",
        ],
        "what is done to others is part of access",
    ),
    (
        &[
            "analyse/prove/decisions.rs",
            "analyse/prove/people_names.rs",
        ],
        "a case is put into the words of its decision",
    ),
    (
        &[
            "analyse/prove/made_change.rs",
            "analyse/prove/people.rs",
            "analyse/prove/search.rs",
            "analyse/prove/state.rs",
        ],
        "the search over states, and what a state is made of",
    ),
    (
        &[
            "analyse/review/dormant.rs",
            "analyse/review/holders.rs",
            "analyse/review/power.rs",
            "analyse/review/product.rs",
        ],
        "the parts of one table",
    ),
    (
        &[
            "change/alterations.rs",
            "change/apply.rs",
            "change/judge.rs",
        ],
        "a change is judged by what it would do",
    ),
    (
        &[
            "cli/batch/csv/columns.rs",
            "cli/batch/csv/record.rs",
            "cli/batch/csv/reply.rs",
        ],
        "records go in and out by the same columns",
    ),
    (
        &["cli/failure.rs", "cli/options.rs", "cli/report.rs"],
        "a failure is printed in the form that the options ask for",
    ),
    (
        &[
            "explore/code.rs",
            "explore/compile.rs",
            "explore/explorer.rs",
            "explore/gather.rs",
            "explore/index.rs",
            "explore/layout.rs",
            "explore/table.rs",
        ],
        "cells, tables and what numbers them",
    ),
    (
        &[
            "link/allow.rs",
            "link/conditions.rs",
            "link/names.rs",
            "link/rulings.rs",
        ],
        "a rule's parts are linked by one linker",
    ),
    (
        &["script/check/literal.rs", "script/check/reader.rs"],
        "a literal is read as part of an expression",
    ),
    (
        &[
            "testing/fixture/cover/changes.rs",
            "testing/fixture/cover/record.rs",
            "testing/fixture/cover/sources.rs",
            "testing/fixture/cover/ways.rs",
        ],
        "what is covered, and what covers it",
    ),
    (
        &[
            "testing/fixture/plan.rs",
            "testing/fixture/question/mod.rs",
            "testing/fixture/run/tally.rs",
        ],
        "a test's plan knows its questions, and these the plan",
    ),
    (
        &[
            "yaml/edit/entry.rs",
            "yaml/edit/flow.rs",
            "yaml/edit/items.rs",
        ],
        "entries hold items and items entries",
    ),
    (
        &[
            "protocol/ask/test.rs",
            "protocol/questions.rs",
            "protocol/reply.rs",
            "protocol/request.rs",
            "protocol/schema.rs",
            "protocol/sources.rs",
            "protocol/world.rs",
        ],
        "the table of questions, and the world in which each is answered",
    ),
];

/// By module, the file it stands in.
type Modules<'f> = BTreeMap<Vec<String>, &'f File>;

/// What a module hands on: by module and name, the path it is taken from.
type HandedOn = BTreeMap<(Vec<String>, String), Vec<String>>;

fn handed_on(files: &[File]) -> HandedOn {
    let mut handed_on = HandedOn::new();
    for file in files.iter().filter(|file| file.name.ends_with("/mod.rs")) {
        for line in file.text.split(';') {
            let Some((before, tree)) = line.rsplit_once("use ") else {
                continue;
            };
            if before.trim_end().ends_with("pub") || before.trim_end().ends_with(')') {
                let inside = File {
                    name: file.name.clone(),
                    text: format!("use self::{tree};"),
                };
                for path in inside.named() {
                    if let Some(name) = path.last() {
                        handed_on.insert((file.module(), name.clone()), path.clone());
                    }
                }
            }
        }
    }
    handed_on
}

/// The file that a path leads to, through whoever hands it on.
fn target<'f>(path: &[String], modules: &Modules<'f>, handed_on: &HandedOn) -> Option<&'f File> {
    let mut path = path.to_vec();
    for _ in 0..8 {
        let depth = (1..=path.len())
            .rev()
            .find(|depth| modules.contains_key(&path[..*depth]))?;
        let next = path
            .get(depth)
            .map(|name| (path[..depth].to_vec(), name.clone()));
        match next
            .and_then(|key| handed_on.get(&key))
            .filter(|next| **next != path)
        {
            Some(next) => path.clone_from(next),
            None => return modules.get(&path[..depth]).copied(),
        }
    }
    None
}

/// Every file that can be reached from a file.
fn reach<'f>(from: &'f str, arrows: &BTreeMap<&'f str, BTreeSet<&'f str>>) -> BTreeSet<&'f str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(at) = open.pop() {
        let next = arrows.get(at).into_iter().flatten().copied();
        open.extend(next.filter(|other| reached.insert(*other)));
    }
    reached
}

/// Every set of two and more files that can be reached from each other.
fn circles(files: &[File]) -> BTreeSet<Vec<String>> {
    let modules: Modules<'_> = files.iter().map(|file| (file.module(), file)).collect();
    let handed_on = handed_on(files);
    let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        for path in file.named() {
            let Some(other) = target(&path, &modules, &handed_on) else {
                continue;
            };
            if other.name != file.name && !path.is_empty() {
                arrows.entry(&file.name).or_default().insert(&other.name);
            }
        }
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .map(|file| (&*file.name, reach(&file.name, &arrows)))
        .collect();
    let circle = |file: &File| -> Vec<String> {
        let mutual = reached[&*file.name]
            .iter()
            .filter(|other| reached[*other].contains(&*file.name));
        mutual.map(|other| other.to_string()).collect()
    };
    files
        .iter()
        .map(circle)
        .filter(|circle| circle.len() > 1)
        .collect()
}

#[test]
fn circles_of_files_are_few_and_named() {
    let files: Vec<File> = all()
        .into_iter()
        .filter(|file| !file.is_test() && !file.is_face())
        .collect();
    let named: BTreeSet<Vec<String>> = CIRCLES
        .iter()
        .map(|(files, _)| files.iter().map(|file| file.to_string()).collect())
        .collect();
    assert_eq!(circles(&files), named);
}
