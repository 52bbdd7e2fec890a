//! The groups and things of a firm: who is in which group, and what each thing says of itself and of people.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::link::product::{FactSource, KindId, Product, TakenFact};
use crate::name::{self, NameMap};
use crate::value::Value;

/// Groups of people, and things by product and kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct FirmThings {
    groups: Vec<Group>,
    group_numbers: NameMap<u32>,
    /// By user, the groups that they are in, themselves or through other groups, in ascending order.
    groups_of: HashMap<u32, Box<[u32]>>,
    kinds: HashMap<(usize, KindId), KindThings>,
}

/// A group of people and of groups.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) id: Arc<str>,
    pub(crate) entries: ListEntries,
}

/// Who stands on a list: people and groups, each in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ListEntries {
    pub(crate) users: Box<[u32]>,
    pub(crate) groups: Box<[u32]>,
}

/// The things of one kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct KindThings {
    things: Vec<Thing>,
    numbers: NameMap<u32>,
}

/// One thing.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    pub(crate) id: Arc<str>,
    /// What people call it.
    pub(crate) title: Option<Arc<str>>,
    /// Its properties, in the order of the kind.
    pub(crate) properties: Box<[Value]>,
    /// Its lists, in the order of the kind. `None` where the firm file says nothing about a list.
    pub(crate) lists: Box<[Option<ListEntries>]>,
}

impl FirmThings {
    /// Groups with these entries. The numbers in them are those of users and of groups in this order.
    pub(crate) fn of_groups(groups: Vec<Group>) -> Self {
        let numbers = (0..).zip(&groups);
        let numbers = numbers.map(|(number, group)| (Arc::clone(&group.id), number));
        let mut things = Self {
            group_numbers: numbers.collect(),
            groups,
            ..Self::default()
        };
        things.groups_of = things.everybody_in_groups();
        things
    }

    /// By user, all groups that they are in. Each group is entered once, so circles end.
    fn everybody_in_groups(&self) -> HashMap<u32, Box<[u32]>> {
        let mut of_user: HashMap<u32, Vec<u32>> = HashMap::new();
        for group in 0..self.groups.len() as u32 {
            let mut inside = vec![group];
            let mut next = 0;
            while let Some(entries) = inside.get(next).and_then(|one| self.group(*one)) {
                for user in &entries.entries.users {
                    of_user.entry(*user).or_default().push(group);
                }
                let more = entries.entries.groups.iter();
                let more: Vec<u32> = more.filter(|one| !inside.contains(one)).copied().collect();
                inside.extend(more);
                next += 1;
            }
        }
        let of_user = of_user.into_iter();
        of_user
            .map(|(user, mut groups)| {
                groups.dedup();
                (user, groups.into())
            })
            .collect()
    }

    pub(crate) fn group(&self, group: u32) -> Option<&Group> {
        self.groups.get(group as usize)
    }

    /// The number of the group with this id.
    pub(crate) fn group_number(&self, id: &str) -> Option<u32> {
        name::find(&self.group_numbers, id).copied()
    }

    /// All groups, in the order of the firm file.
    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Adds a thing. The number of the one that has its id already is the error.
    pub(crate) fn add(&mut self, product: usize, kind: KindId, thing: Thing) -> Result<(), u32> {
        let of_kind = self.kinds.entry((product, kind)).or_default();
        if let Some(known) = of_kind.number(&thing.id) {
            return Err(known);
        }
        let number = of_kind.things.len() as u32;
        of_kind.numbers.insert(Arc::clone(&thing.id), number);
        of_kind.things.push(thing);
        Ok(())
    }

    /// The things of a kind; none where the firm file has none.
    pub(crate) fn of_kind(&self, product: usize, kind: KindId) -> Option<&KindThings> {
        self.kinds.get(&(product, kind))
    }

    /// Whether there is neither a group nor a thing.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.kinds.is_empty()
    }

    /// Whether a user stands on a list, themselves or through a group.
    pub(crate) fn stands_on(&self, user: u32, list: &ListEntries) -> bool {
        list.users.binary_search(&user).is_ok()
            || !list.groups.is_empty()
                && self.groups_of.get(&user).is_some_and(|groups| {
                    let mut groups = groups.iter();
                    groups.any(|group| list.groups.binary_search(group).is_ok())
                })
    }

    /// The value of a fact for a user and a thing. `None` where the fact does not come from things.
    pub(crate) fn value(
        &self,
        product: &Product,
        source: FactSource,
        (user, thing): (u32, &Thing),
    ) -> Option<Value> {
        let list = |list: usize| thing.lists.get(list).and_then(Option::as_ref);
        match source {
            FactSource::Question => None,
            FactSource::Property(_, property) => thing.properties.get(property).copied(),
            FactSource::List(kind, number) => {
                let declared = product.kind(kind)?.lists.get(number)?;
                let stands = match list(number) {
                    Some(entries) => self.stands_on(user, entries),
                    None => declared.is_open,
                };
                Some(Value::from(stands))
            }
            FactSource::Taken(_, taken) => {
                let TakenFact {
                    open,
                    listed,
                    not_listed,
                    ..
                } = taken;
                Some(match list(taken.list) {
                    None => open,
                    Some(entries) if self.stands_on(user, entries) => listed,
                    Some(_) => not_listed,
                })
            }
        }
    }
}

impl KindThings {
    /// The number of the thing with this id.
    pub(crate) fn number(&self, id: &str) -> Option<u32> {
        name::find(&self.numbers, id).copied()
    }

    /// The thing with this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Thing> {
        self.things.get(self.number(id)? as usize)
    }

    /// All things of the kind, in the order of the firm file.
    pub(crate) fn all(&self) -> &[Thing] {
        &self.things
    }
}
