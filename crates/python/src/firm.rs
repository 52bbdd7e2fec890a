//! Firms, and what is asked of them.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use clio_rules::protocol::World;
use clio_rules::{Firm as EngineFirm, FirmLoader, LoadError, Question};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::arrow::{self, ActionKinds, Decisions};
use crate::change::{self, ChangeWords};
use crate::decision::{Decision, Facts};
use crate::report::{Matrix, Review};
use crate::rulebook::Rulebook;
use crate::session::answered;
use crate::verdict::Verdict;
use crate::{errors, json};

/// The name that places in a firm bear which came from no file.
const UNNAMED: &str = "firm";

/// A firm under a rulebook: its people, their seats, groups and things. It never changes: what is done to it gives another firm.
///
/// Many threads can ask one firm at once. Whatever takes long lets other threads go on meanwhile.
///
/// >>> from clio_rules import Firm, Rulebook
/// >>> firm = Firm.example(Rulebook.builtin())
/// >>> firm.name, len(firm.users)
/// ('Hartley Moss LLP', 14)
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Firm {
    pub(crate) engine: Arc<EngineFirm>,
    /// What tables are decided with, once one was.
    kinds: OnceLock<Arc<ActionKinds>>,
}

#[pymethods]
impl Firm {
    /// The example firm that comes with the package.
    ///
    /// >>> Firm.example(Rulebook.builtin())
    /// Firm('Hartley Moss LLP', 14 users)
    #[staticmethod]
    #[pyo3(signature = (rulebook, *, on = None))]
    fn example(
        py: Python<'_>,
        rulebook: &Rulebook,
        on: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::loaded(py, rulebook, on, |loader| loader.example())
    }

    /// A firm from its file, YAML or JSON. `on` is the day on which it is looked at, a `date` or a text as `2026-12-31`: a firm with
    /// entries that end needs one.
    #[staticmethod]
    #[pyo3(signature = (path, rulebook, *, on = None))]
    fn from_file(
        py: Python<'_>,
        path: PathBuf,
        rulebook: &Rulebook,
        on: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::loaded(py, rulebook, on, |loader| loader.from_file(path))
    }

    /// A firm from a text, YAML or JSON. `name` is what places in it are called by.
    ///
    /// >>> text = "firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]"
    /// >>> Firm.from_text(text, Rulebook.builtin())
    /// Firm('One', 1 user)
    /// >>> Firm.from_text(text.replace("admin", "amdin"), Rulebook.builtin(), name="one.yaml")
    /// Traceback (most recent call last):
    /// ...
    /// clio_rules.errors.UnknownRole: one.yaml:2:35: there is no role `amdin` in Clio Grow; did you mean `admin`?
    #[staticmethod]
    #[pyo3(signature = (text, rulebook, *, name = "firm.yaml", on = None))]
    fn from_text(
        py: Python<'_>,
        text: &str,
        rulebook: &Rulebook,
        name: &str,
        on: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::loaded(py, rulebook, on, |loader| loader.from_text(name, text))
    }

    /// A firm from data: a dict with the keys of a firm file, or a table of people.
    ///
    /// A table is whatever hands out Arrow data: a table or data frame of pyarrow, polars, pandas or DuckDB. It has a row for each seat: columns
    /// `user` and `product`, both texts, `roles`, a list of texts, and where wanted `name`, `enabled` and `settings`, a struct, a map
    /// or a text of JSON. A row whose `product` is null is a user without a seat. `name` is what the firm is called then.
    ///
    /// >>> firm = Firm.of({"firm": "One", "users": [{"id": "ada", "grow": {"roles": ["admin"]}}]}, Rulebook.builtin())
    /// >>> firm.can("ada", "view_reports").allowed
    /// True
    #[staticmethod]
    #[pyo3(signature = (data, rulebook, *, name = None, on = None))]
    fn of(
        py: Python<'_>,
        data: &Bound<'_, PyAny>,
        rulebook: &Rulebook,
        name: Option<&str>,
        on: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        if let Ok(dict) = data.cast::<PyDict>() {
            let text = json::text_of(dict)?;
            return Self::loaded(py, rulebook, on, |loader| {
                loader.from_text(name.unwrap_or(UNNAMED), &text)
            });
        }
        let users = arrow::people(data)?;
        Self::loaded(py, rulebook, on, |loader| {
            loader.of_users(name.unwrap_or(UNNAMED), users)
        })
    }

