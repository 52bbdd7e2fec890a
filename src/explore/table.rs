//! Decision tables: every answer of a decision tree, laid out by the bits of the inputs it asks.

use std::collections::HashMap;
use std::hash::Hash;

use super::layout::{Bits, Slot};
use super::tree::Tree;
use crate::link::product::Input;
use crate::value::Value;

/// An input of a table, and how far apart its values are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Axis {
    pub(crate) input: Input,
    pub(crate) slot: Slot,
    width: usize,
    stride: u32,
}

/// A decision: its tree, and the table of its answers where that is small enough.
#[derive(Debug, Clone)]
pub(crate) struct Decider<T> {
    tree: Tree<Input, T>,
    axes: Vec<Axis>,
    /// Where the tree is walked instead: the slots of its inputs.
    slots: HashMap<Input, Slot>,
    outcomes: Vec<Outcome<T>>,
    cells: Vec<u16>,
}

/// What can be a yes or a no.
pub(crate) trait Answer {
    /// Whether it is a yes.
    fn is_yes(&self) -> bool;
}

impl Answer for bool {
    fn is_yes(&self) -> bool {
        *self
    }
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Outcome<T> {
    pub(crate) answer: T,
    /// Whether the other option of any one reading would turn it.
    pub(crate) turned: bool,
}

impl<T: Answer + Clone + Eq + Hash> Decider<T> {
    /// Lays out a tree. `width` and `slot` tell how many values an input has and where it is.
    pub(crate) fn new(
        tree: Tree<Input, T>,
        cells: usize,
        width: impl Fn(Input) -> usize,
        slot: impl Fn(Input) -> Slot,
    ) -> Self {
        let mut stride = 1_usize;
        let mut axes = Vec::new();
        for input in tree.questions() {
            let width = width(input).max(1);
            axes.push(Axis {
                input,
                slot: slot(input),
                width,
                stride: stride as u32,
            });
            stride = stride.saturating_mul(width);
        }
        let slots = axes.iter().map(|axis| (axis.input, axis.slot)).collect();
        let mut decider = Self {
            tree,
            axes,
            slots,
            outcomes: Vec::new(),
            cells: Vec::new(),
        };
        if stride <= cells && stride <= u32::MAX as usize {
            decider.fill(stride);
        }
        decider
    }

    fn fill(&mut self, size: usize) {
        let mut numbers: HashMap<Outcome<T>, u16> = HashMap::new();
        let mut cells = Vec::with_capacity(size);
        for cell in 0..size {
            let Some(outcome) = self.outcome(|input| self.value_in(cell, input)) else {
                return;
            };
            let next = numbers.len();
            if next > usize::from(u16::MAX) {
                return;
            }
            cells.push(*numbers.entry(outcome).or_insert(next as u16));
        }
        let mut outcomes: Vec<_> = numbers.into_iter().collect();
        outcomes.sort_by_key(|(_, number)| *number);
        self.outcomes = outcomes.into_iter().map(|(outcome, _)| outcome).collect();
        self.cells = cells;
    }

    /// The answer for the bits of one question.
    pub(crate) fn decide(&self, bits: &Bits<'_>) -> Option<Outcome<T>> {
        if self.cells.is_empty() {
            return self.outcome(|input| self.value(input, bits));
        }
        let at = |axis: &Axis| u32::from(bits.read(axis.slot).0) * axis.stride;
        let cell: u32 = self.axes.iter().map(at).sum();
        let outcome = *self.cells.get(cell as usize)?;
        self.outcomes.get(usize::from(outcome)).cloned()
    }

    /// The answer of the tree, and whether one reading alone would turn it.
    pub(crate) fn outcome(&self, value: impl Fn(Input) -> Value) -> Option<Outcome<T>> {
        let answer = self.follow(&value)?.clone();
        let accepted = answer.is_yes();
        let mut turned = false;
        for axis in self
            .axes
            .iter()
            .filter(|axis| matches!(axis.input, Input::Reading(_)))
        {
            let other = Value::from(!value(axis.input).is_yes());
            let flipped = |input| {
                if input == axis.input {
                    other
                } else {
                    value(input)
                }
            };
            turned |= self.follow(flipped)?.is_yes() != accepted;
        }
        Some(Outcome { answer, turned })
    }

    /// Whether any answer is a yes.
    pub(crate) fn can_be_yes(&self) -> bool {
        self.tree.leaves().any(Answer::is_yes)
    }

    fn follow(&self, value: impl Fn(Input) -> Value) -> Option<&T> {
        let found: Result<_, std::convert::Infallible> = self.tree.walk(|input| Ok(value(input)));
        found.unwrap_or_else(|never| match never {})
    }

    fn value_in(&self, cell: usize, input: Input) -> Value {
        let axis = self.axes.iter().find(|axis| axis.input == input);
        axis.map_or(Value::NO, |axis| {
            Value((cell / axis.stride as usize % axis.width) as u16)
        })
    }
}

impl<T> Decider<T> {
    /// What an input is in the bits of one question.
    pub(crate) fn value(&self, input: Input, bits: &Bits<'_>) -> Value {
        self.slots
            .get(&input)
            .map_or(Value::NO, |slot| bits.read(*slot))
    }

    /// The inputs that can matter, in the order in which they are asked.
    pub(crate) fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The tree behind the table.
    pub(crate) fn tree(&self) -> &Tree<Input, T> {
        &self.tree
    }

    /// Cells of the table; none where the tree is walked.
    pub(crate) fn cells(&self) -> Option<usize> {
        (!self.cells.is_empty()).then_some(self.cells.len())
    }
}

#[cfg(test)]
mod tests;
