//! Entries that have ended, in words.

use super::Firm;
use super::ends::{EntryEnd, EntryPlace, ListMember, ListPlace};
use crate::finding::{Finding, firm as codes};

/// Days before its end from which on a review names an entry.
pub(crate) const ENDS_SOON: i32 = 30;

impl Firm {
    /// A finding for each entry that has ended, and where its end is written.
    pub(crate) fn ended(&self) -> impl Iterator<Item = (Finding, EntryEnd)> {
        self.ends.ended().map(|(place, end)| {
            let (id, words) = (self.entry_id(place), self.entry_words(place));
            let finding = Finding::new(&codes::ENTRY_ENDED, None, &[&id, &words, &end.until]);
            (finding, end)
        })
    }

    /// Who an entry is about, by id.
    pub(crate) fn entry_id(&self, place: EntryPlace) -> &str {
        match place {
            EntryPlace::Role { user, .. } => self.roster.id(user),
            EntryPlace::Member { member, .. } | EntryPlace::Listed { member, .. } => {
                self.member_id(member)
            }
        }
    }

    pub(crate) fn member_id(&self, member: ListMember) -> &str {
        match member {
            ListMember::User(user) => self.roster.id(user),
            ListMember::Group(group) => self.things.groups.id(group),
        }
    }

    fn entry_words(&self, place: EntryPlace) -> String {
        match place {
            EntryPlace::Role { product, role, .. } => {
                let product = self.rulebook.product(product);
                let words = product.map(|compiled| {
                    let role = compiled.product.role_name(role);
                    format!("holder of `{role}` in {}", compiled.product.title)
                });
                words.unwrap_or_default()
            }
            EntryPlace::Member { group, .. } => {
                format!("in the group `{}`", self.things.groups.id(group))
            }
            EntryPlace::Listed { list, .. } => {
                let [kind, thing, list] = self.list_names(list);
                format!("on `{list}` of the {kind} `{thing}`")
            }
        }
    }

    /// The names of a list of a thing: its kind, its id, and that of the list.
    pub(crate) fn list_names(&self, of: ListPlace) -> [&str; 3] {
        let compiled = self.rulebook.product(of.product);
        let kind = compiled.and_then(|compiled| compiled.product.kind(of.kind));
        let things = self.things.of_kind(of.product, of.kind);
        let list = kind.and_then(|kind| kind.lists.get(of.list));
        [
            kind.map_or("?", |kind| &kind.id),
            things.map_or("?", |things| things.id(of.thing)),
            list.map_or("?", |list| &list.id),
        ]
    }
}
