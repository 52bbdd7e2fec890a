//! Findings about this kind of input.

use super::code::codes;

codes! {}
