//! Actions as they are written: groups, rules, facts, and who may.

use super::{FactSourceEntry, ValuesEntry};
use crate::text::Span;
use crate::yaml::{
    Condition, Decode, DecodeContext, KeyedEntries, Node, NodeContent, OneOrMany, Prose, Text,
    record,
};

record! {
    /// Actions with what they share.
    pub(crate) struct GroupEntry {
        /// The heading.
        group: Text,
        /// Section of the document, by its id.
        section: Option<Text>,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Option<Text>,
        /// What the actions are done to: `user` for a person, or a kind of thing.
        target: Option<Text>,
        /// The place in the product.
        r#where: Option<Text>,
        /// A remark for readers of this file.
        note: Option<Prose>,
        /// Inputs that the question supplies.
        facts: Option<KeyedEntries<FactDeclaration>>,
        /// Who may: a role, a list of roles (any of them), `everyone`, `holds: role`, or a list of the thing, as `kind.list`.
        allow: Option<AllowEntry>,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say when `when` does not hold; without a `when`, to those whom `allow` does not let through.
        because: Option<ReasonEntry>,
        /// Refusals, by id, tried in order for those whom `allow` and `when` let through.
        unless: Option<OneOrMany<Text>>,
        /// Several rules, tried in order.
        rules: Option<Vec<RuleEntry>>,
        /// The actions, by id.
        actions: KeyedEntries<ActionDeclaration>,
    }
}

record! {
    /// An action with more than a title.
    pub(crate) struct ActionFields {
        /// What people call it.
        title: Text,
        /// Section of the document, by its id.
        section: Option<Text>,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Option<Text>,
        /// What the action is done to: `user` for a person, or a kind of thing.
        target: Option<Text>,
        /// The place in the product.
        r#where: Option<Text>,
        /// A remark for readers of this file.
        note: Option<Prose>,
        /// Inputs that the question supplies, beside those of the group. One declared here replaces the group's of that name.
        facts: Option<KeyedEntries<FactDeclaration>>,
        /// Who may: a role, a list of roles (any of them), `everyone`, `holds: role`, or a list of the thing, as `kind.list`.
        allow: Option<AllowEntry>,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say when `when` does not hold; without a `when`, to those whom `allow` does not let through.
        because: Option<ReasonEntry>,
        /// Refusals, by id, tried in order for those whom `allow` and `when` let through.
        unless: Option<OneOrMany<Text>>,
        /// Several rules, tried in order.
        rules: Option<Vec<RuleEntry>>,
    }
}

record! {
    /// One of several rules of an action.
    pub(crate) struct RuleEntry {
        /// Its id.
        rule: Text,
        /// About whom it speaks: `others`, `self` or `anyone` (the default).
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["others", "self", "anyone"])))]
        whom: Option<Text>,
        /// The place in the product.
        r#where: Option<Text>,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Option<Text>,
        /// Section of the document, by its id.
        section: Option<Text>,
        /// Who may: a role, a list of roles (any of them), `everyone`, `holds: role`, or a list of the thing, as `kind.list`.
        allow: AllowEntry,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say when `when` does not hold; without a `when`, to those whom `allow` does not let through.
        because: Option<ReasonEntry>,
        /// Refusals, by id, tried in order for those whom `allow` and `when` let through.
        unless: Option<OneOrMany<Text>>,
    }
}

record! {
    /// A named input with finite values that the question supplies.
    pub(crate) struct FactDeclaration {
        /// What people call it.
        title: Option<Text>,
        /// Its values.
        values: ValuesEntry,
        /// The value where the question is silent; without it the question has to say.
        default: Option<Text>,
        /// How it follows from the thing that the question names.
        from: Option<FactSourceEntry>,
    }
}

/// An action: `id: title`, or `id:` with more under it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum ActionDeclaration {
    /// Only what people call it; all else comes from the group.
    Title(Text),
    /// With more under it.
    Fields(Box<ActionFields>),
}

impl Decode for ActionDeclaration {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match node.content {
            NodeContent::Map(_) => {
                ActionFields::decode(node, cx).map(|f| Self::Fields(Box::new(f)))
            }
            _ => Text::decode(node, cx).map(Self::Title),
        }
    }
}

/// Who may.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub(crate) struct AllowEntry {
    pub(crate) roles: OneOrMany<AllowedEntry>,
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(crate) span: Span,
}

impl Decode for AllowEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let roles = OneOrMany::decode(node, cx)?;
        Some(Self {
            roles,
            span: node.span,
        })
    }
}

/// What to say to those whom a rule stops: a text, or a text with a basis of its own.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum ReasonEntry {
    /// The reason in plain words.
    Text(Prose),
    /// The reason with its own basis.
    WithBasis(ReasonFields),
}

record! {
    /// A reason that says more than the rule, with a basis of its own.
    pub(crate) struct ReasonFields {
        /// The reason in plain words.
        reason: Prose,
        /// `stated` or `inferred`: where the words come from, whatever the basis of the rule is.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
    }
}

impl ReasonEntry {
    /// The reason in plain words.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) => &text.value,
            Self::WithBasis(fields) => &fields.reason.value,
        }
    }

    /// Where the reason stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::WithBasis(fields) => fields.reason.span,
        }
    }
}

impl Decode for ReasonEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match node.content {
            NodeContent::Map(_) => ReasonFields::decode(node, cx).map(Self::WithBasis),
            _ => Prose::decode(node, cx).map(Self::Text),
        }
    }
}

/// One of those who may: a role (or `everyone`), or the role itself and not one that brings it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum AllowedEntry {
    /// A role, or `everyone`.
    Role(Text),
    /// The role itself.
    Holds(HoldsEntry),
}

record! {
    /// The role itself, not one that brings it.
    pub(crate) struct HoldsEntry {
        /// The role.
        holds: Text,
    }
}

impl Decode for AllowedEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match node.content {
            NodeContent::Map(_) => HoldsEntry::decode(node, cx).map(Self::Holds),
            _ => Text::decode(node, cx).map(Self::Role),
        }
    }
}
