//! Chance that repeats itself.

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }

    pub(crate) fn some<T: Copy>(&mut self, of: &[T], rarely: usize) -> Vec<T> {
        of.iter()
            .copied()
            .filter(|_| self.roll(rarely) == 0)
            .collect()
    }
}
