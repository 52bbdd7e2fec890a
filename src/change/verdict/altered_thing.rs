//! What a change alters of things and groups, in words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::explore::compile::CompiledProduct;
use crate::firm::groups::ListEntries;
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, ThingAlteration};

/// A list or property of a thing, or a group, that differs after an accepted change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum AlteredThing {
    /// A property of a thing.
    Property {
        /// The kind of the thing.
        kind: Arc<str>,
        /// Id of the thing.
        thing: String,
        /// The property.
        property: Arc<str>,
        /// The value before.
        #[serde(with = "crate::answer::worded")]
        #[cfg_attr(feature = "schema", schemars(with = "crate::answer::ValueWord"))]
        from: String,
        /// The value after.
        #[serde(with = "crate::answer::worded")]
        #[cfg_attr(feature = "schema", schemars(with = "crate::answer::ValueWord"))]
        to: String,
    },
    /// A list of a thing.
    List {
        /// The kind of the thing.
        kind: Arc<str>,
        /// Id of the thing.
        thing: String,
        /// The list.
        list: Arc<str>,
        /// People and groups who stand on it afterwards and did not before, by id.
        added: Vec<String>,
        /// People and groups who stood on it before and do not afterwards, by id.
        removed: Vec<String>,
        /// Whether everyone stood on it before, because nobody was named.
        was_open: bool,
        /// Whether everyone stands on it afterwards, because nobody is named.
        is_open: bool,
    },
    /// A group.
    Group {
        /// Id of the group.
        group: String,
        /// People and groups who are in it afterwards and were not before, by id.
        added: Vec<String>,
        /// People and groups who were in it before and are not afterwards, by id.
        removed: Vec<String>,
    },
}

impl AlteredThing {
    /// Alterations of things and groups in words.
    pub(crate) fn all(
        firm: &Firm,
        compiled: &CompiledProduct,
        alterations: &[ThingAlteration],
    ) -> Vec<Self> {
        let alterations = alterations.iter();
        let worded = alterations.filter_map(|one| Self::of(firm, compiled, one));
        worded.collect()
    }

    fn of(firm: &Firm, compiled: &CompiledProduct, alteration: &ThingAlteration) -> Option<Self> {
        match alteration {
            ThingAlteration::Property {
                thing,
                property,
                to,
            } => Self::property(firm, compiled, *thing, *property, *to),
            ThingAlteration::List { list, to, .. } => {
                let [kind, thing, name] = firm.list_names(*list);
                let before = firm.list_entries(*list);
                let declared = compiled.product.kind(list.kind);
                let declared = declared.and_then(|kind| kind.lists.get(list.list));
                let is_open = declared.is_some_and(|list| list.is_open);
                let (added, removed) = firm.members_between(before.as_ref(), to.as_ref());
                Some(Self::List {
                    kind: kind.into(),
                    thing: thing.to_owned(),
                    list: name.into(),
                    added,
                    removed,
                    was_open: is_open && before.is_none(),
                    is_open: is_open && to.is_none(),
                })
            }
            ThingAlteration::Group { group, to } => {
                let before = firm.group_entries(*group);
                let (added, removed) = firm.members_between(Some(&before), Some(to));
                Some(Self::Group {
                    group: firm.things.groups.id(*group).to_owned(),
                    added,
                    removed,
                })
            }
        }
    }

    fn property(
        firm: &Firm,
        compiled: &CompiledProduct,
        thing: NumberedThing,
        property: usize,
        to: crate::value::Value,
    ) -> Option<Self> {
        let product = &compiled.product;
        let kind = product.kind(thing.kind)?;
        let declared = kind.properties.get(property)?;
        let domain = &product.fact(declared.fact)?.domain;
        let things = firm.things.of_kind(thing.product, thing.kind)?;
        let from = things.property(thing.number, property)?;
        Some(Self::Property {
            kind: Arc::clone(&kind.id),
            thing: things.id(thing.number).to_owned(),
            property: Arc::clone(&declared.id),
            from: domain.word(from).to_owned(),
            to: domain.word(to).to_owned(),
        })
    }
}

impl Firm {
    /// Who is among the entries after and not before, and the other way round, by id.
    fn members_between(
        &self,
        before: Option<&ListEntries>,
        after: Option<&ListEntries>,
    ) -> (Vec<String>, Vec<String>) {
        let only = |these: Option<&ListEntries>, those: Option<&ListEntries>| {
            let members = these.into_iter().flat_map(ListEntries::members);
            let new = members.filter(|member| !those.is_some_and(|those| those.has_entry(*member)));
            new.map(|member| self.member_id(member).to_owned())
                .collect()
        };
        (only(after, before), only(before, after))
    }
}
