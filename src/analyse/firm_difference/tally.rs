//! Counts the work, in tests only. Tests bound growth by these counts, which are the same on every machine.

#[cfg(test)]
thread_local! {
    static COUNTED: std::cell::Cell<[u64; 3]> = const { std::cell::Cell::new([0; 3]) };
}

#[cfg(test)]
fn count(at: usize) {
    COUNTED.with(|counted| {
        let mut all = counted.get();
        if let Some(one) = all.get_mut(at) {
            *one += 1;
        }
        counted.set(all);
    });
}

/// A question that is decided in both states.
#[inline]
pub(super) fn decision() {
    #[cfg(test)]
    count(0);
}

/// A change that is judged.
#[inline]
pub(super) fn judgement() {
    #[cfg(test)]
    count(1);
}

/// A look at one item of a loop over people: a person for a kind of power, or an open difference.
#[inline]
pub(super) fn look() {
    #[cfg(test)]
    count(2);
}

/// The counts since the last call: decisions, judgements and looks.
#[cfg(test)]
pub(super) fn taken() -> [u64; 3] {
    COUNTED.replace([0; 3])
}

#[cfg(test)]
thread_local! {
    static ONE_BY_ONE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Whether every person is evaluated separately, as if nobody were alike. Tests use it to compare with the results
/// shared by all who are alike.
#[inline]
pub(super) fn is_one_by_one() -> bool {
    #[cfg(test)]
    let is = ONE_BY_ONE.get();
    #[cfg(not(test))]
    let is = false;
    is
}

/// Runs something with every person evaluated separately.
#[cfg(test)]
pub(super) fn one_by_one<T>(work: impl FnOnce() -> T) -> T {
    ONE_BY_ONE.set(true);
    let done = work();
    ONE_BY_ONE.set(false);
    done
}
