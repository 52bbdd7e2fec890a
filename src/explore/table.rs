//! Decision tables: every answer of a decision tree, laid out by the bits of the inputs it asks.

use hashbrown::HashMap;
use std::hash::Hash;

use super::gather::GatherFinder;
use super::index::{CellIndex, IndexPart};
use super::layout::{InputSlot, QuestionBits, Word};
use super::tree::Tree;
use crate::link::product::{DecisionInput, UserPart};
use crate::value::Value;

/// An input of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputAxis {
    pub(crate) input: DecisionInput,
    pub(crate) slot: InputSlot,
    /// How many values it has.
    width: usize,
}

/// A decision: its tree, and the table of its answers where that is small enough.
#[derive(Debug, Clone)]
pub(crate) struct Decider<T> {
    tree: Tree<DecisionInput, T>,
    axes: Vec<InputAxis>,
    table: Option<CellTable<T>>,
    /// The slots of the inputs, if there is no table and the tree is walked.
    slots: HashMap<DecisionInput, InputSlot>,
}

/// Every answer, by the number of its cell.
#[derive(Debug, Clone)]
struct CellTable<T> {
    index: CellIndex,
    outcomes: Vec<TableOutcome<T>>,
    /// Numbers of outcomes; [`NOWHERE`] where no values lead.
    cells: Vec<u16>,
    /// Cells to which values lead.
    reached: usize,
}

/// What stands in a cell to which no values lead.
const NOWHERE: u16 = u16::MAX;

/// An outcome that is a yes or a no.
pub(crate) trait YesOrNo {
    /// Whether it is a yes.
    fn is_yes(&self) -> bool;
}

impl YesOrNo for bool {
    fn is_yes(&self) -> bool {
        *self
    }
}

/// Which ruling decides about an action, counted from the action's first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ActionRuling {
    pub(crate) ruling: u16,
    pub(crate) allows: bool,
}

impl YesOrNo for ActionRuling {
    fn is_yes(&self) -> bool {
        self.allows
    }
}

/// The rulings that refuse a change, counted from the change's first; none accepts it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ChangeRefusals(pub(crate) Box<[u16]>);

impl YesOrNo for ChangeRefusals {
    fn is_yes(&self) -> bool {
        self.0.is_empty()
    }
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TableOutcome<T> {
    pub(crate) answer: T,
    /// Whether changing any one reading alone would reverse it.
    pub(crate) turned: bool,
}

impl<T: YesOrNo + Clone> Decider<T> {
    /// Lays out a tree. `width` and `slot` tell how many values an input has and where it is.
    pub(crate) fn new(
        tree: Tree<DecisionInput, T>,
        cells: usize,
        gathers: &mut GatherFinder,
        width: impl Fn(DecisionInput) -> usize,
        slot: impl Fn(DecisionInput) -> InputSlot,
    ) -> Self {
        let inputs = tree.questions().into_iter();
        let axes: Vec<InputAxis> = inputs
            .map(|input| InputAxis {
                input,
                slot: slot(input),
                width: width(input).max(1),
            })
            .collect();
        let table = CellIndex::over(axes.iter().map(|axis| axis.slot), gathers)
            .filter(|index| index.len() <= cells)
            .and_then(|index| CellTable::fill(index, &tree, &axes));
        let slots = match table {
            Some(_) => HashMap::new(),
            None => axes.iter().map(|axis| (axis.input, axis.slot)).collect(),
        };
        Self {
            tree,
            axes,
            table,
            slots,
        }
    }

    /// The answer for the bits of one question.
    pub(crate) fn decide(&self, bits: &QuestionBits<'_>) -> Option<TableOutcome<&T>> {
        let Some(table) = &self.table else {
            return self.outcome(|input| self.value(input, bits));
        };
        let number = *table.cells.get(table.index.cell(bits))?;
        let outcome = table.outcomes.get(usize::from(number))?;
        Some(TableOutcome {
            answer: &outcome.answer,
            turned: outcome.turned,
        })
    }

