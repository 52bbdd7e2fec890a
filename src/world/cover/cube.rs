//! Cubes: for each input, the values it may have.

use smallvec::SmallVec;

/// A set of values of one input.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ValueSet(SmallVec<[u64; 1]>);

impl ValueSet {
    /// All values of an input that has this many.
    pub(crate) fn all(width: usize) -> Self {
        Self::of(width, 0..width as u16)
    }

    /// The given values of an input that has this many.
    pub(crate) fn of(width: usize, values: impl IntoIterator<Item = u16>) -> Self {
        let words = width.div_ceil(64).max(1);
        let mut set = Self(SmallVec::from_elem(0, words));
        for value in values {
            if let Some(word) = set.0.get_mut(usize::from(value) / 64) {
                *word |= 1 << (value % 64);
            }
        }
        set
    }

    pub(crate) fn contains(&self, value: u16) -> bool {
        let word = self.0.get(usize::from(value) / 64);
        word.is_some_and(|word| word >> (value % 64) & 1 == 1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.0.len() as u16 * 64).filter(|value| self.contains(*value))
    }

    /// The values in both sets.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let words = self.0.iter().zip(&other.0);
        Self(words.map(|(one, other)| one & other).collect())
    }

    /// The values in either set.
    pub(crate) fn or(&self, other: &Self) -> Self {
        let words = self.0.iter().zip(&other.0);
        Self(words.map(|(one, other)| one | other).collect())
    }

    /// The values that are not in the set.
    pub(crate) fn without(&self, other: &Self) -> Self {
        let words = self.0.iter().zip(&other.0);
        Self(words.map(|(one, other)| one & !other).collect())
    }

    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.without(other).is_empty()
    }
}

/// A part of a space that is a product of sets: a set of values for each input, by the number of the input.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Cube(Vec<ValueSet>);

impl Cube {
    pub(crate) fn new(inputs: Vec<ValueSet>) -> Self {
        Self(inputs)
    }

    /// The values of each input.
    pub(crate) fn inputs(&self) -> &[ValueSet] {
        &self.0
    }

    /// The same cube with other values of one input.
    pub(crate) fn with(&self, input: usize, values: ValueSet) -> Self {
        let mut cube = self.clone();
        if let Some(known) = cube.0.get_mut(input) {
            *known = values;
        }
        cube
    }

    /// The intersection of both. `None` when it is empty.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        let mut shared = Vec::with_capacity(self.0.len());
        for (one, other) in self.0.iter().zip(&other.0) {
            let values = one.and(other);
            if values.is_empty() {
                return None;
            }
            shared.push(values);
        }
        Some(Self(shared))
    }

    pub(super) fn is_within(&self, other: &Self) -> bool {
        let mut inputs = self.0.iter().zip(&other.0);
        inputs.all(|(one, other)| one.is_within(other))
    }

    /// Disjoint cubes for the points that are in this cube and not in the other.
    pub(crate) fn without(&self, other: &Self) -> Vec<Self> {
        if self.and(other).is_none() {
            return vec![self.clone()];
        }
        let mut rest = self.clone();
        let mut pieces = Vec::new();
        for (input, values) in other.0.iter().enumerate() {
            let Some(known) = rest.0.get(input).cloned() else {
                continue;
            };
            let outside = known.without(values);
            if !outside.is_empty() {
                pieces.push(rest.with(input, outside));
                rest = rest.with(input, known.and(values));
            }
        }
        pieces
    }

    /// Whether the cube contains a point, which is a value for each input.
    #[cfg(test)]
    pub(crate) fn holds(&self, point: &[u16]) -> bool {
        let mut inputs = self.0.iter().zip(point);
        inputs.all(|(values, value)| values.contains(*value))
    }
}
