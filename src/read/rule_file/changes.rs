//! Permission changes as they are written: what they take and do, bulk changes, and effects.

use super::{AllowEntry, ReasonEntry};
use crate::yaml::{
    Condition, Decode, DecodeContext, KeyedEntries, Node, NodeContent, OneOrMany, Prose, Text,
    record,
};

record! {
    /// A permission change that the product knows.
    pub(crate) struct ChangeDeclaration {
        /// What people call it.
        title: Text,
        /// Section of the document, by its id.
        section: Text,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// The place in the product.
        r#where: Option<Text>,
        /// A remark for readers of this file.
        note: Option<Prose>,
        /// To whom it is done: `user` (the default), `group`, both, or `nobody`. A group is one of the firm.
        target: Option<OneOrMany<Text>>,
        /// The words of the change, in the order of the command line: `role`, `setting`, `value`, `thing`, `list`, `group`.
        takes: Option<KeyedEntries<TakesEntry>>,
        /// Who may: a role, a list of roles (any of them), `everyone`, or `holds: role`.
        allow: AllowEntry,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say to those whom `allow` or `when` does not let through.
        because: Option<ReasonEntry>,
        /// Refusals, by id; all that hold are named.
        unless: Option<OneOrMany<Text>>,
        /// What it alters, in order.
        does: Vec<DoesEntry>,
    }
}

record! {
    /// One alteration: `give … to`, `take … from`, `set … of … to`, `add … to`, `remove … from`, `only … on`, or `reset`.
    pub(crate) struct DoesEntry {
        /// A role, or the argument `role`.
        give: Option<Text>,
        /// A role, or the argument `role`.
        take: Option<Text>,
        /// A setting, the argument `setting`, or a property of the thing: `matter.status`.
        set: Option<Text>,
        /// Who is put on a list of the thing or into the group: `user`, `target` or `holder of ROLE`.
        add: Option<Text>,
        /// Who is taken off a list of the thing or out of the group: `user`, `target` or `holder of ROLE`.
        remove: Option<Text>,
        /// Who stands on a list of the thing from now on, and nobody else: `user`, `target` or `holder of ROLE`.
        only: Option<Text>,
        /// A list of the thing, `matter.access`, or the argument `list`: it is as if the firm file said nothing about it.
        reset: Option<Text>,
        /// `user`, `target` or `holder of ROLE`; with `set`, a value or the argument `value`; with `add`, a list or `group`.
        to: Option<Text>,
        /// `user`, `target` or `holder of ROLE`; with `remove`, a list or `group`.
        from: Option<Text>,
        /// `user`, `target` or `holder of ROLE`.
        of: Option<Text>,
        /// A list, with `only`.
        on: Option<Text>,
    }
}

impl DoesEntry {
    /// The keys that are given, each with its text.
    pub(crate) fn given(&self) -> Vec<(&'static str, &Text)> {
        let keys = [
            ("give", &self.give),
            ("take", &self.take),
            ("set", &self.set),
            ("add", &self.add),
            ("remove", &self.remove),
            ("only", &self.only),
            ("reset", &self.reset),
            ("from", &self.from),
            ("of", &self.of),
            ("on", &self.on),
            ("to", &self.to),
        ];
        let given = keys.into_iter();
        given
            .filter_map(|(key, text)| Some((key, text.as_ref()?)))
            .collect()
    }
}

record! {
    /// Many changes by one user, at once.
    pub(crate) struct BulkDeclaration {
        /// What people call it.
        title: Text,
        /// The changes it may consist of.
        of: Vec<Text>,
        /// Section of the document, by its id.
        section: Text,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// The place in the product.
        r#where: Option<Text>,
        /// That one refused part refuses all.
        all_or_nothing: BasisEntry,
        /// What to say of parts that undo each other.
        contradiction: ContradictionEntry,
    }
}

record! {
    /// Where something comes from.
    pub(crate) struct BasisEntry {
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
    }
}

record! {
    /// What to say of parts that undo each other.
    pub(crate) struct ContradictionEntry {
        /// Id of the refusal.
        rule: Text,
        /// The reason in plain words.
        because: Prose,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
    }
}

record! {
    /// What follows from an accepted change.
    pub(crate) struct EffectDeclaration {
        /// What people call it.
        title: Text,
        /// The change it follows, or `nothing changed`.
        after: Text,
        /// A condition, read before the change is made.
        when: Option<Condition>,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// Section of the document, by its id.
        section: Text,
        /// What it alters, in order.
        does: Option<Vec<DoesEntry>>,
    }
}

/// What an argument of a change may be: one of these names, or a phrase.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum TakesEntry {
    /// One of these names.
    Names(Vec<Text>),
    /// A phrase: `a value of setting`, `a value of matter.status`, `a group`, or the kind of the thing.
    Phrase(Text),
}

impl Decode for TakesEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match node.content {
            NodeContent::List(_) => Vec::decode(node, cx).map(Self::Names),
            _ => Text::decode(node, cx).map(Self::Phrase),
        }
    }
}
