//! Covers: a function over finite inputs as a short list of conditions that together describe exactly where it holds.
//!
//! The function is given as cubes in which it holds and cubes in which it does not. The rest of the space is
//! impossible, and conditions may include it where that makes them shorter. Each cube in which the function holds is
//! widened, input by input, until any further step would include a possible point where it does not hold (a prime
//! implicant). A greedy search chooses few of these, and drops those that the others cover together. The result is
//! exact, no condition in it can be left out, and none can be made wider.

mod cube;

pub(crate) use cube::{Cube, ValueSet};

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::budget::{Budget, CutOff};

/// A function over a space of inputs. Each input has a number of values.
pub(crate) struct CoverFunction<'f> {
    pub(crate) widths: &'f [usize],
    /// Where it holds.
    pub(crate) on: Vec<Cube>,
    /// Where it does not.
    pub(crate) off: Vec<Cube>,
    /// Whether any point of a cube is possible.
    pub(crate) exists: &'f dyn Fn(&Cube) -> bool,
    pub(crate) budget: &'f Budget,
}

impl CoverFunction<'_> {
    /// The conditions under which it holds. They are exact for every possible point, and none is superfluous.
    ///
    /// # Errors
    /// [`CutOff`] when the budget is used up first.
    pub(crate) fn cover(mut self) -> Result<Vec<Cube>, CutOff> {
        let exists = self.exists;
        self.on.retain(exists);
        self.off.retain(exists);
        let chosen = self.fewest(self.primes()?)?;
        let tidied = chosen.iter().map(|cube| self.tidied(cube));
        self.irredundant(tidied.collect::<Result<_, _>>()?)
    }

    /// A widest cube around each cube. The inputs are tried from both ends, and the better result is kept.
    fn primes(&self) -> Result<BTreeSet<Cube>, CutOff> {
        let forward: Vec<usize> = (0..self.widths.len()).collect();
        let backward: Vec<usize> = forward.iter().rev().copied().collect();
        let mut primes = BTreeSet::new();
        for cube in &self.on {
            for order in [&forward, &backward] {
                primes.insert(self.widened(cube, order)?);
            }
        }
        Ok(primes)
    }

    fn widened(&self, cube: &Cube, order: &[usize]) -> Result<Cube, CutOff> {
        let mut cube = cube.clone();
        // Leaving out an input makes the condition shorter. One more value only makes it wider.
        for input in order {
            let width = self.widths.get(*input).copied().unwrap_or(1);
            let wider = cube.with(*input, ValueSet::all(width));
            if self.is_free(&wider)? {
                cube = wider;
            }
        }
        for input in order {
            let width = self.widths.get(*input).copied().unwrap_or(1);
            for value in 0..width as u16 {
                let Some(values) = cube.inputs().get(*input) else {
                    continue;
                };
                if values.contains(value) {
                    continue;
                }
                let wider = cube.with(*input, values.or(&ValueSet::of(width, [value])));
                if self.is_free(&wider)? {
                    cube = wider;
                }
            }
        }
        Ok(cube)
    }

    /// Whether no possible point of a cube is one where the function does not hold.
    fn is_free(&self, cube: &Cube) -> Result<bool, CutOff> {
        self.budget.work()?;
        let mut shared = self.off.iter().filter_map(|off| cube.and(off));
        Ok(!shared.any(|shared| (self.exists)(&shared)))
    }

    /// Primes that cover all cubes together. The next one is always the one that covers most of the rest.
    fn fewest(&self, primes: BTreeSet<Cube>) -> Result<Vec<Cube>, CutOff> {
        let mut left: Vec<&Cube> = self.on.iter().collect();
        let mut chosen = Vec::new();
        while !left.is_empty() {
            self.budget.work()?;
            let worth = |prime: &Cube| left.iter().filter(|cube| cube.is_within(prime)).count();
            let best = primes
                .iter()
                .max_by_key(|prime| (worth(prime), Reverse(self.length(prime))));
            // Each cube has a prime around it, so one prime always covers something.
            let Some(best) = best.filter(|best| worth(best) > 0) else {
                break;
            };
            left.retain(|cube| !cube.is_within(best));
            chosen.push(best.clone());
        }
        Ok(chosen)
    }

    /// The length of a condition in words. A negation takes one word more.
    fn length(&self, cube: &Cube) -> usize {
        let inputs = cube.inputs().iter().zip(self.widths);
        let length = inputs.map(|(values, width)| match values.len() {
            all if all == *width => 0,
            1 if *width == 2 && values.contains(0) => 3,
            _ => 2,
        });
        length.sum()
    }

    /// Drops conditions that the others cover together. The longest are tried first.
    fn irredundant(&self, mut cubes: Vec<Cube>) -> Result<Vec<Cube>, CutOff> {
        let mut order: Vec<usize> = (0..cubes.len()).collect();
        order.sort_by_key(|at| Reverse(cubes.get(*at).map_or(0, |cube| self.length(cube))));
        let mut dropped = BTreeSet::new();
        for at in order {
            let others = |other: &usize| *other != at && !dropped.contains(other);
            let others: Vec<&Cube> = (0..cubes.len())
                .filter(others)
                .filter_map(|other| cubes.get(other))
                .collect();
            let Some(cube) = cubes.get(at) else { continue };
            let mut is_covered = true;
            for part in self.on.iter().filter_map(|on| on.and(cube)) {
                is_covered = is_covered && self.is_covered(&part, &others)?;
            }
            if is_covered {
                dropped.insert(at);
            }
        }
        let mut at = 0;
        cubes.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
        Ok(cubes)
    }

    /// Whether every possible point of a cube is in one of the others.
    fn is_covered(&self, cube: &Cube, others: &[&Cube]) -> Result<bool, CutOff> {
        let mut pieces = vec![cube.clone()];
        for other in others {
            self.budget.work()?;
            let rest = pieces.iter().flat_map(|piece| piece.without(other));
            pieces = rest.filter(|piece| (self.exists)(piece)).collect();
        }
        Ok(!pieces.iter().any(|piece| (self.exists)(piece)))
    }

    /// Drops impossible values from the inputs that are named, and widens the cube again if that allows it.
    fn tidied(&self, cube: &Cube) -> Result<Cube, CutOff> {
        let mut tidy = cube.clone();
        for (input, width) in self.widths.iter().enumerate() {
            let values = tidy.inputs().get(input).cloned();
            let Some(values) = values.filter(|values| values.len() < *width) else {
                continue;
            };
            let can_be = values.iter().filter(|value| {
                let one = tidy.with(input, ValueSet::of(*width, [*value]));
                (self.exists)(&one)
            });
            let can_be = ValueSet::of(*width, can_be);
            tidy = tidy.with(input, can_be);
        }
        loop {
            let wider = self.filled(&tidy)?;
            if wider == tidy {
                return Ok(tidy);
            }
            tidy = wider;
        }
    }

    /// Leaves out every input that can be left out, and adds every possible value.
    fn filled(&self, cube: &Cube) -> Result<Cube, CutOff> {
        let mut cube = cube.clone();
        for (input, width) in self.widths.iter().enumerate() {
            let whole = cube.with(input, ValueSet::all(*width));
            if self.is_free(&whole)? {
                cube = whole;
                continue;
            }
            for value in 0..*width as u16 {
                let one = ValueSet::of(*width, [value]);
                let Some(values) = cube.inputs().get(input) else {
                    continue;
                };
                let wider = cube.with(input, values.or(&one));
                if !values.contains(value)
                    && (self.exists)(&cube.with(input, one))
                    && self.is_free(&wider)?
                {
                    cube = wider;
                }
            }
        }
        Ok(cube)
    }
}

#[cfg(test)]
mod tests;
