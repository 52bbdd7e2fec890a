//! Data of Python as JSON, and back, by Python's own `json`.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyString;
use serde::Serialize;

use crate::errors::internal;

/// The text of a value of Python.
pub(crate) fn text_of(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = value.py();
    let json = py.import(intern!(py, "json"))?;
    json.call_method1(intern!(py, "dumps"), (value,))?.extract()
}

/// A text of JSON as a value of Python.
pub(crate) fn value_of<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let json = py.import(intern!(py, "json"))?;
    json.call_method1(intern!(py, "loads"), (PyString::new(py, text),))
}

/// Data of the engine as a value of Python.
pub(crate) fn value_from<'py>(
    py: Python<'py>,
    data: &impl Serialize,
) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(data).map_err(internal)?;
    value_of(py, &text)
}
