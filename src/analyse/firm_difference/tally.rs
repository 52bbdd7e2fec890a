//! How much is looked at, counted in tests alone: growth is held by counts, which are the same on every machine.

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

/// Something that is looked at while people are gone through: a person for a kind of power, or something that is left to
/// alter.
#[inline]
pub(super) fn look() {
    #[cfg(test)]
    count(2);
}

/// What has been counted since it was last asked for: decisions, judgements and looks.
#[cfg(test)]
pub(super) fn taken() -> [u64; 3] {
    COUNTED.replace([0; 3])
}

#[cfg(test)]
thread_local! {
    static ONE_BY_ONE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Whether everybody is looked at for themselves, as though nobody were like anybody else. It is so in tests alone, to which
/// the answers of the simple way are the measure of those found once for all who are alike.
#[inline]
pub(super) fn is_one_by_one() -> bool {
    #[cfg(test)]
    let is = ONE_BY_ONE.get();
    #[cfg(not(test))]
    let is = false;
    is
}

/// Does something with everybody looked at for themselves.
#[cfg(test)]
pub(super) fn one_by_one<T>(work: impl FnOnce() -> T) -> T {
    ONE_BY_ONE.set(true);
    let done = work();
    ONE_BY_ONE.set(false);
    done
}
