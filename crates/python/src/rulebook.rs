//! Rulebooks.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clio_rules::Rulebook as EngineRulebook;
use pyo3::prelude::*;

use crate::{errors, json};

/// The rules of one or more products, loaded and tried over every path.
///
/// A rulebook that loads cannot fail: no script runs when a question is asked. It never changes, and can be used by many threads at once.
///
/// >>> from clio_rules import Rulebook
/// >>> Rulebook.builtin().products
/// ['grow', 'manage']
#[pyclass(frozen, module = "clio_rules")]
pub(crate) struct Rulebook {
    pub(crate) engine: EngineRulebook,
}

#[pymethods]
impl Rulebook {
    /// The rules that come with the package: Clio Manage and Clio Grow.
    ///
    /// >>> Rulebook.builtin()
    /// Rulebook(['grow', 'manage'])
    #[staticmethod]
    fn builtin(py: Python<'_>) -> PyResult<Self> {
        Self::loaded(py, EngineRulebook::builtin)
    }

    /// The rules of a folder: its `.yaml` files, and the `.rhai` scripts beside them.
    ///
    /// Everything that is wrong is said at once: the exception stands for the first mistake, and its `more` has the others, each
    /// with file, line and column.
    #[staticmethod]
    fn from_folder(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        Self::loaded(py, || EngineRulebook::from_folder(path))
    }

    /// Rules from texts by the names of their files.
    ///
    /// >>> Rulebook.from_texts({"rules/mine.yaml": "product: mine"})
    /// Traceback (most recent call last):
    /// ...
    /// clio_rules.errors.MissingKey: rules/mine.yaml:1:1: the key `title` is missing here
    #[staticmethod]
    fn from_texts(py: Python<'_>, texts: BTreeMap<String, String>) -> PyResult<Self> {
        Self::loaded(py, || {
            let texts = texts.iter().map(|(name, text)| (&**name, &**text));
            EngineRulebook::from_texts(texts)
        })
    }

    /// Ids of the products, sorted.
    #[getter]
    fn products(&self) -> Vec<&str> {
        self.engine.products().collect()
    }

    /// What looked suspicious when the rules were loaded: each with `code`, `message`, `help` and `place`.
    ///
    /// >>> Rulebook.builtin().warnings
    /// []
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let warnings: Vec<_> = self.engine.warnings().iter().collect();
        json::value_from(py, &warnings)
    }

    /// Everything that the rules declare, product by product: roles, settings, actions with their facts, changes, effects.
    ///
    /// >>> grow = Rulebook.builtin().catalogue()[0]
    /// >>> grow["id"], len(grow["actions"])
    /// ('grow', 15)
    fn catalogue<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let products = self.engine.products();
        let entries: Vec<_> = products
            .filter_map(|product| self.engine.catalogue(product))
            .collect();
        json::value_from(py, &entries)
    }

    fn __repr__(&self) -> String {
        let products: Vec<String> = self.engine.products().map(|id| format!("'{id}'")).collect();
        format!("Rulebook([{}])", products.join(", "))
    }
}

impl Rulebook {
    /// Loads while other threads go on.
    fn loaded(
        py: Python<'_>,
        load: impl FnOnce() -> Result<EngineRulebook, clio_rules::LoadError> + Send,
    ) -> PyResult<Self> {
        let loaded = py.detach(load);
        let engine = loaded.map_err(|error| errors::of_load(py, error))?;
        Ok(Self { engine })
    }
}
