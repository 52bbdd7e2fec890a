//! The engines, one a file.

mod bits;
mod by_match;
pub(crate) mod casbin;
mod cedar;
mod clio;
mod rego;

use crate::engine::Build;
use crate::queries::Questions;

/// All of them, in the order of the report. The first is what the others are compared with.
pub(crate) const ALL: [Build<Questions>; 9] = [
    clio::handles,
    clio::names,
    rego::machine,
    cedar::sliced,
    cedar::whole,
    casbin::sliced,
    casbin::whole,
    bits::bits,
    by_match::by_match,
];
