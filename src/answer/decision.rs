//! Answers: the ruling that decided, and everything an answer states.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{FactMap, Grounds, Question};
use crate::explore::code::DecisionCode;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::{ActionId, Basis, Product, Ruling, RulingId};
use crate::rulebook::Rulebook;
use crate::text::Place;

/// An answer by handles: a number into the rulebook, from which everything else can be read.
#[derive(Clone, Copy)]
pub struct Answer<'f> {
    rulebook: &'f Rulebook,
    /// The number of the action in the upper half, the code in the lower half. One word is written and read faster
    /// than two, which matters to callers who ask many questions.
    bits: u64,
}

impl<'f> Answer<'f> {
    #[inline]
    pub(crate) fn new(rulebook: &'f Rulebook, action: u32, code: DecisionCode) -> Self {
        Self {
            rulebook,
            bits: u64::from(action) << u32::BITS | u64::from(code.number()),
        }
    }

    #[inline]
    fn ruled(&self) -> DecisionCode {
        DecisionCode::numbered(self.bits as u32)
    }

    /// The number of the action among those of all products.
    pub(crate) fn number(&self) -> u32 {
        (self.bits >> u32::BITS) as u32
    }

    /// The product and the action that was asked about.
    fn asked(&self) -> Option<(usize, ActionId)> {
        self.rulebook.place_of(self.number())
    }

    /// Whether it is allowed.
    #[inline]
    pub fn is_allowed(&self) -> bool {
        self.ruled().is_allowed()
    }

    /// Numbers come from the rulebook's own tables. So the product and the ruling always exist.
    fn declared(&self) -> Option<&'f Product> {
        let (product, _) = self.asked()?;
        Some(&self.rulebook.product(product)?.product)
    }

    /// The ruling that decided.
    fn ruling(&self) -> Option<&'f Ruling> {
        let (number, _) = self.asked()?;
        let product = &self.rulebook.product(number)?.product;
        let first = self.rulebook.lookups().ruling(number, RulingId(0));
        let ruling = self.ruled().ruling(&product.grounds, first);
        product.ruling(ruling)
    }

    /// A number that tells answers apart: two answers of one rulebook with the same code agree in everything but the
    /// action that was asked about. Callers can cache what they compute from an answer under its code.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let rulebook = Rulebook::builtin()?;
    /// let firm = Firm::example(&rulebook)?;
    /// let create = rulebook.action(Some("manage"), "create_bill")?;
    /// let wren = firm.decide(firm.user("wren")?, create, None)?;
    /// let tomas = firm.decide(firm.user("tomas")?, create, None)?;
    /// assert_ne!(wren.code(), tomas.code());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn code(&self) -> u64 {
        u64::from(self.ruled().number())
    }

    /// Id of the product.
    pub fn product(&self) -> &'f str {
        self.declared().map_or("", |product| &product.id)
    }

    /// Id of the action.
    pub fn action(&self) -> &'f str {
        let action = self
            .asked()
            .and_then(|(_, action)| self.declared()?.actions.get(action.index()));
        action.map_or("", |action| &action.id)
    }

    /// Id of the rule that decided.
    pub fn rule(&self) -> &'f str {
        self.ruling().map_or("", |ruling| &ruling.rule)
    }

    /// Whether the source document states the rule that decided. It is `inferred` when the other option of any single
    /// reading would turn the answer.
    pub fn basis(&self) -> Basis {
        match self.ruling() {
            Some(ruling) if !self.ruled().is_turned() => ruling.basis,
            _ => Basis::Inferred,
        }
    }

    /// The reason in plain words.
    pub fn reason(&self) -> &'f str {
        self.ruling().map_or("", |ruling| &ruling.reason)
    }

    /// Whether the source document states what the reason says; only where that is not the basis of the answer.
    pub fn reason_basis(&self) -> Option<Basis> {
        self.ruling()?.reason_basis_beside(self.basis())
    }

    /// Where the rule stands.
    pub fn place(&self) -> &'f Place {
        let nowhere = || self.rulebook.nowhere();
        self.ruling().map_or_else(nowhere, |ruling| &ruling.place)
    }

    /// The heading of the section of the source document.
    pub fn section(&self) -> &'f str {
        let section = self.ruling().map(|ruling| ruling.section);
        let heading = section.and_then(|section| Some(self.declared()?.heading(section)));
        heading.unwrap_or_default()
    }

    /// Where in the product it is done. Only allowed answers have it.
    pub fn site(&self) -> Option<&'f str> {
        self.ruling()?.site.as_deref()
    }

    /// A copy of all of this that outlives the answer.
    pub fn grounds(&self) -> Grounds {
        let ruling = self.ruling();
        let owned = |words: Option<&Arc<str>>| words.map_or_else(|| "".into(), Arc::clone);
        Grounds {
            basis: self.basis(),
            rule: owned(ruling.map(|ruling| &ruling.rule)),
            reason: owned(ruling.map(|ruling| &ruling.reason)),
            reason_basis: self.reason_basis(),
            place: self.place().file_and_line(),
            section: self.section().into(),
            site: ruling.and_then(|ruling| ruling.site.clone()),
        }
    }

    /// The roles any of which would have been enough, when no rule allowed it.
    pub fn needs(&self) -> impl Iterator<Item = &'f str> + use<'f> {
        let needs = self.ruling().map_or(&[][..], |ruling| &ruling.needs);
        let product = self.declared();
        needs
            .iter()
            .filter_map(move |role| Some(product?.role_name(*role)))
    }
}

