//! The known name that a misspelt one most likely means, searched for in a bounded number of steps.

use std::fmt;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// Steps of one search: enough for a few thousand ids, and less than a millisecond. A step is a letter that is read, or a
/// cell of a table of distances.
pub(crate) const STEPS: usize = 100_000;

/// Bytes of the longest name that is looked for, and of the longest that is found.
const LONGEST: usize = 100;

/// Receives known names one by one. It breaks when it needs no more.
pub(crate) type Look<'l> = &'l mut dyn FnMut(&str) -> ControlFlow<()>;

/// Receives known names one by one, each with what is suggested for it.
pub(crate) type LookBoth<'l> = &'l mut dyn FnMut(&str, &str) -> ControlFlow<()>;

/// Known names, which are listed only when somebody asks for the nearest one.
#[derive(Clone)]
pub(crate) struct KnownName(Arc<dyn Fn(LookBoth<'_>) + Send + Sync>);

impl KnownName {
    /// Names that `show` passes on one by one, until its receiver breaks.
    pub(crate) fn new(show: impl Fn(Look<'_>) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self::standing_for(move |look| show(&mut |name| look(name, name)))
    }

    /// The same, where names stand for other words.
    pub(crate) fn standing_for(
        show: impl Fn(LookBoth<'_>) -> ControlFlow<()> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(move |look| {
            // It makes no difference whether all names were seen.
            let _ = show(look);
        }))
    }

    /// The nearest name, found in at most `steps` steps. The steps used are subtracted.
    pub(crate) fn nearest(&self, name: &str, steps: &mut usize) -> Option<String> {
        let mut search = NameSearch::of(name, steps)?;
        let mut nearest = None;
        (self.0)(&mut |candidate, suggested| {
            if search.is_nearer(candidate) {
                nearest = Some(suggested.to_owned());
            }
            search.goes_on()
        });
        nearest
    }
}

impl fmt::Debug for KnownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Known(..)")
    }
}

/// Whether a name is too long for a search.
pub(crate) fn is_beyond(name: &str) -> bool {
    name.len() > LONGEST
}

/// The known name that a misspelt one most likely means: at most a third of its letters away. Of several that are equally
/// near it is the first.
pub(crate) fn nearest<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    steps: &mut usize,
) -> Option<&'a str> {
    let mut search = NameSearch::of(name, steps)?;
    let mut nearest = None;
    for candidate in known {
        if search.is_nearer(candidate) {
            nearest = Some(candidate);
        }
        if search.goes_on().is_break() {
            break;
        }
    }
    nearest
}

/// A search for a name.
struct NameSearch<'s> {
    wanted: NearestWord,
    candidate: NearestWord,
    /// The distance of the nearest name so far.
    nearest: Option<usize>,
    /// The rows of the table that a cell is made from, the newest last.
    rows: [Vec<usize>; 3],
    steps: &'s mut usize,
}

/// The letters of a name as they are compared.
#[derive(Default)]
struct NearestWord {
    letters: Vec<char>,
    /// A bit for each letter of the name. Some letters share a bit.
    kinds: u64,
}

/// A distance larger than any that counts.
const FAR: usize = usize::MAX / 2;

impl<'s> NameSearch<'s> {
    /// A search with at most `steps` steps; none for a name that is too long.
    fn of(name: &str, steps: &'s mut usize) -> Option<Self> {
        let mut wanted = NearestWord::default();
        wanted.set((!is_beyond(name)).then_some(name)?);
        Some(Self {
            wanted,
            candidate: NearestWord::default(),
            nearest: None,
            rows: Default::default(),
            steps,
        })
    }

