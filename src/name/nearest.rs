//! The known name that a misspelt one most likely means, searched for in a bounded number of steps.

use std::fmt;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// Steps of one search: enough for a few thousand ids, and less than a millisecond. A step is a letter that is read, or a
/// cell of a table of distances.
pub(crate) const STEPS: usize = 100_000;

/// Bytes of the longest name that is looked for, and of the longest that is found.
const LONGEST: usize = 100;

/// Takes known names, one after the other, until it wants no more of them.
pub(crate) type Look<'l> = &'l mut dyn FnMut(&str) -> ControlFlow<()>;

/// Known names that are gone through only when somebody wants to know which one is near.
#[derive(Clone)]
pub(crate) struct KnownName(Arc<dyn Fn(Look<'_>) + Send + Sync>);

impl KnownName {
    /// The names that `show` shows, one by one, until it is told to stop.
    pub(crate) fn new(show: impl Fn(Look<'_>) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |look| {
            // Whether all of them were looked at makes no difference here.
            let _ = show(look);
        }))
    }

    /// The nearest of them, in at most so many steps, which are taken off.
    pub(crate) fn nearest(&self, name: &str, steps: &mut usize) -> Option<String> {
        let mut search = NameSearch::of(name, steps)?;
        let mut nearest = None;
        (self.0)(&mut |candidate| {
            if search.is_nearer(candidate) {
                nearest = Some(candidate.to_owned());
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

/// Whether a name is so long that none is near it.
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
    /// A bit for each letter that there is; some letters share theirs.
    kinds: u64,
}

/// A distance that is as good as none.
const FAR: usize = usize::MAX / 2;

impl<'s> NameSearch<'s> {
    /// A search with at most so many steps; none for a name that is too long to be near any.
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

    /// Whether another name can be nearer than those so far, and there is a step left to see it.
    fn goes_on(&self) -> ControlFlow<()> {
        match self.nearest == Some(0) || *self.steps == 0 {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Whether a name is near, and nearer than those so far.
    fn is_nearer(&mut self, candidate: &str) -> bool {
        // Even what is passed over had to be looked at.
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

    /// Letters that were changed, added, left out or swapped with their neighbour; none where they are more than `cut_off`.
    /// Only cells so near to the diagonal are made.
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

    /// Makes the next row of the table, in these columns, and returns its least cell.
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

    /// Takes so many steps, or all that are left where they are fewer. Whether there were so many.
    fn take(&mut self, steps: usize) -> bool {
        let left = self.steps.checked_sub(steps);
        *self.steps = left.unwrap_or(0);
        left.is_some()
    }
}

impl NearestWord {
    /// Becomes another name. Case makes no difference, nor does what stands between the parts of a name.
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

    /// How far two names are apart at least: a change does away with one kind of letter, and brings one.
    fn must_differ(&self, other: &Self) -> usize {
        let lost = (self.kinds & !other.kinds).count_ones();
        let won = (other.kinds & !self.kinds).count_ones();
        lost.max(won) as usize
    }
}

#[cfg(test)]
mod tests;
