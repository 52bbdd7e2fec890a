//! Things as they are written: matters, records, repositories, with their properties and their lists of people.

use super::ValuesEntry;
use crate::yaml::{KeyedEntries, OneOrMany, Prose, Text, record};

record! {
    /// A kind of thing that actions can be done to.
    pub(crate) struct ThingDeclaration {
        /// What people call one of them.
        title: Text,
        /// A remark for readers of this file.
        note: Option<Prose>,
        /// The kind of thing that each of them is part of: a document of a matter, a folder of a folder. Conditions read what is known
        /// of the whole behind its name: `document.matter.status`.
        part_of: Option<Text>,
        /// Where things are part of others of the same kind: how many there may be above one. Without it, one.
        depth: Option<Text>,
        /// What is known of each of them, by id. Conditions read `kind.property`.
        properties: Option<KeyedEntries<ThingProperty>>,
        /// How people stand to it, by id. Conditions read `kind.list`: whether the user stands on that list, themselves or
        /// through a group. `allow: kind.list` lets those through who do.
        lists: Option<KeyedEntries<ThingList>>,
    }
}

record! {
    /// A property of a thing.
    pub(crate) struct ThingProperty {
        /// What people call it.
        title: Option<Text>,
        /// Its values.
        values: ValuesEntry,
        /// The value where a firm file is silent.
        default: Text,
    }
}

record! {
    /// A list of people that a thing has.
    pub(crate) struct ThingList {
        /// What people call it.
        title: Option<Text>,
        /// Lists of the same thing on which whoever stands on this one stands as well.
        brings: Option<OneOrMany<Text>>,
        /// How many entries it may have: `many` (the default) or `one`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["many", "one"])))]
        holds: Option<Text>,
        /// Who stands on it where the firm file says nothing about it: `nobody` (the default) or `everyone`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["nobody", "everyone"])))]
        default: Option<Text>,
    }
}

record! {
    /// How a fact follows from the thing that a question names.
    pub(crate) struct FactSourceEntry {
        /// The list that it follows from: `kind.list`.
        list: Text,
        /// Its value where the firm file says nothing about the list.
        open: Text,
        /// Its value for whoever stands on the list.
        listed: Text,
        /// Its value for everybody else.
        not_listed: Text,
    }
}