    /// Continues while a nearer name is possible and steps are left.
    fn goes_on(&self) -> ControlFlow<()> {
        if self.nearest == Some(0) || *self.steps == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Whether a name is near, and nearer than those so far.
    fn is_nearer(&mut self, candidate: &str) -> bool {
        // A name that is skipped costs a step too.
        if !self.take(1) || is_beyond(candidate) {
            return false;
        }
        let (wanted, length) = (self.wanted.letters.len(), candidate.chars().count());
        let third = wanted.max(length).div_ceil(3);
        let cut_off = match self.nearest {
            None => third,
            Some(0) => return false,
            Some(nearest) => third.min(nearest - 1),
        };
        if wanted.abs_diff(length) > cut_off || !self.take(length) {
            return false;
        }
        self.candidate.set(candidate);
        if self.wanted.must_differ(&self.candidate) > cut_off {
            return false;
        }
        let distance = self.distance(cut_off);
        self.nearest = distance.or(self.nearest);
        distance.is_some()
    }

    /// The number of letters that were changed, added, left out or swapped with their neighbour; none above `cut_off`.
    /// Only cells within `cut_off` of the diagonal are computed.
    fn distance(&mut self, cut_off: usize) -> Option<usize> {
        let width = self.candidate.letters.len() + 1;
        let [.., newest] = &mut self.rows;
        newest.clear();
        newest.extend(0..width);
        for row in 1..=self.wanted.letters.len() {
            let columns = row.saturating_sub(cut_off).max(1)..(row + cut_off + 1).min(width);
            if !self.take(columns.len()) || self.row(row, columns) > cut_off {
                return None;
            }
        }
        let [.., newest] = &self.rows;
        newest.last().copied().filter(|last| *last <= cut_off)
    }

    /// Computes these columns of the next row of the table, and returns the smallest cell.
    fn row(&mut self, row: usize, columns: Range<usize>) -> usize {
        self.rows.rotate_left(1);
        let [before, above, newest] = &mut self.rows;
        let (wanted, candidate) = (&self.wanted, &self.candidate);
        let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(FAR);
        newest.clear();
        newest.resize(candidate.letters.len() + 1, FAR);
        let mut left = if columns.start == 1 { row } else { FAR };
        if let Some(first) = newest.first_mut() {
            *first = left;
        }
        let mut least = left;
        for column in columns {
            let differ = wanted.at(row) != candidate.at(column);
            let mut cell = at(above, column - 1) + usize::from(differ);
            cell = cell.min(at(above, column) + 1).min(left + 1);
            let is_swap = wanted.at(row) == candidate.at(column - 1)
                && wanted.at(row - 1) == candidate.at(column);
            if is_swap && row > 1 && column > 1 {
                cell = cell.min(at(before, column - 2) + 1);
            }
            if let Some(place) = newest.get_mut(column) {
                *place = cell;
            }
            left = cell;
            least = least.min(cell);
        }
        least
    }

    /// Uses up steps. Returns whether enough were left.
    fn take(&mut self, steps: usize) -> bool {
        let left = self.steps.checked_sub(steps);
        *self.steps = left.unwrap_or(0);
        left.is_some()
    }
}

impl NearestWord {
    /// Replaces the name. Letters are compared in lower case, and `-` and spaces count as `_`.
    fn set(&mut self, name: &str) {
        self.letters.clear();
        self.letters.extend(name.chars().map(|letter| match letter {
            '-' | ' ' => '_',
            _ => letter.to_lowercase().next().unwrap_or(letter),
        }));
        let kinds = self.letters.iter().map(|letter| 1 << (*letter as u32 % 64));
        self.kinds = kinds.fold(0, |all, kind: u64| all | kind);
    }

    /// The letter at a place, counted from 1.
    fn at(&self, place: usize) -> Option<char> {
        self.letters.get(place.checked_sub(1)?).copied()
    }

    /// A lower bound of the distance: one change removes at most one kind of letter and adds at most one.
    fn must_differ(&self, other: &Self) -> usize {
        let lost = (self.kinds & !other.kinds).count_ones();
        let won = (other.kinds & !self.kinds).count_ones();
        lost.max(won) as usize
    }
}

#[cfg(test)]
mod tests;
