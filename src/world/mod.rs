//! The world: what the rules mean about people, coded once for every question that asks about more than one thing.
//!
//! Some notions carry all of it:
//!
//! - **What has to be true of every firm** ([`invariants`]): each seat holds exactly one level, some roles have exactly one holder.
//!   From it follow which user and target there can be ([`invariants::Invariants::can_be`]: the only test of it), what an input has to
//!   be ([`invariants::Invariants::settled`]), the roles of any number of people ([`settled`]), the choices that cannot be made input by
//!   input ([`choices`]), and the firms of as few people as can be that have somebody in them ([`completion`]).
//! - **What is known** ([`input`]): the values that inputs may have. Two rulebooks side by side have numbers of their own; the
//!   invariants take either's.
//! - **Who is alike** ([`kinds`]): users in kinds by any key. Whoever stands for a kind is looked at once.
//! - **Every change** ([`bound_change`]): each change with each choice of its arguments, what it sets, what can follow. What a
//!   change sets stands in [`change::writes`](crate::change::writes), where changes of firms are made by it as well.
//! - **What comes of a change** ([`outcome`]) among people of whom things are asked one by one: the steps of
//!   [`change::judge`](crate::change::judge), which makes changes in packed firms.
//! - **Exact conditions** ([`cover`]): a function over finite inputs as the fewest conditions that say where it holds.
//! - **Names** ([`question`]): those of a question are looked up in one place.
//!
//! A new invariant belongs into [`invariants`], [`settled`], [`choices`] and [`completion`], and below the world into what checks
//! it in a firm: `firm/assemble.rs` and `change/holders.rs`.

pub(crate) mod bound_change;
pub(crate) mod choices;
pub(crate) mod completion;
pub(crate) mod cover;
pub(crate) mod input;
pub(crate) mod invariants;
pub(crate) mod kinds;
pub(crate) mod outcome;
pub(crate) mod question;
pub(crate) mod settled;
