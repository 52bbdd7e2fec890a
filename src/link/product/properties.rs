//! Properties, which are promises about the rules, conflicts, and advice. None of them decides anything.

use std::sync::Arc;

use super::{
    ActionId, Basis, ChangeId, ConditionId, FactId, Product, ReadingId, RoleId, RuleTargets,
    SectionId, SettingId,
};
use crate::text::Place;
use crate::text::Span;
use crate::value::Value;

/// Two abilities that one person should not hold.
#[derive(Debug, Clone)]
pub(crate) struct Conflict {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) because: Arc<str>,
    /// Where it is declared, as `file:line`.
    pub(crate) place: Arc<str>,
    /// Where its id stands in that file.
    pub(crate) span: Span,
    pub(crate) basis: Basis,
    /// A firm's own conflict may be about no section.
    pub(crate) section: Option<SectionId>,
    /// Neither is done to a person, and their facts all have a default.
    pub(crate) both: [ActionId; 2],
    /// Roles, held or brought, whose holders may have both abilities.
    pub(crate) except: Vec<RoleId>,
}

/// A firm's own conflict in the words of its file.
#[derive(Debug, PartialEq, serde::Serialize)]
pub(crate) struct ConflictWords<'p> {
    pub(crate) title: &'p str,
    pub(crate) both: Vec<&'p str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) except: Vec<&'p str>,
    pub(crate) because: &'p str,
    /// Only `stated`: that it is inferred goes without saying.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) basis: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) section: Option<&'p str>,
}

impl Conflict {
    /// The conflict in the words of a firm file.
    pub(crate) fn in_words<'p>(&'p self, product: &'p Product) -> ConflictWords<'p> {
        let actions = self.both.iter();
        let roles = self.except.iter();
        let section = self.section.and_then(|id| product.sections.get(id.index()));
        ConflictWords {
            title: &self.title,
            both: actions
                .filter_map(|action| Some(&*product.action(*action)?.id))
                .collect(),
            except: roles.map(|role| product.role_name(*role)).collect(),
            because: &self.because,
            basis: (self.basis == Basis::Stated).then(|| self.basis.word()),
            section: section.map(|section| &*section.id),
        }
    }
}

/// How the users of a firm should be.
#[derive(Debug, Clone)]
pub(crate) struct Advice {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) because: Arc<str>,
    pub(crate) place: Place,
    pub(crate) basis: Basis,
    pub(crate) section: SectionId,
    /// Whom it is about; without it, everybody with a seat.
    pub(crate) when: Option<ConditionId>,
    /// What should be true of them.
    pub(crate) should: ConditionId,
}

/// A promise about the rules.
#[derive(Debug, Clone)]
pub(crate) struct Property {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) place: Place,
    /// Basis and section; a file of properties may leave them out.
    pub(crate) basis: Option<Basis>,
    pub(crate) section: Option<SectionId>,
    pub(crate) claim: PropertyClaim,
}

/// The claim of a property.
#[derive(Debug, Clone)]
pub(crate) enum PropertyClaim {
    /// The conclusion is true of everybody of whom the premise is true.
    Whoever(Premise, Conclusion),
    /// The premise is true of nobody.
    Nobody(Premise),
    /// The number of holders of a role stays right after every sequence of accepted changes.
    Always(AlwaysClaim),
    /// Nobody can extend their own permissions by changes of their own.
    Alone,
}

/// The people a property is about. All parts must hold; of several actions or changes, any one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Premise {
    pub(crate) user: Traits,
    pub(crate) can: Vec<ActionId>,
    pub(crate) cannot: Vec<ActionId>,
    pub(crate) makes: Vec<ChangeId>,
    /// To whom it is done. `None` if nothing in the property is done to a person.
    pub(crate) on: Option<RuleTargets>,
    pub(crate) target: Traits,
}

/// The conclusion: all parts must hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conclusion {
    pub(crate) user: Traits,
    pub(crate) can: Vec<ActionId>,
    pub(crate) cannot: Vec<ActionId>,
    pub(crate) target: Traits,
}

/// Traits of one person and the firm: all parts must hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traits {
    /// Roles, held or brought.
    pub(crate) holds: Vec<RoleId>,
    pub(crate) lacks: Vec<RoleId>,
    pub(crate) with: Vec<(PremiseValue, Value)>,
}

impl Traits {
    pub(crate) fn is_empty(&self) -> bool {
        self.holds.is_empty() && self.lacks.is_empty() && self.with.is_empty()
    }
}

/// Something with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PremiseValue {
    /// A setting of the person.
    Setting(SettingId),
    /// A reading of the firm.
    Reading(ReadingId),
    /// A fact of the question.
    Fact(FactId),
}

/// How many people with a seat hold a role directly, in every firm where anybody has a seat.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AlwaysClaim {
    pub(crate) role: RoleId,
    pub(crate) holders: HolderCount,
    /// Whether only people who are enabled count.
    pub(crate) enabled: bool,
}

/// A number of holders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HolderCount {
    /// One, neither more nor fewer.
    Exactly,
    /// One or more.
    AtLeast,
    /// One or none.
    AtMost,
}

impl HolderCount {
    pub(crate) const ALL: [Self; 3] = [Self::Exactly, Self::AtLeast, Self::AtMost];

    /// The words of rule files.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Exactly => "exactly one",
            Self::AtLeast => "at least one",
            Self::AtMost => "at most one",
        }
    }

    /// Whether this number of holders is right.
    pub(crate) fn permits(self, holders: usize) -> bool {
        match self {
            Self::Exactly => holders == 1,
            Self::AtLeast => holders >= 1,
            Self::AtMost => holders <= 1,
        }
    }
}
