//! Which columns of a table of questions are for what.

use arrow_schema::{DataType, Field, FieldRef, Schema, SchemaRef};

use super::TableError;
use super::words::is_text;

/// The columns that are read, and the others that are handed on.
pub(super) struct QuestionColumns {
    pub(super) user: usize,
    pub(super) action: usize,
    pub(super) product: Option<usize>,
    pub(super) target: Option<usize>,
    pub(super) facts: Option<usize>,
    /// Places of the columns that are handed on.
    pub(super) kept: Vec<usize>,
    /// The schema of the answers: the kept columns, then those of the answer.
    pub(super) answers: SchemaRef,
}

const QUESTION: [&str; 5] = ["user", "action", "product", "target", "facts"];
/// The columns of an answer.
pub(super) const ANSWER: [&str; 6] = ["decision", "rule", "basis", "reason", "place", "error"];

/// The type of the columns of an answer.
pub(super) fn answer_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

impl QuestionColumns {
    pub(super) fn of(schema: &Schema, keep: Vec<String>) -> Result<Self, TableError> {
        for (place, field) in schema.fields().iter().enumerate() {
            let name = field.name();
            if schema
                .fields()
                .iter()
                .skip(place + 1)
                .any(|other| other.name() == name)
            {
                return Err(TableError::Columns(format!(
                    "the column `{name}` is there twice"
                )));
            }
            let is_of_question = QUESTION.contains(&&**name);
            if !is_of_question && !keep.contains(name) {
                return Err(TableError::Columns(format!(
                    "the column `{name}` says nothing of a question: those are {}; keep=[\"{name}\"] hands it on",
                    QUESTION.join(", ")
                )));
            }
        }
        let kept = keep.iter().map(|name| {
            if ANSWER.contains(&&**name) {
                return Err(TableError::Columns(format!(
                    "the column `{name}` cannot be kept: the answer has one of that name"
                )));
            }
            schema
                .index_of(name)
                .map_err(|_| TableError::Columns(format!("there is no column `{name}` to keep")))
        });
        let kept = kept.collect::<Result<Vec<usize>, _>>()?;
        let text = |name: &str| text_column(schema, name);
        let needed = |place: Option<usize>, name: &str| {
            place.ok_or_else(|| TableError::Columns(format!("there is no column `{name}`")))
        };
        Ok(Self {
            user: needed(text("user")?, "user")?,
            action: needed(text("action")?, "action")?,
            product: text("product")?,
            target: text("target")?,
            facts: schema.index_of("facts").ok(),
            answers: answer_schema(schema, &kept),
            kept,
        })
    }
}

/// The place of a column of texts.
pub(super) fn text_column(schema: &Schema, name: &str) -> Result<Option<usize>, TableError> {
    let Ok(place) = schema.index_of(name) else {
        return Ok(None);
    };
    match schema.field(place).data_type() {
        of if is_text(of) => Ok(Some(place)),
        of => Err(TableError::Type(format!(
            "the column `{name}` holds texts, and this one is {of}"
        ))),
    }
}

fn answer_schema(schema: &Schema, kept: &[usize]) -> SchemaRef {
    let kept = kept
        .iter()
        .filter_map(|place| schema.fields().get(*place).cloned());
    let answers = ANSWER.map(|name| FieldRef::new(Field::new(name, answer_type(), true)));
    SchemaRef::new(Schema::new(kept.chain(answers).collect::<Vec<FieldRef>>()))
}
