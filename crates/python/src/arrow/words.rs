//! Columns of texts as numbers: each distinct word of a column is looked at once, however often it stands there.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;
use hashbrown::DefaultHashBuilder;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use super::TableError;

/// The number of no word.
pub(super) const NULL: u32 = u32::MAX;
/// Words that are remembered from batch to batch, at most so many bytes of them: a stream of any length takes no more.
const REMEMBERED: usize = 64 << 20;

/// The words of a column, numbered, and for some rows of it which word stands there.
pub(super) struct WordColumn {
    source: WordSource,
    /// For each row the number of its word, or [`NULL`].
    pub(super) rows: Vec<u32>,
    /// Counts up whenever numbers get other words.
    pub(super) generation: u64,
}

/// Where the words with their numbers are.
enum WordSource {
    /// There is no such column, or nothing stands in it.
    Nothing,
    /// The dictionary of the column itself.
    Dictionary(ArrayRef),
    /// Words that were met.
    Met(MetWords),
}

/// Distinct words in the order in which they were met.
#[derive(Default)]
struct MetWords {
    text: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl MetWords {
    fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let end = self.ends.get(number).copied().unwrap_or_default();
        self.text
            .get(start.copied().unwrap_or_default()..end)
            .unwrap_or_default()
    }

    fn number(&mut self, word: &str) -> u32 {
        let hash = self.hasher.hash_one(word);
        if let Some(known) = self.table.find(hash, |number| self.word(*number) == word) {
            return *known;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(word);
        self.ends.push(self.text.len());
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.table.insert_unique(hash, number, |number| {
            let number = *number as usize;
            let start = number.checked_sub(1).and_then(|before| ends.get(before));
            let start = start.copied().unwrap_or_default();
            let end = ends.get(number).copied().unwrap_or_default();
            hasher.hash_one(text.get(start..end).unwrap_or_default())
        });
        number
    }
}

/// Whether a column of this type holds texts.
pub(super) fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => {
            is_text(values) && !matches!(**values, DataType::Dictionary(..))
        }
        _ => false,
    }
}

impl WordColumn {
    pub(super) fn new() -> Self {
        Self {
            source: WordSource::Nothing,
            rows: Vec::new(),
            generation: 0,
        }
    }

    /// The word with a number that stands in a row.
    pub(super) fn word(&self, number: u32) -> &str {
        match &self.source {
            WordSource::Nothing => "",
            WordSource::Dictionary(values) => value_of(values, number as usize).unwrap_or_default(),
            WordSource::Met(words) => words.word(number),
        }
    }

    /// The number of numbers, each below it.
    pub(super) fn len(&self) -> usize {
        match &self.source {
            WordSource::Nothing => 0,
            WordSource::Dictionary(values) => values.len(),
            WordSource::Met(words) => words.ends.len(),
        }
    }

    /// Reads some rows of a column.
    pub(super) fn read(
        &mut self,
        column: Option<&ArrayRef>,
        rows: Range<usize>,
    ) -> Result<(), TableError> {
        self.rows.clear();
        let column = column.filter(|column| *column.data_type() != DataType::Null);
        let Some(column) = column else {
            self.rows.resize(rows.len(), NULL);
            return Ok(());
        };
        if let DataType::Dictionary(keys, _) = column.data_type() {
            return self.read_dictionary(column, keys, rows);
        }
        self.remember_less();
        let WordSource::Met(words) = &mut self.source else {
            return Ok(());
        };
        let all = &mut self.rows;
        if let Some(texts) = column.as_string_opt::<i32>() {
            read_words(words, all, rows, |row| {
                value_if(texts, row, |row| texts.value(row))
            });
        } else if let Some(texts) = column.as_string_opt::<i64>() {
            read_words(words, all, rows, |row| {
                value_if(texts, row, |row| texts.value(row))
            });
        } else if let Some(texts) = column.as_string_view_opt() {
            read_words(words, all, rows, |row| {
                value_if(texts, row, |row| texts.value(row))
            });
        } else {
            return Err(TableError::Type(format!(
                "a column of {} has no texts",
                column.data_type()
            )));
        }
        Ok(())
    }

    /// Reads flags as words.
    pub(super) fn read_flags(&mut self, flags: &BooleanArray, rows: Range<usize>) {
        self.rows.clear();
        self.remember_less();
        if let WordSource::Met(words) = &mut self.source {
            read_words(words, &mut self.rows, rows, |row| {
                value_if(
                    flags,
                    row,
                    |row| if flags.value(row) { "true" } else { "false" },
                )
            });
        }
    }

