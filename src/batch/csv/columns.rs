//! The header of a table: which column says what, and which columns the answers have.

use std::borrow::Cow;

use super::reply::CsvDialect;
use crate::codes;
use crate::finding::Finding;

/// What stands in front of a fact's name. A column is named by its place in a line of JSON.
pub(super) const FACTS: &str = "facts.";

/// The keys of a line of JSON that a cell can hold.
const KEYS: [&str; 12] = [
    "id", "product", "user", "action", "target", "change", "role", "setting", "value", "thing",
    "list", "group",
];
const OF_CHANGE: [&str; 7] = [
    "change", "role", "setting", "value", "thing", "list", "group",
];

/// The columns of a table of questions.
#[derive(Debug)]
pub(in crate::batch) struct CsvColumns {
    pub(super) dialect: CsvDialect,
    pub(super) names: Vec<String>,
    pub(super) product: Option<usize>,
    pub(super) user: usize,
    pub(super) action: Option<usize>,
    pub(super) target: Option<usize>,
    /// Facts by their names.
    pub(super) facts: Vec<(String, usize)>,
    /// Those that only changes have.
    pub(super) of_change: Vec<usize>,
    /// The columns of answers, which follow those of the questions.
    pub(super) of_answers: Vec<&'static str>,
}

/// Which tables of answers have a column.
#[derive(PartialEq, Eq)]
enum ColumnPresence {
    Always,
    OfActions,
    OfChanges,
}

/// The columns of answers: places in a line of JSON that answers. New ones come last, so that programs that count columns read on.
const ANSWER_COLUMNS: [(&str, ColumnPresence); 35] = [
    ("decision", ColumnPresence::OfActions),
    ("verdict", ColumnPresence::OfChanges),
    ("basis", ColumnPresence::Always),
    ("rule", ColumnPresence::Always),
    ("reason", ColumnPresence::Always),
    ("reason_basis", ColumnPresence::Always),
    ("place", ColumnPresence::Always),
    ("section", ColumnPresence::Always),
    ("where", ColumnPresence::Always),
    ("needs", ColumnPresence::OfActions),
    ("effects", ColumnPresence::OfChanges),
    ("reasons.rule", ColumnPresence::OfChanges),
    ("altered.user", ColumnPresence::OfChanges),
    ("altered.name", ColumnPresence::OfChanges),
    ("altered.from", ColumnPresence::OfChanges),
    ("altered.to", ColumnPresence::OfChanges),
    ("conflicts.user", ColumnPresence::OfChanges),
    ("conflicts.conflict", ColumnPresence::OfChanges),
    ("advice.user", ColumnPresence::OfChanges),
    ("advice.advice", ColumnPresence::OfChanges),
    ("line", ColumnPresence::Always),
    ("error.code", ColumnPresence::Always),
    ("error.message", ColumnPresence::Always),
    ("error.help", ColumnPresence::Always),
    ("altered_things.kind", ColumnPresence::OfChanges),
    ("altered_things.thing", ColumnPresence::OfChanges),
    ("altered_things.group", ColumnPresence::OfChanges),
    ("altered_things.property", ColumnPresence::OfChanges),
    ("altered_things.from", ColumnPresence::OfChanges),
    ("altered_things.to", ColumnPresence::OfChanges),
    ("altered_things.list", ColumnPresence::OfChanges),
    ("altered_things.added", ColumnPresence::OfChanges),
    ("altered_things.removed", ColumnPresence::OfChanges),
    ("altered_things.was_open", ColumnPresence::OfChanges),
    ("altered_things.is_open", ColumnPresence::OfChanges),
];

impl CsvColumns {
    /// Reads a header.
    pub(super) fn of(header: &[Cow<'_, str>], dialect: CsvDialect) -> Result<Self, Finding> {
        for (place, name) in header.iter().enumerate() {
            if !KEYS.contains(&&**name) && !name.starts_with(FACTS) {
                return Err(unknown(name));
            }
            if header.iter().take(place).any(|before| before == name) {
                return Err(Finding::new(&codes::DUPLICATE_KEY, None, &[name]));
            }
        }
        let find = |key: &str| header.iter().position(|name| name == key);
        let Some(user) = find("user") else {
            let missing = Finding::new(&codes::MISSING_KEY, None, &[&"user"]);
            return Err(missing.with_help("give the header a column `user`"));
        };
        let (action, change, product) = (find("action"), find("change"), find("product"));
        if action.is_none() && change.is_none() {
            let nothing = "no column of this header asks anything";
            let asks = Finding::new(&codes::NOT_ONE_QUESTION, None, &[&nothing]);
            return Err(asks.with_help("give the header a column `action`, `change` or both"));
        }
        let is_present = |presence: &ColumnPresence| match presence {
            ColumnPresence::Always => true,
            ColumnPresence::OfActions => action.is_some(),
            ColumnPresence::OfChanges => change.is_some(),
        };
        let of_answers = ANSWER_COLUMNS
            .iter()
            .filter(|(_, presence)| is_present(presence));
        let of_answers = of_answers.map(|(name, _)| *name);
        let facts = header.iter().enumerate();
        Ok(Self {
            dialect,
            names: header.iter().map(|name| name.to_string()).collect(),
            product,
            user,
            action,
            target: find("target"),
            facts: facts
                .filter_map(|(column, name)| Some((name.strip_prefix(FACTS)?.to_owned(), column)))
                .collect(),
            of_change: OF_CHANGE.into_iter().filter_map(find).collect(),
            of_answers: product
                .is_none()
                .then_some("product")
                .into_iter()
                .chain(of_answers)
                .collect(),
        })
    }

    /// The header of the answers.
    pub(in crate::batch) fn reply_header(&self) -> Vec<u8> {
        let asked = self.names.iter().map(String::as_str);
        let mut header = Vec::new();
        let names = asked.chain(self.of_answers.iter().copied());
        self.dialect.write_cells(names, &mut header);
        header.push(b'\n');
        header
    }
}

fn unknown(name: &str) -> Finding {
    let help = match name {
        "parts" => "bulk changes are asked in lines of JSON".to_owned(),
        _ => format!("the columns here are {} and {FACTS}NAME", KEYS.join(", ")),
    };
    let unknown = Finding::new(&codes::UNKNOWN_KEY, None, &[&name]).with_help(help);
    unknown.with_nearest(name, KEYS)
}
