//! The engine as a module of Python: `clio_rules._engine`, which the package `clio_rules` hands on.
//!
//! It adds types of Python and no rule: every answer comes from the crate `clio-rules`.

mod arrow;
mod change;
mod decision;
mod errors;
mod firm;
mod json;
mod report;
mod rulebook;
mod session;
mod verdict;

use pyo3::prelude::*;

/// Who may do what, from rules that are data. The classes are those of `clio_rules`.
#[pymodule(gil_used = false)]
mod _engine {
    #[pymodule_export]
    use super::arrow::Decisions;
    #[pymodule_export]
    use super::decision::Decision;
    #[pymodule_export]
    use super::errors::codes;
    #[pymodule_export]
    use super::firm::Firm;
    #[pymodule_export]
    use super::report::{Matrix, Review};
    #[pymodule_export]
    use super::rulebook::Rulebook;
    #[pymodule_export]
    use super::session::Session;
    #[pymodule_export]
    use super::verdict::Verdict;

    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