/// Two answers are equal when they say the same about the same action, by the same rulebook.
impl PartialEq for Answer<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits && self.rulebook.stamp() == other.rulebook.stamp()
    }
}

impl Eq for Answer<'_> {}

impl Hash for Answer<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl std::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Answer({}, {}, {})",
            if self.is_allowed() { "allow" } else { "deny" },
            self.rule(),
            self.basis()
        )
    }
}

/// An answer by names. It needs nothing else to be understood.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Decision {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the user who asks.
    pub user: String,
    /// Id of the action.
    pub action: String,
    /// Id of the user it is done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The facts that were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "FactMap")]
    pub facts: Vec<(String, String)>,
    /// Whether it is allowed.
    pub decision: DecisionWord,
    /// The rule that decided. Its basis is also `inferred` when the other option of any single reading would turn the
    /// decision.
    #[serde(flatten)]
    pub grounds: Grounds,
    /// The roles any of which would have been enough, when no rule allowed it.
    pub needs: Vec<String>,
}

/// The decision of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DecisionWord {
    /// It is allowed.
    Allow,
    /// It is denied.
    Deny,
}

impl DecisionWord {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }

    /// The decision for a yes or a no.
    pub(crate) fn of(is_allowed: bool) -> Self {
        if is_allowed { Self::Allow } else { Self::Deny }
    }
}

impl Decision {
    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        self.decision == DecisionWord::Allow
    }
}

impl Firm {
    /// Asks a question by names, and explains the answer in words. [`Firm::decide`] is the fast form, by handles.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked: an unknown name, a missing target or fact. An error is never a denial.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let decision = firm.ask(&Question::new("wren", "create_bill"))?;
    /// assert!(!decision.is_allowed());
    /// assert_eq!(&*decision.grounds.reason, "needs billing");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ask(&self, question: &Question<'_>) -> Result<Decision, AskError> {
        let answer = self.answer(question)?;
        Ok(Decision::of(question, &answer))
    }
}

impl Decision {
    pub(crate) fn of(question: &Question<'_>, answer: &Answer<'_>) -> Self {
        let facts = question.facts.iter();
        Self {
            product: answer.product().into(),
            user: question.user.to_string(),
            action: question.action.to_string(),
            target: question.target.as_deref().map(str::to_owned),
            facts: facts
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            decision: DecisionWord::of(answer.is_allowed()),
            grounds: answer.grounds(),
            needs: answer.needs().map(str::to_owned).collect(),
        }
    }
}
