//! The people a cell can be about: one user of its column and anybody else, as firms can have them.
//!
//! Inputs that follow from the invariants are never asked, so no cell depends on impossible people.

use std::collections::BTreeSet;

use super::columns::MatrixColumn;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::explore::{Halt, Path};
use crate::link::product::{DecisionInput, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::cover::ValueSet;
use crate::world::input::WorldInput;
use crate::world::invariants::Invariants;

/// A user of a column (or any user) and a target, on one path of an action's tree.
pub(super) struct MatrixPeople<'p> {
    pub(super) compiled: &'p CompiledProduct,
    pub(super) firms: &'p Invariants,
    /// `None` when the user may be anybody.
    pub(super) column: Option<&'p MatrixColumn>,
    pub(super) readings: &'p [Word],
    pub(super) path: &'p Path<DecisionInput>,
}

impl MatrixPeople<'_> {
    /// The value of an input, or the halt that asks for it.
    pub(super) fn read<E>(&self, input: DecisionInput) -> Result<Value, Halt<DecisionInput, E>> {
        if let DecisionInput::Reading(reading) = input {
            return Ok(Layout::reading(reading).read(self.readings));
        }
        // For a target who is the user, the user's input is read.
        let input = match input.person() {
            Some(Person::Target) if self.settled(DecisionInput::SameUser) == Some(Value::YES) => {
                input.of(Person::User)
            }
            _ => input,
        };
        match self.settled(input) {
            Some(value) => Ok(value),
            None => self.path.read(input),
        }
    }

    /// The roles that the user is known to hold.
    pub(super) fn held(&self) -> BTreeSet<RoleId> {
        let is_same = self.settled(DecisionInput::SameUser) == Some(Value::YES);
        let held = self
            .path
            .asked()
            .iter()
            .filter(|(_, value)| value.is_yes())
            .filter_map(|(input, _)| match input {
                DecisionInput::Holds(Person::User, role) => Some(*role),
                DecisionInput::Holds(Person::Target, role) if is_same => Some(*role),
                _ => None,
            });
        held.collect()
    }

    /// The value of an input by the path, or by what follows from the path, the column and the invariants.
    fn settled(&self, input: DecisionInput) -> Option<Value> {
        match input {
            DecisionInput::Enabled(Person::User) => Some(Value::YES),
            DecisionInput::Fact(_) => self.column?.value(input),
            DecisionInput::Argument(_) => None,
            input => {
                let mut known = self.known();
                let width = self.compiled.product.width(input);
                let known_value = known
                    .iter()
                    .find(|(known, _)| *known == input.into())
                    .and_then(|(_, values)| values.iter().next());
                let settled = || self.firms.settled(&mut known, input.into(), width);
                known_value.or_else(settled).map(Value)
            }
        }
    }

    /// The knowledge of the path and the column.
    fn known(&self) -> Vec<(WorldInput, ValueSet)> {
        let product = &self.compiled.product;
        let asked = self.path.asked().iter().copied();
        let of_column = self.column.into_iter().flat_map(MatrixColumn::of_people);
        let all = asked.chain(of_column);
        let values = |input, value: Value| ValueSet::of(product.width(input), [value.0]);
        all.map(|(input, value)| (input.into(), values(input, value)))
            .collect()
    }
}
