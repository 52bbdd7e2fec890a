//! The model in Cedar: policies checked against their schema, everybody as entities, a slice of policies for each action.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, Entity, EntityId, EntityUid,
    PolicySet, Request, RestrictedExpression, Schema, ValidationMode, Validator,
};

use crate::Failed;
use crate::asked::{Asked, Named};
use crate::kinds::Kind;
use crate::model::{Model, Setting, Word};
use crate::people::{People, Person};
use crate::readings::Readings;

/// The namespaces of actions and of changes: one may bear the name of the other.
const DO: &str = "Do";
const CHANGE: &str = "Change";

/// Policies and people of one product, ready to be asked.
pub(crate) struct Cedar {
    authorizer: Authorizer,
    entities: Entities,
    /// For everything that can be asked: its policies, and its context with each combination of readings.
    prepared: Vec<Prepared>,
    users: HashMap<Person, EntityUid>,
    firm: EntityUid,
}

struct Prepared {
    action: EntityUid,
    on_target: bool,
    policies: PolicySet,
    contexts: Vec<Context>,
    reads_settings: bool,
}

/// Reads a schema.
pub(crate) fn schema(text: &str) -> Result<Schema, Failed> {
    Ok(Schema::from_cedarschema_str(text)?.0)
}

/// The actions and changes of a schema.
pub(crate) fn names(schema: &Schema) -> Vec<Named> {
    let name = |action: &EntityUid| {
        let resources = schema.resources_for_action(action).into_iter().flatten();
        let resources: Vec<&str> = resources.map(|kind| kind.basename()).collect();
        Named {
            id: action.id().unescaped().into(),
            is_change: action.type_name().namespace() == CHANGE,
            on_target: resources.contains(&"User"),
            on_thing: resources.iter().find_map(|kind| thing(kind)),
        }
    };
    schema.actions().map(name).collect()
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
        let policies = validated(policies, schema)?;
        let everybody = people.everybody();
        let users = everybody
            .iter()
            .map(|person| Ok((*person, uid("User", &person.id())?)));
        let entities = everybody
            .iter()
            .map(|person| entity(model, &person.id(), people.kind(*person), HashSet::new()));
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

    /// Whether a policy that can apply to it reads a setting of anybody.
    pub(crate) fn reads_settings(&self, asked: usize) -> bool {
        self.prepared[asked].reads_settings
    }

    /// Whether Cedar allows it.
    pub(crate) fn allows(
        &self,
        asked: usize,
        readings: Readings,
        user: Person,
        target: Option<Person>,
    ) -> Result<bool, Failed> {
        let request = self.request(asked, readings, user, target, None)?;
        let policies = &self.prepared[asked].policies;
        answer(&self.authorizer, &request, policies, &self.entities)
    }

    fn request(
        &self,
        asked: usize,
        readings: Readings,
        user: Person,
        target: Option<Person>,
        schema: Option<&Schema>,
    ) -> Result<Request, Failed> {
        let prepared = &self.prepared[asked];
        let (action, context) = (
            prepared.action.clone(),
            prepared.contexts[readings.0].clone(),
        );
        let target = target.map(|target| self.user(target)).transpose()?;
        let resource = target.unwrap_or(&self.firm).clone();
        let user = self.user(user)?.clone();
        Ok(Request::new(user, action, resource, context, schema)?)
    }

    fn user(&self, person: Person) -> Result<&EntityUid, Failed> {
        let user = self.users.get(&person);
        user.ok_or_else(|| Failed::new(format!("Cedar does not know {}", person.id())))
    }

    /// Checks against the schema a request of each sort: they differ in nothing but the ids of people.
    fn check_requests(&self, schema: &Schema, everybody: &[Person]) -> Result<(), Failed> {
        let Some(user) = everybody.first() else {
            return Err(Failed::new("nobody is there"));
        };
        for (number, prepared) in self.prepared.iter().enumerate() {
            let target = prepared.on_target.then_some(*user);
            for readings in 0..prepared.contexts.len() {
                self.request(number, Readings(readings), *user, target, Some(schema))?;
            }
        }
        Ok(())
    }
}

