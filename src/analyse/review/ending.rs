//! What ends soon: roles, and places in groups and on lists, that people have until a day.

use serde::{Deserialize, Serialize};

use crate::firm::ends::{EntryPlace, ListMember};
use crate::firm::{ChosenUsers, ENDS_SOON, Firm};
use crate::value::Day;

/// An entry of the firm file that ends within 30 days of the day on which the firm is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewEnding {
    /// Id of the person or group that it is about.
    pub id: String,
    /// What ends.
    pub entry: ReviewEndingPlace,
    /// The last day on which it holds.
    pub until: Day,
    /// How many days that is from now.
    pub days: u32,
}

/// What somebody has until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewEndingPlace {
    /// A role.
    Role {
        /// Id of the product.
        product: String,
        /// Id of the role.
        role: String,
    },
    /// A place in a group.
    Group {
        /// Id of the group.
        group: String,
    },
    /// A place on a list of a thing.
    List {
        /// Id of the kind of thing.
        kind: String,
        /// Id of the thing.
        thing: String,
        /// Id of the list.
        list: String,
    },
}

impl Firm {
    /// What ends soon of these users, and of groups where all users are meant; what ends first comes first.
    pub(super) fn ending(&self, chosen: &ChosenUsers) -> Vec<ReviewEnding> {
        let Some(today) = self.day() else {
            return Vec::new();
        };
        let is_meant = |place: EntryPlace| match place {
            EntryPlace::Role { user, .. } => chosen.has(user),
            EntryPlace::Member { member, .. } | EntryPlace::Listed { member, .. } => match member {
                ListMember::User(user) => chosen.has(user),
                ListMember::Group(_) => chosen.is_everybody(),
            },
        };
        let entries = self.ends.iter().filter_map(|(place, end)| {
            let days = today.days_to(end.until);
            let is_soon = (0..=ENDS_SOON).contains(&days) && is_meant(place);
            is_soon.then(|| ReviewEnding {
                id: self.entry_id(place).to_owned(),
                entry: self.review_entry(place),
                until: end.until,
                days: days.unsigned_abs(),
            })
        });
        let mut entries: Vec<ReviewEnding> = entries.collect();
        entries.sort_by_key(|entry| entry.until);
        entries
    }

    fn review_entry(&self, place: EntryPlace) -> ReviewEndingPlace {
        match place {
            EntryPlace::Role { product, role, .. } => {
                let compiled = self.rulebook.product(product);
                let names = compiled.map(|of| [&*of.product.id, of.product.role_name(role)]);
                let [product, role] = names.unwrap_or(["?"; 2]).map(str::to_owned);
                ReviewEndingPlace::Role { product, role }
            }
            EntryPlace::Member { group, .. } => ReviewEndingPlace::Group {
                group: self.things.groups.id(group).to_owned(),
            },
            EntryPlace::Listed { list, .. } => {
                let [kind, thing, list] = self.list_names(list).map(str::to_owned);
                ReviewEndingPlace::List { kind, thing, list }
            }
        }
    }
}
