//! Bytes as a row of choices, for properties about things that are made and not read.

/// Bytes that are not used yet. When there are none left, every further choice is the first one.
#[derive(Debug, Clone)]
pub struct Choices<'b> {
    bytes: &'b [u8],
}

impl<'b> Choices<'b> {
    /// Choices from these bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// Whether there are none left.
    pub fn is_over(&self) -> bool {
        self.bytes.is_empty()
    }

    fn byte(&mut self) -> usize {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                usize::from(*first)
            }
            None => 0,
        }
    }

    /// A number below `end`, which is at least 1; two bytes are used where one does not reach.
    pub fn below(&mut self, end: usize) -> usize {
        let number = match end {
            0..=256 => self.byte(),
            _ => self.byte() << 8 | self.byte(),
        };
        number % end.max(1)
    }

    /// One of two.
    pub fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    /// One of some things, of which there is at least one.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}
