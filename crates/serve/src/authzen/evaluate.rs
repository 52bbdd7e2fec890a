//! One question of the standard, asked of a firm.

use clio_rules::{Firm, Question, User};

use super::AuthzenOptions;
use super::asked::owned;
use super::json::{Json, Member, member};
use super::names::{DoneTo, KnownAction, KnownFact, Names, NoAction};
use super::outcome::{Outcome, Why};
use super::overlay::{AskedFirm, people_as_said};
use super::request::{Entity, Evaluation};
use crate::tenant::Loaded;

/// The type of people, as resources.
pub(super) const PERSON: &str = "user";
/// The type of a product: what is done in it, and to nobody.
pub(super) const PRODUCT: &str = "product";
/// The type of the firm: the same, in whichever product has the action.
pub(super) const FIRM: &str = "firm";

/// Answers questions from one set of rules and firm.
#[derive(Debug, Clone, Copy)]
pub struct Decider<'l> {
    pub(super) loaded: &'l Loaded,
    pub(super) options: &'l AuthzenOptions,
    /// Whether somebody wants to know why.
    pub(super) is_worded: bool,
}

/// An action that is asked of a resource: what the resource type says it is done to, and in which product.
#[derive(Debug, Clone, Copy)]
pub(super) struct ResourceKind<'q> {
    pub(super) done_to: DoneTo<'q>,
    pub(super) product: Option<&'q str>,
}

impl<'l> Decider<'l> {
    /// Answers from what is loaded.
    pub fn new(loaded: &'l Loaded, options: &'l AuthzenOptions, is_worded: bool) -> Self {
        Self {
            loaded,
            options,
            is_worded,
        }
    }

    pub(super) fn names(&self) -> &'l Names {
        self.loaded.names()
    }

    /// The answer to a question. Whatever cannot be asked is denied.
    pub fn decide(&self, asked: &Evaluation<'_>) -> Outcome {
        self.try_decide(asked).unwrap_or_else(Outcome::denied)
    }

    fn try_decide(&self, asked: &Evaluation<'_>) -> Result<Outcome, Why> {
        self.subject_kind(&asked.subject)?;
        let kind = self.resource_kind(&asked.resource)?;
        self.known_product(kind.product)?;
        self.is_this_firm(&asked.resource)?;
        let action = self.action(asked.action.name, kind)?;
        let firm = self.firm_asked(action, &asked.subject, &asked.resource)?;
        self.ask(&firm, action, asked)
    }

    /// The question in the words of the rules; none where it cannot be asked, or people are not as the firm has them.
    pub(super) fn question_as_stored(&self, asked: &Evaluation<'_>) -> Option<Question<'static>> {
        self.subject_kind(&asked.subject).ok()?;
        let kind = self.resource_kind(&asked.resource).ok()?;
        self.is_this_firm(&asked.resource).ok()?;
        let action = self.action(asked.action.name, kind).ok()?;
        let people = self.people_said(action, Some(&asked.subject), &asked.resource);
        if !people.ok()?.is_empty() {
            return None;
        }
        Some(owned(question(self.loaded.firm(), action, asked).ok()?))
    }

    /// Asks about an action that was found, in the firm as the request has it.
    pub(super) fn ask(
        &self,
        firm: &AskedFirm<'_>,
        action: &KnownAction,
        asked: &Evaluation<'_>,
    ) -> Result<Outcome, Why> {
        let question = question(self.loaded.firm(), action, asked)?;
        Ok(Outcome::of(firm.answer(&question), self.is_worded))
    }

    /// Whether subjects of this type are our users.
    pub(super) fn subject_kind(&self, subject: &Entity<'_>) -> Result<(), Why> {
        let mut types = self.options.subject_types.iter();
        if types.any(|known| *known == subject.kind) {
            return Ok(());
        }
        let reason = format!("no subject has the type `{}`", subject.kind);
        Err(Why::of("unknown-type", reason))
    }

    /// What the type of a resource stands for.
    pub(super) fn resource_kind<'q>(&self, resource: &Entity<'q>) -> Result<ResourceKind<'q>, Why> {
        let kind = |done_to, product| Ok(ResourceKind { done_to, product });
        // A kind of thing comes first: the rules may have called one so.
        if self.names().properties(resource.kind).is_some() {
            return kind(DoneTo::Thing(resource.kind), None);
        }
        match resource.kind {
            PERSON => kind(DoneTo::Person, None),
            PRODUCT => kind(
                DoneTo::Nothing,
                Some(resource.id).filter(|id| !id.is_empty()),
            ),
            FIRM => kind(DoneTo::Nothing, None),
            other => {
                let reason = format!("no resource has the type `{other}`");
                Err(Why::of("unknown-type", reason))
            }
        }
    }

    fn known_product(&self, product: Option<&str>) -> Result<(), Why> {
        match product {
            Some(product) if !self.names().has_product(product) => {
                let reason = format!("no product is called `{product}`");
                Err(Why::of("unknown-product", reason))
            }
            _ => Ok(()),
        }
    }

    /// A resource of the type `firm` has to be the one that is asked: by its name, or as `firm`.
    pub(super) fn is_this_firm(&self, resource: &Entity<'_>) -> Result<(), Why> {
        let is_firm = resource.kind == FIRM && self.names().properties(FIRM).is_none();
        if !is_firm || [self.loaded.firm().name(), FIRM].contains(&resource.id) {
            return Ok(());
        }
        let reason = format!("this is not the firm `{}`", resource.id);
        Err(Why::of("unknown-firm", reason))
    }

    pub(super) fn action(
        &self,
        name: &str,
        kind: ResourceKind<'_>,
    ) -> Result<&'l KnownAction, Why> {
        let found = self.names().action(name, kind.done_to, kind.product);
        found.map_err(|why| match why {
            NoAction::Unknown => Why::of(
                "unknown-action",
                format!("no action `{name}` is done to resources of this type"),
            ),
            NoAction::Ambiguous => Why::of(
                "ambiguous-product",
                format!("several products have an action `{name}`: write it as `product:{name}`"),
            ),
        })
    }

    /// The firm with people as the request says they are.
    pub(super) fn firm_asked(
        &self,
        action: &KnownAction,
        subject: &Entity<'_>,
        resource: &Entity<'_>,
    ) -> Result<AskedFirm<'l>, Why> {
        let people = self.people_said(action, Some(subject), resource)?;
        AskedFirm::with(self.loaded.firm(), people)
    }

    /// The people whom the request says to be other than the firm has them. Of a subject that is searched for, nothing is said.
    pub(super) fn people_said(
        &self,
        action: &KnownAction,
        subject: Option<&Entity<'_>>,
        resource: &Entity<'_>,
    ) -> Result<Vec<User>, Why> {
        let target = Some(resource).filter(|_| action.done_to() == DoneTo::Person);
        let is_silent =
            |person: Option<&Entity<'_>>| person.is_none_or(|of| of.properties.is_empty());
        if is_silent(subject) && is_silent(target) {
            return Ok(Vec::new());
        }
        let Some(seat) = self.names().seat(&action.product) else {
            return Ok(Vec::new());
        };
        let people: Vec<&Entity<'_>> = subject.into_iter().chain(target).collect();
        people_as_said(self.loaded.firm(), (&action.product, seat), &people)
    }
}

