//! `can`: may this user do this?

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Decision, DecisionWord, Question, given};
use crate::protocol::error::AskFailure;
use crate::protocol::grounds::ReplyGrounds;
use crate::protocol::json::text_or_null;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// May this user do this action, to this target, given these facts?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CanRequest {
    /// Id of the product; needed where several know the action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks.
    pub user: String,
    /// Id of the action.
    pub action: String,
    /// Id of the user it is done to, where the action is done to somebody.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text_or_null"
    )]
    pub target: Option<String>,
    /// Facts of the action by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "given")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, crate::answer::ValueWord>")
    )]
    pub facts: Vec<(String, String)>,
}

/// Whether it is allowed, and on what grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CanReply {
    /// Whether it is allowed. Whatever is not `allow` is a no.
    pub decision: DecisionWord,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: ReplyGrounds,
    /// The roles any of which was needed, when nobody granted it.
    pub needs: Vec<String>,
}

impl CanRequest {
    /// Whether `user` may do `action`, both by their ids.
    pub fn of(user: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            action: action.into(),
            ..Self::default()
        }
    }

    /// The question as the analysers take it, in the product that the world means.
    pub(super) fn question<'q>(&'q self, world: &World<'q>) -> Question<'q> {
        let question = Question::new(&*self.user, &*self.action);
        about(
            question,
            world,
            self.product.as_deref(),
            self.target.as_deref(),
            &self.facts,
        )
    }
}

/// A question with what it is about.
pub(super) fn about<'q>(
    question: Question<'q>,
    world: &World<'q>,
    product: Option<&'q str>,
    target: Option<&'q str>,
    facts: &'q [(String, String)],
) -> Question<'q> {
    let product = world.meant(product).into_iter();
    let question = product.fold(question, Question::product);
    let question = target.into_iter().fold(question, Question::target);
    let facts = facts.iter();
    facts.fold(question, |question, (name, value)| {
        question.fact(name, value)
    })
}

impl From<&Answer<'_>> for CanReply {
    fn from(answer: &Answer<'_>) -> Self {
        Self {
            decision: DecisionWord::of(answer.is_allowed()),
            grounds: answer.into(),
            needs: answer.needs().map(str::to_owned).collect(),
        }
    }
}

impl From<&Decision> for CanReply {
    fn from(decision: &Decision) -> Self {
        Self {
            decision: DecisionWord::of(decision.is_allowed()),
            grounds: decision.into(),
            needs: decision.needs().to_vec(),
        }
    }
}

impl Ask for CanRequest {
    type Reply = CanReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<CanReply>, AskFailure> {
        let facts = self.facts.iter().map(|(name, value)| (&**name, &**value));
        let (product, target) = (self.product.as_deref(), self.target.as_deref());
        let answer = world.decide(product, &self.user, &self.action, target, facts)?;
        Ok(QuestionOutcome {
            yes: answer.is_allowed(),
            product: Some(answer.product().to_owned()),
            reply: (&answer).into(),
        })
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
