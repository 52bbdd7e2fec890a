//! Where the parts of an index go in a lookup.

use super::{ExtraWord, Lookup};
use crate::explore::code::DecisionCode;
use crate::explore::gather::BitGather;
use crate::explore::index::IndexPart;
use crate::explore::layout::{Layout, WordOrigin};
use crate::value::Value;
use crate::vocabulary::Person;

/// The parts of an index in the places that a lookup has for them.
pub(super) struct IndexPlaces {
    same_user: BitGather,
    user: (u16, BitGather),
    target: (u16, BitGather),
    more: (u32, u16),
}

impl IndexPlaces {
    /// Parts of persons for which there is no place go to the end of `more`.
    /// It is filled up to `alike` with parts that add nothing.
    pub(super) fn of(parts: &[IndexPart], more: &mut Vec<ExtraWord>, alike: usize) -> Self {
        let first = more.len();
        let mut places = Self {
            same_user: BitGather::NOTHING,
            user: (0, BitGather::NOTHING),
            target: (0, BitGather::NOTHING),
            more: (first as u32, 0),
        };
        for part in parts {
            // Roles and settings are numbered by 16 bits, and there are fewer words than of them.
            let word = part.word as u16;
            let (person, place) = match part.origin {
                WordOrigin::Profile(Person::User) => (Person::User, &mut places.user),
                WordOrigin::Profile(Person::Target) => (Person::Target, &mut places.target),
                WordOrigin::Question if part.is_same_user() => {
                    places.same_user = part.gather;
                    continue;
                }
                WordOrigin::Question | WordOrigin::Firm => continue,
            };
            if place.1 == BitGather::NOTHING {
                *place = (word, part.gather);
            } else {
                let pick = part.gather.pick();
                more.push(ExtraWord { person, word, pick });
            }
        }
        let nothing = ExtraWord {
            person: Person::User,
            word: 0,
            pick: BitGather::NOTHING.pick(),
        };
        more.resize(more.len().max(first + alike), nothing);
        places.more.1 = (more.len() - first) as u16;
        places
    }

    /// The lookup of a table that begins at a cell, or of a tree without one.
    pub(super) fn lookup(
        &self,
        product: usize,
        on_target: bool,
        layout: &Layout,
        first: Option<u32>,
    ) -> Lookup {
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let (user, target) = (self.user, self.target);
        // An action without a target has nobody there.
        let same_user = Value::from(on_target);
        Lookup {
            user: user.1.pick(),
            target: target.1.pick(),
            same_user: self.same_user.number(Layout::SAME_USER.bits(same_user)),
            first: first.unwrap_or_default(),
            column: 0,
            more: self.more,
            words: [user.0, target.0],
            ground: DecisionCode::of_ground(product as u16),
            product: product as u16,
            flags: flag(on_target, Lookup::ON_TARGET)
                | flag(layout.words() > 1, Lookup::WIDE)
                | flag(!layout.is_short(), Lookup::LONG)
                | flag(self.more.1 > 0, Lookup::MORE)
                | flag(first.is_none(), Lookup::WALKED),
        }
    }
}