/// The question in the words of the rules.
fn question<'q>(
    firm: &Firm,
    action: &'q KnownAction,
    asked: &Evaluation<'q>,
) -> Result<Question<'q>, Why> {
    let question = Question::new(asked.subject.id, &*action.id).product(&*action.product);
    let question = match action.done_to() {
        DoneTo::Nothing => question,
        DoneTo::Person | DoneTo::Thing(_) => question.target(asked.resource.id),
    };
    facts(firm, action, asked, question)
}

/// The question with the facts that the request gives: of the resource, of the action, and of the context, in this order.
fn facts<'q>(
    firm: &Firm,
    action: &'q KnownAction,
    asked: &Evaluation<'q>,
    mut question: Question<'q>,
) -> Result<Question<'q>, Why> {
    let said: [&'q [Member<'q>]; 3] = [
        asked.resource.properties,
        asked.action.properties,
        asked.context,
    ];
    if said.iter().all(|members| members.is_empty()) {
        return Ok(question);
    }
    for fact in &action.facts {
        let named = || said.iter().find_map(|members| member(members, &fact.id));
        let given = match of_resource(firm, action, fact, &asked.resource) {
            Some(value) if fact.is_list => {
                let stands = stands_on(value, asked.subject.id);
                stands.map(|stands| if stands { "true" } else { "false" })
            }
            Some(value) => value.word(),
            None => match named() {
                Some(value) => value.word(),
                None => continue,
            },
        };
        let Some(word) = given else {
            let reason = format!("`{}` has to be a single value", fact.id);
            return Err(Why::of("wrong-type", reason));
        };
        question = question.fact(&*fact.id, word);
    }
    Ok(question)
}

/// What the resource says of a fact. Who stands on the lists of a thing that the firm has is for the firm to say.
fn of_resource<'q>(
    firm: &Firm,
    action: &KnownAction,
    fact: &KnownFact,
    resource: &Entity<'q>,
) -> Option<&'q Json<'q>> {
    let value = member(resource.properties, fact.of_resource.as_deref()?)?;
    let DoneTo::Thing(kind) = action.done_to() else {
        return None;
    };
    let is_stored = || firm.thing(Some(&action.product), kind, resource.id).is_ok();
    (!fact.is_list || !is_stored()).then_some(value)
}

/// Whether a list names somebody: by id, or as an entity with one.
fn stands_on(list: &Json<'_>, id: &str) -> Option<bool> {
    match *list {
        Json::Flag(stands) => Some(stands),
        Json::Text(one) | Json::Number(one) => Some(one == id),
        Json::Object(entity) => Some(member(entity, "id").and_then(Json::text) == Some(id)),
        Json::List(all) => {
            let mut stands = false;
            for one in all {
                stands |= stands_on(one, id)?;
            }
            Some(stands)
        }
        Json::Null => None,
    }
}
