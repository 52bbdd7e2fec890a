//! `apply`: makes permission changes. Later requests see the firm after them.

use serde::{Deserialize, Serialize};

use super::change::ChangeReply;
use crate::answer::{ValueWord, text_or_null};
use crate::change::{Bulk, Change, ChangePart, Verdict, with_arguments};
use crate::finding::{Finding, line as codes};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

with_arguments! {
/// Makes a permission change, or several of one user at once, where it is accepted: exactly one of `change` and `parts`.
pub struct ApplyRequest {
    /// Id of the product; needed where several know the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks for it.
    pub user: String,
    /// Id of the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
    /// The changes. All are made, or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ChangePart>,
    /// The state of the firm that it is meant for; without it, any. In another one it is refused as stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_state: Option<String>,
}
}

/// The result. If it is rejected, the firm stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApplyReply {
    /// Whether it is accepted, on what grounds, and what follows.
    #[serde(flatten)]
    pub verdict: ChangeReply,
    /// The state of the firm afterwards, for `if_state` of the next request.
    pub state: String,
    /// Whether it was stored. Otherwise it ends with the session.
    pub written: bool,
}

impl From<Change> for ApplyRequest {
    fn from(change: Change) -> Self {
        Self {
            product: change.product,
            user: change.user,
            change: Some(change.change),
            parts: Vec::new(),
            if_state: change.if_state,
            role: change.role,
            setting: change.setting,
            value: change.value,
            thing: change.thing,
            list: change.list,
            group: change.group,
            target: change.target,
        }
    }
}

impl From<Bulk> for ApplyRequest {
    fn from(bulk: Bulk) -> Self {
        Self {
            product: bulk.product,
            user: bulk.user,
            parts: bulk.parts,
            if_state: bulk.if_state,
            ..Self::default()
        }
    }
}

impl ApplyRequest {
    /// The verdict in the present state of the world.
    pub(in crate::protocol) fn verdict(&self, world: &World<'_>) -> Result<Verdict, AskFailure> {
        let product = world.meant(self.product.as_deref()).map(str::to_owned);
        let Some(change) = &self.change else {
            self.takes_nothing_else()?;
            let mut bulk = Bulk::new(&*self.user);
            bulk.product = product;
            bulk.parts.clone_from(&self.parts);
            bulk.if_state.clone_from(&self.if_state);
            return Ok(world.firm().judge_bulk(&bulk)?);
        };
        if !self.parts.is_empty() {
            let has = "this one has `change` and `parts`";
            return Err(Finding::new(&codes::NOT_ONE_QUESTION, None, &[&has]).into());
        }
        let mut change = Change::new(&*self.user, &**change);
        change.product = product;
        change.role.clone_from(&self.role);
        change.setting.clone_from(&self.setting);
        change.value.clone_from(&self.value);
        change.thing.clone_from(&self.thing);
        change.list.clone_from(&self.list);
        change.group.clone_from(&self.group);
        change.target.clone_from(&self.target);
        change.if_state.clone_from(&self.if_state);
        Ok(world.firm().judge(&change)?)
    }

    /// Refuses keys that only a single change takes.
    fn takes_nothing_else(&self) -> Result<(), Finding> {
        let value = self.value.as_deref();
        let others = [
            ("role", self.role.as_deref()),
            ("setting", self.setting.as_deref()),
            ("value", value),
            ("thing", self.thing.as_deref()),
            ("list", self.list.as_deref()),
            ("group", self.group.as_deref()),
            ("target", self.target.as_deref()),
        ];
        match others.into_iter().find(|(_, word)| word.is_some()) {
            None => Ok(()),
            Some((key, _)) => {
                let unknown = Finding::new(&crate::finding::yaml::UNKNOWN_KEY, None, &[&key]);
                Err(unknown.with_help("without `change` it has no place"))
            }
        }
    }
}

impl Ask for ApplyRequest {
    type Reply = ApplyReply;

    /// A world stays as it is: only a [`Session`](crate::protocol::Session) applies.
    fn ask(&self, _: &World<'_>) -> Result<QuestionOutcome<ApplyReply>, AskFailure> {
        Err(Finding::new(&codes::NOTHING_IS_APPLIED, None, &[]).into())
    }

    names_product!(product);
}
