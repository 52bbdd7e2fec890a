//! The profiles of everybody: all that a decision touches for each user, four bytes a product.

use std::collections::HashMap;
use std::sync::Arc;

use super::overlay::{FEW, Overlay};
use super::profile_words::{ProfileKinds, ProfileWords};
use super::serials::Serials;
use crate::explore::layout::Word;
use crate::link::product::RoleId;

/// What a user is in a product: the profile itself where it is one word. Where it is more, equal ones stand once, and the
/// class has the two lowest bits of the profile, seat and enabled, with the place of its words above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProfileClass(Word);

impl ProfileClass {
    const FLAGS: u32 = 2;

    fn at(place: u32, words: &[Word]) -> Self {
        let flags = words.first().map_or(0, |word| word & 0b11);
        Self(place << Self::FLAGS | flags)
    }

    /// Where its words begin, where there are more than one.
    #[inline]
    pub(super) fn place(self) -> usize {
        (self.0 >> Self::FLAGS) as usize
    }

    /// Seat and enabled in the lowest bits, as a profile has them; the whole profile where it is one word.
    #[inline]
    pub(crate) fn word(self) -> Word {
        self.0
    }
}

/// The profiles of all users in all products.
#[derive(Debug, Clone)]
pub(crate) struct Profiles {
    /// By product, and for each product by user: who asks about one product touches nothing of the others.
    classes: Arc<[ProfileClass]>,
    /// What changes have altered of them.
    altered: Overlay<ProfileClass>,
    /// How many users have their classes there.
    settled: usize,
    /// Of those who have been added since it was settled, by user and for each user by product.
    added: Vec<ProfileClass>,
    /// What profiles of more than one word hold.
    kinds: ProfileKinds,
    /// Who holds the roles with one holder.
    holders: HashMap<(usize, RoleId), u32>,
}

impl Profiles {
    /// Words of all kinds of profile: a class has so many bits for their places.
    const MOST_WORDS: usize = 1 << (Word::BITS - ProfileClass::FLAGS);

    /// Whether there may be no room for another kind of profile.
    pub(super) fn are_full(&self) -> bool {
        let most = self.kinds.stride_of_all();
        let places = self.classes.len() + self.added.len() + self.products();
        self.words().len() + most > Self::MOST_WORDS || places > Serials::ADDED as usize
    }

    /// Of products whose profiles have so many words.
    pub(super) fn new(strides: impl Iterator<Item = usize>) -> Self {
        Self {
            classes: Arc::new([]),
            altered: Overlay::default(),
            settled: 0,
            added: Vec::new(),
            kinds: ProfileKinds::new(strides),
            holders: HashMap::new(),
        }
    }

    /// Makes room for so many more users.
    pub(super) fn expect(&mut self, more: usize) {
        self.added.reserve(more * self.products());
    }

    /// Adds a user. `words` are the profiles of all products, one after the other.
    pub(super) fn push(&mut self, words: &[Word]) {
        self.of_each(words, |all, product, one| {
            let class = all.class_with(product, one);
            all.added.push(class);
        });
    }

    /// Gives a user other profiles, of all products one after the other.
    pub(super) fn replace(&mut self, user: u32, words: &[Word]) {
        self.of_each(words, |all, product, one| all.set(product, user, one));
    }

    /// Does something with the words of each product.
    fn of_each(&mut self, words: &[Word], mut with: impl FnMut(&mut Self, usize, &[Word])) {
        let mut rest = words;
        for product in 0..self.products() {
            let one = rest.split_at_checked(self.kinds.stride(product));
            let (one, others) = one.unwrap_or_default();
            with(self, product, one);
            rest = others;
        }
    }

    /// Removes users, whose numbers ascend; those behind them move up. Nobody is known any more to hold a role alone.
    pub(super) fn remove(&mut self, removed: &[u32]) {
        self.holders.clear();
        self.kinds.settle();
        self.settle();
        if removed.is_empty() {
            return;
        }
        let stays = |user: &usize| {
            let number = u32::try_from(*user);
            number.is_ok_and(|user| removed.binary_search(&user).is_err())
        };
        let users = self.settled;
        let columns = (0..self.products()).flat_map(|product| {
            let stay = (0..users).filter(stays);
            stay.map(move |user| product * users + user)
        });
        let kept = columns.filter_map(|place| self.classes.get(place).copied());
        self.classes = kept.collect();
        self.settled = self.classes.len().checked_div(self.products()).unwrap_or(0);
    }

