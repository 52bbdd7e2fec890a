//! `check`: what is wrong or suspicious?

use serde::{Deserialize, Serialize};

use crate::analyse::overview::Census;
use crate::finding::FindingReply;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::reply::Exchange;
use crate::protocol::world::World;

/// What is suspicious in the rules, and which of their promises are broken?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckRequest {}

/// The findings, and the size of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckReply {
    /// All findings.
    pub findings: Vec<FindingReply>,
    /// The number of findings that are not listed.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub beyond: usize,
    /// The size of the rules, if nothing is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub census: Option<CensusReply>,
}

/// The size of rules, firm and fixtures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CensusReply {
    /// Product by product.
    pub products: Vec<Census>,
    /// What the firm is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
    /// How many people there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<usize>,
    /// How many groups of people there are; left out where there are none.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub groups: usize,
    /// How many things there are; left out where there are none.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub things: usize,
    /// How many suites of fixtures there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suites: Option<usize>,
}

impl CheckRequest {
    /// The request with this reply.
    pub fn replied(self, yes: bool, reply: CheckReply) -> Exchange<Self> {
        Exchange {
            request: self,
            yes,
            reply,
        }
    }
}

impl Ask for CheckRequest {
    type Reply = CheckReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<CheckReply>, AskFailure> {
        let rulebook = world.firm().rulebook();
        let promises = rulebook.check_properties();
        let idle = rulebook.check_idle_parts();
        let (ids, users) = (rulebook.check_ids(), world.firm().check_ids());
        let all = [rulebook.warnings(), &promises, &idle, &ids, &users];
        let findings = all.iter().flat_map(|findings| findings.iter());
        let sound = !promises.has_errors();
        Ok(QuestionOutcome::new(
            sound,
            None,
            CheckReply {
                findings: findings.map(Into::into).collect(),
                beyond: all.iter().map(|findings| findings.beyond()).sum(),
                census: sound.then(|| CensusReply {
                    products: rulebook.census(),
                    firm: Some(world.firm().name().to_owned()),
                    users: Some(world.firm().users().count()),
                    groups: world.firm().group_count(),
                    things: world.firm().thing_count(),
                    suites: None,
                }),
            },
        ))
    }

    names_product!();
}