    /// The answer of the tree, and whether changing one reading alone would reverse it.
    pub(crate) fn outcome(
        &self,
        value: impl Fn(DecisionInput) -> Value,
    ) -> Option<TableOutcome<&T>> {
        let answer = self.follow(&value)?;
        let accepted = answer.is_yes();
        let mut turned = false;
        for axis in self.axes.iter().filter(|axis| axis.is_reading()) {
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
        Some(TableOutcome { answer, turned })
    }

    /// Whether any answer is a yes.
    pub(crate) fn can_be_yes(&self) -> bool {
        self.tree.leaves().any(YesOrNo::is_yes)
    }

    fn follow(&self, value: impl Fn(DecisionInput) -> Value) -> Option<&T> {
        let found: Result<_, std::convert::Infallible> = self.tree.walk(|input| Ok(value(input)));
        found.unwrap_or_else(|never| match never {})
    }
}

impl InputAxis {
    fn is_reading(&self) -> bool {
        matches!(self.input, DecisionInput::Reading(_))
    }
}

impl<T: YesOrNo + Clone> CellTable<T> {
    /// Walks the tree for every combination of values. Returns `None` if there are too many outcomes to number.
    fn fill(index: CellIndex, tree: &Tree<DecisionInput, T>, axes: &[InputAxis]) -> Option<Self> {
        let leaves = every_leaf(tree, axes)?;
        let mut table = Self {
            cells: vec![NOWHERE; index.len()],
            index,
            outcomes: Vec::new(),
            reached: leaves.len(),
        };
        let mut numbers: HashMap<(u32, bool), u16> = HashMap::new();
        let mut values = vec![0_u16; axes.len()];
        for (combination, leaf) in leaves.iter().enumerate() {
            let answer = tree.leaf(*leaf)?;
            let turned = is_turned(tree, axes, &leaves, combination, &values);
            let number = match numbers.get(&(*leaf, turned)) {
                Some(number) => *number,
                None => {
                    let number = table.outcomes.len() as u16;
                    if number == NOWHERE {
                        return None;
                    }
                    table.outcomes.push(TableOutcome {
                        answer: answer.clone(),
                        turned,
                    });
                    numbers.insert((*leaf, turned), number);
                    number
                }
            };
            let cell = table.index.cell_of(|part| word_of(part, axes, &values));
            *table.cells.get_mut(cell)? = number;
            count_up(axes, &mut values);
        }
        Some(table)
    }
}

/// The leaf for every combination of values; the first axis counts fastest.
fn every_leaf<T>(tree: &Tree<DecisionInput, T>, axes: &[InputAxis]) -> Option<Vec<u32>> {
    let combinations: usize = axes.iter().map(|axis| axis.width).product();
    let mut values = vec![0_u16; axes.len()];
    let mut leaves = Vec::with_capacity(combinations);
    for _ in 0..combinations {
        let value_of = |input| {
            let axis = axes.iter().position(|axis| axis.input == input);
            Value(
                axis.and_then(|axis| values.get(axis))
                    .copied()
                    .unwrap_or_default(),
            )
        };
        let leaf: Result<_, std::convert::Infallible> = tree.walk_to(|input| Ok(value_of(input)));
        leaves.push(leaf.unwrap_or_else(|never| match never {})?);
        count_up(axes, &mut values);
    }
    Some(leaves)
}

/// The next combination of values.
fn count_up(axes: &[InputAxis], values: &mut [u16]) {
    for (axis, value) in axes.iter().zip(values) {
        *value += 1;
        if usize::from(*value) < axis.width {
            return;
        }
        *value = 0;
    }
}

/// Whether the combination that differs in one reading alone has the opposite answer.
fn is_turned<T: YesOrNo>(
    tree: &Tree<DecisionInput, T>,
    axes: &[InputAxis],
    leaves: &[u32],
    combination: usize,
    values: &[u16],
) -> bool {
    let is_yes = |combination: usize| {
        let leaf = leaves.get(combination).and_then(|leaf| tree.leaf(*leaf));
        leaf.is_some_and(YesOrNo::is_yes)
    };
    let mut stride = 1;
    let mut turned = false;
    for (axis, value) in axes.iter().zip(values) {
        if axis.is_reading() {
            let other = if *value == 0 {
                combination + stride
            } else {
                combination - stride
            };
            turned |= is_yes(other) != is_yes(combination);
        }
        stride *= axis.width;
    }
    turned
}

/// A word in which the axes have these values.
fn word_of(part: &IndexPart, axes: &[InputAxis], values: &[u16]) -> Word {
    let bits = axes.iter().zip(values).map(|(axis, value)| {
        let is_here = axis.slot.origin == part.origin && axis.slot.field.place().0 == part.word;
        if is_here {
            axis.slot.field.bits(Value(*value))
        } else {
            0
        }
    });
    bits.fold(0, |word, bits| word | bits)
}

impl<T> Decider<T> {
    /// What an input is in the bits of one question.
    pub(crate) fn value(&self, input: DecisionInput, bits: &QuestionBits<'_>) -> Value {
        let of_axis = || {
            let axis = self.axes.iter().find(|axis| axis.input == input);
            axis.map(|axis| &axis.slot)
        };
        let slot = self.slots.get(&input).or_else(of_axis);
        slot.map_or(Value::NO, |slot| bits.read(*slot))
    }

    /// The inputs that can matter, in the order in which they are asked.
    pub(crate) fn axes(&self) -> &[InputAxis] {
        &self.axes
    }

    /// The parts of people that can matter.
    pub(crate) fn parts(&self) -> impl Iterator<Item = UserPart> {
        self.axes.iter().filter_map(|axis| axis.input.part())
    }

    /// The tree behind the table.
    pub(crate) fn tree(&self) -> &Tree<DecisionInput, T> {
        &self.tree
    }

    /// How many cells of the table can be reached. `None` if the tree is walked.
    pub(crate) fn cells(&self) -> Option<usize> {
        self.table.as_ref().map(|table| table.reached)
    }

    /// The index of the table. `None` if the tree is walked.
    pub(crate) fn index(&self) -> Option<&CellIndex> {
        self.table.as_ref().map(|table| &table.index)
    }

    /// What stands in every cell of the table; nothing in those to which no values lead.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = Option<&TableOutcome<T>>> {
        let table = self.table.iter();
        table.flat_map(|table| {
            let outcome = |number: &u16| table.outcomes.get(usize::from(*number));
            table.cells.iter().map(outcome)
        })
    }
}

#[cfg(test)]
mod tests;
