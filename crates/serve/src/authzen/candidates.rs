//! Candidates of searches: each is asked about as an evaluation would be.

use std::borrow::Cow;

use clio_rules::Firm;

use super::evaluate::{Decider, PRODUCT, ResourceKind};
use super::json::{Json, Member, member};
use super::names::{DoneTo, KnownAction};
use super::outcome::Why;
use super::overlay::{AskedFirm, edited, roles};
use super::request::{Entity, Evaluation, NamedAction};
use super::search::SearchResult;

impl<'l> Decider<'l> {
    /// Whether one of those who are searched for is allowed. What cannot be asked about is not.
    fn finds(&self, firm: &AskedFirm<'_>, action: &KnownAction, asked: &Evaluation<'_>) -> bool {
        self.ask(firm, action, asked)
            .is_ok_and(|outcome| outcome.decision)
    }

    pub(super) fn subjects<'f>(
        &self,
        (subject, named, resource): (Entity<'f>, NamedAction<'f>, Entity<'f>),
        context: &'f [Member<'f>],
    ) -> Result<Vec<SearchResult<'f>>, Why>
    where
        'l: 'f,
    {
        self.subject_kind(&subject)?;
        let kind = self.resource_kind(&resource)?;
        self.is_this_firm(&resource)?;
        let action = self.action(named.name, kind)?;
        // Whoever fits is found by what they hold, so that people have to be in a firm.
        let stored = self.loaded.firm();
        let people = self.people_said(action, None, &resource)?;
        let firm = if people.is_empty() {
            Cow::Borrowed(stored)
        } else {
            Cow::Owned(edited(stored, people)?)
        };
        let asked_firm = AskedFirm::Stored(&firm);
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
            self.finds(&asked_firm, action, &asked)
        });
        let mut fitting = Vec::new();
        for id in found {
            if holds(&firm, action, id, &subject)? {
                fitting.push(SearchResult::Entity {
                    kind: subject.kind,
                    id: Cow::Borrowed(id),
                });
            }
        }
        Ok(fitting)
    }

    pub(super) fn resources<'f>(
        &self,
        (subject, named, resource): (Entity<'f>, NamedAction<'f>, Entity<'f>),
        context: &'f [Member<'f>],
    ) -> Result<Vec<SearchResult<'f>>, Why>
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
        let mut prepared: Option<(&KnownAction, AskedFirm<'_>)> = None;
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
                prepared = Some((action, self.firm_asked(action, &subject, &resource)?));
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
            .map(|id| SearchResult::Entity {
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

    pub(super) fn actions<'f>(
        &self,
        (subject, resource): (Entity<'f>, Entity<'f>),
        context: &'f [Member<'f>],
    ) -> Result<Vec<SearchResult<'f>>, Why>
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
        let mut prepared: Option<(&str, AskedFirm<'_>)> = None;
        let mut found = Vec::new();
        for action in self.names().done_to(kind.done_to, kind.product) {
            let is_prepared = prepared
                .as_ref()
                .is_some_and(|(product, _)| **product == *action.product);
            if !is_prepared {
                let firm = self.firm_asked(action, &subject, &resource)?;
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
                found.push(SearchResult::Action {
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
    let mut settings = searched.properties.iter().filter_map(|(name, value)| {
        // What the product does not know as a setting is no condition.
        let value = value.word()?;
        Some(firm.setting(product, id, name).ok()? == Some(value))
    });
    Ok(settings.all(|fits| fits))
}
