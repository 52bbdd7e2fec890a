//! Verdicts about permission changes.

use clio_rules::Verdict as EngineVerdict;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::json;

/// Whether a permission change is accepted, on what grounds, and what follows.
///
/// It has no truth value, as a `Decision` has none.
///
/// >>> from clio_rules import Firm, Rulebook
/// >>> firm = Firm.example(Rulebook.builtin())
/// >>> firm.change("otto", "grant", role="billing", target="otto")
/// Verdict(reject, grant: needs administrator)
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Verdict {
    pub(crate) engine: EngineVerdict,
}

#[pymethods]
impl Verdict {
    /// Whether it is accepted.
    #[getter]
    fn accepted(&self) -> bool {
        self.engine.is_accepted()
    }

    /// `accept` or `reject`.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::intern(py, self.word())
    }

    /// Id of the rule that decided: of a rejection, the first.
    #[getter]
    fn rule(&self) -> &str {
        &self.engine.grounds.rule
    }

    /// The reason in plain words.
    #[getter]
    fn reason(&self) -> &str {
        &self.engine.grounds.reason
    }

    /// `stated` where the source document says so, and `inferred` where it is a reading of it.
    #[getter]
    fn basis(&self) -> String {
        self.engine.grounds.basis.to_string()
    }

    /// Where the rule stands, as `file:line`.
    #[getter]
    fn place(&self) -> &str {
        &self.engine.grounds.place
    }

    /// The heading of the section of the source document.
    #[getter]
    fn section(&self) -> &str {
        &self.engine.grounds.section
    }

    /// Where in the product it is done; only of what is accepted.
    #[getter]
    fn r#where(&self) -> Option<&str> {
        self.engine.grounds.site.as_deref()
    }

    /// Ids of the effects, in the order of the rule file.
    #[getter]
    fn effects(&self) -> Vec<&str> {
        self.engine.effects.iter().map(|effect| &**effect).collect()
    }

    /// Every ground of a rejection, each a dict; an acceptance has none.
    #[getter]
    fn reasons<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::value_from(py, &self.engine.reasons)
    }

    /// The roles and settings that differ afterwards, each a dict.
    ///
    /// >>> verdict = firm.change("tomas", "grant", role="billing", target="wren")
    /// >>> verdict.altered
    /// [{'product': 'manage', 'user': 'wren', 'kind': 'role', 'name': 'billing', 'from': False, 'to': True}]
    #[getter]
    fn altered<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::value_from(py, &self.engine.altered)
    }

    /// The lists and properties of things, and the groups, that differ afterwards, each a dict.
    #[getter]
    fn altered_things<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::value_from(py, &self.engine.altered_things)
    }

    /// All of this as data, as the protocol has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::value_from(py, &self.engine)
    }

    fn __repr__(&self) -> String {
        let grounds = &self.engine.grounds;
        format!(
            "Verdict({}, {}: {})",
            self.word(),
            grounds.rule,
            grounds.reason
        )
    }

    fn __bool__(&self) -> PyResult<bool> {
        Err(PyTypeError::new_err(
            "a Verdict is neither true nor false: ask `verdict.accepted`",
        ))
    }
}

impl Verdict {
    fn word(&self) -> &'static str {
        if self.engine.is_accepted() {
            "accept"
        } else {
            "reject"
        }
    }
}
