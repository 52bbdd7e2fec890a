//! Entries that hold until a day: roles of seats, members of groups, and people on lists of things.
//!
//! A firm is looked at as of one day. Entries that have ended by then have no effect, but they are kept: a firm that is written
//! back loses none of them. Few entries of a firm end, so they stand apart from what decisions read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Firm;
use super::groups::position_without;
use super::roster::Alteration;
use crate::link::product::{KindId, RoleId, UserPart};
use crate::text::Span;
use crate::value::Day;

/// Where an entry that ends stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EntryPlace {
    /// Under the roles of a seat.
    Role {
        user: u32,
        product: usize,
        role: RoleId,
    },
    /// In a group.
    Member { group: u32, member: ListMember },
    /// On a list of a thing.
    Listed { list: ListPlace, member: ListMember },
}

/// A list of one thing, by numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ListPlace {
    pub(crate) product: usize,
    pub(crate) kind: KindId,
    pub(crate) thing: u32,
    pub(crate) list: usize,
}

/// Who stands in a group or on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ListMember {
    User(u32),
    Group(u32),
}

/// When an entry ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntryEnd {
    /// The last day on which it holds.
    pub(crate) until: Day,
    /// Where that is written, in the file with this number.
    pub(crate) span: Span,
    pub(crate) file: u16,
}

/// Entries are equal that end on the same day, wherever they are written.
impl PartialEq for EntryEnd {
    fn eq(&self, other: &Self) -> bool {
        self.until == other.until
    }
}

/// All entries of a firm that end, and the day on which the firm is looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryEnds {
    day: Option<Day>,
    ends: BTreeMap<EntryPlace, EntryEnd>,
    /// The files of things that stand beside the firm file, which has the number 0.
    files: Vec<Arc<str>>,
}

/// Equal where the same entries end on the same days. Whether they have ended already is seen in what the firm holds.
impl PartialEq for EntryEnds {
    fn eq(&self, other: &Self) -> bool {
        self.ends == other.ends
    }
}

impl EntryEnds {
    /// No entries yet, in a firm that is looked at on this day.
    pub(crate) fn on(day: Option<Day>) -> Self {
        Self {
            day,
            ..Self::default()
        }
    }

    pub(crate) fn day(&self) -> Option<Day> {
        self.day
    }

    /// Adds an entry, and returns whether it still holds; none where nobody said which day it is.
    pub(crate) fn add(&mut self, place: EntryPlace, end: EntryEnd) -> Option<bool> {
        let day = self.day?;
        self.ends.insert(place, end);
        Some(day <= end.until)
    }

    /// The number of a file beside the firm file. The last one stands for those that are too many to count.
    pub(crate) fn add_file(&mut self, name: &str) -> u16 {
        if self.files.len() < usize::from(u16::MAX) {
            self.files.push(name.into());
        }
        self.files.len() as u16
    }

    /// The name of a file; none for the firm file.
    pub(crate) fn file(&self, number: u16) -> Option<&str> {
        let place = usize::from(number).checked_sub(1)?;
        self.files.get(place).map(|name| &**name)
    }

