//! The column of facts: a struct, a map, or a text of JSON. Each distinct set of facts is looked at once in a batch.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, MapArray, StructArray};
use arrow_schema::DataType;
use clio_rules::Finding;
use clio_rules::protocol::{Request, RequestBody};
use hashbrown::HashMap;
use serde_json::value::RawValue;

use super::TableError;
use super::words::{NULL, WordColumn, is_text};

/// Names of facts with their values; or what is wrong with the text that should hold them.
pub(super) type FactSet = Result<Vec<(String, String)>, Box<Finding>>;

/// The facts of some rows.
#[derive(Default)]
pub(super) struct FactColumn {
    /// For each row the number of its set, or [`NULL`] where there are no facts.
    pub(super) rows: Vec<u32>,
    sets: Vec<FactSet>,
    /// Texts of JSON, or one column for each fact.
    words: Vec<WordColumn>,
}

impl FactColumn {
    /// The set with a number that stands in a row.
    pub(super) fn set(&self, number: u32) -> Option<&FactSet> {
        self.sets.get(number as usize)
    }

    /// Reads some rows.
    pub(super) fn read(
        &mut self,
        column: Option<&ArrayRef>,
        rows: Range<usize>,
    ) -> Result<(), TableError> {
        self.rows.clear();
        self.sets.clear();
        let column = column.filter(|column| *column.data_type() != DataType::Null);
        let Some(column) = column else {
            self.rows.resize(rows.len(), NULL);
            return Ok(());
        };
        if let Some(facts) = column.as_struct_opt() {
            self.read_struct(facts, rows)
        } else if let Some(facts) = column.as_map_opt() {
            self.read_map(facts, rows)
        } else if is_text(column.data_type()) {
            self.read_texts(column, rows)
        } else {
            Err(TableError::Type(format!(
                "facts are a struct, a map or texts of JSON, and this column is {}",
                column.data_type()
            )))
        }
    }

    fn read_texts(&mut self, column: &ArrayRef, rows: Range<usize>) -> Result<(), TableError> {
        self.words.truncate(1);
        if self.words.is_empty() {
            self.words.push(WordColumn::new());
        }
        let Some(texts) = self.words.first_mut() else {
            return Ok(());
        };
        texts.read(Some(column), rows)?;
        let mut known: HashMap<u32, u32> = HashMap::new();
        for row in &texts.rows {
            self.rows.push(match *row {
                NULL => NULL,
                word => *known.entry(word).or_insert_with(|| {
                    self.sets.push(of_json(texts.word(word)));
                    self.sets.len() as u32 - 1
                }),
            });
        }
        Ok(())
    }

    fn read_struct(&mut self, facts: &StructArray, rows: Range<usize>) -> Result<(), TableError> {
        self.words.resize_with(facts.num_columns(), WordColumn::new);
        for (words, column) in self.words.iter_mut().zip(facts.columns()) {
            read_values(words, column, rows.clone())?;
        }
        let names = facts.column_names();
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut numbers = Vec::new();
        for (place, row) in rows.enumerate() {
            if facts.is_null(row) {
                self.rows.push(NULL);
                continue;
            }
            numbers.clear();
            let columns = self.words.iter();
            numbers.extend(columns.map(|words| words.rows.get(place).copied().unwrap_or(NULL)));
            let number = match known.get(&numbers) {
                Some(number) => *number,
                None => {
                    let words = self.words.iter().zip(&names).zip(&numbers);
                    let given = words.filter(|(_, number)| **number != NULL);
                    let set = given.map(|((words, name), number)| {
                        ((*name).to_owned(), words.word(*number).to_owned())
                    });
                    self.sets.push(Ok(set.collect()));
                    let number = self.sets.len() as u32 - 1;
                    known.insert(numbers.clone(), number);
                    number
                }
            };
            self.rows.push(number);
        }
        Ok(())
    }

    fn read_map(&mut self, facts: &MapArray, rows: Range<usize>) -> Result<(), TableError> {
        let (mut names, mut values) = (WordColumn::new(), WordColumn::new());
        let mut known: HashMap<Vec<(String, String)>, u32> = HashMap::new();
        for row in rows {
            if facts.is_null(row) {
                self.rows.push(NULL);
                continue;
            }
            let offsets = facts.value_offsets();
            let place = |of: usize| offsets.get(of).map_or(0, |offset| *offset as usize);
            let entries = place(row)..place(row + 1);
            read_values(&mut names, facts.keys(), entries.clone())?;
            read_values(&mut values, facts.values(), entries)?;
            let pairs = names.rows.iter().zip(&values.rows);
            let given = pairs.filter(|(_, value)| **value != NULL);
            let set: Vec<(String, String)> = given
                .map(|(name, value)| (names.word(*name).to_owned(), values.word(*value).to_owned()))
                .collect();
            let number = *known.entry(set).or_insert_with_key(|set| {
                self.sets.push(Ok(set.clone()));
                self.sets.len() as u32 - 1
            });
            self.rows.push(number);
        }
        Ok(())
    }
}

/// Values of facts: words or flags.
fn read_values(
    words: &mut WordColumn,
    column: &ArrayRef,
    rows: Range<usize>,
) -> Result<(), TableError> {
    if let Some(flags) = column.as_boolean_opt() {
        words.read_flags(flags, rows);
        return Ok(());
    }
    if !is_text(column.data_type()) {
        return Err(TableError::Type(format!(
            "the value of a fact is a text or a flag, and this is {}",
            column.data_type()
        )));
    }
    words.read(Some(column), rows)
}

/// The facts of a text of JSON, read as those of a request are.
fn of_json(text: &str) -> FactSet {
    // Whatever is no single value is refused as a request of its own would be.
    let request = match serde_json::from_str::<&RawValue>(text) {
        Ok(value) => format!(r#"{{"user":"","action":"","facts":{value}}}"#),
        Err(_) => text.to_owned(),
    };
    match Request::from_json(&request).map(|request| request.body) {
        Ok(RequestBody::Can(question)) => Ok(question
            .facts
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()),
        Ok(_) => Ok(Vec::new()),
        Err(finding) => Err(Box::new(finding)),
    }
}
