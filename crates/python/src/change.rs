//! Permission changes: from arguments to requests of the protocol, which are read strictly, and to verdicts.

use clio_rules::protocol::{Request, RequestBody};
use clio_rules::{AskError, Finding, Firm};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyBool;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::errors;
use crate::verdict::Verdict;

/// The arguments of a change.
pub(crate) struct ChangeWords<'w> {
    pub(crate) user: &'w str,
    pub(crate) change: &'w str,
    pub(crate) target: Option<&'w str>,
    pub(crate) role: Option<&'w str>,
    pub(crate) setting: Option<&'w str>,
    pub(crate) value: Option<Value>,
    pub(crate) thing: Option<&'w str>,
    pub(crate) list: Option<&'w str>,
    pub(crate) group: Option<&'w str>,
    pub(crate) product: Option<&'w str>,
    pub(crate) if_state: Option<&'w str>,
}

impl ChangeWords<'_> {
    /// The request, with a key for each argument that is given.
    pub(crate) fn request(self) -> String {
        let words = [
            ("product", self.product),
            ("user", Some(self.user)),
            ("change", Some(self.change)),
            ("role", self.role),
            ("setting", self.setting),
            ("thing", self.thing),
            ("list", self.list),
            ("group", self.group),
            ("target", self.target),
            ("if_state", self.if_state),
        ];
        let given = words
            .into_iter()
            .filter_map(|(key, word)| Some((key, Value::from(word?))));
        let given = given.chain(self.value.map(|value| ("value", value)));
        let request: Map<String, Value> = given.map(|(key, word)| (key.to_owned(), word)).collect();
        Value::Object(request).to_string()
    }
}

/// The request for several changes at once, whose parts are a text of JSON.
pub(crate) fn bulk_request(
    user: &str,
    parts: &str,
    product: Option<&str>,
    if_state: Option<&str>,
) -> PyResult<String> {
    let parts: Box<RawValue> = serde_json::from_str(parts).map_err(errors::internal)?;
    let words = [
        ("product", product),
        ("user", Some(user)),
        ("if_state", if_state),
    ];
    let given = words
        .into_iter()
        .filter_map(|(key, word)| Some((key, Value::from(word?))));
    let mut request = String::from("{");
    for (key, word) in given {
        request.push_str(&format!("\"{key}\":{word},"));
    }
    request.push_str(&format!("\"parts\":{parts}}}"));
    Ok(request)
}

/// The value of a setting: a word or a flag.
pub(crate) fn value_word(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Value::Bool(flag.is_true()));
    }
    match value.extract::<String>() {
        Ok(word) => Ok(Value::String(word)),
        Err(_) => Err(PyTypeError::new_err("a value is a str or a bool")),
    }
}

/// The verdict about a request that is a change, or several.
pub(crate) fn judged(py: Python<'_>, firm: &Firm, request: &str) -> PyResult<Verdict> {
    let asked = Request::from_json(request).map_err(|finding| of_finding(py, finding))?;
    let verdict = py.detach(|| match &asked.body {
        RequestBody::Change(change) => Some(firm.judge(change)),
        RequestBody::Bulk(bulk) => Some(firm.judge_bulk(bulk)),
        _ => None,
    });
    match verdict {
        Some(Ok(engine)) => Ok(Verdict { engine }),
        Some(Err(error)) => Err(errors::of_ask(py, error)),
        None => Err(errors::internal("this is no permission change")),
    }
}

fn of_finding(py: Python<'_>, finding: Finding) -> PyErr {
    errors::of_ask(py, AskError::from(finding))
}
