//! cedar-policy: policy, schema, entities and requests are parsed and built once.
//!
//! Sets: a matter has the people and groups on its list as an attribute. Parents: the list is an entity, and who stands on it has it
//! as a parent. Groups are parents of their members in both.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::ops::Range;
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};

use super::firm::{Entries, Matters, group, matter, user};
use crate::engine::{Engine, Role};

const SETS: [&str; 2] = [
    include_str!("../../cedar/matters_sets.cedarschema"),
    include_str!("../../cedar/matters_sets.cedar"),
];
const PARENTS: [&str; 2] = [
    include_str!("../../cedar/matters_parents.cedarschema"),
    include_str!("../../cedar/matters_parents.cedar"),
];

struct Cedar {
    name: &'static str,
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    requests: Vec<Request>,
}

/// What is in what: of each id, with its type, the entities that are its parents.
#[derive(Default)]
struct Parents(HashMap<String, HashSet<EntityUid>>);

pub(crate) fn sets(matters: &Matters) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let parents = Parents::of_groups(matters)?;
    let mut entities = parents.entities(matters)?;
    for (number, list) in matters.lists.iter().enumerate() {
        let access = list.as_ref().map(access).transpose()?;
        entities.push(of_matter(number, access)?);
    }
    load("cedar-policy, lists as sets", SETS, matters, entities)
}

pub(crate) fn parents(matters: &Matters) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let mut parents = Parents::of_groups(matters)?;
    let mut entities = Vec::new();
    for (number, list) in matters.lists.iter().enumerate() {
        let of_matter_only = list.as_ref().map(|entries| {
            let list = uid("List", &matter(number))?;
            parents.put(entries, &list);
            entities.push(Entity::new_no_attrs(list.clone(), HashSet::new()));
            Ok::<_, Box<dyn Error>>(RestrictedExpression::new_entity_uid(list))
        });
        entities.push(of_matter(number, of_matter_only.transpose()?)?);
    }
    entities.extend(parents.entities(matters)?);
    load("cedar-policy, lists as parents", PARENTS, matters, entities)
}

impl Engine for Cedar {
    fn name(&self) -> &'static str {
        self.name
    }

    fn role(&self) -> Role {
        Role::Peer
    }

    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]) {
        for (request, answer) in self.requests[queries].iter().zip(answers) {
            let response = self
                .authorizer
                .is_authorized(request, &self.policies, &self.entities);
            *answer = response.decision() == Decision::Allow;
        }
    }
}

fn load(
    name: &'static str,
    [schema, policies]: [&str; 2],
    matters: &Matters,
    entities: Vec<Entity>,
) -> Result<Box<dyn Engine>, Box<dyn Error>> {
    let (schema, _) = Schema::from_cedarschema_str(schema)?;
    let policies = PolicySet::from_str(policies)?;
    let checked = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
    if !checked.validation_passed() {
        return Err(checked.to_string().into());
    }
    let action = uid("Action", "open_matter")?;
    let requests = matters.queries.iter().map(|(of, on)| {
        let (of, on) = (uid("User", &user(*of))?, uid("Matter", &matter(*on))?);
        let context = Context::empty();
        Ok(Request::new(
            of,
            action.clone(),
            on,
            context,
            Some(&schema),
        )?)
    });
    Ok(Box::new(Cedar {
        name,
        authorizer: Authorizer::new(),
        entities: Entities::from_entities(entities, Some(&schema))?,
        requests: requests.collect::<Result<_, Box<dyn Error>>>()?,
        policies,
    }))
}

impl Parents {
    fn of_groups(matters: &Matters) -> Result<Self, Box<dyn Error>> {
        let mut parents = Self::default();
        for (number, members) in matters.groups.iter().enumerate() {
            parents.put(members, &uid("Group", &group(number))?);
        }
        Ok(parents)
    }

    fn put(&mut self, members: &Entries, into: &EntityUid) {
        for id in members.ids() {
            self.0.entry(id).or_default().insert(into.clone());
        }
    }

    /// People and groups.
    fn entities(&self, matters: &Matters) -> Result<Vec<Entity>, Box<dyn Error>> {
        let people = (0..matters.size.people).map(|number| ("User", user(number)));
        let groups = (0..matters.groups.len()).map(|number| ("Group", group(number)));
        let entity = |(kind, id): (&str, String)| {
            let parents = self.0.get(&id).cloned().unwrap_or_default();
            Ok(Entity::new_no_attrs(uid(kind, &id)?, parents))
        };
        people.chain(groups).map(entity).collect()
    }
}

/// The list of a matter as its attribute.
fn access(entries: &Entries) -> Result<RestrictedExpression, Box<dyn Error>> {
    let people = entries
        .people
        .iter()
        .map(|number| uid("User", &user(*number)));
    let groups = entries
        .groups
        .iter()
        .map(|number| uid("Group", &group(*number)));
    let set = |uids: Vec<EntityUid>| {
        RestrictedExpression::new_set(uids.into_iter().map(RestrictedExpression::new_entity_uid))
    };
    let fields = [
        ("people".to_owned(), set(people.collect::<Result<_, _>>()?)),
        ("groups".to_owned(), set(groups.collect::<Result<_, _>>()?)),
    ];
    Ok(RestrictedExpression::new_record(fields)?)
}

fn of_matter(
    number: usize,
    access: Option<RestrictedExpression>,
) -> Result<Entity, Box<dyn Error>> {
    let attributes = access.map(|access| ("access".to_owned(), access));
    let uid = uid("Matter", &matter(number))?;
    Ok(Entity::new(
        uid,
        attributes.into_iter().collect(),
        HashSet::new(),
    )?)
}

fn uid(kind: &str, id: &str) -> Result<EntityUid, Box<dyn Error>> {
    let kind = kind.parse()?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}
