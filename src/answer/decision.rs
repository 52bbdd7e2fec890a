//! Answers: the ruling that decided, and everything it says.

use std::sync::Arc;

use serde::Serialize;

use super::{AskError, Question, resolve};
use crate::explore::compile::Compiled;
use crate::firm::Firm;
use crate::link::product::{Action, ActionId, Basis, Ruling, RulingKind};
use crate::text::Place;

/// An answer by handles: a number into the rulebook, from which everything else can be read.
#[derive(Clone, Copy)]
pub struct Answer<'f> {
    pub(crate) compiled: &'f Compiled,
    pub(crate) action: &'f Action,
    ruling: &'f Ruling,
    turned: bool,
    code: u64,
}

impl<'f> Answer<'f> {
    pub(crate) fn new(
        compiled: &'f Compiled,
        action: &'f Action,
        ruling: &'f Ruling,
        turned: bool,
        code: u64,
    ) -> Self {
        Self {
            compiled,
            action,
            ruling,
            turned,
            code,
        }
    }

    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        self.ruling.kind == RulingKind::Granted
    }

    /// A number that tells answers apart: two answers of one rulebook with the same code agree in everything but the
    /// action that was asked about. What is made of an answer once can be kept under its code.
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
    pub fn code(&self) -> u64 {
        self.code
    }

    /// Id of the product.
    pub fn product(&self) -> &'f str {
        &self.compiled.product.id
    }

    /// Id of the rule that decided.
    pub fn rule(&self) -> &'f str {
        &self.ruling.rule
    }

    /// Whether the source document says so: of the rule that decided, and `inferred` where the other option of any one
    /// reading would turn the answer.
    pub fn basis(&self) -> Basis {
        let turned = if self.turned {
            Basis::Inferred
        } else {
            Basis::Stated
        };
        self.ruling.basis.weaker(turned)
    }

    /// The reason in plain words.
    pub fn reason(&self) -> &'f str {
        &self.ruling.reason
    }

    /// Where the rule stands.
    pub fn place(&self) -> &'f Place {
        &self.ruling.place
    }

    /// The heading of the section of the source document.
    pub fn section(&self) -> &'f str {
        self.compiled.product.heading(self.ruling.section)
    }

    /// Where in the product it is done; only of what is allowed.
    pub fn site(&self) -> Option<&'f str> {
        self.ruling.site.as_deref()
    }

    /// The roles any of which was needed, when nobody granted it.
    pub fn needs(&self) -> impl Iterator<Item = &'f str> + use<'f> {
        let product = &self.compiled.product;
        self.ruling
            .needs
            .iter()
            .map(|role| product.role_name(*role))
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

/// An answer by names, complete in itself.
///
/// Its JSON has the keys of the question and of the answer: `product`, `user`, `action`, `target`, `facts`, `decision`, `basis`, `rule`,
/// `reason`, `place` (`file:line`), `section`, `where` and `needs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    product: Arc<str>,
    user: String,
    action: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    facts: Vec<(String, String)>,
    decision: Word,
    basis: Basis,
    rule: Arc<str>,
    reason: Arc<str>,
    place: String,
    section: Arc<str>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    site: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Allow,
    Deny,
}

pub(crate) fn as_map<S: serde::Serializer>(
    pairs: &[(String, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

impl Decision {
    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        self.decision == Word::Allow
    }

    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Id of the user who asks.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Id of the action.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Id of the user it is done to.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// Whether the source document says so; `inferred` too where the other option of any one reading would turn the answer.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Id of the rule that decided.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The reason in plain words.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Where the rule stands, as `file:line`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The heading of the section of the source document.
    pub fn section(&self) -> &str {
        &self.section
    }

    /// Where in the product it is done; only of what is allowed.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// The roles any of which was needed, when nobody granted it.
    pub fn needs(&self) -> &[String] {
        &self.needs
    }
}

impl Firm {
    /// Asks a question by names.
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
    /// assert_eq!(decision.reason(), "needs billing");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ask(&self, question: &Question) -> Result<Decision, AskError> {
        let asked = self.resolve(question)?;
        let answer = self.answer(asked)?;
        Ok(Decision::of(question, &answer))
    }

    /// A question by numbers. Unknown names come first, whatever else is wrong.
    pub(crate) fn resolve(&self, question: &Question) -> Result<Asked, AskError> {
        let (product, action) = self
            .rulebook
            .find_action(question.product.as_deref(), &question.action)?;
        let user = self.user_number(&question.user)?;
        let target = question
            .target
            .as_deref()
            .map(|target| self.user_number(target))
            .transpose()?;
        let compiled = self.rulebook.product(product);
        let declared =
            compiled.and_then(|c| Some((&c.product, c.product.actions.get(action.index())?)));
        let given = question
            .facts
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let bits = declared.map_or(Ok(0), |(product, declared)| {
            resolve::facts(product, declared, given)
        })?;
        Ok(Asked {
            product,
            action,
            user,
            target,
            bits,
        })
    }
}

/// A question by numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) product: usize,
    pub(crate) action: ActionId,
    pub(crate) user: u32,
    pub(crate) target: Option<u32>,
    pub(crate) bits: u64,
}

impl Decision {
    pub(crate) fn of(question: &Question, answer: &Answer<'_>) -> Self {
        Self {
            product: Arc::clone(&answer.compiled.product.id),
            user: question.user.clone(),
            action: Arc::clone(&answer.action.id),
            target: question.target.clone(),
            facts: question.facts.clone(),
            decision: if answer.is_allowed() {
                Word::Allow
            } else {
                Word::Deny
            },
            basis: answer.basis(),
            rule: answer.rule().into(),
            reason: answer.reason().into(),
            place: answer.place().file_and_line(),
            section: answer.section().into(),
            site: answer.site().map(Into::into),
            needs: answer.needs().map(str::to_owned).collect(),
        }
    }
}
