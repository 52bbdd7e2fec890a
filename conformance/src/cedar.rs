//! The model in Cedar: policies checked against their schema, everybody as entities, a slice of policies for each action.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityId, EntityUid,
    PolicySet, Request, RestrictedExpression, Schema, ValidationMode, Validator,
};

use crate::Failed;
use crate::asked::Asked;
use crate::kinds::Kind;
use crate::model::Model;
use crate::people::{People, Person};
use crate::readings::Readings;

/// Policies and people of one product, ready to be asked.
pub(crate) struct Cedar {
    authorizer: Authorizer,
    entities: Entities,
    /// For everything that can be asked: its policies, and its context with each combination of readings.
    prepared: Vec<Prepared>,
    users: HashMap<String, EntityUid>,
    firm: EntityUid,
}

struct Prepared {
    action: EntityUid,
    on_target: bool,
    policies: PolicySet,
    contexts: Vec<Context>,
}

/// Reads a schema.
pub(crate) fn schema(text: &str) -> Result<Schema, Failed> {
    Ok(Schema::from_cedarschema_str(text)?.0)
}

impl Cedar {
    /// Reads and validates policies, and prepares everything that can be asked of them.
    pub(crate) fn new(
        model: &Model,
        schema: &Schema,
        policies: &str,
        people: &People,
        asked: &[Asked],
    ) -> Result<Self, Failed> {
        let policies = PolicySet::from_str(policies)?;
        let validated = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
        if !validated.validation_passed() {
            return Err(Failed::new(validated.to_string()));
        }
        let everybody = people.everybody();
        let users = everybody
            .iter()
            .map(|person| Ok((person.id(), uid("User", &person.id())?)));
        let entities = everybody
            .iter()
            .map(|person| entity(model, *person, people.kind(*person)));
        let entities: Vec<Entity> = entities.collect::<Result<_, Failed>>()?;
        let cedar = Self {
            authorizer: Authorizer::new(),
            entities: Entities::from_entities(entities, Some(schema))?,
            prepared: asked
                .iter()
                .map(|asked| prepare(model, &policies, asked))
                .collect::<Result<_, _>>()?,
            users: users.collect::<Result<_, Failed>>()?,
            firm: uid("Firm", "firm")?,
        };
        cedar.check_requests(schema, &everybody)?;
        Ok(cedar)
    }

    /// The entity of a person.
    pub(crate) fn user(&self, person: Person) -> Result<&EntityUid, Failed> {
        let id = person.id();
        self.users
            .get(&id)
            .ok_or_else(|| Failed::new(format!("Cedar does not know {id}")))
    }

    /// Whether Cedar allows it. A policy that fails is no answer.
    pub(crate) fn allows(
        &self,
        asked: usize,
        readings: Readings,
        user: &EntityUid,
        target: Option<&EntityUid>,
    ) -> Result<bool, Failed> {
        let request = self.request(asked, readings, user, target, None)?;
        let policies = &self.prepared[asked].policies;
        let response = self
            .authorizer
            .is_authorized(&request, policies, &self.entities);
        match response.diagnostics().errors().next() {
            Some(error) => Err(Failed::new(error.to_string())),
            None => Ok(response.decision() == Decision::Allow),
        }
    }

    fn request(
        &self,
        asked: usize,
        readings: Readings,
        user: &EntityUid,
        target: Option<&EntityUid>,
        schema: Option<&Schema>,
    ) -> Result<Request, Failed> {
        let prepared = &self.prepared[asked];
        let (action, context) = (
            prepared.action.clone(),
            prepared.contexts[readings.0].clone(),
        );
        let resource = target.unwrap_or(&self.firm).clone();
        Ok(Request::new(
            user.clone(),
            action,
            resource,
            context,
            schema,
        )?)
    }

    /// Checks against the schema a request of each sort: they differ in nothing but the ids of people.
    fn check_requests(&self, schema: &Schema, everybody: &[Person]) -> Result<(), Failed> {
        let Some(person) = everybody.first() else {
            return Err(Failed::new("nobody is there"));
        };
        let user = self.user(*person)?;
        for (number, prepared) in self.prepared.iter().enumerate() {
            let target = prepared.on_target.then_some(user);
            for readings in 0..prepared.contexts.len() {
                self.request(number, Readings(readings), user, target, Some(schema))?;
            }
        }
        Ok(())
    }
}

fn uid(kind: &str, id: &str) -> Result<EntityUid, Failed> {
    Ok(EntityUid::from_type_name_and_id(
        kind.parse()?,
        EntityId::new(id),
    ))
}

/// A person: the seat and what it holds are parents, settings are attributes.
fn entity(model: &Model, person: Person, kind: &Kind) -> Result<Entity, Failed> {
    let enabled = RestrictedExpression::new_bool(kind.enabled);
    let mut attributes = HashMap::from([("enabled".to_owned(), enabled)]);
    let mut parents = HashSet::new();
    if let Some(held) = &kind.seat {
        parents.insert(uid("Seat", model.product)?);
        for role in &held.roles {
            parents.insert(uid("Role", role)?);
        }
        let settings = held.settings.iter();
        attributes.extend(settings.map(|(setting, value)| ((*setting).to_owned(), word(value))));
    }
    Ok(Entity::new(
        uid("User", &person.id())?,
        attributes,
        parents,
    )?)
}

fn word(word: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(word.to_owned())
}

fn prepare(model: &Model, policies: &PolicySet, asked: &Asked) -> Result<Prepared, Failed> {
    let readings = (0..Readings::count(model)).map(Readings);
    Ok(Prepared {
        action: asked.action.clone(),
        on_target: asked.on_target,
        policies: slice(policies, &asked.action)?,
        contexts: readings
            .map(|readings| context(model, asked, readings))
            .collect::<Result<_, _>>()?,
    })
}

/// Facts or arguments, and the readings where the product has any.
fn context(model: &Model, asked: &Asked, readings: Readings) -> Result<Context, Failed> {
    let words = asked
        .words
        .iter()
        .map(|(name, value)| ((*name).to_owned(), word(value)));
    let mut pairs: Vec<(String, RestrictedExpression)> = words.collect();
    if !model.readings.is_empty() {
        let choices = readings.choices(model);
        let choices =
            choices.map(|(id, choice)| (id.to_owned(), RestrictedExpression::new_bool(choice)));
        pairs.push((
            "readings".to_owned(),
            RestrictedExpression::new_record(choices)?,
        ));
    }
    Ok(Context::from_pairs(pairs)?)
}

/// The policies that can apply to an action.
fn slice(policies: &PolicySet, action: &EntityUid) -> Result<PolicySet, Failed> {
    let mut slice = PolicySet::new();
    for policy in policies.policies() {
        let applies = match policy.action_constraint() {
            ActionConstraint::Any => true,
            ActionConstraint::Eq(named) => named == *action,
            ActionConstraint::In(named) => named.contains(action),
        };
        if applies {
            slice.add(policy.clone())?;
        }
    }
    Ok(slice)
}
