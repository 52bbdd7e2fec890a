//! A firm with groups and things in Cedar. Who is in a group, directly or through others, and so stands on a list, is worked out
//! by Cedar alone: each person, group and list is an entity, and what it is in is its parent.

use std::collections::{HashMap, HashSet};

use cedar_policy::{
    Authorizer, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression, Schema,
};

use super::brought::{EVERYBODY, Facts};
use super::firm::{Thing, ThingFirm};
use crate::Failed;
use crate::asked::Asked;
use crate::cedar::{action, answer, context, entity, slice, uid, validated, word};
use crate::model::{Model, Word};

/// Policies, and for each action those that can apply to it.
pub(crate) struct Policies {
    schema: Schema,
    slices: HashMap<Word, (EntityUid, PolicySet)>,
}

/// A firm that Cedar is asked about.
pub(crate) struct Entitled<'p> {
    policies: &'p Policies,
    model: &'p Model,
    authorizer: Authorizer,
    entities: Entities,
}

impl Policies {
    /// Reads and validates policies, and looks out those of each action.
    pub(crate) fn new(schema: Schema, policies: &str, actions: &[Asked]) -> Result<Self, Failed> {
        let policies = validated(policies, &schema)?;
        let slices = actions.iter().map(|asked| {
            let action = action(asked)?;
            let slice = slice(&policies, &action)?;
            Ok((asked.id.clone(), (action, slice)))
        });
        Ok(Self {
            slices: slices.collect::<Result<_, Failed>>()?,
            schema,
        })
    }

    /// A firm, and beside its things those that questions bring.
    pub(crate) fn of_firm<'p>(
        &'p self,
        model: &'p Model,
        firm: &ThingFirm,
        brought: &[Thing],
    ) -> Result<Entitled<'p>, Failed> {
        let things: Vec<&Thing> = firm.things.iter().chain(brought).collect();
        let parents = parents(firm, &things)?;
        let of = |id: &str| parents.get(id).cloned().unwrap_or_default();
        let mut entities = Vec::new();
        for person in &firm.people {
            let mut parents = of(&person.id);
            parents.insert(uid("Group", EVERYBODY)?);
            entities.push(entity(model, &person.id, &person.kind, parents)?);
        }
        let groups = firm.groups.iter().map(|group| group.id.as_str());
        for id in groups.chain([EVERYBODY]) {
            entities.push(Entity::new(uid("Group", id)?, HashMap::new(), of(id))?);
        }
        for thing in things {
            for (list, _) in &thing.lists {
                let list = uid("List", &list_id(thing, list))?;
                entities.push(Entity::new_no_attrs(list, HashSet::new()));
            }
            entities.push(of_thing(model, thing)?);
        }
        Ok(Entitled {
            policies: self,
            model,
            authorizer: Authorizer::new(),
            entities: Entities::from_entities(entities, Some(&self.schema))?,
        })
    }
}

impl Entitled<'_> {
    /// Whether Cedar allows an action on a thing. What the question says of the thing stands in it; what else it says, in `facts`.
    pub(crate) fn allows(
        &self,
        firm: &ThingFirm,
        (user, asked, thing): (&str, &Asked, &Thing),
        facts: &Facts,
    ) -> Result<bool, Failed> {
        let slice = self.policies.slices.get(&asked.id);
        let (action, policies) = slice.ok_or_else(|| Failed::new("no policies"))?;
        let request = Request::new(
            uid("User", user)?,
            action.clone(),
            uid(&entity_type(&thing.kind), &thing.id)?,
            context(self.model, facts, firm.readings)?,
            Some(&self.policies.schema),
        )?;
        answer(&self.authorizer, &request, policies, &self.entities)
    }
}

/// What each person and group is in: the groups that name it, and the lists that do.
fn parents(
    firm: &ThingFirm,
    things: &[&Thing],
) -> Result<HashMap<String, HashSet<EntityUid>>, Failed> {
    let mut parents: HashMap<String, HashSet<EntityUid>> = HashMap::new();
    let mut put = |member: &String, into: &EntityUid| {
        let parents = parents.entry(member.clone()).or_default();
        parents.insert(into.clone());
    };
    for group in &firm.groups {
        let into = uid("Group", &group.id)?;
        group.members.iter().for_each(|member| put(member, &into));
    }
    for thing in things {
        for (list, entries) in &thing.lists {
            let into = uid("List", &list_id(thing, list))?;
            entries.iter().for_each(|member| put(member, &into));
        }
    }
    Ok(parents)
}

/// A thing: what is said of it are attributes, and what is not said is missing.
fn of_thing(model: &Model, thing: &Thing) -> Result<Entity, Failed> {
    let properties = thing.properties.iter();
    let mut attributes: HashMap<String, RestrictedExpression> = properties
        .map(|(property, value)| (property.to_string(), word(value)))
        .collect();
    for (list, _) in &thing.lists {
        let of_list = uid("List", &list_id(thing, list))?;
        let of_list = RestrictedExpression::new_entity_uid(of_list);
        attributes.insert(list.to_string(), of_list);
    }
    let kind = model.kind(&thing.kind);
    let whole = kind.and_then(|kind| kind.part_of.as_ref());
    if let Some((of, id)) = whole.zip(thing.whole.as_ref()) {
        let whole = RestrictedExpression::new_entity_uid(uid(&entity_type(of), id)?);
        attributes.insert(of.to_string(), whole);
    }
    let uid = uid(&entity_type(&thing.kind), &thing.id)?;
    Ok(Entity::new(uid, attributes, HashSet::new())?)
}

fn list_id(thing: &Thing, list: &str) -> String {
    format!("{}.{list}", thing.id)
}

/// `matter` is `Matter` in Cedar.
fn entity_type(kind: &str) -> String {
    let (first, rest) = kind.split_at(1);
    first.to_uppercase() + rest
}
