//! Chance that repeats itself, and how much of it a test tries.

/// How many cases a long test over generated cases tries: `few`, so that `cargo test` is quick without optimisation, or `all` of
/// them where `CLIO_RULES_TEST_CASES` is `all`, as in `.ci/run cases`.
pub(crate) fn cases<T>(few: T, all: T) -> T {
    let is_whole = std::env::var_os("CLIO_RULES_TEST_CASES").is_some_and(|value| value == "all");
    if is_whole { all } else { few }
}

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
