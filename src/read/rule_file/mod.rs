//! A rule file as it is written.

mod actions;
mod changes;
mod properties;
mod things;
mod values;

use crate::yaml::{Condition, Flag, KeyedEntries, KeyedValue, OneOrMany, Prose, Text, record};
pub(crate) use actions::*;
pub(crate) use changes::*;
pub(crate) use properties::*;
pub(crate) use things::*;
pub(crate) use values::ValuesEntry;

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
        roles: KeyedEntries<RoleDeclaration>,
        /// Lists of values by name, which settings, facts and properties of things can share.
        values: Option<KeyedEntries<Vec<Text>>>,
        /// Settings that every seat has, by id.
        settings: Option<KeyedEntries<SettingDeclaration>>,
        /// Questions that the document leaves open, by id; a firm can choose the other answer.
        readings: Option<KeyedEntries<ReadingDeclaration>>,
        /// Kinds of things that actions can be done to, by id.
        things: Option<KeyedEntries<ThingDeclaration>>,
        /// What holds for every seat.
        seats: Option<SeatsEntry>,
        /// The three questions asked before any rule, with their words.
        grounds: GroundsEntry,
        /// Refusals by id, used by `unless`.
        refusals: Option<KeyedEntries<RefusalEntry>>,
        /// Actions, in groups that share what they have in common.
        actions: Vec<GroupEntry>,
        /// Permission changes, by id.
        changes: Option<KeyedEntries<ChangeDeclaration>>,
        /// Many changes at once: all of them or none.
        bulk: Option<KeyedValue<BulkDeclaration>>,
        /// What follows from an accepted change, by id, in the order of reports.
        effects: Option<KeyedEntries<EffectDeclaration>>,
        /// Pairs of abilities that one person should not hold, by id. They warn and never refuse.
        conflicts: Option<KeyedEntries<ConflictDeclaration>>,
        /// How the users of a firm should be, by id. It warns and never refuses.
        advice: Option<KeyedEntries<AdviceDeclaration>>,
        /// Promises about these rules, by id. They decide nothing; `check` and `prove` test them against the rules.
        properties: Option<KeyedEntries<PropertyDeclaration>>,
    }
}

record! {
    /// The source document.
    pub(crate) struct DocumentEntry {
        /// Its title.
        title: Text,
        /// Its sections: an id for use in this file, and the heading as it stands in the document.
        sections: KeyedEntries<Text>,
    }
}

record! {
    /// A role.
    pub(crate) struct RoleDeclaration {
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
    pub(crate) struct SettingDeclaration {
        /// What people call it.
        title: Text,
        /// Its values.
        values: ValuesEntry,
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
    pub(crate) struct ReadingDeclaration {
        /// The question, answered by yes (`true`) or no (`false`).
        question: Prose,
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
        user_disabled: KeyedValue<GroundEntry>,
        /// Who asks has no seat in this product.
        user_has_no_seat: KeyedValue<GroundEntry>,
        /// The target has no seat in this product.
        target_has_no_seat: KeyedValue<GroundEntry>,
    }
}

record! {
    /// What to say when one of the questions asked before any rule denies.
    pub(crate) struct GroundEntry {
        /// The reason in plain words.
        because: Prose,
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
        because: Prose,
        /// `stated` or `inferred`; without it, that of the rule that uses the refusal.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Option<Text>,
        /// Section of the document; without it, that of the rule that uses the refusal.
        section: Option<Text>,
    }
}
