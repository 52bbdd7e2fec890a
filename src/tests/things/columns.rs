//! The matrix with other columns than roles, beside what everybody is told about everything.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::model::{FirmModel, PersonModel, ThingModel};
use super::{ACTIONS, rulebook};
use crate::tests::decided::DecisionsSeen;
use crate::{Firm, Question};

/// Everything that columns can stand for in the rules of the hub, beside roles.
const BY: [&str; 17] = [
    "office",
    "reading",
    "repository",
    "repository.archived",
    "repository.office",
    "repository.admin",
    "repository.write",
    "repository.read",
    "repository.lead",
    "issue",
    "issue.state",
    "issue.assignee",
    "issue.repository",
    "issue.repository.write",
    "folder",
    "folder.folder",
    "folder.folder.folder",
];

/// A kind of thing with its lists.
fn lists(kind: &str) -> &'static [&'static str] {
    match kind {
        "repository" => &["admin", "write", "read", "lead"],
        "issue" => &["assignee"],
        _ => &["view"],
    }
}

/// The lists on which whoever stands on this one stands.
fn with_brought(list: &str) -> BTreeSet<&str> {
    match list {
        "admin" => ["admin", "write", "read"].into(),
        "write" => ["write", "read"].into(),
        "-" => BTreeSet::new(),
        one => [one].into(),
    }
}

/// The column that a question about a thing is in; none where it is in none.
fn column(
    model: &FirmModel,
    by: &str,
    person: &PersonModel,
    kind: &str,
    thing: &ThingModel,
) -> Option<String> {
    let user = &*person.id;
    if by == "office" {
        return person.seat.as_ref().map(|(_, office)| (*office).to_owned());
    }
    if by == "reading" {
        let is_silent = thing.lists.get("read")?.is_none();
        let stands = model.stands(user, Some(thing), "read");
        let brought = model.stands(user, Some(thing), "write");
        // A silent list is everyone's, whoever stands on it by another one too.
        let word = match (is_silent && !brought, stands) {
            (true, _) => "open",
            (false, true) => "listed",
            (false, false) => "not_listed",
        };
        return Some(word.to_owned());
    }
    let mut steps: Vec<&str> = by.split('.').collect();
    let mut thing = Some(thing);
    let mut of = kind;
    if steps.remove(0) != kind {
        return None;
    }
    while steps
        .first()
        .is_some_and(|step| ["repository", "folder"].contains(step))
    {
        of = steps.remove(0);
        thing = model.whole(of, thing);
    }
    let Some(part) = steps.first() else {
        let lists = lists(of).iter().copied();
        let on: BTreeSet<&str> = lists
            .clone()
            .filter(|list| model.stands(user, thing, list))
            .collect();
        let mut columns = ["-"].into_iter().chain(lists);
        return columns
            .find(|list| with_brought(list) == on)
            .map(str::to_owned);
    };
    if let Some(list) = lists(of).iter().find(|list| *list == part) {
        return Some(model.stands(user, thing, list).to_string());
    }
    let default = match *part {
        "archived" => "false",
        "office" => "south",
        _ => "open",
    };
    let word = thing.and_then(|thing| thing.words.get(part).cloned());
    Some(word.unwrap_or_else(|| default.to_owned()))
}

#[test]
fn each_cell_is_what_everybody_in_its_column_is_told() {
    let rulebook = rulebook();
    let mut cells: BTreeMap<&str, usize> = BTreeMap::new();
    for guests_look in [true, false] {
        let model = FirmModel::of_everything(guests_look);
        let firm = Firm::from_text(&rulebook, "firm.yaml", &model.text()).unwrap();
        let people = model
            .people
            .iter()
            .filter(|person| model.may_enter(&person.id));
        let people: Vec<&PersonModel> = people.collect();
        let mut seen: BTreeMap<(&str, &str, String), DecisionsSeen> = BTreeMap::new();
        for (action, kind) in ACTIONS {
            let asked = BY.iter().filter(|by| {
                let is_of_kind = by.split('.').next() == Some(kind);
                is_of_kind || **by == "office" || (**by == "reading" && action == "fork")
            });
            let asked: Vec<&str> = asked.copied().collect();
            for thing in &model.things[kind] {
                for person in &people {
                    let question = Question::new(&*person.id, action).target(&*thing.id);
                    let is_allowed = firm.answer(&question).unwrap().is_allowed();
                    for by in &asked {
                        if let Some(column) = column(&model, by, person, kind, thing) {
                            let seen = seen.entry((by, action, column)).or_default();
                            seen.note(is_allowed);
                        }
                    }
                }
            }
        }
        for by in BY {
            let matrix = firm.matrix_by("hub", by).unwrap();
            assert_eq!(matrix.by.as_deref(), Some(by));
            for row in matrix.groups.iter().flat_map(|group| &group.rows) {
                for (column, cell) in matrix.columns.iter().zip(&row.cells) {
                    let what = format!("{by} = {column}, {}: {cell:?}", row.action);
                    let seen = seen.get(&(by, &*row.action, column.clone()));
                    let seen = *seen.unwrap_or_else(|| panic!("nobody is so: {what}"));
                    seen.assert_said_by(cell, &what);
                    *cells.entry(by).or_default() += 1;
                }
            }
        }
    }
    assert_eq!(cells.len(), BY.len(), "{cells:?}");
}
