//! `access`: what may every user do?

use std::sync::Arc;

use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

use super::page::UserPage;
use crate::answer::{AccessMatrix, AccessRow, AccessRows, UnlistedAction};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, ProtocolQuestion, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// What may every user do? Actions on other people are left out, and those with a fact that has no default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessRequest {
    /// Id of the product. Without it, all products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Ids of the users who are listed; the firm stays whole. Without it, all users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<String>>,
    /// Id of the last user of the previous page. Without it, the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The most users on a page. Without it, there is one page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// Every user in every product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessReply {
    /// User by user, in the order of the firm, and product by product.
    pub users: Vec<AccessUser>,
    /// The actions that are left out: each has to be asked about by itself, with the person or the facts that it takes.
    pub left_out: Vec<UnlistedAction>,
    /// If more users follow, the `after` of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Arc<str>>,
}

/// What one user may do in one product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessUser {
    /// Id of the user.
    pub user: Arc<str>,
    /// Id of the product.
    pub product: Arc<str>,
    /// Ids of the actions that are allowed, in the order of the rule file.
    pub actions: Vec<Arc<str>>,
}

/// The rows of one product of a firm, one by one.
struct ProductRows<'w> {
    product: Arc<str>,
    actions: Vec<Arc<str>>,
    rows: AccessRows<'w>,
}

impl<'w> ProductRows<'w> {
    fn of(matrix: &AccessMatrix<'w>, behind: usize) -> Self {
        Self {
            product: matrix.product().into(),
            actions: matrix.actions().map(Arc::from).collect(),
            rows: matrix.rows_behind(behind),
        }
    }

    fn next(&mut self) -> Option<AccessUser> {
        let row: AccessRow<'_> = self.rows.next()?;
        let actions = self
            .actions
            .iter()
            .zip(row.allowed())
            .filter(|(_, is_allowed)| *is_allowed)
            .map(|(action, _)| Arc::clone(action));
        Some(AccessUser {
            user: row.user().into(),
            product: Arc::clone(&self.product),
            actions: actions.collect(),
        })
    }
}

impl AccessRequest {
    /// The answers product by product and row by row, for callers that do not keep them.
    ///
    /// # Errors
    /// [`AskFailure`] when the question cannot be asked.
    pub fn matrices<'w>(&self, world: &World<'w>) -> Result<Vec<AccessMatrix<'w>>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let firm = world.firm();
        let matrices = world.each_product(product, |product| firm.access(product))?;
        match &self.only {
            None => Ok(matrices),
            Some(only) => Ok(matrices
                .into_iter()
                .map(|matrix| matrix.only(only))
                .collect::<Result<_, _>>()?),
        }
    }

    fn columns<'w>(
        &self,
        world: &World<'w>,
        behind: usize,
    ) -> Result<Vec<ProductRows<'w>>, AskFailure> {
        let matrices = self.matrices(world)?;
        Ok(matrices
            .iter()
            .map(|matrix| ProductRows::of(matrix, behind))
            .collect())
    }

    fn left_out(&self, world: &World<'_>) -> Result<Vec<UnlistedAction>, AskFailure> {
        let matrices = self.matrices(world)?;
        Ok(matrices.iter().flat_map(AccessMatrix::left_out).collect())
    }

    /// The reply without pages, computed while it is written. It needs little memory, however large the firm is.
    ///
    /// # Errors
    /// [`AskFailure`] when the question cannot be asked.
    pub fn written_row_by_row<'w>(
        &'w self,
        world: &World<'w>,
    ) -> Result<impl Serialize + 'w, AskFailure> {
        // Errors come before anything is written.
        let left_out = self.left_out(world)?;
        Ok(AccessReplyStream {
            request: self,
            left_out,
            world: world.clone(),
        })
    }
}

/// A reply that is computed while it is written.
struct AccessReplyStream<'w> {
    request: &'w AccessRequest,
    left_out: Vec<UnlistedAction>,
    world: World<'w>,
}

/// The rows of such a reply.
struct AccessRowStream<'r, 'w>(&'r AccessReplyStream<'w>);

impl Serialize for AccessReplyStream<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ask", AccessRequest::WORD)?;
        if let Some(product) = self.world.meant(self.request.product.as_deref()) {
            map.serialize_entry("product", product)?;
        }
        if let Some(only) = &self.request.only {
            map.serialize_entry("only", only)?;
        }
        map.serialize_entry("yes", &true)?;
        map.serialize_entry("users", &AccessRowStream(self))?;
        map.serialize_entry("left_out", &self.left_out)?;
        map.end()
    }
}

impl Serialize for AccessRowStream<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let AccessReplyStream { request, world, .. } = self.0;
        let mut columns = request
            .columns(world, 0)
            .map_err(serde::ser::Error::custom)?;
        let mut list = serializer.serialize_seq(None)?;
        loop {
            let users: Vec<AccessUser> = columns.iter_mut().filter_map(ProductRows::next).collect();
            if users.is_empty() {
                break;
            }
            for user in &users {
                list.serialize_element(user)?;
            }
        }
        list.end()
    }
}

impl Ask for AccessRequest {
    type Reply = AccessReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<AccessReply>, AskFailure> {
        let page = UserPage::of(world, self.after.as_deref(), self.limit)?;
        let mut columns = self.columns(world, page.behind)?;
        let mut users = Vec::new();
        let firm = world.firm();
        let chosen = firm.chosen(self.only.as_deref())?;
        let all = firm.numbers_of(&chosen, page.behind);
        let next = page.take(all.map(|user| (firm.roster.id(user), ())), |_, ()| {
            users.extend(columns.iter_mut().filter_map(ProductRows::next));
        });
        Ok(QuestionOutcome::new(
            true,
            world.meant(self.product.as_deref()),
            AccessReply {
                users,
                left_out: self.left_out(world)?,
                next,
            },
        ))
    }

    names_product!(product);
}