    /// Begins anew where too many words were met.
    fn remember_less(&mut self) {
        let is_full = match &self.source {
            WordSource::Met(words) => {
                words.text.len() > REMEMBERED || words.ends.len() > REMEMBERED / 16
            }
            _ => true,
        };
        if is_full {
            self.source = WordSource::Met(MetWords::default());
            self.generation += 1;
        }
    }

    fn read_dictionary(
        &mut self,
        column: &ArrayRef,
        keys: &DataType,
        rows: Range<usize>,
    ) -> Result<(), TableError> {
        let Some(dictionary) = column.as_any_dictionary_opt() else {
            return Err(TableError::Type("this dictionary has no keys".to_owned()));
        };
        let values = dictionary.values();
        let is_known = matches!(&self.source, WordSource::Dictionary(known) if known.to_data().ptr_eq(&values.to_data()));
        if !is_known {
            self.source = WordSource::Dictionary(ArrayRef::clone(values));
            self.generation += 1;
        }
        let all = &mut self.rows;
        match keys {
            DataType::Int8 => read_keys::<Int8Type>(column, all, rows),
            DataType::Int16 => read_keys::<Int16Type>(column, all, rows),
            DataType::Int32 => read_keys::<Int32Type>(column, all, rows),
            DataType::Int64 => read_keys::<Int64Type>(column, all, rows),
            DataType::UInt8 => read_keys::<UInt8Type>(column, all, rows),
            DataType::UInt16 => read_keys::<UInt16Type>(column, all, rows),
            DataType::UInt32 => read_keys::<UInt32Type>(column, all, rows),
            _ => read_keys::<UInt64Type>(column, all, rows),
        }
        let length = values.len() as u32;
        if values.null_count() > 0 {
            for row in all.iter_mut() {
                if *row != NULL && values.is_null(*row as usize) {
                    *row = NULL;
                }
            }
        }
        let is_beyond = |row: &u32| (*row >= length) & (*row != NULL);
        if all.iter().fold(false, |any, row| any | is_beyond(row)) {
            return Err(TableError::Type(
                "a key of this dictionary is beyond its values".to_owned(),
            ));
        }
        Ok(())
    }
}

/// The text of an array of texts at a place.
fn value_of(values: &ArrayRef, place: usize) -> Option<&str> {
    if place >= values.len() {
        return None;
    }
    if let Some(texts) = values.as_string_opt::<i32>() {
        return Some(texts.value(place));
    }
    if let Some(texts) = values.as_string_opt::<i64>() {
        return Some(texts.value(place));
    }
    values.as_string_view_opt().map(|texts| texts.value(place))
}

fn value_if<'a>(
    array: &impl Array,
    row: usize,
    value: impl FnOnce(usize) -> &'a str,
) -> Option<&'a str> {
    (!array.is_null(row)).then(|| value(row))
}

/// Numbers the words of rows. A word that stands again right below itself is compared and not looked up.
fn read_words<'a>(
    words: &mut MetWords,
    numbers: &mut Vec<u32>,
    rows: Range<usize>,
    word: impl Fn(usize) -> Option<&'a str>,
) {
    let mut last = ("", NULL);
    numbers.extend(rows.map(|row| match word(row) {
        None => NULL,
        Some(word) if last.1 != NULL && word == last.0 => last.1,
        Some(word) => {
            last = (word, words.number(word));
            last.1
        }
    }));
}

fn read_keys<K: ArrowDictionaryKeyType>(
    column: &ArrayRef,
    numbers: &mut Vec<u32>,
    rows: Range<usize>,
) {
    let Some(dictionary) = column.as_dictionary_opt::<K>() else {
        return;
    };
    let keys = dictionary.keys();
    let values = keys.values().get(rows.clone()).unwrap_or_default();
    let number = |key: &K::Native| u32::try_from(key.as_usize()).unwrap_or(NULL);
    if keys.null_count() == 0 {
        numbers.extend(values.iter().map(number));
    } else {
        let nulls = rows.map(|row| keys.is_null(row));
        let keys = values.iter().zip(nulls);
        numbers.extend(keys.map(|(key, is_null)| if is_null { NULL } else { number(key) }));
    }
}