    /// What the firm is called.
    #[getter]
    fn name(&self) -> &str {
        self.engine.name()
    }

    /// Ids of all users, in the order of the firm file.
    #[getter]
    fn users(&self) -> Vec<&str> {
        self.engine.users().collect()
    }

    /// The rulebook under which it was loaded.
    #[getter]
    fn rulebook(&self) -> Rulebook {
        Rulebook {
            engine: self.engine.rulebook().clone(),
        }
    }

    /// A word for what the firm holds: another one in every other state, and the same wherever the same is loaded.
    #[getter]
    fn state(&self, py: Python<'_>) -> String {
        py.detach(|| self.engine.state())
    }

    /// May this user do this? `target` is the user or the thing that it is done to, `facts` what the firm does not know, and
    /// `product` is needed where several products have the action.
    ///
    /// >>> decision = firm.can("wren", "create_bill")
    /// >>> decision.allowed, decision.rule, decision.reason
    /// (False, 'create_bill', 'needs billing')
    /// >>> firm.can("wren", "open_matter", facts={"matter_access": "listed"}).allowed
    /// True
    ///
    /// What cannot be asked is an exception, and never a denial:
    ///
    /// >>> firm.can("wern", "create_bill")
    /// Traceback (most recent call last):
    /// ...
    /// clio_rules.errors.UnknownUser: nobody in this firm has the id `wern`; did you mean `wren`?
    #[pyo3(signature = (user, action, target = None, facts = None, product = None))]
    fn can<'py>(
        &self,
        py: Python<'py>,
        user: &Bound<'py, PyString>,
        action: &Bound<'py, PyString>,
        target: Option<&Bound<'py, PyString>>,
        facts: Option<&Bound<'py, PyDict>>,
        product: Option<&Bound<'py, PyString>>,
    ) -> PyResult<Decision> {
        let mut question = Question::new(user.to_str()?, action.to_str()?);
        if let Some(product) = product {
            question = question.product(product.to_str()?);
        }
        if let Some(target) = target {
            question = question.target(target.to_str()?);
        }
        let facts = facts.map(Facts::of).transpose()?;
        for (name, value) in facts.iter().flat_map(Facts::all) {
            question = question.fact(name, value);
        }
        match self.engine.answer(&question) {
            Ok(answer) => Ok(Decision {
                is_allowed: answer.is_allowed(),
                firm: Arc::clone(&self.engine),
                user: user.clone().unbind(),
                action: action.clone().unbind(),
                target: target.map(|target| target.clone().unbind()),
                product: product.map(|product| product.clone().unbind()),
                facts,
            }),
            Err(error) => Err(errors::of_ask(py, error)),
        }
    }

    /// Decides about a table of questions: whatever hands out Arrow data, as tables and data frames of pyarrow, polars, pandas and
    /// DuckDB do.
    ///
    /// Its columns are `user` and `action`, and where wanted `product`, `target` and `facts`; texts may be dictionary-encoded, which is
    /// the quickest. `facts` is a struct, a map, or a text of JSON. Any other column has to be named in `keep`: it is handed on in
    /// front of the answers. A column that is neither is an error, so that a misspelt one is noticed.
    ///
    /// The answers are columns as well, one row for each question, in order:
    ///
    /// | column | value |
    /// |---|---|
    /// | `decision` | `allow` or `deny`; null where it could not be asked, which is never a denial |
    /// | `rule`, `basis`, `place` | as of a `Decision`; null where it could not be asked |
    /// | `reason` | why; where it could not be asked, what is wrong |
    /// | `error` | the code of what is wrong; null where there is an answer |
    ///
    /// They are handed out once, and worked out while they are read: batch by batch, so that a stream of any length takes little memory.
    ///
    /// >>> import pyarrow
    /// >>> questions = pyarrow.table({"user": ["wren", "tomas", "wern"], "action": ["create_bill"] * 3})
    /// >>> answers = pyarrow.table(firm.decide(questions))
    /// >>> answers["decision"].to_pylist()
    /// ['deny', 'allow', None]
    /// >>> answers["error"].to_pylist()
    /// [None, None, 'unknown-user']
    #[pyo3(signature = (table, *, keep = Vec::new()))]
    fn decide(&self, table: &Bound<'_, PyAny>, keep: Vec<String>) -> PyResult<Decisions> {
        let made = || Arc::new(ActionKinds::of(self.engine.rulebook()));
        let kinds = Arc::clone(self.kinds.get_or_init(made));
        Decisions::of(&self.engine, kinds, table, keep)
    }

    /// Is this permission change accepted, and what follows? Nothing is changed: `after` gives the firm with it.
    ///
    /// >>> verdict = firm.change("tomas", "grant", role="billing", target="wren")
    /// >>> verdict.accepted, verdict.effects
    /// (True, ['payment_notifications_start'])
    #[pyo3(signature = (user, change, target = None, *, role = None, setting = None, value = None, thing = None, list = None, group = None, product = None, if_state = None))]
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the keys of a change, each by its name"
    )]
    fn change(
        &self,
        py: Python<'_>,
        user: &str,
        change: &str,
        target: Option<&str>,
        role: Option<&str>,
        setting: Option<&str>,
        value: Option<&Bound<'_, PyAny>>,
        thing: Option<&str>,
        list: Option<&str>,
        group: Option<&str>,
        product: Option<&str>,
        if_state: Option<&str>,
    ) -> PyResult<Verdict> {
        let words = ChangeWords {
            user,
            change,
            target,
            role,
            setting,
            value: value.map(change::value_word).transpose()?,
            thing,
            list,
            group,
            product,
            if_state,
        };
        self.judged(py, &words.request())
    }

    /// Are these permission changes accepted, all of them or none? Each part is a dict with the keys of a change, without the user.
    ///
    /// >>> parts = [{"change": "grant", "role": "billing", "target": "wren"}, {"change": "revoke", "role": "reports", "target": "otto"}]
    /// >>> firm.bulk("tomas", parts).accepted
    /// True
    #[pyo3(signature = (user, parts, *, product = None, if_state = None))]
    fn bulk(
        &self,
        py: Python<'_>,
        user: &str,
        parts: &Bound<'_, PyAny>,
        product: Option<&str>,
        if_state: Option<&str>,
    ) -> PyResult<Verdict> {
        let parts = json::text_of(parts)?;
        self.judged(py, &change::bulk_request(user, &parts, product, if_state)?)
    }

    /// The firm after an accepted change. A rejected one, and one that was judged in another state, is an exception.
    ///
    /// >>> after = firm.after(firm.change("tomas", "grant", role="billing", target="wren"))
    /// >>> after.can("wren", "create_bill").allowed, firm.can("wren", "create_bill").allowed
    /// (True, False)
    fn after(&self, py: Python<'_>, verdict: &Verdict) -> PyResult<Self> {
        let after = py.detach(|| self.engine.after(&verdict.engine));
        let after = after.map_err(|error| errors::of_ask(py, error))?;
        Ok(Self::of_engine(Arc::new(after)))
    }

    /// Asks anything: a request of the protocol, as a dict or as a text of JSON, gives its reply. What cannot be asked is an exception,
    /// whose `reply` is the whole reply. A request to `apply` is for a `Session`.
    ///
    /// >>> reply = firm.ask({"ask": "who_can", "action": "create_bill"})
    /// >>> [user["user"] for user in reply["allowed"]]
    /// ['nadia', 'tomas', 'priya', 'marek', 'leila', 'sami']
    fn ask<'py>(
        &self,
        py: Python<'py>,
        request: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        answered(py, request, |text, bench| {
            World::new(&self.engine).with_tests(bench).answer_text(text)
        })
    }

    /// Who may do what, roles across and actions down, of one product or of all. `by` puts something else in place of roles: a setting, a
    /// fact or a property of a thing for its values, or a kind of thing for its lists. A notebook shows it as a page.
    ///
    /// >>> firm.matrix("grow")
    /// Matrix(['grow'])
    /// >>> firm.matrix(by="billing_rate_visibility").to_dict()["matrices"][0]["columns"]
    /// ['all', 'own', 'none']
    #[pyo3(signature = (product = None, *, by = None))]
    fn matrix(&self, py: Python<'_>, product: Option<&str>, by: Option<&str>) -> PyResult<Matrix> {
        Matrix::of(py, &self.engine, product, by)
    }

    /// Who holds what, and who may do what, for whoever has to say that it should stay so. A notebook shows it as a page. `only` are the
    /// users who are reviewed.
    ///
    /// >>> firm.review(only=["wren"])
    /// Review('Hartley Moss LLP', 1 user)
    #[pyo3(signature = (product = None, *, only = None))]
    fn review(
        &self,
        py: Python<'_>,
        product: Option<&str>,
        only: Option<Vec<String>>,
    ) -> PyResult<Review> {
        Review::of(py, &self.engine, product, only)
    }

    /// The firm as a firm file.
    fn to_yaml(&self, py: Python<'_>) -> String {
        py.detach(|| self.engine.to_yaml())
    }

    fn __repr__(&self) -> String {
        let users = self.engine.users().count();
        let name = self.engine.name();
        format!("Firm('{name}', {})", counted(users))
    }

    /// Whether both hold the same under the same rulebook.
    fn __eq__(&self, py: Python<'_>, other: &Self) -> bool {
        py.detach(|| self.engine == other.engine)
    }

    /// To compare two firms takes a look at everybody: they are no keys.
    #[classattr]
    fn __hash__() -> Option<Py<PyAny>> {
        None
    }
}

