//! Properties, conflicts and advice as they are written: promises about the rules, what one person should not hold, and
//! what a firm should be.

use crate::yaml::{Condition, Flag, KeyedEntries, OneOrMany, Prose, Text, record};

record! {
    /// Two abilities that one person should not hold: a warning wherever somebody does, never a refusal.
    pub(crate) struct ConflictDeclaration {
        /// What people call it.
        title: Text,
        /// Two actions of this product, neither of which is done to a person. Their facts count with their defaults.
        both: Vec<Text>,
        /// Roles that are trusted with both.
        except: Option<OneOrMany<Text>>,
        /// Why one person should not hold both, in plain words.
        because: Prose,
        /// A remark for readers of this file.
        note: Option<Prose>,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// Section of the document, by its id.
        section: Text,
    }
}

record! {
    /// A conflict that a firm declares for itself.
    pub(crate) struct FirmConflictDeclaration {
        /// What people call it.
        title: Text,
        /// Two actions of this product, neither of which is done to a person. Their facts count with their defaults.
        both: Vec<Text>,
        /// Roles that are trusted with both.
        except: Option<OneOrMany<Text>>,
        /// Why one person should not hold both, in plain words.
        because: Text,
        /// A remark for readers of this file.
        note: Option<Text>,
        /// `stated` or `inferred`, the default: what a firm decides for itself is not in the document.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Option<Text>,
        /// Section of the document, by its id, if it is about one.
        section: Option<Text>,
    }
}

record! {
    /// How the users of a firm should be: a warning about whoever is not so, never a refusal.
    pub(crate) struct AdviceDeclaration {
        /// What people call it.
        title: Text,
        /// Whom it is about: a condition over one user; without it, everybody with a seat.
        when: Option<Condition>,
        /// What should be true of them.
        should: Condition,
        /// What to say of somebody of whom it is not, in plain words.
        because: Text,
        /// A remark for readers of this file.
        note: Option<Text>,
        /// `stated` or `inferred`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Text,
        /// Section of the document, by its id.
        section: Text,
    }
}

record! {
    /// A promise about the rules that can be proven: about `whoever` or `nobody`, `always`, or `alone`.
    pub(crate) struct PropertyDeclaration {
        /// What it promises, in plain words.
        title: Text,
        /// A remark for readers of this file.
        note: Option<Prose>,
        /// Whom it speaks about; without it, about everybody who has a seat and is enabled. What follows stands beside it:
        /// `holds`, `lacks`, `can`, `cannot`, `with`, `target`.
        whoever: Option<WhoeverEntry>,
        /// Nobody fits this description.
        nobody: Option<WhoeverEntry>,
        /// They hold each of these roles, themselves or through another role.
        holds: Option<OneOrMany<Text>>,
        /// They hold none of these roles, neither themselves nor through another role.
        lacks: Option<OneOrMany<Text>>,
        /// They are allowed each of these actions.
        can: Option<OneOrMany<Text>>,
        /// They are allowed none of these actions.
        cannot: Option<OneOrMany<Text>>,
        /// A setting of theirs, a reading of the firm or a fact has this value.
        with: Option<KeyedEntries<Text>>,
        /// What is true of the person it is done to.
        target: Option<TraitsEntry>,
        /// What is true of the firm after every sequence of accepted changes, if it was true before.
        always: Option<AlwaysEntry>,
        /// `gains nothing`: no accepted changes that one user makes let that user do more than before.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["gains nothing"])))]
        alone: Option<Text>,
        /// `stated` or `inferred`; required in a rule file.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["stated", "inferred"])))]
        basis: Option<Text>,
        /// Section of the document, by its id; required in a rule file.
        section: Option<Text>,
    }
}

record! {
    /// The people a property is about: every key here is true of them.
    pub(crate) struct WhoeverEntry {
        /// They hold each of these roles, themselves or through another role.
        holds: Option<OneOrMany<Text>>,
        /// They hold none of these roles, neither themselves nor through another role.
        lacks: Option<OneOrMany<Text>>,
        /// They are allowed this action; of several, any one.
        can: Option<OneOrMany<Text>>,
        /// They are denied this action; of several, any one.
        cannot: Option<OneOrMany<Text>>,
        /// They make an accepted change of this name, with any words; of several, any one.
        makes: Option<OneOrMany<Text>>,
        /// A setting of theirs, a reading of the firm or a fact has this value.
        with: Option<KeyedEntries<Text>>,
        /// To whom it is done: `others`, `self` or `anyone` (the default).
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["others", "self", "anyone"])))]
        on: Option<Text>,
        /// What is true of the person it is done to.
        target: Option<TraitsEntry>,
    }
}

record! {
    /// What is true of the person something is done to.
    pub(crate) struct TraitsEntry {
        /// They hold each of these roles, themselves or through another role.
        holds: Option<OneOrMany<Text>>,
        /// They hold none of these roles, neither themselves nor through another role.
        lacks: Option<OneOrMany<Text>>,
        /// A setting of theirs has this value.
        with: Option<KeyedEntries<Text>>,
    }
}

record! {
    /// How many hold a role, in every firm where anybody has a seat.
    pub(crate) struct AlwaysEntry {
        /// The role itself; holding another one that brings it does not count.
        role: Text,
        /// `exactly one`, `at least one` or `at most one`.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = ["exactly one", "at least one", "at most one"])))]
        holders: Text,
        /// `true` counts only people who are enabled.
        enabled: Option<Flag>,
    }
}

record! {
    /// Properties of one product in a file of their own.
    pub(crate) struct PropertyFile {
        /// Id of the product.
        product: Text,
        /// What is promised of its rules, by id.
        properties: KeyedEntries<PropertyDeclaration>,
    }
}
