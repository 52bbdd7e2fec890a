//! Lists, groups and properties in words, as tests expect them.

use super::Firm;
use super::ends::ListPlace;
use super::groups::ListEntries;
use super::things::NumberedThing;

impl Firm {
    /// Ids of those on a list as they are written, sorted; `everyone` where nobody is named and everyone stands on it.
    pub(crate) fn written_list(&self, list: ListPlace) -> Vec<String> {
        match self.list_entries(list) {
            Some(entries) => self.written_members(&entries),
            None => {
                let kind = self.kind_of(list.of_thing());
                let declared = kind.and_then(|kind| kind.lists.get(list.list));
                let is_open = declared.is_some_and(|list| list.is_open);
                Vec::from_iter(is_open.then(|| "everyone".to_owned()))
            }
        }
    }

    /// Ids of those in a group as they are written, sorted.
    pub(crate) fn written_group(&self, group: u32) -> Vec<String> {
        self.written_members(&self.group_entries(group))
    }

    fn written_members(&self, entries: &ListEntries) -> Vec<String> {
        let members = entries.members();
        let mut ids: Vec<String> = members.map(|one| self.member_id(one).to_owned()).collect();
        ids.sort_unstable();
        ids
    }

    /// The value of a property of a thing.
    pub(crate) fn property_word(&self, thing: NumberedThing, property: usize) -> Option<&str> {
        let product = &self.rulebook.product(thing.product)?.product;
        let declared = product.kind(thing.kind)?.properties.get(property)?;
        let things = self.things.of_kind(thing.product, thing.kind)?;
        let value = things.property(thing.number, property)?;
        Some(product.fact(declared.fact)?.domain.word(value))
    }
}
