//! Requests of the protocol, and sessions in which changes are made.

use std::sync::{Arc, Mutex, PoisonError};

use clio_rules::Firm as EngineFirm;
use clio_rules::fixtures::SuiteBench;
use clio_rules::protocol::{Session as EngineSession, World};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::firm::Firm;
use crate::{errors, json};

/// The reply to a request, a dict or a text. Other threads go on meanwhile.
pub(crate) fn answered<'py>(
    py: Python<'py>,
    request: &Bound<'py, PyAny>,
    answer: impl FnOnce(&str, &SuiteBench<'_>) -> String + Send,
) -> PyResult<Bound<'py, PyAny>> {
    let text = match request.cast::<PyString>() {
        Ok(text) => text.to_str()?.to_owned(),
        Err(_) => json::text_of(request)?,
    };
    let reply = py.detach(|| answer(&text, &SuiteBench::default()));
    let reply = json::value_of(py, &reply)?;
    if reply.contains("error")? {
        return Err(errors::of_reply(py, &reply));
    }
    Ok(reply)
}

/// Requests one after the other, of which those that `apply` a change are made: the next ones are answered in the firm after it.
///
/// >>> from clio_rules import Firm, Rulebook, Session
/// >>> session = Session(Firm.example(Rulebook.builtin()))
/// >>> grant = {"ask": "apply", "user": "tomas", "change": "grant", "role": "billing", "target": "wren"}
/// >>> session.ask(grant)["yes"]
/// True
/// >>> session.ask({"user": "wren", "action": "create_bill"})["decision"]
/// 'allow'
/// >>> session.firm.can("wren", "create_bill").allowed
/// True
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Session {
    firm: Mutex<Arc<EngineFirm>>,
}

#[pymethods]
impl Session {
    #[new]
    fn new(firm: &Firm) -> Self {
        Self {
            firm: Mutex::new(Arc::clone(&firm.engine)),
        }
    }

    /// The firm as it is now.
    #[getter]
    fn firm(&self, py: Python<'_>) -> Firm {
        let now =
            py.detach(|| Arc::clone(&self.firm.lock().unwrap_or_else(PoisonError::into_inner)));
        Firm::of_engine(now)
    }

    /// The reply to a request, as `Firm.ask` gives it. Requests of several threads are answered one after the other.
    fn ask<'py>(
        &self,
        py: Python<'py>,
        request: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        answered(py, request, |text, bench| {
            let mut firm = self.firm.lock().unwrap_or_else(PoisonError::into_inner);
            let before = Arc::clone(&firm);
            let mut session = EngineSession::new(World::new(&before).with_tests(bench));
            let reply = session.answer_text(text);
            *firm = Arc::new(session.firm().clone());
            reply
        })
    }
}
