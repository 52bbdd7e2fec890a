//! Searches: who may do it, on what may it be done, and what may be done. Each candidate is asked about as an evaluation would be, so
//! that every result is allowed when it is asked about again.

use std::borrow::Cow;

use clio_rules::Firm;
use schemars::JsonSchema;
use serde::Serialize;

use super::AuthzenOptions;
use super::evaluate::{Decider, PRODUCT, ResourceKind};
use super::evaluations::read;
use super::json::{Json, Member, member};
use super::names::{DoneTo, KnownAction};
use super::outcome::Why;
use super::overlay::roles;
use super::page::{PageRequest, query_number};
use super::request::{Entity, Evaluation, NamedAction, Parts, RequestError, members};
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
pub(super) enum Found<'f> {
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

impl Found<'_> {
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
    results: Vec<Found<'f>>,
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
    let body = read(body, options)?;
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
    mut found: Vec<Found<'f>>,
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
        page: (is_paged || !is_whole).then(|| PageReply {
            next_token,
            count: found.len(),
        }),
        results: found,
    })
}

impl<'l> Decider<'l> {
    /// Whether one of those who are searched for is allowed. What cannot be asked about is not.
    fn finds(&self, firm: &Firm, action: &KnownAction, asked: &Evaluation<'_>) -> bool {
        self.ask(firm, action, asked)
            .is_ok_and(|outcome| outcome.decision)
    }

    fn subjects<'f>(
        &self,
        (subject, named, resource): (Entity<'f>, NamedAction<'f>, Entity<'f>),
        context: &'f [Member<'f>],
    ) -> Result<Vec<Found<'f>>, Why>
    where
        'l: 'f,
    {
        self.subject_kind(&subject)?;
        let kind = self.resource_kind(&resource)?;
        self.is_this_firm(&resource)?;
        let action = self.action(named.name, kind)?;
        let firm = self.firm_for(action, None, &resource)?;
        let all = self.loaded.firm().users();
        let found = all.filter(|id| {
            let subject = Entity {
                id,
                properties: &[],
                ..subject
            };
            let asked = Evaluation {
                subject,
                action: named,
                resource,
                context,
            };
            self.finds(&firm, action, &asked)
        });
        let mut fitting = Vec::new();
        for id in found {
            if holds(&firm, action, id, &subject)? {
                fitting.push(Found::Entity {
                    kind: subject.kind,
                    id: Cow::Borrowed(id),
                });
            }
        }
        Ok(fitting)
    }

    fn resources<'f>(
        &self,
        (subject, named, resource): (Entity<'f>, NamedAction<'f>, Entity<'f>),
        context: &'f [Member<'f>],
    ) -> Result<Vec<Found<'f>>, Why>
    where
        'l: 'f,
    {
        self.subject_kind(&subject)?;
        let kind = self.resource_kind(&resource)?;
        let loaded = self.loaded.firm();
        let candidates: Vec<&'f str> = match (kind.done_to, resource.kind) {
            (DoneTo::Thing(of), _) => loaded.things_of_kind(of).collect(),
            (DoneTo::Person, _) => loaded.users().collect(),
            (DoneTo::Nothing, PRODUCT) => loaded.rulebook().products().collect(),
            (DoneTo::Nothing, _) => vec![loaded.name()],
        };
        // A product is part of the question itself: in each of them the name may mean another action.
        let product = |id: &'f str| {
            kind.product
                .or(Some(id).filter(|_| resource.kind == PRODUCT))
        };
        let mut found = Vec::new();
        let mut prepared: Option<(&KnownAction, Cow<'_, Firm>)> = None;
        for id in candidates {
            let resource = Entity {
                id,
                properties: &[],
                ..resource
            };
            let of_product = ResourceKind {
                product: product(id),
                ..kind
            };
            let Ok(action) = self.action(named.name, of_product) else {
                continue;
            };
            let is_prepared = prepared
                .as_ref()
                .is_some_and(|(known, _)| std::ptr::eq(*known, action));
            if !is_prepared {
                prepared = Some((action, self.firm_for(action, Some(&subject), &resource)?));
            }
            let Some((_, firm)) = &prepared else {
                continue;
            };
            let asked = Evaluation {
                subject,
                action: named,
                resource,
                context,
            };
            if self.finds(firm, action, &asked) {
                found.push(id);
            }
        }
        let found = found
            .into_iter()
            .filter(|id| self.is_as_said(id, &resource, kind));
        Ok(found
            .map(|id| Found::Entity {
                kind: resource.kind,
                id: Cow::Borrowed(id),
            })
            .collect())
    }

    /// Whether what the firm says of a resource is what the search asks for.
    fn is_as_said(&self, id: &str, resource: &Entity<'_>, kind: ResourceKind<'_>) -> bool {
        let (DoneTo::Thing(of), Some(properties)) =
            (kind.done_to, self.names().properties(resource.kind))
        else {
            return true;
        };
        let firm = self.loaded.firm();
        properties.iter().all(|property| {
            let wanted = member(resource.properties, property).and_then(Json::word);
            wanted.is_none_or(|wanted| {
                let mut products = firm.rulebook().products();
                products.any(|product| {
                    let thing = firm.thing(Some(product), of, id).ok();
                    let value = thing.and_then(|thing| firm.thing_property(thing, property));
                    value == Some(wanted)
                })
            })
        })
    }

    fn actions<'f>(
        &self,
        (subject, resource): (Entity<'f>, Entity<'f>),
        context: &'f [Member<'f>],
    ) -> Result<Vec<Found<'f>>, Why>
    where
        'l: 'f,
    {
        self.subject_kind(&subject)?;
        let kind = self.resource_kind(&resource)?;
        self.is_this_firm(&resource)?;
        let named = NamedAction {
            name: "",
            properties: &[],
        };
        let asked = Evaluation {
            subject,
            action: named,
            resource,
            context,
        };
        let mut prepared: Option<(&str, Cow<'_, Firm>)> = None;
        let mut found = Vec::new();
        for action in self.names().done_to(kind.done_to, kind.product) {
            let is_prepared = prepared
                .as_ref()
                .is_some_and(|(product, _)| **product == *action.product);
            if !is_prepared {
                let firm = self.firm_for(action, Some(&subject), &resource)?;
                prepared = Some((&action.product, firm));
            }
            let Some((_, firm)) = &prepared else {
                continue;
            };
            if self.finds(firm, action, &asked) {
                let plain = self
                    .action(&action.id, kind)
                    .map(|_| Cow::Borrowed(&*action.id));
                let qualified = || Cow::Owned(format!("{}:{}", action.product, action.id));
                found.push(Found::Action {
                    name: plain.unwrap_or_else(|_| qualified()),
                });
            }
        }
        Ok(found)
    }
}

/// Whether a user holds what the search asks for: roles, and settings of the product of the action.
fn holds(firm: &Firm, action: &KnownAction, id: &str, searched: &Entity<'_>) -> Result<bool, Why> {
    if searched.properties.is_empty() {
        return Ok(true);
    }
    let product = &action.product;
    if let Some(wanted) = roles(searched.properties)? {
        let held = firm.roles(product, id).unwrap_or_default();
        if !wanted.iter().all(|role| held.contains(role)) {
            return Ok(false);
        }
    }
    let settings = searched.properties.iter().filter_map(|(name, value)| {
        // What the product does not know as a setting is no condition.
        let value = value.word()?;
        Some(firm.setting(product, id, name).ok()? == Some(value))
    });
    Ok(settings.fold(true, |all, fits| all && fits))
}
