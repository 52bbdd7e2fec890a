//! `can`: may this user do this?

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Decision, DecisionWord, Grounds, Question};
use crate::firm::has_seat;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// Whether it is allowed, and on what grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CanReply {
    /// Whether it is allowed. Whatever is not `allow` is a no.
    pub decision: DecisionWord,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Grounds,
    /// The roles any of which was needed, when nobody granted it.
    pub needs: Vec<String>,
    /// Where no product was named: an action of almost this name in another product in which the user has a seat. It may be
    /// meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<ActionElsewhere>,
}

/// An action of another product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActionElsewhere {
    /// Id of the product.
    pub product: String,
    /// Id of the action.
    pub action: String,
    /// What people call it.
    pub title: String,
}

impl World<'_> {
    #[cfg(feature = "batch")]
    /// Whether another action may be meant than the one that was answered, so that the reply has to look for it.
    pub(crate) fn may_be_elsewhere(&self, product: Option<&str>, answer: &Answer<'_>) -> bool {
        let directory = self.firm().rulebook().directory();
        self.meant(product).is_none() && !directory.alike(answer.number()).is_empty()
    }

    /// The action that may be meant instead of the one that is answered: none where a product was named.
    pub(super) fn elsewhere(&self, asked: &Question<'_>) -> Option<ActionElsewhere> {
        let firm = self.firm();
        let rulebook = firm.rulebook();
        if self.meant(asked.product.as_deref()).is_some() {
            return None;
        }
        let action = rulebook.find_action(None, &asked.action);
        let (action, user) = (action?, firm.user_number(&asked.user).ok()?);
        let mut alike = rulebook.directory().alike(action.number).iter();
        alike.find_map(|number| {
            let (of, action) = rulebook.place_of(*number)?;
            let product = &rulebook.product(of)?.product;
            let declared = product.action(action)?;
            has_seat(firm.roster.profile(of, user)).then(|| ActionElsewhere {
                product: product.id.to_string(),
                action: declared.id.to_string(),
                title: declared.title.to_string(),
            })
        })
    }
}

impl From<&Answer<'_>> for CanReply {
    fn from(answer: &Answer<'_>) -> Self {
        Self {
            decision: DecisionWord::of(answer.is_allowed()),
            grounds: answer.grounds(),
            needs: answer.needs().map(str::to_owned).collect(),
            elsewhere: None,
        }
    }
}

impl From<&Decision> for CanReply {
    fn from(decision: &Decision) -> Self {
        Self {
            decision: DecisionWord::of(decision.is_allowed()),
            grounds: decision.grounds.clone(),
            needs: decision.needs.to_vec(),
            elsewhere: None,
        }
    }
}

impl Ask for Question<'static> {
    type Reply = CanReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<CanReply>, AskFailure> {
        let facts = self.facts.iter().map(|(name, value)| (&**name, &**value));
        let (product, target) = (self.product.as_deref(), self.target.as_deref());
        let answer = world.decide(product, &self.user, &self.action, target, facts)?;
        Ok(QuestionOutcome::new(
            answer.is_allowed(),
            Some(answer.product()),
            CanReply {
                elsewhere: world.elsewhere(self),
                ..(&answer).into()
            },
        ))
    }

    names_product!(product);
}
