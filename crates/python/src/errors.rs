//! Errors of the engine as exceptions: the class of `clio_rules.errors` that stands for the code.

use std::fmt::Display;

use clio_rules::protocol::{AskFailure, ErrorReply};
use clio_rules::{AskError, Code, LoadError, Severity};
use pyo3::exceptions::PyRuntimeError;
use pyo3::intern;
use pyo3::prelude::*;

use crate::json;

/// The exception for an error reply, which it holds whole.
pub(crate) fn of_reply(py: Python<'_>, reply: &Bound<'_, PyAny>) -> PyErr {
    let made = py
        .import(intern!(py, "clio_rules.errors"))
        .and_then(|errors| errors.call_method1(intern!(py, "of_reply"), (reply,)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(failed) => failed,
    }
}

fn raised(py: Python<'_>, reply: &ErrorReply) -> PyErr {
    match json::value_from(py, reply) {
        Ok(reply) => of_reply(py, &reply),
        Err(failed) => failed,
    }
}

/// The exception for a question that could not be asked.
pub(crate) fn of_ask(py: Python<'_>, error: AskError) -> PyErr {
    of_failure(py, &AskFailure::from(error))
}

/// The exception for a request that could not be asked.
pub(crate) fn of_failure(py: Python<'_>, failure: &AskFailure) -> PyErr {
    raised(py, &failure.reply())
}

/// The exception for rules or a firm that could not be loaded.
pub(crate) fn of_load(py: Python<'_>, error: LoadError) -> PyErr {
    of_failure(py, &AskFailure::from(error))
}

/// The exception for what only a mistake in this package can lead to.
pub(crate) fn internal(error: impl Display) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

/// The codes of errors with what each means, from which `clio_rules/errors.py` is written.
#[pyfunction]
pub(crate) fn codes() -> Vec<(&'static str, &'static str)> {
    Code::all()
        .filter(|code| code.severity() == Severity::Error)
        .map(|code| (code.name(), code.explanation()))
        .collect()
}
