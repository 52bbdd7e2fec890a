//! Answers as columns: each distinct answer has a number, and each column its own small dictionary.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, StringArray};
use arrow_buffer::{NullBuffer, ScalarBuffer};
use arrow_schema::ArrowError;
use clio_rules::{Answer, DecisionWord, Finding};
use hashbrown::HashMap;

use super::columns::ANSWER;

/// Whether the number of a row stands for an error.
const ERROR: u32 = 1 << 31;
/// Codes below it have a place of their own in a table.
const SMALL: u64 = 1 << 14;
/// The place of the reason among the columns of an answer.
const REASON: usize = 3;
/// The columns that an answer fills: all but the error.
const FILLED: usize = ANSWER.len() - 1;

/// Distinct texts of a column, and the number of the text of each distinct answer.
#[derive(Default)]
struct AnswerColumn {
    texts: Vec<String>,
    numbers: HashMap<String, i32>,
    of_answer: Vec<i32>,
    /// The texts as Arrow has them, while no text was added.
    values: Option<ArrayRef>,
}

impl AnswerColumn {
    fn number(&mut self, text: &str) -> i32 {
        if let Some(known) = self.numbers.get(text) {
            return *known;
        }
        let number = self.texts.len() as i32;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        self.values = None;
        number
    }

    fn values(&mut self) -> ArrayRef {
        let texts = &self.texts;
        let made = || -> ArrayRef { Arc::new(StringArray::from_iter_values(texts)) };
        Arc::clone(self.values.get_or_insert_with(made))
    }
}

/// The answers of some rows.
#[derive(Default)]
pub(super) struct AnswerTable {
    /// The numbers of distinct answers plus one, by their codes where these are small, as most are.
    small: Vec<u32>,
    /// The same by any other code.
    others: HashMap<u64, u32>,
    /// How many distinct answers there are.
    distinct: u32,
    columns: [AnswerColumn; FILLED],
    codes: AnswerColumn,
    /// What was wrong in these rows: the numbers of the code and of the message.
    errors: Vec<[i32; 2]>,
    messages: AnswerColumn,
    rows: Vec<u32>,
}

impl AnswerTable {
    /// Begins other rows.
    pub(super) fn begin(&mut self) {
        self.rows.clear();
        self.errors.clear();
        self.messages = AnswerColumn::default();
    }

    /// Adds the answer of the next row.
    #[inline]
    pub(super) fn push(&mut self, answer: &Answer<'_>) {
        let code = answer.code();
        let known = match self.small.get(code as usize) {
            Some(known) => *known,
            None => self.others.get(&code).copied().unwrap_or_default(),
        };
        let number = match known.checked_sub(1) {
            Some(number) => number,
            None => self.new_number(code, answer),
        };
        self.rows.push(number);
    }

    #[inline(never)]
    fn new_number(&mut self, code: u64, answer: &Answer<'_>) -> u32 {
        let decision = if answer.is_allowed() {
            DecisionWord::Allow
        } else {
            DecisionWord::Deny
        };
        let grounds = answer.grounds();
        let basis = grounds.basis.to_string();
        let texts = [
            decision.word(),
            &grounds.rule,
            &basis,
            &grounds.reason,
            &grounds.place,
        ];
        for (column, text) in self.columns.iter_mut().zip(texts) {
            let number = column.number(text);
            column.of_answer.push(number);
        }
        self.distinct += 1;
        if code < SMALL {
            self.small.resize(SMALL as usize, 0);
        }
        match self.small.get_mut(code as usize) {
            Some(known) => *known = self.distinct,
            None => {
                self.others.insert(code, self.distinct);
            }
        }
        self.distinct - 1
    }

    /// Adds what is wrong with the question of the next row.
    #[inline(never)]
    pub(super) fn push_error(&mut self, error: &Finding) {
        let code = self.codes.number(error.code().name());
        let message = self.messages.number(error.message());
        self.rows.push(ERROR | self.errors.len() as u32);
        self.errors.push([code, message]);
    }

    /// The columns of these rows, in the order of [`ANSWER`].
    pub(super) fn columns(&mut self) -> Result<Vec<ArrayRef>, ArrowError> {
        if self.errors.is_empty() {
            return self.columns_without_errors();
        }
        let nulls = NullBuffer::from_iter(self.rows.iter().map(|row| row & ERROR == 0));
        let rows = &self.rows;
        let mut all = Vec::with_capacity(ANSWER.len());
        for (place, column) in self.columns.iter_mut().enumerate() {
            let values = column.values();
            let own = column.texts.len() as i32;
            let error = |row: u32| self.errors.get((row & !ERROR) as usize);
            let keys = rows.iter().map(|row| match row & ERROR {
                0 => column
                    .of_answer
                    .get(*row as usize)
                    .copied()
                    .unwrap_or_default(),
                _ if place == REASON => error(*row).map_or(0, |[_, message]| own + message),
                _ => 0,
            });
            let keys: ScalarBuffer<i32> = keys.collect();
            all.push(if place == REASON {
                let texts = column.texts.iter().chain(&self.messages.texts);
                let values: ArrayRef = Arc::new(StringArray::from_iter_values(texts));
                dictionary(Int32Array::new(keys, None), values)?
            } else {
                dictionary(Int32Array::new(keys, Some(nulls.clone())), values)?
            });
        }
        let codes = self.codes.values();
        let keys = rows.iter().map(|row| {
            let error = self.errors.get((row & !ERROR) as usize);
            error.filter(|_| row & ERROR != 0).map(|[code, _]| *code)
        });
        all.push(dictionary(keys.collect(), codes)?);
        Ok(all)
    }

    fn columns_without_errors(&mut self) -> Result<Vec<ArrayRef>, ArrowError> {
        let rows = &self.rows;
        let filled = self.columns.iter_mut().map(|column| {
            let values = column.values();
            let of_answer = &column.of_answer;
            let key = |row: &u32| of_answer.get(*row as usize).copied().unwrap_or_default();
            let keys: Vec<i32> = rows.iter().map(key).collect();
            dictionary(Int32Array::new(keys.into(), None), values)
        });
        let mut all = filled.collect::<Result<Vec<ArrayRef>, _>>()?;
        let none = Int32Array::new_null(self.rows.len());
        all.push(dictionary(none, self.codes.values())?);
        Ok(all)
    }
}

fn dictionary(keys: Int32Array, values: ArrayRef) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(
        keys, values,
    )?))
}