/// A number of users, for people to read.
pub(crate) fn counted(users: usize) -> String {
    let plural = if users == 1 { "" } else { "s" };
    format!("{users} user{plural}")
}

impl Firm {
    pub(crate) fn of_engine(engine: Arc<EngineFirm>) -> Self {
        Self {
            engine,
            kinds: OnceLock::new(),
        }
    }

    /// Loads while other threads go on.
    fn loaded(
        py: Python<'_>,
        rulebook: &Rulebook,
        on: Option<&Bound<'_, PyAny>>,
        load: impl FnOnce(FirmLoader<'_>) -> Result<EngineFirm, LoadError> + Send,
    ) -> PyResult<Self> {
        // A `date` writes itself as the engine reads a day.
        let day = on.map(|on| {
            on.str()?
                .to_str()?
                .parse()
                .map_err(|error: clio_rules::NotADay| PyValueError::new_err(error.to_string()))
        });
        let loader = FirmLoader::new(&rulebook.engine);
        let loader = match day.transpose()? {
            Some(day) => loader.on(day),
            None => loader,
        };
        let engine = py.detach(|| load(loader));
        let engine = engine.map_err(|error| errors::of_load(py, error))?;
        Ok(Self::of_engine(Arc::new(engine)))
    }

    /// The verdict about a request of the protocol that is a change or a bulk change.
    fn judged(&self, py: Python<'_>, request: &str) -> PyResult<Verdict> {
        change::judged(py, &self.engine, request)
    }
}
