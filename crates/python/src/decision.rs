//! Decisions: a yes or a no at once, and everything else when it is looked at.

use std::sync::Arc;

use clio_rules::{Answer, DecisionWord, Firm, Question};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use crate::{errors, json};

/// Facts of a question: what the firm does not know.
#[derive(Clone)]
pub(crate) struct Facts {
    all: Vec<(String, String)>,
}

impl Facts {
    /// The facts of a dict, whose values are words or flags.
    pub(crate) fn of(dict: &Bound<'_, PyDict>) -> PyResult<Self> {
        let word = |value: Bound<'_, PyAny>| match value.cast::<PyBool>() {
            Ok(flag) => Ok(flag.is_true().to_string()),
            Err(_) => value.extract::<String>(),
        };
        let all = dict
            .iter()
            .map(|(name, value)| match (name.extract(), word(value)) {
                (Ok(name), Ok(value)) => Ok((name, value)),
                _ => Err(PyTypeError::new_err(
                    "facts are a dict from str to str or bool",
                )),
            });
        let all = all.collect::<PyResult<_>>()?;
        Ok(Self { all })
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().map(|(name, value)| (&**name, &**value))
    }
}

/// May this user do this? A decision says so, which rule decided, why, and where that stands.
///
/// It has no truth value: `if firm.can(...)` is a `TypeError`, because a decision that is there is not yet a yes.
///
/// >>> from clio_rules import Firm, Rulebook
/// >>> firm = Firm.example(Rulebook.builtin())
/// >>> decision = firm.can("wren", "create_bill")
/// >>> decision
/// Decision(deny, create_bill: needs billing)
/// >>> decision.place
/// 'rules/manage.yaml:290'
/// >>> if decision: ...
/// Traceback (most recent call last):
/// ...
/// TypeError: a Decision is neither true nor false: ask `decision.allowed`
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Decision {
    /// The firm that gave it, from which everything but the yes or no is looked up again. A firm never changes.
    pub(crate) firm: Arc<Firm>,
    pub(crate) user: Py<PyString>,
    pub(crate) action: Py<PyString>,
    pub(crate) target: Option<Py<PyString>>,
    pub(crate) product: Option<Py<PyString>>,
    pub(crate) facts: Option<Facts>,
    pub(crate) is_allowed: bool,
}

#[pymethods]
impl Decision {
    /// Whether it is allowed.
    #[getter]
    fn allowed(&self) -> bool {
        self.is_allowed
    }

    /// `allow` or `deny`.
    #[getter]
    fn decision<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        let word = if self.is_allowed {
            DecisionWord::Allow
        } else {
            DecisionWord::Deny
        };
        PyString::intern(py, word.word())
    }

    /// Id of the rule that decided.
    #[getter]
    fn rule<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.with(py, |answer| PyString::intern(py, answer.rule()))
    }

    /// The reason in plain words.
    #[getter]
    fn reason<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.with(py, |answer| PyString::intern(py, answer.reason()))
    }

    /// `stated` where the source document says so, and `inferred` where it is a reading of it.
    #[getter]
    fn basis<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.with(py, |answer| {
            PyString::intern(py, &answer.basis().to_string())
        })
    }

    /// Where the rule stands, as `file:line`.
    #[getter]
    fn place<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.with(py, |answer| PyString::intern(py, &answer.grounds().place))
    }

    /// The heading of the section of the source document.
    #[getter]
    fn section<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.with(py, |answer| PyString::intern(py, answer.section()))
    }

    /// Where in the product it is done; only of what is allowed.
    #[getter]
    fn r#where<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyString>>> {
        self.with(py, |answer| {
            answer.site().map(|site| PyString::intern(py, site))
        })
    }

    /// The roles any of which would have been enough, where no rule allowed it.
    #[getter]
    fn needs(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        self.with(py, |answer| answer.needs().map(str::to_owned).collect())
    }

    /// Id of the product.
    #[getter]
    fn product<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        self.with(py, |answer| PyString::intern(py, answer.product()))
    }

    /// Id of the user who asks.
    #[getter]
    fn user(&self, py: Python<'_>) -> Py<PyString> {
        self.user.clone_ref(py)
    }

    /// Id of the action.
    #[getter]
    fn action(&self, py: Python<'_>) -> Py<PyString> {
        self.action.clone_ref(py)
    }

    /// Id of the user or thing that it is done to.
    #[getter]
    fn target(&self, py: Python<'_>) -> Option<Py<PyString>> {
        self.target.as_ref().map(|target| target.clone_ref(py))
    }

    /// All of this as data, as the protocol has it.
    ///
    /// >>> firm.can("wren", "create_bill").to_dict()["needs"]
    /// ['billing']
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let question = self.question(py)?;
        let decision = self.firm.ask(&question);
        json::value_from(py, &decision.map_err(|error| errors::of_ask(py, error))?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let words = self.with(py, |answer| {
            format!("{}: {}", answer.rule(), answer.reason())
        })?;
        Ok(format!("Decision({}, {words})", self.decision(py)))
    }

    fn __bool__(&self) -> PyResult<bool> {
        Err(PyTypeError::new_err(
            "a Decision is neither true nor false: ask `decision.allowed`",
        ))
    }
}

impl Decision {
    /// The question that it answers.
    fn question<'d>(&'d self, py: Python<'d>) -> PyResult<Question<'d>> {
        let mut question =
            Question::new(self.user.bind(py).to_str()?, self.action.bind(py).to_str()?);
        if let Some(product) = &self.product {
            question = question.product(product.bind(py).to_str()?);
        }
        if let Some(target) = &self.target {
            question = question.target(target.bind(py).to_str()?);
        }
        for (name, value) in self.facts.iter().flat_map(Facts::all) {
            question = question.fact(name, value);
        }
        Ok(question)
    }

    /// What the answer says. Looking it up again takes less than keeping it.
    fn with<T>(&self, py: Python<'_>, of: impl FnOnce(&Answer<'_>) -> T) -> PyResult<T> {
        let question = self.question(py)?;
        match self.firm.answer(&question) {
            Ok(answer) => Ok(of(&answer)),
            Err(error) => Err(errors::of_ask(py, error)),
        }
    }
}
