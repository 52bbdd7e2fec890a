//! A rule file as it is written.

use crate::text::Span;
use crate::yaml::{Condition, Content, Cx, Decode, Entries, Flag, Node, OneOrMany, Text, record};

record! {
    /// The rules of one product: its roles, its actions with who may, and the permitted changes.
    pub(crate) struct RuleFile {
        /// Id of the product, unique among the rule files that are loaded together.
        product: Text,
        /// What people call the product.
        title: Text,
        /// The document that these rules come from.
        document: DocumentEntry,
        /// The roles that a user can hold, by id.
        roles: Entries<RoleEntry>,
        /// Settings that every seat has, by id.
        settings: Option<Entries<SettingEntry>>,
        /// Questions that the document leaves open, by id; a firm can choose the other answer.
        readings: Option<Entries<ReadingEntry>>,
        /// What holds for every seat.
        seats: Option<SeatsEntry>,
        /// The three questions asked before any rule, with their words.
        grounds: GroundsEntry,
        /// Refusals by id, used by `unless`.
        refusals: Option<Entries<RefusalEntry>>,
        /// Actions, in groups that share what they have in common.
        actions: Vec<GroupEntry>,
        /// Permission changes, by id.
        changes: Option<Entries<ChangeEntry>>,
        /// Many changes at once: all of them or none.
        bulk: Option<BulkEntry>,
        /// What follows from an accepted change, by id, in the order of reports.
        effects: Option<Entries<EffectEntry>>,
    }
}

record! {
    /// The source document.
    pub(crate) struct DocumentEntry {
        /// Its title.
        title: Text,
        /// Its sections: an id for use in this file, and the heading as it stands in the document.
        sections: Entries<Text>,
    }
}

record! {
    /// A role.
    pub(crate) struct RoleEntry {
        /// What people call it.
        title: Text,
        /// `stated` where the document says so, `inferred` where it is our reading.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// Section of the document, by its id.
        section: Text,
        /// Roles that come with this one.
        brings: Option<Vec<BringsEntry>>,
        /// How many may hold it.
        holders: Option<HoldersEntry>,
        /// The change that passes it on; such a role is never granted.
        moves_by: Option<Text>,
    }
}

record! {
    /// Roles that come with a role.
    pub(crate) struct BringsEntry {
        /// The roles.
        roles: OneOrMany<Text>,
        /// A condition over readings.
        when: Option<Condition>,
    }
}

record! {
    /// How many users hold a role, in every firm where anybody has a seat.
    pub(crate) struct HoldersEntry {
        /// `exactly one`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["exactly one"])))]
        count: Text,
        /// Whether the holder has to be enabled.
        enabled: Option<Flag>,
        /// Who it usually is, as a hint when a firm file names nobody: `the first user`.
        usually: Option<Text>,
    }
}

record! {
    /// A setting of every seat.
    pub(crate) struct SettingEntry {
        /// What people call it.
        title: Text,
        /// Its values.
        values: Vec<Text>,
        /// The value where a firm file is silent.
        default: Text,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// Section of the document, by its id.
        section: Text,
    }
}

record! {
    /// A question that the document leaves open.
    pub(crate) struct ReadingEntry {
        /// The question, answered by yes (`true`) or no (`false`).
        question: Text,
        /// The answer unless a firm chooses the other one.
        default: Flag,
        /// Section of the document, by its id.
        section: Text,
    }
}

record! {
    /// What holds for every seat.
    pub(crate) struct SeatsEntry {
        /// `exactly one of [role, role]`.
        hold: Text,
    }
}

record! {
    /// The questions asked before any rule, in this order.
    pub(crate) struct GroundsEntry {
        /// Who asks is disabled.
        user_disabled: GroundEntry,
        /// Who asks has no seat in this product.
        user_has_no_seat: GroundEntry,
        /// The target has no seat in this product.
        target_has_no_seat: GroundEntry,
    }
}

record! {
    /// What to say when one of the questions asked before any rule denies.
    pub(crate) struct GroundEntry {
        /// The reason in plain words.
        because: Text,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// Section of the document, by its id.
        section: Text,
    }
}

