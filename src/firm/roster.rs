//! The people of a firm: names beside packed profiles.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use super::profile;
use crate::link::product::{RoleId, SettingId};
use crate::rulebook::Rulebook;
use crate::value::Value;

/// Everybody in a firm, numbered. What decisions touch stands apart from names.
#[derive(Clone)]
pub(crate) struct Roster {
    /// Tells handles of one roster from those of another; what a change makes of a roster keeps its numbers.
    stamp: u32,
    name: String,
    ids: Vec<Box<str>>,
    /// Names of those whose name is not their id.
    names: HashMap<u32, Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    profiles: Vec<Profiles>,
}

/// The profiles of one product, one after the other, and who holds the roles with one holder.
#[derive(Clone)]
struct Profiles {
    stride: usize,
    words: Vec<u64>,
    holders: HashMap<RoleId, u32>,
}

/// One thing that changed about one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alteration {
    pub(crate) product: usize,
    pub(crate) user: u32,
    pub(crate) what: What,
    pub(crate) to: Value,
}

/// What can change about a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum What {
    /// Whether they hold a role.
    Role(RoleId),
    /// The value of a setting.
    Setting(SettingId),
}

impl Roster {
    pub(super) fn new(rulebook: &Rulebook, name: &str) -> Self {
        static STAMPS: AtomicU32 = AtomicU32::new(0);
        let of_product = |compiled: &crate::explore::compile::Compiled| Profiles {
            stride: compiled.layout.words(),
            words: Vec::new(),
            holders: HashMap::new(),
        };
        Self {
            stamp: STAMPS.fetch_add(1, Ordering::Relaxed),
            name: name.to_owned(),
            ids: Vec::new(),
            names: HashMap::new(),
            numbers: HashMap::new(),
            profiles: rulebook.compiled().iter().map(of_product).collect(),
        }
    }

    /// Adds a user, and returns the number; the first number when the id is taken. `words` are the profiles of all
    /// products, one after the other.
    pub(super) fn add(&mut self, id: &str, name: Option<&str>, words: &[u64]) -> Result<u32, u32> {
        let number = self.ids.len() as u32;
        if let Some(first) = self.numbers.get(id) {
            return Err(*first);
        }
        self.ids.push(id.into());
        self.numbers.insert(id.into(), number);
        if let Some(name) = name.filter(|name| *name != id) {
            self.names.insert(number, name.into());
        }
        let mut rest = words;
        for of_product in &mut self.profiles {
            let (one, others) = rest.split_at_checked(of_product.stride).unwrap_or_default();
            of_product.words.extend_from_slice(one);
            rest = others;
        }
        Ok(number)
    }

    pub(super) fn set_name(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub(super) fn set_holder(&mut self, product: usize, role: RoleId, user: u32) {
        if let Some(profiles) = self.profiles.get_mut(product) {
            profiles.holders.insert(role, user);
        }
    }

    pub(crate) fn stamp(&self) -> u32 {
        self.stamp
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(|id| &**id)
    }

    pub(crate) fn id(&self, user: u32) -> &str {
        self.ids.get(user as usize).map_or("?", AsRef::as_ref)
    }

    /// The name of a user; the id stands for it where there is none.
    pub(crate) fn name_of(&self, user: u32) -> &str {
        self.names.get(&user).map_or(self.id(user), AsRef::as_ref)
    }

    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// What a user is in a product; no words for a number that was never given out, which is no seat.
    pub(crate) fn profile(&self, product: usize, user: u32) -> &[u64] {
        let Some(profiles) = self.profiles.get(product) else {
            return &[];
        };
        let start = user as usize * profiles.stride;
        profiles
            .words
            .get(start..start + profiles.stride)
            .unwrap_or_default()
    }

    /// The user who holds a role that exactly one user holds.
    pub(crate) fn holder(&self, product: usize, role: RoleId) -> Option<u32> {
        self.profiles.get(product)?.holders.get(&role).copied()
    }

    pub(super) fn alter(&mut self, rulebook: &Rulebook, alterations: &[Alteration]) {
        for alteration in alterations {
            let Alteration {
                product,
                user,
                what,
                to,
            } = *alteration;
            let Some(compiled) = rulebook.product(product) else {
                continue;
            };
            let Some(profiles) = self.profiles.get_mut(product) else {
                continue;
            };
            let start = user as usize * profiles.stride;
            let Some(words) = profiles.words.get_mut(start..start + profiles.stride) else {
                continue;
            };
            match what {
                What::Setting(setting) => compiled.layout.setting(setting).write(words, to),
                What::Role(role) => {
                    compiled.layout.role(role).write(words, to);
                    let held_by_one = compiled
                        .product
                        .role(role)
                        .is_some_and(|role| role.holders.is_some());
                    if held_by_one && to.is_yes() {
                        profiles.holders.insert(role, user);
                    }
                }
            }
        }
    }

    /// Every user with their profile in a product.
    pub(super) fn profiles(&self, product: usize) -> impl Iterator<Item = (u32, &[u64])> {
        (0..self.ids.len() as u32).map(move |user| (user, self.profile(product, user)))
    }

    /// Whether anybody has a seat in a product.
    pub(super) fn has_seats(&self, product: usize) -> bool {
        self.profiles(product)
            .any(|(_, words)| profile::has_seat(words))
    }
}
