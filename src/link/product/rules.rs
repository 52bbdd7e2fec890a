//! Rules and the rulings they can make.

use std::sync::Arc;

use super::{Basis, ConditionId, FactId, KindId, RoleId, RulingId, SectionId};
use crate::text::{Place, Span};
use crate::value::Value;

/// A possible outcome of a decision, with everything that an answer reports about it.
#[derive(Debug, Clone)]
pub(crate) struct Ruling {
    pub(crate) kind: RulingKind,
    pub(crate) rule: Arc<str>,
    pub(crate) place: Place,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    pub(crate) reason: Arc<str>,
    /// The basis of the reason's own words, if the rule file gives them one.
    pub(crate) reason_basis: Option<Basis>,
    /// The roles of which one is needed.
    pub(crate) needs: Vec<RoleId>,
    /// Where in the product the action is done; only for rulings that allow.
    pub(crate) site: Option<Arc<str>>,
    /// What the file says for this ruling alone: the `when` that is not met, the `because` of a rule without `when`, the name
    /// under `unless`.
    pub(crate) written_at: Option<Span>,
}

impl Ruling {
    /// The basis of the reason's own words, where it is not that of the answer.
    pub(crate) fn reason_basis_beside(&self, answer: Basis) -> Option<Basis> {
        self.reason_basis.filter(|basis| *basis != answer)
    }
}

/// What a ruling comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RulingKind {
    /// A question asked before any rule.
    Ground,
    /// A rule that allows.
    Granted,
    /// A rule whose `allow` the user does not meet.
    NotGranted,
    /// A rule whose `when` does not hold.
    Unmet,
    /// A refusal.
    Refused,
    /// No rule applies to this case.
    Silent,
    /// Parts of a bulk change that undo each other.
    Contradiction,
    /// A condition that every firm has to meet.
    Invariant,
}

/// A heading with the actions under it.
#[derive(Debug, Clone)]
pub(crate) struct ActionGroup {
    pub(crate) title: Arc<str>,
}

/// An action that can be asked about.
#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) group: usize,
    pub(crate) place: Place,
    pub(crate) on_target: bool,
    /// The kind of thing that it is done to.
    pub(crate) on_thing: Option<KindId>,
    /// Whether a question has to name a thing, or say what is known of one: where a rule reads what no fact of the action's own
    /// says, or there is no such fact.
    pub(crate) needs_thing: bool,
    pub(crate) facts: Vec<FactUse>,
    /// Number of its first ruling. The rulings of its rules are counted from here.
    pub(crate) first_ruling: RulingId,
    pub(crate) rules: Vec<Rule>,
    /// The ruling if no rule applies, counted from the first ruling.
    pub(crate) silent: u16,
}

impl Action {
    /// Whether a ruling, counted from the action's first, allows.
    pub(crate) fn allows(&self, ruling: u16) -> bool {
        self.rules.iter().any(|rule| rule.clause.grants(ruling))
    }
}

/// A fact as an action takes it.
#[derive(Debug, Clone)]
pub(crate) struct FactUse {
    pub(crate) fact: FactId,
    pub(crate) default: Option<Value>,
    /// Lowest bit of the fact in the word that comes with a question.
    pub(crate) shift: u8,
}

/// One rule of an action.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Rule {
    pub(crate) whom: RuleTargets,
    pub(crate) clause: Clause,
}

/// Whom a rule applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RuleTargets {
    /// Any target, and actions without one.
    Anyone,
    /// A target who is not the user.
    Others,
    /// A target who is the user.
    Oneself,
}

impl RuleTargets {
    /// The words of rule files.
    pub(crate) const WORDS: [&'static str; 3] = ["others", "self", "anyone"];

    /// The targets that a word of rule files stands for.
    pub(crate) fn named(word: &str) -> Option<Self> {
        match word {
            "others" => Some(Self::Others),
            "self" => Some(Self::Oneself),
            "anyone" => Some(Self::Anyone),
            _ => None,
        }
    }
}

/// Who may, under which condition, and the refusals for those who otherwise may.
///
/// Its rulings are consecutive, counted from `first`: granted, not granted, unmet, then one for each refusal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Clause {
    pub(crate) first: u16,
    pub(crate) allow: AllowedUsers,
    pub(crate) when: Option<ConditionId>,
    pub(crate) unless: Vec<ConditionId>,
}

impl Clause {
    pub(crate) const GRANTED: u16 = 0;
    pub(crate) const NOT_GRANTED: u16 = 1;
    pub(crate) const UNMET: u16 = 2;
    pub(crate) const REFUSED: u16 = 3;
}

/// Who may.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum AllowedUsers {
    /// Whoever has a seat.
    Everyone,
    /// Whoever has any of these.
    AnyOf(Vec<GrantedRole>),
}

/// What is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum GrantedRole {
    /// The role, held or brought by another one.
    Role(RoleId),
    /// The role itself.
    Holds(RoleId),
    /// Standing on a list of the thing, or on one that brings it.
    Listed(FactId),
}