    /// The names of all files beside the firm file.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|name| &**name)
    }

    /// The last day of an entry; none where it does not end.
    pub(crate) fn until(&self, place: EntryPlace) -> Option<Day> {
        self.ends.get(&place).map(|end| end.until)
    }

    /// Forgets that an entry ends: it was removed, or written anew.
    pub(crate) fn forget(&mut self, place: EntryPlace) {
        self.ends.remove(&place);
    }

    /// Forgets everything about the roles of a user.
    pub(crate) fn forget_roles(&mut self, user: u32) {
        let places: Vec<EntryPlace> = self.places_of(user).collect();
        places.into_iter().for_each(|place| self.forget(place));
    }

    /// The roles of a user that end, by product and role.
    pub(crate) fn roles(&self, user: u32) -> impl Iterator<Item = (usize, RoleId, Day)> {
        self.places_of(user).filter_map(|place| match place {
            EntryPlace::Role { product, role, .. } => Some((product, role, self.until(place)?)),
            _ => None,
        })
    }

    fn places_of(&self, user: u32) -> impl Iterator<Item = EntryPlace> {
        let first = |user| EntryPlace::Role {
            user,
            product: 0,
            role: RoleId::default(),
        };
        let of_user = self.ends.range(first(user)..);
        of_user.map(|(place, _)| *place).take_while(
            move |place| matches!(place, EntryPlace::Role { user: of, .. } if *of == user),
        )
    }

    /// The entries of a group that end.
    pub(crate) fn of_group(&self, group: u32) -> impl Iterator<Item = (ListMember, Day)> {
        self.from(move |member| EntryPlace::Member { group, member })
    }

    /// The entries of a list of a thing that end.
    pub(crate) fn of_list(&self, list: ListPlace) -> impl Iterator<Item = (ListMember, Day)> {
        self.from(move |member| EntryPlace::Listed { list, member })
    }

    /// The entries that end of one group or list: `place` is where a member of it stands.
    fn from(
        &self,
        place: impl Fn(ListMember) -> EntryPlace,
    ) -> impl Iterator<Item = (ListMember, Day)> {
        let ends = self.ends.range(place(ListMember::User(0))..);
        ends.map_while(move |(at, end)| {
            let (EntryPlace::Member { member, .. } | EntryPlace::Listed { member, .. }) = at else {
                return None;
            };
            (place(*member) == *at).then_some((*member, end.until))
        })
    }

    /// All entries that end, in the order of people, groups and things.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (EntryPlace, EntryEnd)> {
        self.ends.iter().map(|(place, end)| (*place, *end))
    }

    /// Entries that have ended.
    pub(crate) fn ended(&self) -> impl Iterator<Item = (EntryPlace, EntryEnd)> {
        self.iter()
            .filter(|(_, end)| self.day.is_some_and(|day| end.until < day))
    }

    /// The same after the users at these positions, which ascend, were removed.
    pub(crate) fn without(&self, removed: &[u32]) -> Self {
        let ends = self.ends.iter();
        let left = ends.filter_map(|(place, end)| Some((place.without(removed)?, *end)));
        Self {
            day: self.day,
            ends: left.collect(),
            files: self.files.clone(),
        }
    }
}

impl EntryPlace {
    /// The place after users were removed; none where it was an entry about one of them.
    fn without(self, removed: &[u32]) -> Option<Self> {
        let left = |user: u32| position_without(user, removed);
        let left_member = |member| match member {
            ListMember::User(user) => left(user).map(ListMember::User),
            ListMember::Group(_) => Some(member),
        };
        Some(match self {
            Self::Role {
                user,
                product,
                role,
            } => Self::Role {
                user: left(user)?,
                product,
                role,
            },
            Self::Member { group, member } => Self::Member {
                group,
                member: left_member(member)?,
            },
            Self::Listed { list, member } => Self::Listed {
                list,
                member: left_member(member)?,
            },
        })
    }
}

impl Firm {
    /// The day on which the firm is looked at. Entries that ended before it have no effect. None where nobody said: then no entry of
    /// the firm ends.
    ///
    /// ```
    /// use clio_rules::{Day, FirmLoader, Rulebook};
    ///
    /// let day = Day::new(2026, 12, 31);
    /// let rulebook = Rulebook::builtin()?;
    /// let firm = FirmLoader::new(&rulebook).on(day.expect("a day")).example()?;
    /// assert_eq!(firm.day(), day);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn day(&self) -> Option<Day> {
        self.ends.day()
    }

    /// The paths of the files of things that stand beside the file of this firm.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.ends.files()
    }

    /// Roles that are given anew or taken away do not end as it was written.
    pub(super) fn forget_altered(&mut self, alterations: &[Alteration]) {
        for altered in alterations {
            let UserPart::Role(role) = altered.what else {
                continue;
            };
            let place = EntryPlace::Role {
                user: altered.user,
                product: altered.product,
                role,
            };
            if self.ends.until(place).is_none() {
                continue;
            }
            let layout = self.rulebook.product(altered.product);
            let words = self.roster.profile(altered.product, altered.user);
            let holds = layout.is_some_and(|of| of.layout.role(role).read(words).is_yes());
            if !(holds && altered.to.is_yes()) {
                Arc::make_mut(&mut self.ends).forget(place);
            }
        }
    }

    /// The firm with these entries that end.
    pub(crate) fn with_ends(mut self, ends: EntryEnds) -> Self {
        self.ends = Arc::new(ends);
        self
    }
}
