//! The world: what the rules mean for people. Every question about more than one answer uses this code.
//!
//! The main parts are:
//!
//! - **Invariants of every firm** ([`invariants`]): each seat holds exactly one level, some roles have exactly one
//!   holder. They decide which user and target can exist ([`invariants::Invariants::can_be`] is the only test of it),
//!   the only possible value of an input ([`invariants::Invariants::settled`]), the roles of any number of people
//!   ([`settled`]), the choices that cannot be made input by input ([`choices`]), and the smallest firms that contain
//!   given people ([`completion`]).
//! - **Knowledge** ([`input`]): the values that inputs may have. Two rulebooks side by side have their own numbers;
//!   the invariants accept either kind.
//! - **Kinds of users** ([`kinds`]): users grouped by any key. One representative of each kind is evaluated.
//! - **Every change** ([`bound_change`]): each change with each choice of its arguments, what it sets, and which
//!   effects can follow. [`change_scope`] adds the things, groups and people that changes are about. [`change::writes`](crate::change::writes) defines what a change sets; changes of firms use it
//!   as well.
//! - **The outcome of a change** ([`outcome`]) for people whose properties are asked one by one. It takes the same
//!   steps as [`change::judge`](crate::change::judge), which changes packed firms.
//! - **Exact conditions** ([`cover`]): a function over finite inputs as the fewest conditions that describe where it
//!   holds.
//! - **Names** ([`question`]): the names of a question are looked up in one place.
//!
//! A new invariant belongs in [`invariants`], [`settled`], [`choices`] and [`completion`], and below the world in the
//! code that checks a firm: `firm/assemble/` and `change/holders.rs`.

pub(crate) mod bound_change;
pub(crate) mod change_scope;
pub(crate) mod choices;
pub(crate) mod completion;
pub(crate) mod cover;
pub(crate) mod input;
pub(crate) mod invariants;
pub(crate) mod kinds;
pub(crate) mod outcome;
pub(crate) mod question;
pub(crate) mod settled;