/// Cedar's answer. A policy that fails is none.
pub(crate) fn answer(
    authorizer: &Authorizer,
    request: &Request,
    policies: &PolicySet,
    entities: &Entities,
) -> Result<bool, Failed> {
    let response = authorizer.is_authorized(request, policies, entities);
    match response.diagnostics().errors().next() {
        Some(error) => Err(Failed::new(error.to_string())),
        None => Ok(response.decision() == Decision::Allow),
    }
}

/// Reads policies that their schema allows.
pub(crate) fn validated(policies: &str, schema: &Schema) -> Result<PolicySet, Failed> {
    let policies = PolicySet::from_str(policies)?;
    let validated = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
    if !validated.validation_passed() {
        return Err(Failed::new(validated.to_string()));
    }
    Ok(policies)
}

/// The id of the kind of thing that a type of entity stands for.
fn thing(kind: &str) -> Option<Word> {
    let is_other = matches!(kind, "User" | "Firm");
    (!is_other).then(|| kind.to_lowercase().into())
}

/// The action or change in its namespace.
pub(crate) fn action(asked: &Asked) -> Result<EntityUid, Failed> {
    let namespace = if asked.is_change { CHANGE } else { DO };
    uid(&format!("{namespace}::Action"), &asked.id)
}

pub(crate) fn uid(kind: &str, id: &str) -> Result<EntityUid, Failed> {
    Ok(EntityUid::from_type_name_and_id(
        kind.parse()?,
        EntityId::new(id),
    ))
}

/// A person: the seat and what it holds are parents beside others, settings are attributes.
pub(crate) fn entity(
    model: &Model,
    id: &str,
    kind: &Kind,
    mut parents: HashSet<EntityUid>,
) -> Result<Entity, Failed> {
    let enabled = RestrictedExpression::new_bool(kind.enabled);
    let mut attributes = HashMap::from([("enabled".to_owned(), enabled)]);
    if let Some(held) = &kind.seat {
        parents.insert(uid("Seat", &model.product)?);
        for role in &held.roles {
            parents.insert(uid("Role", role)?);
        }
        let settings = held.settings.iter();
        attributes.extend(settings.map(|(setting, value)| (setting.to_string(), word(value))));
    }
    Ok(Entity::new(uid("User", id)?, attributes, parents)?)
}

pub(crate) fn word(word: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(word.to_owned())
}

fn prepare(model: &Model, policies: &PolicySet, asked: &Asked) -> Result<Prepared, Failed> {
    let readings = (0..Readings::count(model)).map(Readings);
    let action = action(asked)?;
    let policies = slice(policies, &action)?;
    Ok(Prepared {
        action,
        on_target: asked.on_target,
        reads_settings: reads_settings(model, &policies)?,
        policies,
        contexts: readings
            .map(|readings| context(model, &asked.words, readings))
            .collect::<Result<_, _>>()?,
    })
}

/// Whether a policy names a setting as an attribute. Cedar reads an attribute by its name, in `.name`, `has name` or
/// `["name"]`, and in no other way; in a policy's JSON each of them is an `attr`.
fn reads_settings(model: &Model, policies: &PolicySet) -> Result<bool, Failed> {
    for policy in policies.policies() {
        let json = policy.to_json()?.to_string();
        let names = |setting: &Setting| json.contains(&format!("\"attr\":\"{}\"", setting.id));
        if model.settings.iter().any(names) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Facts or arguments, and the readings where the product has any.
pub(crate) fn context(
    model: &Model,
    words: &[(Word, Word)],
    readings: Readings,
) -> Result<Context, Failed> {
    let words = words
        .iter()
        .map(|(name, value)| (name.to_string(), word(value)));
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
pub(crate) fn slice(policies: &PolicySet, action: &EntityUid) -> Result<PolicySet, Failed> {
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
