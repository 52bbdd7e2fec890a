//! Who may do what on things: in one state of a firm, or in one of two states and not in the other. Differences of firms,
//! simulations and reviews all compare here.

mod access_change;
mod access_path;
mod access_rows;
mod alike_things;
mod dormant_entries;
mod firm_sides;
mod listed_people;
mod of_firm;
mod people_sides;
mod row_words;
mod thing_access;
mod thing_comparison;
mod unneeded;
mod user_set;

pub use access_path::{AccessPath, ListStanding};
pub(in crate::analyse) use access_rows::difference;
pub(in crate::analyse) use dormant_entries::DormantEntry;
pub(in crate::analyse) use of_firm::{KindOfThings, of_firm};
pub use thing_access::{AccessOnThings, ActionOnThing, ThingAccess, UserActions};
pub(in crate::analyse) use unneeded::UnneededEntry;
