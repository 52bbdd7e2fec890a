//! Tables of people: a row for each seat.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema};
use clio_rules::{Seat, User};
use hashbrown::HashMap;
use pyo3::prelude::*;

use super::TableError;
use super::capsule;
use super::columns::text_column;
use super::facts::FactColumn;
use super::words::{NULL, WordColumn, is_text};

const COLUMNS: [&str; 6] = ["user", "name", "enabled", "product", "roles", "settings"];

/// The users of a table.
pub(crate) fn people(table: &Bound<'_, PyAny>) -> PyResult<Vec<User>> {
    let reader = capsule::reader_of(table)?;
    let read = table.py().detach(|| {
        let mut people = PeopleTable::of(&reader.schema())?;
        for batch in reader {
            people.read(&batch.map_err(|error| TableError::Columns(error.to_string()))?)?;
        }
        Ok::<_, TableError>(people.users)
    });
    Ok(read?)
}

/// People as they are read.
struct PeopleTable {
    user: usize,
    product: usize,
    name: Option<usize>,
    enabled: Option<usize>,
    roles: Option<usize>,
    settings: Option<usize>,
    users: Vec<User>,
    places: HashMap<String, usize>,
}

impl PeopleTable {
    fn of(schema: &Schema) -> Result<Self, TableError> {
        for field in schema.fields() {
            if !COLUMNS.contains(&&**field.name()) {
                return Err(TableError::Columns(format!(
                    "the column `{}` says nothing of people: those are {}",
                    field.name(),
                    COLUMNS.join(", ")
                )));
            }
        }
        let needed = |name: &str| match text_column(schema, name)? {
            Some(place) => Ok(place),
            None => Err(TableError::Columns(format!("there is no column `{name}`"))),
        };
        let roles = schema.index_of("roles").ok();
        if let Some(place) = roles {
            let holds_texts = match schema.field(place).data_type() {
                DataType::List(item) | DataType::LargeList(item) => is_text(item.data_type()),
                DataType::Null => true,
                _ => false,
            };
            if !holds_texts {
                let of = schema.field(place).data_type();
                return Err(TableError::Type(format!(
                    "the column `roles` holds lists of texts, and this one is {of}"
                )));
            }
        }
        let enabled = schema.index_of("enabled").ok();
        if let Some(place) = enabled
            && *schema.field(place).data_type() != DataType::Boolean
        {
            return Err(TableError::Type(
                "the column `enabled` holds flags".to_owned(),
            ));
        }
        Ok(Self {
            user: needed("user")?,
            product: needed("product")?,
            name: text_column(schema, "name")?,
            enabled,
            roles,
            settings: schema.index_of("settings").ok(),
            users: Vec::new(),
            places: HashMap::new(),
        })
    }

    fn read(&mut self, batch: &RecordBatch) -> Result<(), TableError> {
        let rows = 0..batch.num_rows();
        let column = |place: Option<usize>| place.map(|place| batch.column(place));
        let words = |place: Option<usize>| {
            let mut words = WordColumn::new();
            words.read(column(place), rows.clone()).map(|()| words)
        };
        let (ids, products) = (words(Some(self.user))?, words(Some(self.product))?);
        let names = words(self.name)?;
        let mut settings = FactColumn::default();
        settings.read(column(self.settings), rows.clone())?;
        for row in rows {
            let word = |words: &WordColumn| {
                let number = words
                    .rows
                    .get(row)
                    .copied()
                    .filter(|number| *number != NULL)?;
                Some(words.word(number).to_owned())
            };
            let id = word(&ids)
                .ok_or_else(|| TableError::Columns(format!("row {row} names no `user`")))?;
            let enabled = column(self.enabled).and_then(|flags| flags.as_boolean_opt());
            let is_enabled = enabled.is_none_or(|flags| flags.is_null(row) || flags.value(row));
            let seat = match word(&products) {
                Some(product) => {
                    let roles = roles(column(self.roles), row)?;
                    let seat = roles.into_iter().fold(Seat::new(product), Seat::role);
                    Some(with_settings(seat, &settings, row)?)
                }
                None => None,
            };
            self.add(id, word(&names), is_enabled, seat)?;
        }
        Ok(())
    }

    /// Adds a row: another seat of somebody who was met, or somebody new.
    fn add(
        &mut self,
        id: String,
        name: Option<String>,
        is_enabled: bool,
        seat: Option<Seat>,
    ) -> Result<(), TableError> {
        let Some(known) = self
            .places
            .get(&id)
            .and_then(|place| self.users.get_mut(*place))
        else {
            let mut user = User::new(id.clone());
            user.name = name;
            user.enabled = is_enabled;
            user.seats.extend(seat);
            self.places.insert(id, self.users.len());
            self.users.push(user);
            return Ok(());
        };
        if known.name != name || known.enabled != is_enabled {
            return Err(TableError::Columns(format!(
                "the rows of `{id}` differ in name or in enabled"
            )));
        }
        if let Some(seat) = &seat
            && known
                .seats
                .iter()
                .any(|other| other.product == seat.product)
        {
            return Err(TableError::Columns(format!(
                "`{id}` has two rows for {}",
                seat.product
            )));
        }
        known.seats.extend(seat);
        Ok(())
    }
}

/// The roles of a row.
fn roles(column: Option<&ArrayRef>, row: usize) -> Result<Vec<String>, TableError> {
    let list = column
        .filter(|column| column.is_valid(row))
        .and_then(|column| {
            let list = column.as_list_opt::<i32>().map(|lists| lists.value(row));
            list.or_else(|| column.as_list_opt::<i64>().map(|lists| lists.value(row)))
        });
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let mut words = WordColumn::new();
    words.read(Some(&list), 0..list.len())?;
    let numbers = words.rows.iter().filter(|number| **number != NULL);
    Ok(numbers
        .map(|number| words.word(*number).to_owned())
        .collect())
}

fn with_settings(seat: Seat, settings: &FactColumn, row: usize) -> Result<Seat, TableError> {
    let number = settings.rows.get(row).copied().unwrap_or(NULL);
    match settings.set(number) {
        None => Ok(seat),
        Some(Ok(set)) => Ok(set
            .iter()
            .fold(seat, |seat, (name, value)| seat.setting(name, value))),
        Some(Err(finding)) => Err(TableError::Columns(format!(
            "the settings of row {row} cannot be read: {}",
            finding.message()
        ))),
    }
}
