//! Alterations of many users, sorted.

use std::collections::HashMap;

use super::{Alteration, Firm};
use crate::explore::layout::Word;

/// The alterations of each user, user by user in the order in which they first come.
pub(crate) fn by_user(alterations: &[Alteration]) -> Vec<(u32, Vec<Alteration>)> {
    let mut users: Vec<(u32, Vec<Alteration>)> = Vec::new();
    let mut places: HashMap<u32, usize> = HashMap::new();
    for altered in alterations {
        let place = *places.entry(altered.user).or_insert(users.len());
        match users.get_mut(place) {
            Some((_, of_user)) => of_user.push(*altered),
            None => users.push((altered.user, vec![*altered])),
        }
    }
    users
}

impl Firm {
    /// The profile of a user in a product after alterations.
    pub(crate) fn words_after(
        &self,
        product: usize,
        user: u32,
        alterations: &[Alteration],
    ) -> Vec<Word> {
        let mut words = self.roster.profile(product, user).to_vec();
        if let Some(compiled) = self.rulebook.product(product) {
            for altered in alterations.iter().filter(|altered| altered.user == user) {
                compiled
                    .layout
                    .part(altered.what)
                    .write(&mut words, altered.to);
            }
        }
        words
    }
}

#[cfg(test)]
mod tests;
