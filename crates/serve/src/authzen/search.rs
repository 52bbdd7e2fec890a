//! Searches: who may do it, on what may it be done, and what may be done. Each candidate is asked about as an evaluation would be, so
//! that every result is allowed when it is asked about again.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::AuthzenOptions;
use super::evaluate::Decider;
use super::evaluations::read;
use super::json::{JsonMemory, member};
use super::outcome::Why;
use super::page::{PageRequest, query_number};
use super::request::{Parts, RequestError, members};
use crate::tenant::Loaded;

/// What is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchKind {
    /// Who may do it.
    Subject,
    /// On what it may be done.
    Resource,
    /// What may be done.
    Action,
}

/// One result.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum SearchResult<'f> {
    /// A subject or a resource.
    Entity {
        /// Its type.
        #[serde(rename = "type")]
        kind: &'f str,
        /// Its id.
        id: Cow<'f, str>,
    },
    /// An action.
    Action {
        /// Its name.
        name: Cow<'f, str>,
    },
}

impl SearchResult<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Entity { id, .. } => id,
            Self::Action { name } => name,
        }
    }
}

/// The answer to a search.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SearchReply<'f> {
    /// Which part of the results it is; left out where it is all of them and no page was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<PageReply>,
    /// What was found.
    results: Vec<SearchResult<'f>>,
}

/// A page of results.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PageReply {
    /// The token of the next page; empty where this is the last one.
    next_token: String,
    /// How many results stand on it.
    count: usize,
}

/// Answers a search.
///
/// # Errors
/// [`RequestError`] where the body is no search, or its token belongs to another one.
pub fn search(
    kind: SearchKind,
    loaded: &Loaded,
    options: &AuthzenOptions,
    body: &[u8],
) -> Result<Vec<u8>, RequestError> {
    let memory = JsonMemory::default();
    let body = read(body, &memory, options)?;
    let body = members(&body)?;
    let parts = Parts::of(body)?;
    let decider = Decider::new(loaded, options, false);
    let nothing = |_: Why| Vec::new();
    let (query, found) = match kind {
        SearchKind::Subject => {
            let asked = (
                parts.searched_subject()?,
                parts.action()?,
                parts.resource()?,
            );
            let query = query_number(&(kind, asked, parts.context()));
            let found = decider.subjects(asked, parts.context());
            (query, found.unwrap_or_else(nothing))
        }
        SearchKind::Resource => {
            let asked = (
                parts.subject()?,
                parts.action()?,
                parts.searched_resource()?,
            );
            let query = query_number(&(kind, asked, parts.context()));
            let found = decider.resources(asked, parts.context());
            (query, found.unwrap_or_else(nothing))
        }
        SearchKind::Action => {
            if parts.has_action() {
                return Err(RequestError(
                    "`action` is what is searched for: leave it out".to_owned(),
                ));
            }
            let asked = (parts.subject()?, parts.resource()?);
            let query = query_number(&(kind, asked, parts.context()));
            let found = decider.actions(asked, parts.context());
            (query, found.unwrap_or_else(nothing))
        }
    };
    let is_paged = member(body, "page").is_some();
    let reply = page(
        PageRequest::of(body, query)?,
        is_paged,
        query,
        found,
        options,
    )?;
    serde_json::to_vec(&reply).map_err(|error| RequestError(error.to_string()))
}

/// The results of a page.
fn page<'f>(
    asked: PageRequest,
    is_paged: bool,
    query: u64,
    mut found: Vec<SearchResult<'f>>,
    options: &AuthzenOptions,
) -> Result<SearchReply<'f>, RequestError> {
    if let Some(after) = &asked.after {
        let place = found.iter().position(|one| one.id() == after);
        let place = place.ok_or_else(|| {
            RequestError(
                "`page.token` is about an earlier state: ask for the first page".to_owned(),
            )
        })?;
        found.drain(..=place);
    }
    let limit = asked.limit.unwrap_or(usize::MAX).min(options.most_results);
    let is_whole = found.len() <= limit;
    found.truncate(limit);
    let next_token = match found.last() {
        Some(last) if !is_whole => asked.token(query, last.id()),
        _ => String::new(),
    };
    Ok(SearchReply {
        page: (is_paged || !is_whole).then_some(PageReply {
            next_token,
            count: found.len(),
        }),
        results: found,
    })
}
