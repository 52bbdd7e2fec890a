//! The kinds of small step from one rulebook to another.

use serde::{Serialize, Serializer};

/// Declares the operators once: variant, name in JSON, title for people.
macro_rules! operators {
    ($( $variant:ident $name:literal $title:literal; )*) => {
        /// A kind of small step from one rulebook to another.
        ///
        /// ```
        /// use clio_rules::fixtures::Operator;
        ///
        /// assert_eq!(Operator::RoleSwapped.name(), "role-swapped");
        /// assert_eq!(Operator::RoleSwapped.title(), "another role may");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Operator {
            $( #[doc = $title] $variant, )*
        }

        impl Operator {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// Its name in JSON.
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// What it does, in a few words.
            pub fn title(self) -> &'static str {
                match self { $( Self::$variant => $title, )* }
            }
        }
    };
}

operators! {
    AllowDropped "allow-dropped" "one of those who may is dropped";
    AllowOpened "allow-opened" "everyone may";
    AllowClosed "allow-closed" "nobody may";
    RoleSwapped "role-swapped" "another role may";
    HoldingTurned "holding-turned" "the role itself, instead of one that brings it as well, or the other way round";
    ActionOpened "action-opened" "one action of a group is open to everyone";
    ActionClosed "action-closed" "one action of a group is open to nobody";
    RuleDropped "rule-dropped" "one of several rules is dropped";
    WhomSwapped "whom-swapped" "a rule speaks about somebody else";
    UnlessDropped "unless-dropped" "a refusal is dropped";
    WhenDropped "when-dropped" "a condition is dropped";
    ConditionNegated "condition-negated" "a condition is negated";
    ConditionForced "condition-forced" "a condition always or never holds";
    ComparisonTurned "comparison-turned" "a comparison is turned";
    LogicTurned "logic-turned" "`and` becomes `or`, or the other way round";
    NegationDropped "negation-dropped" "a negation is dropped";
    NegationAdded "negation-added" "a negation is added";
    FlagFlipped "flag-flipped" "true becomes false, or the other way round";
    ValueSwapped "value-swapped" "another value is looked for";
    BranchForced "branch-forced" "only one branch is taken";
    ReturnDropped "return-dropped" "an early answer is dropped";
    DefaultFlipped "default-flipped" "another value where nobody says one";
    DefaultDropped "default-dropped" "no value where nobody says one";
    ValueDropped "value-dropped" "a value is dropped";
    ImpliedDropped "implied-dropped" "a role or list no longer brings another";
    HoldersDropped "holders-dropped" "any number may hold a role";
    HolderFreed "holder-freed" "whether the holder of a role has to be enabled is flipped";
    MoverDropped "mover-dropped" "the change that moves a role is dropped";
    LevelsDropped "levels-dropped" "a seat may have any number of levels";
    ChangeDropped "change-dropped" "a change is dropped";
    ChoiceDropped "choice-dropped" "a change is no longer made with one of its words";
    ChoiceAdded "choice-added" "a change is made with one more word";
    StepDropped "step-dropped" "something that a change or effect does is dropped";
    StepTurned "step-turned" "a change or effect does something else";
    EffectDropped "effect-dropped" "an effect is dropped";
    EffectMoved "effect-moved" "an effect follows another change";
    BulkDropped "bulk-dropped" "nothing is changed in bulk";
}

impl Serialize for Operator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