record! {
    /// A named refusal.
    pub(crate) struct RefusalEntry {
        /// The condition under which it refuses.
        when: Condition,
        /// The reason in plain words.
        because: Text,
        /// `stated` or `inferred`; without it, that of the rule that uses the refusal.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Option<Text>,
        /// Section of the document; without it, that of the rule that uses the refusal.
        section: Option<Text>,
    }
}

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
        /// `user` where the actions are done to a person.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["user"])))]
        target: Option<Text>,
        /// The place in the product.
        r#where: Option<Text>,
        /// A remark for readers of this file.
        note: Option<Text>,
        /// Inputs that the question supplies.
        facts: Option<Entries<FactEntry>>,
        /// Who may: a role, a list of roles (any of them), `everyone`, or `holds: role`.
        allow: Option<AllowEntry>,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say when `when` does not hold; without a `when`, to those whom `allow` does not let through.
        because: Option<Text>,
        /// Refusals, by id, tried in order for those whom `allow` and `when` let through.
        unless: Option<OneOrMany<Text>>,
        /// Several rules, tried in order.
        rules: Option<Vec<RuleEntry>>,
        /// The actions, by id.
        actions: Entries<ActionEntry>,
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
        /// `user` where the action is done to a person.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["user"])))]
        target: Option<Text>,
        /// The place in the product.
        r#where: Option<Text>,
        /// A remark for readers of this file.
        note: Option<Text>,
        /// Inputs that the question supplies.
        facts: Option<Entries<FactEntry>>,
        /// Who may: a role, a list of roles (any of them), `everyone`, or `holds: role`.
        allow: Option<AllowEntry>,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say when `when` does not hold; without a `when`, to those whom `allow` does not let through.
        because: Option<Text>,
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
        /// Who may: a role, a list of roles (any of them), `everyone`, or `holds: role`.
        allow: AllowEntry,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say when `when` does not hold; without a `when`, to those whom `allow` does not let through.
        because: Option<Text>,
        /// Refusals, by id, tried in order for those whom `allow` and `when` let through.
        unless: Option<OneOrMany<Text>>,
    }
}

record! {
    /// A named input with finite values that the question supplies.
    pub(crate) struct FactEntry {
        /// What people call it.
        title: Option<Text>,
        /// Its values.
        values: Vec<Text>,
        /// The value where the question is silent; without it the question has to say.
        default: Option<Text>,
    }
}

record! {
    /// A permission change that the product knows.
    pub(crate) struct ChangeEntry {
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
        note: Option<Text>,
        /// The words of the change, in the order of the command line: `role`, `setting`, `value`.
        takes: Option<Entries<TakesEntry>>,
        /// Who may: a role, a list of roles (any of them), `everyone`, or `holds: role`.
        allow: AllowEntry,
        /// A condition that must hold as well.
        when: Option<Condition>,
        /// What to say to those whom `allow` or `when` does not let through.
        because: Option<Text>,
        /// Refusals, by id; all that hold are named.
        unless: Option<OneOrMany<Text>>,
        /// What it alters, in order.
        does: Vec<DoesEntry>,
    }
}

record! {
    /// One alteration: `give … to`, `take … from`, or `set … of … to`.
    pub(crate) struct DoesEntry {
        /// A role, or the argument `role`.
        give: Option<Text>,
        /// A role, or the argument `role`.
        take: Option<Text>,
        /// A setting, or the argument `setting`.
        set: Option<Text>,
        /// `user`, `target` or `holder of ROLE`; with `set`, a value or the argument `value`.
        to: Option<Text>,
        /// `user`, `target` or `holder of ROLE`.
        from: Option<Text>,
        /// `user`, `target` or `holder of ROLE`.
        of: Option<Text>,
    }
}

record! {
    /// Many changes by one user, at once.
    pub(crate) struct BulkEntry {
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
        because: Text,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
    }
}

record! {
    /// What follows from an accepted change.
    pub(crate) struct EffectEntry {
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

/// An action: `id: title`, or `id:` with more under it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum ActionEntry {
    /// Only what people call it; all else comes from the group.
    Title(Text),
    /// With more under it.
    Fields(Box<ActionFields>),
}

impl Decode for ActionEntry {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match node.content {
            Content::Map(_) => ActionFields::decode(node, cx).map(|f| Self::Fields(Box::new(f))),
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
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let roles = OneOrMany::decode(node, cx)?;
        Some(Self {
            roles,
            span: node.span,
        })
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
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match node.content {
            Content::Map(_) => HoldsEntry::decode(node, cx).map(Self::Holds),
            _ => Text::decode(node, cx).map(Self::Role),
        }
    }
}

/// What an argument of a change may be: one of these names, or `a value of setting`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum TakesEntry {
    /// One of these names.
    Names(Vec<Text>),
    /// A phrase: `a value of setting`.
    Phrase(Text),
}

impl Decode for TakesEntry {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match node.content {
            Content::List(_) => Vec::decode(node, cx).map(Self::Names),
            _ => Text::decode(node, cx).map(Self::Phrase),
        }
    }
}