    pub(super) fn products(&self) -> usize {
        self.kinds.products()
    }

    /// Gives a user another profile, in time that does not grow with the firm.
    pub(super) fn set(&mut self, product: usize, user: u32, words: &[Word]) {
        let class = self.class_with(product, words);
        let products = self.products();
        if let Some(added) = (user as usize).checked_sub(self.settled) {
            if let Some(known) = self.added.get_mut(added * products + product) {
                *known = class;
            }
            return;
        }
        let place = self.place(product, user);
        if self.classes.len() > FEW {
            self.altered.set(place, class);
        } else if let Some(known) = Arc::make_mut(&mut self.classes).get_mut(place) {
            *known = class;
        }
    }

    /// Puts those who have been added behind the others, in the column of each product, and what was altered in its place.
    pub(super) fn settle(&mut self) {
        if self.added.is_empty() && self.altered.is_empty() {
            return;
        }
        let (users, products) = (self.settled, self.products());
        let column = |product: usize| {
            let known = product * users..(product + 1) * users;
            let known = known.filter_map(|place| self.class_at(place));
            known.chain(self.added.iter().skip(product).step_by(products))
        };
        let classes = (0..products).flat_map(column).copied().collect();
        self.classes = classes;
        self.added = Vec::new();
        self.altered = Overlay::default();
        self.settled = self.classes.len().checked_div(products).unwrap_or(0);
    }

    /// The classes of all who were there when it was settled, by product and for each product by user.
    pub(super) fn classes(&self) -> &Arc<[ProfileClass]> {
        &self.classes
    }

    /// What changes have altered of the classes of these since then.
    pub(super) fn altered(&self) -> &Overlay<ProfileClass> {
        &self.altered
    }

    /// The words that classes have the places of.
    pub(super) fn words(&self) -> &ProfileWords {
        self.kinds.words()
    }

    fn class_with(&mut self, product: usize, words: &[Word]) -> ProfileClass {
        if let [word] = words {
            return ProfileClass(*word);
        }
        // Where nothing more can be kept, nobody may do anything.
        let place = self.kinds.place(product, words, Self::MOST_WORDS);
        place.map_or(ProfileClass(0), |place| ProfileClass::at(place, words))
    }

    /// The place of a settled user's profile.
    fn place(&self, product: usize, user: u32) -> usize {
        product * self.settled + user as usize
    }

    fn class_at(&self, place: usize) -> Option<&ProfileClass> {
        self.altered.get(place).or_else(|| self.classes.get(place))
    }

    pub(super) fn class(&self, product: usize, user: u32) -> Option<&ProfileClass> {
        match (user as usize).checked_sub(self.settled) {
            None => self.class_at(self.place(product, user)),
            Some(added) => self.added.get(added * self.products() + product),
        }
    }

    /// The words of a user's profile; none for a number that was never given out, which is no seat.
    pub(crate) fn of(&self, product: usize, user: u32) -> &[Word] {
        match (self.class(product, user), self.kinds.stride(product)) {
            (Some(class), 1) => std::slice::from_ref(&class.0),
            (Some(class), stride) => self.words().at(class.place(), stride),
            (None, _) => &[],
        }
    }

    /// Whether a user has these profiles in all products, one after the other.
    pub(super) fn are(&self, user: u32, words: &[Word]) -> bool {
        let rest = (0..self.products()).try_fold(words, |rest, product| {
            rest.strip_prefix(self.of(product, user))
        });
        rest.is_some_and(<[Word]>::is_empty)
    }

    pub(super) fn set_holder(&mut self, product: usize, role: RoleId, user: u32) {
        self.holders.insert((product, role), user);
    }

    pub(super) fn holder(&self, product: usize, role: RoleId) -> Option<u32> {
        self.holders.get(&(product, role)).copied()
    }
}

#[cfg(test)]
mod tests;
