//! Tables of questions and people in Arrow's C data, and answers back.

mod answers;
mod capsule;
mod columns;
mod decider;
mod facts;
mod lookups;
mod people;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::RecordBatchReader;
use arrow_schema::SchemaRef;
use clio_rules::Firm;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

pub(crate) use lookups::ActionKinds;
pub(crate) use people::people;

use columns::QuestionColumns;
use decider::{Decider, DecisionReader};

/// What is wrong with a table.
#[derive(Debug)]
pub(crate) enum TableError {
    /// A column is not there, is there twice, or has no use.
    Columns(String),
    /// A column holds something else than it should.
    Type(String),
}

impl From<TableError> for PyErr {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Columns(message) => PyValueError::new_err(message),
            TableError::Type(message) => PyTypeError::new_err(message),
        }
    }
}

/// The answers to a table of questions: Arrow data, which is worked out while it is read, and can be read once.
///
/// `pyarrow.table(answers)`, `polars.DataFrame(answers)`, `pyarrow.RecordBatchReader.from_stream(answers)` and DuckDB read it.
///
/// >>> import pyarrow
/// >>> from clio_rules import Firm, Rulebook
/// >>> firm = Firm.example(Rulebook.builtin())
/// >>> answers = firm.decide(pyarrow.table({"user": ["tomas"], "action": ["create_bill"]}))
/// >>> pyarrow.table(answers)["rule"].to_pylist()
/// ['create_bill']
/// >>> pyarrow.table(answers)
/// Traceback (most recent call last):
/// ...
/// ValueError: these answers were read already: decide again
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Decisions {
    schema: SchemaRef,
    reader: Mutex<Option<Box<DecisionReader>>>,
}

#[pymethods]
impl Decisions {
    /// Hands out the answers, by Arrow's PyCapsule interface. Another schema than that of the answers cannot be had.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets whoever produces leave the wish aside.
        let _ = requested_schema;
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        match reader.take() {
            Some(reader) => capsule::of_reader(py, reader),
            None => Err(PyValueError::new_err(
                "these answers were read already: decide again",
            )),
        }
    }

    /// Hands out the schema of the answers, by Arrow's PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::of_schema(py, &self.schema)
    }

    fn __repr__(&self) -> String {
        let fields = self.schema.fields().iter();
        let names: Vec<String> = fields.map(|field| format!("'{}'", field.name())).collect();
        format!("Decisions([{}])", names.join(", "))
    }
}

impl Decisions {
    /// The answers of a firm to a table, which is read when they are.
    pub(crate) fn of(
        firm: &Arc<Firm>,
        kinds: Arc<ActionKinds>,
        table: &Bound<'_, PyAny>,
        keep: Vec<String>,
    ) -> PyResult<Self> {
        let questions = capsule::reader_of(table)?;
        let columns = QuestionColumns::of(&questions.schema(), keep)?;
        let reader = DecisionReader::new(Decider::new(firm, kinds), questions, columns);
        Ok(Self {
            schema: reader.schema(),
            reader: Mutex::new(Some(Box::new(reader))),
        })
    }
}
